//! Demand that open leads will bring, by month.

use std::collections::BTreeMap;

use super::conversion::{Conversion, WEEKS};
use super::leads::{LeadHistory, Stage};
use crate::day::Day;
use crate::num::{count_f64, normal_quantile, round_whole, sqrt};

/// Level of the stretch; the low end is as far on the other side.
const STRETCH_LEVEL: f64 = 0.9;
/// Fewest won leads that show how late orders come after the day they were expected.
const SLIPS_MIN: usize = 8;
/// Leads up to which the sum is worked out lead by lead.
const EXACT_MAX: usize = 60;
/// Cells of that working.
const CELLS: usize = 600;

/// A month by its number: years x 12 + months from 0.
pub type Month = i32;

/// The month of a day.
#[must_use]
pub fn month_of(day: Day) -> Month {
    let (year, month, _) = day.ymd();
    year * 12 + i32::try_from(month).unwrap_or(1) - 1
}

/// Demand of one month, units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MonthBand {
    /// Of leads that are won and not delivered yet.
    pub committed: f64,
    /// What is reached nine times in ten.
    pub low: f64,
    /// Expected: committed, and each open lead by its probability.
    pub likely: f64,
    /// What is passed once in ten.
    pub stretch: f64,
}

/// When and with what probability one lead is won.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadOutlook {
    /// Its place among the leads.
    pub place: usize,
    /// Probability to be won ever.
    pub probability: f64,
    /// Probability by month.
    pub months: BTreeMap<Month, f64>,
}

/// What every open lead may bring after `as_of`.
///
/// The probability follows the lead's stage and how long it has been there; the month follows
/// dwell times, or, where it states a day and enough won leads showed how far such days slip, that
/// day and the slips.
#[must_use]
pub fn lead_outlooks(
    leads: &[LeadHistory],
    conversion: &Conversion,
    as_of: Day,
) -> Vec<LeadOutlook> {
    let curves = conversion.win_curves();
    let slips = slips(leads);
    let outlook = |(place, lead): (usize, &LeadHistory)| {
        let weeks = win_weeks(lead, conversion, &curves, as_of)?;
        let probability: f64 = weeks.iter().sum();
        let mut months = BTreeMap::new();
        let late = late(lead, &slips, as_of);
        if late.is_empty() {
            for (week, share) in (0_i32..).zip(&weeks) {
                *months
                    .entry(month_of(as_of + (7 * week + 4)))
                    .or_insert(0.0) += share;
            }
        } else {
            for day in &late {
                *months.entry(month_of(*day)).or_insert(0.0) += probability / count_f64(late.len());
            }
        }
        Some(LeadOutlook {
            place,
            probability,
            months,
        })
    };
    leads.iter().enumerate().filter_map(outlook).collect()
}

/// What open leads may bring by week after a day.
pub(in crate::signals) struct LeadWeeks<'a> {
    conversion: &'a Conversion,
    curves: Vec<Vec<f64>>,
    slips: Vec<i32>,
    on: Day,
}

impl<'a> LeadWeeks<'a> {
    /// Of leads as they are known on a day.
    pub(in crate::signals) fn new(
        leads: &[LeadHistory],
        conversion: &'a Conversion,
        on: Day,
    ) -> Self {
        Self {
            conversion,
            curves: conversion.win_curves(),
            slips: slips(leads),
            on,
        }
    }

    /// Probability to be won in each week, as [`lead_outlooks`] by month; `None` where the lead has
    /// ended.
    pub(in crate::signals) fn of(&self, lead: &LeadHistory) -> Option<Vec<f64>> {
        let weeks = win_weeks(lead, self.conversion, &self.curves, self.on)?;
        let late = late(lead, &self.slips, self.on);
        if late.is_empty() {
            return Some(weeks);
        }
        let probability: f64 = weeks.iter().sum();
        let mut weeks = vec![0.0; WEEKS];
        for day in &late {
            let week = usize::try_from((*day - self.on - 1) / 7).unwrap_or(WEEKS);
            if let Some(sum) = weeks.get_mut(week) {
                *sum += probability / count_f64(late.len());
            }
        }
        Some(weeks)
    }
}

/// Days on which a lead may be won, by the day it states and how far such days slip; nothing where
/// that is not known.
fn late(lead: &LeadHistory, slips: &[i32], as_of: Day) -> Vec<Day> {
    let stated = lead.expected_close.filter(|_| slips.len() >= SLIPS_MIN);
    let late = stated.map(|day| slips.iter().map(move |slip| day + *slip));
    let late = late.into_iter().flatten();
    late.filter(|day| *day > as_of).collect()
}

