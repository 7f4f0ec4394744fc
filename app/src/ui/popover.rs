//! A small panel under its button: menus, filters, explanations.

use super::{Icon, IconView, unique_id};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A button that opens a panel in the top layer; a click elsewhere or Escape closes it.
#[component]
pub fn Popover(
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] icon: Option<Icon>,
    /// Only the icon is shown; the word is heard.
    #[prop(optional)]
    icon_only: bool,
    children: Children,
) -> impl IntoView {
    let id = unique_id("popover");
    let (sides, top) = (
        RwSignal::new((String::new(), String::new())),
        RwSignal::new(0.0),
    );
    let button = NodeRef::<html::Button>::new();
    let place = move |_| {
        if let Some(button) = button.get_untracked() {
            let frame = button.get_bounding_client_rect();
            let width = window().inner_width().ok().and_then(|width| width.as_f64());
            let width = width.unwrap_or(f64::MAX);
            let auto = || AUTO.to_owned();
            sides.set(if frame.left() + PANEL_WIDTH_MAX > width {
                (auto(), format!("{}px", (width - frame.right()).max(8.0)))
            } else {
                (format!("{}px", frame.left().max(8.0)), auto())
            });
            top.set(frame.bottom() + 4.0);
        }
    };
    view! {
        <button
            type="button"
            node_ref=button
            class="button"
            class:button-icon=icon_only
            aria-haspopup="dialog"
            title=move || icon_only.then(|| label.get())
            popovertarget=id.clone()
            on:click=place
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class:only-heard=icon_only>{label}</span>
        </button>
        <div
            id=id
            class="popover"
            popover="auto"
            aria-label=label
            role="dialog"
            style:left=move || sides.get().0
            style:right=move || sides.get().1
            style:top=move || format!("{}px", top.get())
        >
            {children()}
        </div>
    }
}

/// Closes the open panel, after a choice in it.
pub fn close_popovers() {
    let open = document().query_selector(".popover:popover-open");
    let panel = open.ok().flatten();
    if let Some(panel) = panel.and_then(|panel| panel.dyn_into::<web_sys::HtmlElement>().ok())
        && panel.hide_popover().is_err()
    {
        leptos::logging::warn!("a panel did not close");
    }
}

/// A panel that would not fit to the right of its button's start ends where the button ends.
const PANEL_WIDTH_MAX: f64 = 328.0;
const AUTO: &str = "auto";
