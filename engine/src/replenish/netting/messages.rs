//! Action messages: what a planner may do about receipts that come too late, too early or in vain.

use super::{NettingRecord, NettingRules, TimeBucket, Unmet, lot_quantity, slack};

/// Advice about one receipt or order. Buckets count from 0, quantities are units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NettingMessage {
    /// Ask for a scheduled receipt earlier: stock falls under its safety stock before it.
    Expedite {
        /// Where it is due.
        from: usize,
        /// Where it is needed.
        to: usize,
        /// Units.
        quantity: f64,
    },
    /// An order that should have been placed `late` buckets before the first one to be there in time.
    PastDueRelease {
        /// Where it is needed.
        bucket: usize,
        /// Buckets between the day it was due to be placed and the start of the horizon.
        late: usize,
        /// Units, by the lot rules.
        quantity: f64,
    },
    /// A scheduled receipt that may come later: stock stays at the safety stock or above without it until then.
    Defer {
        /// Where it is due.
        from: usize,
        /// Where it is first needed.
        to: usize,
        /// Units.
        quantity: f64,
    },
    /// A scheduled receipt that is never needed within the horizon.
    Cancel {
        /// Where it is due.
        bucket: usize,
        /// Units.
        quantity: f64,
    },
    /// Stock above what safety and the demand of the cover take, over one stretch of buckets that see their whole
    /// cover.
    Excess {
        /// First bucket of the stretch.
        bucket: usize,
        /// The most of it, units.
        quantity: f64,
    },
}

impl NettingMessage {
    /// Stable code, upper snake case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Expedite { .. } => "EXPEDITE",
            Self::PastDueRelease { .. } => "PAST_DUE_RELEASE",
            Self::Defer { .. } => "DEFER",
            Self::Cancel { .. } => "CANCEL",
            Self::Excess { .. } => "EXCESS",
        }
    }
}

/// A bucket while messages are made, units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Room {
    /// Scheduled receipt that is still judged.
    receipt: f64,
    /// Stock above the safety stock.
    spare: f64,
}

/// Fills the messages of a record whose rows are finished.
pub(super) fn tell(record: &mut NettingRecord, buckets: &[TimeBucket], rules: &NettingRules) {
    record.room.clear();
    let rows = record.buckets.iter().zip(buckets);
    record.room.extend(rows.map(|(row, bucket)| Room {
        receipt: bucket.scheduled_receipt,
        spare: row.projected - bucket.safety_stock,
    }));
    if !record.open.is_empty() {
        bring_forward(record, buckets, rules);
    }
    put_off(record);
    tell_excess(record);
}

/// Scheduled receipts that are needed earlier, the next ones first, then orders that should be under way already.
/// Receipts that move are judged no more.
fn bring_forward(record: &mut NettingRecord, buckets: &[TimeBucket], rules: &NettingRules) {
    // What moved receipts and late orders add to the stock of the record, and the late orders among them.
    let (mut added, mut ordered) = (0.0, 0.0);
    let rows = record.buckets.iter().zip(buckets).enumerate();
    for (at, (row, bucket)) in rows {
        let has_moved = record.room.get(at).is_some_and(|room| room.receipt == 0.0);
        if bucket.scheduled_receipt > 0.0 && has_moved {
            added -= bucket.scheduled_receipt;
        }
        if at == rules.lead_time {
            // From here on the planned receipts of the record stand for the late orders.
            added -= ordered;
        }
        let is_open = row.net_requirement - row.planned_receipt > slack(row.net_requirement);
        if at >= rules.lead_time && !is_open {
            continue;
        }
        let served = match rules.unmet {
            Unmet::Backordered => row.projected,
            Unmet::Lost => row.projected - row.shortage,
        };
        let least = slack(bucket.safety_stock).max(slack(served));
        let missing = |added: f64| bucket.safety_stock - served - added;
        while missing(added) > least {
            let mut due = record.room.iter_mut().enumerate().skip(at + 1);
            let Some((from, room)) = due.find(|(_, room)| room.receipt > 0.0) else {
                break;
            };
            let quantity = std::mem::take(&mut room.receipt);
            let message = NettingMessage::Expedite {
                from,
                to: at,
                quantity,
            };
            record.messages.push(message);
            added += quantity;
        }
        if missing(added) > least && at < rules.lead_time {
            let quantity = lot_quantity(missing(added), &rules.lot, |_| {});
            if quantity > 0.0 {
                let late = rules.lead_time - at;
                let message = NettingMessage::PastDueRelease {
                    bucket: at,
                    late,
                    quantity,
                };
                record.messages.push(message);
                added += quantity;
                ordered += quantity;
            }
        }
        if rules.unmet == Unmet::Lost {
            // What serves demand that the record gives up as lost is used up.
            let used = row.shortage.min(added.max(0.0));
            added -= used;
            ordered -= used.min(ordered);
        }
    }
}

/// Scheduled receipts that could come later or not at all, the last one judged first: what is put off is missing for
/// those before it.
fn put_off(record: &mut NettingRecord) {
    let first = record.messages.len();
    for from in (0..record.room.len()).rev() {
        let Some((due, later)) = record.room.get_mut(from..).and_then(<[_]>::split_first_mut)
        else {
            continue;
        };
        let quantity = due.receipt;
        let is_spared = |room: &Room| room.spare >= quantity - slack(quantity);
        if quantity <= 0.0 || !is_spared(due) {
            continue;
        }
        due.spare -= quantity;
        let needed = later.iter().position(|room| !is_spared(room));
        for room in later.iter_mut().take(needed.unwrap_or(usize::MAX)) {
            room.spare -= quantity;
        }
        record.messages.push(match needed {
            Some(after) => NettingMessage::Defer {
                from,
                to: from + 1 + after,
                quantity,
            },
            None => NettingMessage::Cancel {
                bucket: from,
                quantity,
            },
        });
    }
    if let Some(told) = record.messages.get_mut(first..) {
        told.reverse();
    }
}

/// One message for each stretch of buckets with overstock.
fn tell_excess(record: &mut NettingRecord) {
    let mut stretch: Option<(usize, f64)> = None;
    let whole = record.buckets.iter().take(record.truncated_from);
    for (at, overstock) in whole.map(|row| row.overstock).enumerate() {
        stretch = match stretch {
            Some((bucket, most)) if overstock > 0.0 => Some((bucket, most.max(overstock))),
            None if overstock > 0.0 => Some((at, overstock)),
            ended => {
                record.messages.extend(ended.map(as_excess));
                None
            }
        };
    }
    record.messages.extend(stretch.map(as_excess));
}

const fn as_excess((bucket, quantity): (usize, f64)) -> NettingMessage {
    NettingMessage::Excess { bucket, quantity }
}
