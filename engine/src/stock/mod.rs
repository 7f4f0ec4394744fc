//! Stock: buckets, what is available, what is on its way.

mod bucket;
mod position;

pub use bucket::Bucket;
pub use position::{Arrival, Position, Positions};
