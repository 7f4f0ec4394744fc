//! The form of an adjustment, under the plan: how, how much, which weeks, why, by whom, until when.

use super::desk::{AUTHOR, Desk};
use super::draft::{Draft, Fault, How};
use super::hand::{Keeper, Why};
use crate::i18n::messages::{demand, hand};
use crate::i18n::{Msg, day_short, fill, number, percent_sign, t, tr, week};
use crate::state::remember;
use crate::ui::{Button, ButtonKind, Choice, Segment, SegmentedControl, Select, TextField};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Days from the first to the last day of a week.
const LAST_DAY: i32 = 6;

/// Stands for no expiry among the days: one kind of list serves all three.
const NEVER: i32 = i32::MAX;

/// The form; it stands there while something is being typed.
#[component]
pub(super) fn Editor(desk: Desk) -> impl IntoView {
    let is_open = Memo::new(move |_| desk.draft.with(Option::is_some));
    move || is_open.get().then(|| view! { <Form desk/> })
}

#[component]
fn Form(desk: Desk) -> impl IntoView {
    let keeper = Keeper::here();
    let form = NodeRef::<html::Form>::new();
    Effect::new(move || {
        if let Some(form) = form.get() {
            focus_within(&form, "input");
            // All of it, down to its buttons.
            form.scroll_into_view_with_bool(false);
        }
    });
    let save = move || save(desk, keeper);
    let keys = move |event: leptos::ev::KeyboardEvent| {
        match event.key().as_str() {
            "Escape" => close(desk),
            "Enter" if is_in_field(&event) => save(),
            _ => return,
        }
        event.prevent_default();
    };
    let title = move || match read(desk, |draft| draft.id) {
        0 => tr(hand::EDIT_TITLE),
        _ => tr(hand::EDIT_OF),
    };
    view! {
        <form class="demand-editor" aria-label=title node_ref=form on:keydown=keys>
            <div class="demand-fields">
                <Figure desk/>
                <Weeks desk/>
            </div>
            <div class="demand-fields">
                <Reasons desk/>
            </div>
            <footer class="demand-actions">
                <p class="demand-preview" aria-live="polite">{move || preview(desk)}</p>
                <span class="grow"></span>
                <Button label=hand::CANCEL small=true on_press=move |()| close(desk)/>
                <Button kind=ButtonKind::Primary label=hand::SAVE small=true on_press=move |()| save()/>
            </footer>
            <p class="micro faint">{t(hand::PREVIEW_HINT)}</p>
        </form>
    }
}

pub(super) fn is_in_field(event: &leptos::ev::KeyboardEvent) -> bool {
    let target = event.target();
    let field = target.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
    field.is_some()
}

/// How, and how much.
#[component]
fn Figure(desk: Desk) -> impl IntoView {
    let how = Signal::derive(move || read(desk, |draft| draft.how));
    let segments = vec![
        Segment::new(How::Percent, hand::BY_PERCENT),
        Segment::new(How::Units, hand::BY_UNITS),
        Segment::new(How::Replace, hand::BY_REPLACING),
    ];
    let unit = Signal::derive(move || match how.get() {
        How::Percent => percent_sign().trim().to_owned(),
        How::Units | How::Replace => tr(demand::UNITS_A_WEEK).to_owned(),
    });
    let value = Signal::derive(move || read(desk, |draft| draft.value.clone()));
    view! {
        <TextField
            label=hand::VALUE
            value
            unit
            numeric=true
            error=fault(desk, &[Fault::NoValue, Fault::Negative, Fault::TooLow, Fault::TooMuch])
            on_input=move |text| change(desk, |draft| draft.value = text)
        />
        <div class="demand-how">
            <SegmentedControl
                label=hand::KIND
                segments
                value=how
                on_change=move |how| change(desk, |draft| draft.how = how)
            />
        </div>
    }
}

/// First and last week.
#[component]
fn Weeks(desk: Desk) -> impl IntoView {
    let choices = Signal::derive(move || week_choices(desk));
    view! {
        <Select
            label=hand::FIRST_WEEK
            choices
            value=Signal::derive(move || read(desk, |draft| draft.weeks.0))
            on_change=move |day| {
                change(desk, |draft| draft.weeks = (day, draft.weeks.1.max(day)));
            }
        />
        <Select
            label=hand::LAST_WEEK
            choices
            value=Signal::derive(move || read(desk, |draft| draft.weeks.1))
            on_change=move |day| change(desk, |draft| draft.weeks.1 = day)
        />
        {move || {
            let fault = fault(desk, &[Fault::Reversed]).get();
            fault.map(|text| view! { <span class="field-error" role="alert">{text}</span> })
        }}
    }
}

