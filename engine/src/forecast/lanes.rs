//! Four series side by side: the arithmetic of the kernels.
//!
//! A [`Lane`] holds one figure of four series. Every operation used is exact to the bit on every platform: no fused
//! multiply-add, no estimates of reciprocals, and larger figures are only asked of what is no NaN.

#[cfg(not(target_feature = "avx2"))]
pub use wide::f32x4 as Lane;
#[cfg(target_feature = "avx2")]
pub use wide::f32x8 as Lane;

/// Series in a [`Lane`].
pub const LANES: usize = size_of::<Lane>() / size_of::<f32>();

/// The same figure for every series.
#[must_use]
pub fn splat(value: f32) -> Lane {
    Lane::splat(value)
}

/// The larger figure, series by series; `b` where they are equal. By comparison, because the
/// instructions for maxima disagree about zeros of two signs.
pub(super) fn larger(a: Lane, b: Lane) -> Lane {
    a.simd_gt(b).select(a, b)
}

/// The smaller figure, series by series; `b` where they are equal.
pub(super) fn smaller(a: Lane, b: Lane) -> Lane {
    a.simd_lt(b).select(a, b)
}

/// `yes` where `a` < `b`, else `no`.
pub(super) fn where_less(a: Lane, b: Lane, yes: Lane, no: Lane) -> Lane {
    a.simd_lt(b).select(yes, no)
}

/// `yes` where there is demand, else `no`.
pub(super) fn where_demand(value: Lane, yes: Lane, no: Lane) -> Lane {
    value.simd_gt(Lane::ZERO).select(yes, no)
}

/// `yes` where a value is known, else `no`.
pub(super) fn where_known(value: Lane, yes: Lane, no: Lane) -> Lane {
    value.simd_eq(value).select(yes, no)
}

/// A count as a lane's figure; exact up to 2^24.
#[expect(clippy::cast_precision_loss, reason = "counts of periods")]
pub(super) fn count_f32(count: usize) -> f32 {
    count as f32
}

/// A figure of a history as the lanes hold it.
#[expect(clippy::cast_possible_truncation, reason = "lanes are narrower")]
pub(super) fn narrow(value: f64) -> f32 {
    value as f32
}

/// The figures of four series, and zeros in the lanes that are left.
#[cfg(test)]
pub(super) fn of_four(figures: [f32; 4]) -> Lane {
    let mut lanes = Lane::ZERO;
    let own = lanes.as_mut_array().iter_mut().zip(figures);
    own.for_each(|(lane, figure)| *lane = figure);
    lanes
}
