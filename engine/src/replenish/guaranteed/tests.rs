//! Guaranteed service against every combination of service times.

use super::*;
use proptest::prelude::*;

fn any_stage() -> impl Strategy<Value = Stage> {
    (
        0_usize..4,
        0_usize..3,
        prop::option::of(0_usize..3),
        1_u32..9,
        0_u32..6,
    )
        .prop_map(
            |(processing, inbound, outbound_max, holding, sigma)| Stage {
                processing,
                inbound,
                outbound_max,
                holding: f64::from(holding),
                demand_mean: 2.0 * f64::from(sigma),
                demand_sigma: f64::from(sigma),
            },
        )
}

/// Up to five stages; each but the first is joined to one before it, either way.
fn any_tree() -> impl Strategy<Value = (Vec<Stage>, Vec<(usize, usize)>)> {
    prop::collection::vec((any_stage(), 0_usize..100, any::<bool>()), 1..6).prop_map(|rows| {
        let stages = rows.iter().map(|row| row.0).collect();
        let link = |(at, row): (usize, &(Stage, usize, bool))| {
            let other = row.1 % at;
            if row.2 { (other, at) } else { (at, other) }
        };
        (stages, rows.iter().enumerate().skip(1).map(link).collect())
    })
}

/// The least cost over all promised times, each stage waiting for its slowest supplier.
fn least_cost(tree: &Tree<'_>) -> f64 {
    let mut least = f64::INFINITY;
    let mut times = vec![0; tree.stages.len()];
    loop {
        let mut cost = Some(0.0);
        for (at, stage) in tree.stages.iter().enumerate() {
            let inbound = tree.suppliers[at]
                .iter()
                .fold(stage.inbound, |most, one| most.max(times[*one]));
            let is_allowed = stage.outbound_max.is_none_or(|most| times[at] <= most);
            let own = tree.cost(at, inbound, times[at]).filter(|_| is_allowed);
            cost = cost.zip(own).map(|(sum, own)| sum + own);
        }
        least = least.min(cost.unwrap_or(f64::INFINITY));
        let Some(next) = (0..times.len()).find(|at| times[*at] < tree.longest[*at]) else {
            return least;
        };
        times[next] += 1;
        times[..next].fill(0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_is_cheaper_and_every_promise_is_kept((stages, links) in any_tree()) {
        let plan = guaranteed_service(&stages, &links, 1.5).unwrap();
        let tree = Tree::try_new(&stages, &links, 1.5).unwrap();
        prop_assert!((plan.cost - least_cost(&tree)).abs() < 1e-9, "{} {}", plan.cost, least_cost(&tree));
        for (stage, plan) in stages.iter().zip(&plan.stages) {
            prop_assert_eq!(plan.net_time + plan.outbound, plan.inbound + stage.processing);
            prop_assert!(stage.outbound_max.is_none_or(|most| plan.outbound <= most));
            prop_assert!(plan.inbound >= stage.inbound && plan.echelon_stock >= plan.base_stock);
        }
        for (from, to) in links {
            prop_assert!(plan.stages[to].inbound >= plan.stages[from].outbound);
        }
    }
}

#[test]
fn what_is_no_tree_is_refused() {
    let stage = Stage {
        processing: 1,
        inbound: 0,
        outbound_max: None,
        holding: 1.0,
        demand_mean: 1.0,
        demand_sigma: 1.0,
    };
    let refused = |count: usize, links: &[(usize, usize)]| {
        guaranteed_service(&vec![stage; count], links, 1.0).err()
    };
    let not_a_tree = Some(NetworkError::NotATree);
    assert_eq!(refused(3, &[(0, 1)]), not_a_tree);
    assert_eq!(refused(3, &[(0, 1), (1, 0)]), not_a_tree);
    assert_eq!(refused(2, &[(0, 2)]), not_a_tree);
    assert_eq!(refused(2, &[(1, 1)]), not_a_tree);
    assert_eq!(refused(0, &[]), not_a_tree);
    assert_eq!(refused(1, &[]), None);
    let broken = Stage {
        holding: f64::NAN,
        ..stage
    };
    let refused = guaranteed_service(&[broken], &[], 1.0).err();
    assert_eq!(refused, Some(NetworkError::Figure));
}

#[test]
fn deviations_are_pooled_upstream() {
    // 3 and 4 downstream make 5 in the warehouse, which keeps all stock: 5 sqrt(4).
    let stage = Stage {
        processing: 4,
        inbound: 0,
        outbound_max: None,
        holding: 1.0,
        demand_mean: 0.0,
        demand_sigma: 0.0,
    };
    let store = |sigma| Stage {
        processing: 0,
        outbound_max: Some(0),
        holding: 10.0,
        demand_mean: 7.0,
        demand_sigma: sigma,
        ..stage
    };
    let plan =
        guaranteed_service(&[stage, store(3.0), store(4.0)], &[(0, 1), (0, 2)], 1.0).unwrap();
    assert_eq!(plan.cost, 10.0);
    assert_eq!(plan.stages[0].base_stock, 4.0 * 14.0 + 10.0);
}
