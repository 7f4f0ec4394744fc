//! Occurrences to come that the file does not hold yet.

use super::lunar::{LunarHoliday, lunar_day};
use super::span::EventSpan;
use crate::day::Day;

const MONTHS_A_YEAR: i32 = 12;
/// Two occurrences nearer than this are of the same year.
const SAME_YEAR_DAYS: i32 = 200;

/// How an event comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recurrence {
    /// On the same date.
    Fixed,
    /// As far from the nearest lunar holiday.
    Lunar,
}

impl Recurrence {
    /// The word of `events.csv`; `None` for an event that does not come back.
    pub(super) fn parse(word: &str) -> Option<Self> {
        match word {
            "fixed" => Some(Self::Fixed),
            "lunar" => Some(Self::Lunar),
            _ => None,
        }
    }

    /// Days from an occurrence to that of the next year; `None` past the table of lunar dates.
    fn shift(self, start: Day) -> Option<i32> {
        match self {
            Self::Fixed => Some(start.plus_months(MONTHS_A_YEAR) - start),
            Self::Lunar => {
                let (year, ..) = start.ymd();
                let in_year = |holiday, year| Some((holiday, year, lunar_day(holiday, year)?));
                let around = LunarHoliday::ALL
                    .into_iter()
                    .flat_map(|holiday| (year - 1..=year + 1).map(move |year| (holiday, year)))
                    .filter_map(|(holiday, year)| in_year(holiday, year));
                let (holiday, year, day) = around.min_by_key(|(_, _, day)| (*day - start).abs())?;
                Some(lunar_day(holiday, year + 1)? - day)
            }
        }
    }
}

/// Adds to `spans` those that start up to `until` and that their events' recurrence promises.
/// What the file says of a year stays as it is.
pub(super) fn complete(spans: &mut Vec<EventSpan>, recurrences: &[(u32, Recurrence)], until: Day) {
    for (kind, recurrence) in recurrences {
        let of_kind = spans.iter().filter(|span| span.kind == *kind);
        let newest = of_kind.clone().map(|span| span.start).max();
        let Some(newest) = newest else { continue };
        // All of the last year: a sale may come several times a year.
        let last: Vec<EventSpan> = of_kind
            .filter(|span| newest - span.start < SAME_YEAR_DAYS)
            .copied()
            .collect();
        for mut span in last {
            while let Some(days) = recurrence.shift(span.start) {
                span.start = span.start + days;
                span.end = span.end + days;
                if span.start > until {
                    break;
                }
                spans.push(span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect("a date")
    }

    #[test]
    fn what_comes_back_is_expected_on_its_date() {
        let span = |kind, start: &str, end: &str| EventSpan::new(kind, day(start), day(end));
        let mut spans = vec![
            span(0, "2024-10-31", "2024-11-11"),
            span(0, "2025-10-31", "2025-11-11"),
            span(1, "2026-02-15", "2026-02-24"),
            span(2, "2025-12-31", "2025-12-31"),
        ];
        let known = [(0, Recurrence::Fixed), (1, Recurrence::Lunar)];
        complete(&mut spans, &known, day("2027-06-01"));
        // Spring Festival: 2026-02-17, 2027-02-06.
        assert_eq!(
            spans[4..],
            [
                span(0, "2026-10-31", "2026-11-11"),
                span(1, "2027-02-04", "2027-02-13"),
            ]
        );
    }

    #[test]
    fn a_year_that_the_file_holds_stays_as_it_is() {
        let span = |start: &str| EventSpan::new(0, day(start), day(start));
        let mut spans = vec![span("2025-06-18"), span("2026-06-21")];
        let before = spans.clone();
        complete(&mut spans, &[(0, Recurrence::Fixed)], day("2027-06-01"));
        assert_eq!(spans, before);
        assert_eq!(Recurrence::parse("none"), None);
        assert_eq!(Recurrence::Lunar.shift(day("2041-02-01")), None);
    }
}
