//! The demo's time axis and its commercial calendar.
//!
//! Source of the holiday dates: table of Spring Festival dates (lunar new year), 2024-2027.

use crate::day::Day;

/// Date of the stock picture, a Sunday: the goods for 双11 have arrived, its sale has not begun.
pub(super) const AS_OF: Day = Day::from_number(20_751);
/// First day of demand history, a Monday, 104 weeks before.
pub(super) const HISTORY_FROM: Day = Day::from_number(20_024);
/// Days simulated before the history, so that no start-up effect is left in it.
const WARM_UP_DAYS: i32 = 420;
/// First simulated day.
pub(super) const FIRST_DAY: Day = Day::from_number(20_024 - WARM_UP_DAYS);
/// Days simulated.
pub(super) const DAYS: i32 = 20_751 - 20_024 + WARM_UP_DAYS + 1;

/// Position of a day on the simulated axis; negative before it.
pub(super) fn index_of(day: Day) -> i32 {
    day - FIRST_DAY
}

/// The day at a position of the axis.
pub(super) fn day_at(index: i32) -> Day {
    FIRST_DAY + index
}

/// When an event starts each year.
#[derive(Clone, Copy)]
enum Start {
    /// Month and day.
    Fixed(u32, u32),
    /// Days after Spring Festival (negative: before).
    Lunar(i32),
}

/// What an event does to demand.
#[derive(Clone, Copy)]
pub(super) struct EventRule {
    pub(super) code: &'static str,
    pub(super) kind: &'static str,
    pub(super) name_zh: &'static str,
    pub(super) name_en: &'static str,
    start: Start,
    /// Demand multiplier of each day, for a category and channel of strength one.
    pub(super) shape: &'static [f64],
    /// Days before it in which customers wait.
    pub(super) pre_days: i32,
    /// Days after it in which they have enough.
    pub(super) post_days: i32,
    /// Demand multiplier on the days next to the event; it fades to one.
    dip: f64,
    /// Whether prices are cut.
    pub(super) is_promotion: bool,
}

impl EventRule {
    /// `fixed` or `lunar`, as in `events.csv`.
    pub(super) const fn recurring(&self) -> &'static str {
        match self.start {
            Start::Fixed(..) => "fixed",
            Start::Lunar(_) => "lunar",
        }
    }

    /// First day in a year; `None` outside the holiday table.
    pub(super) fn start_in(&self, year: i32) -> Option<Day> {
        match self.start {
            Start::Fixed(month, day) => Day::from_ymd(year, month, day),
            Start::Lunar(offset) => spring_festival(year).map(|day| day + offset),
        }
    }

    /// Last day of the occurrence that starts on `start`.
    pub(super) fn end_of(&self, start: Day) -> Day {
        start + (i32::try_from(self.shape.len()).unwrap_or(1) - 1)
    }

    /// Every occurrence that touches a span of days.
    pub(super) fn occurrences(&self, from: Day, to: Day) -> Vec<Day> {
        let years = from.ymd().0 - 1..=to.ymd().0 + 1;
        let starts = years.filter_map(|year| self.start_in(year));
        starts
            .filter(|start| self.end_of(*start) >= from && *start <= to)
            .collect()
    }

    /// The multiplier of a day `offset` days after the start, at the given strength.
    pub(super) fn factor(&self, offset: i32, strength: f64) -> f64 {
        let length = i32::try_from(self.shape.len()).unwrap_or(0);
        let lifted = usize::try_from(offset)
            .ok()
            .and_then(|day| self.shape.get(day));
        match lifted {
            Some(lift) if self.is_promotion => 1.0 + (lift - 1.0) * strength,
            Some(lift) => *lift,
            None if offset < 0 => self.faded(-offset, self.pre_days),
            None => self.faded(offset - length + 1, self.post_days),
        }
    }

    /// The dip `distance` days (from one) away, fading to one over `days`.
    fn faded(&self, distance: i32, days: i32) -> f64 {
        if distance > days {
            return 1.0;
        }
        let depth = 1.0 - f64::from(distance - 1) / f64::from(days.max(1));
        1.0 - (1.0 - self.dip) * depth
    }
}

/// The first day of the lunar year.
fn spring_festival(year: i32) -> Option<Day> {
    let (month, day) = match year {
        2023 => (1, 22),
        2024 => (2, 10),
        2025 => (1, 29),
        2026 => (2, 17),
        2027 => (2, 6),
        2028 => (1, 26),
        _ => return None,
    };
    Day::from_ymd(year, month, day)
}

