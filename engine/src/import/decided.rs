//! What decisions change in the dataset that a plan is made of.

use super::folder::add_import;
use crate::dataset::Dataset;
use crate::plan::adjust::{Decisions, moved_events};
use crate::plan::launch::planned_goods;

/// Adds the goods that only decisions know to a dataset that has its date, and puts events on the days that were
/// decided; whether each decision on an event found its occurrence, in their order.
pub fn put_decisions(dataset: &mut Dataset, decisions: &Decisions) -> Vec<bool> {
    if let Some(goods) = planned_goods(dataset, &decisions.launches) {
        add_import(dataset, vec![goods]);
    }
    let (events, found) = moved_events(dataset, &decisions.events);
    if let Some(events) = events {
        dataset.insert(events);
    }
    found
}
