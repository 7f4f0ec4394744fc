//! A button with a word on it.

use super::{Icon, IconView};
use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ButtonKind {
    /// The one main action of a panel.
    Primary,
    #[default]
    Plain,
    /// Without a border, for the least important of several.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Plain => "plain",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// A button; `keys` prints a key cap, `disabled` keeps it focusable so that its reason can be read.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_press: Callback<()>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] icon: Option<Icon>,
    #[prop(optional)] keys: &'static str,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Why it is disabled, or what it does in more words.
    #[prop(optional, into)]
    hint: Signal<String>,
) -> impl IntoView {
    let press = move |_| {
        if !disabled.get_untracked() {
            on_press.run(());
        }
    };
    view! {
        <button
            type="button"
            class="button"
            class:button-small=small
            data-kind=kind.as_str()
            aria-disabled=move || disabled.get().then_some("true")
            title=move || Some(hint.get()).filter(|hint| !hint.is_empty())
            on:click=press
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            <span>{label}</span>
            {(!keys.is_empty()).then(|| view! { <kbd>{keys}</kbd> })}
        </button>
    }
}
