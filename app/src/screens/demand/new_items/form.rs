//! Which goods, when and where; why and by whom.

use super::super::desk::AUTHOR;
use super::super::hand::{Keeper, Why};
use super::Wizard;
use super::draft::{Fault, Pick, toggle};
use crate::i18n::messages::{hand, launch};
use crate::i18n::{Msg, day_iso, percent_sign, t, tr, week};
use crate::parts::name_of;
use crate::state::remember;
use crate::ui::{Button, ButtonKind, Checkbox, Choice, Select, TextField};
use leptos::prelude::*;

#[component]
pub(super) fn Goods(wizard: Wizard) -> impl IntoView {
    let goods = Signal::derive(move || {
        let mut choices = vec![Choice::new(Pick::Nothing, launch::CHOOSE)];
        choices.push(Choice::new(Pick::Planned, launch::PLANNED_GOODS));
        let desk = wizard.shown.get();
        for one in desk.iter().flat_map(|desk| &desk.candidates) {
            let label = format!("{} · {}", one.sku, name_of(&one.names));
            choices.push(Choice::new(
                Pick::Sku(one.sku.clone()),
                Signal::stored(label),
            ));
        }
        // A decision that exists stays with its goods.
        let kept = wizard.read(|form| form.is_change.then(|| form.pick.clone()));
        choices.retain(|choice| kept.as_ref().is_none_or(|kept| *kept == choice.value));
        if let (true, Some(Pick::Sku(sku))) = (choices.is_empty(), kept) {
            let label = Signal::stored(sku.clone());
            choices.push(Choice::new(Pick::Sku(sku), label));
        }
        choices
    });
    // Whether goods that only the decision knows are being changed; nothing for goods of the data.
    let planned = Memo::new(move |_| {
        wizard.read(|form| (form.pick == Pick::Planned).then_some(form.is_change))
    });
    view! {
        <fieldset class="launch-step">
            <legend>{t(launch::STEP_GOODS)}</legend>
            <div class="demand-fields">
                <div class="grow">
                    <Select
                        label=launch::GOODS
                        choices=goods
                        value=Signal::derive(move || wizard.read(|form| form.pick.clone()))
                        on_change=move |pick| wizard.change(|form| form.pick = pick)
                    />
                    <FaultLine wizard of=Fault::NoGoods/>
                </div>
                <Week wizard/>
            </div>
            {move || planned.get().map(|is_change| view! { <Planned wizard is_change/> })}
            <Channels wizard/>
        </fieldset>
    }
}

/// Launch week.
#[component]
fn Week(wizard: Wizard) -> impl IntoView {
    let choices = Signal::derive(move || {
        let mut days = wizard.weeks();
        let chosen = wizard.read(|form| form.from);
        days.extend(chosen.filter(|day| !days.contains(day)));
        let choice = |day: i32| {
            let label = format!("{} · {}", week(day), day_iso(day));
            Choice::new(day, Signal::stored(label))
        };
        days.into_iter().map(choice).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let first = wizard.weeks().first().copied();
        wizard.read(|form| form.from).or(first).unwrap_or_default()
    });
    view! {
        <Select
            label=launch::LAUNCH
            choices
            value
            on_change=move |day| wizard.change(|form| form.from = Some(day))
        />
    }
}

/// What is to be known of goods that the data does not have.
#[component]
fn Planned(wizard: Wizard, is_change: bool) -> impl IntoView {
    let categories = Signal::derive(move || {
        let mut choices = vec![Choice::new(String::new(), launch::CHOOSE)];
        let desk = wizard.shown.get();
        for (code, names) in desk.iter().flat_map(|desk| &desk.categories) {
            choices.push(Choice::new(code.clone(), Signal::stored(name_of(names))));
        }
        choices
    });
    view! {
        <div class="demand-fields">
            <TextField
                label=launch::CODE
                read_only=is_change
                value=Signal::derive(move || wizard.read(|form| form.code.clone()))
                error=fault(wizard, Fault::NoCode)
                on_input=move |text| wizard.change(|form| form.code = text)
            />
            <TextField
                label=launch::NAME
                value=Signal::derive(move || wizard.read(|form| form.name.clone()))
                on_input=move |text| wizard.change(|form| form.name = text)
            />
            <div>
                <Select
                    label=launch::CATEGORY
                    choices=categories
                    value=Signal::derive(move || wizard.read(|form| form.category.clone()))
                    on_change=move |code| wizard.change(|form| form.category = code)
                />
                <FaultLine wizard of=Fault::NoCategory/>
            </div>
            <TextField
                label=launch::PRICE
                numeric=true
                value=Signal::derive(move || wizard.read(|form| form.price.clone()))
                error=fault(wizard, Fault::BadPrice)
                on_input=move |text| wizard.change(|form| form.price = text)
            />
            <TextField
                label=launch::COST
                numeric=true
                value=Signal::derive(move || wizard.read(|form| form.cost.clone()))
                error=fault(wizard, Fault::BadCost)
                on_input=move |text| wizard.change(|form| form.cost = text)
            />
        </div>
    }
}

