//! A question that must be answered before anything else.

use leptos::html;
use leptos::prelude::*;

/// A modal dialog. Escape and the backdrop close it; the browser keeps the focus inside and gives it back.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] title: Signal<String>,
    /// Without a visible heading, for panels such as the palette.
    #[prop(optional)]
    bare: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() {
            // The content is rendered in this turn; the browser then finds what to focus.
            request_animation_frame(move || {
                if open.try_get_untracked() == Some(true)
                    && !dialog.open()
                    && dialog.show_modal().is_err()
                {
                    leptos::logging::warn!("a dialog is not in the page");
                }
            });
        } else if dialog.open() {
            dialog.close();
        }
    });
    let backdrop = move |event: leptos::ev::MouseEvent| {
        if dialog
            .get_untracked()
            .is_some_and(|dialog| event.target() == Some((**dialog).clone().into()))
        {
            on_close.run(());
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            class:dialog-bare=bare
            aria-label=title
            on:close=move |_| on_close.run(())
            on:mousedown=backdrop
        >
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <div class="dialog-body">
                                {(!bare).then(|| view! { <h2 class="object">{title}</h2> })}
                                {children()}
                            </div>
                        }
                    })
            }}
        </dialog>
    }
}
