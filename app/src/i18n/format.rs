//! Numbers, money, percentages and dates the way the design language writes them (section 6).
//!
//! Every function reads the language of the page and is tracked. Days are day numbers since 1970-01-01.
//! A minus is U+2212, "+" stands only before changes, both languages group by comma.

use super::calendar::{civil, iso_week, weekday};
use super::digits::group;
use super::{Language, language};
use engine::day::{Day, Weekday};

const MINUS: char = '\u{2212}';
const NARROW_SPACE: char = '\u{202f}';
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// What an absent figure is written as.
pub const ABSENT: &str = "–";

/// A number with fixed decimals: `1,824`, `−86.4`.
pub fn number(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return ABSENT.to_owned();
    }
    let digits = group(value.abs(), decimals);
    if value < 0.0 && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        format!("{MINUS}{digits}")
    } else {
        digits
    }
}

/// A change: always with its sign, `+340`, `−420`; zero has none.
pub fn change(value: f64, decimals: u8) -> String {
    let text = number(value, decimals);
    let is_zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if value > 0.0 && !is_zero {
        format!("+{text}")
    } else {
        text
    }
}

/// A percentage of an already scaled value: `percent(5.6, 1)` is `5.6%` or `5.6 %`.
pub fn percent(value: f64, decimals: u8) -> String {
    format!("{}{}", number(value, decimals), percent_sign())
}

/// The percent sign with the spacing of the language.
pub fn percent_sign() -> &'static str {
    match language() {
        Language::Zh => "%",
        Language::En => "\u{202f}%",
    }
}

/// A difference between two percentages: `+1.6 点`, `+1.6 pt`.
pub fn points(value: f64, decimals: u8) -> String {
    let unit = match language() {
        Language::Zh => "点",
        Language::En => "pt",
    };
    format!("{}{NARROW_SPACE}{unit}", change(value, decimals))
}

/// The scale one column or strip of money shares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MoneyScale {
    /// Currency units, no decimals.
    One,
    /// Thousands (en), one decimal.
    Thousand,
    /// 万 (zh), one decimal.
    TenThousand,
    /// Millions (en), two decimals.
    Million,
    /// 亿 (zh), two decimals.
    HundredMillion,
}

impl MoneyScale {
    /// The scale that suits the largest amount of a column.
    pub fn for_largest(amount: f64, language: Language) -> Self {
        let size = amount.abs();
        match language {
            Language::Zh if size >= 1e8 => Self::HundredMillion,
            Language::Zh if size >= 1e4 => Self::TenThousand,
            Language::En if size >= 1e6 => Self::Million,
            Language::En if size >= 1e4 => Self::Thousand,
            Language::Zh | Language::En => Self::One,
        }
    }

    /// The divisor, decimals and suffix.
    pub fn parts(self) -> (f64, u8, &'static str) {
        match self {
            Self::One => (1.0, 0, ""),
            Self::Thousand => (1e3, 1, "K"),
            Self::TenThousand => (1e4, 1, "万"),
            Self::Million => (1e6, 2, "M"),
            Self::HundredMillion => (1e8, 2, "亿"),
        }
    }

    /// The bare figure in this scale, for a column whose header names the unit.
    pub fn figure(self, amount: f64) -> String {
        let (divisor, decimals, _) = self.parts();
        number(amount / divisor, decimals)
    }
}

/// The unit a column header shows for a scale: `万元`, `¥K`; other currencies by their sign or code.
pub fn money_unit(scale: MoneyScale, currency: &str) -> String {
    let (_, _, suffix) = scale.parts();
    match (language(), currency) {
        (Language::Zh, "CNY") => format!("{suffix}元"),
        (Language::Zh, _) => format!("{suffix}{}", currency_sign(currency)),
        (Language::En, _) => format!("{}{suffix}", currency_sign(currency)),
    }
}

