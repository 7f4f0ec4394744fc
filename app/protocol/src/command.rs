//! What a user can change, as values.
//!
//! Commands are stored in the journal for ever, so this enum is a disk format: append only.
//! Each is applied by one function (`worker::workspace`) that returns the command undoing it.

use crate::Hash32;
use serde::{Deserialize, Serialize};

/// Version written beside every journalled command.
pub const COMMAND_SCHEMA: u16 = 1;

/// What was decided about an order proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProposalStatus {
    /// As the engine made it.
    Open,
    /// To be ordered.
    Approved,
    /// Not to be ordered.
    Rejected,
    /// Hidden until the next plan.
    Snoozed,
}

/// One change of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Makes a staged import part of the data.
    ImportApply {
        /// The batch `Request::ImportStage` returned.
        batch: Hash32,
    },
    /// Takes an import out of the data again.
    ImportUndo {
        /// An applied batch.
        batch: Hash32,
    },
    /// Decides about a proposal.
    ProposalStatus {
        /// The proposal's id in the plan.
        proposal: String,
        /// The decision; `Open` forgets it.
        status: ProposalStatus,
        /// Quantity in thousandths of the base unit when the user changed it.
        quantity: Option<i64>,
    },
    /// Sets or clears a setting of the workspace.
    SettingSet {
        /// Name of the setting.
        key: String,
        /// `None` returns to the default.
        value: Option<String>,
    },
    /// Renames the workspace.
    WorkspaceRename {
        /// The new name.
        name: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first byte of a stored command, by name: changing one would misread every journal.
    #[test]
    fn commands_keep_their_discriminants() {
        let batch = Hash32([1; 32]);
        let status = ProposalStatus::Snoozed;
        let commands = [
            Command::ImportApply { batch },
            Command::ImportUndo { batch },
            Command::ProposalStatus {
                proposal: "p".into(),
                status,
                quantity: Some(-1),
            },
            Command::SettingSet {
                key: "k".into(),
                value: None,
            },
            Command::WorkspaceRename { name: "n".into() },
        ];
        for (discriminant, command) in (0_u8..).zip(&commands) {
            let bytes = postcard::to_stdvec(command).unwrap();
            assert_eq!(bytes[0], discriminant, "{command:?}");
            assert_eq!(
                postcard::from_bytes::<Command>(&bytes).as_ref(),
                Ok(command)
            );
        }
        let bytes = postcard::to_stdvec(&commands[2]).unwrap();
        assert_eq!(bytes, [2, 1, b'p', 3, 1, 1]);
    }
}
