//! What can be promised, by time bucket: available to promise in its four forms, dates, quotas.
//!
//! Forecast demand takes no part: only goods and what was promised already.

use std::collections::BTreeMap;

use crate::ids::ChannelId;
use crate::units::Qty;

/// Why a promise is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PromiseError {
    /// A promise is of something.
    #[error("quantity is not above zero: {quantity}")]
    NotPositive {
        /// Units as given.
        quantity: Qty,
    },
    /// The bucket lies past the last one.
    #[error("the horizon ends before bucket {bucket}")]
    BeyondHorizon {
        /// Bucket as given, from 0.
        bucket: usize,
    },
    /// Less can be promised.
    #[error("only {promisable} can be promised")]
    Short {
        /// Units that can be promised there.
        promisable: Qty,
    },
}

impl PromiseError {
    /// Stable code, as carried by files and messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotPositive { .. } => "E_NOT_POSITIVE",
            Self::BeyondHorizon { .. } => "E_HORIZON",
            Self::Short { .. } => "E_INSUFFICIENT_AVAILABLE",
        }
    }
}

/// Supply and commitments of one SKU in one place, by time bucket.
///
/// Source: APICS dictionary, discrete and cumulative available-to-promise; the form with
/// look-ahead also in Infor M3 and Dynamics AX. Engine specification 2.4.
///
/// ```
/// use engine::stock::Promises;
/// use engine::units::Qty;
/// let units = |list: &[i64]| list.iter().copied().map(Qty::from_units).collect::<Vec<_>>();
/// let promises = Promises::new(Qty::from_units(40), units(&[0, 100, 0]), units(&[25, 30, 60]));
/// assert_eq!(promises.cumulative(), units(&[15, 85, 25]));
/// assert_eq!(promises.look_ahead(), units(&[15, 25, 25]));
/// assert_eq!(promises.date_for(Qty::from_units(20)), Some(1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    /// Supply less commitments of each bucket; goods on hand are in the first.
    buckets: Vec<Bucket>,
    quotas: BTreeMap<ChannelId, Vec<Qty>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bucket {
    supply: Qty,
    committed: Qty,
}

impl Promises {
    /// Goods on hand that no hold keeps back, supply and commitments by bucket, units. The longer
    /// list sets the horizon.
    #[must_use]
    pub fn new(
        on_hand: Qty,
        supply: impl IntoIterator<Item = Qty>,
        committed: impl IntoIterator<Item = Qty>,
    ) -> Self {
        let mut promises = Self::default();
        for supply in supply {
            promises.buckets.push(Bucket {
                supply,
                committed: Qty::ZERO,
            });
        }
        for (at, committed) in committed.into_iter().enumerate() {
            match promises.buckets.get_mut(at) {
                Some(bucket) => bucket.committed = committed,
                None => promises.buckets.push(Bucket {
                    supply: Qty::ZERO,
                    committed,
                }),
            }
        }
        if let Some(first) = promises.buckets.first_mut() {
            first.supply += on_hand;
        }
        promises
    }

    /// Discrete available to promise before shortages are covered: in the first bucket and in each
    /// with supply, that supply less what is committed until the next one. Zero elsewhere, units.
    #[must_use]
    pub fn discrete_naive(&self) -> Vec<Qty> {
        let mut result = vec![Qty::ZERO; self.buckets.len()];
        let mut start = 0;
        for (at, bucket) in self.buckets.iter().enumerate() {
            if bucket.supply > Qty::ZERO {
                start = at;
            }
            if let Some(sum) = result.get_mut(start) {
                *sum += bucket.supply - bucket.committed;
            }
        }
        result
    }

    /// Discrete available to promise: what a supply lacks is taken from earlier ones, nearest
    /// first, in the order of time. What none of them can cover stays below zero, units.
    #[must_use]
    pub fn discrete(&self) -> Vec<Qty> {
        let mut result = self.discrete_naive();
        for at in 0..result.len() {
            let Some((here, earlier)) = result
                .get_mut(..=at)
                .and_then(<[Qty]>::split_last_mut)
                .filter(|(here, _)| **here < Qty::ZERO)
            else {
                continue;
            };
            for free in earlier.iter_mut().rev() {
                let taken = (*free).min(-*here).max(Qty::ZERO);
                *free = *free - taken;
                *here += taken;
            }
        }
        result
    }

