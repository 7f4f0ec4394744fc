//! What the learnt effects of events promise: planted ones are found within their intervals,
//! none is found where there is none, and moving an event moves its peak.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use engine::day::Day;
use engine::events::{CompanyEvents, DailyTotals, EventBook, EventSpan, Learnt, Offset, learn};
use engine::master::Catalog;
use engine::rng::{Draws, Stream};
use engine::sample::{Parameters, Truth, excerpt};
use proptest::prelude::*;

/// Kind, day of the year it starts on, days it lasts, days it drifts each year.
const EVENTS: [(u32, i32, i32, i32); 6] = [
    (1, 40, 8, -11),
    (2, 66, 1, 0),
    (3, 152, 12, 0),
    (4, 230, 1, 9),
    (5, 274, 7, 0),
    (6, 315, 3, 0),
];
const FIRST_DAY: Day = Day::from_number(19_000);

/// A panel with planted effects.
struct Planted {
    totals: DailyTotals,
    spans: Vec<EventSpan>,
    as_of: Day,
    /// True factors by kind (in the order of [`EVENTS`]) and group.
    factors: Vec<Vec<f64>>,
}

fn between(draws: &mut Draws, low: f64, high: f64) -> f64 {
    low + (high - low) * draws.next_f64()
}

/// Roughly normal with variance one: twelve uniform draws.
fn normal(draws: &mut Draws) -> f64 {
    (0..12).map(|_| draws.next_f64()).sum::<f64>() - 6.0
}

/// Two or three years of two to eight groups of different size, each with its own rhythm of the
/// week, trend, yearly season, slow swing and noise of day and count. `size` scales the effects
/// (as logarithms); 0 plants none.
fn planted(seed: u64, size: f64) -> Planted {
    let mut draws = Stream::keyed(seed, &[1]).draws();
    let groups = 2 + usize::try_from(seed % 7).unwrap();
    let years = 2 + i32::try_from(seed % 2).unwrap();
    let days = 365 * years + 20;
    let mut spans = Vec::new();
    for (kind, start, length, drift) in EVENTS {
        for year in 0..=years {
            let start = FIRST_DAY + (365 * year + start + drift * year);
            spans.push(EventSpan::new(kind, start, start + (length - 1)));
        }
    }
    let mut factors = Vec::new();
    for _ in EVENTS {
        let common = size * between(&mut draws, -0.7, 1.6);
        let own = |draws: &mut Draws| (common + size * 0.15 * normal(draws)).exp();
        factors.push((0..groups).map(|_| own(&mut draws)).collect::<Vec<_>>());
    }
    let mut values = Vec::new();
    for group in 0..groups {
        let of_group = |day| lift(&spans, &factors, group, FIRST_DAY + day);
        values.extend(series(&mut draws, days, of_group));
    }
    Planted {
        totals: DailyTotals {
            first_day: FIRST_DAY,
            groups,
            values,
        },
        spans,
        as_of: FIRST_DAY + (days - 1),
        factors,
    }
}

fn lift(spans: &[EventSpan], factors: &[Vec<f64>], group: usize, day: Day) -> f64 {
    let span = spans
        .iter()
        .find(|span| span.start <= day && day <= span.end);
    span.map_or(1.0, |span| factors[place(span.kind)][group])
}

fn place(kind: u32) -> usize {
    EVENTS.iter().position(|event| event.0 == kind).unwrap()
}

fn series(draws: &mut Draws, days: i32, lift: impl Fn(i32) -> f64) -> Vec<f64> {
    // Eight units a day, or eight thousand.
    let level = between(draws, 2.0, 9.0).exp();
    let (weekend, growth) = (between(draws, 0.8, 1.5), between(draws, -0.3, 0.4));
    let (season, noise) = (between(draws, 0.0, 0.15), between(draws, 0.03, 0.2));
    let mut swing = 0.0;
    let day = |day: i32| {
        if day % 7 == 0 {
            swing = 0.8 * swing + 0.03 * normal(draws);
        }
        let years = f64::from(day) / 365.0;
        let rhythm = if day % 7 > 4 { weekend } else { 1.0 };
        let yearly = 1.0 + season * (years * std::f64::consts::TAU).sin();
        let mean = level * rhythm * yearly * (growth * years + swing).exp() * lift(day);
        let mood = (noise * normal(draws) - 0.5 * noise * noise).exp();
        let wanted = mean * mood;
        (wanted + wanted.sqrt() * normal(draws)).round().max(0.0)
    };
    (0..days).map(day).collect()
}

