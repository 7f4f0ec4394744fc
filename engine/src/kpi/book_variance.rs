//! Book-physical difference (账实差异) of the last stock count.

use std::collections::{BTreeMap, BTreeSet};

use super::cost::UnitCosts;
use super::measure::{Measure, Missing, Value};
use crate::dataset::{Dataset, Table, TableId};
use crate::day::{Day, Moment};
use crate::order::collect_set;
use crate::units::{Amount, Qty};

/// What the last count of every warehouse found.
#[derive(Clone, Debug, PartialEq)]
pub struct BookVariance {
    /// Sum of |counted - book| x cost over the book value; sides in base currency.
    pub gross: Measure,
    /// |Sum of (counted - book) x cost| over the book value.
    pub net: Measure,
    /// Lines without a difference over lines.
    pub line_accuracy: Measure,
}

/// Compares book and count, for each warehouse in its latest session.
///
/// Formula: gross = sum |counted - book| c / sum book c; c = net unit cost in base currency.
/// Unit: fraction. Lines of a SKU without a cost are left out of the rates and counted.
/// Source: engine specification 5.7; golden case F08.
pub fn book_variance(dataset: &Dataset) -> BookVariance {
    let Some(counts) = dataset.table(TableId::Counts) else {
        return BookVariance::absent(Missing::Table(TableId::Counts));
    };
    let rows = last_sessions(counts, None);
    if rows.is_empty() {
        return BookVariance::absent(Missing::Window(TableId::Counts));
    }
    measured(counts, &rows, &UnitCosts::new(dataset))
}

/// The gross rate of [`book_variance`] as it would have been read at the end of earlier days;
/// none while a warehouse that is counted now had no count yet.
pub fn book_variances(dataset: &Dataset, days: &[Day]) -> Vec<Option<f64>> {
    let Some(counts) = dataset.table(TableId::Counts) else {
        return Vec::new();
    };
    let costs = UnitCosts::new(dataset);
    let warehouses = |rows: &[usize]| -> BTreeSet<&str> {
        let code = |row: &usize| counts.text("warehouse", *row);
        collect_set(rows.iter().filter_map(code))
    };
    let all = warehouses(&last_sessions(counts, None));
    let rate = |day: &Day| {
        let rows = last_sessions(counts, Some(*day));
        let is_complete = warehouses(&rows) == all;
        is_complete.then(|| measured(counts, &rows, &costs).gross.value)?
    };
    days.iter().map(rate).collect()
}

impl BookVariance {
    fn absent(missing: Missing) -> Self {
        let measure = Measure::absent(missing);
        Self {
            gross: measure.clone(),
            net: measure.clone(),
            line_accuracy: measure,
        }
    }
}

/// The rows of the latest session of every warehouse, up to the end of a day if one is given;
/// of two at one time the later code.
fn last_sessions(counts: &Table, until: Option<Day>) -> Vec<usize> {
    let mut last: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
    let session = |row| {
        let at = counts.number("at", row)?;
        if until.is_some_and(|until| Moment::from_packed(at).day() > until) {
            return None;
        }
        Some((
            counts.text("warehouse", row)?,
            (at, counts.text("count", row)?),
        ))
    };
    for (warehouse, found) in (0..counts.len()).filter_map(session) {
        let known = last.entry(warehouse).or_insert(found);
        *known = found.max(*known);
    }
    let is_last = |row: &usize| match (counts.text("warehouse", *row), counts.text("count", *row)) {
        (Some(warehouse), Some(count)) => {
            last.get(warehouse).is_some_and(|(_, last)| *last == count)
        }
        _ => false,
    };
    (0..counts.len()).filter(is_last).collect()
}

