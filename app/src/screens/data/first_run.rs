//! Nothing here yet: two large choices.

use super::ACCEPT;
use super::importing::Importing;
use crate::bridge::Visits;
use crate::i18n::messages::{data, settings};
use crate::i18n::{t, tr};
use crate::ui::{Button, ButtonKind, FileDrop, Icon};
use leptos::prelude::*;

#[component]
pub(super) fn FirstRun(importing: Importing) -> impl IntoView {
    let visits = Visits::here();
    let demo = move |()| visits.open_demo("a", tr(settings::DEMO_NAME).to_owned());
    view! {
        <section class="first-run" data-state="empty" aria-label=t(data::FIRST_TITLE)>
            <div class="panel first-choice">
                <h2 class="object">{t(data::FIRST_DEMO)}</h2>
                <p class="dim">{t(data::FIRST_DEMO_BODY)}</p>
                <Button
                    kind=ButtonKind::Primary
                    icon=Icon::Box
                    label=settings::OPEN_DEMO
                    on_press=demo
                />
            </div>
            <div class="panel first-choice">
                <h2 class="object">{t(data::FIRST_FILES)}</h2>
                <p class="dim">{t(data::FIRST_FILES_BODY)}</p>
                <FileDrop
                    hint=data::DROP_HINT
                    accept=ACCEPT
                    on_files=move |files| importing.take(files)
                />
            </div>
        </section>
    }
}
