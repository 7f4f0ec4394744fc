//! Seasonal shapes of groups as they were known at any origin, computed once each.

use std::collections::BTreeMap;

use super::groups::Groups;
use super::models::season_growth::growth;
use super::season::Adjustment;
use crate::num::sqrt;

/// Shapes by group and by the periods between the origin and the end of the panel.
#[derive(Debug)]
pub(super) struct Shapes<'a> {
    groups: &'a Groups,
    season: usize,
    known: BTreeMap<(usize, usize), Vec<f64>>,
    grown: BTreeMap<(usize, usize), f64>,
    work: Adjustment,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(groups: &'a Groups, season: usize) -> Self {
        Self {
            groups,
            season,
            known: BTreeMap::new(),
            grown: BTreeMap::new(),
            work: Adjustment::default(),
        }
    }

    /// Indices of a group for the season after the period that lies `age` before the end;
    /// empty when the group shows none.
    pub(super) fn ahead(&mut self, group: usize, age: usize) -> &[f64] {
        let (groups, season, work) = (self.groups, self.season, &mut self.work);
        self.known.entry((group, age)).or_insert_with(|| {
            let history = groups.history(group);
            let known = history.get(..history.len().saturating_sub(age));
            work.set_group(known.unwrap_or_default(), season);
            work.ahead.clone()
        })
    }

    /// What a series gets of its group's growth on the season before: the fourth root of the
    /// group's and of everything's.
    pub(super) fn growth(&mut self, group: usize, age: usize) -> f64 {
        let (groups, season) = (self.groups, self.season);
        *self.grown.entry((group, age)).or_insert_with(|| {
            let of = |history: &[f64]| {
                let known = history.get(..history.len().saturating_sub(age));
                growth(known.unwrap_or_default(), season)
            };
            sqrt(sqrt(of(groups.history(group)) * of(groups.everything())))
        })
    }
}
