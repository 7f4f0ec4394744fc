//! The events of a company: what its files say, learnt by category.

use super::book::EventBook;
use super::effects::learn;
use super::lifts::EventLifts;
use super::panel::DailyTotals;
use super::recurrence::{Recurrence, complete};
use super::span::EventSpan;
use crate::dataset::{Dataset, Table, TableId};
use crate::day::Day;
use crate::demand::WEEKS_MAX;
use crate::ids::CategoryId;
use crate::master::{Catalog, Names};
use crate::order;
use crate::units::Qty;

/// How far ahead an event that comes back is expected: the longest horizon and its tail.
const AHEAD_DAYS: i32 = 500;

/// The events of `events.csv`, and what they did to demand by category.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanyEvents {
    /// Codes and names in the order of their codes; the place is the `kind` in the book.
    pub events: Vec<(String, Names)>,
    /// What was learnt; groups are the categories of the catalog.
    pub book: EventBook,
    /// Rows of `events.csv` that concern a part of the goods or channels: their effect is not
    /// learnt, because the demand of a whole category does not show it.
    pub scoped: usize,
}

impl CompanyEvents {
    /// Learns the events of a dataset from its demand up to `as_of`; none where it has no demand.
    #[must_use]
    pub fn learn(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> Self {
        Self::from_totals(dataset, &daily_totals(dataset, catalog, as_of), as_of)
    }

    /// [`Self::learn`], with what it says of the weeks of a plan.
    #[must_use]
    pub fn lifts(
        dataset: &Dataset,
        catalog: &Catalog,
        as_of: Day,
        horizon_weeks: i32,
    ) -> (Self, EventLifts) {
        let totals = daily_totals(dataset, catalog, as_of);
        let company = Self::from_totals(dataset, &totals, as_of);
        let span = (WEEKS_MAX, horizon_weeks);
        let lifts = EventLifts::new(&company.book, &totals, as_of, span);
        (company, lifts)
    }

    fn from_totals(dataset: &Dataset, totals: &DailyTotals, as_of: Day) -> Self {
        let table = dataset.table(TableId::Events);
        let mut events = table.map(events).unwrap_or_default();
        order::sort_by(&mut events, |a, b| a.0.cmp(&b.0));
        events.dedup_by(|a, b| a.0 == b.0);
        let rows = |table: &Table| 0..table.len();
        let is_scoped = |table: &Table, row| table.text("scope", row).is_some();
        let mut spans = table.map_or_else(Vec::new, |table| {
            let whole = rows(table).filter(|row| !is_scoped(table, *row));
            whole.filter_map(|row| span(table, row, &events)).collect()
        });
        let recurrences = table.map(|table| recurrences(table, &events));
        complete(
            &mut spans,
            &recurrences.unwrap_or_default(),
            as_of + AHEAD_DAYS,
        );
        let scoped = table.map_or(0, |table| {
            rows(table).filter(|row| is_scoped(table, *row)).count()
        });
        Self {
            book: learn(totals, &spans, as_of),
            events,
            scoped,
        }
    }
}

fn events(table: &Table) -> Vec<(String, Names)> {
    let event = |row| {
        let code = table.text("event", row)?;
        let names = Names::of(code, table.text("name_zh", row), table.text("name_en", row));
        Some((code.to_owned(), names))
    };
    (0..table.len()).filter_map(event).collect()
}

/// How each event comes back, by what its first row says of it.
fn recurrences(table: &Table, events: &[(String, Names)]) -> Vec<(u32, Recurrence)> {
    let mut kinds = Vec::new();
    for row in 0..table.len() {
        let word = table.text("recurring", row);
        let found = word
            .and_then(Recurrence::parse)
            .zip(kind(table, row, events));
        if let Some((recurrence, kind)) = found
            && kinds.iter().all(|(known, _)| *known != kind)
        {
            kinds.push((kind, recurrence));
        }
    }
    kinds
}

/// The place of a row's event.
fn kind(table: &Table, row: usize, events: &[(String, Names)]) -> Option<u32> {
    let code = table.text("event", row)?;
    let place = events.binary_search_by(|(known, _)| known.as_str().cmp(code));
    u32::try_from(place.ok()?).ok()
}

fn span(table: &Table, row: usize, events: &[(String, Names)]) -> Option<EventSpan> {
    let days = |column| {
        table
            .number(column, row)
            .and_then(|it| i32::try_from(it).ok())
    };
    let plain = EventSpan::new(
        kind(table, row, events)?,
        table.day("start", row)?,
        table.day("end", row)?,
    );
    Some(EventSpan {
        lead_days: days("pre_days").unwrap_or(plain.lead_days),
        tail_days: days("post_days").unwrap_or(plain.tail_days),
        ..plain
    })
}

/// Units by category and day, from the first day with demand.
fn daily_totals(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> DailyTotals {
    let groups = catalog.categories.len();
    let empty = DailyTotals {
        first_day: as_of,
        groups,
        values: Vec::new(),
    };
    let Some((table, skus)) = dataset
        .table(TableId::Demand)
        .and_then(|table| Some((table, table.texts("sku")?)))
    else {
        return empty;
    };
    let days = table.days("date");
    let Some(first) = days.iter().min().copied().map(Day::from_number) else {
        return empty;
    };
    let length = usize::try_from(as_of - first + 1).unwrap_or(0);
    let category =
        |code: &str| -> Option<CategoryId> { Some(catalog.sku(catalog.sku_id(code)?)?.category) };
    let categories = Catalog::translate(&skus.words, category);
    let mut values = vec![0.0; groups * length];
    let rows = skus.codes.iter().zip(days).zip(table.numbers("quantity"));
    for ((sku, day), quantity) in rows {
        let group = categories.get(*sku as usize).copied().flatten();
        let age = usize::try_from(Day::from_number(*day) - first).ok();
        let place = group.zip(age.filter(|age| *age < length));
        let place = place.map(|(group, age)| group.index() * length + age);
        if let Some(value) = place.and_then(|place| values.get_mut(place)) {
            *value += Qty::from_thousandths(*quantity).to_f64();
        }
    }
    DailyTotals {
        first_day: first,
        groups,
        values,
    }
}
