//! Finding the parameters with which the company has its planted facts.

use std::ops::ControlFlow;

use super::{FACTS, Parameters, generate};
use crate::kpi;
use crate::sample::truth::FactId;

/// Yearly cost of sales the company is to have, CNY.
const COST_OF_SALES: f64 = 42_320_000.0;
/// Rounds over all parameters.
const ROUNDS: usize = 4;
/// Halvings of one parameter's range in a round.
const HALVINGS: usize = 5;

/// One parameter, the measure it moves and the range it is looked for in.
struct Knob {
    name: &'static str,
    set: fn(&mut Parameters, f64),
    get: fn(&Parameters) -> f64,
    range: (f64, f64),
    /// Whether the measure rises with the parameter.
    is_rising: bool,
    goal: Goal,
}

#[derive(Clone, Copy)]
enum Goal {
    CostOfSales,
    Fact(FactId),
}

const KNOBS: [Knob; 5] = [
    Knob {
        name: "demand_scale",
        set: |parameters, value| parameters.demand_scale = value,
        get: |parameters| parameters.demand_scale,
        range: (0.6, 1.6),
        is_rising: true,
        goal: Goal::CostOfSales,
    },
    Knob {
        name: "cover_days",
        set: |parameters, value| parameters.cover_days = value,
        get: |parameters| parameters.cover_days,
        range: (50.0, 180.0),
        is_rising: false,
        goal: Goal::Fact(FactId::Turns),
    },
    Knob {
        name: "overbuy_share",
        set: |parameters, value| parameters.overbuy_share = value,
        get: |parameters| parameters.overbuy_share,
        range: (0.0, 0.8),
        is_rising: true,
        goal: Goal::Fact(FactId::StaleShare),
    },
    Knob {
        name: "neglected_share",
        set: |parameters, value| parameters.neglected_share = value,
        get: |parameters| parameters.neglected_share,
        range: (0.0, 0.9),
        is_rising: true,
        goal: Goal::Fact(FactId::StockoutRate),
    },
    Knob {
        name: "count_error",
        set: |parameters, value| parameters.count_error = value,
        get: |parameters| parameters.count_error,
        range: (0.005, 0.2),
        is_rising: true,
        goal: Goal::Fact(FactId::BookVariance),
    },
];

/// Turns one parameter after another by bisection until every fact is met; each round
/// looks in a range a quarter as wide around the last finding. `step` hears of every
/// parameter found: its name, value and the measure there.
pub fn calibrate(start: Parameters, mut step: impl FnMut(&str, f64, f64)) -> Parameters {
    let mut parameters = start;
    for round in 0..ROUNDS {
        let narrowing = crate::num::powi(0.25, u32::try_from(round).unwrap_or(0));
        for knob in &KNOBS {
            let (low, high) = knob.range;
            let half = (high - low) / 2.0 * narrowing;
            let middle = if round == 0 {
                (low + high) / 2.0
            } else {
                (knob.get)(&parameters)
            };
            let range = ((middle - half).max(low), (middle + half).min(high));
            let measured = bisect(knob, &mut parameters, range);
            step(knob.name, (knob.get)(&parameters), measured);
        }
    }
    parameters
}

/// Halves the range towards the goal and returns the last measure.
fn bisect(knob: &Knob, parameters: &mut Parameters, (mut low, mut high): (f64, f64)) -> f64 {
    let goal = goal_value(knob.goal);
    let mut measured = f64::NAN;
    for _ in 0..HALVINGS {
        // Four decimals, so that what is printed is what is committed.
        let middle = ((low + high) * 5_000.0).round() / 10_000.0;
        (knob.set)(parameters, middle);
        measured = measure(knob.goal, parameters);
        if (measured < goal) == knob.is_rising {
            low = middle;
        } else {
            high = middle;
        }
    }
    measured
}

fn goal_value(goal: Goal) -> f64 {
    match goal {
        Goal::CostOfSales => COST_OF_SALES,
        Goal::Fact(id) => FACTS
            .iter()
            .find(|fact| fact.id == id)
            .map_or(0.0, |fact| fact.value),
    }
}

fn measure(goal: Goal, parameters: &Parameters) -> f64 {
    let Some(demo) = generate(parameters, |_done, _all| ControlFlow::Continue(())) else {
        return f64::NAN;
    };
    let dataset = demo.dataset;
    match goal {
        Goal::CostOfSales => kpi::turnover(&dataset).cost_of_sales,
        Goal::Fact(id) => id.measure(&dataset).unwrap_or(f64::NAN),
    }
}