/// Share of the groups' intervals that hold the truth, at 80 % and at 95 %.
fn coverage(panels: u64, size: f64) -> (f64, f64) {
    let (mut count, mut inner, mut outer) = (0.0, 0.0, 0.0);
    for seed in 0..panels {
        let panel = planted(seed, size);
        let book = learn(&panel.totals, &panel.spans, panel.as_of);
        for learnt in book.learnt() {
            let Some(group) = learnt.group else { continue };
            let truth = panel.factors[place(learnt.kind)][group];
            let holds = |interval: engine::events::Interval| {
                f64::from(u8::from(interval.low <= truth && truth <= interval.high))
            };
            count += 1.0;
            inner += holds(learnt.interval80);
            outer += holds(learnt.interval95);
        }
    }
    (inner / count, outer / count)
}

#[test]
fn intervals_hold_planted_effects_as_often_as_they_say() {
    let (inner, outer) = coverage(200, 1.0);
    assert!((0.70..=0.95).contains(&inner), "{inner}");
    assert!(outer >= 0.90, "{outer}");
    let (inner, outer) = coverage(200, 0.15);
    assert!(
        (0.70..=0.95).contains(&inner) && outer >= 0.90,
        "weak: {inner} {outer}"
    );
}

#[test]
fn where_nothing_happens_hardly_anything_is_learnt() {
    let (_, outer) = coverage(200, 0.0);
    assert!(outer >= 0.90, "{outer}");
    let (mut count, mut size, mut sum) = (0.0, 0.0, 0.0);
    for seed in 0..200 {
        let panel = planted(seed, 0.0);
        for learnt in learn(&panel.totals, &panel.spans, panel.as_of).learnt() {
            count += 1.0;
            size += learnt.factor.ln().abs();
            sum += learnt.factor.ln();
        }
    }
    assert!(size / count < 0.03, "{}", size / count);
    assert!((sum / count).abs() < 0.01, "{}", sum / count);
}

#[test]
fn factors_are_neither_high_nor_low_on_the_whole() {
    let (mut learnt_sum, mut true_sum) = (0.0, 0.0);
    for seed in 0..100 {
        let panel = planted(seed, 1.0);
        let book = learn(&panel.totals, &panel.spans, panel.as_of);
        for learnt in book.learnt() {
            let Some(group) = learnt.group else { continue };
            true_sum += panel.factors[place(learnt.kind)][group];
            learnt_sum += learnt.factor;
        }
    }
    assert!(
        (learnt_sum / true_sum - 1.0).abs() < 0.02,
        "{}",
        learnt_sum / true_sum
    );
}

fn all_groups(book: &EventBook, kind: u32) -> Learnt {
    let mut learnt = book.learnt();
    learnt
        .find(|learnt| learnt.kind == kind && learnt.group.is_none())
        .unwrap()
}

/// One group of a hundred units a day, with seeded noise, and a sale of the given lifts.
fn one_sale(days: i32, starts: &[i32], lifts: &[f64]) -> (DailyTotals, Vec<EventSpan>, Day) {
    let mut draws = Stream::keyed(5, &[]).draws();
    let lift = |day: i32| {
        let on = starts
            .iter()
            .find_map(|start| lifts.get(usize::try_from(day - start).ok()?));
        *on.unwrap_or(&1.0)
    };
    let values = (0..days).map(|day| lift(day) * between(&mut draws, 90.0, 110.0));
    let totals = DailyTotals {
        first_day: FIRST_DAY,
        groups: 1,
        values: values.collect(),
    };
    let last = i32::try_from(lifts.len()).unwrap() - 1;
    let span = |start: &i32| EventSpan::new(1, FIRST_DAY + *start, FIRST_DAY + (start + last));
    (
        totals,
        starts.iter().map(span).collect(),
        FIRST_DAY + (days - 1),
    )
}

fn peak(book: &EventBook, days: std::ops::Range<i32>) -> i32 {
    let factor = |day: &i32| book.day_factor(0, FIRST_DAY + *day);
    days.max_by(|a, b| factor(a).total_cmp(&factor(b))).unwrap()
}

const LIFTS: [f64; 6] = [1.5, 2.0, 1.2, 1.3, 4.0, 1.8];

