//! The registry of key figures: one row each; tiles, files and pages iterate it.

use super::measure::{Measure, Missing, Window};
use super::trend::{error_ratios, trend_days};
use super::{
    PlanFigures, ageing, book_variance, book_variances, stockout_rate, stockout_rates, turnover,
    turns_at,
};
use crate::dataset::Dataset;
use crate::day::Day;

/// What a key figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KpiUnit {
    /// A fraction, shown in per cent.
    Ratio,
    /// Days.
    Days,
    /// Turns a year.
    Turns,
}

impl KpiUnit {
    /// The text in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ratio => "fraction",
            Self::Days => "days",
            Self::Turns => "turns a year",
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Smaller.
    Lower,
    /// Larger.
    Higher,
    /// Closer to zero.
    Zero,
    /// Neither: a fact.
    Neutral,
}

/// What figures are measured on.
#[derive(Clone, Copy, Debug)]
pub struct KpiInputs<'a> {
    /// The tables.
    pub dataset: &'a Dataset,
    /// What the plan says.
    pub plan: &'a PlanFigures,
}

/// One key figure.
pub struct KpiDef {
    /// Id in files and locale keys.
    pub id: &'static str,
    /// What it counts.
    pub unit: KpiUnit,
    /// Which way is better.
    pub better: Better,
    /// Where it should be; the company may set another.
    pub target: Option<f64>,
    /// Its definition, printed beside the number.
    pub formula: &'static str,
    /// The definition in Chinese.
    pub formula_zh: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
    /// Measures it.
    pub compute: fn(&KpiInputs<'_>) -> Measure,
    /// Whether its window is the trailing year rather than the day of the picture.
    pub is_yearly: bool,
    /// Measures it as it would have been read at the end of earlier days; `None` for a figure
    /// that only the picture of today can tell.
    pub past: Option<Past>,
}

/// Values at days, oldest first, or none at all where a file is missing.
pub type Past = fn(&KpiInputs<'_>, &[Day]) -> Vec<Option<f64>>;

/// Every key figure.
pub const KPIS: &[KpiDef] = &[
    KpiDef {
        id: "stockout_rate",
        unit: KpiUnit::Ratio,
        better: Better::Lower,
        target: Some(0.02),
        formula: "SKU x warehouse x days with available <= 0 / listed SKU x warehouse x days, trailing 365 d",
        formula_zh: "过去 365 天可用量 ≤ 0 的 SKU×仓×天 / 在售 SKU×仓×天",
        source: "engine convention 6.3, SKU-day rate",
        compute: |inputs| stockout_rate(inputs.dataset),
        is_yearly: true,
        past: Some(|inputs, days| stockout_rates(inputs.dataset, days)),
    },
    KpiDef {
        id: "turns",
        unit: KpiUnit::Turns,
        better: Better::Higher,
        target: Some(7.8),
        formula: "cost of sales of the trailing 365 d / daily-average stock at cost",
        formula_zh: "过去 365 天销售成本 / 日均库存成本",
        source: "engine convention 6.4",
        compute: |inputs| turnover(inputs.dataset).turns,
        is_yearly: true,
        past: Some(|inputs, days| turns_at(inputs.dataset, days)),
    },
    KpiDef {
        id: "turnover_days",
        unit: KpiUnit::Days,
        better: Better::Lower,
        target: Some(46.8),
        formula: "365 / turns",
        formula_zh: "365 / 周转次数",
        source: "engine convention 6.4",
        compute: |inputs| inverted(turnover(inputs.dataset).turns, 365.0),
        is_yearly: true,
        past: Some(|inputs, days| {
            let turns = turns_at(inputs.dataset, days).into_iter();
            turns
                .map(|turns| {
                    turns
                        .filter(|turns| *turns > 0.0)
                        .map(|turns| 365.0 / turns)
                })
                .collect()
        }),
    },
    KpiDef {
        id: "aged_share",
        unit: KpiUnit::Ratio,
        better: Better::Lower,
        target: Some(0.10),
        formula: "value of stock first received more than 90 days ago / value of stock",
        formula_zh: "首次入库超过 90 天的库存金额 / 库存金额",
        source: "engine convention 6.2",
        compute: |inputs| ageing(inputs.dataset, super::Bands::Five).stale_share,
        is_yearly: false,
        past: None,
    },
    KpiDef {
        id: "overstock_rate",
        unit: KpiUnit::Ratio,
        better: Better::Lower,
        target: Some(0.12),
        formula: "value above order-up-to level and one lot / value of stock",
        formula_zh: "高于目标水平加一批的库存金额 / 库存金额",
        source: "engine convention 6.4, overstock value rate",
        compute: |inputs| inputs.plan.overstock.clone(),
        is_yearly: false,
        past: None,
    },
    KpiDef {
        id: "book_variance",
        unit: KpiUnit::Ratio,
        better: Better::Lower,
        target: Some(0.002),
        formula: "sum |counted - book| at cost / sum book at cost, last count of every warehouse",
        formula_zh: "各仓最近一次盘点 Σ|实盘 − 账面| × 成本 / Σ 账面 × 成本",
        source: "engine convention 5.7, gross difference rate",
        compute: |inputs| book_variance(inputs.dataset).gross,
        is_yearly: false,
        past: Some(|inputs, days| book_variances(inputs.dataset, days)),
    },
    KpiDef {
        id: "days_of_cover",
        unit: KpiUnit::Days,
        better: Better::Neutral,
        target: None,
        formula: "value of available stock / forecast cost of sales a day, next 4 weeks",
        formula_zh: "可用库存金额 / 未来 4 周预测日均销售成本",
        source: "engine convention 1.11, forward cover",
        compute: |inputs| inputs.plan.cover.clone(),
        is_yearly: false,
        past: None,
    },
    KpiDef {
        id: "mape",
        unit: KpiUnit::Ratio,
        better: Better::Lower,
        target: Some(0.20),
        formula: "mean of |forecast - actual| / actual over weeks with demand, SKU x channel x region x week, forecasts made 4 weeks ahead from the rolling origins",
        formula_zh: "有需求的周 |预测 − 实际| / 实际 的平均，SKU×渠道×区域×周，滚动起点提前 4 周的预测",
        source: "engine convention 6.5",
        compute: |inputs| inputs.plan.mape.clone(),
        is_yearly: false,
        past: Some(|inputs, _days| {
            error_ratios(inputs.plan, |e| (e.percent_error, e.percent_count))
        }),
    },
    KpiDef {
        id: "wape",
        unit: KpiUnit::Ratio,
        better: Better::Lower,
        target: None,
        formula: "sum |forecast - actual| / sum actual, SKU x channel x region x week, forecasts made 4 weeks ahead from the rolling origins",
        formula_zh: "Σ|预测 − 实际| / Σ 实际，SKU×渠道×区域×周，滚动起点提前 4 周的预测",
        source: "engine convention 6.5",
        compute: |inputs| inputs.plan.wape.clone(),
        is_yearly: false,
        past: Some(|inputs, _days| error_ratios(inputs.plan, |e| (e.absolute_error, e.actual))),
    },
    KpiDef {
        id: "bias",
        unit: KpiUnit::Ratio,
        better: Better::Zero,
        target: None,
        formula: "sum (forecast - actual) / sum actual, forecasts made 4 weeks ahead from the rolling origins",
        formula_zh: "Σ(预测 − 实际) / Σ 实际，滚动起点提前 4 周的预测",
        source: "engine convention 6.5",
        compute: |inputs| inputs.plan.bias.clone(),
        is_yearly: false,
        past: Some(|inputs, _days| error_ratios(inputs.plan, |e| (-e.error, e.actual))),
    },
];

/// A measured key figure.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiValue {
    /// Id in [`KPIS`].
    pub id: &'static str,
    /// Value with what it was made of.
    pub measure: Measure,
    /// Days it covers.
    pub window: Option<Window>,
    /// Its value at the days of [`trend_days`]; empty for a figure without a past.
    pub trend: Vec<Option<f64>>,
}

/// Measures every key figure.
pub fn measure_all(inputs: &KpiInputs<'_>) -> Vec<KpiValue> {
    let as_of = inputs.dataset.as_of();
    let window = |def: &KpiDef| {
        let as_of = as_of?;
        Some(if def.is_yearly {
            Window::trailing_year(as_of)
        } else {
            Window {
                from: as_of,
                to: as_of,
            }
        })
    };
    let days = as_of.map_or_else(Vec::new, trend_days);
    let value = |def: &KpiDef| KpiValue {
        id: def.id,
        measure: (def.compute)(inputs),
        window: window(def),
        trend: def.past.map_or_else(Vec::new, |past| past(inputs, &days)),
    };
    KPIS.iter().map(value).collect()
}

/// `numerator / value`, for figures defined as a reciprocal.
fn inverted(measure: Measure, numerator: f64) -> Measure {
    let value = measure
        .value
        .filter(|value| *value > 0.0)
        .map(|value| numerator / value);
    Measure { value, ..measure }
}

/// A ratio of plan figures; a denominator of zero says that `missing` is not there.
pub fn plan_ratio(numerator: f64, denominator: f64, missing: Missing) -> Measure {
    if denominator > 0.0 {
        Measure::ratio(numerator, denominator, Vec::new())
    } else {
        Measure::absent(missing)
    }
}
