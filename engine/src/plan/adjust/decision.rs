//! Decisions as values.

use serde::{Deserialize, Serialize};

use super::EventDates;
use crate::day::Day;
use crate::demand::SeriesKey;
use crate::master::Catalog;
use crate::plan::Streams;
use crate::plan::view::Scope;
use crate::units::{Amount, Qty};

/// Hundredths of a per cent in one.
const PER_ONE: i128 = 10_000;
/// Days in a week.
const WEEK: i32 = 7;

/// Everything decided by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions {
    /// Changes of forecasts, in order of their ids.
    pub adjustments: Vec<Adjustment>,
    /// Changes of the history that forecasts learn from.
    pub replacements: Vec<Replacement>,
    /// Which streams count in the weeks ahead.
    pub streams: Streams,
    /// New items by their analogues.
    pub launches: Vec<Launch>,
    /// What sales of weeks with stock-outs are taken for.
    pub stockouts: Stockouts,
    /// Prices that are to be changed, in order of their ids.
    pub prices: Vec<PriceChange>,
    /// Events on other days; the dataset of a plan has them moved already.
    pub events: Vec<EventDates>,
}

/// What sales of weeks are taken for in which goods were not always there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stockouts {
    /// A part of demand: the rest is estimated.
    #[default]
    Uncensored,
    /// All of it.
    AsSold,
}

/// The slice a decision is about, by codes; an absent one means all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// A category with its descendants.
    pub category: Option<String>,
    /// One SKU.
    pub sku: Option<String>,
    /// One channel.
    pub channel: Option<String>,
    /// One region.
    pub region: Option<String>,
}

/// What is done to the total of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Raised by hundredths of a per cent; negative lowers.
    Percent(i64),
    /// Units a week added; negative takes away.
    Add(Qty),
    /// Units a week in place of the forecast.
    Replace(Qty),
}

/// A price that is to be another one for some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceChange {
    /// Number of the decision.
    pub id: u64,
    /// Which goods, and in which channel; prices do not differ by region.
    pub reach: Reach,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Hundredths of a per cent of the usual price; negative cuts.
    pub percent: i64,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Date of the data it was made on.
    pub made_on: Day,
}

/// The totals of one week when a decision was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The forecast the planner saw.
    pub before: Qty,
    /// What the planner made of it.
    pub after: Qty,
}

/// A change of the forecast of a slice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    /// Number of the decision; later ones count on top of earlier ones.
    pub id: u64,
    /// Which slice.
    pub reach: Reach,
    /// First day of its first week.
    pub from: Day,
    /// Last day of its last week.
    pub to: Day,
    /// What is done.
    pub change: Change,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Date of the data it was made on.
    pub made_on: Day,
    /// Last date of the data for which it counts.
    pub expires: Option<Day>,
    /// Totals by its weeks when it was made; empty when no forecast was known.
    pub noted: Vec<Noted>,
}

/// One week of a series as forecasts are to see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// SKU code.
    pub sku: String,
    /// Channel code.
    pub channel: String,
    /// Region code.
    pub region: String,
    /// First day of the week.
    pub week: Day,
    /// Units of the dataset when it was decided.
    pub original: Qty,
    /// Units in its place.
    pub value: Qty,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Date of the data it was made on.
    pub made_on: Day,
}

impl Replacement {
    /// The series it is of; `None` where a code is unknown.
    pub(in crate::plan) fn series(&self, catalog: &Catalog) -> Option<SeriesKey> {
        Some(SeriesKey {
            sku: catalog.sku_id(&self.sku)?,
            channel: catalog.channel_id(&self.channel)?,
            region: catalog.region_id(&self.region)?,
        })
    }
}

/// How a new item is to be forecast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// SKU code.
    pub sku: String,
    /// Codes of goods whose launches it is expected to follow.
    pub analogues: Vec<String>,
    /// First day of sale.
    pub from: Day,
    /// Channel codes; none: all those of the analogues.
    pub channels: Vec<String>,
    /// Its level in hundredths of a per cent of theirs.
    pub level: i64,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Date of the data it was made on.
    pub made_on: Day,
    /// What is to be known of goods that the dataset does not have.
    pub goods: Option<PlannedGoods>,
}

/// Goods that are only planned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedGoods {
    /// Name.
    pub name: String,
    /// Category code.
    pub category: String,
    /// Gross price of a unit.
    pub list_price: Option<Amount>,
    /// Net cost of a unit.
    pub unit_cost: Option<Amount>,
}

/// Where a decision stands on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It counts for weeks to come.
    Active,
    /// Its time ran out before its weeks came.
    Expired,
    /// All its weeks are history.
    Past,
}

