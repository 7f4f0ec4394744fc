//! Quantities, amounts and money: fixed-point numbers whose every rounding has a name.
//!
//! | type | holds | smallest step |
//! |---|---|---|
//! | [`Qty`] | goods, in base units | 0.001 unit |
//! | [`Amount`] | prices, rates, volumes, any decimal of a file | 0.000001 |
//! | [`Money`] | an amount in a currency, ready to be posted | the currency's minor unit |
//!
//! Statistics run in `f64` elsewhere and come back through the named conversions here.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// A quantity of goods in base units, kept as whole thousandths.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Qty(i64);

/// A decimal with at most six places: a price, a rate, a volume.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Amount(i64);

impl Qty {
    /// No goods.
    pub const ZERO: Self = Self(0);
    /// Thousandths in one base unit.
    pub const SCALE: i64 = 1_000;

    /// Whole base units.
    pub const fn from_units(units: i64) -> Self {
        Self(units.saturating_mul(Self::SCALE))
    }

    /// From thousandths of the base unit.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// Thousandths of the base unit.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// The smallest whole number of base units that is not below `value`; not-a-number gives zero.
    pub fn ceil_from_f64(value: f64) -> Self {
        // A value within a billionth above a whole number is that number: summed
        // shares such as 0.1 + 0.2 must not order one unit too many.
        Self::from_whole_f64((value - value.abs() * 1e-12 - 1e-9).ceil())
    }

    /// The nearest thousandth, halves away from zero; not-a-number gives zero.
    pub fn round_from_f64(value: f64) -> Self {
        Self(whole_i64((value * 1_000.0).round()))
    }

    /// Base units as a float, for statistics and charts.
    #[allow(clippy::cast_precision_loss, reason = "statistics accept 53 bits")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 1_000.0
    }

    /// Base units as an exact decimal.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 3)
    }

    /// Whether there are no goods.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The value of this quantity at a unit price, exact (nine places).
    pub fn value_at(self, price: Amount) -> Decimal {
        self.to_decimal() * price.to_decimal()
    }

    fn from_whole_f64(value: f64) -> Self {
        Self(whole_i64(value).saturating_mul(Self::SCALE))
    }
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// Millionths in one.
    pub const SCALE: i64 = 1_000_000;

    /// From millionths.
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// Millionths.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// The nearest millionth, halves away from zero; not-a-number gives zero.
    pub fn round_from_f64(value: f64) -> Self {
        Self(whole_i64((value * 1_000_000.0).round()))
    }

    /// As a float, for statistics and charts.
    #[allow(clippy::cast_precision_loss, reason = "statistics accept 53 bits")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 1_000_000.0
    }

    /// As an exact decimal.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 6)
    }
}

/// Saturating conversion of an integral float; not-a-number gives zero.
#[allow(
    clippy::cast_possible_truncation,
    reason = "`as` saturates and maps NaN to zero"
)]
fn whole_i64(value: f64) -> i64 {
    value as i64
}

/// An ISO 4217 code and the number of places its amounts are posted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads three capital letters.
    pub fn parse(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(letters))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Decimal places of the minor unit (ISO 4217): 0 for JPY, KRW and VND, else 2.
    pub fn places(&self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" => 0,
            _ => 2,
        }
    }
}

/// An amount in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// The amount, in major units.
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// The amount rounded to the minor unit, halves away from zero (四舍五入).
    pub fn rounded(self) -> Self {
        let places = self.currency.places();
        let amount = self
            .amount
            .round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        Self { amount, ..self }
    }

    /// The sum, or `None` when the currencies differ.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let amount = self.amount.checked_add(other.amount)?;
        (self.currency == other.currency).then_some(Self { amount, ..self })
    }
}

/// Formats `value / 10^places` with no trailing zeros.
fn write_fixed(f: &mut fmt::Formatter<'_>, value: i64, places: usize) -> fmt::Result {
    let scale = 10_u64.pow(u32::try_from(places).unwrap_or(0));
    let magnitude = value.unsigned_abs();
    if value < 0 {
        f.write_str("-")?;
    }
    write!(f, "{}", magnitude / scale)?;
    let fraction = magnitude % scale;
    if fraction == 0 {
        return Ok(());
    }
    let digits = format!("{fraction:0places$}");
    write!(f, ".{}", digits.trim_end_matches('0'))
}

impl fmt::Display for Qty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_fixed(f, self.0, 3)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_fixed(f, self.0, 6)
    }
}

impl Add for Qty {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Qty {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Qty {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Qty {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Qty {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_print_without_trailing_zeros() {
        assert_eq!(Qty::from_thousandths(-1_500).to_string(), "-1.5");
        assert_eq!(Qty::from_units(12).to_string(), "12");
        assert_eq!(Amount::from_millionths(50).to_string(), "0.00005");
    }

    #[test]
    fn ceiling_ignores_float_dust() {
        assert_eq!(Qty::ceil_from_f64(0.1 + 0.2 + 2.7), Qty::from_units(3));
        assert_eq!(Qty::ceil_from_f64(3.01), Qty::from_units(4));
        assert_eq!(Qty::ceil_from_f64(f64::NAN), Qty::ZERO);
    }

    #[test]
    fn money_rounds_half_away_from_zero() {
        let cny = Currency::parse("CNY").unwrap();
        let amount = |text: &str| Money {
            amount: text.parse().unwrap(),
            currency: cny,
        };
        assert_eq!(amount("2.345").rounded().amount.to_string(), "2.35");
        assert_eq!(amount("-2.345").rounded().amount.to_string(), "-2.35");
    }

    #[test]
    fn different_currencies_do_not_add() {
        let money = |code| Money {
            amount: Decimal::ONE,
            currency: Currency::parse(code).unwrap(),
        };
        assert!(money("CNY").checked_add(money("USD")).is_none());
    }
}
