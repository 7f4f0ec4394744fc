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
/// Days after which a change that is still on, and that nobody planned, is one that stays.
const LASTING_DAYS: usize = 21;
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
        changes(days, goods, (place, outlet), &mut seen);
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
    // An outlet whose prices are not known, or that sold at its usual one meanwhile, had no part in it; the others
    // had.
    let mut is_priced = vec![false; goods.outlets.len()];
    for one in &seen {
        if let Some(own) = is_priced.get_mut(one.outlet) {
            *own = true;
        }
    }
    for episode in &mut done {
        let mut has_part = is_priced.clone();
        let start = seen.partition_point(|one| one.day < episode.first);
        let meanwhile = seen.iter().skip(start);
        for one in meanwhile.take_while(|one| one.day <= episode.last) {
            if one.change.abs() < CHANGE_MIN
                && let Some(own) = has_part.get_mut(one.outlet)
            {
                *own = false;
            }
        }
        let outlets = has_part.iter().enumerate().filter(|(_, has)| **has);
        episode.outlets = outlets.map(|(place, _)| place).collect();
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
/// prices around. What was planned is no usual price, however long it lasts.
fn changes(days: &Days, goods: &Goods, (place, outlet): (usize, &Outlet), seen: &mut Vec<Seen>) {
    let is_planned = |day: usize| goods.is_planned(outlet.channel, day);
    let sales = outlet.sales.iter();
    let priced: Vec<(usize, f64, f64)> = sales
        .filter(|sale| !days.is_event(goods.calendar, sale.day))
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
    let (mut usual, mut middle) = (Median::default(), None);
    let (mut from, mut to) = (0, 0);
    let first = seen.len();
    for (at, (day, price, units)) in priced.iter().enumerate() {
        let day_of = |at: usize| priced.get(at).map(|(day, ..)| *day);
        let is_after = |to: usize| {
            day_of(to).is_some_and(|other| to <= at + USUAL_PRICES || other <= day + USUAL_DAYS)
        };
        while is_after(to) {
            let new = priced.get(to).filter(|(day, ..)| !is_planned(*day));
            new.iter().for_each(|(_, price, _)| usual.add(*price));
            to += 1;
        }
        let is_before = |from: usize| {
            from + USUAL_PRICES < at && day_of(from).is_some_and(|it| it + USUAL_DAYS < *day)
        };
        while is_before(from) {
            let old = priced.get(from).filter(|(day, ..)| !is_planned(*day));
            old.iter().for_each(|(_, price, _)| usual.remove(*price));
            from += 1;
        }
        middle = usual.get().or(middle);
        let change = middle.map_or(0.0, |usual| ln(price / usual));
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
    if let Some(own) = seen.get_mut(first..) {
        let prices: Vec<(usize, f64)> = priced
            .iter()
            .map(|(day, price, _)| (*day, *price))
            .collect();
        forget_lasting(&prices, own, is_planned);
    }
}

/// Takes for usual what has no beginning or no end of its own: where the price was the same before or stayed the same
/// after, the median has only not followed yet. A change that is still on is temporary for three weeks.
fn forget_lasting(prices: &[(usize, f64)], seen: &mut [Seen], is_planned: impl Fn(usize) -> bool) {
    let same = |a: Option<&(usize, f64)>, b: Option<&(usize, f64)>| {
        let pair = a.zip(b);
        pair.is_some_and(|((_, a), (_, b))| ln(a / b).abs() < ALIKE)
    };
    let mut start = 0;
    while start < seen.len() {
        let run = seen.get(start..).unwrap_or_default();
        let off = run.iter().zip(run.iter().skip(1));
        let length = 1 + off
            .take_while(|(a, b)| (a.change - b.change).abs() < ALIKE)
            .count();
        let (end, last) = (start + length, prices.get(start + length - 1));
        let days = run.iter().take(length).map(|one| one.day);
        let is_off = run
            .first()
            .is_some_and(|one| one.change.abs() >= CHANGE_MIN);
        let is_open = start == 0 || end == seen.len();
        let first_day = prices.get(start).map_or(0, |(day, _)| *day);
        let is_long = last.is_some_and(|(day, _)| day - first_day >= LASTING_DAYS);
        let before = start.checked_sub(1).and_then(|at| prices.get(at));
        let has_no_end = same(before, prices.get(start)) || same(last, prices.get(end));
        if is_off && (has_no_end || is_open && is_long) && !days.clone().any(&is_planned) {
            let own = seen.get_mut(start..end).unwrap_or_default();
            own.iter_mut().for_each(|one| one.change = 0.0);
        }
        start = end;
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

#[cfg(test)]
mod tests {
    use super::super::history::Sale;
    use super::super::windows::Evidence;
    use super::*;
    use crate::day::Day;
    use crate::ids::{ChannelId, SkuId};

    fn days(count: usize) -> Days {
        Days {
            first: Day::from_number(0),
            count,
            events: vec![vec![false; count]],
            rhythm: vec![[1.0; 7]],
        }
    }

    /// Ten a day in each outlet, at its price of the day.
    fn goods(count: usize, prices: &[&dyn Fn(usize) -> Option<f64>]) -> Goods {
        let outlet = |(channel, price): (usize, &&dyn Fn(usize) -> Option<f64>)| Outlet {
            channel: ChannelId::from_index(channel),
            sales: (0..count)
                .map(|day| Sale {
                    day,
                    units: 10.0,
                    price: price(day),
                })
                .collect(),
        };
        Goods {
            sku: SkuId(0),
            group: 0,
            calendar: 0,
            outlets: prices.iter().enumerate().map(outlet).collect(),
            closed: Vec::new(),
            planned: Vec::new(),
        }
    }

    fn found(count: usize, goods: &Goods) -> Vec<(usize, usize, Vec<usize>)> {
        let all = episodes(&days(count), goods);
        all.into_iter()
            .map(|it| (it.first, it.last, it.outlets))
            .collect()
    }

    #[test]
    fn a_price_that_stays_is_usual_from_its_first_day_once_it_has_stayed() {
        for to in [110.0, 70.0] {
            let price = move |day| Some(if day < 60 { 100.0 } else { to });
            for (count, expected) in [
                (70, vec![(60, 69, vec![0])]),
                (80, vec![(60, 79, vec![0])]),
                (91, vec![]),
                (160, vec![]),
            ] {
                assert_eq!(
                    found(count, &goods(count, &[&price])),
                    expected,
                    "{to} {count}"
                );
            }
        }
    }

    #[test]
    fn what_was_planned_is_never_usual() {
        let price = |day| Some(if day < 60 { 100.0 } else { 90.0 });
        let mut goods = goods(160, &[&price]);
        assert_eq!(found(160, &goods), []);
        goods.planned.push((None, 60, 159));
        assert_eq!(found(160, &goods), [(60, 159, vec![0])]);
        goods.planned = vec![(Some(ChannelId::from_index(1)), 60, 159)];
        assert_eq!(found(160, &goods), []);
    }

    #[test]
    fn a_channel_without_prices_and_one_at_its_usual_one_have_no_part_in_a_cut() {
        let cut = |day| Some(if (60..67).contains(&day) { 80.0 } else { 100.0 });
        let never = |_| Some(50.0);
        let goods = goods(120, &[&cut, &|_| None, &never]);
        assert_eq!(found(120, &goods), [(60, 66, vec![0])]);
    }

    #[test]
    fn one_day_at_another_cut_leaves_the_others() {
        let price = |day| match day {
            63 => Some(80.0),
            60..67 => Some(90.0),
            _ => Some(100.0),
        };
        let found = found(120, &goods(120, &[&price]));
        assert!(found.contains(&(60, 66, vec![0])), "{found:?}");
    }

    #[test]
    fn days_after_goods_were_given_up_are_no_days_on_which_nobody_wanted_them() {
        let price = |day| Some(if day < 90 { 100.0 } else { 70.0 });
        let mut goods = goods(100, &[&price]);
        let earlier = |day| Some(if (40..47).contains(&day) { 80.0 } else { 100.0 });
        for sale in goods.outlets[0].sales.iter_mut().take(90) {
            sale.price = earlier(sale.day);
        }
        let evidence = Evidence::of(&days(170), (0, &goods)).expect("two cuts");
        assert_eq!(evidence.windows.len(), 2);
        for window in &evidence.windows {
            let multiple = window.sold / window.expected;
            assert!((multiple - 1.0).abs() < 1e-9, "{evidence:?}");
        }
    }
}
