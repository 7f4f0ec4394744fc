//! The form that puts the next occurrence of an event on other days.

use super::days::{FirstAndLast, day_choice};
use super::desk::AUTHOR;
use super::editor::is_in_field;
use super::hand::{Keeper, Why};
use crate::i18n::messages::{demand, hand, price};
use crate::i18n::{Msg, fill, t, tr};
use crate::parts::name_of;
use crate::state::{recall, remember};
use crate::ui::{Button, ButtonKind};
use leptos::prelude::*;
use protocol::Command;
use protocol::calendar::EventDates;
use protocol::view::EventFactor;

/// Days before and after its own first day that an event may be put on.
const REACH: i32 = 60;
/// Most days it may become longer by.
const LONGER: i32 = 14;

/// What keeps it from being saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    Reversed,
    NoReason,
    NoAuthor,
}

/// An event being put on other days.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Moving {
    /// Code.
    pub event: String,
    names: (String, String),
    /// First day by the data.
    start: i32,
    /// First and last day that are chosen.
    days: (i32, i32),
    reason: String,
    author: String,
    /// Whether saving was tried: faults are shown from then on.
    is_tried: bool,
}

impl Moving {
    /// The next occurrence of an event, where it has one.
    pub fn of(factor: &EventFactor) -> Option<Self> {
        let days = factor.next?;
        let moved = factor.moved.as_ref();
        Some(Self {
            event: factor.event.clone(),
            names: factor.names.clone(),
            start: moved.map_or(days.0, |(start, _)| *start),
            days,
            reason: moved.map_or_else(String::new, |(_, dates)| dates.reason.clone()),
            author: recall(AUTHOR).unwrap_or_default(),
            is_tried: false,
        })
    }

    /// On another first day, as long as before.
    fn begin(&mut self, day: i32) {
        self.days = (day, day + self.days.1 - self.days.0);
    }

    fn faults(&self) -> Vec<Fault> {
        let checks = [
            (self.days.1 < self.days.0, Fault::Reversed),
            (self.reason.trim().is_empty(), Fault::NoReason),
            (self.author.trim().is_empty(), Fault::NoAuthor),
        ];
        let found = checks.into_iter().filter(|(is_wrong, _)| *is_wrong);
        found.map(|(_, fault)| fault).collect()
    }

    /// The command that moves it, when nothing is wrong.
    fn command(&self) -> Option<Command> {
        self.faults().is_empty().then(|| Command::EventSet {
            event: self.event.clone(),
            start: self.start,
            dates: Some(EventDates {
                from: self.days.0,
                to: self.days.1,
                reason: self.reason.trim().to_owned(),
                author: self.author.trim().to_owned(),
                made_on: 0,
            }),
        })
    }
}

/// The form; `first` is the first day of the plan.
#[component]
pub(super) fn MoveEvent(moving: RwSignal<Option<Moving>>, first: Signal<i32>) -> impl IntoView {
    let keeper = Keeper::here();
    let of = move |field: fn(&Moving) -> String| {
        Signal::derive(move || moving.with(|it| it.as_ref().map(field).unwrap_or_default()))
    };
    let set = move |change: &dyn Fn(&mut Moving)| {
        moving.update(|it| it.iter_mut().for_each(change));
    };
    let title = move || {
        let name = moving.with(|it| it.as_ref().map(|it| name_of(&it.names)));
        fill(demand::MOVE_EVENT, &[("event", &name.unwrap_or_default())])
    };
    let save = move || save(moving, keeper);
    view! {
        <form
            class="demand-editor"
            aria-label=title
            on:submit=|event| event.prevent_default()
            on:keydown=move |event| match event.key().as_str() {
                "Enter" if is_in_field(&event) => {
                    event.prevent_default();
                    save();
                }
                "Escape" => moving.set(None),
                _ => {}
            }
        >
            <h3 class="object">{title}</h3>
            <p class="dim">{t(demand::MOVE_NOTE)}</p>
            <div class="demand-fields">
                <Days moving first/>
            </div>
            <div class="demand-fields">
                <Why
                    placeholder=demand::MOVE_REASON
                    reason=of(|it| it.reason.clone())
                    author=of(|it| it.author.clone())
                    faults=[Fault::NoReason, Fault::NoAuthor].map(|of| fault(moving, of))
                    on_reason=move |text: String| set(&|it| it.reason.clone_from(&text))
                    on_author=move |text: String| set(&|it| it.author.clone_from(&text))
                />
            </div>
            <footer class="demand-actions">
                <span class="grow"></span>
                <Button
                    kind=ButtonKind::Quiet
                    label=demand::MOVE_CLOSE
                    small=true
                    on_press=move |()| moving.set(None)
                />
                <Button
                    kind=ButtonKind::Primary
                    label=demand::MOVE_SAVE
                    small=true
                    on_press=move |()| save()
                />
            </footer>
        </form>
    }
}

