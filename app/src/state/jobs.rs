//! Work running in the background, with progress and a way to stop it.

use super::from_context;
use leptos::prelude::*;

/// The identity of a job.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JobId(u32);

/// One running job.
#[derive(Clone, Copy)]
pub struct Job {
    pub id: JobId,
    pub label: Signal<String>,
    /// Units done and, when known, units in all.
    pub progress: RwSignal<(u64, Option<u64>)>,
    pub cancel: Option<Callback<()>>,
}

/// Every running job, oldest first.
#[derive(Clone, Copy)]
pub struct Jobs {
    list: RwSignal<Vec<Job>>,
    next: StoredValue<u32>,
    owner: StoredValue<Option<Owner>>,
}
from_context!(Jobs);

impl Jobs {
    pub(super) fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            owner: StoredValue::new(Owner::current()),
        }
    }

    /// The running jobs; tracked.
    pub fn list(self) -> Vec<Job> {
        self.list.get()
    }

    /// Adds a job; finish it with [`Jobs::finish`].
    pub fn start(self, label: impl Into<Signal<String>>, cancel: Option<Callback<()>>) -> Job {
        let id = JobId(self.next.get_value());
        self.next.set_value(id.0.wrapping_add(1));
        // A job outlives the button that started it: its signals belong to the app.
        let make = || (label.into(), RwSignal::new((0, None)));
        let (label, progress) = match self.owner.get_value() {
            Some(owner) => owner.with(make),
            None => make(),
        };
        let job = Job {
            id,
            label,
            progress,
            cancel,
        };
        self.list.update(|list| list.push(job));
        job
    }

    /// Removes a job that is done, failed or cancelled.
    pub fn finish(self, id: JobId) {
        self.list.update(|list| list.retain(|job| job.id != id));
    }
}
