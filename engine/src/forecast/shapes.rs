//! Seasonal shapes of groups as they were known at any origin, computed once each.

use super::groups::Groups;
use super::season::{Adjustment, growth};
use crate::num::sqrt;

/// What a group shows at an origin.
#[derive(Debug)]
pub(super) struct Shape {
    /// Indices of the season after it; empty when the group shows none.
    pub(super) ahead: Vec<f64>,
    /// What a series gets of the growth on the season before: the fourth root of its group's
    /// and of everything's.
    pub(super) growth: f64,
}

/// Shapes by group and by the periods between the origin and the end of the panel.
#[derive(Debug)]
pub(super) struct Shapes<'a> {
    groups: &'a Groups,
    season: usize,
    known: Vec<Vec<Option<Shape>>>,
    work: Adjustment,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(groups: &'a Groups, season: usize) -> Self {
        Self {
            groups,
            season,
            known: Vec::new(),
            work: Adjustment::default(),
        }
    }

    /// The shape of a group as it was known `age` periods before the end.
    pub(super) fn of(&mut self, group: usize, age: usize) -> &Shape {
        if self.known.len() <= group {
            self.known.resize_with(group + 1, Vec::new);
        }
        let ages = &mut self.known[group];
        if ages.len() <= age {
            ages.resize_with(age + 1, || None);
        }
        let (groups, season, work) = (self.groups, self.season, &mut self.work);
        ages[age].get_or_insert_with(|| {
            let known = |history: &'a [f64]| {
                let known = history.get(..history.len().saturating_sub(age));
                known.unwrap_or_default()
            };
            let history = known(groups.history(group));
            let everything = known(groups.everything());
            work.set_group(history, season);
            Shape {
                ahead: work.ahead.clone(),
                growth: sqrt(sqrt(growth(history, season) * growth(everything, season))),
            }
        })
    }
}
