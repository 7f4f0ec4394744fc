//! Leads as a stream: what won leads brought, and what open ones bring beyond the usual.
//!
//! The history of demand holds the leads that were won, so a forecast of it expects as many again.
//! On top of it comes, for the week h after a date,
//!
//! ```text
//! extra(h) = sum over open leads of p(won in week h) x quantity  -  c(h) x u
//! ```
//!
//! u the units that won leads of these goods brought a week in the last year, c(h) the share of
//! units whose lead was there h weeks before it was won. Of week h the open leads can only hold
//! c(h) of what will come, the rest belongs to leads that are still to be found; without c a
//! pipeline would look empty a quarter ahead, every time.

use std::collections::{BTreeMap, BTreeSet};

use super::super::pipeline::{Conversion, LeadHistory, LeadWeeks, Stage, wholesale};
use super::{Counted, Expected, Outlook, add};
use crate::dataset::Dataset;
use crate::day::Day;
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId};
use crate::master::Catalog;
use crate::num::count_f64;

/// Weeks that say what is usual.
const USUAL_WEEKS: usize = 52;
/// Fewest weeks of leads that say it.
const USUAL_WEEKS_MIN: usize = 13;

/// The leads of a company and the goods they are for.
#[derive(Clone, Debug)]
pub struct Pipeline {
    leads: Vec<LeadHistory>,
    /// The goods of each lead: a SKU, or those of a category.
    goods: Vec<Vec<SkuId>>,
    regions: Vec<Option<RegionId>>,
    as_of: Day,
    /// Channels that sell to companies; all if empty.
    pub(super) channels: Vec<ChannelId>,
}

impl Pipeline {
    /// The stream of the leads of a dataset.
    #[must_use]
    pub fn new(dataset: &Dataset, catalog: &Catalog, leads: Vec<LeadHistory>, as_of: Day) -> Self {
        let channels = wholesale(dataset).into_iter();
        let channels = channels.filter_map(|code| catalog.channel_id(code));
        let mut of_category: BTreeMap<CategoryId, Vec<SkuId>> = BTreeMap::new();
        for (place, sku) in catalog.skus.iter().enumerate() {
            let skus = of_category.entry(sku.category).or_default();
            skus.push(SkuId::from_index(place));
        }
        let goods = |lead: &LeadHistory| {
            let sku = lead.sku.as_ref().and_then(|code| catalog.sku_id(code));
            if let Some(sku) = sku {
                return vec![sku];
            }
            let category = lead.category.as_ref();
            let category = category.and_then(|code| catalog.category_id(code));
            let skus = category.and_then(|id| of_category.get(&id));
            skus.cloned().unwrap_or_default()
        };
        let region = |lead: &LeadHistory| {
            let code = lead.region.as_ref()?;
            catalog.region_id(code)
        };
        Self {
            goods: leads.iter().map(goods).collect(),
            regions: leads.iter().map(region).collect(),
            channels: channels.collect(),
            leads,
            as_of,
        }
    }

    /// The goods of all leads.
    pub(super) fn skus(&self) -> BTreeSet<SkuId> {
        let mut skus = BTreeSet::new();
        skus.extend(self.goods.iter().flatten());
        skus
    }

    /// Units of won leads by the week they were won in. Goods of a category share a lead by
    /// `weight`.
    pub(super) fn counted(&self, weight: &dyn Fn(SkuId) -> f64) -> Counted {
        let mut counted = Counted::new();
        for (place, lead) in self.leads.iter().enumerate() {
            let Some(week) =
                won_on(lead).and_then(|day| usize::try_from((self.as_of - day).div_euclid(7)).ok())
            else {
                continue;
            };
            for (key, share) in self.shares(place, weight) {
                add(counted.entry(key).or_default(), week, lead.quantity * share);
            }
        }
        counted
    }

