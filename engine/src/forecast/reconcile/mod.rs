//! Coherent forecasts: sums of series and the series themselves made to agree, each giving way in
//! proportion to how uncertain it is.
//!
//! Base forecasts of any level are moved as little as their errors allow until every sum equals its
//! parts: minimum-trace reconciliation (Wickramasuriya, Athanasopoulos & Hyndman 2019, JASA 114,
//! 804-819), in the form of its constraints: y - W C' (C W C')^-1 C y, where a row of C is a sum less
//! its parts. Only a system as large as the number of sums is solved.

mod covariance;
mod hierarchy;
mod solve;

pub use covariance::Covariance;
pub use hierarchy::Hierarchy;

use super::panel::Panel;
use super::run::{Config, Forecasts, run};
use solve::Factor;

/// Base forecasts of one period made coherent: sums first, then series, as the hierarchy names
/// them. Negative series become zero, and sums are those of their series.
/// Figures missing in `base` count as zero.
#[must_use]
pub fn reconcile(hierarchy: &Hierarchy, covariance: &Covariance, base: &[f64]) -> Vec<f64> {
    let prepared = Prepared::new(hierarchy, covariance);
    let mut moved = base.to_vec();
    moved.resize(hierarchy.nodes(), 0.0);
    prepared.apply(&mut moved);
    moved
}

/// A hierarchy with its system factored, for any number of periods.
struct Prepared<'a> {
    hierarchy: &'a Hierarchy,
    covariance: &'a Covariance,
    /// `None` where there is no sum.
    factor: Option<Factor>,
}

impl<'a> Prepared<'a> {
    fn new(hierarchy: &'a Hierarchy, covariance: &'a Covariance) -> Self {
        let factor = Factor::new(hierarchy.sums(), covariance.of_constraints(hierarchy));
        Self {
            hierarchy,
            covariance,
            factor,
        }
    }

    fn apply(&self, base: &mut [f64]) {
        if let Some(factor) = &self.factor {
            let mut multipliers = self.hierarchy.discrepancies(base);
            factor.solve(&mut multipliers);
            self.covariance.move_by(self.hierarchy, &multipliers, base);
        }
        self.hierarchy.settle(base);
    }
}

/// Which errors reconciliation goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighting {
    /// Each node's own error variance ("WLS-var").
    Variances,
    /// The shrunk covariance of the newest errors ("MinT-shrink").
    Shrunk,
}

/// Forecasts of the series of a panel, made coherent with forecasts of their sums: the whole, each
/// category and region, and each category in a region. Bands and deviations of totals move with
/// the means.
///
/// The sums are forecast like series of their own.
pub fn reconcile_panel(
    panel: &Panel,
    config: &Config,
    weighting: Weighting,
    forecasts: &mut Forecasts,
) {
    let hierarchy = Hierarchy::of(panel);
    if hierarchy.sums() == 0 {
        return;
    }
    let sums = run(&hierarchy.panel_of_sums(panel), config);
    let covariance = Covariance::of(&hierarchy, weighting, &sums, forecasts);
    let prepared = Prepared::new(&hierarchy, &covariance);
    let horizon = forecasts.horizon;
    let series = forecasts.models.len();
    let mut base = Vec::with_capacity(hierarchy.nodes());
    let mut before = vec![0.0; series];
    let mut after = vec![0.0; series];
    for step in 0..horizon {
        let of = |means: &[f64], count: usize| -> Vec<f64> {
            means
                .iter()
                .skip(step)
                .step_by(horizon)
                .take(count)
                .copied()
                .collect()
        };
        base.clear();
        base.extend(of(&sums.mean, hierarchy.sums()));
        base.extend(of(&forecasts.mean, series));
        prepared.apply(&mut base);
        for (place, mean) in base.iter().skip(hierarchy.sums()).enumerate() {
            let at = place * horizon + step;
            let Some(old) = forecasts.mean.get_mut(at) else {
                continue;
            };
            let moved = std::mem::replace(old, *mean);
            for band in &mut forecasts.bands {
                // An end on the mean may pass it by a rounding.
                if let Some(low) = band.low.get_mut(at) {
                    *low = follow(*low, moved, *mean).min(*mean);
                }
                if let Some(high) = band.high.get_mut(at) {
                    *high = follow(*high, moved, *mean).max(*mean);
                }
            }
            add(&mut before, place, moved);
            add(&mut after, place, *mean);
            if let (Some(sigma), Some(before), Some(after)) = (
                forecasts.total_sigma.get_mut(at),
                before.get(place),
                after.get(place),
            ) {
                *sigma *= (after / before).clamp(1.0 / STRETCH_MAX, STRETCH_MAX);
            }
        }
    }
    for sigmas in forecasts.total_sigma.chunks_mut(horizon) {
        let mut largest = 0.0;
        for sigma in sigmas {
            largest = f64::max(largest, *sigma);
            *sigma = largest;
        }
    }
}

