//! How long customers take to return, learnt from sales old enough that all returns are in.

use std::collections::BTreeMap;

use super::ReturnRow;
use crate::dataset::{Dataset, Table, TableId};
use crate::day::{Day, Moment};
use crate::ids::{ChannelId, SkuId};
use crate::master::Catalog;
use crate::num::sum_of;
use crate::order;
use crate::units::Qty;

/// Sales of one period and what came back of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// Sold, units.
    pub sold: f64,
    /// Came back, units, by periods since the sale from 0; as long as the time that was watched.
    pub returned: Vec<f64>,
}

/// What matured cohorts say.
#[derive(Clone, Debug, PartialEq)]
pub struct LagEstimate {
    /// Share of units sold that comes back.
    pub rate: f64,
    /// Share of those by lag, from 0 to the longest; adds up to one.
    pub lags: Vec<f64>,
    /// Cohorts that were old enough.
    pub matured: usize,
    /// Cohorts that were too young and took no part.
    pub young: usize,
}

/// Why nothing can be learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LagsError {
    /// No cohort was watched up to the longest lag.
    #[error("no cohort is old enough")]
    NoMaturedCohort,
    /// Nothing was sold in matured cohorts, or nothing came back.
    #[error("matured cohorts have no returns")]
    NoReturns,
}

/// Rate and shares by lag from cohorts watched for all lags from 0 to `lag_max`. Younger ones would
/// show too few late returns and take no part.
///
/// Source: engine specification 4.5.
///
/// ```
/// use engine::returns::{Cohort, estimate_lags};
/// let old = Cohort { sold: 100.0, returned: vec![2.0, 6.0, 2.0] };
/// let young = Cohort { sold: 500.0, returned: vec![40.0] };
/// let learnt = estimate_lags(&[old, young], 2)?;
/// assert_eq!((learnt.rate, learnt.lags), (0.1, vec![0.2, 0.6, 0.2]));
/// # Ok::<(), engine::returns::LagsError>(())
/// ```
///
/// # Errors
/// No cohort is old enough, or nothing came back.
pub fn estimate_lags(cohorts: &[Cohort], lag_max: usize) -> Result<LagEstimate, LagsError> {
    let is_matured = |cohort: &&Cohort| cohort.returned.len() > lag_max;
    let matured: Vec<&Cohort> = cohorts.iter().filter(is_matured).collect();
    if matured.is_empty() {
        return Err(LagsError::NoMaturedCohort);
    }
    let mut by_lag = vec![0.0; lag_max + 1];
    for cohort in &matured {
        for (sum, returned) in by_lag.iter_mut().zip(&cohort.returned) {
            *sum += returned;
        }
    }
    let returned = sum_of(&by_lag, |units| units);
    let sold: f64 = matured.iter().map(|cohort| cohort.sold).sum();
    if !(returned > 0.0 && sold > 0.0) {
        return Err(LagsError::NoReturns);
    }
    Ok(LagEstimate {
        rate: (returned / sold).min(1.0),
        lags: by_lag.iter().map(|units| units / returned).collect(),
        matured: matured.len(),
        young: cohorts.len() - matured.len(),
    })
}

/// Cohorts of `sales_orders.csv` and the returns that name their order, of the SKUs and channels
/// that `takes` accepts, by periods of `period_days` counted back from `as_of`; oldest first. A
/// return counts on the day it came in; cancelled orders are no sales.
#[must_use]
pub fn cohorts(
    dataset: &Dataset,
    catalog: &Catalog,
    returns: &[ReturnRow],
    span: CohortSpan,
    takes: impl Fn(SkuId, Option<ChannelId>) -> bool,
) -> Vec<Cohort> {
    let mut sold = BTreeMap::new();
    let mut orders: BTreeMap<(&str, SkuId), usize> = BTreeMap::new();
    let Some(table) = dataset.table(TableId::SalesOrders) else {
        return Vec::new();
    };
    for row in 0..table.len() {
        let Some(sale) = sale(table, catalog, row) else {
            continue;
        };
        let age = span.age(sale.day);
        if let Some(age) = age.filter(|_| takes(sale.sku, sale.channel)) {
            *sold.entry(age).or_insert(Qty::ZERO) += sale.quantity;
            orders.insert((sale.order, sale.sku), age);
        }
    }
    let mut cohorts: BTreeMap<usize, Cohort> =
        order::collect_map(sold.iter().map(|(age, sold)| {
            let cohort = Cohort {
                sold: sold.to_f64(),
                returned: vec![0.0; *age],
            };
            (*age, cohort)
        }));
    for row in returns {
        let order = row
            .order
            .as_deref()
            .and_then(|order| orders.get(&(order, row.sku)));
        let back = row.received.and_then(|day| span.age(day));
        let (Some(sold), Some(back)) = (order, back) else {
            continue;
        };
        let cohort = cohorts.get_mut(sold);
        let lag = sold.saturating_sub(back);
        if let Some(units) = cohort.and_then(|cohort| cohort.returned.get_mut(lag)) {
            *units += row.quantity.to_f64();
        }
    }
    cohorts.into_values().rev().collect()
}