    /// What open leads bring in the weeks after a day beyond the usual, by what was known then.
    pub(super) fn expected(
        &self,
        (on, weeks): (Day, usize),
        counted: &Counted,
        weight: &dyn Fn(SkuId) -> f64,
    ) -> Outlook {
        let mut known = Vec::new();
        let mut places = Vec::new();
        for (place, lead) in self.leads.iter().enumerate() {
            if let Some(lead) = lead.as_known_on(on) {
                known.push(lead);
                places.push(place);
            }
        }
        let mut outlook = Outlook::new();
        let Some(span) = span(&known, on) else {
            return outlook;
        };
        let conversion = Conversion::learn(&known, on);
        let outlooks = LeadWeeks::new(&known, &conversion, on);
        for (lead, place) in known.iter().zip(&places) {
            let Some(chances) = outlooks.of(lead) else {
                continue;
            };
            for (key, share) in self.shares(*place, weight) {
                let own = outlook.entry(key).or_default();
                own.resize(weeks, Expected::default());
                let units = lead.quantity * share;
                for (sum, chance) in own.iter_mut().zip(&chances) {
                    sum.mean += chance * units;
                    sum.variance += chance * (1.0 - chance) * units * units;
                }
            }
        }
        let ages = ages(&known);
        for (key, usual) in usual(counted, (self.as_of, on), span) {
            let own = outlook.entry(key).or_default();
            own.resize(weeks, Expected::default());
            for (week, sum) in own.iter_mut().enumerate() {
                sum.mean -= there(&ages, week) * usual;
            }
        }
        outlook
    }

    /// Units a week that are usual on a day, by place.
    pub(super) fn usual(&self, on: Day, counted: &Counted) -> BTreeMap<super::Place, f64> {
        let known = self.leads.iter().filter_map(|lead| lead.as_known_on(on));
        let known: Vec<LeadHistory> = known.collect();
        span(&known, on).map_or_else(BTreeMap::new, |span| usual(counted, (self.as_of, on), span))
    }

    /// What each place has of a lead.
    fn shares(
        &self,
        lead: usize,
        weight: &dyn Fn(SkuId) -> f64,
    ) -> impl Iterator<Item = (super::Place, f64)> {
        let goods = self.goods.get(lead).map_or(&[][..], Vec::as_slice);
        let region = self.regions.get(lead).copied().flatten();
        let weights: Vec<f64> = match goods {
            [_] => vec![1.0],
            goods => goods.iter().map(|sku| weight(*sku)).collect(),
        };
        let total: f64 = weights.iter().sum();
        let shares = goods.iter().zip(weights);
        let shares = shares.filter(move |(_, weight)| *weight > 0.0);
        shares.map(move |(sku, weight)| ((*sku, region), weight / total))
    }
}

fn won_on(lead: &LeadHistory) -> Option<Day> {
    let end = lead.steps.iter().find(|(stage, _)| *stage == Stage::Won);
    end.map(|(_, day)| *day)
}

/// Weeks of leads that say what is usual; `None` where they are too few.
fn span(known: &[LeadHistory], on: Day) -> Option<usize> {
    let starts = known.iter().filter_map(|lead| lead.steps.first());
    let first = starts.map(|(_, day)| *day).min()?;
    let weeks = usize::try_from((on - first + 1) / 7).ok()?;
    (weeks >= USUAL_WEEKS_MIN).then_some(weeks.min(USUAL_WEEKS))
}

/// Mean units of the weeks before a day; `counted` ends on `as_of`.
fn usual(counted: &Counted, (as_of, on): (Day, Day), span: usize) -> BTreeMap<super::Place, f64> {
    let ago = usize::try_from((as_of - on).div_euclid(7)).unwrap_or(0);
    let mut usual = BTreeMap::new();
    for (key, weeks) in counted {
        let sum: f64 = weeks.iter().skip(ago).take(span).sum();
        if sum > 0.0 {
            usual.insert(*key, sum / count_f64(span));
        }
    }
    usual
}

