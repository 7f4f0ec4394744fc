//! Posts that may become hits, with all the goods they are about.

use super::super::super::heads::{cell, table};
use super::super::court::counted_in;
use super::super::goods_name;
use super::{CASES, part};
use crate::i18n::messages::signals;
use crate::i18n::{ABSENT, Msg, day_short, fill, number, percent, tr};
use leptos::prelude::*;
use protocol::signals::{HitGoods, HitLine, HitScore, SignalDesk};

const HEADS: [(Msg, bool); 8] = [
    (signals::POST, false),
    (signals::PUBLISHED, false),
    (signals::HIT, true),
    (signals::FLOP, true),
    (signals::BASE, true),
    (signals::GOODS, false),
    (signals::STOCK_FOR, true),
    (signals::LEAST_REGRET, false),
];

pub(super) fn section(shown: &SignalDesk) -> AnyView {
    let rows = shown.hits.iter().flat_map(post).collect();
    let table = table(signals::HITS, "demand-factors signals-hits", &HEADS, rows);
    let counted = counted_in(shown, "campaign");
    let score = shown.score.as_ref().map(scored);
    let basis = tr(signals::HITS_BASIS).to_owned();
    let note: Vec<String> = counted.into_iter().chain(score).chain([basis]).collect();
    part(signals::HITS, note.join(" · "), table)
}

fn scored(score: &HitScore) -> String {
    let [brier, base] = [score.brier, score.brier_base].map(|it| number(it, 3));
    let posts = number(f64::from(score.posts), 0);
    let accuracy = percent(score.accuracy * 100.0, 0);
    let parts = [
        ("n", posts.as_str()),
        ("accuracy", &accuracy),
        ("brier", &brier),
        ("base", &base),
    ];
    fill(signals::SCORE, &parts)
}

/// A row for each of its goods; what is said of the post stands once, beside them all.
fn post(line: &HitLine) -> Vec<AnyView> {
    let span = line.goods.len().max(1).to_string();
    let about = |class: &'static str, text: String, note: String| {
        let span = span.clone();
        view! {
            <td class=class rowspan=span>
                {text} <span class="micro faint">" " {note}</span>
            </td>
        }
        .into_any()
    };
    let case = |class, probability: f64, units: f64| {
        let units = format!("× {}", number(units, 0));
        about(class, percent(probability * 100.0, 0), units)
    };
    let [flop, base, hit] = line.probabilities;
    let [few, some, many] = line.demand;
    let planned = if line.is_planned {
        tr(signals::PLANNED)
    } else {
        ""
    };
    let mut cells = vec![
        about("", day_short(line.published), planned.to_owned()),
        case("num strong", hit, many),
        case("num", flop, few),
        case("num", base, some),
    ];
    let mut goods = line.goods.iter();
    cells.extend(stock(goods.next()));
    let (name, span) = (line.post.clone(), span.clone());
    let first = view! {
        <tr>
            <th scope="row" rowspan=span>{name}</th>
            {cells}
        </tr>
    };
    let others = goods.map(|goods| view! { <tr>{stock(Some(goods))}</tr> }.into_any());
    [first.into_any()].into_iter().chain(others).collect()
}

fn stock(goods: Option<&HitGoods>) -> Vec<AnyView> {
    let absent = || ABSENT.to_owned();
    let name = goods.map_or_else(absent, |goods| goods_name(&goods.names, &goods.code));
    let choice = goods.and_then(|goods| goods.choice.as_ref());
    let quantity = choice.map_or_else(absent, |choice| number(choice.quantity, 0));
    let least = choice.and_then(|choice| CASES.get(usize::from(choice.least_regret)));
    let least = least.map_or(ABSENT, |case| tr(*case));
    vec![
        cell("cut", name),
        cell("num strong", quantity),
        cell("", least.to_owned()),
    ]
}
