//! Positions inside an event, so that occurrences of different lengths map on each other.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::book::Offset;
use super::span::EventSpan;
use crate::day::Day;

/// The positions of an event: days before it, its first half, its second half, days after it.
///
/// A day of the first half is placed from the start, a day of the second from the end: an
/// occurrence that is a day longer keeps both of its edges, and what is longer than the shape
/// repeats the day next to the middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shape {
    lead: usize,
    first_half: usize,
    second_half: usize,
    tail: usize,
}

impl Shape {
    /// The shape that holds every given occurrence.
    pub(super) fn of<'a>(spans: impl Iterator<Item = &'a EventSpan>) -> Self {
        spans.fold(Self::default(), |shape, span| {
            let days = count(span.days());
            Self {
                lead: shape.lead.max(count(span.lead_days)),
                first_half: shape.first_half.max(days.div_ceil(2)),
                second_half: shape.second_half.max(days / 2),
                tail: shape.tail.max(count(span.tail_days)),
            }
        })
    }

    /// How many positions there are.
    pub(super) fn len(&self) -> usize {
        self.body().end + self.tail
    }

    /// The positions of the event itself.
    pub(super) fn body(&self) -> Range<usize> {
        self.lead..self.lead + self.first_half + self.second_half
    }

    /// Before the event, the event, after it.
    pub(super) fn segments(&self) -> [Range<usize>; 3] {
        let body = self.body();
        [0..body.start, body.clone(), body.end..self.len()]
    }

    /// The position of a day of an occurrence; `None` where the shape does not reach.
    pub(super) fn position(&self, span: &EventSpan, day: Day) -> Option<usize> {
        let body = self.body();
        if body.is_empty() {
            return None;
        }
        let from_start = day - span.start;
        if from_start < 0 {
            return self.lead.checked_sub(count(-from_start));
        }
        let half = count(span.days()).div_ceil(2);
        if count(from_start) < half {
            let innermost = self.first_half.saturating_sub(1);
            return Some(self.lead + count(from_start).min(innermost));
        }
        if day > span.end {
            let place = body.end + count(day - span.end) - 1;
            return (place < self.len()).then_some(place);
        }
        let outwards = count(span.end - day).min(self.second_half.saturating_sub(1));
        Some(body.end.saturating_sub(1 + outwards).max(body.start))
    }

    /// What a position is called.
    pub(super) fn offset(&self, position: usize) -> Offset {
        let middle = self.lead + self.first_half;
        if position < middle {
            Offset::FromStart(signed(position) - signed(self.lead))
        } else {
            Offset::FromEnd(signed(position) + 1 - signed(self.body().end))
        }
    }
}

/// A number of days as a count; zero below zero.
fn count(days: i32) -> usize {
    usize::try_from(days).unwrap_or(0)
}

fn signed(position: usize) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(days: i32) -> EventSpan {
        EventSpan::new(0, Day::from_number(100), Day::from_number(99 + days))
    }

    fn positions(shape: Shape, days: i32) -> Vec<usize> {
        let span = span(days);
        let (first, last) = span.window();
        let at = |after| shape.position(&span, first + after).unwrap();
        (0..=last - first).map(at).collect()
    }

    #[test]
    fn a_longer_occurrence_keeps_its_edges() {
        let shape = Shape::of([span(3)].iter());
        assert_eq!(shape.len(), 9);
        assert_eq!(positions(shape, 3), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(positions(shape, 4), [0, 1, 2, 3, 4, 5, 5, 6, 7, 8]);
        assert_eq!(positions(shape, 2), [0, 1, 2, 3, 5, 6, 7, 8]);
    }

    #[test]
    fn one_day_stands_for_three() {
        let shape = Shape::of([span(1)].iter());
        assert_eq!(positions(shape, 3), [0, 1, 2, 3, 3, 3, 4, 5, 6]);
    }

    #[test]
    fn positions_have_names() {
        let shape = Shape::of([span(3)].iter());
        let names: Vec<_> = (0..9).map(|position| shape.offset(position)).collect();
        assert_eq!(names[0], Offset::FromStart(-3));
        assert_eq!(names[4], Offset::FromStart(1));
        assert_eq!(names[5], Offset::FromEnd(0));
        assert_eq!(names[8], Offset::FromEnd(3));
    }
}
