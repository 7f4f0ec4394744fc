//! The approval gate of a plan: which proposals may go out by themselves, and which a person has to see.

use super::decide::PlacePlan;
use super::planned::SeriesForecast;
use crate::dataset::{Dataset, TableId};
use crate::forecast::Holdout;
use crate::ids::{SkuId, WarehouseId};
use crate::master::Catalog;
use crate::num::count_f64;
use crate::replenish::{GateLine, GateRule, GateRules, GateVerdict, Requirement};
use crate::units::{Amount, Qty};

/// Multiple of the highest value beyond which a second person is needed, where nothing is stated.
const BLOCK_FACTOR: f64 = 5.0;
/// Share of an order that signals may bring before a person has to see it.
const SIGNAL_SHARE: f64 = 0.1;

/// A place.
type Place = (SkuId, WarehouseId);

/// What the gate compares proposals with.
pub struct Gates {
    /// The rules by category.
    pub rules: GateRules,
    /// What is known of places, in their order.
    known: Vec<Known>,
}

/// What a proposal is compared with.
struct Known {
    place: Place,
    /// Units of known orders, and how many.
    units: f64,
    orders: usize,
    /// Forecast errors of what the place serves.
    errors: Holdout,
}

impl Gates {
    /// Rules and past orders of a dataset, and the errors of a plan's forecasts; `places` by SKU,
    /// then warehouse.
    #[must_use]
    pub fn new(
        dataset: &Dataset,
        catalog: &Catalog,
        (series, places): (&[SeriesForecast], &[PlacePlan]),
    ) -> Self {
        let mut known: Vec<Known> = places.iter().map(Known::new).collect();
        for one in series {
            if let Some(known) = at(&mut known, (one.key.sku, one.warehouse)) {
                known.errors.merge(&one.holdout);
            }
        }
        let has_history = read_orders(dataset, catalog, &mut known);
        let default = GateRule {
            block_factor: Some(Amount::round_from_f64(BLOCK_FACTOR)),
            signal_share_max: Some(Amount::round_from_f64(SIGNAL_SHARE)),
            // Open orders alone are no history: what is not open would seem new.
            is_new_manual: has_history,
            ..GateRule::default()
        };
        Self {
            rules: GateRules::from_dataset(dataset, catalog, default),
            known,
        }
    }

    /// A proposal as the gate sees it, when it orders something.
    #[must_use]
    pub fn line(&self, catalog: &Catalog, place: &PlacePlan) -> Option<GateLine> {
        let requirement = place.requirement.as_ref()?;
        let category = catalog.sku(place.sku)?.category;
        let here = (place.sku, place.warehouse);
        let found = self.known.binary_search_by_key(&here, |it| it.place);
        let known = self.known.get(found.ok()?)?;
        let average = known.units / count_f64(known.orders.max(1));
        let errors = known.errors;
        let mape = errors.percent_error / errors.percent_count;
        let price = place.price.map_or(0.0, Amount::to_f64);
        let amount = Amount::round_from_f64;
        (requirement.quantity > 0.0).then(|| GateLine {
            category,
            value: amount(requirement.quantity * price),
            cover_days: requirement.cover_after.map(amount),
            quantity: Qty::round_from_f64(requirement.quantity),
            order_average: Qty::round_from_f64(average),
            mape: (errors.percent_count > 0.0).then(|| amount(mape)),
            signal_share: signal_share(place, requirement).map(amount),
        })
    }

    /// What the gate says of a proposal; `None` where nothing is ordered.
    #[must_use]
    pub fn verdict(&self, catalog: &Catalog, place: &PlacePlan) -> Option<GateVerdict> {
        Some(self.rules.check(&self.line(catalog, place)?))
    }
}

/// Share of an order that would not be ordered without what signals, campaigns and leads bring.
fn signal_share(place: &PlacePlan, requirement: &Requirement) -> Option<f64> {
    let brought = place.signal_units.min(requirement.quantity);
    (brought > 0.0).then(|| brought / requirement.quantity)
}

impl Known {
    fn new(of: &PlacePlan) -> Self {
        Self {
            place: (of.sku, of.warehouse),
            units: 0.0,
            orders: 0,
            errors: Holdout::default(),
        }
    }
}

fn at(known: &mut [Known], place: Place) -> Option<&mut Known> {
    let found = known.binary_search_by_key(&place, |it| it.place).ok()?;
    known.get_mut(found)
}

/// Adds purchases that came in and those that are open; whether any came in.
fn read_orders(dataset: &Dataset, catalog: &Catalog, known: &mut [Known]) -> bool {
    let mut has_history = false;
    let sources = [
        (TableId::Movements, "code", ["GR_PO", "GR_PO_NOQC"]),
        (TableId::OpenOrders, "kind", ["purchase", "purchase"]),
    ];
    for (id, column, kinds) in sources {
        let Some(table) = dataset.table(id) else {
            continue;
        };
        for row in 0..table.len() {
            let is_purchase = table
                .text(column, row)
                .is_some_and(|it| kinds.contains(&it));
            let sku = table.text("sku", row).and_then(|it| catalog.sku_id(it));
            let site = table.text("warehouse", row);
            let site = site.and_then(|it| catalog.warehouse_id(it));
            let place = sku.zip(site).filter(|_| is_purchase);
            has_history |= place.is_some() && id == TableId::Movements;
            let units = table.number("quantity", row).map(Qty::from_thousandths);
            let known = place.and_then(|place| at(known, place));
            if let (Some(known), Some(units)) = (known, units) {
                known.units += units.to_f64();
                known.orders += 1;
            }
        }
    }
    has_history
}
