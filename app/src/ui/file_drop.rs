//! The place to drop files on, with a button for those who do not drag.

use super::{Icon, IconView};
use crate::i18n::messages::kit;
use crate::i18n::t;
use leptos::html;
use leptos::prelude::*;

/// Takes files by drop, by button or by keyboard. `accept` as the file input reads it.
#[component]
pub fn FileDrop(
    #[prop(into)] hint: Signal<String>,
    accept: &'static str,
    #[prop(into)] on_files: Callback<Vec<web_sys::File>>,
) -> impl IntoView {
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let hand_over = move |list: Option<web_sys::FileList>| {
        let files = list.as_ref().map(list_of).unwrap_or_default();
        if !files.is_empty() {
            on_files.run(files);
        }
    };
    let picked = move |_| {
        if let Some(input) = input.get_untracked() {
            hand_over(input.files());
            input.set_value("");
        }
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        hand_over(event.data_transfer().and_then(|data| data.files()));
    };
    view! {
        <div
            class="drop"
            data-over=move || over.get().then_some("true")
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <IconView icon=Icon::Upload/>
            <p class="strong">{t(kit::DROP)}</p>
            <p class="dense faint">{hint}</p>
            <label class="button drop-button">
                {t(kit::CHOOSE)}
                <input
                    class="only-heard"
                    type="file"
                    multiple=true
                    accept=accept
                    node_ref=input
                    on:change=picked
                />
            </label>
        </div>
    }
}

fn list_of(files: &web_sys::FileList) -> Vec<web_sys::File> {
    (0..files.length())
        .filter_map(|index| files.get(index))
        .collect()
}
