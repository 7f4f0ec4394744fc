//! P05: order-up-to level for a fill rate under (R,S), exact.

use super::Case;
use super::input::{Malformed, number, optional_number};
use engine::num::{root, sqrt};
use engine::replenish::{Demand, Distribution, Exposure};
use serde_json::{Value, json};

/// How many deviations from the mean the contrast value is looked for.
const REACH: f64 = 12.0;

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let (daily, sd) = (
        number(inputs, "mean_per_day")?,
        number(inputs, "sd_per_day")?,
    );
    let (review, lead) = (
        number(inputs, "review_days")?,
        number(inputs, "lead_time_days")?,
    );
    let lead_part = daily * optional_number(inputs, "lead_time_sd_days").unwrap_or(0.0);
    let over = |days: f64| Demand::Normal {
        mean: days * daily,
        sigma: sqrt(days * sd * sd + lead_part * lead_part),
    };
    let exposure = Exposure {
        lead: over(lead),
        protection: over(review + lead),
        review_mean: review * daily,
    };
    let target = number(inputs.get("target").unwrap_or(&Value::Null), "value")?;
    let level = exposure.order_up_to(target)?;
    let whole = &exposure.protection;
    let traditional = |level: f64| 1.0 - whole.loss(level) / exposure.review_mean;
    let spread = REACH * sqrt((review + lead) * sd * sd + lead_part * lead_part);
    let (low, high) = (
        whole.mean() - spread - exposure.review_mean,
        whole.mean() + spread,
    );
    Ok(json!({
        "order_up_to": level,
        "safety_stock": level - whole.mean(),
        "fill_rate_at_S": exposure.fill_rate(level),
        "traditional_fill_rate_at_S": traditional(level),
        "traditional_order_up_to": root(low, high, |level| traditional(level) - target),
    }))
}
