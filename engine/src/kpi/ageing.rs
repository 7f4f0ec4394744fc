//! Stock age (库龄): value by days since the goods first arrived.

use super::cost::UnitCosts;
use super::measure::{Measure, Missing, Value};
use crate::dataset::{Dataset, Table, TableId};
use crate::day::Day;
use crate::units::{Amount, Qty};

/// Goods older than this many days are stale.
const STALE_DAYS: i32 = 90;

/// Buckets whose goods are ours and physically in the warehouse. Claims on unrestricted
/// goods would count them twice; consigned goods belong to the vendor.
const OWNED: [&str; 7] = [
    "unrestricted",
    "qc_inbound",
    "qc_return",
    "blocked",
    "grade_b",
    "grade_c",
    "scrap",
];

/// A set of age bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bands {
    /// 0-30, 31-60, 61-90, 91-180, over 180 days (golden case N02).
    Five,
    /// 0-30, 31-60, 61-90, 91-180, 181-365, over 365 days.
    Six,
}

impl Bands {
    /// The last day of each band; the last band has no end.
    pub const fn limits(self) -> &'static [i32] {
        match self {
            Self::Five => &[30, 60, 90, 180, i32::MAX],
            Self::Six => &[30, 60, 90, 180, 365, i32::MAX],
        }
    }
}

/// Goods of one age band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Least age, days.
    pub from_days: i32,
    /// Greatest age, days; `None` for the last band.
    pub to_days: Option<i32>,
    /// Units.
    pub qty: Qty,
    /// Value at cost, base currency.
    pub value: f64,
}

/// Stock at `as_of` by age.
#[derive(Clone, Debug, PartialEq)]
pub struct Ageing {
    /// One entry a band, youngest first.
    pub bands: Vec<Band>,
    /// Units without a receipt date.
    pub unknown_qty: Qty,
    /// Their value at cost, base currency.
    pub unknown_value: f64,
    /// Mean age by quantity, days; `None` without dated goods.
    pub weighted_age_days: Option<f64>,
    /// Value older than 90 days over the value of all dated goods.
    pub stale_share: Measure,
}

/// Ages the stock of `stock.csv`.
///
/// Age = `as_of` - `origin_received_on` (else `received_on`) in days, as a difference;
/// transfers and returns keep the origin date. Value = quantity x the layer's `unit_cost`
/// (else the SKU's). Goods without a date are listed as unknown and stand in no band.
/// A date after `as_of` counts as age zero.
/// Source: engine specification 6.2; golden case N02.
pub fn ageing(dataset: &Dataset, bands: Bands) -> Ageing {
    match (dataset.as_of(), dataset.table(TableId::Stock)) {
        (None, _) => Ageing::empty(bands, Missing::AsOf),
        (_, None) => Ageing::empty(bands, Missing::Table(TableId::Stock)),
        (Some(as_of), Some(stock)) => {
            Layers::read(stock, as_of, &UnitCosts::new(dataset)).aged(bands)
        }
    }
}

/// The value share older than 90 days: numerator and denominator in base currency.
/// See [`ageing`] for the definition.
pub fn stale_share(dataset: &Dataset) -> Measure {
    ageing(dataset, Bands::Six).stale_share
}

impl Ageing {
    fn empty(bands: Bands, missing: Missing) -> Self {
        Layers::default().aged(bands).with(Measure::absent(missing))
    }

    fn with(self, stale_share: Measure) -> Self {
        Self {
            stale_share,
            ..self
        }
    }
}

#[derive(Clone, Copy)]
struct Layer {
    age: Option<i32>,
    qty: Qty,
    value: Value,
}

#[derive(Default)]
struct Layers {
    layers: Vec<Layer>,
    without_cost: u64,
}

impl Layers {
    fn read(stock: &Table, as_of: Day, costs: &UnitCosts) -> Self {
        let mut layers = Self::default();
        for row in 0..stock.len() {
            let bucket = stock.text("bucket", row).unwrap_or("");
            if !OWNED.contains(&bucket) {
                continue;
            }
            let qty = Qty::from_thousandths(stock.number("quantity", row).unwrap_or(0));
            let own = stock.number("unit_cost", row).map(Amount::from_millionths);
            let cost = own.or_else(|| costs.get(stock.text("sku", row)?));
            layers.without_cost += u64::from(cost.is_none());
            let origin = stock.day("origin_received_on", row);
            let received = origin.or_else(|| stock.day("received_on", row));
            layers.layers.push(Layer {
                age: received.map(|day| (as_of - day).max(0)),
                qty,
                value: Value::of(qty, cost.unwrap_or(Amount::ZERO)),
            });
        }
        layers
    }

    fn aged(&self, bands: Bands) -> Ageing {
        let mut from_days = 0;
        let band = |limit: &i32| {
            let from = std::mem::replace(&mut from_days, limit.saturating_add(1));
            let (qty, value) = self.sum(|age| age.is_some_and(|age| age >= from && age <= *limit));
            Band {
                from_days: from,
                to_days: Some(*limit).filter(|limit| *limit < i32::MAX),
                qty,
                value,
            }
        };
        let bands = bands.limits().iter().map(band).collect();
        let (unknown_qty, unknown_value) = self.sum(|age| age.is_none());
        Ageing {
            bands,
            unknown_qty,
            unknown_value,
            weighted_age_days: self.weighted_age(),
            stale_share: self.stale_share(),
        }
    }

