//! What kind of demand a history shows.

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

const INTERVAL_LIMIT: f64 = 1.32;
const VARIATION_LIMIT: f64 = 0.49;

impl DemandClass {
    /// Number of classes.
    pub const COUNT: usize = 4;

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
        let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for size in history.iter().filter(|size| **size > 0.0) {
            count += 1.0;
            sum += size;
            squares += size * size;
        }
        if count == 0.0 {
            return Self::Intermittent;
        }
        let mean = sum / count;
        let variation = (squares / count - mean * mean).max(0.0) / (mean * mean);
        let is_seldom = count_f64(history.len()) >= INTERVAL_LIMIT * count;
        match (is_seldom, variation >= VARIATION_LIMIT) {
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
