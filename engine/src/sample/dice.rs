//! Random variates over a counter-based stream.

use crate::num;
use crate::rng::{Draws, Stream};

/// Above this mean a Poisson draw is split, so that exp(-mean) keeps its digits.
const POISSON_CHUNK: f64 = 25.0;

/// Draws of one purpose: `ids` name it, so no other purpose can shift them.
pub(super) struct Dice {
    draws: Draws,
}

impl Dice {
    pub(super) fn new(seed: u64, ids: &[u64]) -> Self {
        Self {
            draws: Stream::keyed(seed, ids).draws(),
        }
    }

    /// Uniform in [0, 1).
    pub(super) fn uniform(&mut self) -> f64 {
        self.draws.next_f64()
    }

    /// Uniform in [low, high).
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// True with the given probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A whole number in `0..count`.
    pub(super) fn below(&mut self, count: usize) -> usize {
        num::floor_count(self.uniform() * num::count_f64(count))
    }

    /// Standard normal (Box & Muller 1958).
    pub(super) fn normal(&mut self) -> f64 {
        let radius = num::sqrt(-2.0 * num::ln(1.0 - self.uniform()));
        radius * num::cos(std::f64::consts::TAU * self.uniform())
    }

    /// Log-normal with mean one.
    pub(super) fn around_one(&mut self, sigma: f64) -> f64 {
        num::exp(sigma * self.normal() - sigma * sigma / 2.0)
    }

    /// Poisson by multiplying uniforms (Knuth, TAOCP vol. 2, 3.4.1).
    pub(super) fn poisson(&mut self, mean: f64) -> u32 {
        let mut count = 0;
        let mut left = mean;
        while left > 0.0 {
            let chunk = left.min(POISSON_CHUNK);
            left -= chunk;
            let floor = num::exp(-chunk);
            let mut product = self.uniform();
            while product > floor {
                count += 1;
                product *= self.uniform();
            }
        }
        count
    }

    /// 1 + geometric, with the given mean of at least one.
    pub(super) fn order_size(&mut self, mean: f64) -> u32 {
        let again = 1.0 - 1.0 / mean;
        let mut size = 1;
        while size < 40 && self.chance(again) {
            size += 1;
        }
        size
    }

    /// The position drawn from weights that need not sum to one.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.uniform() * weights.iter().sum::<f64>();
        let mut last = 0;
        for (index, weight) in weights.iter().enumerate() {
            if *weight > 0.0 {
                last = index;
                left -= weight;
                if left < 0.0 {
                    break;
                }
            }
        }
        last
    }

    /// The whole number below or above `value`, with the value as its mean.
    pub(super) fn rounded(&mut self, value: f64) -> i64 {
        let floor = value.floor();
        let up = self.chance(value - floor);
        whole(floor) + i64::from(up)
    }
}

/// The whole part of a value, for counts of units.
pub(super) fn whole(value: f64) -> i64 {
    crate::units::Qty::round_from_f64(value.floor()).thousandths() / crate::units::Qty::SCALE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(count: u32, mut draw: impl FnMut() -> f64) -> f64 {
        (0..count).map(|_| draw()).sum::<f64>() / f64::from(count)
    }

    #[test]
    fn variates_have_their_means() {
        let mut dice = Dice::new(7, &[1]);
        for expected in [0.02, 3.0, 80.0] {
            let found = mean(40_000, || f64::from(dice.poisson(expected)));
            assert!(
                (found / expected - 1.0).abs() < 0.1,
                "{found} for {expected}"
            );
        }
        assert!((mean(40_000, || f64::from(dice.order_size(1.5))) - 1.5).abs() < 0.02);
        assert!((mean(40_000, || dice.around_one(0.4)) - 1.0).abs() < 0.02);
        assert!((mean(40_000, || dice.normal())).abs() < 0.02);
        let tenths = mean(40_000, || {
            f64::from(i32::try_from(dice.rounded(-2.3)).unwrap())
        });
        assert!((tenths + 2.3).abs() < 0.02);
    }

    #[test]
    fn weights_of_zero_are_never_drawn() {
        let mut dice = Dice::new(7, &[2]);
        let drawn: Vec<_> = (0..1_000)
            .map(|_| dice.weighted(&[0.0, 1.0, 0.0, 3.0]))
            .collect();
        assert!(drawn.iter().all(|index| [1, 3].contains(index)));
        let threes = drawn.iter().filter(|index| **index == 3).count();
        assert!((700..800).contains(&threes));
    }
}
