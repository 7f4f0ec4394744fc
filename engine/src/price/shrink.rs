//! Elasticities in three levels: goods towards their category, categories towards all goods, all
//! goods towards no effect.

use super::windows::{Evidence, Noise, Window};
use crate::num::{count_f64, exp};

/// Rounds after which elasticities stand still.
const ROUNDS: usize = 8;
/// Least and largest multiple of demand at which a window is linearised.
const MULTIPLES: (f64, f64) = (0.1, 10.0);
/// Largest elasticity, either way.
const LARGEST: f64 = 12.0;

/// A drawn elasticity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Drawn {
    /// Logarithm of demand by logarithm of price.
    pub(super) elasticity: f64,
    /// Variance of its error.
    pub(super) variance: f64,
    /// Windows of its own.
    pub(super) windows: usize,
}

/// The elasticities of a company.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Elasticities {
    /// By evidence.
    pub(super) goods: Vec<Drawn>,
    /// By category.
    pub(super) groups: Vec<Drawn>,
    pub(super) all: Drawn,
}

/// A measure and the variance of its error.
#[derive(Clone, Copy, Debug)]
struct Measure {
    value: f64,
    variance: f64,
}

/// Draws the elasticities of goods together.
///
/// Demand of a window is taken as expected x (price / usual)^e, by the mean: the expectation of
/// what is sold is fitted and not that of its logarithm, so nothing is lost by transforming back
/// (Santos Silva & Tenreyro 2006, Review of Economics and Statistics 88, 641-658). Each round
/// linearises around the elasticities of the one before (Breslow & Clayton 1993, JASA 88, 9-25).
/// What windows of the same goods, goods of a category and categories differ by beyond their errors is
/// taken from all of them (DerSimonian & Laird 1986, Controlled Clinical Trials 7, 177-188). Of
/// all goods the share 1 - V / e^2 is kept, V the variance of e (James-Stein); the variance stays,
/// as being drawn to zero is no knowledge.
pub(super) fn elasticities(evidence: &[Evidence], groups: usize, noise: &Noise) -> Elasticities {
    let mut now = Elasticities {
        goods: vec![Drawn::default(); evidence.len()],
        groups: vec![Drawn::default(); groups],
        all: Drawn::default(),
    };
    for _ in 0..ROUNDS {
        now = round(evidence, noise, &now);
    }
    now
}

fn round(evidence: &[Evidence], noise: &Noise, before: &Elasticities) -> Elasticities {
    let windows: Vec<Vec<Measure>> = evidence
        .iter()
        .zip(&before.goods)
        .map(|(own, drawn)| {
            let windows = own.windows.iter();
            windows
                .map(|it| linearised(it, noise, drawn.elasticity))
                .collect()
        })
        .collect();
    let apart = between(&windows);
    let means: Vec<Option<Measure>> = windows.iter().map(|own| mean(own, apart)).collect();
    let mut by_group: Vec<Vec<Measure>> = vec![Vec::new(); before.groups.len()];
    for (own, measure) in evidence.iter().zip(&means) {
        if let (Some(group), Some(measure)) = (by_group.get_mut(own.group), measure) {
            group.push(*measure);
        }
    }
    let of_goods = between(&by_group);
    let group_means: Vec<Option<Measure>> = by_group.iter().map(|it| mean(it, of_goods)).collect();
    let known: Vec<Measure> = group_means.iter().flatten().copied().collect();
    let of_groups = between(std::slice::from_ref(&known));
    let all = mean(&known, of_groups).map_or_else(Drawn::default, |all| {
        let square = all.value * all.value;
        let kept = if square > all.variance {
            1.0 - all.variance / square
        } else {
            0.0
        };
        Drawn {
            elasticity: kept * all.value,
            variance: all.variance,
            windows: evidence.iter().map(|own| own.windows.len()).sum(),
        }
    });
    let groups: Vec<Drawn> = group_means
        .iter()
        .map(|own| towards(*own, of_groups, &all))
        .collect();
    let goods = evidence.iter().zip(&means).map(|(own, measure)| {
        let base = groups.get(own.group).copied().unwrap_or_default();
        Drawn {
            windows: own.windows.len(),
            ..towards(*measure, of_goods, &base)
        }
    });
    let mut drawn = Elasticities {
        goods: goods.collect(),
        groups,
        all,
    };
    for own in evidence {
        if let Some(group) = drawn.groups.get_mut(own.group) {
            group.windows += own.windows.len();
        }
    }
    drawn
}

/// The elasticity that a window shows, seen from `at`.
fn linearised(window: &Window, noise: &Noise, at: f64) -> Measure {
    let multiple = exp(at * window.change).clamp(MULTIPLES.0, MULTIPLES.1);
    let shown = window.sold / window.expected;
    let off = (shown - multiple) / (multiple * window.change);
    Measure {
        value: (at + off).clamp(-2.0 * LARGEST, 2.0 * LARGEST),
        variance: noise.of_elasticity(window, multiple),
    }
}

