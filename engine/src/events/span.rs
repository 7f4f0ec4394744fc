//! Occurrences of events on the time axis, and which of them a day belongs to.

use crate::order;
use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// Days before and after an event in which demand may dip, unless somebody knows better.
const AROUND_DAYS: i32 = 3;
/// Most days that count as before or after an event: four weeks.
const AROUND_DAYS_MAX: i32 = 28;
/// Longest event, days. What lasts longer than a quarter is a season, not an event.
const SPAN_DAYS_MAX: i32 = 92;

/// One occurrence of an event, in the past or the future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventSpan {
    /// Which event: the same number for each year's occurrence.
    pub kind: u32,
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// Days before it in which customers wait or stock up; at most 28 count.
    pub lead_days: i32,
    /// Days after it in which they have enough; at most 28 count.
    pub tail_days: i32,
    /// Which limits it has, a place among those of [`super::Cells`]; `None` for all goods.
    pub limits: Option<u16>,
}

impl EventSpan {
    /// An occurrence with three days before and three after it.
    #[must_use]
    pub const fn new(kind: u32, start: Day, end: Day) -> Self {
        Self {
            kind,
            start,
            end,
            lead_days: AROUND_DAYS,
            tail_days: AROUND_DAYS,
            limits: None,
        }
    }

    /// The same for goods with these limits.
    #[must_use]
    pub const fn within(self, limits: Option<u16>) -> Self {
        Self { limits, ..self }
    }

    /// Days from the first to the last, both counted.
    pub(super) fn days(&self) -> i32 {
        self.end - self.start + 1
    }

    /// Days from the event's first to this one, or to its last if that is after it.
    fn distance(&self, day: Day) -> i32 {
        (self.start - day).max(day - self.end).max(0)
    }

    /// First and last day on which it may act.
    pub(super) fn window(&self) -> (Day, Day) {
        (self.start - self.lead_days, self.end + self.tail_days)
    }
}

/// The spans that can be used, in order, each once. A span that ends before it starts or is
/// longer than a quarter is left out; of two with one start and the same limits the longer stays.
pub(super) fn ordered(spans: &[EventSpan]) -> Vec<EventSpan> {
    let bounded = |span: &EventSpan| EventSpan {
        lead_days: span.lead_days.clamp(0, AROUND_DAYS_MAX),
        tail_days: span.tail_days.clamp(0, AROUND_DAYS_MAX),
        ..*span
    };
    let mut kept: Vec<EventSpan> = spans
        .iter()
        .filter(|span| (1..=SPAN_DAYS_MAX).contains(&span.days()))
        .map(bounded)
        .collect();
    order::sort_by_key(&mut kept, |span| {
        (span.kind, span.start, span.limits, Reverse(*span))
    });
    kept.dedup_by_key(|span| (span.kind, span.start, span.limits));
    kept
}

/// The span each day of some goods belongs to, by day: (day, place in `spans`); only spans that
/// concern them have days.
///
/// A day inside several windows belongs to the nearest event (inside an event the distance is
/// zero), among equally near ones to the longest, then to the one that stands first. So it
/// counts once.
pub(super) fn owners(
    spans: &[EventSpan],
    concerns: impl Fn(&EventSpan) -> bool,
) -> Vec<(Day, usize)> {
    let mut claims = Vec::new();
    let spans = spans.iter().enumerate();
    for (place, span) in spans.filter(|(_, span)| concerns(span)) {
        let (first, last) = span.window();
        for after in 0..=last - first {
            let day = first + after;
            claims.push((day, span.distance(day), Reverse(span.days()), place));
        }
    }
    order::sort(&mut claims);
    claims.dedup_by_key(|(day, ..)| *day);
    claims
        .into_iter()
        .map(|(day, .., place)| (day, place))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(kind: u32, start: i32, end: i32) -> EventSpan {
        EventSpan::new(kind, Day::from_number(start), Day::from_number(end))
    }

    #[test]
    fn a_day_belongs_to_the_nearest_then_the_longest_event() {
        let spans = ordered(&[span(2, 10, 10), span(1, 14, 16), span(3, 15, 20)]);
        let owners = owners(&spans, |_| true);
        let kind = |day: i32| {
            let found = owners.iter().find(|(on, _)| on.number() == day);
            found.map(|(_, place)| spans[*place].kind)
        };
        assert_eq!(kind(6), None);
        assert_eq!(kind(7), Some(2));
        // Two days from both: the longer event takes it.
        assert_eq!(kind(12), Some(1));
        assert_eq!(kind(11), Some(2));
        // Inside both.
        assert_eq!(kind(15), Some(3));
        assert_eq!(kind(14), Some(1));
        assert_eq!(owners.len(), 17);
    }

    #[test]
    fn spans_that_cannot_be_are_left_out() {
        let long = span(1, 0, 200);
        let wide = EventSpan {
            lead_days: 1_000,
            tail_days: -5,
            ..span(1, 3, 4)
        };
        let kept = ordered(&[span(1, 5, 4), long, wide, span(1, 3, 3)]);
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].lead_days, kept[0].tail_days), (28, 0));
        assert_eq!(kept[0].days(), 2);
    }
}