/// Why, by whom, until when.
#[component]
fn Reasons(desk: Desk) -> impl IntoView {
    let expiries = Signal::derive(move || {
        let mut choices = vec![Choice::new(NEVER, hand::NEVER)];
        for (day, _) in ahead(desk) {
            let last = day + LAST_DAY;
            let label = format!("{} · {}", week(day), day_short(last));
            choices.push(Choice::new(last, Signal::stored(label)));
        }
        choices
    });
    view! {
        <Why
            placeholder=hand::REASON_HINT
            reason=Signal::derive(move || read(desk, |draft| draft.reason.clone()))
            author=Signal::derive(move || read(desk, |draft| draft.author.clone()))
            faults=[fault(desk, &[Fault::NoReason]), fault(desk, &[Fault::NoAuthor])]
            on_reason=move |text| change(desk, |draft| draft.reason = text)
            on_author=move |text| change(desk, |draft| draft.author = text)
        />
        <Select
            label=hand::EXPIRES
            choices=expiries
            value=Signal::derive(move || read(desk, |draft| draft.expires.unwrap_or(NEVER)))
            on_change=move |day| {
                change(desk, |draft| draft.expires = Some(day).filter(|day| *day != NEVER));
            }
        />
    }
}

fn read<T: Default>(desk: Desk, pick: impl Fn(&Draft) -> T) -> T {
    desk.draft
        .with(|draft| draft.as_ref().map(&pick).unwrap_or_default())
}

fn change(desk: Desk, how: impl FnOnce(&mut Draft)) {
    desk.draft.update(|draft| {
        if let Some(draft) = draft {
            how(draft);
        }
    });
}

fn fault(desk: Desk, of: &'static [Fault]) -> Signal<Option<String>> {
    Signal::derive(move || {
        let fault = read(desk, |draft| draft.fault(of))?;
        Some(tr(fault_text(fault)).to_owned())
    })
}

fn fault_text(fault: Fault) -> Msg {
    match fault {
        Fault::NoValue => hand::NO_VALUE,
        Fault::Negative => hand::NOT_NEGATIVE,
        Fault::TooLow => hand::TOO_LOW,
        Fault::TooMuch => hand::TOO_MUCH,
        Fault::Reversed => hand::REVERSED,
        Fault::NoReason => hand::NO_REASON,
        Fault::NoAuthor => hand::NO_AUTHOR,
    }
}

fn ahead(desk: Desk) -> Vec<(i32, f64)> {
    let weeks = desk.weeks.get();
    weeks.map_or_else(Vec::new, |weeks| weeks.weeks_ahead())
}

/// The weeks to come, and those the draft names already.
fn week_choices(desk: Desk) -> Vec<Choice<i32>> {
    let mut days: Vec<i32> = ahead(desk).into_iter().map(|(day, _)| day).collect();
    let (first, last) = read(desk, |draft| draft.weeks);
    for day in [last, first] {
        if !days.contains(&day) {
            days.insert(0, day);
        }
    }
    let choice = |day: i32| {
        let label = format!("{} · {}", week(day), day_short(day));
        Choice::new(day, Signal::stored(label))
    };
    days.into_iter().map(choice).collect()
}

/// What it would do; nothing while there is no number.
fn preview(desk: Desk) -> Option<String> {
    let weeks = ahead(desk);
    let (count, before, after) = read(desk, |draft| draft.preview(&weeks))?;
    let parameters = [
        ("n", number(count as f64, 0)),
        ("before", number(before, 0)),
        ("after", number(after, 0)),
    ];
    let parameters = parameters
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    Some(fill(hand::PREVIEW, &parameters))
}

fn save(desk: Desk, keeper: Keeper) {
    change(desk, |draft| draft.is_tried = true);
    let Some(draft) = desk.draft.get_untracked() else {
        return;
    };
    let Some(command) = draft.command() else {
        return;
    };
    remember(AUTHOR, draft.author.trim());
    keeper.keep("ADJUSTED", command, hand::SAVED, move |is_kept| {
        // Another one may be open by now.
        let is_still = desk
            .draft
            .with_untracked(|now| now.as_ref() == Some(&draft));
        if is_kept && is_still {
            close(desk);
        }
    });
}

/// Closes the form; the focus goes back to the plan, into the week it was about.
fn close(desk: Desk) {
    let week = desk
        .draft
        .with_untracked(|draft| draft.as_ref().map(|it| it.weeks.0));
    desk.draft.set(None);
    request_animation_frame(move || {
        let cell = format!(".demand-hand [data-week=\"{}\"]", week.unwrap_or(0));
        let body = document().body();
        if let Some(body) = body
            && !focus_within(&body, &cell)
        {
            focus_within(&body, ".demand-hand button");
        }
    });
}

/// Focuses the first element of a kind; whether there is one.
fn focus_within(element: &web_sys::HtmlElement, selector: &str) -> bool {
    let found = element.query_selector(selector).ok().flatten();
    let found = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(found) = &found {
        crate::ui::focus(found);
    }
    found.is_some()
}
