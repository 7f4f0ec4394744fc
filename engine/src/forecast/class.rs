//! What kind of demand a history shows.

use wide::f64x4;

use crate::num::count_f64;

/// Demand class by how often demand comes and how much its size varies.
///
/// Source: Syntetos, Boylan & Croston (2005), JORS 56, 495-503: mean interval
/// 1.32 periods, squared coefficient of variation of sizes 0.49.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DemandClass {
    /// Comes often, varies little.
    #[default]
    Smooth,
    /// Comes often, varies much.
    Erratic,
    /// Comes seldom, varies little.
    Intermittent,
    /// Comes seldom, varies much.
    Lumpy,
}

/// How demand comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DemandShape {
    /// Mean interval between periods with demand (ADI), periods; at least 1.
    pub interval: f64,
    /// Squared coefficient of variation of the sizes (CV2); never negative.
    pub variation: f64,
}

impl DemandShape {
    /// Shape of a history, missing periods filled; `None` without any demand.
    #[must_use]
    pub fn of(history: &[f64]) -> Option<Self> {
        Self::of_sums(history.len(), sums(history).0)
    }

    /// The class that it is.
    #[must_use]
    pub fn class(self) -> DemandClass {
        DemandClass::of_shape(Some(self))
    }

    fn of_sums(periods: usize, [count, sum, squares]: [f64; 3]) -> Option<Self> {
        if count == 0.0 {
            return None;
        }
        let mean = sum / count;
        Some(Self {
            interval: count_f64(periods) / count,
            variation: (squares / count - mean * mean).max(0.0) / (mean * mean),
        })
    }
}

/// Number, sum and sum of squares of the values above zero: every eighth one together, then the eight sums. And
/// whether no value is missing.
fn sums(history: &[f64]) -> ([f64; 3], bool) {
    let mut sums = [[f64x4::ZERO; 4]; 2];
    let (eights, rest) = history.as_chunks::<8>();
    let mut last = [0.0; 8];
    last.iter_mut()
        .zip(rest)
        .for_each(|(place, value)| *place = *value);
    for eight in eights.iter().chain([&last]) {
        for (four, sums) in eight.as_chunks::<4>().0.iter().zip(&mut sums) {
            let value = f64x4::new(*four);
            let is_sold = value.simd_gt(f64x4::ZERO);
            let size = is_sold.select(value, f64x4::ZERO);
            let figures = [
                is_sold.select(f64x4::ONE, f64x4::ZERO),
                size,
                size * size,
                // Zero, or NaN from the first missing value on.
                value * f64x4::ZERO,
            ];
            sums.iter_mut()
                .zip(figures)
                .for_each(|(sum, figure)| *sum += figure);
        }
    }
    let [first, second] = sums;
    let added = std::array::from_fn::<f64, 4, _>(|figure| {
        let [a, b, c, d] = (first[figure] + second[figure]).to_array();
        (a + b) + (c + d)
    });
    let [count, sum, squares, unknown] = added;
    ([count, sum, squares], !unknown.is_nan())
}

impl DemandClass {
    /// Every class, in the order of [`Self::index`].
    pub const ALL: [Self; 4] = [Self::Smooth, Self::Erratic, Self::Intermittent, Self::Lumpy];
    /// Number of classes.
    pub const COUNT: usize = Self::ALL.len();
    /// Mean interval from which demand comes seldom, periods.
    pub const INTERVAL_LIMIT: f64 = 1.32;
    /// Squared coefficient of variation from which its size varies much.
    pub const VARIATION_LIMIT: f64 = 0.49;

    /// Stable name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Smooth => "smooth",
            Self::Erratic => "erratic",
            Self::Intermittent => "intermittent",
            Self::Lumpy => "lumpy",
        }
    }

    /// Class of a history; without any demand it is intermittent.
    ///
    /// ```
    /// use engine::forecast::DemandClass;
    /// assert_eq!(DemandClass::of(&[5.0, 6.0, 5.0, 4.0]), DemandClass::Smooth);
    /// assert_eq!(DemandClass::of(&[0.0, 0.0, 5.0, 0.0, 6.0]), DemandClass::Intermittent);
    /// assert_eq!(DemandClass::of(&[0.0, 0.0, 5.0, 0.0, 60.0]), DemandClass::Lumpy);
    /// ```
    #[must_use]
    pub fn of(history: &[f64]) -> Self {
        Self::of_shape(DemandShape::of(history))
    }

    /// Class of a history, and whether no value of it is missing; where one is, the class is that of the others
    /// with no demand in the missing periods.
    pub(super) fn with_gaps(history: &[f64]) -> (Self, bool) {
        let (sums, is_whole) = sums(history);
        let shape = DemandShape::of_sums(history.len(), sums);
        (Self::of_shape(shape), is_whole)
    }

    fn of_shape(shape: Option<DemandShape>) -> Self {
        let Some(shape) = shape else {
            return Self::Intermittent;
        };
        let is_seldom = shape.interval >= Self::INTERVAL_LIMIT;
        match (is_seldom, shape.variation >= Self::VARIATION_LIMIT) {
            (false, false) => Self::Smooth,
            (false, true) => Self::Erratic,
            (true, false) => Self::Intermittent,
            (true, true) => Self::Lumpy,
        }
    }

    /// Whether periods without demand are common.
    #[must_use]
    pub fn is_intermittent(self) -> bool {
        matches!(self, Self::Intermittent | Self::Lumpy)
    }

    /// Position among the classes.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Smooth => 0,
            Self::Erratic => 1,
            Self::Intermittent => 2,
            Self::Lumpy => 3,
        }
    }
}
