//! Seasons of four series side by side: taken over from single ones, or the shape of the last season.

use super::lanes::{LANES, Lane, count_f32, larger, narrow, splat, where_less};
use super::season::{Adjustment, INDEX_MIN, SEASON_SMOOTHED_FROM};
use crate::num::{sum, sum_of, sum_of_pairs};

/// Departures from the neighbours beyond which a value is a peak.
const PEAK_DEVIATIONS: f32 = 2.0;
/// Share kept of a short season's shape that was seen once.
const SINGLE_SEASON_KEPT: f32 = 0.5;

/// Seasons of four series.
#[derive(Debug)]
pub(super) struct LaneSeason {
    /// One index for each period of the season, which starts with the histories, and as many again as a horizon has
    /// periods; empty without a season.
    indices: Vec<Lane>,
    /// Periods.
    season: usize,
    /// Factor of the forecast besides its index.
    scale: Lane,
    /// Working memory.
    last: Vec<Lane>,
}

impl Default for LaneSeason {
    /// No season.
    fn default() -> Self {
        Self {
            indices: Vec::new(),
            season: 1,
            scale: Lane::ONE,
            last: Vec::new(),
        }
    }
}

impl LaneSeason {
    fn set_plain(&mut self) {
        self.indices.clear();
        self.season = 1;
        self.scale = Lane::ONE;
    }

    /// Takes in the season of each series.
    pub(super) fn set(
        &mut self,
        of_lanes: [Option<&Adjustment>; LANES],
        is_scaled: bool,
        horizon: usize,
    ) {
        self.set_plain();
        self.scale = Lane::new(of_lanes.map(|season| match season {
            Some(season) if is_scaled => narrow(season.scale),
            _ => 1.0,
        }));
        let indices = of_lanes.map(|season| season.map_or(&[1.0][..], Adjustment::indices));
        self.season = indices.iter().map(|it| it.len()).fold(1, usize::max);
        if self.season == 1 {
            return;
        }
        self.indices.resize(self.season, Lane::ONE);
        for (lane, indices) in indices.iter().enumerate() {
            for (lanes, index) in self.indices.iter_mut().zip(indices.iter().cycle()) {
                if let Some(own) = lanes.as_mut_array().get_mut(lane) {
                    *own = narrow(*index);
                }
            }
        }
        self.extend(horizon);
    }

    /// Takes the shape of the last season of `history` alone; of one no longer than a season, or without demand
    /// in the last one, there is none.
    ///
    /// Each value over the season's mean, smoothed with its neighbours if the
    /// season is long, shrunk towards 1 by the noise that smoothing took out.
    pub(super) fn set_last(&mut self, history: &[Lane], season: usize, horizon: usize) {
        self.set_plain();
        let start = history.len().saturating_sub(season);
        if season < 2 || start == 0 {
            return;
        }
        let newest = history.get(start..).unwrap_or_default();
        let sum = sum(newest);
        let is_sold = where_less(Lane::ZERO, sum, Lane::ONE, Lane::ZERO);
        let share = splat(count_f32(season)) / where_less(Lane::ZERO, sum, sum, Lane::ONE);
        self.last.clear();
        self.last.extend(newest.iter().map(|value| *value * share));
        let kept = if season < SEASON_SMOOTHED_FROM {
            let swings = self.last.iter().map(|raw| *raw - Lane::ONE);
            self.indices.extend(swings);
            splat(SINGLE_SEASON_KEPT)
        } else {
            self.smooth_last()
        };
        self.shrink(is_sold * kept);
        self.season = season;
        // From the order of the last season to the one that starts with the history.
        self.indices.rotate_right(start % season);
        self.extend(horizon);
    }

    /// Smooths a shape seen once, weights 1-2-1 over neighbours in a ring, but for its peaks: a value far from its
    /// neighbours is an event that comes back, not noise. Leaves each index less 1, and returns the share of the
    /// spread that is not noise.
    fn smooth_last(&mut self) -> Lane {
        let (Some(first), Some(newest)) = (self.last.first(), self.last.last()) else {
            return Lane::ZERO;
        };
        let (quarter, half) = (splat(0.25), splat(0.5));
        let (mut before, mut at) = (*newest, *first);
        let after = self.last.iter().skip(1).chain([first]);
        self.indices.extend(after.map(|after| {
            let smooth = quarter * (before + *after) + half * at;
            (before, at) = (at, *after);
            smooth
        }));
        let count = count_f32(self.last.len());
        let square = |a: Lane, b: Lane| (a - b) * (a - b);
        let squares = sum_of_pairs(&self.last, &self.indices, square);
        let limit = splat(PEAK_DEVIATIONS) * (squares * splat(1.0 / count)).sqrt();
        for (index, raw) in self.indices.iter_mut().zip(&self.last) {
            let is_peak = (*raw - *index).abs().simd_gt(limit);
            *index = is_peak.select(*raw, *index) - Lane::ONE;
        }
        let noise = |raw: Lane, swing: Lane| square(raw - Lane::ONE, swing);
        let noise = sum_of_pairs(&self.last, &self.indices, noise);
        let spread = sum_of(&self.indices, |swing| swing * swing);
        // The variance of x - smooth(x) is 0.375 of the noise's; so is smooth(x)'s.
        let share = Lane::ONE - noise / where_less(Lane::ZERO, spread, spread, Lane::ONE);
        where_less(noise, spread, share, Lane::ZERO)
    }

