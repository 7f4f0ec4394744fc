//! P17: demand over one of several lead times.

use super::Case;
use super::input::{Malformed, number, optional_number, rows};
use engine::num::sqrt;
use engine::replenish::{Demand, Distribution, LeadTime, Mixture, lead_time_moments};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let times: Vec<LeadTime> = rows(inputs, "lead_time_pmf")?
        .iter()
        .map(|row| {
            Ok(LeadTime {
                days: number(row, "days")?,
                chance: number(row, "p")?,
            })
        })
        .collect::<Result<_, Malformed>>()?;
    let review = optional_number(inputs, "review_days").unwrap_or(0.0);
    let (daily, sd) = (
        number(inputs, "mean_per_day")?,
        number(inputs, "sd_per_day")?,
    );
    let csl = number(inputs, "csl")?;
    let mixture = Mixture::of(&times, |days| Demand::Normal {
        mean: (review + days) * daily,
        sigma: sqrt(review + days) * sd,
    })?;
    let (lead, lead_sd) = lead_time_moments(&times);
    let lead_part = daily * lead_sd;
    let two_moments = Demand::Normal {
        mean: (review + lead) * daily,
        sigma: sqrt((review + lead) * sd * sd + lead_part * lead_part),
    };
    let Demand::Normal { mean, sigma } = two_moments else {
        return Err(Malformed::Refused("E_NO_DEMAND"));
    };
    Ok(json!({
        "mean": mean,
        "sigma": sigma,
        "mixture_order_up_to": mixture.quantile(csl),
        "two_moment_order_up_to": two_moments.quantile(csl),
    }))
}
