//! The normal distribution: density, both tails, quantile and unit loss.

use super::elementary::{erfc, exp, ln, sqrt};

const SQRT_2: f64 = std::f64::consts::SQRT_2;
const INV_SQRT_2PI: f64 = 0.398_942_280_401_432_7;

/// Standard normal density phi(`x`).
#[must_use]
pub fn normal_pdf(x: f64) -> f64 {
    INV_SQRT_2PI * exp(-0.5 * x * x)
}

/// Standard normal distribution function Phi(`x`) = P(Z <= x).
///
/// ```
/// assert!((engine::num::normal_cdf(1.96) - 0.975_002_104_851_779_5).abs() < 1e-15);
/// ```
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x / SQRT_2)
}

/// Upper tail Q(`x`) = P(Z > x), accurate where 1 - Phi(x) has no digits left.
#[must_use]
pub fn normal_sf(x: f64) -> f64 {
    0.5 * erfc(x / SQRT_2)
}

/// Unit normal loss G(`k`) = E\[(Z - k)+\] = phi(k) - k Q(k).
///
/// Units: standard deviations of demand short, when stock stands `k` standard
/// deviations above the mean. Relative error below 1e-9 up to k = 8: the
/// difference cancels about four digits there, and the upper tail through
/// `erfc` has sixteen.
///
/// Source: Snyder & Shen (2019), Fundamentals of Supply Chain Theory, eq. C.22.
///
/// ```
/// // Silver, Pyke & Thomas (2017), appendix: G(1.00) = 0.08332
/// assert!((engine::num::normal_loss(1.0) - 0.083_315_470_587_686_3).abs() < 1e-15);
/// ```
#[must_use]
pub fn normal_loss(k: f64) -> f64 {
    normal_pdf(k) - k * normal_sf(k)
}

/// The z with Phi(z) = `p`: minus and plus infinity at 0 and 1, NaN outside.
///
/// Source: Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37,
/// 477-484, then one Halley step on the nearer tail.
///
/// ```
/// assert!((engine::num::normal_quantile(0.95) - 1.644_853_626_951_472_2).abs() < 1e-15);
/// ```
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    if p == 1.0 {
        return f64::INFINITY;
    }
    halley(wichura(p), p)
}

fn wichura(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * horner(r, &CENTRE_NUM) / horner(r, &CENTRE_DEN);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = sqrt(-ln(tail));
    let z = if r <= 5.0 {
        horner(r - 1.6, &NEAR_NUM) / horner(r - 1.6, &NEAR_DEN)
    } else {
        horner(r - 5.0, &FAR_NUM) / horner(r - 5.0, &FAR_DEN)
    };
    if q < 0.0 { -z } else { z }
}

/// One Halley step for Phi(z) = p, on the tail that keeps its digits.
fn halley(z: f64, p: f64) -> f64 {
    let density = normal_pdf(z);
    if density < f64::MIN_POSITIVE {
        return z;
    }
    let excess = if p < 0.5 {
        normal_cdf(z) - p
    } else {
        (1.0 - p) - normal_sf(z)
    };
    let step = excess / density;
    z - step / (1.0 + 0.5 * z * step)
}

/// Polynomial with the given coefficients, highest power first.
fn horner(x: f64, coefficients: &[f64; 8]) -> f64 {
    coefficients.iter().fold(0.0, |sum, c| sum * x + c)
}

const CENTRE_NUM: [f64; 8] = [
    2_509.080_928_730_122_7,
    33_430.575_583_588_13,
    67_265.770_927_008_7,
    45_921.953_931_549_87,
    13_731.693_765_509_46,
    1_971.590_950_306_551_3,
    133.141_667_891_784_38,
    3.387_132_872_796_366_5,
];
const CENTRE_DEN: [f64; 8] = [
    5_226.495_278_852_854,
    28_729.085_735_721_943,
    39_307.895_800_092_71,
    21_213.794_301_586_597,
    5_394.196_021_424_751,
    687.187_007_492_057_9,
    42.313_330_701_600_91,
    1.0,
];
const NEAR_NUM: [f64; 8] = [
    7.745_450_142_783_414e-4,
    2.272_384_498_926_918_4e-2,
    2.417_807_251_774_506e-1,
    1.270_458_252_452_368_4,
    3.647_848_324_763_204_5,
    5.769_497_221_460_691,
    4.630_337_846_156_546,
    1.423_437_110_749_683_5,
];
const NEAR_DEN: [f64; 8] = [
    1.050_750_071_644_416_9e-9,
    5.475_938_084_995_345e-4,
    1.519_866_656_361_645_7e-2,
    1.481_039_764_274_800_8e-1,
    6.897_673_349_851e-1,
    1.676_384_830_183_803_8,
    2.053_191_626_637_759,
    1.0,
];
const FAR_NUM: [f64; 8] = [
    2.010_334_399_292_288_1e-7,
    2.711_555_568_743_487_6e-5,
    1.242_660_947_388_078_4e-3,
    2.653_218_952_657_612_4e-2,
    2.965_605_718_285_048_7e-1,
    1.784_826_539_917_291_3,
    5.463_784_911_164_114,
    6.657_904_643_501_103,
];
const FAR_DEN: [f64; 8] = [
    2.044_263_103_389_939_8e-15,
    1.421_511_758_316_446e-7,
    1.846_318_317_510_054_8e-5,
    7.868_691_311_456_133e-4,
    1.487_536_129_085_061_5e-2,
    1.369_298_809_227_358e-1,
    5.998_322_065_558_88e-1,
    1.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loss_keeps_nine_digits_to_eight_deviations() {
        // Continued fraction of the Mills ratio in 50 decimal digits.
        for (k, want) in [
            (0.0, 0.398_942_280_401_432_7),
            (3.0, 0.000_382_154_317_047_723_6),
            (6.0, 1.563_569_795_970_966_4e-10),
            (8.0, 7.550_262_411_946_499e-17),
        ] {
            let got = normal_loss(k);
            assert!((got / want - 1.0).abs() < 1e-11, "G({k}) = {got}");
        }
    }

    #[test]
    fn quantile_inverts_both_tails() {
        for p in [1e-300, 1e-20, 1e-9, 0.01, 0.3, 0.5, 0.77, 0.999] {
            let z = normal_quantile(p);
            let back = if p < 0.5 {
                normal_cdf(z) / p
            } else {
                normal_sf(z) / (1.0 - p)
            };
            assert!((back - 1.0).abs() < 2e-13, "p {p} z {z} back {back}");
        }
        assert_eq!(normal_quantile(0.5), 0.0);
        assert!(normal_quantile(-0.1).is_nan() && normal_quantile(f64::NAN).is_nan());
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
    }
}
