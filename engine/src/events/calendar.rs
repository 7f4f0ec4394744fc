//! A calendar of holidays and sales for a company that gives none of its own.
//!
//! Rows of `events.csv` always win over it: platforms move their sales every year.

use super::lunar::{LunarHoliday, lunar_day};
use crate::day::{Day, Weekday};

/// An event of one year, first and last day included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
}

/// When an event starts in a year.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Month and day.
    Fixed(u32, u32),
    /// Days after a lunar holiday; negative before it.
    Lunar(LunarHoliday, i32),
    /// Days after Easter Sunday.
    Easter(i32),
    /// Days after the fourth Thursday of November.
    Thanksgiving(i32),
}

/// An event that comes back every year.
#[derive(Clone, Copy, Debug)]
pub struct CalendarEvent {
    /// Its code, as in `events.csv`.
    pub id: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Whether it is a sale; otherwise a holiday.
    pub is_promotion: bool,
    rule: Rule,
    /// Days it lasts.
    days: i32,
}

impl CalendarEvent {
    /// The occurrence that starts in a year; `None` for a lunar one outside 2015 to 2040.
    #[must_use]
    pub fn in_year(&self, year: i32) -> Option<Occurrence> {
        let start = match self.rule {
            Rule::Fixed(month, day) => Day::from_ymd(year, month, day)?,
            Rule::Lunar(holiday, after) => lunar_day(holiday, year)? + after,
            Rule::Easter(after) => easter(year)? + after,
            Rule::Thanksgiving(after) => thanksgiving(year)? + after,
        };
        Some(Occurrence {
            start,
            end: start + (self.days - 1),
        })
    }

    /// Every occurrence that touches the days `from` to `to`, in order.
    pub fn occurrences(&self, from: Day, to: Day) -> impl Iterator<Item = Occurrence> {
        // An event may start in the year before or, before Spring Festival, end in the next.
        let years = from.ymd().0 - 1..=to.ymd().0 + 1;
        let event = *self;
        years
            .filter_map(move |year| event.in_year(year))
            .filter(move |occurrence| occurrence.end >= from && occurrence.start <= to)
    }
}

/// Every event of the calendar, in the order of the year.
///
/// Sources: public commercial calendars; public holidays of the State Council's rule of 2024
/// (Spring Festival from its eve for eight days, National Day for seven).
pub const CALENDAR: [CalendarEvent; 17] = [
    sale(
        "nianhuo",
        ("年货节", "New Year goods sale"),
        NEW_YEAR_SALE,
        15,
    ),
    holiday("cny", ("春节", "Spring Festival"), SPRING_EVE, 8),
    sale(
        "valentine",
        ("情人节", "Valentine's Day"),
        Rule::Fixed(2, 14),
        1,
    ),
    sale("queen", ("女神节", "Women's Day"), Rule::Fixed(3, 8), 1),
    holiday("easter", ("复活节", "Easter"), Rule::Easter(0), 1),
    sale("d520", ("520", "520 Day"), Rule::Fixed(5, 20), 1),
    sale("d618", ("618", "618 mid-year sale"), Rule::Fixed(6, 1), 18),
    holiday(
        "dragon_boat",
        ("端午节", "Dragon Boat Festival"),
        DRAGON_BOAT,
        1,
    ),
    sale(
        "qixi",
        ("七夕", "Qixi"),
        Rule::Lunar(LunarHoliday::Qixi, 0),
        1,
    ),
    sale("d99", ("99划算节", "99 sale"), Rule::Fixed(9, 9), 1),
    holiday(
        "mid_autumn",
        ("中秋节", "Mid-Autumn Festival"),
        MID_AUTUMN,
        1,
    ),
    holiday(
        "national",
        ("国庆节", "National Day"),
        Rule::Fixed(10, 1),
        7,
    ),
    sale("d11", ("双11", "Double 11"), Rule::Fixed(11, 1), 11),
    sale(
        "black_friday",
        ("黑色星期五", "Black Friday"),
        Rule::Thanksgiving(1),
        1,
    ),
    sale(
        "cyber_monday",
        ("网络星期一", "Cyber Monday"),
        Rule::Thanksgiving(4),
        1,
    ),
    sale("d12", ("双12", "Double 12"), Rule::Fixed(12, 12), 1),
    holiday("christmas", ("圣诞节", "Christmas"), Rule::Fixed(12, 25), 1),
];