fn add(sums: &mut [f64], place: usize, value: f64) {
    if let Some(sum) = sums.get_mut(place) {
        *sum += value;
    }
}

/// Most that limits and deviations grow or shrink with their mean.
const STRETCH_MAX: f64 = 2.0;

/// A limit after its mean moved: in proportion, or by as much where that would stretch it too far.
fn follow(limit: f64, before: f64, after: f64) -> f64 {
    if before > 0.0 && after <= STRETCH_MAX * before {
        limit * after / before
    } else {
        limit + (after - before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::Frequency;
    use crate::num::index_usize;
    use proptest::prelude::*;

    fn near(a: &[f64], b: &[f64]) {
        assert_eq!(a.len(), b.len());
        for (a, b) in a.iter().zip(b) {
            assert!((a - b).abs() < 1e-9 * (1.0 + b.abs()), "{a} {b}");
        }
    }

    /// By hand: 100 against 40 + 50; the gap of 10 falls on all three by their variances.
    #[test]
    fn a_gap_is_shared_by_variance() {
        let hierarchy = Hierarchy::new(2, [vec![0, 1]]);
        let base = [100.0, 40.0, 50.0];
        let third = 10.0 / 3.0;
        let equal = Covariance::diagonal(vec![1.0; 3]);
        let moved = reconcile(&hierarchy, &equal, &base);
        near(&moved, &[100.0 - third, 40.0 + third, 50.0 + third]);
        let uneven = Covariance::diagonal(vec![2.0, 3.0, 5.0]);
        let moved = reconcile(&hierarchy, &uneven, &base);
        near(&moved, &[98.0, 43.0, 55.0]);
    }

    /// By hand: with one period of errors nothing is known of correlation; with errors that always
    /// come together the shrinkage is none, and W = z z' + what is lost to the mean of squares.
    #[test]
    fn errors_that_come_together_move_together() {
        // A's errors are those of the sum, B never errs: A alone gives way with the sum.
        let errors = [
            vec![1.0, -1.0, 1.0, -1.0],
            vec![-1.0, 1.0, -1.0, 1.0],
            vec![0.0; 4],
        ];
        let hierarchy = Hierarchy::new(2, [vec![0, 1]]);
        let covariance = Covariance::shrunk(vec![1.0, 1.0, 0.0], &errors);
        let moved = reconcile(&hierarchy, &covariance, &[100.0, 40.0, 50.0]);
        near(&moved, &[95.0, 45.0, 50.0]);
    }

    #[test]
    fn sums_that_say_nothing_are_left_out_and_repeated_ones_do_no_harm() {
        let hierarchy = Hierarchy::new(3, [vec![0], vec![2, 0, 1], vec![0, 1, 2], vec![9, 1]]);
        assert_eq!(hierarchy.sums(), 1);
        // The third sum is determined by the first two; base forecasts contradict each other.
        let sums = [vec![0, 1, 2, 3], vec![0, 1], vec![2, 3]];
        let hierarchy = Hierarchy::new(4, sums);
        let moved = reconcile(
            &hierarchy,
            &Covariance::diagonal(vec![1.0; 7]),
            &[100.0, 60.0, 60.0, 20.0, 20.0, 20.0, 20.0],
        );
        near(&moved[..1], &[moved[3..].iter().sum()]);
        near(&moved[1..2], &[moved[3] + moved[4]]);
    }

    #[test]
    fn a_panel_becomes_coherent_without_losing_its_bands() {
        let mut panel = Panel::new(Frequency::Monthly, 12);
        for series in 0..12_u32 {
            let kin = crate::forecast::Kinship {
                category: series % 3,
                region: series % 2,
            };
            let wave = (0..48_u32).map(|t| f64::from((t * 7 + series * 5) % 12 + series));
            panel.push_member(wave, Some(kin)).unwrap();
        }
        let config = Config {
            horizon: 6,
            lag: 1,
            levels: vec![0.8, 0.95],
        };
        for weighting in [Weighting::Variances, Weighting::Shrunk] {
            let mut forecasts = run(&panel, &config);
            reconcile_panel(&panel, &config, weighting, &mut forecasts);
            for (at, mean) in forecasts.mean.iter().enumerate() {
                let [inner, outer] = &forecasts.bands[..] else {
                    panic!()
                };
                let ends = [
                    outer.low[at],
                    inner.low[at],
                    *mean,
                    inner.high[at],
                    outer.high[at],
                ];
                assert!(ends.is_sorted() && ends[0] >= 0.0, "{ends:?}");
            }
            for sigmas in forecasts.total_sigma.chunks(6) {
                assert!(sigmas.is_sorted() && sigmas.iter().all(|it| it.is_finite()));
            }
        }
    }

    proptest! {
        /// Any nested tree: coherent figures stay, others become coherent, and the result is the
        /// weighted least squares fit: no coherent change of one series would be nearer.
        #[test]
        fn the_fit_is_coherent_and_nearest(
            leaves in prop::collection::vec((0_u32..4, 1.0..9.0_f64, 0.1..5.0_f64), 2..24),
            bases in prop::collection::vec(50.0..900.0_f64, 8),
            weights in prop::collection::vec(0.1..5.0_f64, 8),
        ) {
            let places = |of: Option<u32>| -> Vec<u32> {
                let own = (0_u32..).zip(&leaves);
                own.filter(|(_, leaf)| of.is_none_or(|it| it == leaf.0)).map(|(at, _)| at).collect()
            };
            let groups = (0..4).map(|group| places(Some(group)));
            let hierarchy = Hierarchy::new(leaves.len(), [places(None)].into_iter().chain(groups));
            let sums = hierarchy.sums();
            let base: Vec<f64> = bases.iter().take(sums).copied()
                .chain(leaves.iter().map(|leaf| 100.0 * leaf.1)).collect();
            let variances: Vec<f64> = weights.iter().take(sums).copied()
                .chain(leaves.iter().map(|leaf| leaf.2)).collect();
            let covariance = Covariance::diagonal(variances.clone());
            let moved = reconcile(&hierarchy, &covariance, &base);
            let bottom = &moved[sums..];
            for (value, parts) in moved.iter().zip(hierarchy.parts()) {
                let total: f64 = parts.iter().map(|at| bottom[index_usize(*at)]).sum();
                prop_assert!((value - total).abs() < 1e-6);
            }
            let again = reconcile(&hierarchy, &covariance, &moved);
            for (a, b) in again.iter().zip(&moved) {
                prop_assert!((a - b).abs() < 1e-6);
            }
            if bottom.iter().all(|value| *value > 1.0) {
                // The gradient along each series vanishes.
                for at in 0..leaves.len() {
                    let mut slope = (bottom[at] - base[sums + at]) / variances[sums + at];
                    for (row, parts) in hierarchy.parts().iter().enumerate() {
                        if parts.iter().any(|place| index_usize(*place) == at) {
                            slope += (moved[row] - base[row]) / variances[row];
                        }
                    }
                    prop_assert!(slope.abs() < 1e-6, "{slope}");
                }
            }
        }
    }
}
