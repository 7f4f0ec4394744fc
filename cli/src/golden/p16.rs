//! P16: replay of demand under (R,S).

use super::Case;
use super::input::{Malformed, number, numbers, text};
use engine::num::floor_count;
use engine::replenish::{ItemRun, LotRules, Operation, Policy, SimulatedDay, Tally, Unmet};
use serde_json::{Value, json};

/// Days that the case shows one by one.
const DAYS_SHOWN: usize = 10;

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let operation = Operation {
        policy: Policy::OrderUpTo {
            level: number(inputs, "order_up_to")?,
        },
        review_days: floor_count(number(inputs, "review_days")?),
        lot: Some(LotRules {
            pack: number(inputs, "case_pack")?,
            ..LotRules::default()
        }),
        unmet: unmet(inputs)?,
    };
    let lead_time = floor_count(number(inputs, "lead_time_days")?);
    let mut item = ItemRun::try_new(operation, number(inputs, "initial_on_hand")?)?;
    let days: Vec<SimulatedDay> = numbers(inputs, "demand")?
        .into_iter()
        .map(|demand| item.day(demand, || lead_time))
        .collect();
    let mut tally = Tally::default();
    days.iter().for_each(|day| tally.add(day));
    let last = days.last().copied().unwrap_or_default();
    let shown: Vec<Value> = days.iter().take(DAYS_SHOWN).enumerate().map(show).collect();
    Ok(json!({
        "units_demanded": tally.demand,
        "units_filled": tally.filled,
        "fill_rate": tally.filled / tally.demand,
        "stockout_days": tally.stockout_days,
        "avg_on_hand": tally.on_hand / tally.days,
        "orders": tally.orders,
        "ending_on_hand": last.on_hand,
        "ending_backorder": last.backorder,
        "first_10_days": shown,
    }))
}

/// What becomes of unmet demand in a case.
pub(super) fn unmet(inputs: &Value) -> Result<Unmet, Malformed> {
    match text(inputs, "unmet")? {
        "backorder" => Ok(Unmet::Backordered),
        "lost" => Ok(Unmet::Lost),
        _ => Err(Malformed::Input("unmet".to_owned())),
    }
}

fn show((day, figures): (usize, &SimulatedDay)) -> Value {
    json!({
        "day": day,
        "received": figures.received,
        "demand": figures.demand,
        "filled": figures.filled,
        "on_hand": figures.on_hand,
        "backorder": figures.backorder,
    })
}
