//! Netting: worked examples, and what holds for any item.

use super::*;
use proptest::prelude::*;

const LOOSE: LotRules = LotRules {
    moq: 0.0,
    pack: 1.0,
    max_order: None,
    shelf_life_cap: None,
    storage_cap: None,
};

/// Buckets from (requirement, scheduled receipt) pairs.
fn buckets(rows: &[(f64, f64)], safety_stock: f64) -> Vec<TimeBucket> {
    let bucket = |(requirement, scheduled_receipt): &(f64, f64)| TimeBucket {
        requirement: *requirement,
        scheduled_receipt: *scheduled_receipt,
        safety_stock,
    };
    rows.iter().map(bucket).collect()
}

fn netted(on_hand: f64, buckets: &[TimeBucket], rules: &NettingRules) -> NettingRecord {
    let mut record = NettingRecord::default();
    record.net(on_hand, buckets, rules).unwrap();
    record
}

fn rules(lead_time: usize) -> NettingRules {
    NettingRules {
        lead_time,
        lot: LOOSE,
        cover: 1,
        unmet: Unmet::Backordered,
    }
}

#[test]
fn a_receipt_that_comes_too_late_is_asked_for_earlier() {
    // 10 - 8 - 8 = -6 before the 20 of bucket 2 arrive; nothing new arrives before bucket 3.
    let rows = [(8.0, 0.0), (8.0, 0.0), (2.0, 20.0), (2.0, 0.0)];
    let record = netted(10.0, &buckets(&rows, 0.0), &rules(3));
    let expedite = NettingMessage::Expedite {
        from: 2,
        to: 1,
        quantity: 20.0,
    };
    assert_eq!(record.messages[0], expedite);
    assert_eq!(
        record.open,
        [OpenRequirement {
            bucket: 1,
            cause: OpenCause::LeadTime,
            quantity: 6.0
        }]
    );
    // It is not deferred as well, and closes the gap: no late order.
    let codes: Vec<&str> = record.messages.iter().map(|one| one.code()).collect();
    assert_eq!(codes, ["EXPEDITE", "EXCESS"]);
}

#[test]
fn what_no_receipt_can_mend_should_be_under_way() {
    // 4 short in bucket 0, another 5 in bucket 1; an order for bucket 1 was due one bucket ago.
    let rows = [(9.0, 0.0), (5.0, 0.0), (5.0, 0.0)];
    let record = netted(5.0, &buckets(&rows, 0.0), &rules(2));
    let late = |bucket, late, quantity| NettingMessage::PastDueRelease {
        bucket,
        late,
        quantity,
    };
    assert_eq!(record.messages, [late(0, 2, 4.0), late(1, 1, 5.0)]);
    assert_eq!(record.buckets[2].planned_receipt, 14.0);
}

#[test]
fn lost_demand_is_not_made_up_for() {
    let rows = [(9.0, 0.0), (5.0, 0.0), (5.0, 0.0)];
    let lost = NettingRules {
        unmet: Unmet::Lost,
        ..rules(2)
    };
    let record = netted(5.0, &buckets(&rows, 0.0), &lost);
    let shortages: Vec<f64> = record.buckets.iter().map(|row| row.shortage).collect();
    assert_eq!(shortages, [4.0, 5.0, 0.0]);
    assert_eq!(record.buckets[2].planned_receipt, 5.0);
    // Orders that would have saved both, each used up by the demand of its own bucket.
    let late = |bucket, late, quantity| NettingMessage::PastDueRelease {
        bucket,
        late,
        quantity,
    };
    assert_eq!(record.messages, [late(0, 2, 4.0), late(1, 1, 5.0)]);
}

#[test]
fn receipts_that_are_not_needed_yet_may_wait() {
    // 30 last three buckets of 10: the 10 of bucket 0 are first needed in bucket 3, the 50 of bucket 4 never.
    let rows = [
        (10.0, 10.0),
        (10.0, 0.0),
        (10.0, 0.0),
        (10.0, 0.0),
        (0.0, 50.0),
    ];
    let record = netted(30.0, &buckets(&rows, 0.0), &rules(1));
    let (defer, cancel) = (
        NettingMessage::Defer {
            from: 0,
            to: 3,
            quantity: 10.0,
        },
        NettingMessage::Cancel {
            bucket: 4,
            quantity: 50.0,
        },
    );
    assert!(record.messages.contains(&defer), "{:?}", record.messages);
    assert!(record.messages.contains(&cancel), "{:?}", record.messages);
}

