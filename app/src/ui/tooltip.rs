//! A sentence about the thing under the pointer or the focus.

use super::unique_id;
use leptos::prelude::*;

/// Wraps a control or a figure; the text is shown on hover and focus and read as its description.
#[component]
pub fn Tooltip(#[prop(into)] text: Signal<String>, children: Children) -> impl IntoView {
    let id = unique_id("tip");
    let described_by = id.clone();
    view! {
        <span class="tip" aria-describedby=described_by>
            {children()}
            <span class="tip-text" role="tooltip" id=id>{text}</span>
        </span>
    }
}
