//! Gross requirement: forecast and orders brought together.

/// How orders and forecast of one bucket become a requirement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderRule {
    /// The larger of both inside the demand time fence, the forecast beyond it: orders take the forecast's place.
    #[default]
    Larger,
    /// Both, in every bucket: for orders that the forecast does not hold.
    Added,
}

/// Gross requirement of a bucket, units.
///
/// `fence` is the number of buckets inside the demand time fence, where orders are trusted to be known.
///
/// Source: convention of the engine; Ptak & Smith (2011), Orlicky's Material Requirements Planning, ch. 12 (demand
/// time fence).
///
/// ```
/// use engine::replenish::{OrderRule, gross_requirement};
/// let by = |bucket| gross_requirement(OrderRule::Larger, bucket, 2, 40.0, 55.0);
/// assert_eq!((by(1), by(2)), (55.0, 40.0));
/// assert_eq!(gross_requirement(OrderRule::Added, 1, 2, 40.0, 55.0), 95.0);
/// ```
#[must_use]
pub fn gross_requirement(
    rule: OrderRule,
    bucket: usize,
    fence: usize,
    forecast: f64,
    orders: f64,
) -> f64 {
    match rule {
        OrderRule::Larger if bucket < fence => forecast.max(orders),
        OrderRule::Larger => forecast,
        OrderRule::Added => forecast + orders,
    }
}
