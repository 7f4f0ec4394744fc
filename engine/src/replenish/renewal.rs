//! Renewals of counted demand: how often reviews find stock so far below where it started.

use super::{Demand, Distribution};
use crate::num::count_f64;

/// Expected reviews that find 0, 1, 2, .. units gone since the order, in a cycle without an end.
///
/// m(0) = 1 / (1 - p(0)), m(j) = (p(1) m(j-1) + .. + p(j) m(0)) / (1 - p(0)).
///
/// Source: Zheng & Federgruen (1991), Operations Research 39, 654-665, eq. 2.
pub(super) struct Renewal {
    review: Demand,
    chances: Vec<f64>,
    visits: Vec<f64>,
}

impl Renewal {
    /// For counted demand between two reviews.
    pub(super) const fn of(review: Demand) -> Self {
        Self {
            review,
            chances: Vec::new(),
            visits: Vec::new(),
        }
    }

    /// The first `count` of them.
    pub(super) fn visits(&mut self, count: usize) -> &[f64] {
        while self.visits.len() < count {
            let units = count_f64(self.visits.len());
            self.chances
                .push(self.review.cdf(units) - self.review.cdf(units - 1.0));
            let stays = 1.0 - self.chances.first().copied().unwrap_or(0.0);
            let steps = self.chances.iter().skip(1).zip(self.visits.iter().rev());
            let reached: f64 = steps.map(|(chance, visits)| chance * visits).sum();
            let first = f64::from(u8::from(self.visits.is_empty()));
            self.visits.push((first + reached) / stays);
        }
        self.visits.get(..count).unwrap_or_default()
    }
}
