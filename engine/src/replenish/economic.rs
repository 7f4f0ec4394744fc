//! The economic order quantity, with and without price breaks.

use super::PolicyError;
use crate::num::{larger, sqrt};

/// What ordering and holding cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrderCosts {
    /// Cost of placing one order K, base currency.
    pub per_order: f64,
    /// Cost of holding, share of the unit cost a year.
    pub holding_rate: f64,
    /// Demand, units a year.
    pub demand_per_year: f64,
}

impl OrderCosts {
    fn is_valid(&self) -> bool {
        self.per_order >= 0.0 && self.holding_rate > 0.0 && self.demand_per_year > 0.0
    }

    /// sqrt(2 K lambda / (i c)) for an order with `fixed` in the place of K.
    fn quantity(&self, fixed: f64, unit_cost: f64) -> f64 {
        sqrt(2.0 * fixed * self.demand_per_year / (self.holding_rate * unit_cost))
    }

    /// Cost of a year at an order quantity: goods, orders and holding. `accumulated` is what an order costs beyond
    /// its quantity at `unit_cost`; it is held too.
    fn annual(&self, quantity: f64, unit_cost: f64, accumulated: f64) -> f64 {
        let goods = unit_cost * self.demand_per_year;
        let orders = (self.per_order + accumulated) * self.demand_per_year / quantity;
        let held = self.holding_rate * (accumulated + unit_cost * quantity) / 2.0;
        goods + orders + held
    }
}

/// A price from some quantity on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceBreak {
    /// Least order quantity, units.
    pub from: f64,
    /// Unit cost, base currency.
    pub unit_cost: f64,
}

/// Which units the price of a region is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discount {
    /// All units of the order.
    AllUnits,
    /// Only those above the break.
    Incremental,
}

/// The order quantity of least cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EconomicOrder {
    /// Units.
    pub quantity: f64,
    /// Place of its price among the breaks.
    pub region: usize,
    /// Goods, orders and holding of a year, base currency.
    pub annual_cost: f64,
}

/// The economic order quantity sqrt(2 K lambda / (i c)) at one price, units.
///
/// Source: Harris (1913); Snyder & Shen (2019), eq. 3.4.
///
/// ```
/// use engine::replenish::{OrderCosts, economic_order_quantity};
/// let costs = OrderCosts { per_order: 320.0, holding_rate: 0.24, demand_per_year: 18_000.0 };
/// assert!((economic_order_quantity(&costs, 42.0) - 1_069.044_967_6).abs() < 1e-6);
/// ```
#[must_use]
pub fn economic_order_quantity(costs: &OrderCosts, unit_cost: f64) -> f64 {
    costs.quantity(costs.per_order, unit_cost)
}

/// The order quantity that costs least in a year when the price falls with the quantity.
///
/// All units: in each region its economic quantity if inside, else the break if that is above. Incremental: the
/// economic quantity of each region with what the dearer units before it cost more, where it falls inside.
///
/// Source: Snyder & Shen (2019), Fundamentals of Supply Chain Theory, sections 3.4.1 and 3.4.2.
///
/// # Errors
/// [`PolicyError::PriceBreaks`] unless breaks start at 0, rise, and prices are positive and do not rise;
/// [`PolicyError::OrderQuantity`] for costs or demand that are not positive.
pub fn economic_order(
    costs: &OrderCosts,
    breaks: &[PriceBreak],
    discount: Discount,
) -> Result<EconomicOrder, PolicyError> {
    check_breaks(breaks)?;
    if !costs.is_valid() {
        return Err(PolicyError::OrderQuantity);
    }
    let mut accumulated = 0.0;
    let mut best: Option<EconomicOrder> = None;
    for (region, price) in breaks.iter().enumerate() {
        let end = breaks
            .get(region + 1)
            .map_or(f64::INFINITY, |next| next.from);
        let before = region.checked_sub(1).and_then(|before| breaks.get(before));
        let dearer = before.map_or(0.0, |before| before.unit_cost - price.unit_cost);
        if discount == Discount::Incremental {
            accumulated += dearer * price.from;
        }
        let economic = costs.quantity(costs.per_order + accumulated, price.unit_cost);
        let quantity = match discount {
            Discount::AllUnits => larger(economic, price.from),
            Discount::Incremental => economic,
        };
        if quantity < price.from || quantity >= end || quantity <= 0.0 {
            continue;
        }
        let annual_cost = costs.annual(quantity, price.unit_cost, accumulated);
        if best.is_none_or(|best| annual_cost < best.annual_cost) {
            best = Some(EconomicOrder {
                quantity,
                region,
                annual_cost,
            });
        }
    }
    best.ok_or(PolicyError::OrderQuantity)
}

fn check_breaks(breaks: &[PriceBreak]) -> Result<(), PolicyError> {
    let starts_at_zero = breaks.first().is_some_and(|first| first.from == 0.0);
    let is_ordered = breaks.windows(2).all(|pair| match pair {
        [before, after] => before.from < after.from && before.unit_cost >= after.unit_cost,
        _ => false,
    });
    if starts_at_zero && is_ordered && breaks.iter().all(|price| price.unit_cost > 0.0) {
        Ok(())
    } else {
        Err(PolicyError::PriceBreaks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COSTS: OrderCosts = OrderCosts {
        per_order: 8.0,
        holding_rate: 0.3,
        demand_per_year: 1_300.0,
    };

    fn breaks(rows: &[(f64, f64)]) -> Vec<PriceBreak> {
        let row = |(from, unit_cost): &(f64, f64)| PriceBreak {
            from: *from,
            unit_cost: *unit_cost,
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn the_textbook_example_of_both_discounts() {
        // Snyder & Shen (2019), example 3.6: candy bars.
        let prices = breaks(&[(0.0, 0.75), (400.0, 0.72), (800.0, 0.68)]);
        let all = economic_order(&COSTS, &prices, Discount::AllUnits).unwrap();
        assert_eq!((all.quantity, all.region), (800.0, 2));
        assert!(
            (all.annual_cost - 978.6).abs() < 0.01,
            "{}",
            all.annual_cost
        );
        let incremental = economic_order(&COSTS, &prices, Discount::Incremental).unwrap();
        // By hand: 975 + sqrt(2 * 8 * 1300 * 0.225) = 1,043.4 against 1,043.8 at 490 and 1,056.7 at 814 units.
        assert_eq!(incremental.region, 0);
        assert!((incremental.quantity - 304.05).abs() < 0.01);
        assert!((incremental.annual_cost - 1_043.41).abs() < 0.01);
    }

    #[test]
    fn breaks_that_make_no_sense_are_refused() {
        for rows in [
            &[(1.0, 2.0)][..],
            &[(0.0, 2.0), (5.0, 2.5)],
            &[(0.0, 2.0), (0.0, 1.0)],
            &[],
        ] {
            let order = economic_order(&COSTS, &breaks(rows), Discount::AllUnits);
            assert_eq!(order, Err(PolicyError::PriceBreaks));
        }
    }
}
