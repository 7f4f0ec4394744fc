//! File, columns and open questions beside each other.

use super::draft::sample;
use super::importing::Importing;
use super::mapping_table::MappingPanel;
use super::preview::PreviewPanel;
use super::questions::QuestionsPanel;
use super::reused::ReusedBanner;
use crate::i18n::messages::data;
use crate::i18n::t;
use crate::ui::{Button, ButtonKind};
use leptos::prelude::*;
use protocol::io::OpenedFile;

#[component]
pub(super) fn MappingStep(importing: Importing) -> impl IntoView {
    let is_ready = Memo::new(move |_| {
        importing
            .draft
            .with(|draft| draft.as_ref().is_some_and(super::draft::Draft::is_ready))
    });
    // Drawing the table is most of the work of this step: it comes a frame after the rest.
    let is_next_frame = RwSignal::new(false);
    request_animation_frame(move || {
        is_next_frame.try_set(true);
    });
    let table = move || {
        let opened = importing.opened.get().filter(|_| is_next_frame.get());
        opened
            .map(|opened| view! { <MappingPanel draft=importing.draft columns=columns(&opened)/> })
    };
    view! {
        <ReusedBanner importing/>
        <div class="mapping-columns">
            <div class="stack">
                <PreviewPanel importing/>
                {table}
            </div>
            <QuestionsPanel draft=importing.draft/>
        </div>
        <footer class="row wizard-foot">
            <span class="grow dim" role="status">
                {move || (!is_ready.get()).then(|| t(data::QUESTIONS))}
            </span>
            <Button
                kind=ButtonKind::Primary
                label=data::NEXT
                disabled=Signal::derive(move || !is_ready.get())
                on_press=move |()| importing.stage()
            />
        </footer>
    }
}

/// Header and first values of each column of the file.
fn columns(opened: &OpenedFile) -> Vec<(String, String)> {
    let columns = opened.proposal.columns.iter().enumerate();
    columns
        .map(|(index, column)| (column.header.clone(), sample(&opened.rows, index)))
        .collect()
}
