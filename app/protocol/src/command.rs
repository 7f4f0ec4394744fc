//! What a user can change, as values.
//!
//! Commands are stored in the journal for ever, so this enum is a disk format: append only.
//! Each is applied by one function (`worker::workspace`) that returns the command undoing it.

use crate::Hash32;
use crate::adjustment::{Adjustment, HistoryWeek, Replacement};
use crate::calendar::EventDates;
use crate::new_items::Launch;
use crate::prices::PriceChange;
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
    /// Makes, changes or removes a change of the forecast.
    AdjustmentSet {
        /// Its number; 0 for a new one, which the coordinator numbers.
        id: u64,
        /// `None` removes it.
        adjustment: Option<Adjustment>,
    },
    /// Replaces a week of history for forecasts, or shows them the original again.
    HistorySet {
        /// Which week.
        place: HistoryWeek,
        /// `None` returns to the original.
        replacement: Option<Replacement>,
    },
    /// Decides how a new item is forecast, or takes the decision back.
    LaunchSet {
        /// SKU code.
        sku: String,
        /// `None` removes it.
        launch: Option<Launch>,
    },
    /// Plans, changes or removes a change of price.
    PriceSet {
        /// Its number; 0 for a new one, which the coordinator numbers.
        id: u64,
        /// `None` removes it.
        change: Option<PriceChange>,
    },
    /// Puts an occurrence of an event on other days, or back.
    EventSet {
        /// Code of the event.
        event: String,
        /// Its first day by the data, or by the recurrence stated there (day number).
        start: i32,
        /// `None` returns to the data's days.
        dates: Option<EventDates>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adjustment::Change;

    fn adjustment() -> Adjustment {
        Adjustment {
            category: Some("c".into()),
            sku: None,
            channel: None,
            region: None,
            from: 1,
            to: 7,
            change: Change::Replace(-1),
            reason: "r".into(),
            author: "a".into(),
            expires: Some(2),
            made_on: 3,
            noted: vec![(1, 2)],
        }
    }

    fn price() -> PriceChange {
        PriceChange {
            category: None,
            sku: None,
            channel: Some("w".into()),
            from: 1,
            to: 2,
            percent: -1,
            reason: "r".into(),
            author: "a".into(),
            made_on: 0,
        }
    }

    fn dates() -> EventDates {
        EventDates {
            from: 2,
            to: 3,
            reason: "r".into(),
            author: "a".into(),
            made_on: 0,
        }
    }

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
            Command::AdjustmentSet {
                id: 7,
                adjustment: Some(adjustment()),
            },
            Command::HistorySet {
                place: HistoryWeek {
                    sku: "s".into(),
                    channel: "c".into(),
                    region: "r".into(),
                    week: 1,
                },
                replacement: None,
            },
            Command::LaunchSet {
                sku: "s".into(),
                launch: None,
            },
            Command::PriceSet {
                id: 3,
                change: Some(price()),
            },
            Command::EventSet {
                event: "e".into(),
                start: 1,
                dates: Some(dates()),
            },
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
        let bytes = postcard::to_stdvec(&commands[5]).unwrap();
        let words = [
            1, 1, 1, b'c', 0, 0, 0, 2, 14, 2, 1, 1, b'r', 1, b'a', 1, 4, 6,
        ];
        let expected = [&[5, 7][..], &words, &[1, 2, 4]].concat();
        assert_eq!(bytes, expected);
        let bytes = postcard::to_stdvec(&commands[8]).unwrap();
        let words = [8, 3, 1, 0, 0, 1, 1, b'w', 2, 4, 1, 1, b'r', 1, b'a', 0];
        assert_eq!(bytes, words);
        let bytes = postcard::to_stdvec(&commands[9]).unwrap();
        assert_eq!(bytes, [9, 1, b'e', 2, 1, 4, 6, 1, b'r', 1, b'a', 0]);
    }
}
