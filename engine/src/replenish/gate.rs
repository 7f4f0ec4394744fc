//! The approval gate: which order lines go through, which need a person, which need two.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::dataset::{Dataset, TableId};
use crate::ids::CategoryId;
use crate::master::Catalog;
use crate::num::count_f64;
use crate::units::{Amount, Qty};

/// What happens to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateDecision {
    /// It is ordered.
    Auto,
    /// Somebody must confirm it.
    Manual,
    /// A second person must confirm it too.
    Block,
}

impl GateDecision {
    /// Stable code, upper snake case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "AUTO",
            Self::Manual => "MANUAL",
            Self::Block => "BLOCK",
        }
    }
}

/// Why a line does not go through by itself, in the order of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateReason {
    /// Its value is high.
    Value,
    /// Stock would last long.
    Cover,
    /// It is large against the average order.
    Ratio,
    /// There is no order or no forecast error to compare with.
    NoHistory,
    /// Its forecast is often wrong.
    LowConfidence,
    /// Signals bring a good part of it: heat, campaigns, leads.
    Signal,
}

impl GateReason {
    /// Every reason, in the order of the checks.
    pub const ALL: [Self; 6] = [
        Self::Value,
        Self::Cover,
        Self::Ratio,
        Self::NoHistory,
        Self::LowConfidence,
        Self::Signal,
    ];

    /// Stable code, upper snake case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Value => "VALUE",
            Self::Cover => "COVER",
            Self::Ratio => "RATIO",
            Self::NoHistory => "NO_HISTORY",
            Self::LowConfidence => "LOW_CONFIDENCE",
            Self::Signal => "SIGNAL",
        }
    }
}

/// The thresholds of a category; one that is not given never triggers. Equal passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GateRule {
    /// Highest value of a line, base currency.
    pub value_max: Option<Amount>,
    /// Longest that stock may last after the order, days.
    pub cover_days_max: Option<Amount>,
    /// Largest multiple of the average order.
    pub ratio_max: Option<Amount>,
    /// Largest mean absolute percentage error of the forecast, fraction.
    pub mape_max: Option<Amount>,
    /// Multiple of the highest value above which a second person is needed.
    pub block_factor: Option<Amount>,
    /// Largest share of a line that signals bring, fraction.
    pub signal_share_max: Option<Amount>,
    /// Whether lines without history need a person.
    pub is_new_manual: bool,
}

/// The rules of every category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GateRules {
    /// For categories without their own.
    pub default: GateRule,
    /// By category, in their order.
    pub by_category: Vec<(CategoryId, GateRule)>,
}

/// An order line before the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GateLine {
    /// The category of its goods.
    pub category: CategoryId,
    /// Its value, base currency.
    pub value: Amount,
    /// How long stock would last with it, days; `None` for ever.
    pub cover_days: Option<Amount>,
    /// How many, units.
    pub quantity: Qty,
    /// The average order, units; zero without one.
    pub order_average: Qty,
    /// Mean absolute percentage error of its forecast, fraction; `None` when not measured.
    pub mape: Option<Amount>,
    /// Share of its units that signals bring, fraction; `None` for nothing.
    pub signal_share: Option<Amount>,
}

/// What the gate says about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateVerdict {
    /// What happens.
    pub decision: GateDecision,
    /// Why, in the order of the checks; empty when it goes through.
    pub reasons: Vec<GateReason>,
}

impl GateVerdict {
    /// The decision, and after a colon its reasons: `MANUAL:VALUE+COVER`.
    #[must_use]
    pub fn words(&self) -> String {
        let codes: Vec<&str> = self.reasons.iter().map(|reason| reason.code()).collect();
        match codes.is_empty() {
            true => self.decision.code().to_owned(),
            false => format!("{}:{}", self.decision.code(), codes.join("+")),
        }
    }
}

/// Parts of one in an amount.
const MILLIONTHS: i128 = 1_000_000;

/// Levels of a category tree that are followed; a longer way up is a circle.
const LEVELS_MAX: usize = 16;

