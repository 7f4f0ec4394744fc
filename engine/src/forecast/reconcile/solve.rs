//! Systems of the size of the sums.

use crate::num::sqrt;

/// The lower triangle of a Cholesky factor, by rows.
pub(super) struct Factor {
    size: usize,
    lower: Vec<f64>,
}

impl Factor {
    /// Of a symmetric matrix by rows; `None` without rows. A direction that the rows before
    /// determine already (one sum made of others) gets no multiplier.
    pub(super) fn new(size: usize, matrix: Vec<f64>) -> Option<Self> {
        if size == 0 {
            return None;
        }
        let mut factor = Self {
            size,
            lower: matrix,
        };
        for row in 0..size {
            for column in 0..=row {
                let done = factor.product(row, column);
                let left = factor.at(row, column) - done;
                let value = if row == column {
                    // What rounding leaves of a determined direction.
                    let whole = factor.at(row, row);
                    if left > 1e-12 * whole {
                        sqrt(left)
                    } else {
                        0.0
                    }
                } else {
                    let pivot = factor.at(column, column);
                    if pivot > 0.0 { left / pivot } else { 0.0 }
                };
                if let Some(cell) = factor.lower.get_mut(row * size + column) {
                    *cell = value;
                }
            }
        }
        Some(factor)
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.lower
            .get(row * self.size + column)
            .copied()
            .unwrap_or(0.0)
    }

    /// Of the first `column` cells of two rows.
    fn product(&self, row: usize, column: usize) -> f64 {
        let cells = |row: usize| self.lower.get(row * self.size..).unwrap_or_default();
        let pairs = cells(row).iter().zip(cells(column)).take(column);
        pairs.map(|(a, b)| a * b).sum()
    }

    /// Solves for a right-hand side, in its place.
    pub(super) fn solve(&self, side: &mut [f64]) {
        for row in 0..self.size {
            let cells = self.lower.get(row * self.size..).unwrap_or_default();
            let done: f64 = cells
                .iter()
                .zip(side.iter())
                .take(row)
                .map(|(a, b)| a * b)
                .sum();
            self.divide(row, done, side);
        }
        for row in (0..self.size).rev() {
            let below = row + 1..self.size;
            let done: f64 = below
                .map(|other| self.at(other, row) * side.get(other).copied().unwrap_or(0.0))
                .sum();
            self.divide(row, done, side);
        }
    }

    fn divide(&self, row: usize, done: f64, side: &mut [f64]) {
        let pivot = self.at(row, row);
        if let Some(value) = side.get_mut(row) {
            *value = if pivot > 0.0 {
                (*value - done) / pivot
            } else {
                0.0
            };
        }
    }
}
