//! Offers a newer version of the app once it waits: it takes over when asked, and no job runs then.

use crate::bridge::assets;
use crate::i18n::messages::shell;
use crate::state::Jobs;
use crate::ui::{Banner, Button};
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;

/// Fired by boot.js on the window.
const READY: &str = "ballast:update-ready";

#[component]
pub(super) fn Update() -> impl IntoView {
    let jobs = Jobs::here();
    let ready = RwSignal::new(assets::is_update_ready());
    let listener = window_event_listener_untyped(READY, move |_| ready.set(true));
    on_cleanup(move || listener.remove());
    let busy = Signal::derive(move || !jobs.list().is_empty());
    move || {
        ready.get().then(|| {
            view! {
                <Banner text=shell::UPDATE_READY>
                    <Button
                        small=true
                        label=shell::UPDATE
                        disabled=busy
                        hint=shell::UPDATE_HINT
                        on_press=|()| assets::apply_update()
                    />
                </Banner>
            }
        })
    }
}