/// First and last day.
#[component]
fn Days(moving: RwSignal<Option<Moving>>, first: Signal<i32>) -> impl IntoView {
    let start = Memo::new(move |_| moving.with(|it| it.as_ref().map_or(0, |it| it.start)));
    let days = Memo::new(move |_| moving.with(|it| it.as_ref().map_or((0, 0), |it| it.days)));
    let firsts = Signal::derive(move || {
        let start = start.get();
        let earliest = first.get().max(start - REACH);
        (earliest..=start + REACH)
            .map(day_choice)
            .collect::<Vec<_>>()
    });
    let length = Memo::new(move |_| days.with(|(from, to)| (to - from).max(0)));
    let lasts = Signal::derive(move || {
        let (from, _) = days.get();
        let latest = from + length.get() + LONGER;
        (from..=latest).map(day_choice).collect::<Vec<_>>()
    });
    view! {
        <FirstAndLast
            firsts
            lasts
            days=days.into()
            error=fault(moving, Fault::Reversed)
            on_first=move |day| moving.update(|it| it.iter_mut().for_each(|it| it.begin(day)))
            on_last=move |day| moving.update(|it| it.iter_mut().for_each(|it| it.days.1 = day))
        />
    }
}

fn save(moving: RwSignal<Option<Moving>>, keeper: Keeper) {
    moving.update(|it| it.iter_mut().for_each(|it| it.is_tried = true));
    let Some(typed) = moving.get_untracked() else {
        return;
    };
    let Some(command) = typed.command() else {
        return;
    };
    remember(AUTHOR, typed.author.trim());
    keeper.keep(
        "EVENT_MOVED",
        command,
        demand::EVENT_MOVED,
        move |is_kept| {
            if is_kept {
                moving.set(None);
            }
        },
    );
}

/// Puts an event back on the days of the data.
pub(super) fn put_back(keeper: Keeper, event: String, start: i32) {
    let command = Command::EventSet {
        event,
        start,
        dates: None,
    };
    keeper.keep("EVENT_MOVED_BACK", command, demand::EVENT_IS_BACK, |_| {});
}

fn fault(moving: RwSignal<Option<Moving>>, of: Fault) -> Signal<Option<String>> {
    Signal::derive(move || {
        let is_shown = |it: &Moving| it.is_tried && it.faults().contains(&of);
        let is_shown = moving.with(|it| it.as_ref().is_some_and(is_shown));
        is_shown.then(|| tr(fault_text(of)).to_owned())
    })
}

fn fault_text(fault: Fault) -> Msg {
    match fault {
        Fault::Reversed => price::REVERSED,
        Fault::NoReason => hand::NO_REASON,
        Fault::NoAuthor => hand::NO_AUTHOR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_keeps_its_length_and_needs_a_reason() {
        let mut moving = Moving {
            event: "618".to_owned(),
            start: 100,
            days: (100, 102),
            ..Moving::default()
        };
        moving.begin(103);
        assert_eq!(moving.days, (103, 105));
        assert_eq!(moving.faults(), [Fault::NoReason, Fault::NoAuthor]);
        assert_eq!(moving.command(), None);
        moving.reason = " platform ".to_owned();
        moving.author = "Wang".to_owned();
        let Some(Command::EventSet {
            start,
            dates: Some(dates),
            ..
        }) = moving.command()
        else {
            panic!("nothing is wrong");
        };
        assert_eq!((start, dates.from, dates.to), (100, 103, 105));
        assert_eq!(dates.reason, "platform");
        moving.days.1 = 102;
        assert_eq!(moving.faults(), [Fault::Reversed]);
    }
}
