//! Stock-out rate (断货率): listed days with nothing available.

use std::collections::BTreeMap;

use super::measure::{Measure, Missing, Window};
use crate::dataset::{Dataset, Table, TableId, Texts};
use crate::day::Day;
use crate::order::collect_map;

/// Days of one SKU in one warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockoutDays<'a> {
    /// SKU code.
    pub sku: &'a str,
    /// Warehouse code.
    pub warehouse: &'a str,
    /// Listed days with available <= 0.
    pub out: u32,
    /// Listed days.
    pub listed: u32,
}

/// The share of listed SKU x warehouse x days without available stock in the trailing year.
///
/// Formula: count(available <= 0) / count(listed), over the rows of `stock_daily.csv` in the
/// 365 days that end at `as_of`. A row is listed when the SKU is launched and not ended and
/// the warehouse open on that day (`skus.csv`, `warehouses.csv`; no date = always).
/// Unit: fraction. Numerator and denominator are SKU x warehouse x days.
/// Source: SCOR; Silver, Pyke & Thomas (2017) ch. 6; golden case N03 (`sku_day_rate`).
pub fn stockout_rate(dataset: &Dataset) -> Measure {
    let Some(as_of) = dataset.as_of() else {
        return Measure::absent(Missing::AsOf);
    };
    if dataset.table(TableId::StockDaily).is_none() {
        return Measure::absent(Missing::Table(TableId::StockDaily));
    }
    let pairs = stockout_days(dataset, Window::trailing_year(as_of));
    let total = |count: fn(&StockoutDays<'_>) -> u32| -> f64 {
        pairs.iter().map(|pair| f64::from(count(pair))).sum()
    };
    let listed = total(|pair| pair.listed);
    if listed == 0.0 {
        return Measure::absent(Missing::Window(TableId::StockDaily));
    }
    Measure::ratio(total(|pair| pair.out), listed, Vec::new())
}

/// [`stockout_rate`] as it would have been read at the end of earlier days, oldest first;
/// none where daily stock does not reach a year back from the day.
pub fn stockout_rates(dataset: &Dataset, days: &[Day]) -> Vec<Option<f64>> {
    let first = dataset
        .table(TableId::StockDaily)
        .and_then(|daily| daily.day("date", 0));
    let (Some(first), Some(span)) = (first, Window::trailing_years(days)) else {
        return Vec::new();
    };
    let mut counts = vec![(0_u32, 0_u32); span.days() as usize];
    each_listed(dataset, span, |day, _place, is_out| {
        if let Some((out, listed)) = span.offset(day).and_then(|day| counts.get_mut(day)) {
            *listed += 1;
            *out += u32::from(is_out);
        }
    });
    let rate = |day: &Day| {
        let year = Window::trailing_year(*day);
        let counts = span.cut(&counts, year).filter(|_| first <= year.from)?;
        let (out, listed) = counts.iter().fold((0.0, 0.0), |sum, count| {
            (sum.0 + f64::from(count.0), sum.1 + f64::from(count.1))
        });
        Measure::ratio(out, listed, Vec::new()).value
    };
    days.iter().map(rate).collect()
}

/// Stock-out days of every SKU x warehouse with a listed day in the window, sorted by code.
pub fn stockout_days(dataset: &Dataset, window: Window) -> Vec<StockoutDays<'_>> {
    let Some(daily) = dataset.table(TableId::StockDaily) else {
        return Vec::new();
    };
    let (Some(skus), Some(warehouses)) = (daily.texts("sku"), daily.texts("warehouse")) else {
        return Vec::new();
    };
    let width = warehouses.words.len();
    let mut counts = vec![(0_u32, 0_u32); skus.words.len() * width];
    each_listed(dataset, window, |_day, (sku, warehouse), is_out| {
        if let Some((out, listed)) = counts.get_mut(sku * width + warehouse) {
            *listed += 1;
            *out += u32::from(is_out);
        }
    });
    let named = counts
        .into_iter()
        .enumerate()
        .map(|(place, (out, listed))| StockoutDays {
            sku: word(skus, place / width),
            warehouse: word(warehouses, place % width),
            out,
            listed,
        });
    named.filter(|pair| pair.listed > 0).collect()
}

/// Calls `take` for every listed row of daily stock in the window: its day, the places of its SKU
/// and warehouse in the dictionaries, and whether nothing was available.
fn each_listed(dataset: &Dataset, window: Window, mut take: impl FnMut(Day, (usize, usize), bool)) {
    let Some(daily) = dataset.table(TableId::StockDaily) else {
        return;
    };
    let (Some(skus), Some(warehouses)) = (daily.texts("sku"), daily.texts("warehouse")) else {
        return;
    };
    let on_sale = spans(
        dataset.table(TableId::Skus),
        "sku",
        ("launch_date", "end_date"),
    );
    let open = spans(
        dataset.table(TableId::Warehouses),
        "warehouse",
        ("open_from", "open_to"),
    );
    let on_sale = for_words(&on_sale, skus, window);
    let open = for_words(&open, warehouses, window);
    let days = daily.days("date").iter().zip(daily.numbers("available"));
    let places = skus.codes.iter().zip(&warehouses.codes);
    for ((day, available), (sku, warehouse)) in days.zip(places) {
        let (day, sku, warehouse) = (Day::from_number(*day), *sku as usize, *warehouse as usize);
        let is_listed = [on_sale.get(sku), open.get(warehouse)]
            .iter()
            .all(|span| span.is_some_and(|span| span.contains(day)));
        if is_listed {
            take(day, (sku, warehouse), *available <= 0);
        }
    }
}

