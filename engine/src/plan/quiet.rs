//! Histories as forecasts see them: without what events and signals did, with what stock-outs hid.

use serde::{Deserialize, Serialize};

use super::measure::category;
use super::partition::PartitionInput;
use super::signals::of_series;
use crate::day::Day;
use crate::demand::{EmptyShelves, Series, hidden};
use crate::events::{EventLifts, SeriesLifts};
use crate::forecast::{Kinship, Lift, Member, is_seen};
use crate::num;
use crate::signals::SignalLifts;
use crate::units::Qty;

/// A week of a series in which goods were not always there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HiddenWeek {
    /// Its first day.
    pub week: Day,
    /// Share of the week in which goods could be bought.
    pub seen: f32,
    /// Units that were.
    pub sold: Qty,
    /// Units that would have been besides.
    pub hidden: Qty,
    /// Standard deviation of those.
    pub deviation: Qty,
}

impl HiddenWeek {
    /// What demand was: sold and hidden.
    #[must_use]
    pub fn demand(&self) -> Qty {
        self.sold + self.hidden
    }

    /// The limits that demand lay between with 80 %; never below what was sold.
    #[must_use]
    pub fn limits(&self) -> (Qty, Qty) {
        let reach = Qty::round_from_f64(num::normal_quantile(0.9) * self.deviation.to_f64());
        let below = (self.hidden - reach).max(Qty::ZERO);
        (self.sold + below, self.sold + self.hidden + reach)
    }
}

/// One history.
#[derive(Debug)]
pub(super) struct Quiet {
    /// Where anything is changed.
    weeks: Option<Vec<f64>>,
    lifts: Option<SeriesLifts>,
    /// The lift of a week without an event at the usual price.
    usual: f64,
    /// Share of each week in which goods were there; empty where they always were.
    seen: Vec<f32>,
    /// Weeks in which they were not, oldest first.
    pub(super) hidden: Vec<HiddenWeek>,
}

impl Quiet {
    /// The weeks, oldest first, of a series that sold `sold`.
    pub(super) fn weeks<'a>(&'a self, sold: &'a Series) -> &'a [f64] {
        self.weeks.as_ref().unwrap_or(&sold.weeks)
    }

    /// Whether nothing but chance made a week what it was: no event, the usual price, and goods for
    /// half of it.
    pub(super) fn is_plain(&self, week: usize) -> bool {
        let lift = self.lifts.as_ref().and_then(|lifts| lifts.past.get(week));
        lift.is_none_or(|factor| *factor == self.usual) && is_seen(&self.seen, week)
    }

    /// The weeks without what stock-outs hid.
    pub(super) fn as_sold(&self, sold: &Series) -> Vec<f64> {
        let factor = |week: usize| {
            let lifts = self.lifts.as_ref();
            lifts
                .and_then(|lifts| lifts.past.get(week))
                .copied()
                .unwrap_or(1.0)
        };
        let weeks = sold.weeks.iter().enumerate();
        weeks.map(|(week, units)| units / factor(week)).collect()
    }

    fn of(
        series: &Series,
        (lifts, usual): (Option<SeriesLifts>, f64),
        seen: Vec<f32>,
        as_of: Day,
    ) -> Self {
        let mut quiet = Self {
            weeks: None,
            lifts,
            usual,
            seen,
            hidden: Vec::new(),
        };
        if let Some(lifts) = &quiet.lifts {
            let weeks = series.weeks.iter().zip(&lifts.past);
            quiet.weeks = Some(weeks.map(|(demand, factor)| demand / factor).collect());
        }
        if !quiet.seen.is_empty() {
            quiet.uncensor(series, as_of);
        }
        quiet
    }

    /// Adds what stock-outs hid.
    fn uncensor(&mut self, series: &Series, as_of: Day) {
        let mut weeks = self.weeks(series).to_vec();
        let mut found = hidden(&weeks, &self.seen).into_iter().peekable();
        let closed = self
            .seen
            .iter()
            .enumerate()
            .filter(|(_, seen)| **seen < 1.0);
        for (week, seen) in closed {
            let lift = self.lifts.as_ref().and_then(|lifts| lifts.past.get(week));
            let lift = lift.copied().unwrap_or(1.0);
            let own = found.next_if(|one| one.week == week);
            let (units, deviation) = own.map_or((0.0, 0.0), |it| (it.units, it.deviation));
            if let Some(value) = weeks.get_mut(week) {
                *value += units;
            }
            let age = i32::try_from(series.weeks.len() - week).unwrap_or(0);
            self.hidden.push(HiddenWeek {
                week: as_of + 1 + -7 * age,
                seen: *seen,
                sold: Qty::round_from_f64(series.weeks.get(week).copied().unwrap_or(0.0)),
                hidden: Qty::round_from_f64(lift * units),
                deviation: Qty::round_from_f64(lift * deviation),
            });
        }
        self.weeks = Some(weeks);
    }
}

/// Each series of a partition as forecasts see it.
pub(super) fn quiet(
    input: &PartitionInput,
    lifts: (&EventLifts, &SignalLifts),
    series: &[Series],
) -> Vec<Quiet> {
    let shelves = EmptyShelves::new(&input.empty, &input.rows, input.as_of, |row| {
        input.serving(row.region.index(), row.channel.index())
    });
    let one = |series: &Series| {
        let (key, weeks) = (series.key, series.weeks.len());
        let warehouse = input.serving(key.region.index(), key.channel.index());
        let mut seen = shelves.seen(key.sku, warehouse, weeks).unwrap_or_default();
        // What was decided by hand is no sale.
        for (_, week) in input.replaced.iter().filter(|(series, _)| *series == key) {
            // By the day on which the value stands.
            let ago = usize::try_from((input.as_of - (*week + 3)).div_euclid(7)).ok();
            let place = ago.and_then(|ago| seen.len().checked_sub(1 + ago));
            if let Some(share) = place.and_then(|place| seen.get_mut(place)) {
                *share = 1.0;
            }
        }
        let usual = input.prices.usual((key.sku, key.channel), weeks);
        let lifts = (of_series(input, lifts, series), usual);
        Quiet::of(series, lifts, seen, input.as_of)
    };
    series.iter().map(one).collect()
}

/// The series of a partition with their groups.
pub(super) fn members<'a>(
    input: &'a PartitionInput,
    series: &'a [Series],
    quiet: &'a [Quiet],
) -> impl Iterator<Item = Member<'a>> {
    let member = |(series, quiet): (&'a Series, &'a Quiet)| Member {
        values: quiet.weeks(series),
        kin: Some(Kinship {
            category: category(input, series.key.sku).0,
            region: series.key.region.0,
        }),
        lift: quiet.lifts.as_ref().map(|lifts| Lift {
            past: &lifts.past,
            known: &lifts.known,
            ahead: &lifts.ahead,
            error: &lifts.error,
        }),
        seen: &quiet.seen,
    };
    series.iter().zip(quiet).map(member)
}
