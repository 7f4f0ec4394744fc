//! The command palette: type a few letters, press Enter.

use super::{Dialog, Icon, IconView, unique_id};
use crate::i18n::messages::kit;
use crate::i18n::t;
use leptos::html;
use leptos::prelude::*;

/// One line of the palette.
#[derive(Clone)]
pub struct PaletteItem {
    pub group: String,
    pub title: String,
    pub detail: String,
    pub icon: Icon,
    pub keys: String,
    pub run: Callback<()>,
}

/// The palette over `items`, which the caller filters and orders by `query`.
#[component]
pub fn CommandPalette(
    open: RwSignal<bool>,
    query: RwSignal<String>,
    #[prop(into)] items: Signal<Vec<PaletteItem>>,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] placeholder: Signal<String>,
) -> impl IntoView {
    let chosen = RwSignal::new(0usize);
    let close = move || {
        open.set(false);
        query.set(String::new());
        chosen.set(0);
    };
    let run = move |index: usize| {
        let item = items.with_untracked(|items| items.get(index).cloned());
        if let Some(item) = item {
            close();
            item.run.run(());
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let count = items.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => chosen.update(|now| *now = (*now + 1) % count.max(1)),
            "ArrowUp" => {
                chosen.update(|now| *now = (*now + count.saturating_sub(1)) % count.max(1))
            }
            "Enter" => run(chosen.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <Dialog open on_close=move |()| close() title=label bare=true>
            <PaletteBody query items label placeholder chosen run=Callback::new(run) keys=Callback::new(keys)/>
        </Dialog>
    }
}

#[component]
fn PaletteBody(
    query: RwSignal<String>,
    items: Signal<Vec<PaletteItem>>,
    label: Signal<String>,
    placeholder: Signal<String>,
    chosen: RwSignal<usize>,
    run: Callback<usize>,
    keys: Callback<leptos::ev::KeyboardEvent>,
) -> impl IntoView {
    let list_id = unique_id("palette");
    let (owned, option_id) = (list_id.clone(), list_id.clone());
    let active = move || {
        items.with(|items| (!items.is_empty()).then(|| format!("{option_id}-{}", chosen.get())))
    };
    let prefix = list_id.clone();
    let input = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = input.get() {
            request_animation_frame(move || super::focus(&input));
        }
    });
    view! {
        <div class="palette">
            <label class="palette-box">
                <IconView icon=Icon::Search/>
                <input
                    type="text"
                    role="combobox"
                    node_ref=input
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls=owned
                    aria-activedescendant=active
                    aria-label=label
                    placeholder=placeholder
                    prop:value=query
                    on:input=move |event| {
                        query.set(event_target_value(&event));
                        chosen.set(0);
                    }
                    on:keydown=move |event| keys.run(event)
                />
            </label>
            <ul class="palette-list" role="listbox" aria-label=label id=list_id>
                {move || {
                    let items = items.get();
                    if items.is_empty() {
                        return view! { <li class="palette-none">{t(kit::NO_MATCH)}</li> }.into_any();
                    }
                    palette_lines(&prefix, items, chosen, run)
                }}
            </ul>
        </div>
    }
}

fn palette_lines(
    prefix: &str,
    items: Vec<PaletteItem>,
    chosen: RwSignal<usize>,
    run: Callback<usize>,
) -> AnyView {
    let mut group = String::new();
    items
        .into_iter()
        .enumerate()
        .map(|(index, item)| {
            let heading = (item.group != group).then(|| item.group.clone());
            group.clone_from(&item.group);
            view! {
                {heading.map(|heading| view! { <li class="palette-group" role="presentation">{heading}</li> })}
                <li
                    id=format!("{prefix}-{index}")
                    class="palette-item"
                    role="option"
                    aria-selected=move || if chosen.get() == index { "true" } else { "false" }
                    on:pointermove=move |_| {
                        if chosen.get_untracked() != index {
                            chosen.set(index);
                        }
                    }
                    on:click=move |_| run.run(index)
                >
                    <IconView icon=item.icon/>
                    <span class="grow cut">{item.title}</span>
                    <span class="dense faint">{item.detail}</span>
                    {(!item.keys.is_empty()).then(|| view! { <kbd>{item.keys}</kbd> })}
                </li>
            }
        })
        .collect_view()
        .into_any()
}