    /// Draws the indices, each less 1, to 1, and makes 1 their mean.
    fn shrink(&mut self, kept: Lane) {
        for index in &mut self.indices {
            *index = Lane::ONE + kept * *index;
        }
        let sum = sum(&self.indices);
        let share = splat(count_f32(self.indices.len())) / sum;
        for index in &mut self.indices {
            *index = larger(*index * share, splat(narrow(INDEX_MIN)));
        }
    }

    /// Goes on with the season from its start.
    fn extend(&mut self, horizon: usize) {
        for place in 0..horizon {
            if let Some(index) = self.indices.get(place).copied() {
                self.indices.push(index);
            }
        }
    }

    /// Takes the season out of the `values` of the periods from `start` on.
    pub(super) fn take_out(&self, values: &[Lane], start: usize, out: &mut Vec<Lane>) {
        let mut passed = start % self.season;
        let mut values = values;
        while !values.is_empty() && !self.indices.is_empty() {
            let indices = self.indices.get(passed..self.season).unwrap_or_default();
            let (now, later) = values.split_at(indices.len().min(values.len()));
            let quiet = now.iter().zip(indices);
            out.extend(quiet.map(|(value, index)| *value / *index));
            (values, passed) = (later, 0);
        }
        out.extend_from_slice(values);
    }

    /// Gives a forecast of the periods from `start` on its season back; no demand is below zero.
    pub(super) fn give_back(&self, forecast: &[Lane], start: usize, out: &mut [Lane]) {
        let indices = self.indices.get(start % self.season..).unwrap_or_default();
        if self.indices.is_empty() {
            for (out, value) in out.iter_mut().zip(forecast) {
                *out = larger(*value * self.scale, Lane::ZERO);
            }
        }
        for ((out, value), index) in out.iter_mut().zip(forecast).zip(indices) {
            *out = larger(*value * (self.scale * *index), Lane::ZERO);
        }
    }

    /// Index of a period, of one series.
    pub(super) fn index(&self, lane: usize, period: usize) -> f32 {
        self.ahead(lane, period).next().unwrap_or(1.0)
    }

    /// Indices of the periods from `start` on, as many as a horizon has, of one series; nothing without a season.
    pub(super) fn ahead(&self, lane: usize, start: usize) -> impl Iterator<Item = f32> {
        let indices = self.indices.get(start % self.season..).unwrap_or_default();
        let of_lane = move |index: &Lane| index.as_array().get(lane).copied().unwrap_or(1.0);
        indices.iter().map(of_lane)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::lanes::of_four;

    #[test]
    fn one_season_gives_half_of_its_shape() {
        let history = [9.0, 8.0, 2.0, 4.0, 8.0].map(splat);
        let mut season = LaneSeason::default();
        season.set_last(&history, 4, 2);
        // Last season 8, 2, 4, 8 with mean 5.5, from the second period of the history on.
        for (period, value) in (5..).zip([8.0, 2.0, 4.0, 8.0, 8.0_f32]) {
            let kept = 1.0 + 0.5 * (value / 5.5 - 1.0);
            assert!((season.index(2, period) - kept).abs() < 1e-6, "{season:?}");
        }
        let mut quiet = Vec::new();
        season.take_out(&history, 0, &mut quiet);
        let mut back = [Lane::ZERO; 5];
        for (period, quiet) in quiet.iter().enumerate() {
            season.give_back(&[*quiet], period, &mut back[period..]);
        }
        let same = back.iter().zip(history);
        assert!(
            same.into_iter()
                .all(|(a, b)| (a.to_array()[1] - b.to_array()[1]).abs() < 1e-5)
        );
    }

    #[test]
    fn a_long_season_keeps_its_peaks_and_one_without_demand_shows_none() {
        let mut history = vec![splat(1.0); 60];
        history[40] = of_four([1.0, 30.0, 1.0, 1.0]);
        for value in &mut history {
            *value *= of_four([1.0, 1.0, 0.0, 1.0]);
        }
        let mut season = LaneSeason::default();
        season.set_last(&history, 52, 4);
        let mean = (30.0 + 51.0) / 52.0;
        assert!(
            (f64::from(season.index(1, 40 + 52)) - 30.0 / mean).abs() < 0.2,
            "{season:?}"
        );
        assert!((0..52).all(|period| [0, 2].map(|lane| season.index(lane, period)) == [1.0; 2]));
        season.set_last(&history[..52], 52, 4);
        assert_eq!(
            season.ahead(1, 40).next(),
            None,
            "one season alone says nothing"
        );
    }
}
