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

/// Mean interval, in periods, from which demand is intermittent.
pub const INTERVAL_LIMIT: f64 = 1.32;
/// Squared coefficient of variation of sizes from which they are erratic.
pub const VARIATION_LIMIT: f64 = 0.49;

/// How often demand comes and how much its size varies: ADI and CV2.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DemandPattern {
    /// Periods over those with demand; `None` without any.
    pub interval: Option<f64>,
    /// Squared coefficient of variation of the sizes that are not zero.
    pub variation: f64,
    /// Periods with demand.
    pub count: f64,
}

impl DemandPattern {
    /// Of a history.
    #[must_use]
    pub fn of(history: &[f64]) -> Self {
        let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for size in history.iter().filter(|size| **size > 0.0) {
            count += 1.0;
            sum += size;
            squares += size * size;
        }
        if count == 0.0 {
            return Self::default();
        }
        let mean = sum / count;
        Self {
            interval: Some(count_f64(history.len()) / count),
            variation: (squares / count - mean * mean).max(0.0) / (mean * mean),
            count,
        }
    }
}

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
        let pattern = DemandPattern::of(history);
        if pattern.count == 0.0 {
            return Self::Intermittent;
        }
        let is_seldom = count_f64(history.len()) >= INTERVAL_LIMIT * pattern.count;
        match (is_seldom, pattern.variation >= VARIATION_LIMIT) {
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

    /// The name in views and files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Smooth => "smooth",
            Self::Erratic => "erratic",
            Self::Intermittent => "intermittent",
            Self::Lumpy => "lumpy",
        }
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