/// Probability to be won in each week from now; `None` where the lead has ended.
fn win_weeks(
    lead: &LeadHistory,
    conversion: &Conversion,
    curves: &[Vec<f64>],
    as_of: Day,
) -> Option<Vec<f64>> {
    let (stage, since) = lead.current()?;
    let leaving = conversion.from(stage)?;
    let days = as_of - since;
    let age = usize::try_from(days / 7).ok()?;
    let mut weeks = vec![0.0; WEEKS];
    let Some(stays) = leaving.stays.get(age) else {
        return Some(weeks);
    };
    // Of the week it is in, only the days that are left.
    let left = 1.0 - f64::from(days % 7) / 7.0;
    let this_week: f64 = leaving.weekly.get(age).into_iter().flatten().sum();
    let stays = stays - (1.0 - left) * this_week;
    if stays <= 0.0 {
        return Some(weeks);
    }
    for (after, moves) in leaving.weekly.iter().skip(age).enumerate() {
        let of_week = if after == 0 { left } else { 1.0 };
        for (to, share) in Stage::ALL.into_iter().zip(moves) {
            let share = share * of_week / stays;
            if share <= 0.0 || to == Stage::Lost {
                continue;
            }
            let one = [1.0];
            let curve = match to {
                Stage::Won => &one[..],
                _ => curves.get(to as usize).map_or(&[][..], Vec::as_slice),
            };
            for (slot, won) in weeks.iter_mut().skip(after).zip(curve) {
                *slot += share * won;
            }
        }
    }
    Some(weeks)
}

/// Days between the day stated and the day won, of all won leads.
fn slips(leads: &[LeadHistory]) -> Vec<i32> {
    let slip = |lead: &LeadHistory| {
        let (stage, won) = lead.current()?;
        (stage == Stage::Won).then_some(won - lead.expected_close?)
    };
    leads.iter().filter_map(slip).collect()
}

/// The band of a month: won leads whose day lies in it, and open ones by their outlooks.
#[must_use]
pub fn month_band(
    leads: &[LeadHistory],
    outlooks: &[LeadOutlook],
    month: Month,
    (as_of, is_wanted): (Day, &dyn Fn(&LeadHistory) -> bool),
) -> MonthBand {
    let is_due = |lead: &&LeadHistory| {
        lead.current().is_some_and(|(stage, _)| stage == Stage::Won)
            && lead
                .expected_close
                .is_some_and(|day| day > as_of && month_of(day) == month)
    };
    let wanted = leads.iter().filter(|lead| is_wanted(lead));
    let committed: f64 = wanted.filter(is_due).map(|lead| lead.quantity).sum();
    let chance = |outlook: &LeadOutlook| {
        let lead = leads.get(outlook.place).filter(|lead| is_wanted(lead))?;
        let probability = outlook.months.get(&month).copied().unwrap_or(0.0);
        (probability > 0.0 && lead.quantity > 0.0).then_some((probability.min(1.0), lead.quantity))
    };
    let chances: Vec<(f64, f64)> = outlooks.iter().filter_map(chance).collect();
    let expected: f64 = chances
        .iter()
        .map(|(probability, units)| probability * units)
        .sum();
    let [low, high] = quantiles(&chances, [1.0 - STRETCH_LEVEL, STRETCH_LEVEL]);
    MonthBand {
        committed,
        low: committed + low.min(expected),
        likely: committed + expected,
        stretch: committed + high.max(expected),
    }
}

/// Quantiles of a sum of leads that each come whole or not at all.
fn quantiles(chances: &[(f64, f64)], levels: [f64; 2]) -> [f64; 2] {
    let total: f64 = chances.iter().map(|(_, units)| units).sum();
    let mean: f64 = chances.iter().map(|(chance, units)| chance * units).sum();
    if chances.len() > EXACT_MAX {
        let variance = chances
            .iter()
            .map(|(chance, units)| chance * (1.0 - chance) * units * units);
        let sd = sqrt(variance.sum());
        return levels.map(|level| (mean + normal_quantile(level) * sd).clamp(0.0, total));
    }
    let cell = total / count_f64(CELLS);
    let mut cells = vec![0.0; CELLS + chances.len() + 1];
    if let Some(first) = cells.first_mut() {
        *first = 1.0;
    }
    for (chance, units) in chances {
        let step = usize::try_from(round_whole(units / cell.max(f64::MIN_POSITIVE))).unwrap_or(0);
        for at in (0..cells.len()).rev() {
            let from = at.checked_sub(step).and_then(|from| cells.get(from));
            let came = from.copied().unwrap_or(0.0) * chance;
            if let Some(slot) = cells.get_mut(at) {
                *slot = *slot * (1.0 - chance) + came;
            }
        }
    }
    levels.map(|level| {
        let mut sum = 0.0;
        let reached = cells.iter().position(|share| {
            sum += share;
            sum >= level
        });
        (count_f64(reached.unwrap_or(0)) * cell).min(total)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_a_few_leads_are_exact() {
        // 0, 100, 200 with 1/4, 1/2, 1/4.
        let two = [(0.5, 100.0), (0.5, 100.0)];
        let [low, high] = quantiles(&two, [0.2, 0.9]);
        assert!(low == 0.0 && (high - 200.0).abs() < 1e-9);
        assert_eq!(quantiles(&[], [0.1, 0.9]), [0.0, 0.0]);
        let many = vec![(0.5, 1.0); 400];
        let [low, high] = quantiles(&many, [0.1, 0.9]);
        assert!((low - 187.2).abs() < 0.1 && (high - 212.8).abs() < 0.1);
    }
}
