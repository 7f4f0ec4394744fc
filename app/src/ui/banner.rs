//! A lasting condition of the page: in memory only, read only, a restored crash.

use super::{Icon, IconView};
use crate::state::Tone;
use leptos::prelude::*;

/// A banner over the content; its actions come as children.
#[component]
pub fn Banner(
    #[prop(optional)] tone: Tone,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Info => Icon::Info,
        Tone::Good => Icon::Check,
        Tone::Warn | Tone::Bad => Icon::Warning,
    };
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! {
        <div class="banner" data-tone=tone.as_str() role=role>
            <IconView icon/>
            <span class="grow">{text}</span>
            {children.map(|children| view! { <span class="row">{children()}</span> })}
        </div>
    }
}