impl GateRules {
    /// Reads `gate_max_value`, `gate_max_cover_days` and `gate_max_ratio` of `categories.csv`. What a
    /// category does not state it has from the node above, at last from `default`.
    #[must_use]
    pub fn from_dataset(dataset: &Dataset, catalog: &Catalog, default: GateRule) -> Self {
        let mut stated = vec![GateRule::default(); catalog.categories.len()];
        if let Some(table) = dataset.table(TableId::Categories) {
            for row in 0..table.len() {
                let code = table.text("category", row);
                let amount = |column| table.number(column, row).map(Amount::from_millionths);
                let id = code.and_then(|code| catalog.category_id(code));
                if let Some(rule) = id.and_then(|id| stated.get_mut(id.index())) {
                    rule.value_max = amount("gate_max_value");
                    rule.cover_days_max = amount("gate_max_cover_days");
                    rule.ratio_max = amount("gate_max_ratio");
                }
            }
        }
        let resolved = (0..catalog.categories.len()).map(CategoryId::from_index);
        let resolved = resolved.map(|id| (id, inherited(&stated, catalog, id, default)));
        Self {
            default,
            by_category: resolved.collect(),
        }
    }

    /// The rule of a category.
    #[must_use]
    pub fn rule(&self, category: CategoryId) -> &GateRule {
        let found = self.by_category.binary_search_by_key(&category, |it| it.0);
        let found = found.ok().and_then(|place| self.by_category.get(place));
        found.map_or(&self.default, |(_, rule)| rule)
    }

    /// Passes a line through the gate. A value above the block factor times the highest value
    /// blocks it; any other reason asks for a person.
    ///
    /// Source: engine specification 1.13.
    ///
    /// ```
    /// use engine::ids::CategoryId;
    /// use engine::replenish::{GateDecision, GateLine, GateRule, GateRules};
    /// use engine::units::{Amount, Qty};
    /// let amount = Amount::round_from_f64;
    /// let default = GateRule {
    ///     value_max: Some(amount(50_000.0)), block_factor: Some(amount(5.0)), ..GateRule::default()
    /// };
    /// let rules = GateRules { default, ..GateRules::default() };
    /// let line = |value| GateLine {
    ///     category: CategoryId(0), value: amount(value), cover_days: Some(amount(20.0)),
    ///     quantity: Qty::from_units(10), order_average: Qty::from_units(10), mape: None,
    ///     signal_share: None,
    /// };
    /// assert_eq!(rules.check(&line(50_000.0)).decision, GateDecision::Auto);
    /// assert_eq!(rules.check(&line(50_000.01)).decision, GateDecision::Manual);
    /// assert_eq!(rules.check(&line(250_000.01)).decision, GateDecision::Block);
    /// ```
    #[must_use]
    pub fn check(&self, line: &GateLine) -> GateVerdict {
        let rule = self.rule(line.category);
        let is_hit = |reason: &GateReason| is_hit(*reason, rule, line);
        let reasons: Vec<GateReason> = GateReason::ALL.into_iter().filter(is_hit).collect();
        let decision = if is_blocked(rule, line) {
            GateDecision::Block
        } else if reasons.is_empty() {
            GateDecision::Auto
        } else {
            GateDecision::Manual
        };
        GateVerdict { decision, reasons }
    }
}

fn inherited(
    stated: &[GateRule],
    catalog: &Catalog,
    category: CategoryId,
    default: GateRule,
) -> GateRule {
    let mut rule = GateRule {
        value_max: None,
        cover_days_max: None,
        ratio_max: None,
        ..default
    };
    let mut fill = |from: &GateRule| {
        rule.value_max = rule.value_max.or(from.value_max);
        rule.cover_days_max = rule.cover_days_max.or(from.cover_days_max);
        rule.ratio_max = rule.ratio_max.or(from.ratio_max);
    };
    let mut here = Some(category);
    for _ in 0..LEVELS_MAX {
        let Some(id) = here else { break };
        if let Some(own) = stated.get(id.index()) {
            fill(own);
        }
        here = catalog.categories.get(id.index()).and_then(|it| it.parent);
    }
    fill(&default);
    rule
}