    /// Balance at the end of each bucket: supply so far less commitments so far, units.
    #[must_use]
    pub fn cumulative(&self) -> Vec<Qty> {
        let mut balance = Qty::ZERO;
        let step = |bucket: &Bucket| {
            balance += bucket.supply - bucket.committed;
            balance
        };
        self.buckets.iter().map(step).collect()
    }

    /// The least balance from each bucket on: the most that can be asked for more in it with no
    /// later balance below zero, units. Below zero where commitments are not covered.
    #[must_use]
    pub fn look_ahead(&self) -> Vec<Qty> {
        let mut least = self.cumulative();
        let mut after = None;
        for balance in least.iter_mut().rev() {
            *balance = after.map_or(*balance, |after| (*balance).min(after));
            after = Some(*balance);
        }
        least
    }

    /// What can be promised in each bucket, never below zero, units.
    #[must_use]
    pub fn promisable(&self) -> Vec<Qty> {
        let look_ahead = self.look_ahead();
        look_ahead.into_iter().map(|it| it.max(Qty::ZERO)).collect()
    }

    /// Sets what a channel may still be promised in each bucket, units; nothing past the list.
    pub fn set_quota(&mut self, channel: ChannelId, left: Vec<Qty>) {
        self.quotas.insert(channel, left);
    }

    /// What a channel may still be promised in each bucket; `None` where it has no quota.
    #[must_use]
    pub fn quota_left(&self, channel: ChannelId) -> Option<&[Qty]> {
        self.quotas.get(&channel).map(Vec::as_slice)
    }

    /// What a channel can be promised: the least of what is promisable and of its quota, units.
    #[must_use]
    pub fn promisable_for(&self, channel: ChannelId) -> Vec<Qty> {
        let mut promisable = self.promisable();
        if let Some(left) = self.quotas.get(&channel) {
            for (at, most) in promisable.iter_mut().enumerate() {
                let left = left.get(at).copied().unwrap_or(Qty::ZERO);
                *most = (*most).min(left.max(Qty::ZERO));
            }
        }
        promisable
    }

    /// The first bucket in which a quantity can be promised; it can be in every later one too.
    #[must_use]
    pub fn date_for(&self, quantity: Qty) -> Option<usize> {
        first_with(&self.look_ahead(), quantity)
    }

    /// The first bucket in which a channel can be promised a quantity.
    #[must_use]
    pub fn date_for_channel(&self, channel: ChannelId, quantity: Qty) -> Option<usize> {
        first_with(&self.promisable_for(channel), quantity)
    }

    /// Promises a quantity in a bucket: balances from there on fall by it.
    ///
    /// # Errors
    /// A quantity not above zero, a bucket past the horizon, or more than can be promised; nothing
    /// has changed then.
    pub fn promise(&mut self, bucket: usize, quantity: Qty) -> Result<(), PromiseError> {
        self.commit(&self.promisable(), bucket, quantity)
    }

    /// Promises a quantity to a channel, within its quota of that bucket.
    ///
    /// # Errors
    /// As [`Promises::promise`]; the quota limits what can be promised.
    pub fn promise_to(
        &mut self,
        channel: ChannelId,
        bucket: usize,
        quantity: Qty,
    ) -> Result<(), PromiseError> {
        self.commit(&self.promisable_for(channel), bucket, quantity)?;
        let left = self.quotas.get_mut(&channel);
        if let Some(left) = left.and_then(|left| left.get_mut(bucket)) {
            *left = *left - quantity;
        }
        Ok(())
    }

    fn commit(
        &mut self,
        promisable: &[Qty],
        bucket: usize,
        quantity: Qty,
    ) -> Result<(), PromiseError> {
        if quantity <= Qty::ZERO {
            return Err(PromiseError::NotPositive { quantity });
        }
        let beyond = PromiseError::BeyondHorizon { bucket };
        let promisable = *promisable.get(bucket).ok_or(beyond)?;
        if quantity > promisable {
            return Err(PromiseError::Short { promisable });
        }
        self.buckets.get_mut(bucket).ok_or(beyond)?.committed += quantity;
        Ok(())
    }
}

