//! What the planner decided by hand about history and forecast.

use engine::day::Day;
use engine::plan::adjust::{self, Decisions, Noted, Reach};
use engine::units::Qty;
use protocol::Command;
use protocol::adjustment::{Adjustment, Change, HistoryWeek, Replacement};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Adjustments by number, and replaced weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Changes of forecasts; they count in the order of their numbers.
    pub adjustments: BTreeMap<u64, Adjustment>,
    /// Weeks of history that forecasts see otherwise.
    pub history: BTreeMap<HistoryWeek, Replacement>,
}

impl Hand {
    /// Whether nothing is decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.adjustments.is_empty() && self.history.is_empty()
    }

    /// Sets or removes an adjustment; returns what takes that back.
    pub(super) fn adjust(&mut self, id: u64, adjustment: Option<&Adjustment>) -> Command {
        let before = match adjustment {
            Some(adjustment) => self.adjustments.insert(id, adjustment.clone()),
            None => self.adjustments.remove(&id),
        };
        Command::AdjustmentSet {
            id,
            adjustment: before,
        }
    }

    /// Replaces a week or shows the original again; returns what takes that back.
    pub(super) fn replace(
        &mut self,
        place: &HistoryWeek,
        replacement: Option<&Replacement>,
    ) -> Command {
        let before = match replacement {
            Some(replacement) => self.history.insert(place.clone(), replacement.clone()),
            None => self.history.remove(place),
        };
        Command::HistorySet {
            place: place.clone(),
            replacement: before,
        }
    }

    /// The same in the engine's terms.
    #[must_use]
    pub fn decisions(&self) -> Decisions {
        let adjustments = self.adjustments.iter();
        let history = self.history.iter();
        Decisions {
            adjustments: adjustments.map(|(id, it)| decided(*id, it)).collect(),
            replacements: history.map(|(place, it)| replaced(place, it)).collect(),
        }
    }
}

fn decided(id: u64, adjustment: &Adjustment) -> adjust::Adjustment {
    let noted = |(before, after): &(i64, i64)| Noted {
        before: Qty::from_thousandths(*before),
        after: Qty::from_thousandths(*after),
    };
    adjust::Adjustment {
        id,
        reach: Reach {
            category: adjustment.category.clone(),
            sku: adjustment.sku.clone(),
            channel: adjustment.channel.clone(),
            region: adjustment.region.clone(),
        },
        from: Day::from_number(adjustment.from),
        to: Day::from_number(adjustment.to),
        change: match adjustment.change {
            Change::Percent(hundredths) => adjust::Change::Percent(hundredths),
            Change::Add(units) => adjust::Change::Add(Qty::from_thousandths(units)),
            Change::Replace(units) => adjust::Change::Replace(Qty::from_thousandths(units)),
        },
        reason: adjustment.reason.clone(),
        author: adjustment.author.clone(),
        made_on: Day::from_number(adjustment.made_on),
        expires: adjustment.expires.map(Day::from_number),
        noted: adjustment.noted.iter().map(noted).collect(),
    }
}

fn replaced(place: &HistoryWeek, replacement: &Replacement) -> adjust::Replacement {
    adjust::Replacement {
        sku: place.sku.clone(),
        channel: place.channel.clone(),
        region: place.region.clone(),
        week: Day::from_number(place.week),
        original: Qty::from_thousandths(replacement.original),
        value: Qty::from_thousandths(replacement.value),
        reason: replacement.reason.clone(),
        author: replacement.author.clone(),
        made_on: Day::from_number(replacement.made_on),
    }
}
