//! P08: seldom demand over the protection interval.

use super::Case;
use super::input::{Malformed, number, optional_number};
use engine::forecast::DemandShape;
use engine::replenish::{Demand, Distribution, SeldomDemand};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let daily = SeldomDemand {
        chance: number(inputs, "demand_prob_per_day")?,
        size_mean: number(inputs, "size_mean")?,
        size_sd: number(inputs, "size_sd")?,
    };
    let days =
        optional_number(inputs, "review_days").unwrap_or(0.0) + number(inputs, "lead_time_days")?;
    let lead_sd = optional_number(inputs, "lead_time_sd_days").unwrap_or(0.0);
    let (mean, sigma) = daily.over(days, lead_sd);
    let variance = sigma * sigma;
    let of_sizes = daily.size_sd / daily.size_mean;
    let shape = DemandShape {
        interval: 1.0 / daily.chance,
        variation: of_sizes * of_sizes,
    };
    Ok(json!({
        "mean_per_day": daily.mean(),
        "var_per_day": daily.variance(),
        "protection_mean": mean,
        "protection_var": variance,
        "nb_r": mean * mean / (variance - mean),
        "nb_p": mean / variance,
        "order_up_to": Demand::counted(mean, sigma).quantile(number(inputs, "csl")?),
        "adi": shape.interval,
        "cv2": shape.variation,
        "sbc_class": shape.class().as_str(),
    }))
}