fn first_with(promisable: &[Qty], quantity: Qty) -> Option<usize> {
    promisable.iter().position(|most| *most >= quantity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units(list: &[i64]) -> Vec<Qty> {
        list.iter().copied().map(Qty::from_units).collect()
    }

    fn promises(on_hand: i64, supply: &[i64], committed: &[i64]) -> Promises {
        Promises::new(Qty::from_units(on_hand), units(supply), units(committed))
    }

    #[test]
    fn a_shortage_nothing_covers_stays_visible() {
        let promises = promises(2, &[0, 3, 1], &[0, 10, 0]);
        assert_eq!(promises.discrete_naive(), units(&[2, -7, 1]));
        assert_eq!(promises.discrete(), units(&[0, -5, 1]));
        assert_eq!(promises.look_ahead(), units(&[-5, -5, -4]));
        assert_eq!(promises.promisable(), units(&[0, 0, 0]));
    }

    #[test]
    fn a_quota_limits_one_channel_only() {
        let (shop, web) = (ChannelId(0), ChannelId(1));
        let mut promises = promises(10, &[0, 5], &[]);
        promises.set_quota(shop, units(&[4]));
        assert_eq!(promises.promisable_for(shop), units(&[4, 0]));
        assert_eq!(promises.promisable_for(web), units(&[10, 15]));
        promises.promise_to(shop, 0, Qty::from_units(3)).unwrap();
        assert_eq!(promises.quota_left(shop), Some(&units(&[1])[..]));
        let more = promises.promise_to(shop, 0, Qty::from_units(2));
        let promisable = Qty::from_units(1);
        assert_eq!(more, Err(PromiseError::Short { promisable }));
        assert_eq!(promises.promisable_for(web), units(&[7, 12]));
        assert_eq!(promises.date_for_channel(web, Qty::from_units(8)), Some(1));
        assert_eq!(promises.date_for_channel(shop, Qty::from_units(2)), None);
    }

    fn lists() -> impl Strategy<Value = (i64, Vec<i64>, Vec<i64>)> {
        let list = || prop::collection::vec(0_i64..12, 1..7);
        (0_i64..20, list(), list())
    }

    proptest! {
        #[test]
        fn look_ahead_is_the_largest_extra_demand((on_hand, supply, committed) in lists()) {
            let base = promises(on_hand, &supply, &committed);
            for (at, promisable) in base.promisable().into_iter().enumerate() {
                let fits = |extra: i64| {
                    let mut committed = committed.clone();
                    committed.resize(committed.len().max(at + 1), 0);
                    committed[at] += extra;
                    let later = promises(on_hand, &supply, &committed).cumulative();
                    later[at..].iter().all(|balance| *balance >= Qty::ZERO)
                };
                let largest = (0..200).take_while(|extra| fits(*extra)).last().unwrap_or(0);
                prop_assert_eq!(promisable, Qty::from_units(largest));
            }
        }

        #[test]
        fn later_buckets_never_promise_less((on_hand, supply, committed) in lists(), asked in 1_i64..30) {
            let promises = promises(on_hand, &supply, &committed);
            let look_ahead = promises.look_ahead();
            prop_assert!(look_ahead.is_sorted());
            let date = promises.date_for(Qty::from_units(asked));
            let first = look_ahead.iter().position(|it| *it >= Qty::from_units(asked));
            prop_assert_eq!(date, first);
        }

        #[test]
        fn a_promise_lowers_later_balances_and_breaks_no_other(
            (on_hand, supply, committed) in lists(), at in 0_usize..7, asked in 0_i64..20,
        ) {
            let mut book = promises(on_hand, &supply, &committed);
            let before = book.clone();
            let quantity = Qty::from_units(asked);
            if book.promise(at, quantity).is_err() {
                prop_assert_eq!(book, before);
                return Ok(());
            }
            for (bucket, (was, is)) in before.cumulative().into_iter().zip(book.cumulative()).enumerate() {
                let fall = if bucket >= at { quantity } else { Qty::ZERO };
                prop_assert_eq!(was - is, fall);
                prop_assert!(bucket < at || is >= Qty::ZERO);
            }
        }

        #[test]
        fn discrete_sums_to_the_last_balance((on_hand, supply, committed) in lists()) {
            let promises = promises(on_hand, &supply, &committed);
            let last = promises.cumulative().last().copied();
            prop_assert_eq!(Some(promises.discrete_naive().into_iter().sum::<Qty>()), last);
            prop_assert_eq!(Some(promises.discrete().into_iter().sum::<Qty>()), last);
        }
    }
}
