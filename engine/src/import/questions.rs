//! What a proposal leaves to the user.

use serde::{Deserialize, Serialize};

/// One thing to decide before an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Which table is it?
    Table {
        /// Whether nothing fitted at all.
        is_unknown: bool,
    },
    /// Which column, or which constant, fills this required one?
    Required {
        /// Canonical column.
        column: String,
    },
    /// Is this the right value for every row?
    Constant {
        /// Canonical column.
        column: String,
        /// Proposed value.
        value: String,
    },
    /// Is this column what it seems?
    Column {
        /// Header in the file.
        header: String,
    },
    /// Does a comma or a point stand before decimals?
    DecimalMark {
        /// A number that reads two ways.
        example: String,
    },
    /// Does the day or the month come first?
    DateOrder {
        /// A date that reads two ways.
        example: String,
    },
    /// What does this word mean?
    Word {
        /// Canonical column.
        column: String,
        /// Word of the file.
        word: String,
    },
}

impl Question {
    /// Whether nothing useful can be imported before it is answered.
    pub const fn is_blocking(&self) -> bool {
        match self {
            Self::Table { is_unknown } => *is_unknown,
            Self::Required { .. } | Self::DecimalMark { .. } | Self::DateOrder { .. } => true,
            Self::Constant { .. } | Self::Column { .. } | Self::Word { .. } => false,
        }
    }
}