/// From four to two weeks before Spring Festival.
const NEW_YEAR_SALE: Rule = Rule::Lunar(LunarHoliday::SpringFestival, -28);
const SPRING_EVE: Rule = Rule::Lunar(LunarHoliday::SpringFestival, -1);
const DRAGON_BOAT: Rule = Rule::Lunar(LunarHoliday::DragonBoat, 0);
const MID_AUTUMN: Rule = Rule::Lunar(LunarHoliday::MidAutumn, 0);

const fn sale(
    id: &'static str,
    names: (&'static str, &'static str),
    rule: Rule,
    days: i32,
) -> CalendarEvent {
    CalendarEvent {
        id,
        name_zh: names.0,
        name_en: names.1,
        is_promotion: true,
        rule,
        days,
    }
}

const fn holiday(
    id: &'static str,
    names: (&'static str, &'static str),
    rule: Rule,
    days: i32,
) -> CalendarEvent {
    CalendarEvent {
        is_promotion: false,
        ..sale(id, names, rule, days)
    }
}

/// Easter Sunday of a Gregorian year.
///
/// Source: the anonymous algorithm in Nature 13 (1876), 487; Meeus (1998), ch. 8.
fn easter(year: i32) -> Option<Day> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let number = epact + weekday - 7 * late + 114;
    let month = u32::try_from(number / 31).ok()?;
    let day = u32::try_from(number % 31 + 1).ok()?;
    Day::from_ymd(year, month, day)
}

/// The fourth Thursday of November: three weeks after the first, which is at the latest the 7th.
fn thanksgiving(year: i32) -> Option<Day> {
    let seventh = Day::from_ymd(year, 11, 7)?;
    let friday = seventh.weekday().index() + 7 - THURSDAY;
    Some(seventh - i32::try_from(friday % 7).ok()? + 21)
}

/// Days from Monday to Thursday.
const THURSDAY: usize = Weekday::MONDAY.index() + 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn on(id: &str, year: i32) -> String {
        let event = CALENDAR.iter().find(|event| event.id == id).unwrap();
        let occurrence = event.in_year(year).unwrap();
        format!("{} {}", occurrence.start, occurrence.end)
    }

    #[test]
    fn events_fall_on_their_published_dates() {
        for (year, sunday) in [
            (2000, "2000-04-23"),
            (2008, "2008-03-23"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(on("easter", year), format!("{sunday} {sunday}"));
        }
        assert_eq!(on("black_friday", 2024), "2024-11-29 2024-11-29");
        assert_eq!(on("black_friday", 2029), "2029-11-23 2029-11-23");
        assert_eq!(on("cyber_monday", 2025), "2025-12-01 2025-12-01");
        assert_eq!(on("cny", 2025), "2025-01-28 2025-02-04");
        assert_eq!(on("d11", 2026), "2026-11-01 2026-11-11");
        assert_eq!(on("national", 2026), "2026-10-01 2026-10-07");
        assert_eq!(on("nianhuo", 2023), "2022-12-25 2023-01-08");
    }

    #[test]
    fn ids_are_unique_and_occurrences_of_two_years_are_two() {
        let ids: std::collections::BTreeSet<_> = CALENDAR.iter().map(|event| event.id).collect();
        assert_eq!(ids.len(), CALENDAR.len());
        let day = |text| Day::parse_iso(text).unwrap();
        for event in &CALENDAR {
            let seen = event.occurrences(day("2024-12-31"), day("2026-12-30"));
            let seen: Vec<_> = seen.collect();
            assert_eq!(seen.len(), 2, "{} {seen:?}", event.id);
            assert!(seen.is_sorted());
        }
        let sale = CALENDAR.first().unwrap();
        let touched = sale.occurrences(day("2022-12-26"), day("2022-12-27"));
        assert_eq!(touched.count(), 1);
    }
}
