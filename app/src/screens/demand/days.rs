//! The fields for a first and a last day, of whatever lasts for days.

use crate::i18n::messages::price;
use crate::i18n::{day_short, week};
use crate::ui::{Choice, Select};
use leptos::prelude::*;

/// Two lists of days, and what is wrong with the days chosen.
#[component]
pub(super) fn FirstAndLast(
    firsts: Signal<Vec<Choice<i32>>>,
    lasts: Signal<Vec<Choice<i32>>>,
    /// First and last day that are chosen.
    days: Signal<(i32, i32)>,
    error: Signal<Option<String>>,
    #[prop(into)] on_first: Callback<i32>,
    #[prop(into)] on_last: Callback<i32>,
) -> impl IntoView {
    view! {
        <Select
            label=price::FIRST_DAY
            choices=firsts
            value=Signal::derive(move || days.get().0)
            on_change=on_first
        />
        <Select
            label=price::LAST_DAY
            choices=lasts
            value=Signal::derive(move || days.get().1)
            on_change=on_last
        />
        {move || {
            error.get().map(|text| view! { <span class="field-error" role="alert">{text}</span> })
        }}
    }
}

/// A day to choose, with its week.
pub(super) fn day_choice(day: i32) -> Choice<i32> {
    let label = format!("{} · {}", day_short(day), week(day));
    Choice::new(day, Signal::stored(label))
}