#[component]
fn Channels(wizard: Wizard) -> impl IntoView {
    let known = Memo::new(move |_| wizard.shown.get().map(|desk| desk.channels.clone()));
    let boxes = move || {
        let channels = known.get().unwrap_or_default();
        let one = |(code, names): (String, (String, String))| {
            let (own, set) = (code.clone(), code);
            view! {
                <Checkbox
                    label=Signal::derive(move || name_of(&names))
                    checked=Signal::derive(move || wizard.read(|form| form.channels.contains(&own)))
                    on_change=move |is_in| {
                        wizard.change(|form| toggle(&mut form.channels, &set, is_in));
                    }
                />
            }
        };
        channels.into_iter().map(one).collect_view()
    };
    view! {
        <div class="launch-channels" role="group" aria-label=t(launch::CHANNELS)>
            <span class="field-label">{t(launch::CHANNELS)}</span>
            {boxes}
            <span class="micro faint">{t(launch::CHANNELS_NOTE)}</span>
        </div>
    }
}

/// Why, by whom, and the button.
#[component]
pub(super) fn Save(wizard: Wizard) -> impl IntoView {
    let keeper = Keeper::here();
    let label = Signal::derive(move || {
        tr(match wizard.read(|form| form.is_change) {
            true => launch::CHANGE,
            false => launch::SAVE,
        })
        .to_owned()
    });
    let save = move |()| {
        wizard.change(|form| form.is_tried = true);
        let form = wizard.form.get_untracked();
        let first = untrack(|| wizard.weeks())
            .first()
            .copied()
            .unwrap_or_default();
        if !untrack(|| wizard.unknown()).is_empty() {
            return;
        }
        let Some(command) = form.command(first) else {
            return;
        };
        remember(AUTHOR, form.author.trim());
        keeper.keep("NEW_ITEM", command, launch::SAVED, move |is_kept| {
            if is_kept {
                wizard.clear();
            }
        });
    };
    view! {
        <div class="demand-fields">
            <TextField
                label=launch::LEVEL
                numeric=true
                unit=Signal::derive(|| percent_sign().trim().to_owned())
                value=Signal::derive(move || wizard.read(|form| form.level.clone()))
                error=fault(wizard, Fault::BadLevel)
                on_input=move |text| wizard.change(|form| form.level = text)
            />
            <Why
                placeholder=launch::REASON_HINT
                reason=Signal::derive(move || wizard.read(|form| form.reason.clone()))
                author=Signal::derive(move || wizard.read(|form| form.author.clone()))
                faults=[Fault::NoReason, Fault::NoAuthor].map(|of| fault(wizard, of))
                on_reason=move |text| wizard.change(|form| form.reason = text)
                on_author=move |text| wizard.change(|form| form.author = text)
            />
        </div>
        <footer class="demand-actions">
            <span class="grow"></span>
            <Button label=hand::CANCEL small=true on_press=move |()| wizard.clear()/>
            <Button kind=ButtonKind::Primary label small=true on_press=save/>
        </footer>
    }
}

#[component]
fn FaultLine(wizard: Wizard, of: Fault) -> impl IntoView {
    let text = fault(wizard, of);
    move || {
        text.get()
            .map(|text| view! { <span class="field-error" role="alert">{text}</span> })
    }
}

fn fault(wizard: Wizard, of: Fault) -> Signal<Option<String>> {
    Signal::derive(move || {
        let is_shown = wizard.read(|form| form.is_tried && form.faults().contains(&of));
        is_shown.then(|| tr(fault_text(of)).to_owned())
    })
}

fn fault_text(fault: Fault) -> Msg {
    match fault {
        Fault::NoGoods => launch::NO_GOODS,
        Fault::NoCode => launch::NO_CODE,
        Fault::NoCategory => launch::NO_CATEGORY,
        Fault::BadPrice | Fault::BadCost | Fault::BadLevel => launch::NO_NUMBER,
        Fault::NoReason => hand::NO_REASON,
        Fault::NoAuthor => hand::NO_AUTHOR,
    }
}
