//! Replenishment without a browser: the question to the worker, decisions, the steps of a card.

use protocol::ProposalStatus;
use protocol::view::{CardPlace, Filter, Order, RowsQuery, Table};

/// What the list shows: a status (or all), words searched for, an order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Wanted {
    pub status: Option<String>,
    /// What the gate decided.
    pub gate: Option<String>,
    pub search: String,
    /// Column and whether the largest come first.
    pub sort: Option<(String, bool)>,
}

/// Columns a search looks into.
const SEARCHED: &str = "sku|name_zh|name_en|warehouse|warehouse_zh|warehouse_en";

impl Wanted {
    /// The question for the worker; without an order the largest loss a day comes first.
    pub(super) fn query(&self) -> RowsQuery {
        let mut filters = Vec::new();
        for (column, value) in [("status", &self.status), ("gate", &self.gate)] {
            filters.extend(value.clone().map(|value| Filter::OneOf {
                column: column.to_owned(),
                values: vec![value],
            }));
        }
        if !self.search.trim().is_empty() {
            filters.push(Filter::Contains {
                column: SEARCHED.to_owned(),
                text: self.search.trim().to_owned(),
            });
        }
        let (column, falls) = self.sort.clone().unwrap_or(("loss".to_owned(), true));
        let order = if falls {
            Order::Descending
        } else {
            Order::Ascending
        };
        RowsQuery {
            table: Table::Proposals,
            filters,
            sort: Some((column, order)),
            from: 0,
            len: 0,
        }
    }
}

/// Reads the id of a decision in a row.
pub(super) fn decision(id: &str) -> ProposalStatus {
    match id {
        "approved" => ProposalStatus::Approved,
        "rejected" => ProposalStatus::Rejected,
        "snoozed" => ProposalStatus::Snoozed,
        _ => ProposalStatus::Open,
    }
}

/// A bar of the bucket waterfall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    /// Bucket id, or `available`, `on_order`, `position`.
    pub id: &'static str,
    pub value: f64,
    pub is_total: bool,
}

/// Unrestricted, less claims, is available; with open orders the position.
pub(super) fn waterfall(place: &CardPlace) -> Vec<Step> {
    let bucket = |id: &str| {
        let found = place.buckets.iter().find(|(known, _)| known == id);
        found.map_or(0.0, |(_, thousandths)| *thousandths as f64 / 1_000.0)
    };
    let mut steps = vec![Step {
        id: "unrestricted",
        value: bucket("unrestricted"),
        is_total: true,
    }];
    for id in ["frozen", "locked", "reserved", "allocated"] {
        let claim = bucket(id);
        if claim != 0.0 {
            steps.push(Step {
                id,
                value: -claim,
                is_total: false,
            });
        }
    }
    let available = place.available.unwrap_or(0.0);
    let on_order: f64 = place.arrivals.iter().map(|arrival| arrival.quantity).sum();
    steps.push(Step {
        id: "available",
        value: available,
        is_total: true,
    });
    if on_order > 0.0 {
        steps.push(Step {
            id: "on_order",
            value: on_order,
            is_total: false,
        });
        steps.push(Step {
            id: "position",
            value: available + on_order,
            is_total: true,
        });
    }
    steps
}

/// Limits of the age bands in days, last included.
pub(super) const AGE_BANDS: [(i32, Option<i32>); 6] = [
    (0, Some(30)),
    (31, Some(60)),
    (61, Some(90)),
    (91, Some(180)),
    (181, Some(365)),
    (366, None),
];

/// Units by age band; goods without a date come last.
pub(super) fn by_age(layers: &[(Option<i32>, f64)]) -> [f64; AGE_BANDS.len() + 1] {
    let mut sums = [0.0; AGE_BANDS.len() + 1];
    for (age, quantity) in layers {
        let band = age.map(|age| {
            AGE_BANDS
                .iter()
                .position(|(_, to)| to.is_none_or(|to| age <= to))
                .unwrap_or(AGE_BANDS.len())
        });
        sums[band.unwrap_or(AGE_BANDS.len())] += quantity;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::view::CardArrival;

    fn place() -> CardPlace {
        let arrival = CardArrival {
            order: "PO1".into(),
            due: 1,
            quantity: 2_592.0,
            is_transfer: false,
        };
        CardPlace {
            warehouse: "W".into(),
            names: Default::default(),
            status: "ok".into(),
            value: 0.0,
            buckets: vec![
                ("unrestricted".into(), 4_860_000),
                ("frozen".into(), 2_700_000),
            ],
            available: Some(2_160.0),
            arrivals: vec![arrival],
            proposal: "PO-W-A".into(),
            order: None,
            rate: 0.0,
            lead_days: (0.0, 0.0),
            review_days: 0.0,
            is_default_lead: false,
            target: 0.95,
            supplier: None,
            without_order: Vec::new(),
            with_order: Vec::new(),
            receipts: Vec::new(),
            demand: Vec::new(),
            gate: None,
            shortage: None,
        }
    }

    #[test]
    fn the_waterfall_ends_at_the_position() {
        let steps: Vec<_> = waterfall(&place())
            .iter()
            .map(|step| (step.id, step.value))
            .collect();
        let expected = [
            ("unrestricted", 4_860.0),
            ("frozen", -2_700.0),
            ("available", 2_160.0),
            ("on_order", 2_592.0),
            ("position", 4_752.0),
        ];
        assert_eq!(steps, expected);
    }

    #[test]
    fn ages_fall_into_bands_and_unknown_ones_are_kept() {
        let sums = by_age(&[
            (Some(30), 1.0),
            (Some(31), 2.0),
            (Some(400), 4.0),
            (None, 8.0),
        ]);
        assert_eq!(sums, [1.0, 2.0, 0.0, 0.0, 0.0, 4.0, 8.0]);
    }

    #[test]
    fn the_largest_loss_comes_first_unless_asked() {
        let query = Wanted {
            status: Some("excess".into()),
            ..Wanted::default()
        }
        .query();
        assert_eq!(query.sort, Some(("loss".to_owned(), Order::Descending)));
        assert_eq!(query.filters.len(), 1);
    }
}