#[test]
fn two_receipts_do_not_both_go_for_one_surplus() {
    // Of two receipts of 10 one is too many: the later one goes.
    let rows = [(0.0, 10.0), (0.0, 10.0), (10.0, 0.0)];
    let record = netted(0.0, &buckets(&rows, 0.0), &rules(0));
    let told: Vec<&NettingMessage> = (record.messages.iter())
        .filter(|one| one.code() != "EXCESS")
        .collect();
    let (defer, cancel) = (
        NettingMessage::Defer {
            from: 0,
            to: 2,
            quantity: 10.0,
        },
        NettingMessage::Cancel {
            bucket: 1,
            quantity: 10.0,
        },
    );
    assert_eq!(told, [&defer, &cancel]);
}

#[test]
fn excess_is_told_once_for_a_stretch() {
    // 50 against 5 + 5 ahead: 40, 35 and 30 too many; the last bucket does not see its cover.
    let record = netted(55.0, &buckets(&[(5.0, 0.0); 4], 0.0), &rules(0));
    let excess = NettingMessage::Excess {
        bucket: 0,
        quantity: 45.0,
    };
    assert_eq!(record.messages, [excess]);
    assert_eq!(record.truncated_from, 3);
}

#[test]
fn a_cap_under_the_minimum_is_a_conflict() {
    let lot = LotRules {
        moq: 20.0,
        max_order: Some(15.0),
        ..LOOSE
    };
    let record = netted(
        0.0,
        &buckets(&[(8.0, 0.0)], 0.0),
        &NettingRules { lot, ..rules(0) },
    );
    let open = OpenRequirement {
        bucket: 0,
        cause: OpenCause::Lot(Reason::ConflictMoqGtCap),
        quantity: 8.0,
    };
    assert_eq!((record.open, record.messages), (vec![open], vec![]));
}

#[test]
fn rounding_noise_buys_nothing() {
    let rows = [(0.1, 0.0), (0.2, 0.0), (0.0, 0.0)];
    let record = netted(0.3, &buckets(&rows, 0.0), &rules(0));
    assert!(record.buckets.iter().all(|row| row.planned_receipt == 0.0));
}

#[test]
fn figures_that_are_none_are_refused() {
    let mut record = NettingRecord::default();
    let week = buckets(&[(f64::NAN, 0.0)], 0.0);
    let refused = record.net(1.0, &week, &rules(0));
    assert_eq!(refused, Err(PolicyError::NotFinite));
    let refused = record.net(f64::INFINITY, &[], &rules(0));
    assert_eq!(refused, Err(PolicyError::NotFinite));
}

fn any_bucket() -> impl Strategy<Value = TimeBucket> {
    (
        0_u32..80,
        prop_oneof![3 => Just(0_u32), 1 => 1_u32..120],
        0_u32..40,
    )
        .prop_map(|(requirement, receipt, safety)| TimeBucket {
            requirement: f64::from(requirement),
            scheduled_receipt: f64::from(receipt),
            safety_stock: f64::from(safety),
        })
}

fn any_lot() -> impl Strategy<Value = LotRules> {
    let cap = || prop::option::weighted(0.3, (0_u32..150).prop_map(f64::from));
    (0_u32..60, 1_u32..30, cap(), cap(), cap()).prop_map(|(moq, pack, order, shelf, storage)| {
        LotRules {
            moq: f64::from(moq),
            pack: f64::from(pack),
            max_order: order,
            shelf_life_cap: shelf,
            storage_cap: storage,
        }
    })
}

fn any_rules() -> impl Strategy<Value = NettingRules> {
    let unmet = prop_oneof![Just(Unmet::Backordered), Just(Unmet::Lost)];
    (0_usize..8, any_lot(), 0_usize..6, unmet).prop_map(|(lead_time, lot, cover, unmet)| {
        NettingRules {
            lead_time,
            lot,
            cover,
            unmet,
        }
    })
}

