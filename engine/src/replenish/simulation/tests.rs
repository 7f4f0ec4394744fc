//! Simulation: days worked by hand, and what holds for any policy.

use super::*;
use crate::num::Poisson;
use crate::replenish::{Demand, LeadTime};
use proptest::prelude::*;

fn run(policy: Policy, review_days: usize, unmet: Unmet, on_hand: f64) -> ItemRun {
    let operation = Operation {
        policy,
        review_days,
        lot: None,
        unmet,
    };
    ItemRun::try_new(operation, on_hand).unwrap()
}

/// (received, ordered, on hand, backorder) of each day at a fixed lead time.
fn days(run: &mut ItemRun, demand: &[f64], lead_time: usize) -> Vec<(f64, f64, f64, f64)> {
    let day = |demand: &f64| {
        let day = run.day(*demand, || lead_time);
        (day.received, day.ordered, day.on_hand, day.backorder)
    };
    demand.iter().map(day).collect()
}

#[test]
fn what_waits_is_served_first() {
    let policy = Policy::MinMax {
        point: 4.0,
        level: 10.0,
    };
    let mut item = run(policy, 1, Unmet::Backordered, 5.0);
    // 5 stand over 4; 4 short after the first day, position -4: 14 ordered, there two days later.
    assert_eq!(
        days(&mut item, &[9.0, 1.0, 0.0, 0.0], 2),
        [
            (0.0, 0.0, 0.0, 4.0),
            (0.0, 14.0, 0.0, 5.0),
            (0.0, 0.0, 0.0, 5.0),
            (14.0, 0.0, 9.0, 0.0),
        ]
    );
}

#[test]
fn what_is_lost_is_not_ordered_again() {
    let policy = Policy::OrderUpTo { level: 6.0 };
    let mut item = run(policy, 1, Unmet::Lost, 6.0);
    assert_eq!(
        days(&mut item, &[9.0, 1.0, 0.0], 1),
        [
            (0.0, 0.0, 0.0, 0.0),
            (0.0, 6.0, 0.0, 0.0),
            (6.0, 0.0, 6.0, 0.0)
        ]
    );
}

#[test]
fn an_order_without_lead_time_is_there_for_the_day() {
    let policy = Policy::OrderUpTo { level: 6.0 };
    let mut item = run(policy, 1, Unmet::Backordered, 0.0);
    assert_eq!(days(&mut item, &[5.0], 0), [(6.0, 6.0, 1.0, 0.0)]);
}

#[test]
fn cycles_are_counted_with_their_shortages() {
    let policy = Policy::FixedLot {
        point: 2.0,
        quantity: 5.0,
    };
    let mut item = run(policy, 1, Unmet::Lost, 2.0);
    // 5 ordered on day 0 come on day 1, after 3 of 5 were lost; 5 ordered on day 2 come on day 3, nothing was.
    let demand = [5.0, 3.0, 1.0, 0.0];
    let cycles = demand.map(|demand| {
        let day = item.day(demand, || 1);
        (day.cycles, day.short_cycles)
    });
    assert_eq!(cycles, [(0, 0), (1, 1), (0, 0), (1, 0)]);
}

#[test]
fn a_later_order_may_come_first() {
    let policy = Policy::OrderUpTo { level: 4.0 };
    let mut item = run(policy, 1, Unmet::Backordered, 4.0);
    let mut lead_times = [9, 3, 1].into_iter();
    let mut received = [4.0, 4.0, 0.0, 0.0].map(|demand| {
        let lead_time = lead_times.next().unwrap_or(9);
        item.day(demand, || lead_time).received
    });
    // Ordered: 0 on day 0, 4 on day 1 for day 4, 4 on day 2 for day 3.
    assert_eq!(received, [0.0, 0.0, 0.0, 4.0]);
    received[0] = item.day(0.0, || 9).received;
    assert_eq!(received[0], 4.0);
}

#[test]
fn impossible_policies_are_refused() {
    let refused = |policy, review_days| {
        let operation = Operation {
            policy,
            review_days,
            lot: None,
            unmet: Unmet::Lost,
        };
        ItemRun::try_new(operation, 0.0).map(|_| ())
    };
    let level = |level| Policy::OrderUpTo { level };
    assert_eq!(refused(level(3.0), 0), Err(PolicyError::LeadTime));
    assert_eq!(refused(level(f64::NAN), 1), Err(PolicyError::NotFinite));
    let lot = Policy::FixedLot {
        point: 3.0,
        quantity: 0.0,
    };
    assert_eq!(refused(lot, 1), Err(PolicyError::OrderQuantity));
    let below = Policy::MinMax {
        point: 3.0,
        level: 3.0,
    };
    assert_eq!(refused(below, 1), Err(PolicyError::OrderQuantity));
}

