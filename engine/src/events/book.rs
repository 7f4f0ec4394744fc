//! The learnt effects of events, for any day.

use serde::{Deserialize, Serialize};

use super::cells::{Cells, Limits};
use super::shape::Shape;
use super::span::{EventSpan, ordered, owners};
use crate::day::Day;
use crate::num::{count_f64, exp, ln, normal_quantile, sqrt};

/// What events do to demand: factors on the level of quiet days, by group and day.
///
/// Built by [`super::learn`]; the default knows no event and every factor is 1. Groups are the
/// cells it was built with; effects are those of their categories. A group it was not built with is
/// treated as all groups together, as far as events concern all goods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventBook {
    cells: Cells,
    kinds: Vec<KindEffect>,
    spans: Vec<EventSpan>,
    /// Days that a learnt event owns, in order, by circle of cells.
    days: Vec<Vec<OwnedDay>>,
}

/// Effects of one event. Rows are the categories it concerns, then all of them together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct KindEffect {
    pub(super) kind: u32,
    /// In order.
    pub(super) categories: Vec<usize>,
    pub(super) shape: Shape,
    pub(super) rows: Vec<RowEffect>,
    /// Factors of the first row's positions, then of the next row's.
    pub(super) factors: Vec<f64>,
    /// Occurrences that showed each position.
    pub(super) seen: Vec<u32>,
    pub(super) quiet_windows: f64,
}

/// The whole of an event on one row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RowEffect {
    pub(super) occurrences: u32,
    pub(super) factor: f64,
    pub(super) log_error: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct OwnedDay {
    day: Day,
    /// Place in the list of kinds.
    kind: usize,
    position: usize,
}

/// An effect as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Learnt {
    /// Which event.
    pub kind: u32,
    /// Which category; `None` for all those that the event concerns together.
    pub group: Option<usize>,
    /// Occurrences that were observed from start to end.
    pub occurrences: u32,
    /// Demand from the event's start to its end over its level without it.
    pub factor: f64,
    /// Standard error of the factor's logarithm.
    pub log_error: f64,
    /// Holds the true factor eight times in ten.
    pub interval80: Interval,
    /// Holds the true factor nineteen times in twenty.
    pub interval95: Interval,
    /// Factors of single days, in order.
    pub offsets: Vec<OffsetFactor>,
}

/// Both ends of an interval of factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The factor of one day of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OffsetFactor {
    /// Which day.
    pub offset: Offset,
    /// Demand over its level without the event.
    pub factor: f64,
    /// Occurrences of which this day was observed.
    pub occurrences: u32,
}

/// A day of an event: of its first half by its start, of its second half by its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    /// Days after the first; negative before the event.
    FromStart(i32),
    /// Days after the last; negative inside the event.
    FromEnd(i32),
}

impl EventBook {
    pub(super) fn new(cells: Cells, kinds: Vec<KindEffect>, spans: Vec<EventSpan>) -> Self {
        let mut book = Self {
            cells,
            kinds,
            spans,
            days: Vec::new(),
        };
        book.place();
        book
    }

    /// The factor of a group's demand on a day; 1 where no learnt event is near.
    #[must_use]
    pub fn day_factor(&self, group: usize, day: Day) -> f64 {
        let (category, days) = self.days_of(group);
        let found = days.binary_search_by_key(&day, |owned| owned.day);
        let owned = found.ok().and_then(|place| days.get(place));
        owned.map_or(1.0, |owned| self.factor(owned, category))
    }

    /// The factor of a group's demand in the seven days from `first_day` on.
    ///
    /// `weekday_shares` are the shares of a week without events, of `first_day` first; they sum
    /// to one.
    #[must_use]
    pub fn period_factor(&self, group: usize, first_day: Day, weekday_shares: &[f64; 7]) -> f64 {
        let (category, days) = self.days_of(group);
        let start = days.partition_point(|owned| owned.day < first_day);
        let mut factor = 1.0;
        for owned in days.iter().skip(start).take(7) {
            let after = usize::try_from(owned.day - first_day).ok();
            let share = after.and_then(|after| weekday_shares.get(after));
            factor += share.unwrap_or(&0.0) * (self.factor(owned, category) - 1.0);
        }
        factor
    }

