//! Three levels of shrinkage: a group towards all groups, all groups towards no effect.
//!
//! Source: Efron & Morris (1975), JASA 70, 311-319; Morris (1983), JASA 78, 47-55, for the
//! variance left when the prior's is estimated.

use super::evidence::Tally;

/// A measured effect on one row and the noise of one measure of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    /// Occurrences.
    count: f64,
    /// Mean of log(demand / level); of a group: less that of all groups.
    mean: f64,
    /// Sum of squares about the mean.
    spread: f64,
    /// Variance of one measure where nothing happens.
    noise: f64,
}

impl Measure {
    /// From the occurrences of an event and from quiet windows. A row that has none of the
    /// latter is not measured at all.
    pub(super) fn new(seen: &Tally, quiet: &Tally, smear: f64) -> Self {
        if seen.count == 0.0 || quiet.count == 0.0 {
            return Self::default();
        }
        Self {
            count: seen.count,
            mean: seen.mean() + smear,
            spread: seen.spread(),
            noise: quiet.noise(),
        }
    }

    /// Variance of the mean.
    fn variance(&self, between: f64) -> f64 {
        (self.noise + between) / self.count.max(1.0)
    }
}

/// The measures of one effect: groups, then all groups together.
pub(super) type Cell = Vec<Measure>;

/// By how much occurrences differ beyond noise: a sum of squares and its degrees of freedom,
/// for all groups together and for the deviations of groups.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Between {
    all: (f64, f64),
    group: (f64, f64),
}

/// Weight of what all events say about the difference between occurrences, in occurrences.
const BETWEEN_PRIOR: f64 = 4.0;

impl Between {
    pub(super) fn of(cells: &[Cell]) -> Self {
        let mut between = Self::default();
        for (all, groups) in cells.iter().filter_map(|cell| cell.split_last()) {
            add_excess(&mut between.all, all);
            for group in groups {
                add_excess(&mut between.group, group);
            }
        }
        between
    }

    /// Draws towards what all events say.
    pub(super) fn towards(&self, events: &Self) -> Self {
        let drawn = |own: (f64, f64), events: (f64, f64)| {
            let prior = variance(events);
            (own.0 + BETWEEN_PRIOR * prior, own.1 + BETWEEN_PRIOR)
        };
        Self {
            all: drawn(self.all, events.all),
            group: drawn(self.group, events.group),
        }
    }
}

fn add_excess(sum: &mut (f64, f64), measure: &Measure) {
    let freedom = (measure.count - 1.0).max(0.0);
    sum.0 += measure.spread - freedom * measure.noise;
    sum.1 += freedom;
}

fn variance((excess, freedom): (f64, f64)) -> f64 {
    if freedom > 0.0 {
        (excess / freedom).max(0.0)
    } else {
        0.0
    }
}

/// A shrunk effect.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Effect {
    /// Logarithm of the factor.
    pub(super) log: f64,
    /// Variance of its error.
    pub(super) variance: f64,
}

/// Effects of the cells of one stretch of days, which share what they are drawn by: rows of the
/// first cell, then of the next.
///
/// Of all groups, the share A = w / (w + s) of the mean is kept, w the mean square of the
/// stretch's effects beyond their variances s; the variance stays s, as being drawn to zero is
/// no knowledge. Of a group's deviation, C = t / (t + u), t the mean square of deviations of all
/// groups beyond their variances u; the variance is C u + 2 ((1 - C) d)^2 / (groups - 3).
pub(super) fn shrink(cells: &[Cell], between: &Between) -> Vec<Effect> {
    let (of_all, of_group) = (variance(between.all), variance(between.group));
    let all = || cells.iter().filter_map(|cell| cell.last());
    let groups = || {
        cells
            .iter()
            .filter_map(|cell| cell.split_last())
            .flat_map(|(_, rows)| rows)
    };
    let all_prior = prior_variance(all(), of_all, |_| 1.0);
    let group_prior = prior_variance(groups(), of_group, |variance| 1.0 / (variance + TINY));
    let mut effects = Vec::new();
    for (all, groups) in cells.iter().filter_map(|cell| cell.split_last()) {
        let variance = all.variance(of_all);
        let base = Effect {
            log: all.mean * kept(all_prior, variance),
            variance,
        };
        // Three are spent on estimating what is drawn to and how far.
        let freedom = (crate::num::count_f64(groups.len()) - 3.0).max(1.0);
        for group in groups {
            effects.push(drawn(
                group,
                base,
                group.variance(of_group),
                group_prior,
                freedom,
            ));
        }
        effects.push(base);
    }
    effects
}

