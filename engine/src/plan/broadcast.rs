//! The reduction between the two maps: small results every partition needs.

use crate::order;
use serde::{Deserialize, Serialize};

use super::Streams;
use super::measure::{LEVELS, MeasurePartial};
use crate::demand::{WeekdayProfile, WeekdaySums};
use crate::forecast::{Pool, PoolPartial};
use crate::ids::SkuId;

/// Class of a SKU by its share of yearly usage value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AbcClass {
    /// The first 80 % of value.
    A,
    /// Up to 95 %.
    B,
    /// The rest, and everything without usage.
    C,
}

impl AbcClass {
    /// The letter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// The position: 0 for A to 2 for C.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// What all partitions together say to each of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Broadcast {
    /// How a week spreads over its days, by category.
    pub profile: WeekdayProfile,
    /// Shape of standardised forecast errors over all series.
    pub pool: Pool,
    /// Class of every SKU, by id.
    pub classes: Vec<AbcClass>,
    /// Which streams count in the weeks ahead.
    pub streams: Streams,
}

impl Broadcast {
    /// Combines the partials in partition order.
    pub(super) fn reduce(partials: &[MeasurePartial], streams: Streams) -> Self {
        let mut weekday = WeekdaySums::default();
        let mut pool = PoolPartial::default();
        let mut usage: Vec<(SkuId, i64)> = Vec::new();
        for partial in partials {
            weekday.merge(&partial.weekday);
            pool.merge(&partial.pool);
            usage.extend(&partial.usage);
        }
        Self {
            profile: weekday.profile(),
            pool: pool.finish(&LEVELS),
            classes: classes(&usage),
            streams,
        }
    }

    /// Class of a SKU.
    pub fn class(&self, sku: SkuId) -> AbcClass {
        self.classes
            .get(sku.index())
            .copied()
            .unwrap_or(AbcClass::C)
    }
}

/// ABC classes from yearly usage values (any unit).
///
/// Items in descending value, ties by SKU: A while the cumulative share before the item is
/// below 0.80, B below 0.95, else C; values of zero or less are C. Source: engine convention 6.1.
fn classes(usage: &[(SkuId, i64)]) -> Vec<AbcClass> {
    let mut order: Vec<(SkuId, i64)> = usage.to_vec();
    order::sort_by(&mut order, |a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let total: i128 = order
        .iter()
        .map(|(_, value)| i128::from((*value).max(0)))
        .sum();
    let count = order
        .iter()
        .map(|(sku, _)| sku.index() + 1)
        .max()
        .unwrap_or(0);
    let mut classes = vec![AbcClass::C; count];
    let mut before: i128 = 0;
    for (sku, value) in order.into_iter().filter(|(_, value)| *value > 0) {
        let class = if before * 100 < total * 80 {
            AbcClass::A
        } else if before * 100 < total * 95 {
            AbcClass::B
        } else {
            AbcClass::C
        };
        if let Some(slot) = classes.get_mut(sku.index()) {
            *slot = class;
        }
        before += i128::from(value);
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crossing_item_gets_the_better_class() {
        let usage = [79, 2, 14, 4, 1, 0].into_iter().enumerate();
        let usage: Vec<_> = usage
            .map(|(index, value)| (SkuId::from_index(index), value))
            .collect();
        let letters: String = classes(&usage).iter().map(|class| class.as_str()).collect();
        // Shares before: 0, 95, 79, 93, 97.
        assert_eq!(letters, "ACABCC");
    }
}
