//! The workspaces of this browser, and the ways to make one.

use super::workspace_row::WorkspaceRow;
use crate::bridge::{Answer, Bridge, Visits, expect};
use crate::i18n::messages::settings;
use crate::i18n::tr;
use crate::parts::failure_text;
use crate::ui::{Button, EmptyState, FourStates, Panel, TextField, ViewState};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::response::WorkspaceSummary;
use protocol::{AppError, Request, Response};

type Listed = Result<Vec<WorkspaceSummary>, AppError>;

#[component]
pub(super) fn WorkspacesPanel() -> impl IntoView {
    let bridge = Bridge::here();
    let asked = RwSignal::new(0_u32);
    let list = RwSignal::new(None::<Listed>);
    let latest = StoredValue::new(0_u32);
    Effect::new(move |_| {
        // Asked again after opening, making or deleting one.
        bridge.workspace.track();
        asked.track();
        let reply = bridge.ask(Request::ListWorkspaces);
        let id = reply.id;
        latest.set_value(id);
        spawn_local(async move {
            let answer = reply.await;
            if latest.try_get_value() == Some(id) {
                list.set(Some(listed(answer)));
            }
        });
    });
    let state = move || match list.get() {
        None => ViewState::Loading,
        Some(Err(error)) => ViewState::Failed(failure_text(&error)),
        Some(Ok(list)) if list.is_empty() => ViewState::Empty,
        Some(Ok(_)) => ViewState::Done,
    };
    let again = move |()| asked.update(|asked| *asked += 1);
    let rows = move || {
        list.get().and_then(Result::ok).map(|list| {
            list.into_iter()
                .map(|summary| view! { <WorkspaceRow summary on_deleted=again/> })
                .collect_view()
        })
    };
    view! {
        <Panel title=settings::WORKSPACES>
            <div class="stack">
                <FourStates
                    state=Signal::derive(state)
                    empty=|| {
                        view! {
                            <EmptyState
                                title=settings::NO_WORKSPACES
                                body=settings::NO_WORKSPACES_BODY
                            />
                        }
                    }
                    on_retry=again
                    unaffected=settings::RETRY_UNAFFECTED
                >
                    <ul class="workspace-list">{rows}</ul>
                </FourStates>
                <NewWorkspace/>
            </div>
        </Panel>
    }
}

fn listed(answer: Result<Answer, AppError>) -> Listed {
    expect(answer, |answer| match answer.response {
        Response::Workspaces(list) => Some(list),
        _ => None,
    })
}

#[component]
fn NewWorkspace() -> impl IntoView {
    let visits = Visits::here();
    let name = RwSignal::new(String::new());
    let create = move |()| {
        let wanted = name.get_untracked().trim().to_owned();
        visits.create_empty(if wanted.is_empty() {
            tr(settings::UNNAMED).to_owned()
        } else {
            wanted
        });
        name.set(String::new());
    };
    let demo = move |()| visits.open_demo("a", tr(settings::DEMO_NAME).to_owned());
    view! {
        <div class="row wrap new-workspace">
            <TextField
                label=settings::NEW_NAME
                value=name
                on_input=move |text| name.set(text)
            />
            <Button label=settings::NEW on_press=create disabled=visits.is_entering/>
            <Button label=settings::OPEN_DEMO on_press=demo disabled=visits.is_entering/>
        </div>
    }
}
