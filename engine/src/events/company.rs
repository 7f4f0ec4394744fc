//! The events of a company: what its files say, learnt by category.

use super::book::EventBook;
use super::cells::{CellMap, Cells, Limits};
use super::cut::{Cut, are_limited, cut};
use super::effects::learn_by_cell;
use super::lifts::EventLifts;
use super::panel::DailyTotals;
use super::recurrence::{Recurrence, complete};
use super::span::EventSpan;
use crate::dataset::{Dataset, Table, TableId, Texts};
use crate::day::Day;
use crate::demand::WEEKS_MAX;
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId};
use crate::issue::{Code, Issue, Place};
use crate::master::{Catalog, Names};
use crate::num::index_usize;
use crate::order;
use crate::units::Qty;

/// How far ahead an event that comes back is expected: the longest horizon and its tail.
const AHEAD_DAYS: i32 = 500;

const YEAR_DAYS: i32 = 365;

/// The events of `events.csv`, and what they did to demand by category.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompanyEvents {
    /// Codes and names in the order of their codes; the place is the `kind` in the book.
    pub events: Vec<(String, Names)>,
    /// What was learnt; groups are its cells, categories those of the catalog.
    pub book: EventBook,
    /// Events with rows that do nothing, as nothing has the code that their scope names: place
    /// of the event, and the code.
    pub refused: Vec<(u32, String)>,
}