    /// Standard error of [`Self::period_factor`]: what is uncertain about an event is so on all its days alike,
    /// and two events know nothing of each other.
    #[must_use]
    pub fn period_error(&self, group: usize, first_day: Day, weekday_shares: &[f64; 7]) -> f64 {
        let (category, days) = self.days_of(group);
        let start = days.partition_point(|owned| owned.day < first_day);
        let (mut squares, mut own, mut kind) = (0.0, 0.0, None);
        for owned in days.iter().skip(start).take(7) {
            let after = usize::try_from(owned.day - first_day).ok();
            let share = after.and_then(|after| weekday_shares.get(after));
            if kind != Some(owned.kind) {
                squares += own * own;
                (own, kind) = (0.0, Some(owned.kind));
            }
            let row = self.kinds.get(owned.kind);
            let row = row.and_then(|kind| kind.rows.get(kind.row(category)));
            let error = row.map_or(0.0, |row| row.log_error);
            own += share.unwrap_or(&0.0) * self.factor(owned, category) * error;
        }
        sqrt(squares + own * own)
    }

    fn factor(&self, owned: &OwnedDay, category: usize) -> f64 {
        let Some(kind) = self.kinds.get(owned.kind) else {
            return 1.0;
        };
        let place = kind.row(category) * kind.shape.len() + owned.position;
        kind.factors.get(place).copied().unwrap_or(1.0)
    }

    /// Category of a cell, and the days that events own in it.
    fn days_of(&self, cell: usize) -> (usize, &[OwnedDay]) {
        let (category, circle) = self.cells.place(cell).unwrap_or((usize::MAX, 0));
        (category, self.days.get(circle).map_or(&[], Vec::as_slice))
    }

    /// The cells it was built with.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// What an event's occurrences are limited to, each once; empty where one concerns all goods.
    #[must_use]
    pub fn limits(&self, kind: u32) -> Vec<&Limits> {
        let own = self.spans.iter().filter(|span| span.kind == kind);
        let mut places: Vec<Option<u16>> = own.map(|span| span.limits).collect();
        crate::order::sort(&mut places);
        places.dedup();
        let limits = |place: &Option<u16>| self.cells.limits().get(usize::from((*place)?));
        let limits: Option<Vec<&Limits>> = places.iter().map(limits).collect();
        limits.unwrap_or_default()
    }

    /// The spans it knows, by event and start.
    #[must_use]
    pub fn spans(&self) -> &[EventSpan] {
        &self.spans
    }

    /// The same effects on other days: for a calendar that was edited. What was learnt stays.
    #[must_use]
    pub fn with_spans(&self, spans: &[EventSpan]) -> Self {
        Self::new(self.cells.clone(), self.kinds.clone(), ordered(spans))
    }

    /// The occurrence of `kind` that starts on `start`, whatever it is limited to, moved by so many
    /// days (negative: earlier). An occurrence it does not know changes nothing.
    #[must_use]
    pub fn moved(&self, kind: u32, start: Day, days: i32) -> Self {
        let mut spans = self.spans.clone();
        let moved = |span: &&mut EventSpan| span.kind == kind && span.start == start;
        for span in spans.iter_mut().filter(moved) {
            span.start = span.start + days;
            span.end = span.end + days;
        }
        self.with_spans(&spans)
    }

    /// Every effect, by event, the categories it concerns first, then all of them together.
    pub fn learnt(&self) -> impl Iterator<Item = Learnt> {
        let of = |(kind, row)| Self::learnt_row(kind, row);
        let rows = self.kinds.iter();
        rows.flat_map(|kind| (0..kind.rows.len()).map(move |row| (kind, row)))
            .filter_map(of)
    }

    fn learnt_row(kind: &KindEffect, row: usize) -> Option<Learnt> {
        let effect = kind.rows.get(row)?;
        let length = kind.shape.len();
        let factors = kind.factors.get(row * length..(row + 1) * length)?;
        let offsets = factors.iter().zip(&kind.seen).enumerate();
        let offset = |(position, (factor, seen)): (usize, (&f64, &u32))| OffsetFactor {
            offset: kind.shape.offset(position),
            factor: *factor,
            occurrences: *seen,
        };
        Some(Learnt {
            kind: kind.kind,
            group: kind.categories.get(row).copied(),
            occurrences: effect.occurrences,
            factor: effect.factor,
            log_error: effect.log_error,
            interval80: effect.interval(0.8, kind.quiet_windows),
            interval95: effect.interval(0.95, kind.quiet_windows),
            offsets: offsets.map(offset).collect(),
        })
    }

