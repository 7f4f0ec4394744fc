//! Words for decisions by hand, and the way they are stored.

use super::desk::Desk;
use crate::bridge::Bridge;
use crate::i18n::messages::hand;
use crate::i18n::{Msg, change, day_iso, fill, number, tr, week};
use crate::parts::{failure_text, name_of};
use crate::state::{Notice, Notices};
use crate::ui::{Checkbox, TextField};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Command;
use protocol::adjustment::{Adjustment, AdjustmentRow, AdjustmentScore, Change};

/// Days from the first to the last day of a week.
const LAST_DAY: i32 = 6;

/// Stores a gesture and says so; `done` runs once it is stored.
#[derive(Clone, Copy)]
pub(super) struct Keeper {
    bridge: Bridge,
    notices: Notices,
}

/// A setting that plans read: a tick box that shows what was chosen at once, and then what the plan
/// was made with.
#[derive(Clone)]
pub(super) struct Setting {
    pub key: String,
    /// Its value without the tick; with it the setting is away.
    pub off: &'static str,
    /// Labels of the gesture and what is said of it, with the tick and without.
    pub gestures: [(&'static str, Msg); 2],
}

/// Why and by whom, which every form of a decision asks.
#[component]
pub(super) fn Why(
    placeholder: Msg,
    reason: Signal<String>,
    author: Signal<String>,
    /// What is wrong with either.
    faults: [Signal<Option<String>>; 2],
    #[prop(into)] on_reason: Callback<String>,
    #[prop(into)] on_author: Callback<String>,
) -> impl IntoView {
    let [reason_fault, author_fault] = faults;
    view! {
        <div class="grow">
            <TextField
                label=hand::REASON
                placeholder
                value=reason
                error=reason_fault
                on_input=on_reason
            />
        </div>
        <TextField label=hand::AUTHOR value=author error=author_fault on_input=on_author/>
    }
}

#[component]
pub(super) fn SettingBox(label: Msg, planned: Signal<bool>, setting: Setting) -> impl IntoView {
    let keeper = Keeper::here();
    let chosen = RwSignal::new(None);
    Effect::new(move |_| {
        let planned = Some(planned.get());
        // The plan has followed.
        chosen.maybe_update(|chosen| chosen.take_if(|is_on| Some(*is_on) == planned).is_some());
    });
    let checked = Signal::derive(move || chosen.get().unwrap_or_else(|| planned.get()));
    let change = move |is_on: bool| {
        chosen.set(Some(is_on));
        let command = Command::SettingSet {
            key: setting.key.clone(),
            value: (!is_on).then(|| setting.off.to_owned()),
        };
        let (gesture, said) = setting.gestures[usize::from(!is_on)];
        keeper.keep(gesture, command, said, move |is_kept| {
            if !is_kept {
                chosen.set(None);
            }
        });
    };
    view! { <Checkbox label checked on_change=change/> }
}

impl Keeper {
    /// Call it in a component body.
    pub fn here() -> Self {
        Self {
            bridge: Bridge::here(),
            notices: Notices::here(),
        }
    }

    pub fn keep(
        self,
        label: &'static str,
        command: Command,
        said: Msg,
        done: impl FnOnce(bool) + 'static,
    ) {
        let reply = self.bridge.apply(label, vec![command]);
        spawn_local(async move {
            let result = reply.await;
            let notice = match &result {
                Ok(_) => Notice::done(said),
                Err(error) => Notice::bad(untrack(|| failure_text(error))),
            };
            self.notices.show(notice);
            done(result.is_ok());
        });
    }

    /// Removes an adjustment.
    pub fn remove(self, id: u64) {
        let command = Command::AdjustmentSet {
            id,
            adjustment: None,
        };
        self.keep("ADJUSTMENT_REMOVED", command, hand::REMOVED, |_| {});
    }
}

/// `W44`, or `W44 – W46`; tracked.
pub(super) fn weeks_of(adjustment: &Adjustment) -> String {
    let (first, last) = (adjustment.from, adjustment.to - LAST_DAY);
    match first == last {
        true => week(first),
        false => format!("{} – {}", week(first), week(last)),
    }
}

/// What is done, in words; tracked.
pub(super) fn change_of(adjustment: &Adjustment) -> String {
    let units = |thousandths: i64| thousandths as f64 / 1_000.0;
    match adjustment.change {
        Change::Percent(hundredths) => {
            let value = hundredths as f64 / 100.0;
            let decimals = if hundredths % 100 == 0 { 0 } else { 2 };
            fill(hand::PERCENT, &[("value", &change(value, decimals))])
        }
        Change::Add(value) => fill(
            hand::UNITS_A_WEEK,
            &[("value", &change(units(value), decimals_of(value)))],
        ),
        Change::Replace(value) => fill(
            hand::REPLACED_BY,
            &[("value", &number(units(value), decimals_of(value)))],
        ),
    }
}

fn decimals_of(thousandths: i64) -> u8 {
    if thousandths % 1_000 == 0 { 0 } else { 1 }
}

/// Names of the slice; tracked.
pub(super) fn slice_of(row: &AdjustmentRow) -> String {
    let known = &row.adjustment;
    let codes = [&known.category, &known.sku, &known.channel, &known.region];
    let mut names = Vec::new();
    for (code, names_of_code) in codes.into_iter().zip(&row.names) {
        let Some(code) = code else { continue };
        let name = names_of_code.as_ref().map(name_of);
        names.push(
            name.filter(|name| !name.is_empty())
                .unwrap_or_else(|| code.clone()),
        );
    }
    match names.is_empty() {
        true => tr(hand::EVERYTHING).to_owned(),
        false => names.join(" · "),
    }
}

/// Who and when; tracked.
pub(super) fn made_by(author: &str, made_on: i32) -> String {
    let parameters = [("author", author), ("day", &day_iso(made_on))];
    fill(hand::MADE, &parameters)
}

/// What an adjustment was worth; tracked.
pub(super) fn score_text(helped: f64) -> String {
    let units = number(helped.abs(), 0);
    let worth = match helped {
        helped if helped >= 0.5 => hand::HELPED,
        helped if helped <= -0.5 => hand::HURT,
        _ => return tr(hand::NEUTRAL).to_owned(),
    };
    fill(worth, &[("units", &units)])
}

/// The same as a figure: positive helped; tracked.
pub(super) fn score_units(helped: f64) -> String {
    fill(hand::SCORE_UNITS, &[("value", &change(helped, 0))])
}

/// What a score rests on; tracked.
pub(super) fn score_basis(score: &AdjustmentScore) -> String {
    let parameters = [
        ("weeks", number(f64::from(score.weeks), 0)),
        ("actual", number(score.actual, 0)),
        ("before", number(score.before, 0)),
        ("after", number(score.after, 0)),
    ];
    let parameters = parameters
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    fill(hand::SCORE_BASIS, &parameters)
}

/// Adjustments that touch the slice shown; tracked.
pub(super) fn here(desk: Desk) -> Vec<AdjustmentRow> {
    let mut rows = desk.adjustments.get().unwrap_or_default();
    rows.retain(|row| row.is_here);
    rows
}
