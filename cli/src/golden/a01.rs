//! A01: movements to stock pictures.

use super::Case;
use super::input::{Malformed, rows};
use engine::ids::{SkuId, WarehouseId};
use engine::stock::{Bucket, Ledger, Movement, MovementCode, Picture, Slot};
use engine::units::Qty;
use serde_json::{Map, Value, json};

pub(super) fn run(case: &Case<'_>) -> Result<Value, Malformed> {
    let mut places = Vec::new();
    let movements: Vec<Movement> = rows(case.inputs, "movements")?
        .iter()
        .map(|row| movement(row, &mut places))
        .collect::<Result<_, _>>()?;
    let mut ledger = Ledger::default();
    let rejected: Vec<Value> = ledger
        .apply_all(&movements)
        .iter()
        .map(|refusal| {
            let code = refusal.error.code();
            json!({"line": refusal.index, "error": code.strip_prefix("E_").unwrap_or(code)})
        })
        .collect();
    let locations: Map<String, Value> = places
        .iter()
        .enumerate()
        .map(|(at, place)| {
            let picture = ledger.picture(SkuId(0), WarehouseId::from_index(at));
            (place.clone(), figures(&picture))
        })
        .collect();
    Ok(json!({"locations": locations, "rejected": rejected}))
}

fn movement(row: &Value, places: &mut Vec<String>) -> Result<Movement, Malformed> {
    let malformed = || Malformed::Input("movements".to_owned());
    let mut place = |at: usize| {
        let name = row.get(at)?.as_str()?;
        let known = places.iter().position(|place| place == name);
        let index = known.unwrap_or_else(|| {
            places.push(name.to_owned());
            places.len() - 1
        });
        Some(WarehouseId::from_index(index))
    };
    let code = row.get(1).and_then(Value::as_str);
    let quantity = row.get(2).and_then(Value::as_f64);
    Ok(Movement {
        sku: SkuId(0),
        warehouse: place(0).ok_or_else(malformed)?,
        destination: place(3),
        code: code.and_then(MovementCode::parse).ok_or_else(malformed)?,
        quantity: Qty::round_from_f64(quantity.ok_or_else(malformed)?),
    })
}

fn figures(picture: &Picture) -> Value {
    let is_counted = |slot: &Slot| !matches!(slot, Slot::In(Bucket::Virtual) | Slot::InTransitIn);
    let buckets: Map<String, Value> = Slot::all()
        .filter(is_counted)
        .map(|slot| (slot.as_str().to_owned(), json!(picture.get(slot).to_f64())))
        .collect();
    json!({
        "buckets": buckets,
        "in_transit_in": picture.get(Slot::InTransitIn).to_f64(),
        "on_hand": picture.on_hand().to_f64(),
        "available": picture.available().to_f64(),
    })
}
