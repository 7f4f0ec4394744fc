//! The root of a function of one variable.

const STEPS_MAX: usize = 200;

/// The x between `low` and `high` where `f` is zero, to the last digits of an f64; NaN when `f` has the same
/// sign at both ends.
///
/// Source: Chandrupatla (1997), A new hybrid quadratic/bisection algorithm, Advances in Engineering Software 28.
///
/// ```
/// let x = engine::num::root(0.0, 4.0, |x| x * x - 2.0);
/// assert!((x - 2.0_f64.sqrt()).abs() < 1e-15);
/// ```
#[must_use]
pub fn root(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let point = |x: f64| (x, f(x));
    let (mut newest, mut other) = (point(high), point(low));
    if newest.1 == 0.0 {
        return newest.0;
    }
    if other.1 == 0.0 {
        return other.0;
    }
    if newest.1.is_nan() || other.1.is_nan() || (newest.1 > 0.0) == (other.1 > 0.0) {
        return f64::NAN;
    }
    let mut share = 0.5;
    for _ in 0..STEPS_MAX {
        let tried = point(newest.0 + share * (other.0 - newest.0));
        let oldest;
        if (tried.1 > 0.0) == (newest.1 > 0.0) {
            oldest = newest;
        } else {
            oldest = other;
            other = newest;
        }
        newest = tried;
        let best = if newest.1.abs() < other.1.abs() {
            newest
        } else {
            other
        };
        let width = (other.0 - newest.0).abs();
        let least = (2.0 * f64::EPSILON * best.0.abs() + f64::MIN_POSITIVE) / width;
        if best.1 == 0.0 || least > 0.5 || least.is_nan() {
            return best.0;
        }
        share = next_share(newest, other, oldest).clamp(least, 1.0 - least);
    }
    newest.0
}

/// Where between the newest point (0) and the other end (1) to look next: by inverse quadratic interpolation
/// where that can be trusted, else in the middle.
fn next_share(newest: (f64, f64), other: (f64, f64), oldest: (f64, f64)) -> f64 {
    let ((a, fa), (b, fb), (c, fc)) = (newest, other, oldest);
    let xi = (a - b) / (c - b);
    let phi = (fa - fb) / (fc - fb);
    if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
        fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
    } else {
        0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_steep_flat_and_end_roots() {
        assert!((root(-10.0, 1e9, |x| x * x * x - 8.0) - 2.0).abs() < 1e-12);
        assert!(
            (root(0.0, 1.0, |x| crate::num::exp(-40.0 * x) - 0.5) - 0.017_328_679_5).abs() < 1e-10
        );
        assert_eq!(root(1.0, 3.0, |x| x - 3.0), 3.0);
        assert!(root(1.0, 3.0, |x| x).is_nan());
    }
}
