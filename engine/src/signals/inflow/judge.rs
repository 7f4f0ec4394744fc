//! Which streams enter a plan: by category, those that make held-out forecasts better.

use std::collections::BTreeMap;

use super::super::company::CourtRow;
use super::super::court::{Comparison, CourtRules, Hearing, Reason, Ruling, Verdict};
use super::super::witness::{Testimony, testify};
use super::cases::{Docket, Goods, Said};
use super::lifts::{GoodsInflow, InflowLifts};
use super::spread::spread;
use super::trial::{Trial, left, origins, trial};
use super::worth::{Worth, worth};
use super::{Inflow, Outlook};
use crate::dataset::Dataset;
use crate::day::Day;
use crate::demand::DemandRow;
use crate::events::EventLifts;
use crate::ids::{CategoryId, SkuId};
use crate::master::Catalog;
use crate::num::count_f64;

/// Demand of some goods, by whoever has it.
pub type Rows<'a> = dyn Fn(&dyn Fn(SkuId) -> bool) -> Vec<DemandRow> + 'a;

/// What streams are judged on.
pub struct InflowSources<'a> {
    /// Posts and leads.
    pub dataset: &'a Dataset,
    /// Master data.
    pub catalog: &'a Catalog,
    /// Date; nothing newer is looked at, but for the days of planned posts.
    pub as_of: Day,
    /// Weeks to forecast.
    pub weeks: usize,
    /// What events did to demand.
    pub events: &'a EventLifts,
    /// Demand of the goods that are wanted.
    pub rows: &'a Rows<'a>,
}

/// What is ruled on a stream for a category.
#[derive(Clone, Debug, PartialEq)]
pub struct InflowRow {
    /// Which stream.
    pub stream: Inflow,
    /// Category of the goods.
    pub category: CategoryId,
    /// What was ruled; `beta` is what a counted unit is worth in demand.
    pub ruling: Ruling,
}

impl InflowRow {
    /// The same among the rulings on words: the stream is the source, and no word is named.
    #[must_use]
    pub fn into_court_row(self) -> CourtRow {
        CourtRow {
            source: self.stream.as_str().to_owned(),
            keyword: String::new(),
            category: self.category,
            skus: Vec::new(),
            region: None,
            ruling: self.ruling,
        }
    }
}

/// Rulings, and what follows for a plan.
#[derive(Clone, Debug, Default)]
pub struct Inflows {
    /// By stream and category.
    pub rows: Vec<InflowRow>,
    /// What the accepted ones do.
    pub lifts: InflowLifts,
}

/// Judges the streams of a company.
///
/// A counted unit must be worth something beyond chance (raised for the number of categories by
/// Bonferroni), forecasts of the past year must be better with the stream by a standard error and
/// in the newer half (Diebold & Mariano 1995), and so must the planning forecast's held-out errors.
#[must_use]
pub fn judge_inflows(sources: &InflowSources<'_>, hearing: Hearing) -> Inflows {
    let mut inflows = Inflows::default();
    for stream in Inflow::ALL {
        if let Some(docket) = Docket::new(stream, sources) {
            inflows.hear(&docket, sources, hearing);
        }
    }
    crate::order::sort_by_key(&mut inflows.lifts.goods, |one| one.sku);
    inflows
}

impl Inflows {
    fn hear(&mut self, docket: &Docket, sources: &InflowSources<'_>, hearing: Hearing) {
        let rules = &CourtRules::WEEKLY;
        let mut cases: BTreeMap<CategoryId, Vec<Goods>> = BTreeMap::new();
        let outlook = docket.outlook(sources.as_of, sources.weeks);
        let has_more = |sku| outlook.keys().any(|(own, _)| *own == sku);
        for one in &docket.goods {
            let category = sources.catalog.sku(one.sku).map(|sku| sku.category);
            let is_told = one.flow.iter().any(|it| *it > 0.0) || has_more(one.sku);
            if let Some(category) = category.filter(|_| is_told) {
                cases.entry(category).or_default().push(one.clone());
            }
        }
        let count = count_f64(cases.len());
        let mut said = None;
        for (category, goods) in cases {
            let mut found = worth(&goods, 0);
            found.chance = (found.chance * count).min(1.0);
            let length = goods.iter().map(|one| one.demand.len()).max().unwrap_or(0);
            let is_heard = hearing == Hearing::Whole || found.chance <= rules.chance_max;
            let (ruling, tried) = match () {
                () if length < rules.periods_min() => {
                    (Ruling::refused(Reason::TooShort), Trial::default())
                }
                () if !is_heard => (Ruling::refused(Reason::Chance), Trial::default()),
                () => {
                    let said = said.get_or_insert_with(|| all_said(docket, sources.weeks, rules));
                    rule(&goods, (found, said), rules)
                }
            };
            if ruling.is_accepted() {
                let told = (&tried, found, &outlook);
                self.let_in(docket, &goods, told, sources.as_of);
            }
            self.rows.push(InflowRow {
                stream: docket.stream,
                category,
                ruling,
            });
        }
    }

