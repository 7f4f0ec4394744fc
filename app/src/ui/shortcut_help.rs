//! The list of keys.

use super::Dialog;
use leptos::prelude::*;

/// The keys of one part of the app: what is printed on the caps, and what they do.
#[derive(Clone)]
pub struct ShortcutGroup {
    pub title: Signal<String>,
    pub keys: Vec<(&'static str, Signal<String>)>,
}

/// A dialog with every group; several caps are parted by spaces.
#[component]
pub fn ShortcutHelp(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    groups: Vec<ShortcutGroup>,
) -> impl IntoView {
    let body = move || {
        groups
            .iter()
            .map(|group| {
                view! {
                    <section>
                        <h3 class="strong dim">{group.title}</h3>
                        <dl class="keys">
                            {group
                                .keys
                                .iter()
                                .map(|(caps, label)| {
                                    view! {
                                        <dt>
                                            {caps
                                                .split(' ')
                                                .map(|cap| view! { <kbd>{cap}</kbd> })
                                                .collect_view()}
                                        </dt>
                                        <dd>{*label}</dd>
                                    }
                                })
                                .collect_view()}
                        </dl>
                    </section>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog open on_close=move |()| open.set(false) title>
            <div class="keys-groups">{body.clone()}</div>
        </Dialog>
    }
}
