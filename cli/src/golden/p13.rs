//! P13: guaranteed service on a tree.

use super::Case;
use super::input::{Malformed, number, optional_number, rows};
use engine::num::floor_count;
use engine::replenish::{NetworkError, Stage, guaranteed_service};
use serde_json::{Map, Value, json};

impl From<NetworkError> for Malformed {
    fn from(error: NetworkError) -> Self {
        Self::Refused(error.code())
    }
}

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let nodes = rows(case.inputs, "nodes")?;
    let stages: Vec<Stage> = nodes.iter().map(stage).collect::<Result<_, _>>()?;
    let ids: Vec<Option<&Value>> = nodes.iter().map(|node| node.get("id")).collect();
    let place = |edge: &Value, end: usize| {
        let id = edge.get(end).filter(|id| id.is_number());
        let found = id.and_then(|id| ids.iter().position(|known| *known == Some(id)));
        found.ok_or_else(|| Malformed::Input("edges".to_owned()))
    };
    let links: Vec<(usize, usize)> = rows(case.inputs, "edges")?
        .iter()
        .map(|edge| Ok((place(edge, 0)?, place(edge, 1)?)))
        .collect::<Result<_, Malformed>>()?;
    let plan = guaranteed_service(&stages, &links, number(case.inputs, "z")?)?;
    let figures: Map<String, Value> = ids
        .iter()
        .zip(&plan.stages)
        .filter_map(|(id, stage)| {
            let figures = json!({
                "SI": stage.inbound,
                "S": stage.outbound,
                "net_replenishment_time": stage.net_time,
                "safety_stock": stage.safety_stock,
            });
            Some(((*id)?.to_string(), figures))
        })
        .collect();
    Ok(json!({"total_holding_cost": plan.cost, "nodes": figures}))
}

fn stage(node: &Value) -> Result<Stage, Malformed> {
    let time = |key: &str| optional_number(node, key).map(floor_count);
    Ok(Stage {
        processing: floor_count(number(node, "processing_time")?),
        inbound: time("inbound_service_time").unwrap_or(0),
        outbound_max: time("max_outbound_service_time"),
        holding: number(node, "holding_cost")?,
        demand_mean: optional_number(node, "demand_mean").unwrap_or(0.0),
        demand_sigma: optional_number(node, "demand_sd").unwrap_or(0.0),
    })
}
