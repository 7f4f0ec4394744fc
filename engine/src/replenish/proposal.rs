//! Order proposals: how much, when, and why in one sentence.

use serde::{Deserialize, Serialize};

use super::{
    Demand, Distribution, Lot, LotRules, Outlook, Protection, Reason, StockStatus, lot_size,
};
use crate::num;

/// Everything one place's order depends on; quantities in base units, times in days.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// Demand ahead.
    pub outlook: &'a Outlook,
    /// Lead time and review period.
    pub protection: Protection,
    /// Cycle service level.
    pub target: f64,
    /// Available now; `None` when no stock picture is known.
    pub available: Option<f64>,
    /// On its way.
    pub on_order: f64,
    /// On its way and due before an order placed now.
    pub on_order_in_lead: f64,
    /// Rounding and limits of an order.
    pub rules: LotRules,
    /// Margin of a unit; zero when unknown.
    pub margin: f64,
}

/// The requirement of a place and the order that meets it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Requirement {
    /// P = R + L, days.
    pub protection_days: f64,
    /// Mean demand over P.
    pub mean_demand: f64,
    /// Standard deviation of demand over P, lead-time variability included.
    pub sigma: f64,
    /// Safety stock: order-up-to level less mean demand, never below zero.
    pub safety_stock: f64,
    /// Order-up-to level S.
    pub level: f64,
    /// Inventory position; `None` when no stock picture is known.
    pub position: Option<f64>,
    /// Order quantity.
    pub quantity: f64,
    /// Codes of the steps that made the quantity.
    pub steps: Vec<String>,
    /// Margin expected to be lost by ordering one day later, base currency a day.
    pub loss_per_day: f64,
    /// Forward cover of what is available, days; `None` without demand.
    pub cover_before: Option<f64>,
    /// The same with the order and everything on its way, days.
    pub cover_after: Option<f64>,
}

/// Periodic review, order up to S: S is the quantile of demand over P at the target.
///
/// The distribution follows the mean and spread of demand over P (engine 1.4): Poisson
/// or negative binomial below ten units, gamma where the normal would reach below zero
/// too often or is too wide, else normal.
pub fn requirement(situation: &Situation<'_>) -> Requirement {
    let outlook = situation.outlook;
    let days = situation.protection.days();
    let mean = outlook.mean(days);
    let rate = mean / days.max(1.0);
    let lead_time_part = rate * situation.protection.lead_time_sd_days;
    let error = outlook.sigma(days);
    let sigma = num::sqrt(error * error + lead_time_part * lead_time_part);
    let level = order_up_to_level(mean, sigma, situation.target);
    let position = situation
        .available
        .map(|available| available + situation.on_order);
    let lot = position.map_or(
        Lot {
            quantity: 0.0,
            reasons: Vec::new(),
        },
        |position| lot_size((level - position).max(0.0), &situation.rules),
    );
    let after = situation
        .available
        .map(|available| available + situation.on_order + lot.quantity);
    Requirement {
        protection_days: days,
        mean_demand: mean,
        sigma,
        safety_stock: (level - mean).max(0.0),
        level,
        position,
        quantity: lot.quantity,
        steps: lot
            .reasons
            .iter()
            .map(|reason| reason.code().to_owned())
            .collect(),
        loss_per_day: loss_per_day(situation),
        cover_before: situation
            .available
            .and_then(|available| outlook.cover_days(available)),
        cover_after: after.and_then(|stock| outlook.cover_days(stock)),
    }
}

fn order_up_to_level(mean: f64, sigma: f64, target: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    if sigma <= 0.0 {
        return mean;
    }
    Demand::select(mean, sigma).quantile(target).max(0.0)
}

/// Margin x demand of the day an order would arrive x chance that stock is out by then.
fn loss_per_day(situation: &Situation<'_>) -> f64 {
    let Some(available) = situation.available else {
        return 0.0;
    };
    let lead = situation.protection.lead_time_days;
    let outlook = situation.outlook;
    let rate = outlook.mean(lead + 1.0) - outlook.mean(lead);
    let short = outlook.mean(lead) - available - situation.on_order_in_lead;
    let lead_time_part = outlook.rate() * situation.protection.lead_time_sd_days;
    let error = outlook.sigma(lead);
    let sigma = num::sqrt(error * error + lead_time_part * lead_time_part);
    let chance = if sigma > 0.0 {
        num::normal_cdf(short / sigma)
    } else if short > 0.0 {
        1.0
    } else {
        0.0
    };
    situation.margin.max(0.0) * rate * chance
}

/// The figures of a reason sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReasonFigures {
    /// Status of the place.
    pub status: StockStatus,
    /// Available now, units.
    pub available: Option<f64>,
    /// Inventory position, units.
    pub position: Option<f64>,
    /// Order-up-to level, units.
    pub level: f64,
    /// Mean demand, units a day.
    pub rate: f64,
    /// Forward cover, days.
    pub cover: Option<f64>,
    /// Lead time, days.
    pub lead_days: f64,
    /// The last step of the order quantity that matters to a reader.
    pub step: Option<Reason>,
}

