//! The keyword map: which words stand for which goods, and the ways to say so.

mod deciding;
mod picker;

use super::super::desk::{Desk, KINDS};
use super::super::heads::{cell_of, line, live, table};
use super::goods_name;
use crate::bridge::{Query, query};
use crate::i18n::messages::{demand, signals};
use crate::i18n::{Msg, by_id, fill, number, percent, t, tr};
use crate::parts::{name_of, view_state};
use crate::ui::{Button, EmptyState, FourStates, Icon, IconButton, TextField};
use deciding::{Deciding, Goods, of_word};
use leptos::prelude::*;
use picker::Picker;
use protocol::Packed;
use protocol::signals::{KeywordDesk, WEIGHT_ONE, WordGoods, WordLine};
use protocol::{View, ViewData};

const MATCHES: &[(&str, Msg)] = &[
    ("alias", signals::BY_ALIAS),
    ("contains", signals::BY_CONTAINS),
    ("edit_distance", signals::BY_DISTANCE),
    ("exact", signals::BY_EXACT),
];

/// What the rows need.
#[derive(Clone, Copy)]
struct Gestures {
    deciding: Deciding,
    /// The word that goods are being chosen for.
    picking: RwSignal<Option<String>>,
    asked: Query,
}

impl Gestures {
    /// The words; tracked.
    fn shown(self) -> Option<KeywordDesk> {
        self.asked.data.with(|shown| match &shown.as_ref()?.data {
            ViewData::Keywords(bytes) => KeywordDesk::unpack(bytes),
            _ => None,
        })
    }
}

pub(super) fn section(desk: Desk) -> AnyView {
    let text = RwSignal::new(String::new());
    let asked = query(KINDS, move || Some(View::Keywords { text: text.get() }));
    let gestures = Gestures {
        deciding: Deciding::here(),
        picking: RwSignal::new(None),
        asked,
    };
    let count = move || gestures.shown().map(|shown| counted(&shown));
    let listed = move || {
        let shown = gestures.shown();
        shown.map_or_else(super::nothing, |shown| tables(gestures, &shown))
    };
    view! {
        <section class="signals-part" aria-label=t(signals::MAP)>
            <h3 class="object">{t(signals::MAP)}</h3>
            <div class="demand-cut">
                <TextField label=signals::FIND_WORD value=text on_input=move |typed| text.set(typed)/>
                <span class="dim" role="status">{count}</span>
            </div>
            <FourStates
                state=view_state(asked, |data| !matches!(data, ViewData::Keywords(_)))
                empty=|| ().into_any()
                on_retry=move |()| desk.retry()
                unaffected=demand::UNAFFECTED
            >
                {live(listed)}
            </FourStates>
            <p class="micro faint demand-note">{t(signals::MAP_BASIS)}</p>
            <Picker gestures/>
        </section>
    }
    .into_any()
}

fn counted(shown: &KeywordDesk) -> String {
    let [open, mapped] = shown.found.map(|count| number(f64::from(count), 0));
    let count = fill(signals::MAP_COUNT, &[("n", &mapped), ("open", &open)]);
    let listed = [shown.open.len(), shown.mapped.len()];
    let listed = listed.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    if listed == shown.found {
        return count;
    }
    format!("{count} · {}", tr(signals::SOME_WORDS))
}

