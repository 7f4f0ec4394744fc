//! What customers want each day, before stock has a say.

use super::assortment::{Campaign, SkuProfile};
use super::calendar::{DAYS, EVENTS, day_at};
use super::categories::{CATEGORIES, CategoryRule};
use super::network::{CHANNELS, ChannelRule};
use crate::num;
use crate::sample::dice::Dice;

const WISH_STREAM: u64 = 3;
/// Price cut on event days.
const EVENT_DISCOUNT: f64 = 0.12;
/// Price cut in a campaign.
const CAMPAIGN_DISCOUNT: f64 = 0.1;

/// Demand factor and price factor of every simulated day, for a category in a channel.
struct Rhythm {
    demand: Vec<f64>,
    price: Vec<f64>,
}

/// The rhythms of all categories and channels.
pub(super) struct Rhythms {
    by_category: Vec<Vec<Rhythm>>,
}

impl Rhythms {
    pub(super) fn new() -> Self {
        let of = |category: &CategoryRule| {
            CHANNELS
                .iter()
                .map(|channel| rhythm(category, channel))
                .collect()
        };
        Self {
            by_category: CATEGORIES.iter().map(of).collect(),
        }
    }

    fn on(&self, category: usize, day: i32) -> impl Iterator<Item = f64> {
        let day = usize::try_from(day).unwrap_or(0);
        let channels = self.by_category.get(category).into_iter().flatten();
        channels.map(move |rhythm| rhythm.demand.get(day).copied().unwrap_or(1.0))
    }

    fn price(&self, category: usize, channel: usize, day: i32) -> f64 {
        let rhythm = self
            .by_category
            .get(category)
            .and_then(|rows| rows.get(channel));
        let day = usize::try_from(day).unwrap_or(0);
        rhythm
            .and_then(|rhythm| rhythm.price.get(day))
            .copied()
            .unwrap_or(1.0)
    }
}

fn rhythm(category: &CategoryRule, channel: &ChannelRule) -> Rhythm {
    let strength = event_strength(category, channel);
    let mut demand = Vec::new();
    for index in 0..DAYS {
        let (_, month, day) = day_at(index).ymd();
        let weekday = match day_at(index).weekday().index() {
            5 | 6 => 1.0 + channel.weekend,
            _ => 1.0 - channel.weekend * 0.4,
        };
        demand.push(category.season_on(month, day) * weekday);
    }
    let mut price = vec![1.0; demand.len()];
    for event in &EVENTS {
        for start in event.occurrences(day_at(-30), day_at(DAYS + 30)) {
            let last = event.end_of(start) - start;
            for offset in -event.pre_days..=last + event.post_days {
                let index = usize::try_from(start - day_at(0) + offset);
                let Ok(index) = index else { continue };
                if let Some(factor) = demand.get_mut(index) {
                    *factor *= event.factor(offset, strength);
                }
                let is_cut = event.is_promotion && (0..=last).contains(&offset);
                if let Some(factor) = price.get_mut(index).filter(|_| is_cut) {
                    *factor = 1.0 - EVENT_DISCOUNT;
                }
            }
        }
    }
    Rhythm { demand, price }
}

/// How strongly sales events work for a category in a channel.
pub(super) fn event_strength(category: &CategoryRule, channel: &ChannelRule) -> f64 {
    category.event_strength * channel.event_strength
}

/// An order a customer wants to place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) channel: usize,
    pub(super) region: usize,
    pub(super) units: i64,
}

/// Draws the wishes for one SKU, day by day; depends on nothing but the seed and the SKU.
pub(super) struct Wishes<'a> {
    sku: &'a SkuProfile,
    rhythms: &'a Rhythms,
    dice: Dice,
    /// Slow swing of popularity, a logarithm.
    swing: f64,
}

impl<'a> Wishes<'a> {
    pub(super) fn new(seed: u64, id: u64, sku: &'a SkuProfile, rhythms: &'a Rhythms) -> Self {
        Self {
            sku,
            rhythms,
            dice: Dice::new(seed, &[WISH_STREAM, id]),
            swing: 0.0,
        }
    }

    /// Fills `wishes` with those of a day, in the order in which customers come.
    pub(super) fn draw(&mut self, day: i32, wishes: &mut Vec<Wish>) {
        wishes.clear();
        if day % 7 == 0 {
            self.swing = 0.9 * self.swing + 0.07 * self.dice.normal();
        }
        let life = self.life(day);
        if life <= 0.0 {
            return;
        }
        let mut weights = [0.0; 3];
        let factors = self.rhythms.on(self.sku.category, day);
        for ((weight, share), factor) in weights.iter_mut().zip(self.sku.channels).zip(factors) {
            *weight = share * factor;
        }
        let size = self.sku.rule().order_size;
        let mood = num::exp(self.swing) * self.dice.around_one(0.16);
        let mean = self.sku.rate * life * mood * weights.iter().sum::<f64>() / size;
        for _ in 0..self.dice.poisson(mean) {
            wishes.push(Wish {
                channel: self.dice.weighted(&weights),
                region: self.dice.weighted(&self.sku.regions),
                units: i64::from(self.dice.order_size(size)),
            });
        }
    }

    /// Launch, growth, decline and campaigns.
    fn life(&self, day: i32) -> f64 {
        let sku = self.sku;
        if day < sku.launch || sku.end.is_some_and(|end| day > end) {
            return 0.0;
        }
        let ramp = (0.25 + f64::from(day - sku.launch) / 56.0).min(1.0);
        let decline = sku
            .end
            .map_or(1.0, |end| (0.2 + f64::from(end - day) / 150.0).min(1.0));
        // Growth is stated around the middle of the trailing year.
        let years = f64::from(day - (DAYS - 183)) / 365.0;
        let campaign: f64 = running(&sku.campaigns, day)
            .map(|campaign| campaign.lift)
            .product();
        ramp * decline * campaign * num::exp(sku.growth * years)
    }

    /// Price paid on a day, in hundredths.
    pub(super) fn price_cents(&self, channel: usize, day: i32) -> i64 {
        let event = self.rhythms.price(self.sku.category, channel, day);
        let campaign = if running(&self.sku.campaigns, day).next().is_some() {
            1.0 - CAMPAIGN_DISCOUNT
        } else {
            1.0
        };
        let list = crate::units::Qty::from_units(self.sku.list_cents).to_f64();
        crate::sample::dice::whole(list * event * campaign)
    }

    /// Whether one of the SKU's own campaigns runs.
    pub(super) fn is_campaign(&self, day: i32) -> bool {
        running(&self.sku.campaigns, day).next().is_some()
    }
}

fn running(campaigns: &[Campaign], day: i32) -> impl Iterator<Item = &Campaign> {
    campaigns
        .iter()
        .filter(move |campaign| campaign.from <= day && day <= campaign.to)
}
