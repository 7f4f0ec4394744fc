//! What a budget buys, against every possible purchase.

use super::*;
use crate::replenish::Distribution;
use proptest::prelude::*;

fn amount(value: f64) -> Amount {
    Amount::round_from_f64(value)
}

fn item(mean: f64, margin: f64, unit_cost: f64) -> BudgetItem {
    BudgetItem {
        position: 0.0,
        demand: Demand::Normal {
            mean,
            sigma: mean / 4.0,
        },
        margin,
        holding: 0.5,
        unit_cost: amount(unit_cost),
        pack: Qty::from_units(4),
        packs_min: 0,
        packs_max: 6,
        packs_mandatory: 0,
    }
}

fn plan(items: &[BudgetItem], budget: f64) -> BudgetPlan {
    spend_budget(items, amount(budget)).unwrap()
}

/// Value and cost of packs, from the definition.
fn worth(items: &[BudgetItem], packs: &[usize]) -> (f64, f64) {
    let mut sum = (0.0, 0.0);
    for (item, packs) in items.iter().zip(packs) {
        let units = item.pack.to_f64() * f64::from(u32::try_from(*packs).unwrap());
        let short = |stock: f64| item.demand.loss(item.position + stock);
        sum.0 += item.margin * (short(0.0) - short(units)) - item.holding * units;
        sum.1 += item.unit_cost.to_f64() * units;
    }
    sum
}

/// The best of every possible purchase.
fn brute_force(items: &[BudgetItem], budget: f64) -> f64 {
    let mut best = f64::NEG_INFINITY;
    let mut packs = vec![0; items.len()];
    loop {
        let (value, cost) = worth(items, &packs);
        let is_allowed = items.iter().zip(&packs).all(|(item, packs)| {
            (*packs == 0 || *packs >= item.packs_min) && *packs >= item.packs_mandatory
        });
        if is_allowed && cost <= budget + 1e-9 {
            best = best.max(value);
        }
        let Some(at) = (0..items.len()).find(|at| packs[*at] < items[*at].packs_max) else {
            return best;
        };
        packs[at] += 1;
        packs[..at].fill(0);
    }
}

#[test]
fn mandatory_packs_come_first_and_what_is_unpaid_is_said() {
    let rich = item(20.0, 9.0, 1.0);
    let must = BudgetItem {
        packs_mandatory: 2,
        ..item(1.0, 0.0, 10.0)
    };
    let got = plan(&[rich, must], 90.0);
    assert_eq!(got.greedy.packs, [2, 2]);
    assert_eq!(got.mandatory_unpaid, []);
    let poor = plan(&[rich, must], 50.0);
    assert_eq!(poor.greedy.packs, [2, 1]);
    assert_eq!(poor.mandatory_unpaid, [(1, 1)]);
}

#[test]
fn a_least_order_is_bought_whole_or_not_at_all() {
    let least = BudgetItem {
        packs_min: 3,
        ..item(20.0, 9.0, 1.0)
    };
    assert_eq!(plan(&[least], 11.0).greedy.packs, [0]);
    assert_eq!(plan(&[least], 12.0).greedy.packs, [3]);
    assert_eq!(plan(&[least], 17.0).greedy.packs, [4]);
}

#[test]
fn money_left_over_has_no_price() {
    let items = [item(20.0, 9.0, 1.0)];
    let got = plan(&items, 1_000.0);
    assert_eq!(got.shadow_price, Some(0.0));
    assert_eq!(got.ratio, Some(1.0));
    assert!(plan(&items, 9.0).shadow_price.unwrap() > 0.0);
    assert_eq!(plan(&items, 3.0).shadow_price, None);
}

#[test]
fn bad_figures_are_refused() {
    let bad = item(20.0, f64::NAN, 1.0);
    let good = item(20.0, 1.0, 1.0);
    let error = spend_budget(&[good, bad], amount(9.0)).unwrap_err();
    assert_eq!(error, BudgetError::BadItem { item: 1 });
    let error = spend_budget(&[good], amount(-1.0)).unwrap_err();
    assert_eq!(error, BudgetError::NegativeBudget);
}

#[test]
fn three_hundred_pieces_are_solved() {
    let mut items = Vec::new();
    for at in 0..30_u32 {
        let at = f64::from(at);
        let demand = 20.0 + (at * 7.0) % 13.0;
        items.push(BudgetItem {
            packs_max: 10,
            ..item(demand, 3.0 + (at * 5.0) % 11.0, 1.37 + (at * 3.0) % 7.0)
        });
    }
    for budget in [100.0, 777.0, 1_501.0, 2_345.6] {
        let got = plan(&items, budget);
        let exact = got.exact(1_000_000);
        assert!(exact.is_proven, "{budget}: {} states", exact.states);
        assert!(exact.purchase.value >= got.greedy.value);
        assert!(exact.purchase.value <= got.bound + 1e-9);
    }
}

#[test]
fn a_search_that_was_cut_off_says_so() {
    let items = [
        item(20.0, 9.0, 1.3),
        item(30.0, 8.0, 1.7),
        item(9.0, 7.0, 0.9),
    ];
    let got = plan(&items, 47.0);
    let cut = got.exact(0);
    assert!(!cut.is_proven);
    assert!(cut.purchase.value >= got.greedy.value);
}

prop_compose! {
    fn any_item()(
        mean in 1.0..30.0, margin in 0.0..10.0, unit_cost in 0_u32..90, packs_max in 0_usize..5,
        packs_min in 0_usize..4, position in -5.0..20.0,
    ) -> BudgetItem {
        let unit_cost = f64::from(unit_cost) / 10.0;
        BudgetItem { packs_max, packs_min, position, ..item(mean, margin, unit_cost) }
    }
}

proptest! {
    #[test]
    fn the_exact_purchase_is_the_best_of_all(
        items in prop::collection::vec(any_item(), 1..5), budget in 0_u32..300,
    ) {
        let budget = f64::from(budget);
        let got = plan(&items, budget);
        let exact = got.exact(1_000_000);
        let best = brute_force(&items, budget);
        prop_assert!(exact.is_proven);
        prop_assert!((exact.purchase.value - best).abs() < 1e-7, "{} {best}", exact.purchase.value);
        prop_assert!(got.greedy.value <= best + 1e-7 && best <= got.bound + 1e-7);
        for purchase in [&got.greedy, &exact.purchase] {
            let (value, cost) = worth(&items, &purchase.packs);
            prop_assert!((purchase.value - value).abs() < 1e-7);
            prop_assert_eq!(purchase.spend.to_string().parse::<f64>().unwrap(), (cost * 1e6).round() / 1e6);
            prop_assert!(cost <= budget + 1e-9);
            for (packs, item) in purchase.packs.iter().zip(&items) {
                prop_assert!(*packs == 0 || (*packs >= item.packs_min && *packs <= item.packs_max));
            }
        }
    }

    #[test]
    fn more_money_earns_no_less(
        items in prop::collection::vec(any_item(), 1..5), budget in 0_u32..300, more in 0_u32..100,
    ) {
        let (less, all) = (f64::from(budget), f64::from(budget + more));
        let value = |budget| plan(&items, budget).exact(1_000_000).purchase.value;
        prop_assert!(value(less) <= value(all) + 1e-9);
        prop_assert!(plan(&items, less).bound <= plan(&items, all).bound + 1e-9);
    }
}