    /// Takes what an accepted stream brought out of the history and adds what it will bring.
    /// Campaigns only touch goods that one runs or is planned for: where nobody says what comes, as
    /// much as before does.
    fn let_in(
        &mut self,
        docket: &Docket,
        goods: &[Goods],
        (tried, worth, outlook): (&Trial, Worth, &Outlook),
        as_of: Day,
    ) {
        let usual = docket.usual(as_of);
        for one in goods {
            let mut own = outlook
                .iter()
                .filter(|((sku, _), _)| *sku == one.sku)
                .peekable();
            if docket.stream == Inflow::Campaign && own.peek().is_none() {
                continue;
            }
            let usual = usual.get(&one.sku).copied().unwrap_or(0.0);
            let (past, known) = factors(one, usual, worth.units, tried);
            self.lifts.goods.push(GoodsInflow {
                sku: one.sku,
                channels: docket.channels().to_vec(),
                past,
                known,
            });
            for (place, expected) in own {
                spread(
                    docket,
                    (*place, worth.units),
                    expected,
                    &mut self.lifts.ahead,
                );
            }
        }
    }
}

/// What a stream said at every origin that is tried.
fn all_said(
    docket: &Docket,
    weeks: usize,
    rules: &CourtRules,
) -> BTreeMap<usize, BTreeMap<SkuId, Said>> {
    let lengths = docket.goods.iter().map(|one| one.demand.len());
    let agos = origins(lengths.max().unwrap_or(0), rules);
    let said = agos.map(|ago| (ago, docket.said(ago, rules.ahead, weeks.max(rules.ahead))));
    crate::order::collect_map(said)
}

fn rule(
    goods: &[Goods],
    (found, said): (Worth, &BTreeMap<usize, BTreeMap<SkuId, Said>>),
    rules: &CourtRules,
) -> (Ruling, Trial) {
    let tried = trial(goods, said, rules);
    let comparison = Comparison::of(&tried.without, &tried.with, rules.ahead);
    let mut ruling = Ruling {
        verdict: match () {
            () if comparison.periods < rules.trial_min => Verdict::Rejected(Reason::TooShort),
            () if found.chance > rules.chance_max => Verdict::Rejected(Reason::Chance),
            () if comparison.gain_ratio < rules.gain_min => Verdict::Rejected(Reason::NoGain),
            () if comparison.gain_newest <= 0.0 => Verdict::Rejected(Reason::Faded),
            () => Verdict::Accepted,
        },
        chance: found.chance,
        beta: found.units,
        beta_error: found.error,
        comparison,
        ..Ruling::refused(Reason::NoGain)
    };
    if ruling.is_accepted() {
        let newest = said.values().next();
        let usual = |sku: SkuId| {
            let own = newest.and_then(|said| said.get(&sku));
            own.map_or(0.0, |said| said.usual)
        };
        let told = goods.iter().map(|one| {
            let (past, known) = factors(one, usual(one.sku), found.units, &tried);
            Testimony {
                values: &one.demand,
                past,
                known,
            }
        });
        ruling.confirm(testify(&told.collect::<Vec<_>>(), rules));
    }
    (ruling, tried)
}

/// Demand over demand without the stream by week, and as it was expected four weeks before; nothing was where that was
/// not tried.
fn factors(one: &Goods, usual: f64, worth: f64, tried: &Trial) -> (Vec<f64>, Vec<f64>) {
    let factor = |(demand, flow): (&f64, &f64)| {
        let left = left(*demand, worth * (flow - usual));
        if left > 0.0 { demand / left } else { 1.0 }
    };
    let past: Vec<f64> = one.demand.iter().zip(&one.flow).map(factor).collect();
    let expected = |age: usize| tried.known.get(&(one.sku, age)).copied().unwrap_or(1.0);
    let known = (0..past.len()).rev().map(expected).collect();
    (past, known)
}
