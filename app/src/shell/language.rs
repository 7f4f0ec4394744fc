//! The switch between the two languages; each is named in itself.

use crate::i18n::messages::shell;
use crate::i18n::{Language, language};
use crate::state::Session;
use crate::ui::{Segment, SegmentedControl};
use leptos::prelude::*;

#[component]
pub(super) fn LanguageSwitch() -> impl IntoView {
    let session = Session::here();
    view! {
        <SegmentedControl
            label=shell::LANGUAGE
            segments=Language::ALL.map(|one| Segment::new(one, one.sign())).to_vec()
            value=Signal::derive(language)
            on_change=move |language| session.speak(language)
        />
    }
}
