//! One stock status for each SKU and warehouse, with the money it stands for.

use serde::{Deserialize, Serialize};

use super::Outlook;
use crate::num;

/// What is wrong with the stock of a place, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StockStatus {
    /// Demand and nothing available.
    StockedOut,
    /// Runs out before an order placed now could arrive.
    PotentialStockOut,
    /// Open orders beyond what would be ordered now.
    SurplusOrders,
    /// More than the order-up-to level and one lot.
    Excess,
    /// On sale for less than eight weeks.
    New,
    /// None of these.
    Ok,
}

impl StockStatus {
    /// Every status, in order of precedence.
    pub const ALL: [Self; 6] = [
        Self::StockedOut,
        Self::PotentialStockOut,
        Self::SurplusOrders,
        Self::Excess,
        Self::New,
        Self::Ok,
    ];

    /// The id used in files and by the interface.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StockedOut => "stocked_out",
            Self::PotentialStockOut => "potential_stock_out",
            Self::SurplusOrders => "surplus_orders",
            Self::Excess => "excess",
            Self::New => "new",
            Self::Ok => "ok",
        }
    }
}

/// The figures a status is decided from.
#[derive(Clone, Copy, Debug)]
pub struct StockFigures<'a> {
    /// Demand ahead.
    pub outlook: &'a Outlook,
    /// Available now, units.
    pub available: f64,
    /// Everything in the warehouse, units.
    pub on_hand: f64,
    /// Receipts: (days from `as_of`, units), by day.
    pub arrivals: &'a [(f64, f64)],
    /// Mean lead time, days.
    pub lead_days: f64,
    /// Order-up-to level and one order lot or review period of demand, units.
    pub ceiling: f64,
    /// Net unit cost, base currency; zero when unknown.
    pub unit_cost: f64,
    /// Unit margin, base currency; zero when unknown.
    pub margin: f64,
    /// On sale for less than eight weeks.
    pub is_new: bool,
}

/// A status and the money behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The first status that applies.
    pub status: StockStatus,
    /// Base currency: margin lost a week (stocked out), margin at risk until an order
    /// can arrive (potential), cost of the surplus or excess, cost of stock (new, ok).
    pub value: f64,
}

/// Decides the status; the first that applies wins.
///
/// Source: Netstock's item statuses; vocabulary of the product, states of stock.
pub fn classify(figures: &StockFigures<'_>) -> Verdict {
    let verdict = |status, value| Verdict { status, value };
    let rate = figures.outlook.rate();
    if figures.available <= 0.0 && rate > 0.0 {
        return verdict(StockStatus::StockedOut, 7.0 * rate * figures.margin);
    }
    let missing = shortage(figures);
    if missing > 0.0 {
        return verdict(StockStatus::PotentialStockOut, missing * figures.margin);
    }
    let on_order: f64 = figures.arrivals.iter().map(|(_, quantity)| quantity).sum();
    let surplus = (figures.available + on_order - figures.ceiling).min(on_order);
    if surplus > 0.0 && on_order > 0.0 {
        return verdict(StockStatus::SurplusOrders, surplus * figures.unit_cost);
    }
    let excess = figures.available - figures.ceiling;
    if excess > 0.0 && !figures.is_new {
        return verdict(StockStatus::Excess, excess * figures.unit_cost);
    }
    let status = if figures.is_new {
        StockStatus::New
    } else {
        StockStatus::Ok
    };
    verdict(status, figures.on_hand.max(0.0) * figures.unit_cost)
}

/// The largest deficit before an order placed now arrives, units.
fn shortage(figures: &StockFigures<'_>) -> f64 {
    let days = num::floor_count(figures.lead_days.max(0.0).ceil());
    let mut stock = figures.available;
    let mut worst = 0.0_f64;
    for day in 0..days {
        let today = num::count_f64(day + 1);
        let received = figures
            .arrivals
            .iter()
            .filter(|(due, _)| *due <= today && *due > today - 1.0);
        stock += received.map(|(_, quantity)| quantity).sum::<f64>();
        stock -= figures.outlook.day(day);
        worst = worst.min(stock);
    }
    -worst
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(available: f64, arrivals: &[(f64, f64)]) -> Verdict {
        let mut outlook = Outlook::default();
        outlook.add([70.0; 26].into_iter(), &[10.0; 26], |_week| [1.0 / 7.0; 7]);
        classify(&StockFigures {
            outlook: &outlook,
            available,
            on_hand: available,
            arrivals,
            lead_days: 10.0,
            ceiling: 270.0,
            unit_cost: 2.0,
            margin: 3.0,
            is_new: false,
        })
    }

    #[test]
    fn the_first_status_that_applies_wins() {
        let case = |available, arrivals: &[(f64, f64)]| {
            let verdict = status(available, arrivals);
            (verdict.status, verdict.value.round())
        };
        assert_eq!(case(0.0, &[(3.0, 500.0)]), (StockStatus::StockedOut, 210.0));
        assert_eq!(case(60.0, &[]), (StockStatus::PotentialStockOut, 120.0));
        assert_eq!(case(60.0, &[(5.0, 100.0)]), (StockStatus::Ok, 120.0));
        assert_eq!(
            case(60.0, &[(8.0, 100.0)]).0,
            StockStatus::PotentialStockOut
        );
        assert_eq!(
            case(200.0, &[(5.0, 100.0)]),
            (StockStatus::SurplusOrders, 60.0)
        );
        assert_eq!(case(300.0, &[]), (StockStatus::Excess, 60.0));
        assert_eq!(case(250.0, &[]), (StockStatus::Ok, 500.0));
    }
}
