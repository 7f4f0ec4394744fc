//! A square button with an icon; its word is heard and shown as a tooltip.

use super::{Icon, IconView};
use leptos::prelude::*;

/// An icon button. `pressed` makes it a toggle.
#[component]
pub fn IconButton(
    icon: Icon,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_press: Callback<()>,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] pressed: Option<Signal<bool>>,
) -> impl IntoView {
    let press = move |_| {
        if !disabled.get_untracked() {
            on_press.run(());
        }
    };
    view! {
        <button
            type="button"
            class="icon-button"
            class:button-small=small
            aria-label=label
            title=label
            aria-disabled=move || disabled.get().then_some("true")
            aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
            on:click=press
        >
            <IconView icon/>
        </button>
    }
}