fn word(texts: &Texts, index: usize) -> &str {
    texts.words.get(index).map_or("", String::as_str)
}

/// First and last day of each code of a master table.
fn spans<'a>(
    table: Option<&'a Table>,
    key: &str,
    (first, last): (&str, &str),
) -> BTreeMap<&'a str, (Option<Day>, Option<Day>)> {
    let rows = table.into_iter().flat_map(|table| {
        (0..table.len()).filter_map(move |row| {
            Some((
                table.text(key, row)?,
                (table.day(first, row), table.day(last, row)),
            ))
        })
    });
    collect_map(rows)
}

/// For each word the part of the window in which it is listed.
fn for_words(
    spans: &BTreeMap<&str, (Option<Day>, Option<Day>)>,
    texts: &Texts,
    window: Window,
) -> Vec<Window> {
    let cut = |word: &String| {
        let (first, last) = spans.get(word.as_str()).copied().unwrap_or_default();
        Window {
            from: first.map_or(window.from, |day| day.max(window.from)),
            to: last.map_or(window.to, |day| day.min(window.to)),
        }
    };
    texts.words.iter().map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::dataset;
    use super::*;

    /// Golden case N03; SKU B is launched on day 2, its row of day 1 is not active.
    const DAILY: &str = "date,sku,warehouse,available\n\
        2026-03-01,A,W,5\n2026-03-02,A,W,0\n2026-03-03,A,W,0\n2026-03-04,A,W,9\n\
        2026-03-01,B,W,0\n2026-03-02,B,W,3\n2026-03-03,B,W,3\n2026-03-04,B,W,0\n";
    const SKUS: &str = "sku,category,launch_date\nA,c,\nB,c,2026-03-02\n";

    #[test]
    fn golden_n03_three_of_seven_active_days() {
        let dataset = dataset(&[(TableId::Skus, SKUS), (TableId::StockDaily, DAILY)]);
        let measure = stockout_rate(&dataset);
        assert_eq!((measure.numerator, measure.denominator), (3.0, 7.0));
        assert!((measure.value.unwrap() - 0.428_571_428_571_428_55).abs() < 1e-15);
    }

    #[test]
    fn only_the_trailing_year_counts() {
        let dataset = dataset(&[
            (TableId::Company, "key,value\nas_of,2027-03-02\n"),
            (TableId::StockDaily, DAILY),
        ]);
        let measure = stockout_rate(&dataset);
        assert_eq!((measure.numerator, measure.denominator), (2.0, 4.0));
    }

    #[test]
    fn below_zero_is_out_and_a_closed_warehouse_does_not_count() {
        let dataset = dataset(&[
            (
                TableId::Warehouses,
                "warehouse,region,open_to\nV,r,2026-03-01\nW,r,\n",
            ),
            (
                TableId::StockDaily,
                "date,sku,warehouse,available\n2026-03-02,A,W,-4\n2026-03-02,A,V,0\n",
            ),
        ]);
        let window = Window::trailing_year(dataset.as_of().unwrap());
        let expected = StockoutDays {
            sku: "A",
            warehouse: "W",
            out: 1,
            listed: 1,
        };
        assert_eq!(stockout_days(&dataset, window), [expected]);
    }

    #[test]
    fn earlier_days_are_read_as_they_were_then() {
        // 374 days of one SKU; out on the last two days and on the eighth before the last.
        let last = Day::parse_iso("2026-03-04").unwrap();
        let mut daily = String::from("date,sku,warehouse,available\n");
        for age in (0..374).rev() {
            let available = if [0, 1, 8].contains(&age) { 0 } else { 5 };
            daily.push_str(&format!("{},A,W,{available}\n", last - age));
        }
        let dataset = dataset(&[(TableId::StockDaily, &daily)]);
        let rates = stockout_rates(&dataset, &[last - 14, last - 7, last]);
        assert_eq!(rates, [None, Some(1.0 / 365.0), Some(3.0 / 365.0)]);
        assert_eq!(rates[2], stockout_rate(&dataset).value);
        assert!(stockout_rates(&Dataset::default(), &[last]).is_empty());
    }

    #[test]
    fn without_daily_stock_there_is_no_rate() {
        let dataset = dataset(&[(TableId::Company, "key,value\nas_of,2026-03-04\n")]);
        let measure = stockout_rate(&dataset);
        assert_eq!(measure.value, None);
        assert_eq!(measure.missing, [Missing::Table(TableId::StockDaily)]);
    }
}
