//! Regularised incomplete gamma functions and the gamma quantile.

use super::elementary::{exp, ln, ln_gamma, sqrt};
use super::normal::normal_quantile;

const EPS: f64 = 1e-16;
const STEPS_MAX: u32 = 10_000;

/// Which tail of the gamma distribution is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GammaTail {
    /// P(shape, x): the mass up to x.
    Lower,
    /// Q(shape, x): the mass above x.
    Upper,
}

/// Regularised incomplete gamma function of the asked tail at `x`, unit scale.
///
/// Series below shape + 1, continued fraction (Lentz) above, each giving its
/// own tail with full relative accuracy. NaN for a shape that is not positive.
///
/// Source: Press et al. (2007), Numerical Recipes, section 6.2.
///
/// ```
/// use engine::num::{GammaTail, gamma_regularised};
/// // shape 1 is the exponential distribution
/// let upper = gamma_regularised(GammaTail::Upper, 1.0, 2.0);
/// assert!((upper - 0.135_335_283_236_612_7).abs() < 1e-15);
/// ```
#[must_use]
pub fn gamma_regularised(tail: GammaTail, shape: f64, x: f64) -> f64 {
    if !is_positive(shape) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return if tail == GammaTail::Lower { 0.0 } else { 1.0 };
    }
    if x == f64::INFINITY {
        return if tail == GammaTail::Lower { 1.0 } else { 0.0 };
    }
    let (found, value) = if x < shape + 1.0 {
        (GammaTail::Lower, lower_series(shape, x))
    } else {
        (GammaTail::Upper, upper_fraction(shape, x))
    };
    if found == tail { value } else { 1.0 - value }
}

/// False for NaN too.
fn is_positive(x: f64) -> bool {
    x > 0.0
}

/// x^shape e^-x / Gamma(shape)
fn front(shape: f64, x: f64) -> f64 {
    exp(shape * ln(x) - x - ln_gamma(shape))
}

fn lower_series(shape: f64, x: f64) -> f64 {
    let mut term = 1.0 / shape;
    let mut sum = term;
    let mut a = shape;
    for _ in 0..STEPS_MAX {
        a += 1.0;
        term *= x / a;
        sum += term;
        if term < sum * EPS {
            break;
        }
    }
    sum * front(shape, x)
}

fn upper_fraction(shape: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut value = d;
    let mut n = 0.0;
    for _ in 0..STEPS_MAX {
        n += 1.0;
        let a = -n * (n - shape);
        b += 2.0;
        d = 1.0 / keep_off_zero(a * d + b, TINY);
        c = keep_off_zero(b + a / c, TINY);
        let factor = d * c;
        value *= factor;
        if (factor - 1.0).abs() < EPS * 2.0 {
            break;
        }
    }
    value * front(shape, x)
}

fn keep_off_zero(value: f64, tiny: f64) -> f64 {
    if value.abs() < tiny { tiny } else { value }
}

/// The x with P(`shape`, x) = `p`, unit scale: multiply by the scale.
///
/// Wilson-Hilferty start, then Newton with a bracket. NaN for a shape that is
/// not positive or p outside \[0, 1\].
///
/// Source: Wilson & Hilferty (1931); the lesson example of SAP IBP (mean 100,
/// deviation 25, 95 %) gives 144.357 units.
///
/// ```
/// let x = engine::num::gamma_quantile(16.0, 0.95) * 6.25;
/// assert!((x - 144.357).abs() < 1e-3);
/// ```
#[must_use]
pub fn gamma_quantile(shape: f64, p: f64) -> f64 {
    if !is_positive(shape) || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 {
        return 0.0;
    }
    if p == 1.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut x = start(shape, p);
    for _ in 0..100 {
        let excess = excess(shape, x, p);
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let slope = front(shape, x) / x;
        let mut next = x - excess / slope;
        if !(next > low && next < high) {
            next = if high.is_finite() {
                0.5 * (low + high)
            } else {
                2.0 * x
            };
        }
        let is_done = (next - x).abs() <= 4.0 * f64::EPSILON * x;
        x = next;
        if is_done {
            break;
        }
    }
    x
}

/// P(shape, x) - p, taken from the smaller tail.
fn excess(shape: f64, x: f64, p: f64) -> f64 {
    if p < 0.5 {
        gamma_regularised(GammaTail::Lower, shape, x) - p
    } else {
        (1.0 - p) - gamma_regularised(GammaTail::Upper, shape, x)
    }
}

fn start(shape: f64, p: f64) -> f64 {
    let c = 1.0 / (9.0 * shape);
    let root = 1.0 - c + normal_quantile(p) * sqrt(c);
    let cubed = shape * root * root * root;
    if cubed > 1e-3 * shape {
        return cubed;
    }
    // Small shape, low p: P(a, x) ~ x^a / Gamma(a + 1).
    exp((ln(p) + ln_gamma(shape + 1.0)) / shape).max(1e-300)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_inverts_the_distribution() {
        for shape in [0.05, 0.3, 1.0, 4.5, 80.0, 12_000.0] {
            for p in [1e-6, 0.01, 0.5, 0.9, 0.9999] {
                let x = gamma_quantile(shape, p);
                let back = gamma_regularised(GammaTail::Lower, shape, x);
                assert!(
                    (back - p).abs() <= 2e-10 * p,
                    "shape {shape} p {p} x {x} back {back}"
                );
            }
        }
    }
}
