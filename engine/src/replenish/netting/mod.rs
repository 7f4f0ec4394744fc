//! Time-phased netting of one item: what to order, when, and where stock falls short (the MRP record).
//!
//! The buckets are of any length, such as a week. Quantities are base units. A [`NettingRecord`] is filled again and
//! again, item after item, without new memory.

mod gross;
mod messages;

pub use gross::{OrderRule, gross_requirement};
pub use messages::NettingMessage;

use super::order_quantity::{lot_quantity, slack};
use super::{LotRules, PolicyError, Reason};

/// What is known of one bucket before netting.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeBucket {
    /// Gross requirement GR: units that leave in the bucket.
    pub requirement: f64,
    /// Scheduled receipts SR: units already on order that arrive in the bucket.
    pub scheduled_receipt: f64,
    /// Safety stock SS that should be left at the end of the bucket, units.
    pub safety_stock: f64,
}

/// What becomes of demand that stock does not cover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unmet {
    /// It waits and is served first.
    #[default]
    Backordered,
    /// The customer goes elsewhere.
    Lost,
}

/// How one item is netted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NettingRules {
    /// Lead time L, buckets: nothing new arrives in the first L.
    pub lead_time: usize,
    /// Rounding and limits of every planned order.
    pub lot: LotRules,
    /// Buckets C of demand ahead that stock above the safety stock may cover before it is too much.
    pub cover: usize,
    /// What becomes of demand that is short.
    pub unmet: Unmet,
}

/// One bucket of the record, units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NettedBucket {
    /// What is missing to the safety stock before a planned receipt.
    pub net_requirement: f64,
    /// Planned order that arrives in the bucket, POR.
    pub planned_receipt: f64,
    /// Planned order that is placed in the bucket, to arrive L buckets later.
    pub planned_release: f64,
    /// Projected stock at the end, PAB; below zero where demand waits.
    pub projected: f64,
    /// Demand that waits at the end, or that was lost in the bucket.
    pub shortage: f64,
    /// Stock above the safety stock and the demand of the next C buckets.
    pub overstock: f64,
}

/// Why the record leaves a net requirement open in a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenCause {
    /// Within the lead time: an earlier receipt, or a shortage.
    LeadTime,
    /// A limit of the lot: a cap, or a minimum above it that a planner must decide on.
    Lot(Reason),
}

impl OpenCause {
    /// Stable code, upper snake case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::LeadTime => "EXPEDITE_OR_SHORT",
            Self::Lot(reason) => reason.code(),
        }
    }
}

/// A net requirement that no planned receipt covers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenRequirement {
    /// Bucket, from 0.
    pub bucket: usize,
    /// What keeps it open.
    pub cause: OpenCause,
    /// Units missing to the safety stock after the planned receipt.
    pub quantity: f64,
}

/// The netting record of one item, filled by [`NettingRecord::net`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NettingRecord {
    /// One row for each bucket.
    pub buckets: Vec<NettedBucket>,
    /// Net requirements left open, by bucket.
    pub open: Vec<OpenRequirement>,
    /// What a planner may do about it: first what is late, bucket by bucket, then receipts that may wait, then excess.
    pub messages: Vec<NettingMessage>,
    /// The first bucket whose next C lie partly beyond the horizon: its overstock is overstated
    /// (`HORIZON_TRUNCATED`).
    pub truncated_from: usize,
    room: Vec<messages::Room>,
}

impl NettingRecord {
    /// Nets the `buckets` of one item that starts with `on_hand` units, in place of what the record held.
    ///
    /// For each bucket: need = max(0, SS - (PAB before + SR - GR)); POR = lot(need) from bucket L on, else the need
    /// is left [open](Self::open); PAB = PAB before + SR + POR - GR, not below zero where unmet demand is lost. A
    /// planned receipt is released L buckets earlier. Overstock = max(0, PAB - SS - GR of the next C buckets).
    ///
    /// Source: Orlicky (1975), Material Requirements Planning, ch. 4 (time-phased record); Silver, Pyke & Thomas
    /// (2017), ch. 15.
    ///
    /// # Errors
    /// [`PolicyError::NotFinite`] if a figure is not a finite number; the record is then empty.
    ///
    /// ```
    /// use engine::replenish::{LotRules, NettingRecord, NettingRules, TimeBucket};
    /// let week = TimeBucket { requirement: 10.0, scheduled_receipt: 0.0, safety_stock: 5.0 };
    /// let lot = LotRules { pack: 12.0, ..LotRules::default() };
    /// let rules = NettingRules { lead_time: 1, lot, ..NettingRules::default() };
    /// let mut record = NettingRecord::default();
    /// record.net(18.0, &[week; 3], &rules)?;
    /// let receipts: Vec<f64> = record.buckets.iter().map(|week| week.planned_receipt).collect();
    /// assert_eq!(receipts, [0.0, 12.0, 12.0]);
    /// # Ok::<(), engine::replenish::PolicyError>(())
    /// ```
    pub fn net(
        &mut self,
        on_hand: f64,
        buckets: &[TimeBucket],
        rules: &NettingRules,
    ) -> Result<(), PolicyError> {
        self.clear();
        let is_finite = |bucket: &TimeBucket| {
            (bucket.requirement + bucket.scheduled_receipt + bucket.safety_stock).is_finite()
        };
        if !on_hand.is_finite() || !buckets.iter().all(is_finite) {
            return Err(PolicyError::NotFinite);
        }
        self.project(on_hand, buckets, rules);
        self.release(rules.lead_time);
        self.measure_overstock(buckets, rules.cover);
        messages::tell(self, buckets, rules);
        Ok(())
    }

