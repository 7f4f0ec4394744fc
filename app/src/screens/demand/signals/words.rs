//! The keyword map: words nobody has mapped, with what they probably stand for, to be accepted.

use super::super::heads::heads;
use super::{goods_name, part};
use crate::bridge::{Bridge, Visits};
use crate::i18n::messages::signals;
use crate::i18n::{Msg, by_id, fill, number, percent, t, tr};
use crate::parts::failure_text;
use crate::state::{Notice, Notices};
use crate::ui::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Command;
use protocol::signals::{CoverageLine, SignalDesk, WORD_SETTING, WordGoods, WordLine};

const MATCHES: &[(&str, Msg)] = &[
    ("alias", signals::BY_ALIAS),
    ("contains", signals::BY_CONTAINS),
    ("edit_distance", signals::BY_DISTANCE),
    ("exact", signals::BY_EXACT),
];

pub(super) fn words(shown: &SignalDesk) -> impl IntoView + use<> {
    let desk = Accepting::here();
    let [mapped, open] = [shown.mapped as usize, shown.words.len()];
    let [mapped, open] = [mapped, open].map(|count| number(count as f64, 0));
    let rows = shown
        .words
        .iter()
        .map(|word| row(desk, word))
        .collect_view();
    let table = view! {
        <table class="demand-factors signals-words">
            {heads(&[(signals::KEYWORD, false), (signals::MAY_MEAN, false)])}
            <tbody>{rows}</tbody>
        </table>
    };
    part(
        signals::MAP,
        fill(signals::MAP_COUNT, &[("n", &mapped), ("open", &open)]),
        table,
    )
}

/// What accepting a suggestion needs.
#[derive(Clone, Copy)]
struct Accepting {
    bridge: Bridge,
    visits: Visits,
    notices: Notices,
}

impl Accepting {
    fn here() -> Self {
        Self {
            bridge: Bridge::here(),
            visits: Visits::here(),
            notices: Notices::here(),
        }
    }

    /// Maps a word, as one step of undo, and computes again.
    fn accept(self, word: &str, goods: &WordGoods) {
        let kind = if goods.is_category { "category" } else { "sku" };
        let command = Command::SettingSet {
            key: format!("{WORD_SETTING}{word}"),
            value: Some(format!("{kind}:{}", goods.code)),
        };
        let (word, name) = (word.to_owned(), goods_name(&goods.names, &goods.code));
        spawn_local(async move {
            match self.bridge.apply("keyword_mapped", vec![command]).await {
                Ok(_) => {
                    let text = Signal::derive(move || {
                        fill(signals::MAPPED, &[("word", &word), ("goods", &name)])
                    });
                    self.notices.show(Notice::done(text));
                    self.visits.plan();
                }
                Err(error) => {
                    let text = Signal::derive(move || failure_text(&error));
                    self.notices.show(Notice::bad(text));
                }
            }
        });
    }
}

fn row(desk: Accepting, line: &WordLine) -> impl IntoView + use<> {
    let choices = line
        .goods
        .iter()
        .map(|goods| choice(desk, &line.keyword, goods));
    let choices = choices.collect_view();
    let is_unknown = line.goods.is_empty();
    view! {
        <tr>
            <th scope="row">{line.keyword.clone()}</th>
            <td>
                <span class="row signals-choices">
                    {choices}
                    {is_unknown.then(|| view! { <span class="dim">{t(signals::NO_SUGGESTION)}</span> })}
                </span>
            </td>
        </tr>
    }
}

fn choice(desk: Accepting, word: &str, goods: &WordGoods) -> impl IntoView + use<> {
    let name = goods_name(&goods.names, &goods.code);
    let by = by_id(MATCHES, &goods.by);
    let surely = percent(goods.confidence * 100.0, 0);
    let title = fill(signals::ACCEPT_FOR, &[("word", word), ("goods", &name)]);
    let (word, chosen) = (word.to_owned(), goods.clone());
    view! {
        <span class="signals-choice">
            <span class="cut" title=goods.code.clone()>{name}</span>
            <span class="micro faint nowrap">{move || by.map_or("", tr)} " " {surely}</span>
            <Button
                small=true
                label=signals::ACCEPT
                hint=title
                on_press=move |()| desk.accept(&word, &chosen)
            />
        </span>
    }
}

/// Tracked words that stand high among the results.
pub(super) fn coverage(shown: &SignalDesk) -> impl IntoView + use<> {
    let rows = shown.coverage.iter().map(covered).collect_view();
    view! {
        <section class="signals-part">
            <h3 class="object">{t(signals::COVERAGE)}</h3>
            <dl class="demand-facts signals-coverage">{rows}</dl>
        </section>
    }
}

fn covered(line: &CoverageLine) -> impl IntoView + use<> {
    let share = |value: f64| percent(value * 100.0, 0);
    let top = number(f64::from(line.top), 0);
    let [covered, all] = [line.covered.0, line.covered.1].map(|it| number(f64::from(it), 0));
    let before = line.before.map(|before| {
        let before = fill(signals::BEFORE, &[("share", &share(before))]);
        view! { <span class="micro faint nowrap">{before}</span> }
    });
    view! {
        <dt>{fill(signals::COVERAGE_OF, &[("source", &line.source), ("n", &top)])}</dt>
        <dd>
            {before}
            <span class="dim">{fill(signals::COVERED, &[("n", &covered), ("all", &all)])}</span>
            <strong>{share(line.share)}</strong>
        </dd>
    }
}
