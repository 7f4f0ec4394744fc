//! Sorting with one copy of the algorithm, and maps and sets that are made without sorting.
//!
//! The standard library's sorts are compiled anew for every type and closure, some 3 KiB each:
//! together an eighth of the engine's module. Here the algorithm works on places and asks a
//! closure behind a reference; only the exchange of items is compiled for each type. Stable.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Length of the runs that insertion makes.
const RUN: usize = 8;

/// Compares the items at two places.
type Compare<'a> = &'a mut dyn FnMut(u32, u32) -> Ordering;

/// Sorts items by a comparison; equal ones keep their order. At most 2^32 - 1 items.
///
/// ```
/// let mut words = ["ox", "a", "bee", "cat"];
/// engine::order::sort_by(&mut words, |a, b| a.len().cmp(&b.len()));
/// assert_eq!(words, ["a", "ox", "bee", "cat"]);
/// ```
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut places = places(items.len());
    let known = &*items;
    sort_places(
        &mut places,
        &mut |a, b| match (at(known, a), at(known, b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        },
    );
    arrange(items, &mut places);
}

/// Sorts items by a key; equal ones keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts items by their own order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// The map of some pairs; of equal keys the last counts. `collect` sorts first, by a sort of its own for every type.
///
/// ```
/// let map = engine::order::collect_map([("b", 1), ("a", 2), ("b", 3)]);
/// assert!(map.into_iter().eq([("a", 2), ("b", 3)]));
/// ```
pub fn collect_map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// The set of some items, as [`collect_map`].
pub fn collect_set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// The places of so many items, in order.
#[must_use]
pub fn places(count: usize) -> Vec<u32> {
    (0..u32::try_from(count).unwrap_or(u32::MAX)).collect()
}

/// Sorts places by a comparison of what stands there; equal ones keep their order.
///
/// Runs made by insertion, merged in pairs; two runs that follow each other are left alone.
pub fn sort_places(places: &mut [u32], compare: Compare<'_>) {
    for run in places.chunks_mut(RUN) {
        insert_all(run, compare);
    }
    let mut merged = Vec::with_capacity(places.len());
    let mut width = RUN;
    while width < places.len() {
        for pair in places.chunks_mut(2 * width) {
            merge(pair, width, &mut merged, compare);
        }
        width *= 2;
    }
}

fn insert_all(run: &mut [u32], compare: Compare<'_>) {
    for end in 1..run.len() {
        let Some((new, sorted)) = run.get_mut(..=end).and_then(<[u32]>::split_last_mut) else {
            continue;
        };
        let place = sorted
            .iter()
            .rposition(|old| compare(*old, *new) != Ordering::Greater);
        let place = place.map_or(0, |before| before + 1);
        if let Some(later) = run.get_mut(place..=end) {
            later.rotate_right(1);
        }
    }
}

fn merge(pair: &mut [u32], width: usize, merged: &mut Vec<u32>, compare: Compare<'_>) {
    let Some((left, right)) = pair.split_at_checked(width) else {
        return;
    };
    let (Some(last), Some(first)) = (left.last(), right.first()) else {
        return;
    };
    if compare(*last, *first) != Ordering::Greater {
        return;
    }
    merged.clear();
    let mut right = right.iter().copied().peekable();
    for left in left {
        while let Some(smaller) = right.next_if(|right| compare(*left, *right) == Ordering::Greater)
        {
            merged.push(smaller);
        }
        merged.push(*left);
    }
    // What is left of the right half stands where it belongs.
    for (slot, place) in pair.iter_mut().zip(&*merged) {
        *slot = *place;
    }
}

/// Brings the item of each place to where the place stands.
fn arrange<T>(items: &mut [T], places: &mut [u32]) {
    for start in 0..items.len() {
        let mut here = start;
        // Follows the circle of exchanges, marking each place as done.
        while let Some(from) = places.get_mut(here) {
            let there = *from as usize;
            *from = here as u32;
            if there == start || there == here {
                break;
            }
            items.swap(here, there);
            here = there;
        }
    }
}

fn at<T>(items: &[T], place: u32) -> Option<&T> {
    items.get(place as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_stable_sort_of_the_standard_library(keys in prop::collection::vec(0_u8..40, 0..300)) {
            let mut items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by_key(&mut items, |item| item.0);
            prop_assert_eq!(items, expected);
        }
    }
}
