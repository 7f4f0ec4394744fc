//! A word in a small box.

use super::{Icon, IconView};
use leptos::prelude::*;

/// The colour role of a badge.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum BadgeTone {
    #[default]
    Plain,
    Good,
    Warn,
    Bad,
    Accent,
    /// An outline only.
    None,
}

impl BadgeTone {
    fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Accent => "accent",
            Self::None => "none",
        }
    }
}

/// A badge; give it an icon where colour carries meaning.
#[component]
pub fn Badge(
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] tone: BadgeTone,
    #[prop(optional, into)] icon: Option<Icon>,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.as_str()>
            {icon.map(|icon| view! { <IconView icon/> })}
            {label}
        </span>
    }
}
