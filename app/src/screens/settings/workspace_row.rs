//! One workspace of the list: open it, or delete it after a question.

use crate::bridge::{Bridge, Visits};
use crate::i18n::messages::{kit, settings};
use crate::i18n::{fill, local_time, t, tr};
use crate::ui::{Badge, BadgeTone, Button, ButtonKind, Dialog, Icon};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::WitnessVerdict;
use protocol::response::WorkspaceSummary;

#[component]
pub(super) fn WorkspaceRow(
    summary: WorkspaceSummary,
    #[prop(into)] on_deleted: Callback<()>,
) -> impl IntoView {
    let (bridge, visits) = (Bridge::here(), Visits::here());
    let WorkspaceSummary {
        workspace: id,
        name: given,
        verdict,
        saved_ms,
    } = summary;
    let name = Signal::derive(move || match given.as_str() {
        "" => tr(settings::UNNAMED).to_owned(),
        given => given.to_owned(),
    });
    let is_open = Memo::new(move |_| bridge.workspace.get() == Some(id));
    let saved = move || {
        let when = saved_ms.map(local_time);
        when.map(|when| fill(settings::SAVED_AT, &[("when", &when)]))
    };
    let is_sound = matches!(verdict, WitnessVerdict::Fresh | WitnessVerdict::Agrees);
    let asking = RwSignal::new(false);
    let delete = move |()| {
        asking.set(false);
        spawn_local(async move {
            visits.delete(id).await;
            on_deleted.run(());
        });
    };
    view! {
        <li class="row">
            <span class="grow cut strong" title=name>{name}</span>
            {(!is_sound)
                .then(|| {
                    view! { <Badge tone=BadgeTone::Bad icon=Icon::Warning label=settings::LOST/> }
                })}
            <span class="micro faint nowrap">{saved}</span>
            <Show
                when=move || is_open.get()
                fallback=move || view! {
                    <Button
                        small=true
                        label=settings::OPEN
                        hint=named(settings::OPEN_ONE, name)
                        on_press=move |()| visits.open(id)
                        disabled=visits.is_entering
                    />
                }
            >
                <Badge tone=BadgeTone::Good icon=Icon::Check label=settings::OPEN_NOW/>
            </Show>
            <Button
                small=true
                kind=ButtonKind::Quiet
                label=settings::DELETE
                hint=named(settings::DELETE_ONE, name)
                on_press=move |()| asking.set(true)
            />
            <Dialog
                open=asking
                on_close=move |()| asking.set(false)
                title=named(settings::DELETE_TITLE, name)
            >
                <p>{t(settings::DELETE_BODY)}</p>
                <div class="dialog-actions">
                    <Button label=kit::CANCEL on_press=move |()| asking.set(false)/>
                    <Button kind=ButtonKind::Danger label=settings::DELETE on_press=delete/>
                </div>
            </Dialog>
        </li>
    }
}

fn named(message: crate::i18n::Msg, name: Signal<String>) -> Signal<String> {
    Signal::derive(move || fill(message, &[("name", &name.get())]))
}
