//! One SKU's card.

use super::{Shown, both};
use engine::plan::Plan;
use engine::plan::view::{CardPlace as PlaceView, Layer, Lever, Remedy, Shortage, sku_card};
use engine::stock::Bucket;
use engine::units::Amount;
use protocol::view::{
    CardArrival, CardLayer, CardLever, CardOrder, CardPlace, CardRemedy, CardShortage, Decision,
    SkuCard,
};
use protocol::{AppError, Code};

pub(super) fn card(shown: Shown<'_>, code: &str) -> Result<SkuCard, AppError> {
    let plan = shown.plan;
    let unknown = || {
        AppError::new(Code::UnknownName)
            .with("attribute", "sku")
            .with("code", code)
    };
    let id = plan.catalog.sku_id(code).ok_or_else(unknown)?;
    let sku = plan.catalog.sku(id).ok_or_else(unknown)?;
    let view = sku_card(plan, shown.dataset, id);
    let category = plan.catalog.categories.get(sku.category.index());
    let places: Vec<CardPlace> = view
        .places
        .iter()
        .map(|place| card_place(shown, place))
        .collect();
    let weeks = places
        .iter()
        .map(|place| place.demand.len())
        .max()
        .unwrap_or(0);
    let decision = |place: &CardPlace| {
        let (status, quantity) = shown.decisions.get(&place.proposal)?;
        Some(Decision {
            proposal: place.proposal.clone(),
            status: *status,
            quantity: *quantity,
        })
    };
    Ok(SkuCard {
        sku: code.to_owned(),
        names: both(Some(&sku.names)),
        category: category
            .map_or_else(Default::default, |c| (c.code.clone(), both(Some(&c.names)))),
        abc: view
            .places
            .first()
            .map_or("C", |place| place.plan.class.as_str())
            .to_owned(),
        unit_cost: sku.unit_cost.map(Amount::to_f64),
        list_price: sku.list_price.map(Amount::to_f64),
        pack: sku.pack.thousandths(),
        weeks: (0..weeks)
            .map(|week| plan.week_start(week).number())
            .collect(),
        decisions: places.iter().filter_map(decision).collect(),
        places,
        layers: view.layers.iter().map(layer).collect(),
    })
}

fn card_place(shown: Shown<'_>, view: &PlaceView<'_>) -> CardPlace {
    let (plan, place) = (shown.plan, view.plan);
    let warehouse = plan.catalog.warehouses.get(place.warehouse.index());
    let supplier = place
        .supplier
        .and_then(|id| plan.catalog.suppliers.get(id.index()));
    let position = place.position.as_ref();
    let bucket = |bucket: Bucket| {
        let quantity = position?.bucket(bucket);
        (!quantity.is_zero()).then(|| (bucket.as_str().to_owned(), quantity.thousandths()))
    };
    let arrival = |arrival: &engine::stock::Arrival| CardArrival {
        order: arrival.order.clone(),
        due: arrival.due.number(),
        quantity: arrival.quantity.to_f64(),
        is_transfer: arrival.is_transfer,
    };
    CardPlace {
        warehouse: warehouse.map_or_else(String::new, |warehouse| warehouse.code.clone()),
        names: both(warehouse.map(|warehouse| &warehouse.names)),
        status: place.verdict.status.as_str().to_owned(),
        value: place.verdict.value,
        buckets: Bucket::ALL.into_iter().filter_map(bucket).collect(),
        available: position.map(|position| position.available().to_f64()),
        arrivals: position.map_or_else(Vec::new, |position| {
            position.arrivals.iter().map(arrival).collect()
        }),
        proposal: plan.proposal_id(place),
        order: order(place),
        rate: place.rate,
        lead_days: (place.lead_days, place.lead_sd_days),
        review_days: place.review_days,
        is_default_lead: place.is_default_lead,
        target: place.target,
        supplier: supplier.map(|supplier| (supplier.code.clone(), both(Some(&supplier.names)))),
        without_order: view.without_order.clone(),
        with_order: view.with_order.clone(),
        receipts: view.receipts.clone(),
        demand: place.weekly_demand.clone(),
        gate: place.gate.as_ref().map(|gate| {
            let reasons = gate.reasons.iter().map(|reason| reason.code().to_owned());
            (gate.decision.code().to_owned(), reasons.collect())
        }),
        shortage: view.shortage.as_ref().map(|it| shortage(plan, it)),
    }
}

fn shortage(plan: &Plan, shortage: &Shortage) -> CardShortage {
    let lever = |lever: &Lever| match lever {
        Lever::Transfer { from, send_by } => {
            let from = plan.catalog.warehouses.get(from.index());
            CardLever::Transfer {
                from: both(from.map(|warehouse| &warehouse.names)),
                send_by: send_by.number(),
            }
        }
        Lever::Advance { order, from, to } => CardLever::Advance {
            order: order.clone(),
            from: from.number(),
            to: to.number(),
        },
        Lever::Faster { from, to } => CardLever::Faster {
            from: *from,
            to: *to,
        },
        Lever::More => CardLever::More,
        Lever::SellLess { share, until } => CardLever::SellLess {
            share: *share,
            until: until.number(),
        },
    };
    let remedy = |remedy: &Remedy| CardRemedy {
        lever: lever(&remedy.lever),
        units: remedy.units,
        cost: remedy.cost,
    };
    CardShortage {
        day: shortage.day.number(),
        units: shortage.units,
        remedies: shortage.remedies.iter().map(remedy).collect(),
    }
}

fn order(place: &engine::plan::PlacePlan) -> Option<CardOrder> {
    let requirement = place.requirement.as_ref()?;
    Some(CardOrder {
        protection_days: requirement.protection_days,
        mean_demand: requirement.mean_demand,
        sigma: requirement.sigma,
        safety_stock: requirement.safety_stock,
        level: requirement.level,
        position: requirement.position,
        quantity: requirement.quantity,
        steps: requirement.steps.clone(),
        loss_per_day: requirement.loss_per_day,
        cost: place
            .price
            .map(|price| price.to_f64() * requirement.quantity),
        cover: (requirement.cover_before, requirement.cover_after),
        reason: (place.reason_zh.clone(), place.reason_en.clone()),
    })
}

fn layer(layer: &Layer) -> CardLayer {
    CardLayer {
        warehouse: layer.warehouse.clone(),
        received_on: layer.received_on.map(engine::day::Day::number),
        age_days: layer.age_days,
        quantity: layer.quantity.to_f64(),
        value: layer
            .unit_cost
            .map(|cost| cost.to_f64() * layer.quantity.to_f64()),
    }
}
