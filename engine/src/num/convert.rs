//! Named conversions between number types: the only place for `as`.

/// A count as a real number; exact below 2^53.
#[must_use]
pub fn count_f64(count: usize) -> f64 {
    count as f64
}

/// A whole number as a real one; exact below 2^53.
#[must_use]
pub fn whole_f64(whole: i64) -> f64 {
    whole as f64
}

/// The nearest whole number, half away from zero; 0 for NaN, the largest or
/// smallest for anything past them.
#[must_use]
pub fn round_whole(x: f64) -> i64 {
    libm::round(x) as i64
}

/// Figures from here on are too large for [`nearest_whole`] and [`off_whole`].
pub const WHOLE_LIMIT: f64 = 2_251_799_813_685_248.0;
/// Added to a figure below the limit, it leaves no place for a fraction.
const SHIFT: f64 = 6_755_399_441_055_744.0;

/// The nearest whole number, the even one of two; for `x` between -[`WHOLE_LIMIT`] and that. Two additions, so that
/// many go side by side.
#[must_use]
#[inline]
pub fn nearest_whole(x: f64) -> i64 {
    ((x + SHIFT).to_bits() as i64).wrapping_sub(SHIFT.to_bits() as i64)
}

/// How far `x` is from the nearest whole number; for `x` as in [`nearest_whole`].
#[must_use]
#[inline]
pub fn off_whole(x: f64) -> f64 {
    (x - ((x + SHIFT) - SHIFT)).abs()
}

/// The whole part of `x` as a count: 0 for anything below one and for NaN,
/// the largest count for anything above it.
#[must_use]
pub fn floor_count(x: f64) -> usize {
    x as usize
}

/// A 32-bit offset as a position.
#[must_use]
pub fn index_usize(index: u32) -> usize {
    index as usize
}

/// A position as the 32-bit offset that columns store, or `None` past 2^32 - 1.
#[must_use]
pub fn index_u32(index: usize) -> Option<u32> {
    u32::try_from(index).ok()
}
