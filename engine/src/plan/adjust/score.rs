//! What a decision was worth, once its weeks are history.

use super::decision::{Adjustment, Noted};
use crate::dataset::Dataset;
use crate::day::Day;
use crate::demand::SeriesKey;
use crate::ids::WarehouseId;
use crate::master::Catalog;
use crate::plan::partition::demand_rows;
use crate::plan::view::Slice;
use crate::units::Qty;

/// Errors with and without a decision, over its weeks that are history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The decision.
    pub id: u64,
    /// Its weeks that are complete and were changed.
    pub weeks: usize,
    /// Demand of those weeks.
    pub actual: Qty,
    /// What the planner had seen for them.
    pub before: Qty,
    /// What the planner made of it.
    pub after: Qty,
    /// Sum of |demand - before| less |demand - after|: units the decision helped; negative
    /// when it hurt.
    pub helped: Qty,
}

/// Scores of the decisions with weeks that are history.
///
/// A week counts if it is over and began while the decision was in force. Errors are those of
/// the slice's total.
pub(in crate::plan) fn scores(
    adjustments: &[Adjustment],
    dataset: &Dataset,
    catalog: &Catalog,
    as_of: Day,
) -> Vec<Score> {
    let mut judged: Vec<Judged<'_>> = Vec::new();
    for adjustment in adjustments {
        let count = (0..adjustment.noted.len())
            .take_while(|week| is_over(adjustment, *week, as_of))
            .count();
        if count > 0
            && let Some(scope) = adjustment.reach.scope(catalog)
        {
            judged.push(Judged {
                adjustment,
                slice: Slice::new(catalog, scope),
                actual: vec![Qty::ZERO; count],
            });
        }
    }
    if judged.is_empty() {
        return Vec::new();
    }
    for row in demand_rows(dataset, catalog) {
        let key = SeriesKey {
            sku: row.sku,
            channel: row.channel,
            region: row.region,
        };
        for one in &mut judged {
            let age = row.day - one.adjustment.from;
            let week = usize::try_from(age.div_euclid(7)).ok();
            let week = week.and_then(|week| one.actual.get_mut(week));
            if let Some(actual) = week
                && one.slice.has(key, WarehouseId(0))
            {
                *actual += row.quantity;
            }
        }
    }
    judged.iter().filter_map(Judged::score).collect()
}

fn first_day(adjustment: &Adjustment, week: usize) -> Day {
    adjustment.from + 7 * i32::try_from(week).unwrap_or(0)
}

fn is_over(adjustment: &Adjustment, week: usize, as_of: Day) -> bool {
    let first = first_day(adjustment, week);
    first + 6 <= as_of && adjustment.expires.is_none_or(|last| first <= last + 1)
}

struct Judged<'a> {
    adjustment: &'a Adjustment,
    slice: Slice,
    actual: Vec<Qty>,
}

impl Judged<'_> {
    fn score(&self) -> Option<Score> {
        let mut score = Score {
            id: self.adjustment.id,
            ..Score::default()
        };
        let weeks = self.adjustment.noted.iter().zip(&self.actual);
        for (Noted { before, after }, actual) in
            weeks.filter(|(noted, _)| noted.before != noted.after)
        {
            score.weeks += 1;
            score.actual += *actual;
            score.before += *before;
            score.after += *after;
            score.helped += distance(*actual, *before) - distance(*actual, *after);
        }
        (score.weeks > 0).then_some(score)
    }
}

fn distance(a: Qty, b: Qty) -> Qty {
    if a < b { b - a } else { a - b }
}
