//! Seasonal adjustment: multiplicative indices by classical decomposition.

use crate::num::{count_f64, sqrt, sum, sum_of, sum_of_pairs};

/// Seasonal indices of one history.
#[derive(Debug, Default)]
pub(super) struct Adjustment {
    /// Factor of the forecast besides its indices.
    pub(super) scale: f64,
    /// One index for each period of the season that follows the history, in
    /// order; empty if nothing was adjusted.
    pub(super) ahead: Vec<f64>,
    index: Vec<f64>,
    ratios: Ratios,
    average: Vec<f64>,
}

/// Sums of the ratios to the moving average, by position in the season.
#[derive(Debug, Default)]
struct Ratios {
    sum: Vec<f64>,
    squares: Vec<f64>,
    count: Vec<f64>,
}

/// Longest season whose indices stand alone; longer ones are smoothed with
/// their neighbours, because each rests on a few values.
pub(super) const SEASON_SMOOTHED_FROM: usize = 26;
pub(super) const INDEX_MIN: f64 = 0.02;

impl Adjustment {
    /// The indices of a season that starts with the history; a single 1 without a season.
    pub(super) fn indices(&self) -> &[f64] {
        match self.ahead.is_empty() {
            true => &[1.0],
            false => &self.index,
        }
    }

    /// No season.
    fn set_plain(&mut self) {
        self.ahead.clear();
        self.scale = 1.0;
    }

    /// Adjusts `history` for a season of `season` periods; without two full
    /// seasons, or with a moving average of zero, it stays as it is.
    ///
    /// Ratio to the centred moving average, averaged by season, shrunk towards
    /// 1 by James-Stein, normalised to mean 1.
    ///
    /// Source: Makridakis, Wheelwright & Hyndman (1998), ch. 3; Miller &
    /// Williams (2003), IJF 19, 669-684, shrinkage of seasonal factors.
    pub(super) fn set_seasonal(&mut self, history: &[f64], season: usize) {
        if season < 2 || history.len() < 2 * season || !self.decompose(history, season, true) {
            self.set_plain();
            return;
        }
        self.turn(history.len());
    }

    /// Takes in the total of a group: its season by decomposition where two are known, else
    /// the shape of the last one. A total is steady enough to keep its peaks as they are.
    pub(super) fn set_group(&mut self, history: &[f64], season: usize) {
        if is_seasonal(history, season) && self.decompose(history, season, false) {
            self.turn(history.len());
        } else {
            self.set_as_last_season(history, season);
        }
    }

    /// Adjusts `history` by the shape of its last season as it was, noise and all; shorter
    /// than a season and a period, or without demand in the last one, it stays as it is.
    pub(super) fn set_as_last_season(&mut self, history: &[f64], season: usize) {
        if self.take_last_season(history, season) {
            self.shrink(1.0);
            self.turn(history.len());
        } else {
            self.set_plain();
        }
    }

    /// Fills `index` with the last season over its mean; false if there is none.
    fn take_last_season(&mut self, history: &[f64], season: usize) -> bool {
        let start = history.len().saturating_sub(season);
        let last = history.get(start..).unwrap_or_default();
        let mean = sum(last) / count_f64(season.max(1));
        if season < 2 || start == 0 || mean <= 0.0 {
            return false;
        }
        // From the order of the calendar to the position in the season.
        let skipped = (season - start % season) % season;
        self.index.clear();
        let (late, early) = last.split_at(skipped);
        self.index.extend(early.iter().map(|value| value / mean));
        self.index.extend(late.iter().map(|value| value / mean));
        true
    }

    /// Adjusts `history` by indices from elsewhere, for the season that follows it.
    pub(super) fn set_index(&mut self, history: &[f64], ahead: impl Iterator<Item = f64>) {
        self.index.clear();
        self.index.extend(ahead.map(|index| index.max(INDEX_MIN)));
        // From the season after the history to the one that starts with it.
        let season = self.index.len().max(1);
        let back = history.len() % season;
        self.index.rotate_right(back);
        self.turn(history.len());
    }

