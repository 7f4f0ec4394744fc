//! Plans again whenever data or decisions change, and tells the frame how it goes.

use super::{Answer, Bridge};
use crate::i18n::messages::shell;
use crate::state::{Freshness, FreshnessStep, Job, Jobs};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Code, Hash32, Request, Response, View, ViewData, ViewKind};

/// Hexadecimal digits of a hash in the frame.
const SHORT_HASH: usize = 4;

/// Runs the plan when a workspace opens and whenever its data or decisions change; a newer run replaces an older one.
pub(super) fn keep_planned(bridge: Bridge) {
    let jobs = Jobs::here();
    let inputs = [ViewKind::Data, ViewKind::Adjustments].map(|kind| bridge.version(kind));
    let running = StoredValue::new(None::<(u32, Job)>);
    Effect::new(move |_| {
        inputs.iter().for_each(Track::track);
        if bridge.workspace.get().is_some() {
            start(bridge, jobs, running);
        }
    });
    Effect::new(move |_| {
        let (request, done, total) = bridge.progress.get();
        if let Some((id, job)) = running.get_value()
            && id == request
        {
            job.progress
                .set((done, Some(total).filter(|total| *total > 0)));
        }
    });
}

fn start(bridge: Bridge, jobs: Jobs, running: StoredValue<Option<(u32, Job)>>) {
    if let Some((_, job)) = running.get_value() {
        jobs.finish(job.id);
    }
    let reply = bridge.ask(Request::RunPlan);
    let id = reply.id;
    let job = jobs.start(
        shell::PLANNING,
        Some(Callback::new(move |()| bridge.cancel(id))),
    );
    running.set_value(Some((id, job)));
    show(bridge, Freshness::Running);
    spawn_local(async move {
        let result = reply.await;
        jobs.finish(job.id);
        match result {
            Ok(Answer {
                response: Response::Planned { plan_hash, .. },
                ..
            }) => planned(bridge, plan_hash).await,
            Ok(_) => show(bridge, Freshness::Stale),
            Err(error) if error.code == Code::EngineRefused => show(bridge, Freshness::Empty),
            Err(error) if error.code == Code::Cancelled => {}
            Err(error) => {
                leptos::logging::warn!("{error}");
                show(bridge, Freshness::Stale);
            }
        }
    });
}

async fn planned(bridge: Bridge, plan_hash: Hash32) {
    show(bridge, Freshness::Fresh);
    bridge.plan_hash.set(Some(plan_hash.to_string()));
    let hash: String = plan_hash.to_string().chars().take(SHORT_HASH).collect();
    bridge.frame.snapshot.set(Some(hash));
    let Ok(answer) = bridge.view(View::Kpis).await else {
        return;
    };
    if let Response::View(data) = answer.response
        && let ViewData::Kpis {
            as_of, currency, ..
        } = *data
    {
        bridge.frame.as_of.set(Some(as_of));
        bridge.frame.currency.set(currency);
    }
}

fn show(bridge: Bridge, state: Freshness) {
    let step = FreshnessStep {
        name: shell::PLAN,
        state,
        note: String::new(),
    };
    bridge.frame.freshness.set(vec![step]);
}