/// Whole periods back from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CohortSpan {
    /// The last day of the youngest period.
    pub as_of: Day,
    /// Days in a period; below one counts as one.
    pub period_days: i32,
}

impl CohortSpan {
    /// Periods watched since a day, its own included: 1 in the youngest; `None` after `as_of`.
    fn age(self, day: Day) -> Option<usize> {
        let days = usize::try_from(self.as_of - day).ok()?;
        let period = usize::try_from(self.period_days.max(1)).ok()?;
        Some(days / period + 1)
    }
}

struct Sale<'a> {
    order: &'a str,
    sku: SkuId,
    channel: Option<ChannelId>,
    day: Day,
    quantity: Qty,
}

fn sale<'a>(table: &'a Table, catalog: &Catalog, row: usize) -> Option<Sale<'a>> {
    if table.text("status", row) == Some("cancelled") {
        return None;
    }
    Some(Sale {
        order: table.text("order", row)?,
        sku: catalog.sku_id(table.text("sku", row)?)?,
        channel: catalog.channel_id(table.text("channel", row)?),
        day: Moment::from_packed(table.number("at", row)?).day(),
        quantity: Qty::from_thousandths(table.number("quantity", row)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;
    use crate::returns::read_returns;
    use proptest::prelude::*;

    #[test]
    fn orders_and_their_returns_make_cohorts() {
        let orders = "order,at,channel,region,sku,quantity,status\n\
                      O1,2026-05-01,web,uk,A,10,shipped\nO2,2026-05-02,web,uk,A,6,shipped\n\
                      O3,2026-05-08,web,uk,A,4,shipped\nO4,2026-05-08,web,uk,A,9,cancelled\n";
        let returns = "rma,order,sku,quantity,received_at\nR1,O1,A,2,2026-05-03\n\
                       R2,O2,A,1,2026-05-11\nR3,O3,A,1,2026-05-10\nR4,,A,5,2026-05-10\n";
        let dataset = Dataset::from_tables([
            read_csv(TableId::SalesOrders, "sales_orders.csv", orders.as_bytes()).table,
            read_csv(TableId::Returns, "returns.csv", returns.as_bytes()).table,
            read_csv(TableId::Skus, "skus.csv", &b"sku,category\nA,c\n"[..]).table,
        ]);
        let catalog = Catalog::new(&dataset);
        let (rows, _) = read_returns(&dataset, &catalog);
        let span = CohortSpan {
            as_of: Day::parse_iso("2026-05-14").unwrap(),
            period_days: 7,
        };
        let got = cohorts(&dataset, &catalog, &rows, span, |_, _| true);
        let want = [
            Cohort {
                sold: 16.0,
                returned: vec![2.0, 1.0],
            },
            Cohort {
                sold: 4.0,
                returned: vec![1.0],
            },
        ];
        assert_eq!(got, want);
        let learnt = estimate_lags(&got, 1).unwrap();
        assert_eq!((learnt.matured, learnt.young), (1, 1));
        assert_eq!(learnt.rate, 3.0 / 16.0);
    }

    #[test]
    fn without_old_cohorts_nothing_is_learnt() {
        let young = Cohort {
            sold: 9.0,
            returned: vec![1.0],
        };
        let got = estimate_lags(std::slice::from_ref(&young), 1);
        assert_eq!(got, Err(LagsError::NoMaturedCohort));
        let none = Cohort {
            sold: 9.0,
            returned: vec![0.0],
        };
        assert_eq!(estimate_lags(&[none], 0), Err(LagsError::NoReturns));
    }

    proptest! {
        #[test]
        fn young_cohorts_change_nothing(
            old in prop::collection::vec((1.0..99.0, prop::collection::vec(0.01..9.0, 4)), 1..6),
            young in prop::collection::vec((1.0..99.0, prop::collection::vec(0.0..9.0, 0..4)), 0..6),
        ) {
            let cohort = |(sold, returned)| Cohort { sold, returned };
            let old: Vec<_> = old.into_iter().map(cohort).collect();
            let mut all = old.clone();
            all.extend(young.into_iter().map(cohort));
            let (a, b) = (estimate_lags(&old, 3).unwrap(), estimate_lags(&all, 3).unwrap());
            prop_assert_eq!((a.rate, &a.lags), (b.rate, &b.lags));
            prop_assert!((a.lags.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}