    fn shrink(&mut self, kept: f64) {
        for index in &mut self.index {
            *index = 1.0 + kept * (*index - 1.0);
        }
        normalise(&mut self.index);
    }

    /// Turns the indices to what comes after so many periods.
    fn turn(&mut self, length: usize) {
        let (passed, next) = self.index.split_at(length % self.index.len().max(1));
        self.ahead.clear();
        self.ahead.extend_from_slice(next);
        self.ahead.extend_from_slice(passed);
        self.scale = 1.0;
    }

    /// Fills `index`; false if the history has no usable moving average.
    fn decompose(&mut self, history: &[f64], season: usize, is_smoothed: bool) -> bool {
        centred_average(history, season, &mut self.average);
        self.ratios.reset(season);
        let lead = season / 2;
        for (position, (value, average)) in history.iter().skip(lead).zip(&self.average).enumerate()
        {
            if *average > 0.0 {
                self.ratios.add((position + lead) % season, value / average);
            }
        }
        if self.ratios.count.contains(&0.0) {
            return false;
        }
        self.index.clear();
        let means = self
            .ratios
            .sum
            .iter()
            .zip(&self.ratios.count)
            .map(|(sum, n)| sum / n);
        self.index.extend(means);
        if is_smoothed && season >= SEASON_SMOOTHED_FROM {
            smooth_circular(&mut self.index, &mut self.average);
        }
        let kept = 1.0 - self.ratios.noise_share(&self.index);
        self.shrink(kept);
        true
    }
}

impl Ratios {
    fn reset(&mut self, season: usize) {
        for column in [&mut self.sum, &mut self.squares, &mut self.count] {
            column.clear();
            column.resize(season, 0.0);
        }
    }

    fn add(&mut self, position: usize, ratio: f64) {
        for (column, value) in [
            (&mut self.sum, ratio),
            (&mut self.squares, ratio * ratio),
            (&mut self.count, 1.0),
        ] {
            if let Some(cell) = column.get_mut(position) {
                *cell += value;
            }
        }
    }

    /// James-Stein weight of the common mean: the part of the spread among
    /// `index` that sampling noise explains.
    fn noise_share(&self, index: &[f64]) -> f64 {
        let season = count_f64(index.len());
        if season < 4.0 {
            return 0.0;
        }
        let mean = index.iter().sum::<f64>() / season;
        let spread = index.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (season - 1.0);
        let (mut squares, mut freedom, mut count) = (0.0, 0.0, 0.0);
        for ((sum, square), n) in self.sum.iter().zip(&self.squares).zip(&self.count) {
            squares += (square - sum * sum / n).max(0.0);
            freedom += n - 1.0;
            count += n;
        }
        if spread <= 0.0 || freedom < 1.0 {
            return 0.0;
        }
        let smoothing = if index.len() >= SEASON_SMOOTHED_FROM {
            0.375
        } else {
            1.0
        };
        let noise = smoothing * (squares / freedom) / (count / season);
        (season - 3.0) / (season - 1.0) * (noise / spread).min(1.0)
    }
}

/// Centred moving average of a full season, from position season / 2 on.
fn centred_average(history: &[f64], season: usize, average: &mut Vec<f64>) {
    average.clear();
    let width = count_f64(season);
    let mut sum: f64 = history.iter().take(season).sum();
    let leaving = history.iter();
    let entering = history.iter().skip(season);
    if season % 2 == 1 {
        average.push(sum / width);
        for (left, entered) in leaving.zip(entering) {
            sum += entered - left;
            average.push(sum / width);
        }
    } else {
        for (left, entered) in leaving.zip(entering) {
            let next = sum + entered - left;
            average.push(0.5 * (sum + next) / width);
            sum = next;
        }
    }
}

