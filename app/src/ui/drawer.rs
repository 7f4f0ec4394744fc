//! The detail of a row, over the right side of the list, while the list stays usable.

use super::{Icon, IconButton};
use crate::i18n::messages::kit;
use leptos::html;
use leptos::prelude::*;

/// A drawer. Opening moves the focus into it; Escape or its button closes it and gives the focus back.
#[component]
pub fn Drawer(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] title: Signal<String>,
    /// Words and badges beside the title.
    #[prop(optional, into)]
    beside: ViewFn,
    /// The row of actions at the bottom.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    children: ChildrenFn,
) -> impl IntoView {
    let panel = NodeRef::<html::Aside>::new();
    let opener = StoredValue::new_local(None::<web_sys::HtmlElement>);
    Effect::new(move || {
        if let (true, Some(panel)) = (open.get(), panel.get()) {
            let before = focused();
            // The effect runs again when the panel is in the page; the focus is in it by then.
            let is_inside = before
                .as_ref()
                .is_some_and(|element| panel.contains(Some(element)));
            if !is_inside {
                opener.set_value(before);
                super::focus(&panel);
            }
        }
    });
    let close = move || {
        on_close.run(());
        if let Some(element) = opener.get_value() {
            super::focus(&element);
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            close();
        }
    };
    let shown = move || {
        let (children, beside, actions) = (children.clone(), beside.clone(), actions.clone());
        open.get().then(|| {
            view! {
                <aside class="drawer" tabindex="-1" aria-label=title node_ref=panel on:keydown=keys>
                    <header class="drawer-head">
                        <h2 class="object">{title}</h2>
                        // In closures of their own: what they read does not build the drawer anew.
                        {move || beside.run()}
                        <span class="grow"></span>
                        <IconButton icon=Icon::Close label=kit::CLOSE on_press=move |()| close()/>
                    </header>
                    <div class="drawer-body">{children()}</div>
                    {actions.map(|actions| view! { <footer class="drawer-foot">{move || actions.run()}</footer> })}
                </aside>
            }
        })
    };
    view! { {shown} }
}

fn focused() -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    document()
        .active_element()
        .and_then(|element| element.dyn_into().ok())
}
