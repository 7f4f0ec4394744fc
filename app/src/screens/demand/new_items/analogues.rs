//! Goods that a new item may follow: the most alike first, with what makes them so.

use super::super::heads::heads;
use super::Wizard;
use super::draft::{Pick, toggle};
use crate::charts::Sparkline;
use crate::i18n::messages::launch;
use crate::i18n::{ABSENT, day_iso, fill, number, t, tr};
use crate::parts::name_of;
use crate::ui::{Badge, BadgeTone, Button, Checkbox, TextField};
use leptos::prelude::*;
use protocol::new_items::AnalogueRow;

#[component]
pub(super) fn Analogues(wizard: Wizard) -> impl IntoView {
    let is_picked = Memo::new(move |_| wizard.read(|form| form.pick != Pick::Nothing));
    // A memo: typing elsewhere must not build the rows anew, under the focus of who is in them.
    let rows = Memo::new(move |_| wizard.shown.get().map(|desk| desk.suggestions.clone()));
    let learnt = move || {
        let count = wizard.shown.get().map_or(0, |desk| desk.learnt);
        match count {
            0 => tr(launch::TOO_FEW).to_owned(),
            count => fill(launch::LEARNT, &[("n", &number(f64::from(count), 0))]),
        }
    };
    let table = move || {
        let rows = rows.get().unwrap_or_default();
        let rows = rows.into_iter().map(|one| row(wizard, one)).collect_view();
        view! {
            <div class="demand-plan" tabindex="0" role="region" aria-label=t(launch::STEP_ANALOGUES)>
                <table class="demand-factors">
                    {heads(&[(launch::LIKE, false), (launch::WHY_LIKE, false), (launch::LAUNCHED, false), (launch::FIRST_WEEKS, true), (launch::RAMP, false)])}
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    };
    view! {
        <fieldset class="launch-step">
            <legend>{t(launch::STEP_ANALOGUES)}</legend>
            <p class="dim">{t(launch::ANALOGUES_NOTE)} " " {learnt}</p>
            {move || is_picked.get().then_some(table)}
            {move || is_picked.get().then(|| view! { <AddOne wizard/> })}
            <Unknown wizard/>
        </fieldset>
    }
}

fn row(wizard: Wizard, one: AnalogueRow) -> impl IntoView {
    // Goods that are only planned have a category once one is chosen.
    let has_category = Memo::new(move |_| {
        wizard.read(|form| form.pick != Pick::Planned || !form.category.is_empty())
    });
    let name = match name_of(&one.names) {
        name if name.is_empty() => one.sku.clone(),
        name => name,
    };
    let (own, set) = (one.sku.clone(), one.sku.clone());
    let launched = match one.launch {
        Some(day) => day_iso(day),
        None => tr(launch::BEFORE_HISTORY).to_owned(),
    };
    let category = match one.is_same_category {
        true => launch::SAME_CATEGORY,
        false => launch::OTHER_CATEGORY,
    };
    let tone = if one.is_same_category {
        BadgeTone::Good
    } else {
        BadgeTone::default()
    };
    let price = one
        .price_ratio
        .map(|ratio| fill(launch::PRICE_RATIO, &[("ratio", &number(ratio, 2))]));
    let level = match one.level > 0.0 {
        true => number(one.level, 1),
        false => ABSENT.to_owned(),
    };
    view! {
        <tr>
            <th scope="row">
                <Checkbox
                    label=Signal::stored(name)
                    checked=Signal::derive(move || wizard.read(|form| form.analogues.contains(&own)))
                    on_change=move |is_in| {
                        wizard.change(|form| toggle(&mut form.analogues, &set, is_in));
                    }
                />
                <span class="launch-code micro faint">{one.sku.clone()}</span>
            </th>
            <td>
                <span class="row">
                    {move || {
                        let label = Signal::derive(move || tr(category).to_owned());
                        has_category.get().then(|| view! { <Badge label tone/> })
                    }}
                    {price}
                </span>
            </td>
            <td class="dim">{launched}</td>
            <td class="num strong">{level}</td>
            <td><Sparkline values=Signal::stored(one.ramp)/></td>
        </tr>
    }
}

/// Codes that were typed but that no goods have; with one of them nothing is saved.
#[component]
fn Unknown(wizard: Wizard) -> impl IntoView {
    let codes = Memo::new(move |_| wizard.unknown());
    let line = move |code: String| {
        let text = fill(launch::UNKNOWN_CODE, &[("sku", &code)]);
        let remove = move |()| wizard.change(|form| toggle(&mut form.analogues, &code, false));
        view! {
            <p class="row">
                <span class="field-error" role="alert">{text}</span>
                <Button label=launch::REMOVE_CODE small=true on_press=remove/>
            </p>
        }
    };
    move || codes.get().into_iter().map(line).collect_view()
}

/// Any other goods, by their code.
#[component]
fn AddOne(wizard: Wizard) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let add = move || {
        let text = code.get_untracked().trim().to_owned();
        if !text.is_empty() {
            wizard.change(|form| toggle(&mut form.analogues, &text, true));
            code.set(String::new());
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    view! {
        <div class="demand-fields launch-add" on:keydown=keys>
            <TextField label=launch::ADD_CODE value=code on_input=move |text| code.set(text)/>
            <Button label=launch::ADD small=true on_press=move |()| add()/>
        </div>
    }
}
