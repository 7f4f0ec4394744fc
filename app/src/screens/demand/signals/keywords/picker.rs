//! Choosing any goods for a word: a search with a list, and a weight.

use super::Gestures;
use super::deciding::Goods;
use crate::bridge::{Query, query};
use crate::i18n::messages::{kit, signals};
use crate::i18n::{fill, parse_number, t, tr};
use crate::screens::demand::desk::KINDS;
use crate::ui::{Button, ButtonKind, Dialog, TextField, match_score};
use leptos::prelude::*;
use protocol::signals::WEIGHT_ONE;
use protocol::{View, ViewData};

/// Categories that are offered beside the SKUs found.
const CATEGORIES_MAX: usize = 4;

#[component]
pub(super) fn Picker(gestures: Gestures) -> impl IntoView {
    let picking = gestures.picking;
    let title = Signal::derive(move || {
        let word = picking.get().unwrap_or_default();
        fill(signals::PICK_FOR, &[("word", &word)])
    });
    view! {
        <Dialog
            open=Signal::derive(move || picking.with(Option::is_some))
            on_close=move |()| picking.set(None)
            title
        >
            <Choice gestures/>
        </Dialog>
    }
}

/// What is typed and chosen.
#[derive(Clone, Copy)]
struct Search {
    text: RwSignal<String>,
    chosen: RwSignal<Option<Goods>>,
    /// Place of the option that Enter takes.
    active: RwSignal<usize>,
    gestures: Gestures,
    found: Query,
}

impl Search {
    /// What fits the text while nothing is chosen; tracked.
    fn options(self) -> Vec<Goods> {
        match self.chosen.with(Option::is_some) {
            true => Vec::new(),
            false => self
                .text
                .with(|text| options(text, self.gestures, self.found)),
        }
    }

    fn choose(self, at: usize) {
        let options = untrack(|| self.options());
        if let Some(goods) = options.into_iter().nth(at) {
            self.text.set(goods.name.clone());
            self.chosen.set(Some(goods));
        }
    }

    fn type_in(self, text: String) {
        self.chosen.set(None);
        self.active.set(0);
        self.text.set(text);
    }
}

/// The options of a text: categories whose name or code it matches, then SKUs the worker found.
fn options(text: &str, gestures: Gestures, found: Query) -> Vec<Goods> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let mut options = Vec::new();
    let categories = gestures.shown().map_or_else(Vec::new, |it| it.categories);
    for (code, names) in categories {
        let texts = [&code, &names.0, &names.1];
        let is_match = texts
            .into_iter()
            .any(|it| match_score(text, it) >= Some(WHOLE));
        if is_match && options.len() < CATEGORIES_MAX {
            options.push(Goods {
                is_category: true,
                name: super::goods_name(&names, &code),
                code,
            });
        }
    }
    found.data.with(|shown| {
        let Some(ViewData::Found(items)) = shown.as_deref().map(|shown| &shown.data) else {
            return;
        };
        let skus = items.iter().filter(|item| item.order.is_none());
        options.extend(skus.map(|item| Goods {
            is_category: false,
            code: item.sku.clone(),
            name: super::goods_name(&item.names, &item.sku),
        }));
    });
    options
}

/// Least score of a title that holds the text in one piece.
const WHOLE: u32 = 200;