fn is_hit(reason: GateReason, rule: &GateRule, line: &GateLine) -> bool {
    let is_above = |value: Amount, max: Option<Amount>| max.is_some_and(|max| value > max);
    match reason {
        GateReason::Value => is_above(line.value, rule.value_max),
        GateReason::Cover => match line.cover_days {
            Some(days) => is_above(days, rule.cover_days_max),
            None => rule.cover_days_max.is_some(),
        },
        GateReason::Ratio => {
            let average = i128::from(line.order_average.thousandths());
            let units = i128::from(line.quantity.thousandths()) * MILLIONTHS;
            let is_known = line.order_average > Qty::ZERO;
            let is_large = |max: Amount| units > average * i128::from(max.millionths());
            is_known && rule.ratio_max.is_some_and(is_large)
        }
        GateReason::NoHistory => {
            rule.is_new_manual && (line.order_average <= Qty::ZERO || line.mape.is_none())
        }
        GateReason::LowConfidence => line.mape.is_some_and(|mape| is_above(mape, rule.mape_max)),
        GateReason::Signal => {
            let share = line.signal_share;
            share.is_some_and(|share| is_above(share, rule.signal_share_max))
        }
    }
}

fn is_blocked(rule: &GateRule, line: &GateLine) -> bool {
    let Some((max, factor)) = rule.value_max.zip(rule.block_factor) else {
        return false;
    };
    let [value, max, factor] = [line.value, max, factor].map(|it| i128::from(it.millionths()));
    value * MILLIONTHS > max * factor
}

/// What a set of rules leaves to people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GateLoad {
    /// Lines and value by decision; decisions that no line got are left out.
    pub by_decision: BTreeMap<GateDecision, GateShare>,
    /// Lines that have a reason; one line may have several.
    pub by_reason: BTreeMap<GateReason, usize>,
}

/// Lines and their value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GateShare {
    /// How many lines.
    pub lines: usize,
    /// Their value, base currency.
    pub value: Decimal,
}

impl GateLoad {
    /// Counts a line with its value, base currency.
    pub fn add(&mut self, verdict: &GateVerdict, value: Amount) {
        let share = self.by_decision.entry(verdict.decision).or_default();
        share.lines += 1;
        share.value += value.to_decimal();
        for reason in &verdict.reasons {
            *self.by_reason.entry(*reason).or_default() += 1;
        }
    }

    /// Lines that people have to look at, with their value.
    #[must_use]
    pub fn for_people(&self) -> GateShare {
        self.sum(|decision| decision != GateDecision::Auto)
    }

    /// All lines.
    #[must_use]
    pub fn all(&self) -> GateShare {
        self.sum(|_| true)
    }

    /// Share of lines that people look at; `None` without lines.
    #[must_use]
    pub fn line_share(&self) -> Option<f64> {
        let all = self.all().lines;
        (all > 0).then(|| count_f64(self.for_people().lines) / count_f64(all))
    }

    /// Share of value that people look at, rounded to six places; `None` when all value is zero.
    #[must_use]
    pub fn value_share(&self) -> Option<Decimal> {
        let share = self.for_people().value.checked_div(self.all().value)?;
        Some(share.round_dp(6))
    }

    fn sum(&self, takes: impl Fn(GateDecision) -> bool) -> GateShare {
        let mut sum = GateShare::default();
        for (_, share) in self.by_decision.iter().filter(|(at, _)| takes(**at)) {
            sum.lines += share.lines;
            sum.value += share.value;
        }
        sum
    }
}

