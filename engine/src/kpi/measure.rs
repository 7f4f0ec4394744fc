//! What a measure returns, and the exact sums and windows it is made of.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use crate::dataset::TableId;
use crate::day::Day;
use crate::units::{Amount, Qty};

/// Days in the trailing year that yearly measures look back on.
const YEAR_DAYS: i32 = 365;

/// Why a measure has no value, or which rows it could not use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// The date of the stock picture is not known.
    AsOf,
    /// The dataset has no such file.
    Table(TableId),
    /// The file has no such column.
    Column(TableId, &'static str),
    /// The file has no usable row inside the window.
    Window(TableId),
    /// So many rows of the file lack this fact and were left out.
    Rows(TableId, &'static str, u64),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AsOf => write!(f, "no date of the stock picture"),
            Self::Table(id) => write!(f, "needs {}.csv", id.name()),
            Self::Column(id, column) => write!(f, "needs {column} in {}.csv", id.name()),
            Self::Window(id) => write!(f, "no usable row in {}.csv", id.name()),
            Self::Rows(id, fact, rows) => {
                write!(f, "{rows} rows of {}.csv without {fact}", id.name())
            }
        }
    }
}

/// A ratio with both of its sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// Numerator over denominator; `None` when it is not defined.
    pub value: Option<f64>,
    /// What was counted or summed on top, in the measure's unit.
    pub numerator: f64,
    /// What it was divided by.
    pub denominator: f64,
    /// What was not there.
    pub missing: Vec<Missing>,
}

impl Measure {
    /// `numerator / denominator`; not defined when the denominator is not above zero.
    pub fn ratio(numerator: f64, denominator: f64, missing: Vec<Missing>) -> Self {
        let value = (denominator > 0.0).then(|| numerator / denominator);
        Self {
            value,
            numerator,
            denominator,
            missing,
        }
    }

    /// Not measurable, and why.
    pub fn absent(missing: Missing) -> Self {
        Self {
            missing: vec![missing],
            ..Self::default()
        }
    }
}

/// A sum of quantities times unit prices: exact, in billionths of the currency unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value(i128);

impl Value {
    /// No value.
    pub const ZERO: Self = Self(0);

    /// The value of a quantity at a unit price.
    pub fn of(qty: Qty, price: Amount) -> Self {
        Self(i128::from(qty.thousandths()) * i128::from(price.millionths()))
    }

    /// In currency units, the nearest float.
    #[allow(clippy::cast_precision_loss, reason = "a ratio needs 53 bits")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl Add for Value {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Value {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Value {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// A span of whole days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Window {
    /// The 365 days that end with `as_of`.
    pub fn trailing_year(as_of: Day) -> Self {
        Self {
            from: as_of - (YEAR_DAYS - 1),
            to: as_of,
        }
    }

    /// The trailing years that end at the given days, from the first to the last of them.
    pub(super) fn trailing_years(days: &[Day]) -> Option<Self> {
        Some(Self {
            from: Self::trailing_year(*days.first()?).from,
            to: *days.last()?,
        })
    }

    /// The part of the window from `first` on.
    #[must_use]
    pub fn starting_at(self, first: Day) -> Self {
        Self {
            from: self.from.max(first),
            ..self
        }
    }

    /// Whether the day lies in the window.
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Number of days; zero when it ends before it starts.
    pub fn days(&self) -> u32 {
        u32::try_from(self.to - self.from + 1).unwrap_or(0)
    }

    /// The part of a list with one entry a day of this window that belongs to `part`.
    pub(super) fn cut<T>(self, list: &[T], part: Self) -> Option<&[T]> {
        list.get(self.offset(part.from)?..=self.offset(part.to)?)
    }

    /// The position of a day in the window.
    pub(super) fn offset(&self, day: Day) -> Option<usize> {
        self.contains(day)
            .then(|| usize::try_from(day - self.from).ok())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_365_days_that_end_at_the_picture() {
        let window = Window::trailing_year(Day::parse_iso("2026-11-23").unwrap());
        assert_eq!(window.days(), 365);
        assert_eq!(window.from.to_string(), "2025-11-24");
        assert_eq!(window.offset(window.to), Some(364));
        assert_eq!(window.offset(window.to + 1), None);
    }

    #[test]
    fn nothing_over_nothing_is_not_defined() {
        assert_eq!(Measure::ratio(0.0, 0.0, Vec::new()).value, None);
    }

    #[test]
    fn values_are_exact() {
        let price = Amount::from_millionths(100_000);
        let total: Value = (0..10).map(|_| Value::of(Qty::from_units(1), price)).sum();
        assert_eq!(
            total,
            Value::of(Qty::from_units(1), Amount::from_millionths(1_000_000))
        );
    }
}
