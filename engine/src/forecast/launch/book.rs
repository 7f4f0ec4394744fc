//! What past launches say of the next one.

use super::credibility::{Observed, credible_means};
use super::curve::Curve;
use super::{CURVE_WEEKS, ITEMS_MIN, LEVEL_WEEKS};
use crate::num::{count_f64, larger};
use crate::order;
use serde::{Deserialize, Serialize};

/// Times that levels of items and shares of outlets are taken out of each other.
const PASSES: usize = 3;
/// Least variance between items around what their group sells, relative to its square.
const ITEMS_VARIANCE_MIN: f64 = 0.05;
/// Least variance of an item's outlets around its level, relative to its square.
const OUTLETS_VARIANCE_MIN: f64 = 0.02;
/// Groups that an item is in: from the widest to the narrowest.
const DEPTHS: usize = 3;

/// What an item sold in an outlet from its first day on.
#[derive(Clone, Debug, PartialEq)]
pub struct PastLaunch {
    /// Which item.
    pub item: u32,
    /// Its groups, from the widest to the narrowest, each of them inside the one before.
    pub groups: [u32; DEPTHS],
    /// Which outlet.
    pub outlet: u32,
    /// Units of each complete week, without events; at least [`LEVEL_WEEKS`].
    pub weeks: Vec<f64>,
}

impl PastLaunch {
    /// Mean of the first weeks, units a week.
    #[must_use]
    pub fn level(&self) -> f64 {
        let first = self.weeks.iter().take(LEVEL_WEEKS);
        first.sum::<f64>() / count_f64(LEVEL_WEEKS)
    }
}

/// Everything learnt from past launches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaunchBook {
    /// The ramp.
    pub curve: Curve,
    /// Variance of a week over its mean.
    pub noise: f64,
    /// Variance of items around what their group sells, relative to its square.
    pub items_variance: f64,
    /// Variance of an item's outlets around its level, relative to its square.
    pub outlets_variance: f64,
    /// Items learnt from.
    pub items: usize,
    overall: f64,
    /// By depth: groups in order, and what an item sells a week in an outlet of share one.
    groups: [Vec<(u32, f64)>; DEPTHS],
    /// In order: shares of outlets of an item's level, one on average.
    outlets: Vec<(u32, f64)>,
}

/// An item of the panel.
struct Item {
    groups: [u32; DEPTHS],
    /// Launches of it.
    places: Vec<usize>,
    level: f64,
    /// Sum of its outlets' shares.
    share: f64,
}

impl LaunchBook {
    /// Learns from launches with all their level weeks known; `None` below [`ITEMS_MIN`] items.
    #[must_use]
    pub fn learn(launches: &[PastLaunch]) -> Option<Self> {
        let mut items = items(launches);
        if items.len() < ITEMS_MIN {
            return None;
        }
        let noise = dispersion(launches, &Curve::flat());
        let curve = Curve::learn(launches, noise);
        let noise = dispersion(launches, &curve);
        let mut outlets = outlet_codes(launches);
        for _ in 0..PASSES {
            set_levels(&mut items, launches, &outlets);
            set_outlets(&mut outlets, &items, launches);
        }
        set_levels(&mut items, launches, &outlets);
        let groups = group_levels(&items);
        let levels = items.iter().map(|item| item.level);
        let mut book = Self {
            curve,
            noise,
            items_variance: 0.0,
            outlets_variance: 0.0,
            items: items.len(),
            overall: levels.sum::<f64>() / count_f64(items.len()),
            groups,
            outlets,
        };
        book.outlets_variance = book.variance_of_outlets(&items, launches);
        book.items_variance = book.variance_of_items(&items);
        Some(book)
    }

    /// Units a week that an item of these groups sells in the first weeks, in an outlet of share
    /// one: of the narrowest group that is known.
    #[must_use]
    pub fn group_level(&self, groups: [u32; DEPTHS]) -> f64 {
        for (known, group) in self.groups.iter().zip(groups).rev() {
            if let Ok(place) = known.binary_search_by_key(&group, |(group, _)| *group) {
                return known.get(place).map_or(self.overall, |(_, level)| *level);
            }
        }
        self.overall
    }

    /// Share of an outlet of an item's level; one where nothing was launched yet.
    #[must_use]
    pub fn outlet_share(&self, outlet: u32) -> f64 {
        share(&self.outlets, outlet)
    }

    /// Moments: of squared distances of items from their groups, what weeks and outlets explain
    /// is taken away.
    fn variance_of_items(&self, items: &[Item]) -> f64 {
        let (mut excess, mut squares) = (0.0, 0.0);
        for item in items {
            let level = self.group_level(item.groups);
            let outlets = count_f64(item.places.len());
            let weeks = self.noise * level / (count_f64(LEVEL_WEEKS) * larger(item.share, 1e-9));
            let among = self.outlets_variance * level * level / larger(outlets, 1.0);
            excess += (item.level - level) * (item.level - level) - weeks - among;
            squares += level * level;
        }
        let count = count_f64(items.len());
        let variance = excess / larger(squares, 1e-9) * count / larger(count - 1.0, 1.0);
        larger(variance, ITEMS_VARIANCE_MIN)
    }

    fn variance_of_outlets(&self, items: &[Item], launches: &[PastLaunch]) -> f64 {
        let (mut excess, mut squares) = (0.0, 0.0);
        for item in items.iter().filter(|item| item.places.len() > 1) {
            for launch in item.places.iter().filter_map(|place| launches.get(*place)) {
                let share = self.outlet_share(launch.outlet);
                let expected = item.level * share;
                let off = launch.level() - expected;
                excess += off * off - self.noise * launch.level() / count_f64(LEVEL_WEEKS);
                squares += expected * expected * (1.0 - share / larger(item.share, 1e-9));
            }
        }
        larger(excess / larger(squares, 1e-9), OUTLETS_VARIANCE_MIN)
    }
}