#[component]
fn Choice(gestures: Gestures) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let chosen = RwSignal::new(None::<Goods>);
    let found = query(KINDS, move || {
        let text = text.get();
        let is_asked = !text.trim().is_empty() && chosen.with(Option::is_none);
        is_asked.then_some(View::Search { text })
    });
    let search = Search {
        text,
        chosen,
        active: RwSignal::new(0),
        gestures,
        found,
    };
    let weight = RwSignal::new("1".to_owned());
    let read = move || weight.with(|text| parse_number(text).filter(is_weight));
    let error = move || read().is_none().then(|| tr(signals::BAD_WEIGHT).to_owned());
    let map = move |()| {
        let word = gestures.picking.get_untracked();
        let chosen = word.zip(chosen.get_untracked()).zip(untrack(read));
        if let Some(((word, goods), weight)) = chosen {
            // In range: the field of weights is.
            let hundredths = (weight * f64::from(WEIGHT_ONE)).round() as u32;
            gestures.deciding.decide(&word, &goods, hundredths);
            gestures.picking.set(None);
        }
    };
    let hint = move || match chosen.with(Option::is_some) {
        true => String::new(),
        false => tr(signals::CHOOSE_FIRST).to_owned(),
    };
    view! {
        <GoodsField search on_map=map/>
        <Options search is_searching=found.is_loading/>
        <TextField
            label=signals::WEIGHT
            value=weight
            on_input=move |text| weight.set(text)
            error=Signal::derive(error)
            numeric=true
        />
        <p class="micro faint">{t(signals::WEIGHT_NOTE)}</p>
        <div class="dialog-actions">
            <Button label=kit::CANCEL on_press=move |()| gestures.picking.set(None)/>
            <Button
                kind=ButtonKind::Primary
                label=signals::MAP_IT
                disabled=Signal::derive(move || chosen.with(Option::is_none) || read().is_none())
                hint=Signal::derive(hint)
                on_press=map
            />
        </div>
    }
}

/// Whether a weight may be decided.
fn is_weight(weight: &f64) -> bool {
    (0.01..=100.0).contains(weight)
}

#[component]
fn GoodsField(search: Search, #[prop(into)] on_map: Callback<()>) -> impl IntoView {
    let count = move || search.options().len();
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let count = untrack(|| search.options().len());
        match event.key().as_str() {
            "ArrowDown" => search.active.update(|now| *now = (*now + 1) % count.max(1)),
            "ArrowUp" => {
                let back = |now: &mut usize| *now = (*now + count.saturating_sub(1)) % count.max(1);
                search.active.update(back);
            }
            "Enter" if count > 0 => search.choose(search.active.get_untracked()),
            "Enter" => on_map.run(()),
            _ => return,
        }
        event.prevent_default();
    };
    let list = move || (count() > 0).then_some(LIST);
    let is_open = move || if count() > 0 { "true" } else { "false" };
    let active = move || (count() > 0).then(|| option_id(search.active.get()));
    view! {
        <div class="field">
            <label>
                <span class="field-label">{t(signals::FIND_GOODS)}</span>
                <span class="field-box">
                    <input
                        type="text"
                        role="combobox"
                        autofocus
                        autocomplete="off"
                        aria-expanded=is_open
                        aria-autocomplete="list"
                        aria-controls=list
                        aria-activedescendant=active
                        prop:value=search.text
                        on:input=move |event| search.type_in(event_target_value(&event))
                        on:keydown=keys
                    />
                </span>
            </label>
        </div>
    }
}

/// Id of the list: there is one dialog.
const LIST: &str = "signals-goods";

fn option_id(at: usize) -> String {
    format!("{LIST}-{at}")
}

#[component]
fn Options(search: Search, is_searching: RwSignal<bool>) -> impl IntoView {
    let is_lost = move || {
        let is_open = search.chosen.with(Option::is_none) && !is_searching.get();
        is_open && search.options().is_empty() && search.text.with(|text| !text.trim().is_empty())
    };
    let option = move |(at, goods): (usize, Goods)| {
        let kind = match goods.is_category {
            true => signals::CATEGORY,
            false => signals::SKU,
        };
        view! {
            <li
                id=option_id(at)
                class="palette-item"
                role="option"
                aria-selected=move || if search.active.get() == at { "true" } else { "false" }
                on:pointermove=move |_| {
                    if search.active.get_untracked() != at {
                        search.active.set(at);
                    }
                }
                on:click=move |_| search.choose(at)
            >
                <span class="grow cut">{goods.name}</span>
                <span class="dense faint">{t(kind)} " " {goods.code}</span>
            </li>
        }
    };
    let list = move || {
        let options = search.options();
        (!options.is_empty()).then(|| {
            view! {
                <ul class="palette-list signals-goods" role="listbox" id=LIST aria-label=t(signals::FIND_GOODS)>
                    {options.into_iter().enumerate().map(option).collect_view()}
                </ul>
            }
        })
    };
    view! {
        {list}
        <span class="dim" role="status">{move || is_lost().then(|| t(kit::NO_MATCH))}</span>
    }
}
