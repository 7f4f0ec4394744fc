//! What events do to the weeks and days of a plan, small enough to travel to every partition.

use serde::{Deserialize, Serialize};

use super::book::EventBook;
use super::cells::{Cells, Goods};
use super::effects::learn_by_cell;
use super::panel::DailyTotals;
use crate::day::Day;
use crate::num::count_f64;

/// How long before a week the forecast of it was made whose error is measured.
const LAG_DAYS: i32 = 28;
/// Days between two books of what was known.
const BOOK_DAYS: i32 = 91;
/// Books of what was known: of the last year, from which errors are taken.
const BOOKS: i32 = 4;
/// Days of the newest demand that show the rhythm of a week.
const RHYTHM_DAYS: usize = 364;
/// Smallest factor: a week in which nearly nothing is sold says nothing of a quiet one.
const FACTOR_MIN: f64 = 0.05;

/// Factors of events on the demand of groups (the cells of a book), by week and by day. Weeks end on the
/// plan's date and before, week 0 is the first one after it; day 0 is that week's first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventLifts {
    groups: Vec<GroupLifts>,
    cells: Cells,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct GroupLifts {
    /// Weeks that an event touches, in order.
    weeks: Vec<WeekLift>,
    /// Days ahead that an event touches, in order, with their factors.
    days: Vec<(i32, f64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct WeekLift {
    week: i32,
    /// By all that was seen.
    factor: f64,
    /// By what a forecast made four weeks before could know.
    known: f64,
    /// Standard error of the logarithm of `known`.
    error: f64,
}

/// Factors on the weeks of one series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesLifts {
    /// On each week of the history, oldest first.
    pub past: Vec<f64>,
    /// The same, by what was known four weeks before each.
    pub known: Vec<f64>,
    /// On each week of the horizon.
    pub ahead: Vec<f64>,
    /// Standard error of the logarithm of the factors known for each week of the history, then of those ahead.
    pub error: Vec<f64>,
}

impl SeriesLifts {
    /// Factors of 1 on so many weeks back and ahead, certain.
    #[must_use]
    pub fn none(past: usize, ahead: usize) -> Self {
        Self {
            past: vec![1.0; past],
            known: vec![1.0; past],
            ahead: vec![1.0; ahead],
            error: Vec::new(),
        }
    }
}

impl EventLifts {
    /// The lifts of a book learnt from `totals` up to `as_of`, over so many weeks back and ahead.
    #[must_use]
    pub fn new(
        book: &EventBook,
        totals: &DailyTotals,
        as_of: Day,
        (back, ahead): (i32, i32),
    ) -> Self {
        let books: Vec<EventBook> = (1..=BOOKS)
            .map(|step| {
                let then = as_of + -(step * BOOK_DAYS);
                learn_by_cell(totals, book.cells(), book.spans(), then)
            })
            .collect();
        let known = |week: i32| {
            let needed = LAG_DAYS - 7 * (week + 1);
            let step = (needed + BOOK_DAYS - 1).div_euclid(BOOK_DAYS);
            usize::try_from(step - 1)
                .ok()
                .and_then(|step| books.get(step))
        };
        let group = |group: usize| {
            let shares = rhythm(book, totals, group, as_of);
            let start = |week: i32| as_of + 1 + 7 * week;
            let week = |week: i32| {
                let of = |book: &EventBook| {
                    let factor = book.period_factor(group, start(week), &shares);
                    factor.max(FACTOR_MIN)
                };
                let factor = of(book);
                let then = match week {
                    0.. => book,
                    _ => known(week).unwrap_or(book),
                };
                let known = of(then);
                let error = then.period_error(group, start(week), &shares) / known;
                (factor != 1.0 || known != 1.0).then_some(WeekLift {
                    week,
                    factor,
                    known,
                    error,
                })
            };
            let day = |day: i32| {
                let factor = book.day_factor(group, as_of + 1 + day).max(0.0);
                (factor != 1.0).then_some((day, factor))
            };
            GroupLifts {
                weeks: (-back..ahead).filter_map(week).collect(),
                days: (0..7 * ahead).filter_map(day).collect(),
            }
        };
        Self {
            groups: (0..totals.groups).map(group).collect(),
            cells: book.cells().clone(),
        }
    }

    /// The group of goods: which factors are theirs.
    #[must_use]
    pub fn group(&self, goods: &Goods) -> usize {
        self.cells.of(goods)
    }

    /// How many groups there are.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Whether the events that concern goods hang on their category alone.
    #[must_use]
    pub fn are_by_category(&self) -> bool {
        self.cells.are_plain()
    }

    /// Factors on the last `past` weeks and the next `ahead`; `None` where no event touches any.
    #[must_use]
    pub fn weeks(&self, group: usize, past: usize, ahead: usize) -> Option<SeriesLifts> {
        let group = self.groups.get(group)?;
        let mut lifts = SeriesLifts {
            error: vec![0.0; past + ahead],
            ..SeriesLifts::none(past, ahead)
        };
        let mut is_touched = false;
        for lift in &group.weeks {
            let after = i64::from(lift.week) + i64::try_from(past).unwrap_or(i64::MAX);
            let Ok(place) = usize::try_from(after) else {
                continue;
            };
            let Some(error) = lifts.error.get_mut(place) else {
                continue;
            };
            *error = lift.error;
            is_touched = true;
            match place.checked_sub(past) {
                Some(week) => lifts.ahead[week] = lift.factor,
                None => (lifts.past[place], lifts.known[place]) = (lift.factor, lift.known),
            }
        }
        is_touched.then_some(lifts)
    }

    /// Whether an event touches a group in the week of a day, up to the plan's date: `age` days
    /// before it.
    #[must_use]
    pub fn touches(&self, group: usize, age: i32) -> bool {
        let weeks = self.groups.get(group).map_or(&[][..], |it| &it.weeks);
        let week = -1 - age.div_euclid(7);
        weeks.binary_search_by_key(&week, |lift| lift.week).is_ok()
    }

    /// How a week's demand spreads over its days: the `shares` of a quiet week, each day of it
    /// lifted by its event; they sum to one.
    #[must_use]
    pub fn shares(&self, group: usize, week: usize, shares: &[f64; 7]) -> [f64; 7] {
        let days = self.groups.get(group).map_or(&[][..], |it| &it.days);
        let first = i32::try_from(7 * week).unwrap_or(i32::MAX);
        let start = days.partition_point(|(day, _)| *day < first);
        let mut lifted = *shares;
        for (day, factor) in days.iter().skip(start).take(7) {
            let place = usize::try_from(day - first).ok();
            if let Some(share) = place.and_then(|place| lifted.get_mut(place)) {
                *share *= factor;
            }
        }
        let total: f64 = lifted.iter().sum();
        if total > 0.0 {
            lifted.map(|share| share / total)
        } else {
            *shares
        }
    }
}

/// Shares of a quiet week by day, from the weekday that follows `as_of`: the newest year of all
/// cells of a group's category without the days that an event touches.
fn rhythm(book: &EventBook, totals: &DailyTotals, group: usize, as_of: Day) -> [f64; 7] {
    let category = |cell: usize| book.cells().place(cell).map(|(category, _)| category);
    let own = (0..totals.groups).filter(|cell| category(*cell) == category(group));
    let mut means = [0.0; 7];
    for cell in own {
        for (mean, own) in means
            .iter_mut()
            .zip(weekday_means(book, totals, cell, as_of))
        {
            *mean += own;
        }
    }
    let total: f64 = means.iter().sum();
    if total > 0.0 {
        means.map(|mean| mean / total)
    } else {
        [1.0 / count_f64(means.len()); 7]
    }
}

/// Units of a mean quiet day of a cell, by weekday.
fn weekday_means(book: &EventBook, totals: &DailyTotals, group: usize, as_of: Day) -> [f64; 7] {
    let days = totals.values.len() / totals.groups.max(1);
    let values = totals.values.chunks(days.max(1)).nth(group);
    let first = totals.first_day;
    let mut sums = [(0.0, 0.0); 7];
    let values = values.unwrap_or_default().iter().enumerate();
    for (place, value) in values.skip(days.saturating_sub(RHYTHM_DAYS)) {
        let day = first + i32::try_from(place).unwrap_or(i32::MAX);
        if book.day_factor(group, day) != 1.0 {
            continue;
        }
        let weekday = usize::try_from((day - as_of - 1).rem_euclid(7));
        if let Some((sum, count)) = weekday.ok().and_then(|it| sums.get_mut(it)) {
            *sum += value;
            *count += 1.0;
        }
    }
    sums.map(|(sum, count): (f64, f64)| sum / count.max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{EventSpan, learn};

    const AS_OF: i32 = 799;

    /// Two years and more of twenty a day, with a day of a hundred each year and one to come.
    fn lifts(sale: i32) -> EventLifts {
        let day = Day::from_number;
        let mut values = vec![20.0; 800];
        for peak in [100, 465] {
            values[peak] = 100.0;
        }
        let totals = DailyTotals {
            first_day: day(0),
            groups: 1,
            values,
        };
        let spans = [100, 465, sale].map(|at| EventSpan {
            lead_days: 0,
            tail_days: 0,
            ..EventSpan::new(7, day(at), day(at))
        });
        let book = learn(&totals, &spans, day(AS_OF));
        EventLifts::new(&book, &totals, day(AS_OF), (104, 26))
    }

    fn peak_day(lifts: &EventLifts) -> usize {
        let quiet = [1.0 / 7.0; 7];
        let days = (0..26).flat_map(|week| {
            let lift = lifts.weeks(0, 0, 26).expect("an event ahead").ahead[week];
            lifts.shares(0, week, &quiet).map(|share| share * lift)
        });
        let days: Vec<f64> = days.collect();
        let largest = days.iter().copied().fold(0.0, f64::max);
        days.iter().position(|day| *day == largest).expect("a day")
    }

    #[test]
    fn moving_a_sale_by_three_days_moves_the_peak_by_three_days() {
        let ahead = 41;
        for moved in [-3, 0, 3] {
            let sale = lifts(AS_OF + 1 + ahead + moved);
            assert_eq!(peak_day(&sale) as i32, ahead + moved);
        }
    }

    #[test]
    fn an_event_that_was_strong_once_and_weak_once_is_less_certain() {
        let day = Day::from_number;
        let error = |peaks: [f64; 2]| {
            let mut values = vec![20.0; 800];
            (values[100], values[465]) = (peaks[0], peaks[1]);
            let totals = DailyTotals {
                first_day: day(0),
                groups: 1,
                values,
            };
            let spans = [100, 465, AS_OF + 10].map(|at| EventSpan {
                lead_days: 0,
                tail_days: 0,
                ..EventSpan::new(7, day(at), day(at))
            });
            let book = learn(&totals, &spans, day(AS_OF));
            let lifts = EventLifts::new(&book, &totals, day(AS_OF), (104, 26));
            let series = lifts.weeks(0, 60, 4).expect("events");
            assert_eq!(series.error.len(), 64);
            let touched = |week: &usize| series.error[*week] > 0.0;
            let touched: Vec<usize> = (0..64).filter(touched).collect();
            assert!(
                touched.iter().all(|week| [12, 61].contains(week)),
                "{touched:?}"
            );
            series.error[61]
        };
        let (alike, unlike) = (error([100.0, 100.0]), error([40.0, 250.0]));
        assert!(alike < 0.01 && unlike > 0.05, "{unlike} {alike}");
    }

    #[test]
    fn weeks_count_back_from_the_date_of_the_plan() {
        let lifts = lifts(AS_OF + 8);
        let series = lifts.weeks(0, 60, 4).expect("events");
        // Day 465 lies 334 days back, in the 48th week from the end.
        let touched: Vec<usize> = (0..60).filter(|week| series.past[*week] != 1.0).collect();
        assert_eq!(touched, [60 - 48]);
        let ages = [AS_OF - 465, 7 * 47, 7 * 48 - 1, 7 * 47 - 1, 7 * 48];
        assert_eq!(
            ages.map(|age| lifts.touches(0, age)),
            [true, true, true, false, false]
        );
        // Week factor of one day five times as high, and one occurrence known a year before.
        assert!(
            (series.past[12] - (6.0 + 100.5 / 20.5) / 7.0).abs() < 0.02,
            "{series:?}"
        );
        assert!(
            (series.known[12] / series.past[12] - 1.0).abs() < 0.05,
            "{series:?}"
        );
        assert!(
            series.ahead[1] > 1.3 && series.ahead[0] == 1.0,
            "{series:?}"
        );
        assert_eq!(EventLifts::default().weeks(0, 60, 4), None);
    }
}
