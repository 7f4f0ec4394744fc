//! How uncertain nodes are, and together.

use super::Weighting;
use super::hierarchy::Hierarchy;
use crate::forecast::run::Forecasts;
use crate::num::{count_f64, index_usize, sqrt};

/// Covariance of the errors of all nodes, sums first: `weight` of it lies on the diagonal, the
/// rest is what the errors seen say.
#[derive(Clone, Debug)]
pub struct Covariance {
    variances: Vec<f64>,
    /// Share of the diagonal, a fraction.
    diagonal: f64,
    /// Errors by node and period over the node's deviation in them, times the node's deviation and
    /// divided by the root of the number of periods; empty for a diagonal.
    loadings: Vec<Vec<f64>>,
}

impl Covariance {
    /// Errors that know nothing of each other, with a variance for each node.
    #[must_use]
    pub fn diagonal(variances: Vec<f64>) -> Self {
        let smallest = floor(&variances);
        Self {
            variances: variances
                .into_iter()
                .map(|it| f64::max(it, smallest))
                .collect(),
            diagonal: 1.0,
            loadings: Vec::new(),
        }
    }

    /// Variances, and correlations of `errors` (by node, one a period) shrunk towards none.
    ///
    /// Source: Schaefer & Strimmer (2005), Statistical Applications in Genetics and Molecular
    /// Biology 4(1), art. 32, target D.
    #[must_use]
    pub fn shrunk(variances: Vec<f64>, errors: &[Vec<f64>]) -> Self {
        let mut covariance = Self::diagonal(variances);
        let standard: Vec<Vec<f64>> = errors.iter().map(|errors| standardised(errors)).collect();
        let periods = standard.iter().map(Vec::len).max().unwrap_or(0);
        if periods < 2 {
            return covariance;
        }
        covariance.diagonal = shrinkage(&standard);
        let root = sqrt(count_f64(periods));
        let loadings = standard.into_iter().zip(&covariance.variances);
        covariance.loadings = loadings
            .map(|(errors, variance)| {
                let scale = sqrt(*variance) / root;
                errors.into_iter().map(|error| error * scale).collect()
            })
            .collect();
        covariance
    }

    /// Of forecasts of sums and of series: variances of totals over the horizon, correlations of
    /// the newest errors.
    pub(super) fn of(
        hierarchy: &Hierarchy,
        weighting: Weighting,
        sums: &Forecasts,
        series: &Forecasts,
    ) -> Self {
        let last = |forecasts: &Forecasts| -> Vec<f64> {
            let totals = forecasts.total_sigma.chunks(forecasts.horizon);
            let sigma = totals.map(|sigmas| sigmas.last().copied().unwrap_or(0.0));
            sigma.map(|sigma| sigma * sigma).collect()
        };
        let variances = [last(sums), last(series)].concat();
        debug_assert_eq!(variances.len(), hierarchy.nodes());
        match weighting {
            Weighting::Variances => Self::diagonal(variances),
            Weighting::Shrunk => {
                let both = sums.recent.iter().chain(&series.recent);
                let errors: Vec<Vec<f64>> = both
                    .map(|recent| recent.periods().map(|(_, error)| error).collect())
                    .collect();
                Self::shrunk(variances, &errors)
            }
        }
    }

    /// C W C' by rows: what the discrepancies of two sums have in common.
    pub(super) fn of_constraints(&self, hierarchy: &Hierarchy) -> Vec<f64> {
        let count = hierarchy.sums();
        let mut matrix = vec![0.0; count * count];
        let mut add = |row: usize, column: usize, value: f64| {
            if let Some(cell) = matrix.get_mut(row * count + column) {
                *cell += value;
            }
        };
        let mut sums_of = vec![Vec::new(); hierarchy.series()];
        for (row, parts) in hierarchy.parts().iter().enumerate() {
            add(row, row, self.diagonal * self.variance(row));
            for place in parts {
                if let Some(sums) = sums_of.get_mut(index_usize(*place)) {
                    sums.push(row);
                }
            }
        }
        for (place, sums) in sums_of.iter().enumerate() {
            let variance = self.diagonal * self.variance(count + place);
            for row in sums {
                for column in sums {
                    add(*row, *column, variance);
                }
            }
        }
        if self.diagonal < 1.0 {
            let common = self.constraint_loadings(hierarchy);
            for (row, a) in common.iter().enumerate() {
                for (column, b) in common.iter().enumerate() {
                    add(row, column, (1.0 - self.diagonal) * product(a, b));
                }
            }
        }
        matrix
    }