const fn promotion(
    code: &'static str,
    names: (&'static str, &'static str),
    start: Start,
    shape: &'static [f64],
    around: (i32, i32, f64),
) -> EventRule {
    EventRule {
        code,
        kind: "promo",
        name_zh: names.0,
        name_en: names.1,
        start,
        shape,
        pre_days: around.0,
        post_days: around.1,
        dip: around.2,
        is_promotion: true,
    }
}

const fn holiday(
    code: &'static str,
    names: (&'static str, &'static str),
    start: Start,
    shape: &'static [f64],
) -> EventRule {
    EventRule {
        code,
        kind: "holiday",
        name_zh: names.0,
        name_en: names.1,
        start,
        shape,
        pre_days: 0,
        post_days: 0,
        dip: 1.0,
        is_promotion: false,
    }
}

/// 双11, the largest sale of the year.
pub(super) const D11: EventRule = promotion(
    "d11",
    ("双11", "Double 11"),
    Start::Fixed(10, 31),
    &[3.2, 8.0, 3.8, 2.8, 1.8, 1.6, 1.6, 1.6, 1.9, 2.4, 6.2, 10.0],
    (11, 12, 0.72),
);

/// 618, the mid-year sale.
pub(super) const D618: EventRule = promotion(
    "d618",
    ("618", "618 mid-year sale"),
    Start::Fixed(5, 31),
    &[
        1.8, 4.2, 2.4, 1.8, 1.4, 1.3, 1.3, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.3, 1.4, 1.8, 2.6, 3.0,
        4.6,
    ],
    (10, 12, 0.76),
);

/// Spring Festival: parcels and factories rest.
pub(super) const SPRING: EventRule = holiday(
    "cny",
    ("春节", "Spring Festival"),
    Start::Lunar(-2),
    &[0.62, 0.5, 0.38, 0.36, 0.4, 0.46, 0.55, 0.68, 0.8, 0.9],
);

/// Every event of the calendar.
pub(super) const EVENTS: [EventRule; 9] = [
    promotion(
        "nianhuo",
        ("年货节", "New Year goods sale"),
        Start::Lunar(-24),
        &[1.5, 1.6, 1.5, 1.4, 1.35, 1.35, 1.3, 1.3, 1.25, 1.2],
        (5, 0, 0.9),
    ),
    SPRING,
    promotion(
        "queen",
        ("女神节", "Queens' Day"),
        Start::Fixed(3, 5),
        &[1.4, 1.5, 1.6, 2.2],
        (4, 5, 0.85),
    ),
    promotion(
        "d520",
        ("520", "520 Day"),
        Start::Fixed(5, 18),
        &[1.2, 1.3, 1.6],
        (0, 0, 1.0),
    ),
    D618,
    promotion(
        "d99",
        ("99划算节", "99 sale"),
        Start::Fixed(9, 7),
        &[1.6, 1.6, 2.4],
        (4, 6, 0.84),
    ),
    holiday(
        "national",
        ("国庆节", "National Day"),
        Start::Fixed(10, 1),
        &[0.9, 0.84, 0.84, 0.88, 0.92, 0.96, 1.0],
    ),
    D11,
    promotion(
        "d12",
        ("双12", "Double 12"),
        Start::Fixed(12, 10),
        &[1.7, 1.9, 2.9],
        (5, 8, 0.82),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_is_104_whole_weeks_of_history() {
        assert_eq!(AS_OF.to_string(), "2026-10-25");
        assert_eq!(HISTORY_FROM.to_string(), "2024-10-28");
        assert_eq!((AS_OF - HISTORY_FROM + 1) % 7, 0);
        assert_eq!(day_at(DAYS - 1), AS_OF);
    }

    #[test]
    fn events_fall_on_their_dates() {
        let on = |rule: &EventRule, year| rule.start_in(year).map(|day| day.to_string());
        assert_eq!(on(&SPRING, 2026).as_deref(), Some("2026-02-15"));
        assert_eq!(
            D11.end_of(D11.start_in(2025).unwrap()).to_string(),
            "2025-11-11"
        );
        assert_eq!(
            D618.end_of(D618.start_in(2026).unwrap()).to_string(),
            "2026-06-18"
        );
        assert_eq!(D11.occurrences(HISTORY_FROM, AS_OF).len(), 2);
    }

    #[test]
    fn a_sale_lifts_and_the_days_around_it_dip() {
        assert_eq!(D11.factor(11, 1.0), 10.0);
        assert_eq!(D11.factor(11, 0.5), 5.5);
        assert_eq!(D11.factor(-1, 1.0), 0.72);
        assert_eq!(D11.factor(12, 1.0), 0.72);
        assert_eq!(D11.factor(40, 1.0), 1.0);
        assert_eq!(SPRING.factor(3, 0.2), 0.36);
    }
}
