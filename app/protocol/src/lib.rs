//! The only format in which the page and its workers speak.
//!
//! A message is an [`Envelope`]: a small postcard head and a list of byte buffers.
//! Bulk columns travel in the buffers, which a browser *transfers* instead of copying;
//! the head only says what the buffers hold (see [`columns`]).
//!
//! Adding a message = one variant **at the end** of [`Request`], [`Response`], [`Event`] or
//! [`View`]. The variant order is the wire format, and that of [`Command`] is also a disk
//! format: never reorder or remove.

mod accuracy;
pub mod adjustment;
pub mod calendar;
mod card;
mod classes;
pub mod columns;
pub mod command;
pub mod envelope;
pub mod error;
pub mod event;
pub mod explain;
pub mod gate;
mod home;
pub mod ids;
pub mod io;
#[cfg(feature = "js")]
pub mod js;
pub mod new_items;
mod packed;
pub mod plan;
pub mod prices;
pub mod request;
pub mod response;
pub mod signals;
pub mod storage;
pub mod text;
pub mod view;

pub use columns::{Column, ColumnData, ColumnHead};
pub use command::{Command, ProposalStatus};
pub use envelope::{Envelope, Kind, WireError};
pub use error::{AppError, Code, Severity};
pub use event::{Event, Phase, ViewKind};
pub use ids::{Hash32, OpId, WorkspaceId};
pub use packed::Packed;
pub use request::{Request, Role, WorkspaceSource};
pub use response::{Reply, Response};
pub use storage::{Health, Mode, StorageStatus, WitnessVerdict};
pub use view::{View, ViewData};

/// Version of the messages; page and worker of one build always agree, an embedding page or a
/// service-worker-cached half of another build may not.
pub const VERSION: u16 = 1;
