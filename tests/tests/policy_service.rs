//! The closed form of service against the simulation, over random items and every policy.

use ballast_cli::policy_trials::{Group, Outcome};

/// A figure further off than this is an error of one way or the other.
const ERRORS_MAX: f64 = 4.5;
/// Mean gap that an approximation may have, in shares.
const BIAS_MAX: f64 = 0.01;
/// A whole round of demands, policies and lead times.
const ITEMS: u64 = 48;

fn outcome(group: Group) -> Outcome {
    Outcome::of(group, 42, ITEMS, ERRORS_MAX).expect("the engine takes the items")
}

#[test]
fn where_the_closed_form_is_exact_the_simulation_agrees() {
    let outcome = outcome(Group::Exact);
    assert_eq!(outcome.outside, [], "{outcome:?}");
    assert_eq!(outcome.items, 48);
}

#[test]
fn lost_sales_and_lumpy_demand_are_served_about_as_computed() {
    for group in [Group::Lost, Group::Lumpy] {
        let bias = outcome(group).bias();
        assert!(
            bias.iter().all(|bias| bias.abs() <= BIAS_MAX),
            "{group:?} {bias:?}"
        );
    }
}