/// The reason of a proposal in one Chinese and one English sentence.
pub fn sentences(figures: &ReasonFigures) -> (String, String) {
    let n = |value: f64| grouped(value);
    let (rate, lead, level) = (
        decimal(figures.rate),
        n(figures.lead_days),
        n(figures.level),
    );
    let (mut zh, mut en) = match (figures.available, figures.status) {
        (None, _) => (
            format!("没有库存数据，目标 {level} 件"),
            format!("No stock data; order-up-to level {level}"),
        ),
        (Some(_), StockStatus::StockedOut) => (
            format!("已断货，日销 {rate} 件，交期 {lead} 天"),
            format!("Out; sells {rate} a day, lead time {lead} d"),
        ),
        (Some(available), StockStatus::PotentialStockOut) => {
            let (available, cover) = (n(available), n(figures.cover.unwrap_or(0.0)));
            (
                format!("可用 {available} 撑 {cover} 天，交期 {lead} 天"),
                format!("{available} lasts {cover} d, lead time {lead} d"),
            )
        }
        (
            Some(_),
            StockStatus::SurplusOrders | StockStatus::Excess | StockStatus::New | StockStatus::Ok,
        ) => {
            let position = n(figures.position.unwrap_or(0.0));
            (
                format!("位势 {position} 低于目标 {level}"),
                format!("Position {position} below target {level}"),
            )
        }
    };
    if let Some((more_zh, more_en)) = figures.step.and_then(step_words) {
        zh.push_str(more_zh);
        en.push_str(more_en);
    }
    (zh, en)
}

fn step_words(step: Reason) -> Option<(&'static str, &'static str)> {
    match step {
        Reason::Moq => Some(("，补到起订量", "; raised to MOQ")),
        Reason::PackUp => Some(("，按箱规取整", "; whole cases")),
        Reason::CapMaxOrder => Some(("，受单次上限", "; capped by max order")),
        Reason::CapShelfLife => Some(("，受保质期上限", "; capped by shelf life")),
        Reason::CapStorage => Some(("，受库容上限", "; capped by storage")),
        Reason::ConflictMoqGtCap => Some(("，起订量高于上限", "; MOQ above cap")),
        Reason::NoNeed | Reason::NoDemand => None,
    }
}

/// A whole number with thousands commas.
fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0.0 && digits != "0" {
        format!("\u{2212}{out}")
    } else {
        out
    }
}

/// One decimal below ten, else a whole number.
fn decimal(value: f64) -> String {
    if value < 10.0 {
        format!("{value:.1}")
    } else {
        grouped(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outlook() -> Outlook {
        let mut outlook = Outlook::default();
        let sd: Vec<f64> = (1..=26).map(|week| 20.0 * f64::from(week).sqrt()).collect();
        outlook.add([280.0; 26].into_iter(), &sd, |_week| [1.0 / 7.0; 7]);
        outlook
    }

    fn situation(outlook: &Outlook, available: Option<f64>) -> Situation<'_> {
        Situation {
            outlook,
            protection: Protection {
                review_days: 7.0,
                lead_time_days: 14.0,
                lead_time_sd_days: 0.0,
            },
            target: 0.95,
            available,
            on_order: 100.0,
            on_order_in_lead: 100.0,
            rules: LotRules {
                moq: 0.0,
                pack: 24.0,
                max_order: None,
                shelf_life_cap: None,
                storage_cap: None,
            },
            margin: 2.0,
        }
    }

    #[test]
    fn the_order_lifts_the_position_to_the_level_in_whole_cases() {
        let outlook = outlook();
        let result = requirement(&situation(&outlook, Some(200.0)));
        // M = 40 x 21 = 840; sigma = 20 sqrt 3; z(0.95) = 1.644854.
        assert!((result.level - (840.0 + 1.644_853_6 * 20.0 * 3.0_f64.sqrt())).abs() < 1e-3);
        assert_eq!(result.quantity, 600.0);
        assert_eq!(result.steps, ["PACK_UP"]);
        assert_eq!(result.cover_before, Some(5.0));
        assert_eq!(result.cover_after, Some(22.5));
        // Short for certain: 40 units a day x margin 2.
        assert!((result.loss_per_day - 80.0).abs() < 1e-6);
    }

    #[test]
    fn without_a_stock_picture_only_the_level_is_proposed() {
        let outlook = outlook();
        let result = requirement(&situation(&outlook, None));
        assert_eq!((result.quantity, result.position), (0.0, None));
        assert!(result.level > 840.0);
    }

    #[test]
    fn sentences_fit_a_row() {
        let figures = ReasonFigures {
            status: StockStatus::PotentialStockOut,
            available: Some(12_345.0),
            position: Some(12_345.0),
            level: 20_000.0,
            rate: 3.21,
            cover: Some(9.0),
            lead_days: 14.0,
            step: Some(Reason::PackUp),
        };
        let (zh, en) = sentences(&figures);
        assert_eq!(zh, "可用 12,345 撑 9 天，交期 14 天，按箱规取整");
        assert_eq!(en, "12,345 lasts 9 d, lead time 14 d; whole cases");
        let out = sentences(&ReasonFigures {
            status: StockStatus::StockedOut,
            step: None,
            ..figures
        });
        assert_eq!(out.0, "已断货，日销 3.2 件，交期 14 天");
    }
}