/// How many lines, and which share of value, a set of rules sends to people.
#[must_use]
pub fn gate_load<'a>(rules: &GateRules, lines: impl IntoIterator<Item = &'a GateLine>) -> GateLoad {
    let mut load = GateLoad::default();
    for line in lines {
        load.add(&rules.check(line), line.value);
    }
    load
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;
    use proptest::prelude::*;

    fn amount(value: f64) -> Amount {
        Amount::round_from_f64(value)
    }

    fn rule(value_max: f64) -> GateRule {
        GateRule {
            value_max: Some(amount(value_max)),
            cover_days_max: Some(amount(60.0)),
            ratio_max: Some(amount(2.0)),
            mape_max: Some(amount(0.4)),
            block_factor: Some(amount(5.0)),
            signal_share_max: Some(amount(0.1)),
            is_new_manual: true,
        }
    }

    fn line(value: f64) -> GateLine {
        GateLine {
            category: CategoryId(0),
            value: amount(value),
            cover_days: Some(amount(30.0)),
            quantity: Qty::from_units(10),
            order_average: Qty::from_units(10),
            mape: Some(amount(0.2)),
            signal_share: None,
        }
    }

    #[test]
    fn what_signals_bring_needs_a_person() {
        let rules = GateRules {
            default: rule(100.0),
            ..GateRules::default()
        };
        let line = |share| GateLine {
            signal_share: Some(amount(share)),
            ..line(50.0)
        };
        assert_eq!(rules.check(&line(0.1)).decision, GateDecision::Auto);
        let verdict = rules.check(&line(0.11));
        assert_eq!(verdict.decision, GateDecision::Manual);
        assert_eq!(verdict.reasons, [GateReason::Signal]);
    }

    #[test]
    fn equal_passes_whatever_the_factors() {
        let mut rules = GateRules {
            default: rule(100.0),
            ..GateRules::default()
        };
        rules.default.ratio_max = Some(amount(1.15));
        let equal = GateLine {
            quantity: Qty::from_units(115),
            order_average: Qty::from_units(100),
            ..line(100.0)
        };
        assert_eq!(rules.check(&equal).reasons, []);
    }

    #[test]
    fn the_load_counts_lines_and_value() {
        let rules = GateRules {
            default: rule(100.0),
            ..GateRules::default()
        };
        let endless = GateLine {
            cover_days: None,
            mape: None,
            ..line(50.0)
        };
        let load = gate_load(&rules, &[line(100.0), line(250.0), line(600.0), endless]);
        assert_eq!(load.for_people().lines, 3);
        assert_eq!(load.line_share(), Some(0.75));
        assert_eq!(load.value_share(), Some(Decimal::new(9, 1)));
        assert_eq!(load.by_decision[&GateDecision::Block].lines, 1);
        let reasons: Vec<_> = load.by_reason.into_iter().collect();
        let want = [
            (GateReason::Value, 2),
            (GateReason::Cover, 1),
            (GateReason::NoHistory, 1),
        ];
        assert_eq!(reasons, want);
        assert_eq!(gate_load(&rules, &[]).line_share(), None);
    }

    #[test]
    fn a_category_has_from_above_what_it_does_not_state() {
        let text = "category,parent,gate_max_value,gate_max_ratio\nfood,,900,\nmilk,food,,1.5\n";
        let table = read_csv(TableId::Categories, "categories.csv", text.as_bytes()).table;
        let dataset = Dataset::from_tables([table]);
        let catalog = Catalog::new(&dataset);
        let rules = GateRules::from_dataset(&dataset, &catalog, rule(100.0));
        let milk = rules.rule(catalog.category_id("milk").unwrap());
        let want = GateRule {
            value_max: Some(amount(900.0)),
            ratio_max: Some(amount(1.5)),
            ..rule(100.0)
        };
        assert_eq!(*milk, want);
    }

    proptest! {
        #[test]
        fn looser_rules_send_no_more_to_people(
            values in prop::collection::vec(0.0..1_000.0, 0..30), max in 1.0..500.0, more in 0.0..500.0,
        ) {
            let lines: Vec<_> = values.into_iter().map(line).collect();
            let load = |max: f64| {
                let rules = GateRules { default: rule(max), ..GateRules::default() };
                gate_load(&rules, &lines)
            };
            let (strict, loose) = (load(max), load(max + more));
            prop_assert_eq!(strict.all(), loose.all());
            prop_assert!(loose.for_people().lines <= strict.for_people().lines);
            prop_assert!(loose.for_people().value <= strict.for_people().value);
        }
    }
}
