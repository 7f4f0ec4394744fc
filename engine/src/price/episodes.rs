//! Stretches of days in which goods were sold off their usual price.

use super::history::{Days, Goods, Outlet};
use crate::num::{count_f64, ln};

/// Days on either side whose prices say what is usual.
const USUAL_DAYS: usize = 42;
/// Prices on either side that are looked at in any case: goods that sell seldom show few.
const USUAL_PRICES: usize = 15;
/// Smallest change, as a logarithm: less is a rounding or another mix of variants.
pub(super) const CHANGE_MIN: f64 = 0.02;
/// Prices of one stretch differ by less, as logarithms.
const ALIKE: f64 = 0.015;
/// Days without a sale after which a stretch has ended.
const GAP_DAYS: usize = 7;
/// Largest change that is believed; beyond it prices are likely wrong, or of something else.
const CHANGE_MAX: f64 = 1.2;

/// A stretch of one change of price.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Episode {
    /// First and last day on which the price was seen.
    pub(super) first: usize,
    pub(super) last: usize,
    /// Logarithm of price over what is usual, mean over what was sold.
    pub(super) change: f64,
    /// Places of the outlets it was seen in, in order.
    pub(super) outlets: Vec<usize>,
    weight: f64,
}

/// A price seen: in which outlet, on which day, its logarithm over what is usual there.
struct Seen {
    day: usize,
    outlet: usize,
    change: f64,
    units: f64,
}

/// The stretches of some goods, in order of their first days. Days that an event touches show
/// none: its factor holds the usual cut.
pub(super) fn episodes(days: &Days, goods: &Goods) -> Vec<Episode> {
    let mut seen: Vec<Seen> = Vec::new();
    for (place, outlet) in goods.outlets.iter().enumerate() {
        changes(days, (goods.group, place), outlet, &mut seen);
    }
    if seen.iter().all(|one| one.change.abs() < CHANGE_MIN) {
        return Vec::new();
    }
    crate::order::sort_by_key(&mut seen, |one| (one.day, one.outlet));
    let mut open: Vec<Episode> = Vec::new();
    let mut done = Vec::new();
    for one in &seen {
        if one.change.abs() < CHANGE_MIN {
            close(&mut open, &mut done, |it| it.outlets.contains(&one.outlet));
            continue;
        }
        close(&mut open, &mut done, |it| it.last + GAP_DAYS < one.day);
        let fits = |it: &&mut Episode| (it.change - one.change).abs() < ALIKE;
        match open.iter_mut().find(fits) {
            Some(known) => known.add(one),
            None => open.push(Episode::begin(one)),
        }
    }
    close(&mut open, &mut done, |_| true);
    // An outlet that sold at its usual price meanwhile had no part in it; the others had.
    for episode in &mut done {
        let has_part = |place: &usize| {
            let usual = |one: &Seen| {
                one.outlet == *place
                    && (episode.first..=episode.last).contains(&one.day)
                    && (one.change - episode.change).abs() >= ALIKE
            };
            !seen.iter().any(usual)
        };
        episode.outlets = (0..goods.outlets.len()).filter(has_part).collect();
    }
    crate::order::sort_by_key(&mut done, |it: &Episode| (it.first, it.last));
    done
}

fn close(open: &mut Vec<Episode>, done: &mut Vec<Episode>, is_over: impl Fn(&Episode) -> bool) {
    let mut at = 0;
    while let Some(episode) = open.get(at) {
        if is_over(episode) {
            done.push(open.remove(at));
        } else {
            at += 1;
        }
    }
}

impl Episode {
    fn begin(seen: &Seen) -> Self {
        Self {
            first: seen.day,
            last: seen.day,
            change: seen.change,
            outlets: vec![seen.outlet],
            weight: seen.units,
        }
    }

    fn add(&mut self, seen: &Seen) {
        self.last = seen.day;
        self.weight += seen.units;
        if self.weight > 0.0 {
            self.change += (seen.change - self.change) * seen.units / self.weight;
        }
        if !self.outlets.contains(&seen.outlet) {
            self.outlets.push(seen.outlet);
        }
    }

    /// How many days it lasted that can be seen.
    pub(super) fn days(&self) -> usize {
        self.last + 1 - self.first
    }
}

/// Adds the prices of an outlet on days without an event, as changes against the median of the
/// prices around.
fn changes(days: &Days, (group, place): (usize, usize), outlet: &Outlet, seen: &mut Vec<Seen>) {
    let sales = outlet.sales.iter();
    let priced: Vec<(usize, f64, f64)> = sales
        .filter(|sale| !days.is_event(group, sale.day))
        .filter_map(|sale| Some((sale.day, sale.price?, sale.units)))
        .collect();
    let Some((_, start, _)) = priced.first().copied() else {
        return;
    };
    if priced.iter().all(|(_, price, _)| *price == start) {
        seen.extend(priced.iter().map(|(day, _, units)| Seen {
            day: *day,
            outlet: place,
            change: 0.0,
            units: *units,
        }));
        return;
    }
    let mut usual = Median::default();
    let (mut from, mut to) = (0, 0);
    for (at, (day, price, units)) in priced.iter().enumerate() {
        let day_of = |at: usize| priced.get(at).map(|(day, ..)| *day);
        let is_after = |to: usize| {
            day_of(to).is_some_and(|other| to <= at + USUAL_PRICES || other <= day + USUAL_DAYS)
        };
        while is_after(to) {
            priced
                .get(to)
                .iter()
                .for_each(|(_, price, _)| usual.add(*price));
            to += 1;
        }
        let is_before = |from: usize| {
            from + USUAL_PRICES < at && day_of(from).is_some_and(|it| it + USUAL_DAYS < *day)
        };
        while is_before(from) {
            let old = priced.get(from);
            old.iter().for_each(|(_, price, _)| usual.remove(*price));
            from += 1;
        }
        let change = usual.get().map_or(0.0, |usual| ln(price / usual));
        seen.push(Seen {
            day: *day,
            outlet: place,
            change: if change.abs() > CHANGE_MAX {
                0.0
            } else {
                change
            },
            units: *units,
        });
    }
}

/// A running median of prices, of which few are different.
#[derive(Default)]
struct Median {
    /// In order, with how often each is there.
    prices: Vec<(f64, usize)>,
    count: usize,
}

impl Median {
    fn add(&mut self, price: f64) {
        self.count += 1;
        match self.place(price) {
            Ok(place) => self
                .prices
                .get_mut(place)
                .into_iter()
                .for_each(|it| it.1 += 1),
            Err(place) => self.prices.insert(place, (price, 1)),
        }
    }

    fn remove(&mut self, price: f64) {
        let Ok(place) = self.place(price) else {
            return;
        };
        self.count -= 1;
        let Some((_, count)) = self.prices.get_mut(place) else {
            return;
        };
        *count -= 1;
        if *count == 0 {
            self.prices.remove(place);
        }
    }

    fn place(&self, price: f64) -> Result<usize, usize> {
        self.prices
            .binary_search_by(|(known, _)| known.total_cmp(&price))
    }

    /// The lower of two in the middle.
    fn get(&self) -> Option<f64> {
        let half = count_f64(self.count) / 2.0;
        let mut below = 0.0;
        let middle = self.prices.iter().find(|(_, count)| {
            below += count_f64(*count);
            below >= half
        });
        middle.map(|(price, _)| *price)
    }
}
