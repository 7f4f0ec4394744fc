//! Daily demand by inverse transform: one uniform draw, one demand.

use super::super::{Demand, Distribution, PolicyError};
use crate::num::{count_f64, floor_count, larger};
use crate::order;

/// The table of a count distribution ends where less than this is left above it.
const TAIL: f64 = 1e-9;
/// Counts with more values than this are not put into a table.
const TABLE_MAX: f64 = 65_536.0;
/// Entries of the guide into a table.
const GUIDE: usize = 256;

/// Turns uniform draws into daily demand. The same draw gives the same demand, and a larger one never less.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandSampler {
    demand: Option<Demand>,
    /// P(D <= 0), P(D <= 1), .. of a count; observed days in order otherwise.
    table: Vec<f64>,
    /// First place of the table that the draws of each 256th can mean.
    guide: Vec<usize>,
}

impl DemandSampler {
    /// Draws from a distribution of one day's demand. Negative draws of a normal count as none.
    ///
    /// # Errors
    /// [`PolicyError::NotFinite`] or [`PolicyError::NegativeSigma`] for parameters that are not usable,
    /// [`PolicyError::NoDemand`] for a mean that is not positive.
    pub fn of(demand: Demand) -> Result<Self, PolicyError> {
        demand.check()?;
        let last = if demand.is_counted() {
            demand.quantile(1.0 - TAIL)
        } else {
            f64::INFINITY
        };
        let mut sampler = Self {
            demand: Some(demand),
            table: Vec::new(),
            guide: Vec::new(),
        };
        if last <= TABLE_MAX {
            let values = 0..=floor_count(last);
            sampler.table = values.map(|units| demand.cdf(count_f64(units))).collect();
            let firsts = (0..GUIDE).map(|part| count_f64(part) / count_f64(GUIDE));
            sampler.guide = firsts
                .map(|draw| sampler.table.partition_point(|chance| *chance < draw))
                .collect();
        }
        Ok(sampler)
    }

    /// Draws one of the days seen, all equally likely.
    ///
    /// # Errors
    /// [`PolicyError::NoDemand`] without a day, [`PolicyError::NotFinite`] for days that are none.
    pub fn observed(days: &[f64]) -> Result<Self, PolicyError> {
        if days.is_empty() {
            return Err(PolicyError::NoDemand);
        }
        if !days.iter().all(|demand| demand.is_finite()) {
            return Err(PolicyError::NotFinite);
        }
        let mut table = days.to_vec();
        order::sort_by(&mut table, f64::total_cmp);
        Ok(Self {
            demand: None,
            table,
            guide: Vec::new(),
        })
    }

    /// Whether positions stand on whole units.
    pub(super) fn is_counted(&self) -> bool {
        self.demand.is_none_or(|demand| demand.is_counted())
    }

    /// Demand of a day for a uniform draw in \[0, 1), units.
    ///
    /// ```
    /// use engine::replenish::DemandSampler;
    /// let days = DemandSampler::observed(&[5.0, 0.0, 2.0, 9.0])?;
    /// assert_eq!((days.draw(0.0), days.draw(0.6), days.draw(0.99)), (0.0, 5.0, 9.0));
    /// # Ok::<(), engine::replenish::PolicyError>(())
    /// ```
    #[must_use]
    pub fn draw(&self, uniform: f64) -> f64 {
        let Some(demand) = self.demand else {
            let place = floor_count(uniform * count_f64(self.table.len()));
            return self.table.get(place).copied().unwrap_or(0.0);
        };
        let part = floor_count(uniform * count_f64(GUIDE));
        let Some(first) = self.guide.get(part).copied() else {
            return larger(demand.quantile(uniform), 0.0);
        };
        let later = self.table.iter().skip(first);
        match later.take_while(|chance| **chance < uniform).count() {
            passed if first + passed < self.table.len() => count_f64(first + passed),
            _ => demand.quantile(uniform),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::{NegativeBinomial, Poisson};

    #[test]
    fn a_table_gives_what_the_quantile_gives() {
        let demands = [
            Demand::Poisson(Poisson { mean: 0.3 }),
            Demand::Poisson(Poisson { mean: 740.0 }),
            Demand::NegativeBinomial(NegativeBinomial {
                mean: 4.0,
                variance: 31.0,
            }),
        ];
        for demand in demands {
            let sampler = DemandSampler::of(demand).unwrap();
            for step in 1..2_000 {
                let uniform = f64::from(step) / 2_000.0;
                assert_eq!(sampler.draw(uniform), demand.quantile(uniform), "{uniform}");
            }
            let rare = 1.0 - 1e-13;
            assert_eq!(sampler.draw(rare), demand.quantile(rare));
            assert_eq!(sampler.draw(0.0), 0.0);
        }
    }

    #[test]
    fn days_that_are_none_are_refused() {
        assert_eq!(DemandSampler::observed(&[]), Err(PolicyError::NoDemand));
        let normal = |mean, sigma| DemandSampler::of(Demand::Normal { mean, sigma });
        assert_eq!(normal(1.0, -1.0), Err(PolicyError::NegativeSigma));
        assert_eq!(normal(0.0, 1.0), Err(PolicyError::NoDemand));
        assert_eq!(normal(f64::NAN, 1.0), Err(PolicyError::NotFinite));
    }
}
