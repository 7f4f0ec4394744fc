//! Totals of groups of series: what many histories together show of a season. And how many
//! series there are of each class, so that a sample of them can speak for all.

use serde::{Deserialize, Serialize};

use super::class::DemandClass;
use super::panel::{Kinship, Member};
use super::season::Adjustment;
use crate::num::{WHOLE_LIMIT, nearest_whole, round_whole, sqrt, whole_f64};
use crate::rng::mix;

/// Series of a class that are scored with every model; of more, so many are drawn. Seldom demand
/// tells less and has fewer models that suit it.
const SAMPLE: u32 = 256;
const SELDOM_SAMPLE: u32 = 768;

/// Fewest series whose total says more than one of them alone.
const MEMBERS_MIN: u32 = 5;
/// Stands for every region.
const ANYWHERE: u32 = u32::MAX;
/// Stands for every category.
const EVERYTHING: u32 = u32::MAX;
/// Fixed point of the sums, so that they merge exactly: units of 2^-20.
const UNIT: f64 = 1_048_576.0;

/// The totals of one part of a panel, in units of demand; parts merge exactly, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPartial {
    /// In rising order of their places.
    totals: Vec<Total>,
    /// Series of each class.
    classes: [u32; DemandClass::COUNT],
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Total {
    /// Category and region; parts of a panel know no wider ones.
    place: (u32, u32),
    members: u32,
    /// By period, newest first.
    sums: Vec<i64>,
}

impl Total {
    /// Adds figures by period, newest first.
    fn add(&mut self, members: u32, figures: impl ExactSizeIterator<Item = i64>) {
        self.members += members;
        if self.sums.len() < figures.len() {
            self.sums.resize(figures.len(), 0);
        }
        for (sum, more) in self.sums.iter_mut().zip(figures) {
            *sum = sum.saturating_add(more);
        }
    }
}

impl GroupPartial {
    /// The totals of some series.
    #[must_use]
    pub fn of<'a>(members: impl Iterator<Item = Member<'a>>) -> Self {
        let mut partial = Self::default();
        for Member { values, kin, .. } in members {
            partial.add(values, kin);
            if let Some(count) = partial.classes.get_mut(DemandClass::of(values).index()) {
                *count += 1;
            }
        }
        partial
    }

    /// Adds a history, oldest first; missing periods count as no demand.
    fn add(&mut self, values: &[f64], kin: Option<Kinship>) {
        if let Some(Kinship { category, region }) = kin {
            let newest_first = values.iter().rev().map(|value| value * UNIT);
            let total = self.total((category, region));
            let is_common = |value: &f64| value.abs() * UNIT < WHOLE_LIMIT;
            if values
                .iter()
                .fold(true, |all, value| all & is_common(value))
            {
                total.add(1, newest_first.map(nearest_whole));
            } else {
                total.add(1, newest_first.map(round_whole));
            }
        }
    }

    /// Adds the totals of another part.
    pub fn merge(&mut self, other: &Self) {
        self.add_totals(other, |place| [place]);
        for (count, more) in self.classes.iter_mut().zip(other.classes) {
            *count += more;
        }
    }

    /// Adds the totals of another part, each to some places.
    fn add_totals<const N: usize>(
        &mut self,
        other: &Self,
        to: impl Fn((u32, u32)) -> [(u32, u32); N],
    ) {
        for more in &other.totals {
            for place in to(more.place) {
                self.total(place)
                    .add(more.members, more.sums.iter().copied());
            }
        }
    }

    fn total(&mut self, place: (u32, u32)) -> &mut Total {
        let at = self.totals.partition_point(|total| total.place < place);
        if self.totals.get(at).is_none_or(|total| total.place != place) {
            let total = Total {
                place,
                ..Total::default()
            };
            self.totals.insert(at, total);
        }
        &mut self.totals[at]
    }

    /// The histories of the groups that are large enough: of categories in regions, of categories, of all.
    #[must_use]
    pub fn finish(&self) -> Groups {
        let mut all = Self::default();
        all.add_totals(self, |(category, region)| {
            [
                (category, region),
                (category, ANYWHERE),
                (EVERYTHING, ANYWHERE),
            ]
        });
        let large = all
            .totals
            .iter()
            .filter(|total| total.members >= MEMBERS_MIN);
        let history = |total: &Total| {
            let values = total.sums.iter().rev();
            values.map(|sum| whole_f64(*sum) / UNIT).collect()
        };
        Groups {
            histories: large.map(|total| (total.place, history(total))).collect(),
            drawn: drawn(self.classes),
        }
    }
}

