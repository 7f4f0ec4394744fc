//! Regularised incomplete beta function.

use super::elementary::{exp, ln, ln_gamma};

const TINY: f64 = 1e-300;

/// Regularised incomplete beta function I_x(`a`, `b`); NaN unless a and b are
/// positive and x lies in \[0, 1\].
///
/// Source: Press et al. (2007), Numerical Recipes, section 6.4 (Lentz).
///
/// ```
/// // I_x(2, 3) = 6x^2 - 8x^3 + 3x^4
/// let value = engine::num::beta_regularised(2.0, 3.0, 0.25);
/// assert!((value - 0.261_718_75).abs() < 1e-14);
/// ```
#[must_use]
pub fn beta_regularised(a: f64, b: f64, x: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && (0.0..=1.0).contains(&x)) {
        return f64::NAN;
    }
    if x == 0.0 || x == 1.0 {
        return x;
    }
    let front = exp(ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * ln(x) + b * ln(1.0 - x));
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, x) / a
    } else {
        1.0 - front * fraction(b, a, 1.0 - x) / b
    }
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / off_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    let mut m = 0.0;
    for _ in 0..20_000 {
        m += 1.0;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / off_zero(1.0 + even * d);
        c = off_zero(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / off_zero(1.0 + odd * d);
        c = off_zero(1.0 + odd / c);
        let factor = d * c;
        value *= factor;
        if (factor - 1.0).abs() < 4.0 * f64::EPSILON {
            break;
        }
    }
    value
}

fn off_zero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}