fn items(launches: &[PastLaunch]) -> Vec<Item> {
    let mut items: Vec<(u32, Item)> = Vec::new();
    for (place, launch) in launches.iter().enumerate() {
        if launch.weeks.len() < LEVEL_WEEKS {
            continue;
        }
        let at = items.partition_point(|(item, _)| *item < launch.item);
        if items.get(at).is_none_or(|(item, _)| *item != launch.item) {
            let item = Item {
                groups: launch.groups,
                places: Vec::new(),
                level: 0.0,
                share: 0.0,
            };
            items.insert(at, (launch.item, item));
        }
        if let Some((_, item)) = items.get_mut(at) {
            item.places.push(place);
        }
    }
    items.into_iter().map(|(_, item)| item).collect()
}

/// Pearson's estimate: mean squared distance from the fit over the fit, with the degrees of
/// freedom of the levels taken away. Source: McCullagh and Nelder (1989), Generalized Linear
/// Models, eq. 4.23. At least one.
fn dispersion(launches: &[PastLaunch], curve: &Curve) -> f64 {
    let (mut sum, mut freedom) = (0.0, 0.0);
    for launch in launches {
        let level = launch.level();
        if level <= 0.0 {
            continue;
        }
        for (week, units) in launch.weeks.iter().take(LEVEL_WEEKS).enumerate() {
            let fit = larger(level * curve.at(week), 1e-9);
            sum += (units - fit) * (units - fit) / fit;
            freedom += 1.0 - 1.0 / count_f64(LEVEL_WEEKS);
        }
    }
    larger(sum / larger(freedom, 1.0), 1.0)
}

fn outlet_codes(launches: &[PastLaunch]) -> Vec<(u32, f64)> {
    let codes = order::collect_set(launches.iter().map(|launch| launch.outlet));
    codes.into_iter().map(|outlet| (outlet, 1.0)).collect()
}

fn share(outlets: &[(u32, f64)], outlet: u32) -> f64 {
    let place = outlets.binary_search_by_key(&outlet, |(outlet, _)| *outlet);
    let known = place.ok().and_then(|place| outlets.get(place));
    known.map_or(1.0, |(_, share)| *share)
}

fn set_levels(items: &mut [Item], launches: &[PastLaunch], outlets: &[(u32, f64)]) {
    for item in items {
        let (mut units, mut shares) = (0.0, 0.0);
        for launch in item.places.iter().filter_map(|place| launches.get(*place)) {
            units += launch.level();
            shares += share(outlets, launch.outlet);
        }
        item.share = shares;
        item.level = units / larger(shares, 1e-9);
    }
}

fn set_outlets(outlets: &mut [(u32, f64)], items: &[Item], launches: &[PastLaunch]) {
    let mut observed = vec![Observed::default(); outlets.len()];
    for item in items.iter().filter(|item| item.level > 0.0) {
        for launch in item.places.iter().filter_map(|place| launches.get(*place)) {
            let place = outlets.binary_search_by_key(&launch.outlet, |(outlet, _)| *outlet);
            if let Some(observed) = place.ok().and_then(|place| observed.get_mut(place)) {
                observed.add(launch.level() / item.level);
            }
        }
    }
    let means = credible_means(&observed);
    let mean = means.iter().sum::<f64>() / count_f64(means.len().max(1));
    for ((_, share), own) in outlets.iter_mut().zip(means) {
        *share = own / larger(mean, 1e-9);
    }
}

/// Levels by group: narrower ones are drawn to the wider one they are in.
fn group_levels(items: &[Item]) -> [Vec<(u32, f64)>; DEPTHS] {
    let overall = items.iter().map(|item| item.level).sum::<f64>() / count_f64(items.len().max(1));
    let mut wider: Vec<(u32, f64)> = Vec::new();
    let mut depth = 0;
    [(); DEPTHS].map(|()| {
        let own = depth;
        depth += 1;
        let group = |item: &Item| item.groups.get(own).copied().unwrap_or(0);
        let parent = |item: &Item| {
            let group = own.checked_sub(1).and_then(|above| item.groups.get(above));
            group.map_or(overall, |group| {
                let place = wider.binary_search_by_key(group, |(group, _)| *group);
                let known = place.ok().and_then(|place| wider.get(place));
                known.map_or(overall, |(_, level)| *level)
            })
        };
        let codes = order::collect_set(items.iter().map(group));
        let codes: Vec<u32> = codes.into_iter().collect();
        let mut observed = vec![Observed::default(); codes.len()];
        let mut above = vec![overall; codes.len()];
        for item in items {
            let Ok(place) = codes.binary_search(&group(item)) else {
                continue;
            };
            let level = parent(item);
            if let (Some(observed), Some(above)) = (observed.get_mut(place), above.get_mut(place)) {
                // Relative to the wider group: what is drawn is how far a group is from it.
                observed.add(item.level / larger(level, 1e-9));
                *above = level;
            }
        }
        let means = credible_means(&observed);
        let levels = means.iter().zip(&above).map(|(mean, above)| mean * above);
        wider = codes.into_iter().zip(levels).collect();
        wider.clone()
    })
}

/// Complete weeks of a launch that a book uses.
impl PastLaunch {
    /// A launch as it was known when only so many of its weeks had passed.
    #[must_use]
    pub fn known(&self, weeks: usize) -> Self {
        let weeks = self.weeks.iter().take(weeks.min(CURVE_WEEKS));
        Self {
            weeks: weeks.copied().collect(),
            ..*self
        }
    }
}
