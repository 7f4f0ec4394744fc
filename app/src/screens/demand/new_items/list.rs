//! New items of the plan: what was expected, what was sold, what is forecast now.

use super::super::hand::{Keeper, made_by};
use super::super::selection::{Selection, Tab};
use super::Wizard;
use super::draft::Form;
use crate::i18n::messages::{hand, launch};
use crate::i18n::{ABSENT, day_iso, number, t, tr};
use crate::parts::name_of;
use crate::ui::{Icon, IconButton};
use leptos::prelude::*;
use protocol::Command;
use protocol::new_items::LaunchRow;

#[component]
pub(super) fn Planned(wizard: Wizard) -> impl IntoView {
    let keeper = Keeper::here();
    let rows = Memo::new(move |_| wizard.shown.get().map(|desk| desk.planned.clone()));
    move || {
        let rows = rows.get().unwrap_or_default();
        if rows.is_empty() {
            return None;
        }
        let rows = rows
            .iter()
            .map(|one| row(wizard, keeper, one))
            .collect_view();
        Some(view! {
            <section class="launch-list">
                <h3 class="object">{t(launch::LIST)}</h3>
                <div class="demand-plan" tabindex="0" role="region" aria-label=t(launch::LIST)>
                    <table class="demand-factors">
                        <thead>
                            <tr>
                                <th scope="col">{t(launch::GOODS)}</th>
                                <th scope="col">{t(launch::LAUNCH)}</th>
                                <th scope="col">{t(launch::FOLLOWS)}</th>
                                <th scope="col" class="num">{t(launch::EXPECTED)}</th>
                                <th scope="col" class="num">{t(launch::SOLD)}</th>
                                <th scope="col" class="num">{t(launch::LEVEL_NOW)}</th>
                                <th scope="col"></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        })
    }
}

fn row(wizard: Wizard, keeper: Keeper, one: &LaunchRow) -> impl IntoView + use<> {
    let name = match name_of(&one.names) {
        name if name.is_empty() => one.sku.clone(),
        name => name,
    };
    let figure =
        |units: Option<f64>| units.map_or_else(|| ABSENT.to_owned(), |units| number(units, 1));
    let follows = match one.analogues.is_empty() {
        true => tr(launch::ITS_GROUP).to_owned(),
        false => one
            .analogues
            .iter()
            .map(name_of)
            .collect::<Vec<_>>()
            .join(" · "),
    };
    let made = one.launch.as_ref().map(|launch| {
        let by = made_by(&launch.author, launch.made_on);
        view! { <span class="demand-below micro faint">{launch.reason.clone()} " · " {by}</span> }
    });
    let state = one.expected.is_none().then(|| tr(launch::NOT_ANY_MORE));
    let expected = figure(one.expected);
    let (sold, level) = (number(one.sold, 0), figure(one.level));
    view! {
        <tr>
            <th scope="row">
                <span class="strong">{name}</span>
                <span class="demand-below micro faint">{one.sku.clone()}</span>
            </th>
            <td>{day_iso(one.from)} <span class="demand-below micro faint">{state}</span></td>
            <td class="launch-follows">{follows} {made}</td>
            <td class="num">{expected}</td>
            <td class="num">{sold}</td>
            <td class="num strong">{level}</td>
            <td class="demand-tools nowrap">{tools(wizard, keeper, one)}</td>
        </tr>
    }
}

fn tools(wizard: Wizard, keeper: Keeper, one: &LaunchRow) -> impl IntoView + use<> {
    let sku = one.sku.clone();
    let show = move |()| {
        wizard.desk.select(&Selection {
            sku: Some(sku.clone()),
            tab: Tab::Forecast,
            ..Selection::default()
        });
    };
    let decided = one.launch.clone().map(|launched| {
        let sku = one.sku.clone();
        let remove = move |()| {
            let command = Command::LaunchSet {
                sku: sku.clone(),
                launch: None,
            };
            keeper.keep("NEW_ITEM_REMOVED", command, launch::REMOVED, |_| {});
        };
        let form = Form::of(one, &launched);
        let edit = move |()| wizard.form.set(form.clone());
        view! {
            <IconButton icon=Icon::Edit small=true label=hand::EDIT on_press=edit/>
            <IconButton icon=Icon::Trash small=true label=hand::REMOVE on_press=remove/>
        }
    });
    view! {
        <IconButton icon=Icon::Chart small=true label=launch::SHOW on_press=show/>
        {decided}
    }
}