/// Weights 1-2-1 over neighbours, the season taken as a ring.
fn smooth_circular(index: &mut Vec<f64>, smoothed: &mut Vec<f64>) {
    smoothed.clear();
    let (Some(first), Some(last)) = (index.first(), index.last()) else {
        return;
    };
    let mut before = *last;
    let mut at = *first;
    for after in index.iter().skip(1).chain([first]) {
        smoothed.push(0.25 * before + 0.5 * at + 0.25 * after);
        (before, at) = (at, *after);
    }
    std::mem::swap(index, smoothed);
}

fn normalise(index: &mut [f64]) {
    let mean = sum(index) / count_f64(index.len());
    for index in index {
        *index = (*index / mean).max(INDEX_MIN);
    }
}

/// Growth beyond which a season is no guide to the next.
pub(super) const GROWTH_LIMITS: (f32, f32) = (0.5, 2.0);

/// Periods whose sum is compared with a season before.
pub(super) fn quarter(season: usize) -> usize {
    (season / 4).max(1)
}

/// Sum of the last quarter over that of a season before, within limits; 1 when either is not
/// known or there was no demand.
pub(super) fn growth(known: &[f64], season: usize) -> f64 {
    let of = |end: usize| -> Option<f64> {
        let start = end.checked_sub(quarter(season))?;
        Some(sum(known.get(start..end)?))
    };
    let now = of(known.len());
    let before = known.len().checked_sub(season).and_then(of);
    match (now, before) {
        (Some(now), Some(before)) if now > 0.0 && before > 0.0 => {
            (now / before).clamp(f64::from(GROWTH_LIMITS.0), f64::from(GROWTH_LIMITS.1))
        }
        _ => 1.0,
    }
}

/// Whether a history shows a season that can be taken out: two of them and a period, and, where
/// a season is long and its indices rest on two values each, a significant one. Indices of a
/// short season are shrunk by their noise, which does better than a test.
pub(super) fn shows_season(history: &[f64], season: usize) -> bool {
    let is_long = season >= SEASON_SMOOTHED_FROM;
    season >= 2 && history.len() > 2 * season && (!is_long || is_seasonal(history, season))
}

/// Whether the autocorrelation at the season's lag is significant at 90 %.
///
/// Source: Assimakopoulos & Nikolopoulos (2000), IJF 16, the test of the theta
/// method, with Bartlett's variance of the autocorrelation.
fn is_seasonal(history: &[f64], season: usize) -> bool {
    let n = history.len();
    if season < 2 || n < 2 * season + 1 {
        return false;
    }
    let mean = sum(history) / count_f64(n);
    let variance = sum_of(history, |x| (x - mean) * (x - mean));
    if variance <= 0.0 {
        return false;
    }
    let correlation = |lag: usize| {
        let later = history.get(lag..).unwrap_or_default();
        sum_of_pairs(history, later, |a, b| (a - mean) * (b - mean)) / variance
    };
    let squares: f64 = (1..season).map(correlation).map(|r| r * r).sum();
    correlation(season) > 1.645 * sqrt((1.0 + 2.0 * squares) / count_f64(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pure_season_is_taken_out_exactly() {
        let shape = [0.5, 1.5, 0.8, 1.2];
        let history: Vec<f64> = shape.iter().cycle().take(22).map(|x| x * 40.0).collect();
        assert!(is_seasonal(&history, 4));
        let mut adjustment = Adjustment::default();
        adjustment.set_seasonal(&history, 4);
        // 22 periods seen: the next one is the third of the season.
        assert!((adjustment.indices()[2] - 0.8).abs() < 1e-12);
        assert!((adjustment.indices()[0] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn noise_is_not_a_season() {
        let stream = crate::rng::Stream::from_seed(7);
        let history: Vec<f64> = (0..60).map(|n| 100.0 + stream.f64_at(n)).collect();
        assert!(!is_seasonal(&history, 12));
    }
}
