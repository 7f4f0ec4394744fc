//! Says that the columns go where an earlier import sent them, and takes that back.

use super::importing::{Importing, Step};
use crate::i18n::messages::data;
use crate::i18n::{fill, local_time};
use crate::ui::{Banner, Button};
use leptos::prelude::*;

#[component]
pub(super) fn ReusedBanner(importing: Importing) -> impl IntoView {
    let shown = move || {
        let known = importing.reused.get()?;
        let text = Signal::derive(move || {
            let when = local_time(known.saved_ms);
            fill(data::REUSED, &[("file", &known.file), ("when", &when)])
        });
        let is_applying = Signal::derive(move || importing.step.get() == Step::Applying);
        Some(view! {
            <Banner text>
                <Button
                    small=true
                    label=data::MAP_ANEW
                    disabled=is_applying
                    on_press=move |()| importing.map_anew()
                />
            </Banner>
        })
    };
    view! { {shown} }
}
