//! How sure a proposal is.

use serde::{Deserialize, Serialize};

/// How sure a proposal is; orders from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// Nothing is known (🚫).
    Unknown,
    /// A guess to be checked (⚠).
    Unsure,
    /// Probably right (⚡).
    Likely,
    /// Right, or decided by the user (✅).
    Sure,
}
