//! Why a replenishment figure is what it is.

/// One step that changed a policy level or an order quantity.
///
/// The codes are what files and golden cases carry; the user interface
/// translates them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Stock position already covers the target: nothing to order.
    NoNeed,
    /// Raised to the supplier's minimum order quantity.
    Moq,
    /// Rounded up to whole case packs.
    PackUp,
    /// Cut to the largest order allowed.
    CapMaxOrder,
    /// Cut to what sells before the shelf life ends.
    CapShelfLife,
    /// Cut to the storage left.
    CapStorage,
    /// The minimum order is above the cap: a planner must decide.
    ConflictMoqGtCap,
    /// Demand over the protection interval is zero.
    NoDemand,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::NoNeed,
        Self::Moq,
        Self::PackUp,
        Self::CapMaxOrder,
        Self::CapShelfLife,
        Self::CapStorage,
        Self::ConflictMoqGtCap,
        Self::NoDemand,
    ];

    /// Reads a stable code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Stable code, upper snake case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoNeed => "NO_NEED",
            Self::Moq => "MOQ",
            Self::PackUp => "PACK_UP",
            Self::CapMaxOrder => "CAP_MAX_ORDER",
            Self::CapShelfLife => "CAP_SHELF_LIFE",
            Self::CapStorage => "CAP_STORAGE",
            Self::ConflictMoqGtCap => "CONFLICT_MOQ_GT_CAP",
            Self::NoDemand => "NO_DEMAND",
        }
    }
}
