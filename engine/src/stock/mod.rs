//! Stock: buckets, what is available, what is on its way, what moved and what can be promised.

mod bucket;
mod ledger;
mod movement;
mod pegging;
mod picture;
mod position;
mod promise;
mod replay;

pub use bucket::Bucket;
pub use ledger::{Ledger, MovementError, Refusal};
pub use movement::{Change, Document, Flow, Movement, MovementCode};
pub use pegging::{
    Commitment, NamedPromise, Peg, Pegging, Supply, daily_promises, peg, promise_date, supplies,
};
pub use picture::{Picture, Slot};
pub use position::{Arrival, Position, Positions};
pub use promise::{PromiseError, Promises};
pub use replay::{Gap, LogEntry, MovementLog, Replay, Unread, UnreadReason};
