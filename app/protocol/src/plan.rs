//! Messages between coordinator and shards. Inputs and outputs are the one buffer each.

use serde::{Deserialize, Serialize};

/// Coordinator to shard (`Kind::Job`): compute one partition of one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardTask {
    /// Which plan run.
    pub run: u32,
    /// Position of the stage.
    pub stage: u32,
    /// Partition, 0..64.
    pub partition: u32,
}

/// Shard to coordinator (`Kind::Done`). Results of a cancelled run are dropped on arrival.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardDone {
    /// Which plan run.
    pub run: u32,
    /// Position of the stage.
    pub stage: u32,
    /// Partition, 0..64.
    pub partition: u32,
    /// Why there is no result, if there is none.
    pub failed: Option<String>,
}
