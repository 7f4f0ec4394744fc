//! What the planner decided by hand about history and forecast.

use engine::day::Day;
use engine::plan::adjust::{self, Decisions, Fault, Noted, Reach};
use engine::units::{Amount, Qty};
use protocol::Command;
use protocol::adjustment::{Adjustment, Change, HistoryWeek, Replacement};
use protocol::calendar::EventDates;
use protocol::new_items::{Launch, PlannedGoods};
use protocol::prices::PriceChange;
use serde::{Deserialize, Serialize};

/// Adjustments by number, and replaced weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Changes of forecasts in the order of their numbers, in which they count.
    pub adjustments: Vec<(u64, Adjustment)>,
    /// Weeks of history that forecasts see otherwise, in order.
    pub history: Vec<(HistoryWeek, Replacement)>,
    /// New items by SKU code. Stored behind the rest, and only if there are any, so that older
    /// states are read and keep their hashes.
    #[serde(skip)]
    pub launches: Vec<(String, Launch)>,
    /// Changes of price by number; stored behind those, likewise.
    #[serde(skip)]
    pub prices: Vec<(u64, PriceChange)>,
    /// Occurrences of events on other days, by code and first day of the data; stored behind those, likewise.
    #[serde(skip)]
    pub events: Vec<((String, i32), EventDates)>,
}

impl Hand {
    /// Whether nothing is decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.adjustments.is_empty() && self.history.is_empty() && !self.has_more()
    }

    /// Whether there is anything that is stored behind the rest.
    #[must_use]
    pub fn has_more(&self) -> bool {
        !(self.launches.is_empty() && self.prices.is_empty() && self.events.is_empty())
    }

    /// Sets or removes an adjustment; returns what takes that back.
    pub(super) fn adjust(&mut self, id: u64, adjustment: Option<&Adjustment>) -> Command {
        let before = put(&mut self.adjustments, &id, adjustment);
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
        let before = put(&mut self.history, place, replacement);
        Command::HistorySet {
            place: place.clone(),
            replacement: before,
        }
    }

    /// Decides about a new item; returns what takes that back.
    pub(super) fn launch(&mut self, sku: &String, launch: Option<&Launch>) -> Command {
        let before = put(&mut self.launches, sku, launch);
        Command::LaunchSet {
            sku: sku.clone(),
            launch: before,
        }
    }

    /// Plans a change of price or removes it; returns what takes that back.
    pub(super) fn price(&mut self, id: u64, change: Option<&PriceChange>) -> Command {
        let before = put(&mut self.prices, &id, change);
        Command::PriceSet { id, change: before }
    }

    /// Puts an occurrence of an event on other days, or back; returns what takes that back.
    pub(super) fn event(
        &mut self,
        (event, start): (&str, i32),
        dates: Option<&EventDates>,
    ) -> Command {
        let before = put(&mut self.events, &(event.to_owned(), start), dates);
        Command::EventSet {
            event: event.to_owned(),
            start,
            dates: before,
        }
    }

    /// Sets an adjustment; returns the one before.
    pub fn set(&mut self, id: u64, adjustment: &Adjustment) -> Option<Adjustment> {
        put(&mut self.adjustments, &id, Some(adjustment))
    }

    /// The adjustment of a number.
    #[must_use]
    pub fn adjustment(&self, id: u64) -> Option<&Adjustment> {
        let place = self.adjustments.binary_search_by_key(&id, |(id, _)| *id);
        let place = place.ok()?;
        self.adjustments
            .get(place)
            .map(|(_, adjustment)| adjustment)
    }

    /// Whether a week is replaced.
    #[must_use]
    pub fn is_replaced(&self, place: &HistoryWeek) -> bool {
        self.history.iter().any(|(known, _)| known == place)
    }

    /// The same in the engine's terms.
    #[must_use]
    pub fn decisions(&self) -> Decisions {
        let adjustments = self.adjustments.iter();
        let history = self.history.iter();
        Decisions {
            adjustments: adjustments.map(|(id, it)| decided(*id, it)).collect(),
            replacements: history.map(|(place, it)| replaced(place, it)).collect(),
            launches: self
                .launches
                .iter()
                .map(|(sku, it)| launched(sku, it))
                .collect(),
            prices: self.prices.iter().map(|(id, it)| priced(*id, it)).collect(),
            events: self.events.iter().map(|(key, it)| dated(key, it)).collect(),
            ..Decisions::default()
        }
    }
}

