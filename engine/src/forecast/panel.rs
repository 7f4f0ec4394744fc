//! The demand panel: many series in one column.

use serde::{Deserialize, Serialize};

use crate::num::{index_u32, index_usize};

/// Length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Days.
    Daily,
    /// Weeks.
    Weekly,
    /// Calendar months.
    Monthly,
    /// Calendar quarters.
    Quarterly,
}

impl Frequency {
    /// Every frequency, shortest period first.
    pub const ALL: [Self; 4] = [Self::Daily, Self::Weekly, Self::Monthly, Self::Quarterly];

    /// One-letter code: `D`, `W`, `M`, `Q`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Daily => "D",
            Self::Weekly => "W",
            Self::Monthly => "M",
            Self::Quarterly => "Q",
        }
    }

    /// Reads a one-letter code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|frequency| frequency.code() == code)
    }

    /// Usual number of periods in a season: a week of days, else a year.
    #[must_use]
    pub const fn season(self) -> usize {
        match self {
            Self::Daily => 7,
            Self::Weekly => 52,
            Self::Monthly => 12,
            Self::Quarterly => 4,
        }
    }
}

/// The groups a series belongs to, by number: its category, and its region within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kinship {
    /// What kind of goods.
    pub category: u32,
    /// Sold where.
    pub region: u32,
}

/// One history with its groups.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The history, oldest period first; NaN for a missing one.
    pub values: &'a [f64],
    /// Its groups, if it has any.
    pub kin: Option<Kinship>,
    /// What events do to it; `values` are without that.
    pub lift: Option<Lift<'a>>,
    /// Share of each period in which demand could be seen; the rest of its value is an estimate.
    /// Empty where all of it was. A period seen for less than half measures no forecast.
    pub seen: &'a [f32],
}

/// Factors of events on the periods of one series.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lift<'a> {
    /// On each period of the history: demand is the value times this.
    pub past: &'a [f64],
    /// The same as it was known when each period was forecast; errors are measured with it.
    pub known: &'a [f64],
    /// On each period ahead.
    pub ahead: &'a [f64],
    /// Standard error of the logarithm of what was known of each period of the history, then of those ahead;
    /// empty where the factors are certain.
    pub error: &'a [f64],
}

/// Demand histories of one frequency, all ending in the same period.
///
/// Series are dense: number i holds `values[offsets[i]..offsets[i + 1]]`, oldest
/// first. NaN marks a missing period.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    frequency: Frequency,
    season: usize,
    values: Vec<f64>,
    offsets: Vec<u32>,
    kin: Vec<Option<Kinship>>,
}

impl Panel {
    /// An empty panel; `season` is the number of periods in a season, at least 1.
    #[must_use]
    pub fn new(frequency: Frequency, season: usize) -> Self {
        Self {
            frequency,
            season: season.max(1),
            values: Vec::new(),
            offsets: vec![0],
            kin: Vec::new(),
        }
    }

    /// Adds a series, oldest period first; NaN for a missing period, anything
    /// infinite counts as missing. `None`, and nothing added, if the panel
    /// would pass 2^32 - 1 values.
    pub fn push(&mut self, values: impl IntoIterator<Item = f64>) -> Option<()> {
        self.push_member(values, None)
    }

    /// [`Self::push`] with the groups of the series.
    pub fn push_member(
        &mut self,
        values: impl IntoIterator<Item = f64>,
        kin: Option<Kinship>,
    ) -> Option<()> {
        let before = self.values.len();
        self.values.extend(
            values
                .into_iter()
                .map(|value| if value.is_finite() { value } else { f64::NAN }),
        );
        match index_u32(self.values.len()) {
            Some(end) => self.offsets.push(end),
            None => {
                self.values.truncate(before);
                return None;
            }
        }
        self.kin.push(kin);
        Some(())
    }

    /// Number of series.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether the panel has no series.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Length of a period.
    #[must_use]
    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// Periods in a season.
    #[must_use]
    pub fn season(&self) -> usize {
        self.season
    }

    /// The series in order, oldest period first.
    pub fn series(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        let ends = self.offsets.iter().skip(1);
        self.offsets.iter().zip(ends).map(|(start, end)| {
            let place = index_usize(*start)..index_usize(*end);
            self.values.get(place).unwrap_or_default()
        })
    }

    /// The series with their groups.
    pub fn members(&self) -> impl Iterator<Item = Member<'_>> {
        let kin = self.kin.iter().copied();
        let member = |(values, kin)| Member {
            values,
            kin,
            lift: None,
            seen: &[],
        };
        self.series().zip(kin).map(member)
    }

    /// The same panel without the last `periods` of every series.
    #[must_use]
    pub fn without_last(&self, periods: usize) -> Self {
        let mut shorter = Self::new(self.frequency, self.season);
        for Member { values, kin, .. } in self.members() {
            let kept = values.len().saturating_sub(periods);
            let known = values.iter().copied().take(kept);
            // Cannot pass the limit that the longer panel kept.
            if shorter.push_member(known, kin).is_none() {
                break;
            }
        }
        shorter
    }
}

/// Least share of a period in which demand was seen that makes it a yardstick.
const SEEN_MIN: f32 = 0.5;

/// Whether a period's demand was seen for long enough to measure a forecast by.
#[must_use]
pub fn is_seen(seen: &[f32], period: usize) -> bool {
    seen.get(period).is_none_or(|share| *share >= SEEN_MIN)
}

/// Copies a history with its missing periods filled: linearly between the
/// neighbours, with the nearest value at the ends, with zero if all is missing.
pub(super) fn fill_missing(series: &[f64], filled: &mut Vec<f64>) {
    filled.clear();
    let mut last: Option<f64> = None;
    let mut gap = 0_u32;
    for value in series {
        if value.is_nan() {
            gap += 1;
            continue;
        }
        let start = last.unwrap_or(*value);
        let step = (value - start) / f64::from(gap + 1);
        filled.extend((1..=gap).map(|position| start + step * f64::from(position)));
        filled.push(*value);
        last = Some(*value);
        gap = 0;
    }
    filled.extend((0..gap).map(|_| last.unwrap_or(0.0)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_between_neighbours() {
        let mut filled = Vec::new();
        let nan = f64::NAN;
        fill_missing(&[nan, 2.0, nan, nan, 5.0, nan], &mut filled);
        assert_eq!(filled, [2.0, 2.0, 3.0, 4.0, 5.0, 5.0]);
        fill_missing(&[nan, nan], &mut filled);
        assert_eq!(filled, [0.0, 0.0]);
    }
}
