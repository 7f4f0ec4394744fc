//! Turns (周转次数): how often the stock is sold in a year.

use super::cost::UnitCosts;
use super::measure::{Measure, Missing, Value, Window};
use crate::dataset::{Dataset, Table, TableId};
use crate::day::Day;
use crate::units::{Amount, Qty};

/// Days of the year that turns are stated for.
const YEAR_DAYS: f64 = 365.0;

/// Turns with what they are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Turnover {
    /// Turns a year: numerator = cost of sales annualised, denominator = average stock.
    pub turns: Measure,
    /// 365 / turns.
    pub days: Option<f64>,
    /// Cost of sales in the window, base currency, net.
    pub cost_of_sales: f64,
    /// Mean of the daily stock values at cost, base currency.
    pub average_stock: f64,
    /// Days the figures cover.
    pub window: Option<Window>,
}

/// Turns a year from figures of a part of it.
///
/// Formula: cost of sales / average stock x 365 / days. `None` without stock or days.
/// Source: Silver, Pyke & Thomas (2017) ch. 1; golden case N05 (`turns_daily_average`).
///
/// ```
/// let turns = engine::kpi::annual_turns(14_600.0, 52_100.0, 30).unwrap();
/// assert!((turns - 3.409_468_969_929_622_3).abs() < 1e-12);
/// ```
pub fn annual_turns(cost_of_sales: f64, average_stock: f64, days: u32) -> Option<f64> {
    (average_stock > 0.0 && days > 0)
        .then(|| cost_of_sales / average_stock * YEAR_DAYS / f64::from(days))
}

/// Turns of the trailing year: cost of sales over the daily average of stock at cost.
///
/// Cost of sales = quantities of `demand.csv` x unit cost; stock = available quantities of
/// `stock_daily.csv` above zero x unit cost, averaged over the days that have rows. The
/// window is the 365 days that end at `as_of`, cut to the days both files reach back to,
/// and annualised. Rows of a SKU without a cost are left out of both sides and counted.
/// Unit: turns a year. Source: engine specification 5.9 (label: daily average), case N05.
pub fn turnover(dataset: &Dataset) -> Turnover {
    match inputs(dataset) {
        Ok(inputs) => measured(&inputs),
        Err(missing) => Turnover {
            turns: Measure::absent(missing),
            days: None,
            cost_of_sales: 0.0,
            average_stock: 0.0,
            window: None,
        },
    }
}

/// Turns of [`turnover`] as they would have been read at the end of earlier days, oldest first;
/// none where the files do not reach a year back from the day.
pub fn turns_at(dataset: &Dataset, days: &[Day]) -> Vec<Option<f64>> {
    let (Ok(inputs), Some(span)) = (inputs(dataset), Window::trailing_years(days)) else {
        return Vec::new();
    };
    let first = [inputs.demand, inputs.daily].map(first_day);
    let sold = Sums::new(inputs.demand, "quantity", span, &inputs.costs);
    let held = Sums::new(inputs.daily, "available", span, &inputs.costs);
    let turns = |day: &Day| {
        let year = Window::trailing_year(*day);
        let is_covered = first
            .iter()
            .all(|first| first.is_some_and(|first| first <= year.from));
        let (sold, held) = (span.cut(&sold.by_day, year)?, span.cut(&held.by_day, year)?);
        let turns = annual_turns(cost_of(sold), average_of(held), year.days());
        turns.filter(|_| is_covered)
    };
    days.iter().map(turns).collect()
}

struct Inputs<'a> {
    window: Window,
    demand: &'a Table,
    daily: &'a Table,
    costs: UnitCosts,
}

fn inputs(dataset: &Dataset) -> Result<Inputs<'_>, Missing> {
    let as_of = dataset.as_of().ok_or(Missing::AsOf)?;
    let table = |id| dataset.table(id).ok_or(Missing::Table(id));
    let (demand, daily) = (table(TableId::Demand)?, table(TableId::StockDaily)?);
    table(TableId::Skus)?;
    let mut window = Window::trailing_year(as_of);
    for (id, table) in [(TableId::Demand, demand), (TableId::StockDaily, daily)] {
        window = window.starting_at(first_day(table).ok_or(Missing::Window(id))?);
    }
    Ok(Inputs {
        window,
        demand,
        daily,
        costs: UnitCosts::new(dataset),
    })
}

fn first_day(table: &Table) -> Option<Day> {
    // The date leads the key of both tables, so the first row has the first day.
    table.day("date", 0)
}