/// Lots below these are drawn when there are so many series of each class.
fn drawn(counts: [u32; DemandClass::COUNT]) -> [u64; DemandClass::COUNT] {
    let mut drawn = counts.map(|_| 1 << 32);
    for (class, (drawn, count)) in DemandClass::ALL.iter().zip(drawn.iter_mut().zip(counts)) {
        let sample = match class.is_intermittent() {
            true => SELDOM_SAMPLE,
            false => SAMPLE,
        };
        if count > sample {
            *drawn = (u64::from(sample) << 32) / u64::from(count);
        }
    }
    drawn
}

/// Histories of groups, broadcast to every partition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Groups {
    /// By category and region, in rising order.
    histories: Vec<((u32, u32), Vec<f64>)>,
    /// By class: lots of 32 bits below this are drawn.
    drawn: [u64; DemandClass::COUNT],
}

impl Groups {
    /// The narrowest group of a series that is large enough: goods of its category in its
    /// region, or anywhere.
    pub(super) fn of(&self, kin: Option<Kinship>) -> Option<usize> {
        let Kinship { category, region } = kin?;
        let find = |place| {
            self.histories
                .binary_search_by_key(&place, |(at, _)| *at)
                .ok()
        };
        find((category, region)).or_else(|| find((category, ANYWHERE)))
    }

    /// Whether a history of some class is one of those that every model is scored on. Its own figures are the
    /// lot, so the draw is the same however the panel is split.
    pub(super) fn draws(&self, values: &[f64], class: impl FnOnce() -> DemandClass) -> bool {
        let newest = values.iter().rev().zip(LOT_FACTORS);
        let lot = mix(newest.fold(LOT, |lot, (value, factor)| {
            let bits = value.to_bits();
            // Figures without a fraction differ in their upper half only.
            lot.wrapping_add((bits ^ bits >> 32).wrapping_mul(factor))
        }));
        let is_below = |below: &u64| lot >> 32 < *below;
        // Most are drawn by no class, and need not be classed.
        self.drawn.iter().any(is_below) && self.drawn.get(class().index()).is_some_and(is_below)
    }

    /// History of all series together.
    pub(super) fn everything(&self) -> &[f64] {
        let last = self.histories.last();
        last.filter(|(place, _)| *place == (EVERYTHING, ANYWHERE))
            .map_or(&[], |(_, values)| values)
    }

    /// The season after the end that the narrowest group of a series shows, by period, halved
    /// (the root of each index) since goods follow their group only so far; empty where none is
    /// shown.
    #[must_use]
    pub fn half_season(&self, kin: Kinship, season: usize) -> Vec<f64> {
        let Some(group) = self.of(Some(kin)) else {
            return Vec::new();
        };
        let mut work = Adjustment::default();
        work.set_group(self.history(group), season);
        work.ahead.iter().map(|index| sqrt(*index)).collect()
    }

    /// History of a group, oldest first, ending with the panel.
    pub(super) fn history(&self, group: usize) -> &[f64] {
        self.histories.get(group).map_or(&[], |(_, values)| values)
    }
}

/// What a history's lot starts from, and how much each of the newest values is worth in it, odd numbers.
const LOT: u64 = 0x9e37_79b9_7f4a_7c15;
const LOT_FACTORS: [u64; 32] = {
    let (mut factors, mut place) = ([LOT; 32], 1);
    while place < factors.len() {
        factors[place] = factors[place - 1].wrapping_mul(LOT);
        place += 1;
    }
    factors
};

#[cfg(test)]
mod tests {
    use super::*;

    fn kin(category: u32, region: u32) -> Option<Kinship> {
        Some(Kinship { category, region })
    }

    #[test]
    fn a_small_group_leans_on_its_category() {
        let mut partial = GroupPartial::default();
        for _ in 0..5 {
            partial.add(&[1.0, 2.0, 0.5], kin(3, 0));
        }
        partial.add(&[4.0], kin(3, 1));
        partial.add(&[9.0], None);
        let groups = partial.finish();
        let own = groups.of(kin(3, 0)).expect("five members");
        assert_eq!(groups.history(own), [5.0, 10.0, 2.5]);
        let wider = groups.of(kin(3, 1)).expect("the category has six");
        assert_eq!(groups.history(wider), [5.0, 10.0, 6.5]);
        assert_eq!(groups.of(kin(4, 0)), None);
        assert_eq!(groups.of(None), None);
    }

    #[test]
    fn parts_merge_to_the_whole() {
        let series = [[1.5, f64::NAN, 2.0], [0.1, 0.2, 0.3], [7.0, 8.0, 9.0]];
        let sum = |rows: &[[f64; 3]]| {
            let mut partial = GroupPartial::default();
            for row in rows {
                partial.add(row, kin(0, 0));
            }
            partial
        };
        let mut merged = sum(&series[1..]);
        merged.merge(&sum(&series[..1]));
        assert_eq!(merged, sum(&series));
    }
}
