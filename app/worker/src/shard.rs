//! A worker that computes partitions for the coordinator.

use crate::scope::{listen, post_to_port};
use engine::plan::{Scratch, Stage, execute};
use protocol::plan::{ShardDone, ShardTask};
use protocol::{Envelope, Kind};
use web_sys::MessagePort;

/// Answers jobs that arrive at the port, in order.
pub fn serve(port: &MessagePort) {
    let mut scratch = Scratch::default();
    let answers = port.clone();
    let handle = move |envelope: Envelope, _ports: Vec<MessagePort>| {
        let Ok(ShardTask {
            run,
            stage,
            partition,
        }) = envelope.open(Kind::Job)
        else {
            return;
        };
        let input = envelope.bufs.first().map(Vec::as_slice).unwrap_or_default();
        let (failed, bufs) = match compute(stage, input, &mut scratch) {
            Ok(output) => (None, vec![output]),
            Err(reason) => (Some(reason), Vec::new()),
        };
        let done = ShardDone {
            run,
            stage,
            partition,
            failed,
        };
        post_to_port(
            &answers,
            &Envelope::wrap(envelope.id, Kind::Done, &done, bufs),
        );
    };
    listen(|function| port.set_onmessage(function), handle);
}

/// Computes one job.
///
/// # Errors
/// The engine's words, for the log.
pub fn compute(stage: u32, input: &[u8], scratch: &mut Scratch) -> Result<Vec<u8>, String> {
    let stage = Stage::ALL
        .get(stage as usize)
        .ok_or_else(|| format!("no stage {stage}"))?;
    execute(*stage, input, scratch).map_err(|error| error.to_string())
}
