//! What accepted signals do to the weeks of a plan, small enough to travel to every partition.

use serde::{Deserialize, Serialize};

use super::witness::newest;
use crate::events::SeriesLifts;
use crate::ids::{CategoryId, RegionId, SkuId};
use crate::num::sqrt;

/// Factors of accepted signals on the demand of goods, by week. Empty where none was accepted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignalLifts {
    pub(super) scopes: Vec<ScopeLift>,
}

/// Factors of one signal on the goods it leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ScopeLift {
    pub(super) category: CategoryId,
    /// In order; all of the category if empty.
    pub(super) skus: Vec<SkuId>,
    pub(super) region: Option<RegionId>,
    pub(super) past: Vec<f64>,
    pub(super) known: Vec<f64>,
    pub(super) ahead: Vec<f64>,
}

impl SignalLifts {
    /// Whether no signal was accepted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    /// Factors on the last `past` weeks and the next `ahead` of a series; `None` where no signal
    /// leads it.
    #[must_use]
    pub fn weeks(
        &self,
        (category, sku, region): (CategoryId, SkuId, RegionId),
        past: usize,
        ahead: usize,
    ) -> Option<SeriesLifts> {
        let leads = |scope: &&ScopeLift| {
            scope.category == category
                && (scope.skus.is_empty() || scope.skus.binary_search(&sku).is_ok())
                && scope.region.is_none_or(|own| own == region)
        };
        let mut scopes = self.scopes.iter().filter(leads).peekable();
        scopes.peek()?;
        let mut lifts = SeriesLifts::none(past, ahead);
        for scope in scopes {
            multiply(&mut lifts.past, &newest(&scope.past, past));
            multiply(&mut lifts.known, &newest(&scope.known, past));
            multiply(&mut lifts.ahead, &scope.ahead);
        }
        Some(lifts)
    }
}

/// What two kinds of factors do together; `None` where neither does anything.
#[must_use]
pub fn together(first: Option<SeriesLifts>, second: Option<SeriesLifts>) -> Option<SeriesLifts> {
    let (mut lifts, more) = match (first, second) {
        (Some(first), Some(second)) => (first, second),
        (only, None) | (None, only) => return only,
    };
    multiply(&mut lifts.past, &more.past);
    multiply(&mut lifts.known, &more.known);
    multiply(&mut lifts.ahead, &more.ahead);
    if lifts.error.is_empty() {
        lifts.error = more.error;
    } else {
        for (error, more) in lifts.error.iter_mut().zip(more.error) {
            *error = sqrt(*error * *error + more * more);
        }
    }
    Some(lifts)
}

pub(super) fn multiply(factors: &mut [f64], more: &[f64]) {
    for (factor, more) in factors.iter_mut().zip(more) {
        *factor *= more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_end_with_the_history_and_multiply() {
        let scope = |skus, region| ScopeLift {
            category: CategoryId(1),
            skus,
            region,
            past: vec![2.0, 3.0],
            known: vec![2.0, 4.0],
            ahead: vec![5.0, 1.0],
        };
        let lifts = SignalLifts {
            scopes: vec![
                scope(vec![], None),
                scope(vec![SkuId(7)], Some(RegionId(0))),
            ],
        };
        let of = |sku, region| lifts.weeks((CategoryId(1), SkuId(sku), RegionId(region)), 3, 2);
        assert_eq!(of(1, 0).unwrap().past, [1.0, 2.0, 3.0]);
        assert_eq!(of(7, 0).unwrap().past, [1.0, 4.0, 9.0]);
        assert_eq!(of(7, 0).unwrap().known, [1.0, 4.0, 16.0]);
        assert_eq!(of(7, 1).unwrap().ahead, [5.0, 1.0]);
        assert_eq!(
            lifts.weeks((CategoryId(0), SkuId(7), RegionId(0)), 3, 2),
            None
        );
        let both = together(of(1, 0), of(1, 0)).unwrap();
        assert_eq!(both.ahead, [25.0, 1.0]);
        assert_eq!(together(None, None), None);
    }
}