    /// Gives every day to the learnt event it belongs to.
    fn place(&mut self) {
        let kind_of = |span: &EventSpan| {
            let kinds = &self.kinds;
            kinds
                .binary_search_by_key(&span.kind, |kind| kind.kind)
                .ok()
        };
        let known = self.spans.iter().filter(|span| kind_of(span).is_some());
        let known: Vec<EventSpan> = known.copied().collect();
        let place = |(day, place): (Day, usize)| {
            let span = known.get(place)?;
            let kind = kind_of(span)?;
            let position = self.kinds.get(kind)?.shape.position(span, day)?;
            Some(OwnedDay {
                day,
                kind,
                position,
            })
        };
        let days = |circle| {
            let owners = owners(&known, |span| self.cells.concerns(circle, span.limits));
            owners.into_iter().filter_map(place).collect()
        };
        self.days = (0..self.cells.circles()).map(days).collect();
    }
}

impl KindEffect {
    /// The row of a category; that of all for one that the event does not concern.
    fn row(&self, category: usize) -> usize {
        let found = self.categories.binary_search(&category);
        found.unwrap_or(self.categories.len())
    }
}

impl RowEffect {
    /// The interval of a level of confidence, on the scale of logarithms symmetric around the
    /// factor. Two degrees of freedom more than twice the occurrences: what one or two say about
    /// their own spread is little. No more than quiet windows that stand beside each other.
    fn interval(&self, level: f64, quiet_windows: f64) -> Interval {
        let occurrences = count_f64(crate::num::index_usize(self.occurrences));
        let freedom = (2.0 + 2.0 * occurrences).min(quiet_windows);
        let reach = student_quantile(0.5 + 0.5 * level, freedom) * self.log_error;
        let centre = ln(self.factor);
        Interval {
            low: exp(centre - reach),
            high: exp(centre + reach),
        }
    }
}

/// Fewest degrees of freedom for which [`student_quantile`] is within a few per cent.
const FREEDOM_MIN: f64 = 2.0;

/// Quantile of Student's t by the expansion around the normal's.
///
/// Source: Abramowitz & Stegun (1964), 26.7.5.
#[must_use]
pub fn student_quantile(p: f64, freedom: f64) -> f64 {
    let z = normal_quantile(p);
    let inverse = 1.0 / freedom.max(FREEDOM_MIN);
    let square = z * z;
    let first = (square + 1.0) / 4.0;
    let second = ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    z * (1.0 + inverse * (first + inverse * (second + inverse * third)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_of_t_is_close_to_the_tables() {
        for (p, freedom, table) in [
            (0.9, 4.0, 1.533),
            (0.975, 4.0, 2.776),
            (0.975, 6.0, 2.447),
            (0.975, 12.0, 2.179),
            (0.9, 1_000.0, 1.282),
        ] {
            let quantile = student_quantile(p, freedom);
            assert!(
                (quantile / table - 1.0).abs() < 0.005,
                "{p} {freedom} {quantile}"
            );
        }
    }

    #[test]
    fn an_empty_book_changes_nothing() {
        let book = EventBook::default();
        assert_eq!(book.day_factor(3, Day::from_number(5)), 1.0);
        assert_eq!(
            book.period_factor(0, Day::from_number(5), &[1.0 / 7.0; 7]),
            1.0
        );
        assert_eq!(book.learnt().count(), 0);
    }

    #[test]
    fn a_book_survives_being_stored() {
        let day = Day::from_number;
        let mut values = vec![20.0; 200];
        values[100] = 80.0;
        let totals = crate::events::DailyTotals {
            first_day: day(0),
            groups: 1,
            values,
        };
        let span = EventSpan::new(7, day(100), day(100));
        let book = crate::events::learn(&totals, &[span], day(199));
        let bytes = postcard::to_stdvec(&book).unwrap();
        assert_eq!(postcard::from_bytes::<EventBook>(&bytes), Ok(book));
    }
}
