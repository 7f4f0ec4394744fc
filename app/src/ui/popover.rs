//! A small panel under its button: menus, filters, explanations.

use super::{Icon, IconView, unique_id};
use leptos::html;
use leptos::prelude::*;

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
    let (left, top) = (RwSignal::new(0.0), RwSignal::new(0.0));
    let button = NodeRef::<html::Button>::new();
    let place = move |_| {
        if let Some(button) = button.get_untracked() {
            let frame = button.get_bounding_client_rect();
            let width = window().inner_width().ok().and_then(|width| width.as_f64());
            left.set(
                frame
                    .left()
                    .min(width.unwrap_or(f64::MAX) - PANEL_WIDTH_MAX)
                    .max(8.0),
            );
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
            style:left=move || format!("{}px", left.get())
            style:top=move || format!("{}px", top.get())
        >
            {children()}
        </div>
    }
}

const PANEL_WIDTH_MAX: f64 = 328.0;
