//! P15: time-phased netting.

use super::Case;
use super::input::{Malformed, number, numbers};
use engine::num::floor_count;
use engine::replenish::{
    LotRules, NettedBucket, NettingRecord, NettingRules, OpenCause, TimeBucket, Unmet,
};
use serde_json::{Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let inputs = case.inputs;
    let count = |key: &str| number(inputs, key).map(floor_count);
    let rules = NettingRules {
        lead_time: count("lead_time_buckets")?,
        lot: LotRules {
            moq: number(inputs, "moq")?,
            pack: number(inputs, "case_pack")?,
            ..LotRules::default()
        },
        cover: count("overstock_cover_buckets")?,
        unmet: Unmet::Backordered,
    };
    let mut record = NettingRecord::default();
    record.net(number(inputs, "on_hand")?, &buckets(inputs)?, &rules)?;
    let row =
        |of: fn(&NettedBucket) -> f64| -> Vec<f64> { record.buckets.iter().map(of).collect() };
    let is_late = |open: &&engine::replenish::OpenRequirement| open.cause == OpenCause::LeadTime;
    let exceptions: Vec<Value> = record
        .open
        .iter()
        .filter(is_late)
        .map(|open| {
            json!({"bucket": open.bucket + 1, "code": open.cause.code(), "qty": open.quantity})
        })
        .collect();
    Ok(json!({
        "net_requirement": row(|bucket| bucket.net_requirement),
        "planned_receipt": row(|bucket| bucket.planned_receipt),
        "planned_release": row(|bucket| bucket.planned_release),
        "projected_on_hand": row(|bucket| bucket.projected),
        "shortage": row(|bucket| bucket.shortage),
        "overstock": row(|bucket| bucket.overstock),
        "exceptions": exceptions,
    }))
}

fn buckets(inputs: &Value) -> Result<Vec<TimeBucket>, Malformed> {
    let (receipts, safety) = (
        numbers(inputs, "scheduled_receipts")?,
        numbers(inputs, "safety_stock")?,
    );
    let rows = numbers(inputs, "gross_requirements")?
        .into_iter()
        .zip(receipts)
        .zip(safety);
    let bucket = |((requirement, scheduled_receipt), safety_stock)| TimeBucket {
        requirement,
        scheduled_receipt,
        safety_stock,
    };
    Ok(rows.map(bucket).collect())
}