/// Money in running text, shortened: `1,323.0 万`, `1.24 亿`, `¥13.23M`, `¥950K`.
pub fn money_short(amount: f64, currency: &str) -> String {
    let language = language();
    let scale = MoneyScale::for_largest(amount, language);
    let (_, _, suffix) = scale.parts();
    let (sign, size) = split_sign(amount);
    match (language, scale) {
        (_, MoneyScale::One) => money_exact(amount, currency, 0),
        (Language::Zh, _) if currency == "CNY" => {
            format!("{}{NARROW_SPACE}{suffix}", scale.figure(amount))
        }
        (Language::Zh, _) => {
            let figure = scale.figure(size);
            format!(
                "{sign}{}{figure}{NARROW_SPACE}{suffix}",
                currency_sign(currency)
            )
        }
        (Language::En, MoneyScale::Thousand) => {
            format!(
                "{sign}{}{}K",
                currency_sign(currency),
                number(size / 1e3, 0)
            )
        }
        (Language::En, _) => {
            format!(
                "{sign}{}{}{suffix}",
                currency_sign(currency),
                scale.figure(size)
            )
        }
    }
}

/// Money to the unit or the cent: `¥83,904`, `−¥12.50`.
pub fn money_exact(amount: f64, currency: &str, decimals: u8) -> String {
    let (sign, size) = split_sign(amount);
    format!(
        "{sign}{}{}",
        currency_sign(currency),
        number(size, decimals)
    )
}

/// A quantity without its unit; in English navigators large ones shorten to `24.9K`.
pub fn quantity_short(value: f64) -> String {
    let size = value.abs();
    match language() {
        Language::Zh if size >= 1e5 => format!("{}{NARROW_SPACE}万", number(value / 1e4, 1)),
        Language::En if size >= 1e6 => format!("{}M", number(value / 1e6, 1)),
        Language::En if size >= 1e4 => format!("{}K", number(value / 1e3, 1)),
        Language::Zh | Language::En => number(value, 0),
    }
}

/// A tick value in the short form of the language, as exact as the step needs.
pub fn tick_text(value: f64, step: f64, language: Language) -> String {
    let (unit, suffix) = match language {
        Language::Zh if step >= 10_000.0 => (10_000.0, "万"),
        Language::En if step >= 1_000_000.0 => (1_000_000.0, "M"),
        Language::En if step >= 1_000.0 => (1_000.0, "K"),
        Language::Zh | Language::En => (1.0, ""),
    };
    let decimals = (0..4u8)
        .find(|places| {
            let scaled = step / unit * 10f64.powi(i32::from(*places));
            (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1.0)
        })
        .unwrap_or(4);
    let text = number(value / unit, decimals);
    if value == 0.0 {
        "0".to_owned()
    } else {
        format!("{text}{suffix}")
    }
}

/// A range with an en dash: `12,840 – 19,260`.
pub fn range(low: f64, high: f64, decimals: u8) -> String {
    format!("{} – {}", number(low, decimals), number(high, decimals))
}

/// A day within the current year: `05-19`, `19 May`.
pub fn day_short(day: i32) -> String {
    let (_, month, date) = civil(day);
    match language() {
        Language::Zh => format!("{month:02}-{date:02}"),
        Language::En => format!("{date} {}", month_name(month)),
    }
}

/// A full date, the same in both languages: `2026-05-11`.
pub fn day_iso(day: i32) -> String {
    let (year, month, date) = civil(day);
    format!("{year:04}-{month:02}-{date:02}")
}

/// The weekday and week: `周一 W20`, `Mon W20`.
pub fn weekday_week(day: i32) -> String {
    let index = weekday(day);
    let name = match language() {
        Language::Zh => WEEKDAYS_ZH[index],
        Language::En => WEEKDAYS_EN[index],
    };
    format!("{name} {}", week(day))
}

/// The ISO week of a day: `W20`.
pub fn week(day: i32) -> String {
    format!("W{}", iso_week(day))
}

/// The span of the week that holds the day: `06-15 – 06-21`, `15 – 21 Jun 2026`.
pub fn week_span(day: i32) -> String {
    let monday = Day::from_number(day).week_start(Weekday::MONDAY).number();
    let sunday = monday + 6;
    let ((_, first_month, first), (year, last_month, last)) = (civil(monday), civil(sunday));
    match language() {
        Language::Zh => format!("{} – {}", day_short(monday), day_short(sunday)),
        Language::En if first_month == last_month => {
            format!("{first} – {last} {} {year}", month_name(last_month))
        }
        Language::En => format!(
            "{first} {} – {last} {} {year}",
            month_name(first_month),
            month_name(last_month)
        ),
    }
}