#[test]
fn moving_an_event_moves_its_peak() {
    let (totals, mut spans, as_of) = one_sale(500, &[90, 455], &LIFTS);
    spans.push(EventSpan::new(1, FIRST_DAY + 820, FIRST_DAY + 825));
    let book = learn(&totals, &spans, as_of);
    assert_eq!(peak(&book, 780..860), 824);
    let later = book.moved(1, FIRST_DAY + 820, 3);
    assert_eq!(peak(&later, 780..860), 827);
    assert_eq!(later.moved(1, FIRST_DAY + 823, -3), book);
    assert_eq!(book.moved(1, FIRST_DAY + 821, 3), book);
    // Weeks follow: a week's factor is the mean of its days.
    let week = FIRST_DAY + 820;
    let mean = (0..7)
        .map(|day| later.day_factor(0, week + day))
        .sum::<f64>()
        / 7.0;
    let factor = later.period_factor(0, week, &[1.0 / 7.0; 7]);
    assert!((factor - mean).abs() < 1e-12, "{factor} {mean}");
}

#[test]
fn a_longer_event_next_year_keeps_its_edges() {
    let (totals, mut spans, as_of) = one_sale(500, &[90, 455], &LIFTS);
    spans.push(EventSpan::new(1, FIRST_DAY + 820, FIRST_DAY + 826));
    let book = learn(&totals, &spans, as_of);
    let factor = |day: i32| book.day_factor(0, FIRST_DAY + day);
    for (past, next) in [
        (455, 820),
        (456, 821),
        (459, 825),
        (460, 826),
        (453, 818),
        (462, 828),
    ] {
        assert_eq!(factor(past), factor(next), "{past}");
    }
    assert_eq!(peak(&book, 780..860), 825);
    assert_eq!(factor(817 - 1), 1.0);
    let offsets = all_groups(&book, 1).offsets;
    assert_eq!(offsets.len(), 12);
    let peak = offsets
        .iter()
        .max_by(|a, b| a.factor.total_cmp(&b.factor))
        .unwrap();
    assert_eq!((peak.offset, peak.occurrences), (Offset::FromEnd(-1), 2));
    assert!((peak.factor / 4.0 - 1.0).abs() < 0.1, "{peak:?}");
}

#[test]
fn one_occurrence_is_shrunk_more_than_two() {
    // So little that noise could have done it.
    let (totals, spans, as_of) = one_sale(500, &[90, 455], &[1.12]);
    let both = all_groups(&learn(&totals, &spans, as_of), 1);
    let (totals, spans, as_of) = one_sale(400, &[90], &[1.12]);
    let once = all_groups(&learn(&totals, &spans, as_of), 1);
    assert_eq!((once.occurrences, both.occurrences), (1, 2));
    assert!(once.log_error > 1.2 * both.log_error, "{once:?} {both:?}");
    let width = |learnt: &Learnt| learnt.interval80.high / learnt.interval80.low;
    assert!(width(&once) > width(&both));
}

#[test]
fn without_events_every_factor_is_one() {
    let (totals, _, as_of) = one_sale(400, &[], &LIFTS);
    let book = learn(&totals, &[], as_of);
    for day in 0..800 {
        assert_eq!(book.day_factor(0, FIRST_DAY + day), 1.0);
        assert_eq!(
            book.period_factor(0, FIRST_DAY + day, &[0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2]),
            1.0
        );
    }
    // Nor does an event that was never seen change anything.
    let ahead = [EventSpan::new(1, FIRST_DAY + 450, FIRST_DAY + 455)];
    let book = learn(&totals, &ahead, as_of);
    assert_eq!(
        (book.day_factor(0, FIRST_DAY + 452), book.learnt().count()),
        (1.0, 0)
    );
    assert_eq!(
        learn(&DailyTotals::default(), &ahead, as_of).day_factor(0, as_of),
        1.0
    );
}