fn measured(counts: &Table, rows: &[usize], costs: &UnitCosts) -> BookVariance {
    let (mut gross, mut net, mut book_value) = (Value::ZERO, Value::ZERO, Value::ZERO);
    let (mut lines, mut exact, mut without_cost) = (0.0, 0.0, 0);
    for row in rows {
        let quantity = |name| Qty::from_thousandths(counts.number(name, *row).unwrap_or(0));
        let (book, counted) = (quantity("book"), quantity("counted"));
        lines += 1.0;
        if book == counted {
            exact += 1.0;
        }
        let cost: Option<Amount> = counts.text("sku", *row).and_then(|sku| costs.get(sku));
        let Some(cost) = cost else {
            without_cost += 1;
            continue;
        };
        let difference = Value::of(counted - book, cost);
        gross += difference.abs();
        net += difference;
        book_value += Value::of(book, cost);
    }
    let missing: Vec<_> = (without_cost > 0)
        .then_some(Missing::Rows(TableId::Counts, "unit_cost", without_cost))
        .into_iter()
        .collect();
    let rate = |value: Value| Measure::ratio(value.to_f64(), book_value.to_f64(), missing.clone());
    BookVariance {
        gross: rate(gross),
        net: rate(net.abs()),
        line_accuracy: Measure::ratio(exact, lines, Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::dataset;
    use super::*;

    const SKUS: &str = "sku,category,unit_cost\nA,c,25\nB,c,14.2\nC,c,88\nD,c,61.5\n";

    /// Golden case F08, after an older session that must not count.
    const COUNTS: &str = "count,at,warehouse,sku,book,counted\n\
        z-old,2026-01-31T18:00:00+08:00,W,A,100,1\n\
        c1,2026-06-30T18:00:00+08:00,W,A,1000,998\n\
        c1,2026-06-30T18:00:00+08:00,W,B,500,503\n\
        c1,2026-06-30T18:00:00+08:00,W,C,260,260\n\
        c1,2026-06-30T18:00:00+08:00,W,D,120,117\n";

    #[test]
    fn golden_f08_rates() {
        let found = book_variance(&dataset(&[
            (TableId::Skus, SKUS),
            (TableId::Counts, COUNTS),
        ]));
        assert!((found.gross.value.unwrap() - 0.004_443_553_559_974_342).abs() < 1e-15);
        assert!((found.net.value.unwrap() - 0.003_077_293_136_626_042).abs() < 1e-15);
        assert_eq!(found.line_accuracy.value, Some(0.25));
        assert_eq!(
            (found.gross.numerator, found.gross.denominator),
            (277.1, 62_360.0)
        );
    }

    #[test]
    fn every_warehouse_has_its_own_last_session() {
        let both = format!("{COUNTS}c0,2026-02-01T09:00:00+08:00,V,A,10,12\n");
        let found = book_variance(&dataset(&[(TableId::Skus, SKUS), (TableId::Counts, &both)]));
        assert_eq!(
            (found.gross.numerator, found.gross.denominator),
            (327.1, 62_610.0)
        );
    }

    #[test]
    fn earlier_days_see_the_sessions_of_their_time() {
        let both = format!("{COUNTS}c0,2026-02-01T09:00:00+08:00,V,A,10,12\n");
        let dataset = dataset(&[(TableId::Skus, SKUS), (TableId::Counts, &both)]);
        let day = |text| Day::parse_iso(text).unwrap();
        let days = ["2026-01-31", "2026-06-29", "2026-06-30"].map(day);
        let rates = book_variances(&dataset, &days);
        // In June W still has its old session: (99 x 25 + 2 x 25) / (100 x 25 + 10 x 25).
        assert_eq!(rates[..2], [None, Some(2_525.0 / 2_750.0)]);
        assert_eq!(rates[2], book_variance(&dataset).gross.value);
    }

    #[test]
    fn without_counts_or_costs_there_is_no_rate() {
        let none = book_variance(&Dataset::default());
        assert_eq!(none.gross.missing, [Missing::Table(TableId::Counts)]);
        let uncosted = book_variance(&dataset(&[(TableId::Counts, COUNTS)]));
        assert_eq!(uncosted.gross.value, None);
        let missing = [Missing::Rows(TableId::Counts, "unit_cost", 4)];
        assert_eq!(uncosted.gross.missing, missing);
        assert_eq!(uncosted.line_accuracy.value, Some(0.25));
    }
}
