//! R02: expected returns by lag.

use super::Case;
use super::input::{Malformed, number, numbers, whole};
use engine::returns::{ReturnRates, SalesByPeriod};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let (past, ahead) = (
        numbers(inputs, "past_sales")?,
        numbers(inputs, "forecast_sales")?,
    );
    let relist_lag = u32::try_from(whole(inputs, "relist_lag")?)
        .map_err(|_out_of_range| Malformed::Input("relist_lag".to_owned()))?;
    let rates = ReturnRates::try_new(
        number(inputs, "return_rate")?,
        numbers(inputs, "lag_pmf")?,
        number(inputs, "resellable_rate")?,
        relist_lag,
    )
    .map_err(|error| Malformed::Refused(error.code()))?;
    let sales = SalesByPeriod {
        past: &past,
        ahead: &ahead,
    };
    Ok(json!({
        "expected_returns": rates.expected(sales),
        "resellable_supply": rates.resellable(sales),
        "outstanding_expected_returns": rates.outstanding(&past),
    }))
}