#[test]
fn two_events_on_one_day_are_not_counted_twice() {
    let (totals, mut spans, as_of) = one_sale(500, &[90, 455], &LIFTS);
    for start in [92, 457] {
        spans.push(EventSpan::new(2, FIRST_DAY + start, FIRST_DAY + start));
    }
    let book = learn(&totals, &spans, as_of);
    // The day inside both belongs to the longer one; the short one was never seen.
    assert_eq!(book.learnt().filter(|learnt| learnt.kind == 2).count(), 0);
    assert_eq!(peak(&book, 440..480), 459);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_order_of_spans_leaves_no_trace(seed in 0..10_000_u64, turn in 1..20_usize) {
        let panel = planted(seed, 1.0);
        let book = learn(&panel.totals, &panel.spans, panel.as_of);
        let mut spans = panel.spans.clone();
        spans.rotate_left(turn % panel.spans.len());
        spans.reverse();
        prop_assert_eq!(&learn(&panel.totals, &spans, panel.as_of), &book);
        prop_assert_eq!(book.with_spans(&spans), book);
    }

    #[test]
    fn any_figures_give_finite_factors_within_what_was_seen(
        values in proptest::collection::vec(prop_oneof![Just(0.0), 0.0..1e9, Just(f64::NAN)], 0..900),
        groups in 0..5_usize,
        events in proptest::collection::vec((0..4_u32, -50..900_i32, -2..30_i32), 0..12),
    ) {
        let totals = DailyTotals { first_day: FIRST_DAY, groups, values };
        let span = |(kind, start, days): (u32, i32, i32)| {
            EventSpan::new(kind, FIRST_DAY + start, FIRST_DAY + (start + days))
        };
        let spans: Vec<EventSpan> = events.into_iter().map(span).collect();
        let book = learn(&totals, &spans, FIRST_DAY + 600);
        for learnt in book.learnt() {
            prop_assert!(learnt.factor.is_finite() && learnt.factor > 0.0);
            prop_assert!(learnt.interval95.low <= learnt.interval80.low);
            prop_assert!(learnt.interval80.low <= learnt.factor);
            prop_assert!(learnt.factor <= learnt.interval80.high);
            prop_assert!(learnt.interval80.high <= learnt.interval95.high);
        }
        for day in -60..960 {
            for group in 0..=groups {
                let factor = book.day_factor(group, FIRST_DAY + day);
                prop_assert!(factor.is_finite() && factor > 0.0, "{factor}");
            }
        }
    }
}

/// The planted lift of an event, mean over categories and channels.
fn planted_lift(truth: &Truth, code: &str) -> (f64, f64) {
    // Shares of the channels in a SKU that is sold everywhere (demo company A).
    let share = |channel: &str| match channel {
        "tmall" => 0.57,
        "douyin" => 0.27,
        _ => 0.16,
    };
    let lifts = truth.event_lifts.iter().filter(|lift| lift.event == code);
    let categories = lifts.clone().filter(|lift| lift.channel == "tmall").count() as f64;
    lifts.fold((0.0, 0.0), |(mean, peak), lift| {
        let weight = share(&lift.channel) / categories;
        (mean + weight * lift.mean, peak + weight * lift.peak)
    })
}

#[test]
fn the_demo_companys_events_are_found() {
    let demo = excerpt(&Parameters::CALIBRATED, 400).unwrap();
    let catalog = Catalog::new(&demo.dataset);
    let as_of = demo.dataset.as_of().unwrap();
    let company = CompanyEvents::learn(&demo.dataset, &catalog, as_of);
    assert!(company.refused.is_empty() && company.book.cells().are_plain());
    let learnt = |code: &str| {
        let mut events = company.events.iter();
        let kind = events.position(|(known, _)| known == code).unwrap();
        all_groups(&company.book, u32::try_from(kind).unwrap())
    };
    let near = |found: f64, truth: f64, within: f64| {
        assert!((found / truth - 1.0).abs() < within, "{found} {truth}");
    };
    for code in ["d11", "d618", "nianhuo", "queen", "d520", "d99", "d12"] {
        let (mean, peak) = planted_lift(&demo.truth, code);
        let learnt = learnt(code);
        assert_eq!(learnt.occurrences, 2);
        near(learnt.factor, mean, 0.1);
        let days = learnt.offsets.iter().map(|day| day.factor);
        near(days.fold(0.0, f64::max), peak, 0.15);
    }
    // Mean of the planted days 0.62 0.5 0.38 0.36 0.4 0.46 0.55 0.68 0.8 0.9, the same in every
    // category and channel.
    near(learnt("cny").factor, 0.565, 0.05);
    // 0.9 0.84 0.84 0.88 0.92 0.96 1.0.
    near(learnt("national").factor, 0.906, 0.05);
    // The day before 双11 is planted at 0.72.
    let before = learnt("d11").offsets;
    let eve = before
        .iter()
        .find(|day| day.offset == Offset::FromStart(-1));
    near(eve.unwrap().factor, 0.72, 0.1);
}
