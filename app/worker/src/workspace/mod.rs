//! What a workspace is: the result of its operations, in order.
//!
//! Pure and deterministic: replaying the same journal gives the same bytes anywhere.

pub mod batch;
mod hand;
pub(crate) mod keywords;
pub mod op;
mod past;

pub use batch::BatchInfo;
pub use hand::{Hand, fault};
pub use op::Op;
pub use past::{Past, PastGesture};

use engine::plan::adjust::Stockouts;
use protocol::adjustment::{STOCKOUT_AS_SOLD, STOCKOUT_SETTING};
use protocol::event::ViewKind;
use protocol::explain::{STREAM_OFF, STREAM_SETTING};
use protocol::{AppError, Code, Command, Hash32, ProposalStatus};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A decision about a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What was decided.
    pub status: ProposalStatus,
    /// Changed quantity in thousandths.
    pub quantity: Option<i64>,
}

/// A batch the workspace has seen. It keeps its place when it is taken out and put back, so
/// that undoing an undo gives the very same data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownBatch {
    /// What it holds.
    pub info: BatchInfo,
    /// Operation that applied it last; `None` = not part of the data.
    pub applied_by: Option<u64>,
}

/// Everything that is not imported data or computed from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Shown name; empty = unnamed, which is where undoing the first rename leads.
    pub name: String,
    /// Settings that differ from their defaults.
    pub settings: BTreeMap<String, String>,
    /// Decisions that differ from `Open`.
    pub decisions: BTreeMap<String, Decided>,
    /// Batches in the order they became known.
    pub batches: Vec<KnownBatch>,
    /// What undo and redo offer.
    pub past: Past,
    /// Decisions about history and forecast. Stored behind the rest, and only if there are any:
    /// states from before there were any are read, and keep their hashes.
    #[serde(skip)]
    pub hand: Hand,
}

