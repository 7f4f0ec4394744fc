//! Requests whose answer is out, and which of them survive a restart of the workers.

use protocol::{AppError, Code, Request};
use std::collections::BTreeMap;

/// Times a request is sent before it counts as the cause of the crashes.
const SENDS_MAX: u32 = 2;

/// One request.
pub(super) struct Asked<T> {
    pub request: Request,
    /// Whether buffers went with it; those are gone with the worker.
    pub has_bufs: bool,
    pub sends: u32,
    pub waiting: T,
}

/// After a crash: what to send again, and what fails.
pub(super) type Restart<T> = (Vec<(u32, Request)>, Vec<(T, AppError)>);

/// All requests whose answer is out, by id.
pub(super) struct Pending<T> {
    asked: BTreeMap<u32, Asked<T>>,
}

impl<T> Default for Pending<T> {
    fn default() -> Self {
        Self {
            asked: BTreeMap::new(),
        }
    }
}

impl<T> Pending<T> {
    pub(super) fn add(&mut self, id: u32, request: Request, has_bufs: bool, waiting: T) {
        self.asked.insert(
            id,
            Asked {
                request,
                has_bufs,
                sends: 1,
                waiting,
            },
        );
    }

    pub(super) fn take(&mut self, id: u32) -> Option<T> {
        self.asked.remove(&id).map(|asked| asked.waiting)
    }

    pub(super) fn contains(&self, id: u32) -> bool {
        self.asked.contains_key(&id)
    }

    /// After a crash: what to send again, in order, and what fails. Every change carries the id of
    /// its operation, so sending it twice applies it once.
    pub(super) fn restart(&mut self) -> Restart<T> {
        let is_lost = |asked: &Asked<T>| {
            asked.has_bufs || asked.sends >= SENDS_MAX || asked.request == Request::Panic
        };
        let lost: Vec<u32> = self
            .asked
            .iter()
            .filter(|(_, asked)| is_lost(asked))
            .map(|(id, _)| *id)
            .collect();
        let failed = lost
            .iter()
            .filter_map(|id| self.take(*id))
            .map(|waiting| (waiting, Code::WorkerCrashed.into()));
        let failed = failed.collect();
        let again = self.asked.iter_mut().map(|(id, asked)| {
            asked.sends += 1;
            (*id, asked.request.clone())
        });
        (again.collect(), failed)
    }

    /// Gives every request up.
    pub(super) fn drain(&mut self) -> Vec<T> {
        std::mem::take(&mut self.asked)
            .into_values()
            .map(|asked| asked.waiting)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::OpId;

    #[test]
    fn a_crash_resends_in_order_and_gives_up_what_cannot_be() {
        let mut pending = Pending::default();
        pending.add(1, Request::RunPlan, false, "plan");
        pending.add(
            2,
            Request::BackupImport {
                otherwise: protocol::WorkspaceId([0; 16]),
            },
            true,
            "file",
        );
        pending.add(3, Request::Undo { op: OpId([1; 16]) }, false, "undo");
        pending.add(4, Request::Panic, false, "panic");
        let (again, failed) = pending.restart();
        assert_eq!(
            again,
            [
                (1, Request::RunPlan),
                (3, Request::Undo { op: OpId([1; 16]) })
            ]
        );
        assert_eq!(
            failed
                .iter()
                .map(|(waiting, _)| *waiting)
                .collect::<Vec<_>>(),
            ["file", "panic"]
        );
        assert_eq!(pending.take(3), Some("undo"));
        let (again, failed) = pending.restart();
        assert_eq!(
            (again.len(), failed.len()),
            (0, 1),
            "what crashed the worker twice is not sent a third time"
        );
    }
}
