//! Elementary functions over `libm`.

/// e to the power `x`.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm of `x`; NaN below zero, minus infinity at zero.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Decimal logarithm of `x`.
#[must_use]
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// `base` to the real power `exponent`.
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// `base` to a whole power, by repeated squaring.
///
/// ```
/// assert_eq!(engine::num::powi(1.5, 3), 3.375);
/// ```
#[must_use]
pub fn powi(base: f64, exponent: u32) -> f64 {
    let (mut result, mut square, mut left) = (1.0, base, exponent);
    while left > 0 {
        if left & 1 == 1 {
            result *= square;
        }
        square *= square;
        left >>= 1;
    }
    result
}

/// Square root of `x`; NaN below zero. IEEE 754 fixes its value everywhere, so this one is the
/// processor's.
#[must_use]
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// The larger of two numbers, `b` if `a` is NaN: one comparison in an inner loop, where
/// `f64::max` is a call in WebAssembly.
#[must_use]
#[inline]
pub fn larger(a: f64, b: f64) -> f64 {
    if a >= b { a } else { b }
}

/// Sine of `x` radians.
#[must_use]
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Cosine of `x` radians.
#[must_use]
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// Complementary error function 1 - erf(`x`), accurate in the upper tail.
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Natural logarithm of the gamma function at `x` > 0.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}