proptest! {
    #[test]
    fn units_are_neither_made_nor_lost(
        on_hand in -50_i32..300,
        buckets in prop::collection::vec(any_bucket(), 1..30),
        rules in any_rules(),
    ) {
        let record = netted(f64::from(on_hand), &buckets, &rules);
        let mut stock = f64::from(on_hand);
        for (row, bucket) in record.buckets.iter().zip(&buckets) {
            let lost = if rules.unmet == Unmet::Lost { row.shortage } else { 0.0 };
            stock += bucket.scheduled_receipt + row.planned_receipt + lost - bucket.requirement;
            prop_assert_eq!(stock, row.projected);
        }
        let planned: f64 = record.buckets.iter().map(|row| row.planned_receipt).sum();
        let released: f64 = record.buckets.iter().map(|row| row.planned_release).sum();
        prop_assert_eq!(planned, released);
    }

    #[test]
    fn receipts_keep_the_lot_rules_or_say_why_not(
        on_hand in -50_i32..300,
        buckets in prop::collection::vec(any_bucket(), 1..30),
        rules in any_rules(),
    ) {
        let record = netted(f64::from(on_hand), &buckets, &rules);
        for (at, (row, bucket)) in record.buckets.iter().zip(&buckets).enumerate() {
            let receipt = row.planned_receipt;
            prop_assert_eq!(receipt % rules.lot.pack, 0.0);
            let caps = [rules.lot.max_order, rules.lot.shelf_life_cap, rules.lot.storage_cap];
            prop_assert!(caps.into_iter().flatten().all(|cap| receipt <= cap));
            prop_assert!(receipt == 0.0 || (receipt >= rules.lot.moq && at >= rules.lead_time));
            let open = record.open.iter().find(|open| open.bucket == at);
            let is_covered = row.projected >= bucket.safety_stock && row.shortage == 0.0;
            prop_assert_eq!(open.is_none(), is_covered, "{:?} {:?}", row, open);
            if let Some(open) = open {
                prop_assert_eq!(open.cause == OpenCause::LeadTime, at < rules.lead_time);
            }
        }
    }

    #[test]
    fn nothing_is_short_where_an_order_can_arrive(
        on_hand in -50_i32..300,
        buckets in prop::collection::vec(any_bucket(), 1..30),
        lead_time in 0_usize..8,
        pack in 1_u32..30,
    ) {
        let lot = LotRules { pack: f64::from(pack), moq: 25.0, ..LOOSE };
        let record = netted(f64::from(on_hand), &buckets, &NettingRules { lot, ..rules(lead_time) });
        for (row, bucket) in record.buckets.iter().zip(&buckets).skip(lead_time) {
            prop_assert!(row.projected >= bucket.safety_stock && row.shortage == 0.0);
        }
    }

    #[test]
    fn receipts_put_off_leave_the_safety_stock(
        on_hand in 0_i32..300,
        buckets in prop::collection::vec(any_bucket(), 1..30),
        lead_time in 0_usize..8,
    ) {
        let record = netted(f64::from(on_hand), &buckets, &rules(lead_time));
        let mut change = vec![0.0; buckets.len()];
        for message in &record.messages {
            let (from, to, quantity) = match *message {
                NettingMessage::Defer { from, to, quantity } => (from, to, quantity),
                NettingMessage::Cancel { bucket, quantity } => (bucket, buckets.len(), quantity),
                _ => continue,
            };
            prop_assert!(from < to && quantity == buckets[from].scheduled_receipt);
            change[from..to].iter_mut().for_each(|change| *change -= quantity);
        }
        for ((row, bucket), change) in record.buckets.iter().zip(&buckets).zip(change) {
            prop_assert!(change == 0.0 || row.projected + change >= bucket.safety_stock);
        }
    }

    #[test]
    fn late_orders_close_every_gap_of_the_lead_time(
        on_hand in -50_i32..300,
        buckets in prop::collection::vec(any_bucket(), 1..30),
        lead_time in 0_usize..8,
        unmet in prop_oneof![Just(Unmet::Backordered), Just(Unmet::Lost)],
    ) {
        let record = netted(f64::from(on_hand), &buckets, &NettingRules { unmet, ..rules(lead_time) });
        let mut moved = vec![0.0; buckets.len()];
        for message in &record.messages {
            match *message {
                NettingMessage::Expedite { from, to, quantity } => {
                    moved[from] -= quantity;
                    moved[to] += quantity;
                }
                NettingMessage::PastDueRelease { bucket, quantity, .. } => moved[bucket] += quantity,
                _ => {}
            }
        }
        let mut stock = f64::from(on_hand);
        for (bucket, moved) in buckets.iter().zip(moved).take(lead_time) {
            stock += bucket.scheduled_receipt + moved - bucket.requirement;
            prop_assert!(stock >= bucket.safety_stock);
        }
    }

    #[test]
    fn a_record_is_the_same_whatever_it_held(
        buckets in prop::collection::vec(any_bucket(), 1..30),
        other in prop::collection::vec(any_bucket(), 1..30),
        rules in any_rules(),
    ) {
        let mut record = netted(40.0, &other, &rules);
        record.net(90.0, &buckets, &rules).unwrap();
        let fresh = netted(90.0, &buckets, &rules);
        prop_assert_eq!(record.buckets, fresh.buckets);
        prop_assert_eq!(record.messages, fresh.messages);
        prop_assert_eq!(record.open, fresh.open);
    }
}