fn simulator(level: f64, unmet: Unmet) -> Simulator {
    let operation = Operation {
        policy: Policy::OrderUpTo { level },
        review_days: 2,
        lot: None,
        unmet,
    };
    let demand = DemandSampler::of(Demand::Poisson(Poisson { mean: 3.0 })).unwrap();
    let lead_times = [2.0, 3.0].map(|days| LeadTime { days, chance: 0.5 });
    Simulator::try_new(operation, demand, &lead_times).unwrap()
}

#[test]
fn replications_give_the_same_bytes_in_any_order() {
    let (simulator, trial) = (
        simulator(18.0, Unmet::Backordered),
        Trial::of_portfolio(7, 3, 1),
    );
    let backwards: Vec<Tally> = (0..trial.replications)
        .rev()
        .map(|replication| simulator.replicate(&trial, replication).unwrap())
        .collect();
    let batches: Vec<Tally> = backwards.into_iter().rev().collect();
    assert_eq!(
        ServiceEstimate::of(&batches),
        simulator.run(&trial).unwrap()
    );
    assert_ne!(batches[0], batches[1]);
}

#[test]
fn policies_under_one_seed_meet_the_same_days() {
    let trial = Trial::of_portfolio(7, 3, 1);
    let tally = |level, unmet| simulator(level, unmet).replicate(&trial, 4).unwrap();
    let (less, more) = (
        tally(14.0, Unmet::Backordered),
        tally(20.0, Unmet::Backordered),
    );
    assert_eq!(less.demand, more.demand);
    assert!(less.filled < more.filled && less.backorder > more.backorder);
    assert_eq!(tally(14.0, Unmet::Lost).demand, less.demand);
}

#[test]
fn lead_times_are_whole_days_whose_chances_add_up() {
    let operation = run(Policy::OrderUpTo { level: 9.0 }, 2, Unmet::Lost, 0.0).operation;
    let demand = DemandSampler::observed(&[1.0]).unwrap();
    let refused = |times: &[(f64, f64)]| {
        let times: Vec<LeadTime> = (times.iter())
            .map(|(days, chance)| LeadTime {
                days: *days,
                chance: *chance,
            })
            .collect();
        Simulator::try_new(operation, demand.clone(), &times).err()
    };
    for times in [&[(2.5, 1.0)][..], &[(2.0, 0.7)], &[(-1.0, 1.0)], &[]] {
        assert_eq!(refused(times), Some(PolicyError::LeadTime), "{times:?}");
    }
    assert_eq!(refused(&[(2.0, 0.5), (4.0, 0.5)]), None);
}

fn any_policy() -> impl Strategy<Value = Policy> {
    (0_u8..3, 0_u32..40, 1_u32..40).prop_map(|(kind, point, range)| {
        let (point, range) = (f64::from(point), f64::from(range));
        match kind {
            0 => Policy::OrderUpTo { level: point },
            1 => Policy::MinMax {
                point,
                level: point + range,
            },
            _ => Policy::FixedLot {
                point,
                quantity: range,
            },
        }
    })
}

proptest! {
    #[test]
    fn units_are_neither_made_nor_lost(
        policy in any_policy(),
        review_days in 1_usize..6,
        start in -10_i32..60,
        is_lost: bool,
        days in prop::collection::vec((0_u32..15, 0_usize..9), 1..80),
        pack in prop::option::of(1_u32..9),
    ) {
        let unmet = if is_lost { Unmet::Lost } else { Unmet::Backordered };
        let lot = pack.map(|pack| LotRules { pack: f64::from(pack), ..LotRules::default() });
        let operation = Operation { policy, review_days, lot, unmet };
        let mut item = ItemRun::try_new(operation, f64::from(start)).unwrap();
        let (mut stock, mut position) = (f64::from(start), f64::from(start));
        for (demand, lead_time) in days {
            let day = item.day(f64::from(demand), || lead_time);
            let met = if is_lost { day.filled } else { day.demand };
            stock += day.received - met;
            position += day.ordered - met;
            prop_assert_eq!(day.on_hand - day.backorder, stock);
            prop_assert_eq!(item.position(), position);
            prop_assert!(day.on_hand == 0.0 || day.backorder == 0.0);
            prop_assert!(day.short_cycles <= day.cycles);
        }
    }

    #[test]
    fn every_order_lifts_the_position_over_its_trigger(policy in any_policy(), position in -60_i32..60) {
        let position = f64::from(position);
        let order = policy.order(position);
        let after = position + order;
        match policy {
            Policy::OrderUpTo { level } => prop_assert_eq!(after, position.max(level)),
            Policy::MinMax { point, level } => prop_assert_eq!(after, if position <= point { level } else { position }),
            Policy::FixedLot { point, quantity } => {
                prop_assert!(after > point && (order == 0.0 || after <= point + quantity));
            }
        }
    }
}
