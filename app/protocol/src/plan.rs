//! Messages between coordinator and shards. Inputs and outputs are the one buffer each.

use serde::{Deserialize, Serialize};

/// Coordinator to shard (`Kind::Job`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShardTask {
    /// Compute one partition of one stage.
    Run {
        /// Which plan run; results of a cancelled one are dropped.
        run: u32,
        /// Position of the stage.
        stage: u32,
        /// Partition, 0..64.
        partition: u32,
    },
    /// Forget queued jobs of a run.
    Stop {
        /// Which.
        run: u32,
    },
}

/// Shard to coordinator (`Kind::Done`).
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
