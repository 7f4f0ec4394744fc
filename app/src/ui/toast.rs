//! The place where notices appear: a live region that exists before its first text.

use super::{Icon, IconButton, IconView};
use crate::i18n::messages::kit;
use crate::state::{Notice, Notices, Tone};
use leptos::prelude::*;

/// Shows the current notice. Mount it once.
#[component]
pub fn Toaster() -> impl IntoView {
    let notices = Notices::here();
    view! {
        <div
            class="toaster"
            role="status"
            aria-live="polite"
            on:pointerenter=move |_| notices.hold()
            on:pointerleave=move |_| notices.resume()
            on:focusin=move |_| notices.hold()
            on:focusout=move |_| notices.resume()
        >
            {move || notices.current().map(|notice| view! { <Toast notice/> })}
        </div>
    }
}

#[component]
fn Toast(notice: Notice) -> impl IntoView {
    let notices = Notices::here();
    let icon = match notice.tone {
        Tone::Info => Icon::Info,
        Tone::Good => Icon::Check,
        Tone::Warn | Tone::Bad => Icon::Warning,
    };
    view! {
        <div class="toast" data-tone=notice.tone.as_str()>
            <IconView icon/>
            <span class="grow">{notice.text}</span>
            {notice
                .action
                .map(|action| {
                    let press = move |_| {
                        notices.dismiss();
                        action.run.run(());
                    };
                    view! {
                        <button type="button" class="toast-action" on:click=press>
                            {action.label}
                        </button>
                    }
                })}
            <IconButton
                icon=Icon::Close
                label=kit::CLOSE
                small=true
                on_press=move |()| notices.dismiss()
            />
        </div>
    }
}
