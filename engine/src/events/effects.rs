//! Learns the effect of every event on every group of goods.

use super::DailyTotals;
use super::book::{EventBook, KindEffect, RowEffect};
use super::cells::Cells;
use super::evidence::{Evidence, History, OwnDays, Tally, gather};
use super::panel::Panel;
use super::shrink::{Between, Cell, Effect, Measure, shrink};
use super::span::{EventSpan, ordered, owners};
use crate::day::Day;
use crate::num::{exp, floor_count};
use crate::order;

/// Learns what events did up to `as_of`, and keeps them with those to come.
///
/// A measure is ln(demand / level), the level from the nearest same weekdays that no event may
/// touch. Its noise is that of the same measure in quiet windows of the same group. An event's
/// evidence is its number of occurrences. See [`EventBook`] for what is given back; an event
/// without an observed occurrence, or without quiet weeks to compare it with, is not learnt and
/// changes nothing.
///
/// Sources: forecast design notes on placebo-calibrated event effects (an uncalibrated uplift
/// from one occurrence made M5 event weeks worse, WAPE 34 to 58); see also the parts.
///
/// ```
/// use engine::day::Day;
/// use engine::events::{DailyTotals, EventSpan, learn};
/// let day = Day::from_number;
/// let mut values = vec![20.0; 200];
/// values[100] = 80.0;
/// let totals = DailyTotals { first_day: day(0), groups: 1, values };
/// let spans = [EventSpan::new(7, day(100), day(100)), EventSpan::new(7, day(300), day(300))];
/// let book = learn(&totals, &spans, day(199));
/// assert!((book.day_factor(0, day(300)) - 80.5 / 20.5).abs() < 1e-9);
/// assert_eq!(book.day_factor(0, day(310)), 1.0);
/// ```
#[must_use]
pub fn learn(totals: &DailyTotals, spans: &[EventSpan], as_of: Day) -> EventBook {
    learn_by_cell(totals, &Cells::plain(totals.groups), spans, as_of)
}

/// The same where events are limited to some goods. Groups are `cells`; each limited event is
/// measured on the cells inside its limits only, and days are given to events for each circle of
/// cells on its own. An effect is that of a category, on all its goods inside alike; categories
/// inside are drawn to all goods inside.
#[must_use]
pub fn learn_by_cell(
    totals: &DailyTotals,
    cells: &Cells,
    spans: &[EventSpan],
    as_of: Day,
) -> EventBook {
    let spans = ordered(spans);
    let mut histories = Vec::with_capacity(cells.circles());
    let mut owned: Vec<(EventSpan, Day, usize)> = Vec::new();
    for circle in 0..cells.circles() {
        let owners = owners(&spans, |span| cells.concerns(circle, span.limits));
        let (groups, categories) = cells.of_circle(circle);
        let panel = Panel::new(totals, &groups, as_of);
        histories.push(History::new(panel, categories, &owners));
        let days = owners.iter().filter_map(|(day, place)| {
            // The same dates with other limits are the same occurrence.
            Some((spans.get(*place)?.within(None), *day, circle))
        });
        owned.extend(days);
    }
    order::sort(&mut owned);
    let own_days = |days: &[(EventSpan, Day, usize)]| -> Option<OwnDays> {
        let (span, ..) = days.first()?;
        Some((*span, days.iter().map(|it| (it.1, it.2)).collect()))
    };
    let occurrences = owned.chunk_by(|a, b| a.0 == b.0).filter_map(own_days);
    let occurrences: Vec<OwnDays> = occurrences.collect();
    let evidence: Vec<Evidence> = occurrences
        .chunk_by(|a, b| a.0.kind == b.0.kind)
        .filter_map(|occurrences| gather(&histories, occurrences))
        .collect();
    let bodies: Vec<Cell> = evidence.iter().map(body_cell).collect();
    let between = Between::of(&bodies);
    let kinds = evidence.iter().zip(bodies);
    let kinds = kinds.map(|(evidence, body)| kind_effect(evidence, body, &between));
    EventBook::new(cells.clone(), kinds.collect(), spans)
}

fn body_cell(evidence: &Evidence) -> Cell {
    cell(&evidence.body, &evidence.quiet_body)
}

fn cell(seen: &[Tally], quiet: &[Tally]) -> Cell {
    let of_all = quiet.last().map_or(0.0, Tally::smear);
    let last = seen.len().saturating_sub(1);
    let rows = seen.iter().zip(quiet).enumerate();
    rows.map(|(row, (seen, quiet))| {
        let smear = quiet.smear() - if row == last { 0.0 } else { of_all };
        Measure::new(seen, quiet, smear)
    })
    .collect()
}