fn measured(inputs: &Inputs<'_>) -> Turnover {
    let Inputs {
        window,
        demand,
        daily,
        costs,
    } = inputs;
    let sold = Sums::new(demand, "quantity", *window, costs);
    let held = Sums::new(daily, "available", *window, costs);
    let mut missing = Vec::new();
    for (id, sums) in [(TableId::Demand, &sold), (TableId::StockDaily, &held)] {
        if sums.without_cost > 0 {
            missing.push(Missing::Rows(id, "unit_cost", sums.without_cost));
        }
    }
    let (cost_of_sales, average_stock) = (cost_of(&sold.by_day), average_of(&held.by_day));
    let turns = annual_turns(cost_of_sales, average_stock, window.days());
    let annual = cost_of_sales * YEAR_DAYS / f64::from(window.days().max(1));
    Turnover {
        turns: Measure {
            value: turns,
            numerator: annual,
            denominator: average_stock,
            missing,
        },
        days: turns
            .filter(|turns| *turns > 0.0)
            .map(|turns| YEAR_DAYS / turns),
        cost_of_sales,
        average_stock,
        window: Some(*window),
    }
}

/// The sum over days.
fn cost_of(by_day: &[(u32, Value)]) -> f64 {
    by_day
        .iter()
        .map(|(_, value)| *value)
        .sum::<Value>()
        .to_f64()
}

/// The mean over the days that have rows; zero without any.
fn average_of(by_day: &[(u32, Value)]) -> f64 {
    let days = by_day.iter().filter(|(rows, _)| *rows > 0);
    let count = days.clone().fold(0.0, |days, _| days + 1.0);
    let value: Value = days.map(|(_, value)| *value).sum();
    if count > 0.0 {
        value.to_f64() / count
    } else {
        0.0
    }
}

/// Values by day of the window, with the number of rows that made each.
struct Sums {
    by_day: Vec<(u32, Value)>,
    without_cost: u64,
}

impl Sums {
    fn new(table: &Table, quantity: &str, window: Window, costs: &UnitCosts) -> Self {
        let mut sums = Self {
            by_day: vec![(0, Value::ZERO); window.days() as usize],
            without_cost: 0,
        };
        let Some(skus) = table.texts("sku") else {
            return sums;
        };
        let costs: Vec<Option<Amount>> = costs.for_words(&skus.words);
        let rows = table
            .days("date")
            .iter()
            .zip(table.numbers(quantity))
            .zip(&skus.codes);
        for ((day, quantity), sku) in rows {
            let day = window.offset(Day::from_number(*day));
            let Some((count, value)) = day.and_then(|day| sums.by_day.get_mut(day)) else {
                continue;
            };
            *count += 1;
            match costs.get(*sku as usize).copied().flatten() {
                Some(cost) => *value += Value::of(Qty::from_thousandths((*quantity).max(0)), cost),
                None => sums.without_cost += 1,
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::dataset;
    use super::*;

    const COMPANY: &str = "key,value\nas_of,2026-01-30\n";

    fn check(tables: &[(TableId, &str)]) -> Turnover {
        turnover(&dataset(tables))
    }

    /// Golden case N05: cost of sales 14,600 in 30 days; ten daily stock values.
    #[test]
    fn golden_n05_daily_average() {
        let values = [
            52_000, 51_000, 50_500, 49_000, 56_000, 55_000, 53_500, 52_500, 51_500, 50_000,
        ];
        let mut daily = String::from("date,sku,warehouse,available\n");
        for (day, value) in (0..).zip(values) {
            daily.push_str(&format!("2026-01-{:02},K,W,{value}\n", 1 + day * 3));
        }
        let turnover = check(&[
            (TableId::Company, COMPANY),
            (
                TableId::Skus,
                "sku,category,unit_cost\nA,c,40\nB,c,30\nK,c,1\n",
            ),
            (TableId::StockDaily, &daily),
            (
                TableId::Demand,
                "date,sku,channel,region,quantity\n\
                 2026-01-01,A,t,e,100\n2026-01-30,A,t,e,250\n2026-01-10,B,t,e,20\n",
            ),
        ]);
        assert_eq!(
            (turnover.cost_of_sales, turnover.average_stock),
            (14_600.0, 52_100.0)
        );
        assert!((turnover.turns.value.unwrap() - 3.409_468_969_929_622_3).abs() < 1e-12);
        assert!((turnover.days.unwrap() - 107.054_794_520_547_95).abs() < 1e-9);
    }

    #[test]
    fn missing_files_and_costs_are_named() {
        let none = check(&[(TableId::Company, COMPANY)]);
        assert_eq!(none.turns.value, None);
        assert_eq!(none.turns.missing, [Missing::Table(TableId::Demand)]);
        let partly = check(&[
            (TableId::Company, COMPANY),
            (TableId::Skus, "sku,category,unit_cost\nA,c,2\n"),
            (
                TableId::StockDaily,
                "date,sku,warehouse,available\n2026-01-30,A,W,365\n",
            ),
            (
                TableId::Demand,
                "date,sku,channel,region,quantity\n2026-01-30,A,t,e,1\n2026-01-30,B,t,e,9\n",
            ),
        ]);
        assert_eq!(partly.turns.value, Some(1.0));
        assert_eq!(
            partly.turns.missing,
            [Missing::Rows(TableId::Demand, "unit_cost", 1)]
        );
    }
}