impl CompanyEvents {
    /// Learns the events of a dataset from its demand up to `as_of`; none where it has no demand.
    #[must_use]
    pub fn learn(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> Self {
        let calendar = Calendar::read(dataset, catalog, as_of);
        calendar.learn(dataset, catalog, as_of).0
    }

    /// [`Self::learn`], with what it says of the weeks of a plan.
    #[must_use]
    pub fn lifts(
        dataset: &Dataset,
        catalog: &Catalog,
        as_of: Day,
        horizon_weeks: i32,
    ) -> (Self, EventLifts) {
        let calendar = Calendar::read(dataset, catalog, as_of);
        let (company, totals) = calendar.learn(dataset, catalog, as_of);
        let span = (WEEKS_MAX, horizon_weeks);
        let lifts = EventLifts::new(&company.book, &totals, as_of, span);
        (company, lifts)
    }
}

/// What `events.csv` says.
struct Calendar {
    events: Vec<(String, Names)>,
    /// Where events are limited.
    cut: Option<Cut>,
    spans: Vec<EventSpan>,
    refused: Vec<(u32, String)>,
}

impl Calendar {
    fn read(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> Self {
        let mut calendar = Self {
            events: Vec::new(),
            cut: None,
            spans: Vec::new(),
            refused: Vec::new(),
        };
        let Some(table) = dataset.table(TableId::Events) else {
            return calendar;
        };
        calendar.events = events(table);
        order::sort_by(&mut calendar.events, |a, b| a.0.cmp(&b.0));
        calendar.events.dedup_by(|a, b| a.0 == b.0);
        calendar.cut = are_limited(table).then(|| cut(table, catalog));
        for row in 0..table.len() {
            calendar.add(table, row);
        }
        calendar.refused.dedup();
        let recurrences = recurrences(table, &calendar.events);
        complete(&mut calendar.spans, &recurrences, as_of + AHEAD_DAYS);
        calendar
    }

    /// Adds the span of a row with its limits; one whose scope is not known is listed and left out.
    fn add(&mut self, table: &Table, row: usize) {
        let Some(span) = span(table, row, &self.events) else {
            return;
        };
        let cut = self.cut.as_ref().and_then(|cut| cut.rows.get(row));
        match cut {
            Some(Ok(limits)) => self.spans.push(span.within(*limits)),
            Some(Err(code)) => self.refused.push((span.kind, code.clone())),
            None if table.text("scope", row).is_none() => self.spans.push(span),
            None => {}
        }
    }

    fn learn(
        self,
        dataset: &Dataset,
        catalog: &Catalog,
        as_of: Day,
    ) -> (CompanyEvents, DailyTotals) {
        let plain = Cells::plain(catalog.categories.len());
        let cells = self.cut.as_ref().map_or(&plain, |cut| &cut.cells);
        let map = self.cut.as_ref().map(|cut| &cut.map);
        let totals = daily_totals(dataset, catalog, (cells.count(), map), as_of);
        let company = CompanyEvents {
            book: learn_by_cell(&totals, cells, &self.spans, as_of),
            events: self.events,
            refused: self.refused,
        };
        (company, totals)
    }
}

/// The issues of scopes, by line, that name what the catalog of a dataset does not know.
#[must_use]
pub fn unknown_scopes(dataset: &Dataset, file: &str, scopes: &[(u64, String)]) -> Vec<Issue> {
    if scopes.is_empty() {
        return Vec::new();
    }
    let catalog = Catalog::new(dataset);
    let issue = |(line, scope): &(u64, String)| {
        let code = Limits::parse(scope, &catalog).err()?;
        let place = Place {
            file: file.to_owned(),
            line: *line,
            column: "scope".to_owned(),
        };
        let issue = Issue::new(Code::UnknownScope, place);
        Some(issue.with("code", code).with("value", scope))
    };
    scopes.iter().filter_map(issue).collect()
}

/// An occurrence that the file does not hold, promised by the recurrence of its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promised {
    /// The row of `events.csv` that it repeats.
    pub row: usize,
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
}

/// The occurrences that the recurrence of an event promises, up to the longest horizon after `as_of`.
#[must_use]
pub fn promised(table: &Table, event: &str, as_of: Day) -> Vec<Promised> {
    let mut events = events(table);
    events.retain(|(code, _)| code == event);
    events.truncate(1);
    let rows: Vec<(usize, EventSpan)> = (0..table.len())
        .filter_map(|row| Some((row, span(table, row, &events)?)))
        .collect();
    let mut spans: Vec<EventSpan> = rows.iter().map(|(_, span)| *span).collect();
    complete(&mut spans, &recurrences(table, &events), as_of + AHEAD_DAYS);
    let to_come = spans.into_iter().skip(rows.len());
    let repeated = |span: EventSpan| {
        // The row that lies nearest to whole years before it and is as long.
        let like = rows.iter().filter(|(_, row)| row.days() == span.days());
        let row = like.min_by_key(|(_, row)| off_a_year(span.start - row.start));
        Some(Promised {
            row: row?.0,
            start: span.start,
            end: span.end,
        })
    };
    to_come.filter_map(repeated).collect()
}

/// How far a number of days is from a whole number of years.
fn off_a_year(days: i32) -> i32 {
    let part = days.rem_euclid(YEAR_DAYS);
    part.min(YEAR_DAYS - part)
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

/// Units by cell and day, from the first day with demand.
fn daily_totals(
    dataset: &Dataset,
    catalog: &Catalog,
    (groups, map): (usize, Option<&CellMap>),
    as_of: Day,
) -> DailyTotals {
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
    let cell_of = rows_by_cell(table, skus, (catalog, map));
    let mut values = vec![0.0; groups * length];
    let rows = skus.codes.iter().zip(days).zip(table.numbers("quantity"));
    for (row, ((sku, day), quantity)) in rows.enumerate() {
        let group = cell_of(row, *sku);
        let age = usize::try_from(Day::from_number(*day) - first).ok();
        let place = group.zip(age.filter(|age| *age < length));
        let place = place.map(|(group, age)| group * length + age);
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

/// Tells the cell of a row of `demand.csv` by its place and the place of its SKU among the words.
fn rows_by_cell<'a>(
    table: &'a Table,
    skus: &Texts,
    (catalog, map): (&Catalog, Option<&'a CellMap>),
) -> impl Fn(usize, u32) -> Option<usize> + use<'a> {
    let sku_ids = Catalog::translate(&skus.words, |code| catalog.sku_id(code));
    let category =
        |sku: &Option<SkuId>| -> Option<CategoryId> { Some(catalog.sku((*sku)?)?.category) };
    let categories: Vec<Option<CategoryId>> = sku_ids.iter().map(category).collect();
    let texts = |column, find: &dyn Fn(&str) -> Option<usize>| {
        let texts: Option<&'a Texts> = table.texts(column);
        let ids = texts.map_or_else(Vec::new, |texts| Catalog::translate(&texts.words, find));
        (texts, ids)
    };
    let channels = texts("channel", &|code| {
        catalog.channel_id(code).map(ChannelId::index)
    });
    let regions = texts("region", &|code| {
        catalog.region_id(code).map(RegionId::index)
    });
    move |row, sku| {
        let sku = index_usize(sku);
        let Some(map) = map else {
            return Some(categories.get(sku).copied().flatten()?.index());
        };
        let id = |(texts, ids): &(Option<&Texts>, Vec<Option<usize>>)| {
            let word = texts.and_then(|texts| texts.codes.get(row).copied());
            ids.get(index_usize(word?)).copied().flatten()
        };
        let (channel, region) = (id(&channels)?, id(&regions)?);
        let (channel, region) = (ChannelId::from_index(channel), RegionId::from_index(region));
        map.cell(sku_ids.get(sku).copied().flatten()?, channel, region)
    }
}