fn kind_effect(evidence: &Evidence, body: Cell, events: &Between) -> KindEffect {
    let cells = [body];
    let between = Between::of(&cells).towards(events);
    let effects = shrink(&cells, &between);
    let days = day_effects(evidence);
    let rows = evidence.body.len();
    let mut factors = Vec::with_capacity(days.len());
    let mut row_effects = Vec::with_capacity(rows);
    for (row, effect) in effects.iter().enumerate() {
        let largest = Largest::of(evidence, row);
        let of_row = days.iter().skip(row).step_by(rows.max(1));
        let mut shape: Vec<f64> = of_row.map(|effect| exp(effect.log)).collect();
        let factor = exp(effect.log).min(largest.body);
        fit_body(&mut shape, evidence, factor);
        factors.extend(shape.iter().map(|factor| factor.min(largest.day)));
        row_effects.push(RowEffect {
            occurrences: occurrences(evidence.body.get(row)),
            factor,
            log_error: crate::num::sqrt(effect.variance),
        });
    }
    let all = evidence
        .days
        .iter()
        .skip(rows.saturating_sub(1))
        .step_by(rows.max(1));
    KindEffect {
        kind: evidence.kind,
        categories: evidence.categories.clone(),
        shape: evidence.shape,
        rows: row_effects,
        factors,
        seen: all.map(|tally| occurrences(Some(tally))).collect(),
        quiet_windows: evidence.quiet_windows,
    }
}

fn occurrences(tally: Option<&Tally>) -> u32 {
    let count = tally.map_or(0, |tally| floor_count(tally.count));
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Shrunk effects of single days, rows of the first position, then of the next. The days before
/// the event, of it and after it are drawn by what their own stretch shows.
fn day_effects(evidence: &Evidence) -> Vec<Effect> {
    let rows = evidence.body.len().max(1);
    let mut effects = Vec::with_capacity(evidence.days.len());
    for segment in evidence.shape.segments() {
        let days = evidence.days.get(segment.start * rows..segment.end * rows);
        let days = days.unwrap_or_default().chunks(rows);
        let cells: Vec<Cell> = days.map(|day| cell(day, &evidence.quiet_day)).collect();
        effects.extend(shrink(&cells, &Between::of(&cells)));
    }
    effects
}

/// Scales the days of the event so that together they lift demand by the event's factor, each
/// weighing as much as its level. A day that was never seen is like the nearest one that was.
fn fit_body(shape: &mut [f64], evidence: &Evidence, factor: f64) {
    let rows = evidence.body.len().max(1);
    let body = evidence.shape.body();
    let all = evidence.days.iter().skip(rows - 1).step_by(rows);
    let all: Vec<&Tally> = all.collect();
    let is_seen = |position: &usize| all.get(*position).is_some_and(|day| day.count > 0.0);
    let seen: Vec<usize> = body.clone().filter(is_seen).collect();
    let (mut lifted, mut level) = (0.0, 0.0);
    for position in &seen {
        let Some((day, shape)) = all.get(*position).zip(shape.get(*position)) else {
            continue;
        };
        let weight = day.level / day.count;
        lifted += weight * shape;
        level += weight;
    }
    let scale = if lifted > 0.0 {
        factor * level / lifted
    } else {
        1.0
    };
    let fitted: Vec<f64> = body
        .clone()
        .map(|position| {
            let nearest = seen.iter().min_by_key(|seen| seen.abs_diff(position));
            let like = nearest.and_then(|nearest| shape.get(*nearest));
            like.map_or(factor, |shape| shape * scale)
        })
        .collect();
    if let Some(days) = shape.get_mut(body) {
        days.copy_from_slice(&fitted);
    }
}

/// The largest factors that were observed, in a group or in all of them.
struct Largest {
    body: f64,
    day: f64,
}

impl Largest {
    fn of(evidence: &Evidence, row: usize) -> Self {
        let rows = evidence.body.len().max(1);
        let of = |tallies: &[Tally]| {
            let pairs = tallies
                .chunks(rows)
                .flat_map(|day| [day.get(row), day.last()]);
            let seen = pairs.flatten().filter(|tally| tally.count > 0.0);
            exp(seen
                .map(|tally| tally.log_max)
                .fold(f64::NEG_INFINITY, f64::max))
        };
        Self {
            body: of(&evidence.body),
            day: of(&evidence.days),
        }
    }
}
