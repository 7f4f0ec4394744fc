//! The switch between the two languages; each is named in itself.

use crate::i18n::messages::shell;
use crate::i18n::{Language, language, set_language};
use crate::ui::{Segment, SegmentedControl};
use leptos::prelude::*;

#[component]
pub(super) fn LanguageSwitch() -> impl IntoView {
    view! {
        <SegmentedControl
            label=shell::LANGUAGE
            segments=Language::ALL.map(|one| Segment::new(one, one.sign())).to_vec()
            value=Signal::derive(language)
            on_change=set_language
        />
    }
}
