//! What a counted unit is worth in demand.
//!
//! Of demand and of what was counted, the part is taken that stands out of the thirteen weeks
//! around; demand's is regressed on the other, goods weighted by one over their mean demand, as
//! the variance of counts grows with it. The error allows for weeks of unequal noise and is that
//! of so many weeks as carry the weight.
//! Source: White (1980), Econometrica 48, 817-838, for the error; Efron & Morris (1975), JASA 70,
//! 311-319, for the share that is kept, 1 - v / worth^2.

use super::cases::Goods;
use crate::num::{count_f64, normal_sf, sqrt};

/// Weeks on either side that a week is compared with.
const BESIDE: usize = 6;
/// Fewest weeks that carry the weight.
const WEEKS_MIN: f64 = 4.0;

/// Units of demand that a counted unit brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Worth {
    /// Drawn to zero by its noise; never below.
    pub(super) units: f64,
    /// Standard error before that.
    pub(super) error: f64,
    /// Chance that counts without meaning show as much.
    pub(super) chance: f64,
}

impl Worth {
    const NONE: Self = Self {
        units: 0.0,
        error: 0.0,
        chance: 1.0,
    };
}

/// Learnt from all goods together, without their newest `newest` weeks.
pub(super) fn worth(goods: &[Goods], newest: usize) -> Worth {
    let (mut both, mut squares, mut fourths) = (0.0, 0.0, 0.0);
    let mut rows: Vec<(f64, f64, f64)> = Vec::new();
    for one in goods {
        let length = one.demand.len().saturating_sub(newest);
        let demand = one.demand.get(..length).unwrap_or_default();
        let flow = one.flow.get(..length).unwrap_or_default();
        if flow.iter().all(|units| *units == 0.0) {
            continue;
        }
        let mean = demand.iter().sum::<f64>() / count_f64(length.max(1));
        let weight = 1.0 / (mean + 1.0);
        for (demand, flow) in outstanding(demand).into_iter().zip(outstanding(flow)) {
            both += weight * demand * flow;
            squares += weight * flow * flow;
            fourths += weight * flow * flow * weight * flow * flow;
            rows.push((demand, flow, weight));
        }
    }
    if squares <= 0.0 || fourths <= 0.0 {
        return Worth::NONE;
    }
    let found = both / squares;
    let carrying = squares * squares / fourths;
    if carrying < WEEKS_MIN || found <= 0.0 {
        return Worth::NONE;
    }
    let scores = rows.iter().map(|(demand, flow, weight)| {
        let score = weight * flow * (demand - found * flow);
        score * score
    });
    let variance = scores.sum::<f64>() / (squares * squares) * carrying / (carrying - 1.0);
    let kept = (1.0 - variance / (found * found)).max(0.0);
    let error = sqrt(variance);
    Worth {
        units: found * kept,
        error,
        chance: if error > 0.0 {
            normal_sf(found / error)
        } else {
            0.0
        },
    }
}

/// Each week less the mean of those around it, itself included.
fn outstanding(values: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    let mut sum = 0.0;
    for value in values {
        sum += value;
        sums.push(sum);
    }
    let of = |at: usize| sums.get(at).copied().unwrap_or(sum);
    let outstanding = |(at, value): (usize, &f64)| {
        let (from, to) = (
            at.saturating_sub(BESIDE),
            (at + BESIDE + 1).min(values.len()),
        );
        value - (of(to) - of(from)) / count_f64(to - from)
    };
    values.iter().enumerate().map(outstanding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SkuId;
    use crate::rng::Stream;

    fn goods(worth: f64, noise: f64) -> Vec<Goods> {
        let mut draws = Stream::from_seed(5).draws();
        let flow: Vec<f64> = (0..104)
            .map(|week| if week % 9 == 4 { 50.0 } else { 0.0 })
            .collect();
        let demand = flow
            .iter()
            .map(|units| 40.0 + worth * units + noise * (draws.next_f64() - 0.5))
            .collect();
        vec![Goods {
            sku: SkuId(0),
            demand,
            flow,
        }]
    }

    #[test]
    fn what_was_planted_is_found() {
        let exact = worth(&goods(1.5, 0.0), 0);
        assert!(
            (exact.units - 1.5).abs() < 1e-9 && exact.error < 1e-9,
            "{exact:?}"
        );
        let noisy = worth(&goods(1.5, 40.0), 0);
        assert!((noisy.units - 1.5).abs() < 3.0 * noisy.error, "{noisy:?}");
        assert!(noisy.chance < 0.01, "{noisy:?}");
        let nothing = worth(&goods(0.0, 40.0), 0);
        assert!(nothing.units < 0.2 && nothing.chance > 0.02, "{nothing:?}");
        // Three weeks with counts are too few to say anything.
        assert_eq!(worth(&goods(1.5, 0.0), 80), Worth::NONE);
    }
}
