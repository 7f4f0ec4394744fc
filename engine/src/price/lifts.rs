//! What prices do to the weeks and days of a plan.

use serde::{Deserialize, Serialize};

use crate::events::SeriesLifts;
use crate::ids::{ChannelId, SkuId};
use crate::num::count_f64;

/// Factors of prices on the demand of goods by channel. Weeks end on the plan's date and before,
/// week 0 is the first one after it; day 0 is that week's first. Empty where no price changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PriceLifts {
    /// In order.
    pub(super) outlets: Vec<OutletLifts>,
}

/// Those of some goods in a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct OutletLifts {
    pub(super) sku: SkuId,
    pub(super) channel: ChannelId,
    /// Weeks in which a price was or is to be another one, in order.
    pub(super) weeks: Vec<WeekLift>,
    /// Days ahead with another price, in order, with their factors.
    pub(super) days: Vec<(i32, f64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WeekLift {
    pub(super) week: i32,
    /// By what was seen, or is planned.
    pub(super) factor: f64,
    /// By what was planned four weeks before.
    pub(super) known: f64,
}

impl PriceLifts {
    /// Whether no price changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outlets.is_empty()
    }

    /// Factors on the last `past` weeks of some goods in a channel and the next `ahead`; `None` where
    /// their price changes in none of them.
    #[must_use]
    pub fn weeks(
        &self,
        (sku, channel): (SkuId, ChannelId),
        past: usize,
        ahead: usize,
    ) -> Option<SeriesLifts> {
        let own = self.outlet(sku, channel)?;
        let mut lifts = SeriesLifts::none(past, ahead);
        let mut is_touched = false;
        for lift in &own.weeks {
            let place = match usize::try_from(lift.week) {
                Ok(week) => lifts.ahead.get_mut(week),
                Err(_) => past
                    .checked_sub(lift.week.unsigned_abs() as usize)
                    .and_then(|week| {
                        *lifts.known.get_mut(week)? = lift.known;
                        lifts.past.get_mut(week)
                    }),
            };
            if let Some(place) = place {
                *place = lift.factor;
                is_touched = true;
            }
        }
        // What changes that nobody had planned bring on average stays in the history: as many are to
        // come, and a forecast that knew none of them would be too low.
        let usual = self.usual((sku, channel), past);
        if usual != 1.0 {
            lifts.past.iter_mut().for_each(|factor| *factor *= usual);
        }
        is_touched.then_some(lifts)
    }

    /// The factor on a week of the last `past` in which the price of some goods in a channel was the
    /// usual one: below 1 where cuts raise the mean.
    #[must_use]
    pub fn usual(&self, (sku, channel): (SkuId, ChannelId), past: usize) -> f64 {
        let mut sum = count_f64(past);
        let own = self.outlet(sku, channel).map_or(&[][..], |own| &own.weeks);
        // Where nothing changed, nothing unplanned did.
        let changed = own.iter().filter(|lift| lift.factor != 1.0);
        for lift in changed.filter(|lift| lift.week < 0) {
            if lift.week.unsigned_abs() as usize <= past {
                sum += lift.factor / lift.known - 1.0;
            }
        }
        if sum > 0.0 {
            count_f64(past) / sum
        } else {
            1.0
        }
    }

    /// How the demand of a week ahead spreads over its days: `shares` without changes of price, each
    /// day of it lifted by its own; they sum to one.
    #[must_use]
    pub fn shares(
        &self,
        (sku, channel): (SkuId, ChannelId),
        week: usize,
        shares: [f64; 7],
    ) -> [f64; 7] {
        let days = self.outlet(sku, channel).map_or(&[][..], |own| &own.days);
        let first = i32::try_from(7 * week).unwrap_or(i32::MAX);
        let start = days.partition_point(|(day, _)| *day < first);
        let mut lifted = shares;
        let mut is_touched = false;
        for (day, factor) in days.iter().skip(start).take(7) {
            let place = usize::try_from(day - first).ok();
            if let Some(share) = place.and_then(|place| lifted.get_mut(place)) {
                *share *= factor;
                is_touched = true;
            }
        }
        let total: f64 = lifted.iter().sum();
        match is_touched && total > 0.0 {
            true => lifted.map(|share| share / total),
            false => shares,
        }
    }

    /// Those of some goods.
    #[must_use]
    pub fn of_skus(&self, is_wanted: impl Fn(SkuId) -> bool) -> Self {
        let outlets = self.outlets.iter().filter(|own| is_wanted(own.sku));
        Self {
            outlets: outlets.cloned().collect(),
        }
    }

    fn outlet(&self, sku: SkuId, channel: ChannelId) -> Option<&OutletLifts> {
        let place = self
            .outlets
            .binary_search_by_key(&(sku, channel), |own| (own.sku, own.channel));
        self.outlets.get(place.ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_and_days_find_their_place() {
        let lift = |week, factor, known| WeekLift {
            week,
            factor,
            known,
        };
        let lifts = PriceLifts {
            outlets: vec![OutletLifts {
                sku: SkuId(2),
                channel: ChannelId(1),
                weeks: vec![lift(-3, 1.5, 1.0), lift(1, 2.0, 2.0)],
                days: vec![(8, 8.0)],
            }],
        };
        let own = (SkuId(2), ChannelId(1));
        let weeks = lifts.weeks(own, 4, 2).unwrap();
        // The mean of 1, 1.5, 1 and 1 stays in the level: over 1.125 each.
        for (factor, by_hand) in weeks.past.iter().zip([8.0, 12.0, 8.0, 8.0]) {
            assert!((factor - by_hand / 9.0).abs() < 1e-12, "{weeks:?}");
        }
        assert_eq!(weeks.past[0], lifts.usual(own, 4));
        assert_eq!(lifts.usual(own, 2), 1.0);
        // What was planned and never came changed nothing.
        let mut idle = lifts.clone();
        idle.outlets[0].weeks[0] = lift(-3, 1.0, 1.5);
        assert_eq!(idle.usual(own, 4), 1.0);
        assert_eq!(weeks.known, [1.0; 4]);
        assert_eq!(weeks.ahead, [1.0, 2.0]);
        assert_eq!(lifts.weeks(own, 2, 1), None);
        assert_eq!(lifts.weeks((SkuId(2), ChannelId(0)), 4, 2), None);
        // One day of seven sells eight times as much: 8 of 14, the others 1 of 14.
        let shares = lifts.shares(own, 1, [1.0 / 7.0; 7]);
        assert!((shares[1] - 8.0 / 14.0).abs() < 1e-12, "{shares:?}");
        assert!((shares[0] - 1.0 / 14.0).abs() < 1e-12, "{shares:?}");
        assert_eq!(lifts.shares(own, 0, [1.0 / 7.0; 7]), [1.0 / 7.0; 7]);
        assert!(lifts.of_skus(|sku| sku == SkuId(1)).is_empty());
    }
}