    /// Moves values by -W C' times the multipliers of the sums.
    pub(super) fn move_by(&self, hierarchy: &Hierarchy, multipliers: &[f64], values: &mut [f64]) {
        let count = hierarchy.sums();
        let mut pull = vec![0.0; hierarchy.nodes()];
        for (row, (parts, multiplier)) in hierarchy.parts().iter().zip(multipliers).enumerate() {
            if let Some(own) = pull.get_mut(row) {
                *own += multiplier;
            }
            for place in parts {
                if let Some(own) = pull.get_mut(count + index_usize(*place)) {
                    *own -= multiplier;
                }
            }
        }
        for ((value, pull), variance) in values.iter_mut().zip(&pull).zip(&self.variances) {
            *value -= self.diagonal * variance * pull;
        }
        if self.diagonal >= 1.0 {
            return;
        }
        let periods = self.loadings.first().map_or(0, Vec::len);
        let mut common = vec![0.0; periods];
        for (loadings, pull) in self.loadings.iter().zip(&pull) {
            for (sum, loading) in common.iter_mut().zip(loadings) {
                *sum += loading * pull;
            }
        }
        for (value, loadings) in values.iter_mut().zip(&self.loadings) {
            *value -= (1.0 - self.diagonal) * product(loadings, &common);
        }
    }

    fn variance(&self, node: usize) -> f64 {
        self.variances.get(node).copied().unwrap_or(0.0)
    }

    /// Loadings of each sum less those of its parts.
    fn constraint_loadings(&self, hierarchy: &Hierarchy) -> Vec<Vec<f64>> {
        let bottom = self.loadings.get(hierarchy.sums()..).unwrap_or_default();
        let rows = self.loadings.iter().zip(hierarchy.parts());
        rows.map(|(own, parts)| {
            let mut row = own.clone();
            for loadings in parts
                .iter()
                .filter_map(|place| bottom.get(index_usize(*place)))
            {
                for (sum, loading) in row.iter_mut().zip(loadings) {
                    *sum -= loading;
                }
            }
            row
        })
        .collect()
    }
}

/// A variance too small to matter, so that none is zero.
fn floor(variances: &[f64]) -> f64 {
    let mean = variances.iter().sum::<f64>() / count_f64(variances.len().max(1));
    1e-9 * mean + f64::MIN_POSITIVE
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Errors over their root mean square; zeros where there is none.
fn standardised(errors: &[f64]) -> Vec<f64> {
    let deviation = sqrt(product(errors, errors) / count_f64(errors.len().max(1)));
    let over = |error: &f64| {
        if deviation > 0.0 {
            error / deviation
        } else {
            0.0
        }
    };
    errors.iter().map(over).collect()
}

/// Share of no correlation: the variances of the correlations over their squares.
///
/// With standardised errors z, the products w_t = z_it z_jt of a pair have the mean r_ij, and
/// Var(r_ij) is estimated by T / (T-1)^3 times their squared deviations; sums over pairs of
/// squares of products reduce to sums over periods, so no pair is visited.
fn shrinkage(standard: &[Vec<f64>]) -> f64 {
    let periods = standard.iter().map(Vec::len).max().unwrap_or(0);
    let count = count_f64(periods);
    // Over all ordered pairs i, j: sum_t w_t^2 = sum_t (sum_i z_it^2)^2, and sum r^2 = |Z'Z|^2 / T^2.
    let mut fourth = 0.0;
    let mut gram = vec![0.0; periods * periods];
    let mut own = (0.0, 0.0);
    for errors in standard {
        let squares = product(errors, errors);
        let quarts: f64 = errors.iter().map(|it| it * it * it * it).sum();
        own = (own.0 + quarts, own.1 + squares * squares);
        for (s, a) in errors.iter().enumerate() {
            for (t, b) in errors.iter().enumerate() {
                if let Some(cell) = gram.get_mut(s * periods + t) {
                    *cell += a * b;
                }
            }
        }
    }
    for t in 0..periods {
        let squares = gram.get(t * periods + t).copied().unwrap_or(0.0);
        fourth += squares * squares;
    }
    let squared: f64 = product(&gram, &gram);
    // Without the pairs of a node with itself.
    let (products, means) = (fourth - own.0, squared - own.1);
    let deviations = products - means / count;
    let variance = count / ((count - 1.0) * (count - 1.0) * (count - 1.0)) * deviations;
    let squares = means / (count * count);
    if squares > 0.0 {
        (variance / squares).clamp(0.0, 1.0)
    } else {
        1.0
    }
}