impl Standing {
    /// The name in views and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Past => "past",
        }
    }
}

impl Reach {
    /// The slice in ids; `None` when a code is not in the catalog, so that nothing is meant.
    pub fn scope(&self, catalog: &Catalog) -> Option<Scope> {
        fn known<T>(code: Option<&String>, find: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
            match code {
                None => Some(None),
                Some(code) => find(code).map(Some),
            }
        }
        Some(Scope {
            category: known(self.category.as_ref(), |code| catalog.category_id(code))?,
            sku: known(self.sku.as_ref(), |code| catalog.sku_id(code))?,
            channel: known(self.channel.as_ref(), |code| catalog.channel_id(code))?,
            region: known(self.region.as_ref(), |code| catalog.region_id(code))?,
            warehouse: None,
        })
    }
}

impl Change {
    /// The changed total of a week of which so many `days` (of seven) are meant; never below zero.
    ///
    /// Exact in thousandths, halves away from zero: per cent gives `total x (1 + p)`.
    pub fn target(self, total: Qty, days: i64) -> Qty {
        let (total, days) = (i128::from(total.thousandths()), i128::from(days));
        let (gain, by) = match self {
            Self::Percent(hundredths) => (total * i128::from(hundredths), PER_ONE),
            Self::Add(units) => (i128::from(units.thousandths()), 1),
            Self::Replace(units) => (i128::from(units.thousandths()) - total, 1),
        };
        let target = total + round_div(gain * days, by * i128::from(WEEK));
        Qty::from_thousandths(i64::try_from(target.max(0)).unwrap_or(i64::MAX))
    }
}

/// The quotient rounded, halves away from zero.
fn round_div(value: i128, by: i128) -> i128 {
    let half = if value < 0 { -by / 2 } else { by / 2 };
    (value + half) / by
}

impl Adjustment {
    /// Where it stands for data of a date.
    pub fn standing(&self, as_of: Day) -> Standing {
        if self.to <= as_of {
            Standing::Past
        } else if self.is_in_force(as_of) {
            Standing::Active
        } else {
            Standing::Expired
        }
    }

    /// Whether it counts for plans of data of a date.
    pub fn is_in_force(&self, as_of: Day) -> bool {
        self.expires.is_none_or(|last| as_of <= last)
    }

    /// Days of a plan's week that it means: 0 to 7.
    pub(super) fn days(&self, as_of: Day, week: usize) -> i64 {
        let first = as_of + 1 + WEEK * i32::try_from(week).unwrap_or(0);
        let from = self.from.max(first);
        let to = self.to.min(first + (WEEK - 1));
        i64::from((to - from + 1).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_total_is_exact_in_thousandths() {
        let qty = Qty::from_thousandths;
        // 1.2 x 1.234 = 1.4808
        assert_eq!(Change::Percent(2_000).target(qty(1_234), 7), qty(1_481));
        assert_eq!(Change::Percent(-2_000).target(qty(1_234), 7), qty(987));
        assert_eq!(Change::Add(qty(800)).target(qty(1_234), 7), qty(2_034));
        assert_eq!(Change::Add(qty(-8_000)).target(qty(1_234), 7), qty(0));
        assert_eq!(Change::Replace(qty(500)).target(qty(1_234), 7), qty(500));
        // Three of seven days.
        assert_eq!(Change::Add(qty(700)).target(qty(1_000), 3), qty(1_300));
        assert_eq!(
            Change::Replace(qty(1_700)).target(qty(1_000), 3),
            qty(1_300)
        );
    }

    #[test]
    fn weeks_of_a_plan_of_another_date_are_met_by_their_days() {
        let day = Day::from_number;
        let adjustment = Adjustment {
            id: 1,
            reach: Reach::default(),
            from: day(108),
            to: day(121),
            change: Change::Percent(0),
            reason: String::new(),
            author: String::new(),
            made_on: day(100),
            expires: Some(day(110)),
            noted: Vec::new(),
        };
        let days = |as_of: i32| [0, 1, 2].map(|week| adjustment.days(day(as_of), week));
        assert_eq!(days(107), [7, 7, 0]);
        assert_eq!(days(100), [0, 7, 7]);
        assert_eq!(days(103), [3, 7, 4]);
        assert_eq!(days(112), [7, 2, 0]);
        let standing = |as_of: i32| adjustment.standing(day(as_of));
        assert_eq!(standing(110), Standing::Active);
        assert_eq!(standing(111), Standing::Expired);
        assert_eq!(standing(121), Standing::Past);
    }
}