fn tables(gestures: Gestures, shown: &KeywordDesk) -> AnyView {
    if shown.found == [0, 0] {
        let body = signals::NO_WORD_BODY;
        return view! { <EmptyState icon=Icon::Search title=signals::NO_WORD body/> }.into_any();
    }
    let open = shown.open.iter();
    let open: Vec<AnyView> = open
        .map(|word| row(&word.keyword, suggested(gestures, word)))
        .collect();
    let mapped = shown.mapped.iter();
    let mapped: Vec<AnyView> = mapped
        .map(|word| row(&word.keyword, linked(gestures, word)))
        .collect();
    let listed = |name: Msg, (goods, class): (Msg, &'static str), rows: Vec<AnyView>| {
        (!rows.is_empty()).then(|| table(name, class, &[(name, false), (goods, false)], rows))
    };
    let (may_mean, goods) = (
        (signals::MAY_MEAN, "demand-factors signals-words"),
        (signals::GOODS, "demand-factors signals-mapped"),
    );
    let open = listed(signals::OPEN_WORDS, may_mean, open);
    let mapped = listed(signals::MAPPED_WORDS, goods, mapped);
    (open, mapped).into_any()
}

fn row(word: &str, goods: Vec<AnyView>) -> AnyView {
    let goods = view! { <span class="row signals-choices">{goods}</span> };
    line(word.to_owned(), None, vec![cell_of("", goods.into_any())])
}

/// What a word may stand for.
fn suggested(gestures: Gestures, word: &WordLine) -> Vec<AnyView> {
    let choice = |offered: &WordGoods| {
        let by = by_id(MATCHES, &offered.by).map_or("", tr);
        let note = format!("{by} {}", percent(offered.share * 100.0, 0));
        let goods = goods(offered);
        let hint = of_word(signals::ACCEPT_FOR, &word.keyword, &goods.name);
        let accept = gestures.deciding.gesture(&word.keyword, &goods, WEIGHT_ONE);
        let button = view! { <Button small=true label=signals::ACCEPT hint on_press=accept/> };
        chip(&goods, note, button.into_any())
    };
    let none = word.goods.is_empty().then(|| faint(signals::NO_SUGGESTION));
    let choices = word.goods.iter().map(choice).chain(none);
    let pick = pick(gestures, &word.keyword, signals::PICK);
    choices.chain([pick]).collect()
}

/// What a word stands for.
fn linked(gestures: Gestures, word: &WordLine) -> Vec<AnyView> {
    let link = |linked: &WordGoods| {
        let is_one = (linked.share - 1.0).abs() < 1e-9;
        let weight = (!is_one).then(|| format!("× {}", number(linked.share, 2)));
        let region = linked.region.as_ref().map(name_of);
        let notes: Vec<String> = weight.into_iter().chain(region).collect();
        let goods = goods(linked);
        let label = of_word(signals::REMOVE_FOR, &word.keyword, &goods.name);
        let free = gestures.deciding.gesture(&word.keyword, &goods, 0);
        let button = view! { <IconButton icon=Icon::Trash small=true label on_press=free/> };
        chip(&goods, notes.join(" · "), button.into_any())
    };
    let untold = (!word.is_told).then(|| faint(signals::UNTOLD));
    let links = word.goods.iter().map(link).chain(untold);
    let pick = pick(gestures, &word.keyword, signals::ADD_GOODS);
    links.chain([pick]).collect()
}

fn goods(of: &WordGoods) -> Goods {
    Goods {
        is_category: of.is_category,
        code: of.code.clone(),
        name: goods_name(&of.names, &of.code),
    }
}

fn faint(text: Msg) -> AnyView {
    view! { <span class="micro faint">{t(text)}</span> }.into_any()
}

/// Goods beside a word, with what can be done to them.
fn chip(goods: &Goods, note: String, button: AnyView) -> AnyView {
    view! {
        <span class="signals-choice">
            <span class="cut" title=goods.code.clone()>{goods.name.clone()}</span>
            <span class="micro faint nowrap">{note}</span>
            {button}
        </span>
    }
    .into_any()
}

/// The button that opens the choice of any goods.
fn pick(gestures: Gestures, word: &str, label: Msg) -> AnyView {
    let hint = fill(signals::PICK_FOR, &[("word", word)]);
    let word = word.to_owned();
    let open = move |()| gestures.picking.set(Some(word.clone()));
    view! { <Button small=true label hint on_press=open/> }.into_any()
}