/// A month on an axis: `7月`, `Jul`; January carries its year.
pub fn month(day: i32) -> String {
    let (year, month, _) = civil(day);
    match (language(), month) {
        (Language::Zh, 1) => format!("{year}年1月"),
        (Language::Zh, _) => format!("{month}月"),
        (Language::En, 1) => format!("Jan {year}"),
        (Language::En, _) => month_name(month).to_owned(),
    }
}

/// A size in bytes: `214 MB`.
pub fn bytes(count: f64) -> String {
    let (divisor, decimals, unit) = match count {
        size if size >= 1e9 => (1e9, 1, "GB"),
        size if size >= 1e6 => (1e6, 0, "MB"),
        size if size >= 1e3 => (1e3, 0, "KB"),
        _ => (1.0, 0, "B"),
    };
    format!("{} {unit}", number(count / divisor, decimals))
}

fn split_sign(amount: f64) -> (&'static str, f64) {
    (if amount < 0.0 { "\u{2212}" } else { "" }, amount.abs())
}

fn month_name(month: u32) -> &'static str {
    MONTHS.get(month as usize - 1).copied().unwrap_or("")
}

/// The sign of a currency, or its code and a space where it has no common sign.
pub fn currency_sign(currency: &str) -> String {
    match currency {
        "" => String::new(),
        "CNY" => "¥".to_owned(),
        "JPY" => "JP¥".to_owned(),
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        code => format!("{code} "),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{day_of, set_language};
    use super::*;

    #[test]
    fn chinese_forms() {
        set_language(Language::Zh);
        assert_eq!(money_short(13_230_000.0, "CNY"), "1,323.0\u{202f}万");
        assert_eq!(money_short(124_000_000.0, "CNY"), "1.24\u{202f}亿");
        assert_eq!(money_short(-864_000.0, "CNY"), "−86.4\u{202f}万");
        assert_eq!(money_exact(83_904.0, "CNY", 0), "¥83,904");
        assert_eq!(percent(5.6, 1), "5.6%");
        assert_eq!(points(1.6, 1), "+1.6\u{202f}点");
        assert_eq!(quantity_short(99_999.0), "99,999");
        assert_eq!(day_short(day_of(2026, 5, 19)), "05-19");
        assert_eq!(weekday_week(day_of(2026, 5, 11)), "周一 W20");
        assert_eq!(money_unit(MoneyScale::TenThousand, "CNY"), "万元");
    }

    #[test]
    fn english_forms() {
        set_language(Language::En);
        assert_eq!(money_short(13_230_000.0, "CNY"), "¥13.23M");
        assert_eq!(money_short(950_000.0, "CNY"), "¥950K");
        assert_eq!(money_short(-12.4, "USD"), "−$12");
        assert_eq!(percent(5.6, 1), "5.6\u{202f}%");
        assert_eq!(quantity_short(24_900.0), "24.9K");
        assert_eq!(day_short(day_of(2026, 5, 19)), "19 May");
        assert_eq!(week_span(day_of(2026, 6, 18)), "15 – 21 Jun 2026");
        assert_eq!(weekday_week(day_of(2026, 5, 11)), "Mon W20");
        set_language(Language::Zh);
    }

    #[test]
    fn signs_belong_to_changes() {
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(change(0.04, 1), "0.0");
        assert_eq!(change(340.0, 0), "+340");
        assert_eq!(change(-420.0, 0), "−420");
        assert_eq!(number(f64::NAN, 1), ABSENT);
    }

    #[test]
    fn tick_texts_share_a_unit() {
        let text = |value, step| {
            (
                tick_text(value, step, Language::Zh),
                tick_text(value, step, Language::En),
            )
        };
        assert_eq!(
            text(5_000.0, 5_000.0),
            ("5,000".to_owned(), "5K".to_owned())
        );
        assert_eq!(
            text(50_000.0, 25_000.0),
            ("5.0万".to_owned(), "50K".to_owned())
        );
        assert_eq!(
            text(2_500.0, 2_500.0),
            ("2,500".to_owned(), "2.5K".to_owned())
        );
        assert_eq!(text(0.25, 0.25), ("0.25".to_owned(), "0.25".to_owned()));
        assert_eq!(text(0.0, 0.25), ("0".to_owned(), "0".to_owned()));
    }
}