impl Workspace {
    /// Stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = postcard::to_stdvec(self).unwrap_or_default();
        if !self.hand.is_empty() {
            bytes.append(&mut postcard::to_stdvec(&self.hand).unwrap_or_default());
        }
        if self.hand.has_more() {
            bytes.append(&mut postcard::to_stdvec(&self.hand.launches).unwrap_or_default());
        }
        if !self.hand.prices.is_empty() || !self.hand.events.is_empty() {
            bytes.append(&mut postcard::to_stdvec(&self.hand.prices).unwrap_or_default());
        }
        if !self.hand.events.is_empty() {
            bytes.append(&mut postcard::to_stdvec(&self.hand.events).unwrap_or_default());
        }
        bytes
    }

    /// Reads the stored form; `None` if it is none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (mut workspace, rest): (Self, _) = postcard::take_from_bytes(bytes).ok()?;
        if !rest.is_empty() {
            let (hand, rest) = postcard::take_from_bytes(rest).ok()?;
            workspace.hand = hand;
            if !rest.is_empty() {
                let (launches, rest) = postcard::take_from_bytes(rest).ok()?;
                workspace.hand.launches = launches;
                if !rest.is_empty() {
                    let (prices, rest) = postcard::take_from_bytes(rest).ok()?;
                    workspace.hand.prices = prices;
                    if !rest.is_empty() {
                        workspace.hand.events = postcard::from_bytes(rest).ok()?;
                    }
                }
            }
        }
        Some(workspace)
    }

    /// Equal states have equal hashes.
    #[must_use]
    pub fn hash(&self) -> Hash32 {
        crate::store::chunks::hash(&self.to_bytes())
    }

    /// What was decided about history and forecast, in the engine's terms.
    #[must_use]
    pub fn decided(&self) -> engine::plan::adjust::Decisions {
        let counts = |stream: &str| {
            let key = [STREAM_SETTING, stream].concat();
            self.settings.get(&key).is_none_or(|it| it != STREAM_OFF)
        };
        engine::plan::adjust::Decisions {
            streams: engine::plan::Streams {
                has_events: counts("events"),
                has_signals: counts("signals"),
                has_prices: counts("price"),
                has_campaign: counts("campaign"),
                has_pipeline: counts("pipeline"),
            },
            stockouts: match self.settings.get(STOCKOUT_SETTING) {
                Some(value) if value == STOCKOUT_AS_SOLD => Stockouts::AsSold,
                _ => Stockouts::Uncensored,
            },
            ..self.hand.decisions()
        }
    }

    /// Batches that are part of the data, in order.
    pub fn applied(&self) -> impl Iterator<Item = &KnownBatch> {
        self.batches
            .iter()
            .filter(|batch| batch.applied_by.is_some())
    }

    /// Whether a batch is part of the data.
    #[must_use]
    pub fn is_applied(&self, batch: Hash32) -> bool {
        self.applied().any(|known| known.info.batch() == batch)
    }

    /// Changes the workspace and returns the command that changes it back.
    ///
    /// # Errors
    /// `AlreadyImported`, `UnknownBatch`; nothing is changed then.
    pub fn apply(&mut self, seq: u64, command: &Command) -> Result<Command, AppError> {
        match command {
            Command::ImportApply { batch } => self.apply_batch(*batch, Some(seq)),
            Command::ImportUndo { batch } => self.apply_batch(*batch, None),
            Command::ProposalStatus {
                proposal,
                status,
                quantity,
            } => Ok(self.decide(
                proposal,
                Decided {
                    status: *status,
                    quantity: *quantity,
                },
            )),
            Command::SettingSet { key, value } => {
                let before = match value {
                    Some(value) => self.settings.insert(key.clone(), value.clone()),
                    None => self.settings.remove(key),
                };
                Ok(Command::SettingSet {
                    key: key.clone(),
                    value: before,
                })
            }
            Command::WorkspaceRename { name } => {
                let before = std::mem::replace(&mut self.name, name.clone());
                Ok(Command::WorkspaceRename { name: before })
            }
            Command::AdjustmentSet { id, adjustment } => {
                Ok(self.hand.adjust(*id, adjustment.as_ref()))
            }
            Command::HistorySet { place, replacement } => {
                Ok(self.hand.replace(place, replacement.as_ref()))
            }
            Command::LaunchSet { sku, launch } => Ok(self.hand.launch(sku, launch.as_ref())),
            Command::PriceSet { id, change } => Ok(self.hand.price(*id, change.as_ref())),
            Command::EventSet {
                event,
                start,
                dates,
            } => Ok(self.hand.event((event, *start), dates.as_ref())),
        }
    }

    fn apply_batch(&mut self, batch: Hash32, applied_by: Option<u64>) -> Result<Command, AppError> {
        let source = |known: &KnownBatch| known.info.source;
        let Some(index) = self
            .batches
            .iter()
            .position(|known| known.info.batch() == batch)
        else {
            return Err(AppError::new(Code::UnknownBatch).with("batch", batch));
        };
        let wanted = self.batches.get(index).map(source);
        let is_twin = |known: &KnownBatch| Some(source(known)) == wanted;
        if applied_by.is_some() && self.applied().any(is_twin) {
            return Err(AppError::new(Code::AlreadyImported).with("batch", batch));
        }
        let known = self
            .batches
            .get_mut(index)
            .filter(|known| known.applied_by.is_some() != applied_by.is_some());
        let known = known.ok_or_else(|| AppError::new(Code::UnknownBatch).with("batch", batch))?;
        known.applied_by = applied_by;
        Ok(match applied_by {
            Some(_) => Command::ImportUndo { batch },
            None => Command::ImportApply { batch },
        })
    }

    fn decide(&mut self, proposal: &str, decided: Decided) -> Command {
        let open = Decided {
            status: ProposalStatus::Open,
            quantity: None,
        };
        let before = if decided == open {
            self.decisions.remove(proposal)
        } else {
            self.decisions.insert(proposal.to_owned(), decided)
        };
        let Decided { status, quantity } = before.unwrap_or(open);
        Command::ProposalStatus {
            proposal: proposal.to_owned(),
            status,
            quantity,
        }
    }
}

/// Which views a command makes stale.
#[must_use]
pub fn dirty(command: &Command) -> &'static [ViewKind] {
    match command {
        Command::ImportApply { .. } | Command::ImportUndo { .. } => &[
            ViewKind::Data,
            ViewKind::Plan,
            ViewKind::Proposals,
            ViewKind::Storage,
        ],
        Command::ProposalStatus { .. } => &[ViewKind::Proposals, ViewKind::Storage],
        Command::SettingSet { key, .. } if keywords::is_word(key) => &[
            ViewKind::Settings,
            ViewKind::Data,
            ViewKind::Plan,
            ViewKind::Proposals,
            ViewKind::Storage,
        ],
        Command::SettingSet { key, .. }
            if key.starts_with(STREAM_SETTING) || key == STOCKOUT_SETTING =>
        {
            &[
                ViewKind::Settings,
                ViewKind::Adjustments,
                ViewKind::Plan,
                ViewKind::Storage,
            ]
        }
        Command::SettingSet { .. } => &[ViewKind::Settings, ViewKind::Plan, ViewKind::Storage],
        Command::WorkspaceRename { .. } => &[ViewKind::Settings, ViewKind::Storage],
        Command::AdjustmentSet { .. } | Command::PriceSet { .. } => {
            &[ViewKind::Adjustments, ViewKind::Plan, ViewKind::Storage]
        }
        Command::HistorySet { .. } => &[ViewKind::Adjustments, ViewKind::Storage],
        // They change the data that a plan is made of: goods that only a decision knows, days of events.
        Command::LaunchSet { .. } | Command::EventSet { .. } => &[
            ViewKind::Data,
            ViewKind::Adjustments,
            ViewKind::Plan,
            ViewKind::Proposals,
            ViewKind::Storage,
        ],
    }
}