/// The mean by inverse variances; `None` without measures.
fn mean(measures: &[Measure], between: f64) -> Option<Measure> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for one in measures {
        let weight = 1.0 / (one.variance + between);
        sum += weight * one.value;
        weights += weight;
    }
    (weights > 0.0).then(|| Measure {
        value: (sum / weights).clamp(-LARGEST, LARGEST),
        variance: 1.0 / weights,
    })
}

/// By how much measures of one list differ beyond their errors, from all lists: a variance.
fn between(lists: &[Vec<Measure>]) -> f64 {
    let (mut excess, mut scale) = (0.0, 0.0);
    for list in lists.iter().filter(|list| list.len() > 1) {
        let Some(centre) = mean(list, 0.0) else {
            continue;
        };
        let (mut weights, mut squares, mut spread) = (0.0, 0.0, 0.0);
        for one in list {
            let weight = 1.0 / one.variance;
            weights += weight;
            squares += weight * weight;
            spread += weight * (one.value - centre.value) * (one.value - centre.value);
        }
        excess += spread - (count_f64(list.len()) - 1.0);
        scale += weights - squares / weights;
    }
    if scale > 0.0 {
        f64::max(excess / scale, 0.0)
    } else {
        0.0
    }
}

/// A measure drawn towards what lies above it; that itself where there is none.
fn towards(own: Option<Measure>, between: f64, above: &Drawn) -> Drawn {
    let Some(own) = own else {
        return Drawn {
            elasticity: above.elasticity,
            variance: above.variance + between,
            windows: 0,
        };
    };
    let total = between + own.variance;
    let kept = if total > 0.0 { between / total } else { 0.0 };
    Drawn {
        elasticity: above.elasticity + kept * (own.value - above.elasticity),
        variance: kept * own.variance + (1.0 - kept) * (1.0 - kept) * above.variance,
        windows: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STILL: Noise = Noise {
        scatter: 1.0,
        swing: 0.0,
        windows: 100,
    };

    fn window(sold: f64, expected: f64, change: f64) -> Window {
        Window {
            sold,
            expected,
            change,
        }
    }

    fn evidence(group: usize, windows: Vec<Window>) -> Evidence {
        Evidence {
            group,
            windows,
            ..Evidence::default()
        }
    }

    /// By hand: a cut to e^-0.1 doubles 10,000, so e = -ln 2 / 0.1 = -6.93; its variance is
    /// 1 / (10,000 x 2 x 0.01), and of e^2 = 48.05 it takes 0.005 / 48.05.
    #[test]
    fn one_window_by_hand() {
        let found = elasticities(&[evidence(0, vec![window(2e4, 1e4, -0.1)])], 1, &STILL);
        let by_hand = -std::f64::consts::LN_2 / 0.1;
        assert!((found.all.elasticity - by_hand * (1.0 - 0.005 / 48.05)).abs() < 1e-3);
        assert!((found.all.variance - 0.005).abs() < 1e-6, "{found:?}");
        assert_eq!(found.goods[0].windows, 1);
    }

    #[test]
    fn an_effect_within_its_noise_is_none() {
        // Expected 100, sold 105: five are half a deviation.
        let found = elasticities(&[evidence(0, vec![window(105.0, 100.0, -0.1)])], 1, &STILL);
        assert_eq!(found.all.elasticity, 0.0);
        assert!(found.all.variance > 0.5, "{found:?}");
    }

    /// Two categories, of -1 and -4, with a thin one and an unknown one.
    #[test]
    fn thin_goods_are_drawn_to_their_category() {
        let at = |e: f64, change: f64, size: f64| window(size * exp(e * change), size, change);
        let mut all = Vec::new();
        for (group, e) in [(0, -1.0), (1, -4.0)] {
            for own in [-0.3, -0.1, 0.1, 0.3] {
                all.push(evidence(
                    group,
                    vec![at(e + own, -0.2, 1e5), at(e + own, -0.1, 1e5)],
                ));
            }
        }
        all.push(evidence(0, vec![window(0.0, 2.0, -0.1)]));
        all.push(evidence(1, vec![window(9.0, 2.0, -0.1)]));
        let found = elasticities(&all, 3, &STILL);
        let value = |drawn: &Drawn| drawn.elasticity;
        assert!((value(&found.groups[0]) + 1.0).abs() < 0.1, "{found:?}");
        assert!((value(&found.groups[1]) + 4.0).abs() < 0.1, "{found:?}");
        assert!((value(&found.goods[8]) + 1.0).abs() < 0.1, "{found:?}");
        assert!((value(&found.goods[9]) + 4.0).abs() < 0.1, "{found:?}");
        assert!((value(&found.goods[0]) + 1.3).abs() < 0.05, "{found:?}");
        assert_eq!(value(&found.groups[2]), value(&found.all));
        assert!(found.groups[2].variance > found.groups[0].variance);
    }

    #[test]
    fn nothing_seen_is_no_effect() {
        let found = elasticities(&[], 2, &STILL);
        assert_eq!(found.all, Drawn::default());
        assert!(found.groups.iter().all(|it| it.elasticity == 0.0));
    }
}