/// What makes a decision of a command impossible; the page asks for less, and another page or an
/// older one may not.
#[must_use]
pub fn fault(command: &Command) -> Option<Fault> {
    match command {
        Command::AdjustmentSet { id, adjustment } => {
            adjustment.as_ref().and_then(|it| decided(*id, it).fault())
        }
        Command::HistorySet { place, replacement } => {
            let replacement = replacement.as_ref();
            replacement.and_then(|it| replaced(place, it).fault())
        }
        Command::LaunchSet { sku, launch } => {
            launch.as_ref().and_then(|it| launched(sku, it).fault())
        }
        Command::PriceSet { id, change } => change.as_ref().and_then(|it| priced(*id, it).fault()),
        Command::EventSet {
            event,
            start,
            dates,
        } => {
            let key = (event.clone(), *start);
            dates.as_ref().and_then(|it| dated(&key, it).fault())
        }
        Command::ImportApply { .. }
        | Command::ImportUndo { .. }
        | Command::ProposalStatus { .. }
        | Command::SettingSet { .. }
        | Command::WorkspaceRename { .. } => None,
    }
}

/// Puts a value in its place of a list in the order of keys, or takes it out; returns the one before.
fn put<K: Ord + Clone, V: Clone>(list: &mut Vec<(K, V)>, key: &K, value: Option<&V>) -> Option<V> {
    let place = list.binary_search_by(|(known, _)| known.cmp(key));
    match (place, value) {
        (Ok(place), Some(value)) => {
            let known = list.get_mut(place)?;
            Some(std::mem::replace(&mut known.1, value.clone()))
        }
        (Ok(place), None) => Some(list.remove(place).1),
        (Err(place), Some(value)) => {
            list.insert(place, (key.clone(), value.clone()));
            None
        }
        (Err(_), None) => None,
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

fn priced(id: u64, change: &PriceChange) -> adjust::PriceChange {
    adjust::PriceChange {
        id,
        reach: Reach {
            category: change.category.clone(),
            sku: change.sku.clone(),
            channel: change.channel.clone(),
            region: None,
        },
        from: Day::from_number(change.from),
        to: Day::from_number(change.to),
        percent: change.percent,
        reason: change.reason.clone(),
        author: change.author.clone(),
        made_on: Day::from_number(change.made_on),
    }
}

fn dated((event, start): &(String, i32), dates: &EventDates) -> adjust::EventDates {
    adjust::EventDates {
        event: event.clone(),
        start: Day::from_number(*start),
        from: Day::from_number(dates.from),
        to: Day::from_number(dates.to),
        reason: dates.reason.clone(),
        author: dates.author.clone(),
        made_on: Day::from_number(dates.made_on),
    }
}

fn launched(sku: &str, launch: &Launch) -> adjust::Launch {
    let goods = |goods: &PlannedGoods| adjust::PlannedGoods {
        name: goods.name.clone(),
        category: goods.category.clone(),
        list_price: goods.list_price.map(Amount::from_millionths),
        unit_cost: goods.unit_cost.map(Amount::from_millionths),
    };
    adjust::Launch {
        sku: sku.to_owned(),
        analogues: launch.analogues.clone(),
        from: Day::from_number(launch.from),
        channels: launch.channels.clone(),
        level: launch.level,
        reason: launch.reason.clone(),
        author: launch.author.clone(),
        made_on: Day::from_number(launch.made_on),
        goods: launch.goods.as_ref().map(goods),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_decisions_are_told_and_possible_ones_are_not() {
        let dates = |from, to| EventDates {
            from,
            to,
            reason: "r".into(),
            author: "a".into(),
            made_on: 0,
        };
        let event = |dates| Command::EventSet {
            event: "e".into(),
            start: 1,
            dates,
        };
        assert_eq!(fault(&event(Some(dates(5, 7)))), None);
        assert_eq!(fault(&event(Some(dates(7, 5)))), Some(Fault::Reversed));
        assert_eq!(fault(&event(Some(dates(0, 400)))), Some(Fault::Long));
        assert_eq!(fault(&event(None)), None);
        let price = |percent| Command::PriceSet {
            id: 1,
            change: Some(PriceChange {
                category: None,
                sku: None,
                channel: None,
                from: 1,
                to: 2,
                percent,
                reason: "r".into(),
                author: "a".into(),
                made_on: 0,
            }),
        };
        assert_eq!(fault(&price(-1_000)), None);
        assert_eq!(fault(&price(0)), Some(Fault::PricePercent));
        let renamed = Command::WorkspaceRename { name: "n".into() };
        assert_eq!(fault(&renamed), None);
    }
}