    fn sum(&self, is_in: impl Fn(Option<i32>) -> bool) -> (Qty, f64) {
        let layers = self.layers.iter().filter(|layer| is_in(layer.age));
        let value: Value = layers.clone().map(|layer| layer.value).sum();
        (layers.map(|layer| layer.qty).sum(), value.to_f64())
    }

    fn weighted_age(&self) -> Option<f64> {
        let dated = self
            .layers
            .iter()
            .filter_map(|layer| Some((layer.age?, layer.qty)));
        let (days, units) = dated.fold((0.0, 0.0), |(days, units), (age, qty)| {
            (days + f64::from(age) * qty.to_f64(), units + qty.to_f64())
        });
        (units > 0.0).then(|| days / units)
    }

    fn stale_share(&self) -> Measure {
        let (_, stale) = self.sum(|age| age.is_some_and(|age| age > STALE_DAYS));
        let (_, dated) = self.sum(|age| age.is_some());
        let undated = self
            .layers
            .iter()
            .fold(0, |n, layer| n + u64::from(layer.age.is_none()));
        let gaps = [("received_on", undated), ("unit_cost", self.without_cost)];
        let missing = gaps.into_iter().filter(|(_, rows)| *rows > 0);
        let missing = missing.map(|(column, rows)| Missing::Rows(TableId::Stock, column, rows));
        Measure::ratio(stale, dated, missing.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::dataset;
    use super::*;

    const COMPANY: &str = "key,value\nas_of,2026-09-30\n";

    /// Golden case N02: 430 on hand, newest receipts first.
    const LAYERS: &str = "sku,warehouse,bucket,quantity,lot,received_on,origin_received_on,unit_cost\n\
        A,W,unrestricted,60,5,2026-09-18,,11.5\n\
        A,W,unrestricted,120,4,2026-09-25,2026-08-20,12\n\
        A,W,unrestricted,150,3,2026-06-25,,10.5\n\
        A,W,unrestricted,100,2,2026-04-02,,11\n\
        A,W,reserved,40,,,,\n\
        A,W,consign_in,7,9,2026-01-01,,1\n";

    fn aged(bands: Bands, stock: &str) -> Ageing {
        ageing(
            &dataset(&[(TableId::Company, COMPANY), (TableId::Stock, stock)]),
            bands,
        )
    }

    #[test]
    fn golden_n02_bands_and_shares() {
        let ageing = aged(Bands::Five, LAYERS);
        let rows: Vec<_> = ageing
            .bands
            .iter()
            .map(|band| (band.qty.to_f64(), band.value))
            .collect();
        let expected = [
            (60.0, 690.0),
            (120.0, 1_440.0),
            (0.0, 0.0),
            (150.0, 1_575.0),
            (100.0, 1_100.0),
        ];
        assert_eq!(rows, expected);
        assert!((ageing.weighted_age_days.unwrap() - 89.046_511_627_906_98).abs() < 1e-12);
        let share = ageing.stale_share;
        assert!((share.value.unwrap() - 0.556_711_758_584_807_5).abs() < 1e-15);
        assert_eq!(share.missing, []);
    }

    #[test]
    fn six_bands_part_the_last_one_at_a_year() {
        let rows = "sku,warehouse,bucket,quantity,lot,received_on,unit_cost\n\
            A,W,scrap,1,1,2025-09-30,1\nA,W,scrap,2,2,2025-09-29,1\nA,W,scrap,4,3,2026-04-03,1\n";
        let bands = aged(Bands::Six, rows).bands;
        let values: Vec<_> = bands.iter().map(|band| band.value).collect();
        assert_eq!(values, [0.0, 0.0, 0.0, 4.0, 1.0, 2.0]);
        let last = bands.last().unwrap();
        assert_eq!((last.from_days, last.to_days), (366, None));
    }

    #[test]
    fn goods_without_a_date_are_listed_apart() {
        let rows = "sku,warehouse,bucket,quantity,lot,received_on,unit_cost\n\
            A,W,unrestricted,3,1,,2\nA,W,unrestricted,1,2,2026-09-30,2\nB,W,blocked,1,2,2026-01-30,\n";
        let ageing = aged(Bands::Five, rows);
        assert_eq!(
            (ageing.unknown_qty, ageing.unknown_value),
            (Qty::from_units(3), 6.0)
        );
        assert_eq!(ageing.stale_share.value, Some(0.0));
        let missing = [
            Missing::Rows(TableId::Stock, "received_on", 1),
            Missing::Rows(TableId::Stock, "unit_cost", 1),
        ];
        assert_eq!(ageing.stale_share.missing, missing);
    }

    #[test]
    fn without_a_stock_file_there_is_no_share() {
        let share = stale_share(&dataset(&[(TableId::Company, COMPANY)]));
        assert_eq!(share.value, None);
        assert_eq!(share.missing, [Missing::Table(TableId::Stock)]);
    }
}