/// Keeps a weight finite where nothing varies.
const TINY: f64 = 1e-12;

fn drawn(group: &Measure, base: Effect, variance: f64, prior: f64, freedom: f64) -> Effect {
    if group.count == 0.0 {
        return Effect {
            log: base.log,
            variance: base.variance + prior,
        };
    }
    let kept = kept(prior, variance);
    let lost = (1.0 - kept) * group.mean;
    Effect {
        log: base.log + kept * group.mean,
        variance: base.variance + kept * variance + 2.0 * lost * lost / freedom,
    }
}

fn kept(prior: f64, variance: f64) -> f64 {
    if prior > 0.0 {
        prior / (prior + variance)
    } else {
        0.0
    }
}

/// Weighted mean of squared effects less their variances, not below zero.
fn prior_variance<'a>(
    measures: impl Iterator<Item = &'a Measure>,
    between: f64,
    weight: impl Fn(f64) -> f64,
) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for measure in measures.filter(|measure| measure.count > 0.0) {
        let variance = measure.variance(between);
        let weight = weight(variance);
        sum += weight * (measure.mean * measure.mean - variance);
        weights += weight;
    }
    if weights > 0.0 {
        (sum / weights).max(0.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(count: f64, mean: f64, noise: f64) -> Measure {
        Measure {
            count,
            mean,
            spread: 0.0,
            noise,
        }
    }

    #[test]
    fn an_effect_keeps_what_noise_does_not_explain() {
        // s = 0.04 / 1, w = 0.4^2 - 0.04 = 0.12, A = 0.12 / 0.16.
        let once = shrink(&[vec![measure(1.0, 0.4, 0.04)]], &Between::default());
        assert!((once[0].log - 0.3).abs() < 1e-12, "{once:?}");
        assert_eq!(once[0].variance, 0.04);
        let twice = shrink(&[vec![measure(2.0, 0.4, 0.04)]], &Between::default());
        assert!((twice[0].log - 0.35).abs() < 1e-12, "{twice:?}");
        let noise = shrink(&[vec![measure(1.0, 0.1, 0.04)]], &Between::default());
        assert_eq!(noise[0].log, 0.0);
    }

    #[test]
    fn an_unmeasured_group_takes_the_effect_of_all() {
        let rows = vec![
            measure(2.0, 0.3, 0.02),
            measure(0.0, 0.0, 0.0),
            measure(2.0, 1.0, 0.0),
        ];
        let effects = shrink(&[rows], &Between::default());
        assert_eq!(effects[1].log, 1.0);
        // u = 0.01, t = 0.09 - 0.01, C = 8 / 9.
        assert!(
            (effects[0].log - 1.0 - 0.3 * 8.0 / 9.0).abs() < 1e-9,
            "{effects:?}"
        );
        assert!(effects[1].variance > effects[2].variance);
    }

    #[test]
    fn occurrences_that_differ_widen_the_error() {
        let apart = Measure {
            spread: 0.5,
            ..measure(2.0, 1.0, 0.1)
        };
        let between = Between::of(&[vec![apart]]);
        // Excess 0.5 - 0.1 with one degree of freedom.
        assert!((variance(between.all) - 0.4).abs() < 1e-12);
        let drawn = between.towards(&Between::default());
        assert!((variance(drawn.all) - 0.08).abs() < 1e-12);
    }
}