/// Days from first contact to won, with the units, of all won leads.
fn ages(known: &[LeadHistory]) -> Vec<(i32, f64)> {
    let age = |lead: &LeadHistory| {
        let (_, start) = lead.steps.first()?;
        Some((won_on(lead)? - *start, lead.quantity))
    };
    known.iter().filter_map(age).collect()
}

/// Share of units whose lead was there so many weeks before: by the middle of the week.
fn there(ages: &[(i32, f64)], week: usize) -> f64 {
    let needed = 7 * i32::try_from(week).unwrap_or(i32::MAX / 8) + 4;
    let total: f64 = ages.iter().map(|(_, units)| units).sum();
    let there = ages.iter().filter(|(days, _)| *days >= needed);
    let there: f64 = there.map(|(_, units)| units).sum();
    if total > 0.0 { there / total } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(code: usize, quantity: f64, steps: &[(Stage, i32)]) -> LeadHistory {
        LeadHistory {
            code: code.to_string(),
            sku: Some("A".to_owned()),
            quantity,
            steps: steps
                .iter()
                .map(|(stage, day)| (*stage, Day::from_number(*day)))
                .collect(),
            ..LeadHistory::default()
        }
    }

    /// Forty weeks with one lead each, won or lost with equal chance three weeks after contact; a
    /// won one brings 40, so 20 a week are usual. One open lead of 100 was found two weeks ago.
    #[test]
    fn one_lead_against_the_usual_by_hand() {
        let ended = |week: usize| {
            let day = 7 * i32::try_from(week).unwrap();
            let end = if week.is_multiple_of(2) {
                Stage::Won
            } else {
                Stage::Lost
            };
            lead(week, 40.0, &[(Stage::Sql, day), (end, day + 21)])
        };
        let mut leads: Vec<LeadHistory> = (0..40).map(ended).collect();
        // The last one ended on day 294.
        let on = Day::from_number(300);
        leads.push(lead(99, 100.0, &[(Stage::Sql, 286)]));
        let pipeline = Pipeline {
            goods: vec![vec![SkuId(0)]; leads.len()],
            regions: vec![None; leads.len()],
            leads,
            as_of: on,
            channels: Vec::new(),
        };
        let even = |_: SkuId| 1.0;
        let counted = pipeline.counted(&even);
        let found = pipeline.expected((on, 5), &counted, &even);
        let usual = pipeline.usual(on, &counted)[&(SkuId(0), None)];
        // Leads began on day 0: 43 weeks, 20 won ones of 40 each.
        assert!((usual - 800.0 / 43.0).abs() < 1e-9, "{usual}");
        let means: Vec<f64> = found[&(SkuId(0), None)].iter().map(|it| it.mean).collect();
        // It has been there for 14 days, so it is decided in the week of its 21st day, the next
        // but one at the latest: .5 x 100. Of a week's usual units all have a lead two and a half
        // weeks before, none three and a half.
        let sum: f64 = means.iter().sum();
        assert!((sum - (50.0 - 3.0 * usual)).abs() < 1e-9, "{means:?}");
        assert!(means[3] == 0.0 && means[4] == 0.0, "{means:?}");
        let open = means[1] + usual;
        assert!((open - 50.0).abs() < 1e-9, "{means:?}");
        // Half of 100 against a usual flow of 20: thirty more.
        let ages = [(28, 20.0)];
        assert_eq!(0.5 * 100.0 - there(&ages, 0) * 20.0, 30.0);
    }

    #[test]
    fn a_pipeline_cannot_be_full_later_than_leads_are_found() {
        let ages = [(10, 30.0), (40, 10.0)];
        let shares: Vec<f64> = (0..6).map(|week| there(&ages, week)).collect();
        assert_eq!(shares, [1.0, 0.25, 0.25, 0.25, 0.25, 0.25]);
        assert_eq!(there(&ages, 6), 0.0);
        assert_eq!(there(&[], 0), 0.0);
    }
}