    fn clear(&mut self) {
        self.buckets.clear();
        self.open.clear();
        self.messages.clear();
        self.truncated_from = 0;
    }

    fn project(&mut self, on_hand: f64, buckets: &[TimeBucket], rules: &NettingRules) {
        let mut projected = on_hand;
        for (at, bucket) in buckets.iter().enumerate() {
            let before = projected + bucket.scheduled_receipt - bucket.requirement;
            let net_requirement = need(bucket.safety_stock - before, bucket.safety_stock, before);
            let mut planned_receipt = 0.0;
            if net_requirement > 0.0 {
                let mut cause = OpenCause::LeadTime;
                if at >= rules.lead_time {
                    planned_receipt = lot_quantity(net_requirement, &rules.lot, |reason| {
                        cause = OpenCause::Lot(reason);
                    });
                }
                let quantity = net_requirement - planned_receipt;
                if quantity > slack(net_requirement) {
                    self.open.push(OpenRequirement {
                        bucket: at,
                        cause,
                        quantity,
                    });
                }
            }
            let after = before + planned_receipt;
            projected = match rules.unmet {
                Unmet::Backordered => after,
                Unmet::Lost => after.max(0.0),
            };
            self.buckets.push(NettedBucket {
                net_requirement,
                planned_receipt,
                planned_release: 0.0,
                projected,
                shortage: (-after).max(0.0),
                overstock: 0.0,
            });
        }
    }

    fn release(&mut self, lead_time: usize) {
        for arrival in lead_time..self.buckets.len() {
            let receipt = self.buckets.get(arrival).map(|row| row.planned_receipt);
            if let (Some(receipt), Some(row)) = (receipt, self.buckets.get_mut(arrival - lead_time))
            {
                row.planned_release = receipt;
            }
        }
    }

    fn measure_overstock(&mut self, buckets: &[TimeBucket], cover: usize) {
        self.truncated_from = buckets.len().saturating_sub(cover);
        // Demand of the next C buckets, from the last bucket backwards.
        let mut ahead = 0.0;
        for (at, (row, bucket)) in self.buckets.iter_mut().zip(buckets).enumerate().rev() {
            let excess = row.projected - bucket.safety_stock - ahead;
            row.overstock = need(excess, row.projected, ahead);
            ahead += bucket.requirement;
            ahead -= buckets.get(at + cover).map_or(0.0, |far| far.requirement);
        }
    }
}

/// `missing` where it is above zero by more than the rounding of the figures it comes from.
fn need(missing: f64, a: f64, b: f64) -> f64 {
    if missing > slack(a).max(slack(b)) {
        missing
    } else {
        0.0
    }
}

/// Buckets until demand exceeds stock and scheduled receipts, with the share of the last one that they cover;
/// `None` if they last to the end of the horizon or nothing is required.
///
/// ```
/// use engine::replenish::{TimeBucket, run_out};
/// let week = TimeBucket { requirement: 4.0, ..TimeBucket::default() };
/// assert_eq!(run_out(10.0, &[week; 8]), Some(2.5));
/// assert_eq!(run_out(10.0, &[week; 2]), None);
/// ```
#[must_use]
pub fn run_out(on_hand: f64, buckets: &[TimeBucket]) -> Option<f64> {
    let mut left = on_hand;
    let mut passed = 0.0;
    for bucket in buckets {
        let stock = left + bucket.scheduled_receipt;
        left = stock - bucket.requirement;
        if bucket.requirement > 0.0 && left < -slack(stock) {
            return Some(passed + stock.max(0.0) / bucket.requirement);
        }
        passed += 1.0;
    }
    None
}

#[cfg(test)]
mod tests;
