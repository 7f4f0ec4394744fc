//! What each choice of stock may be sorry for, for one post and its goods.

use super::super::super::desk::Desk;
use super::super::super::heads::{cell, live, table};
use super::super::goods_name;
use super::CASES;
use crate::i18n::messages::signals;
use crate::i18n::{Msg, fill, number, percent, t, tr};
use crate::ui::{Badge, BadgeTone, Choice, Select};
use leptos::prelude::*;
use protocol::signals::{HitChoice, HitLine, SignalDesk};

/// What can be chosen: its name and that of its post, and the choice of stock.
#[derive(Clone)]
struct Line {
    /// Codes of post and goods.
    key: String,
    name: String,
    demand: [f64; 3],
    probabilities: [f64; 3],
    choice: HitChoice,
}

fn lines(shown: &SignalDesk) -> Vec<Line> {
    let of_post = |post: &HitLine| {
        let (code, demand, probabilities) = (post.post.clone(), post.demand, post.probabilities);
        let lines = post.goods.iter().filter_map(move |goods| {
            let name = goods_name(&goods.names, &goods.code);
            Some(Line {
                key: format!("{code}\n{}", goods.code),
                name: format!("{code} · {name}"),
                demand,
                probabilities,
                choice: goods.choice.clone()?,
            })
        });
        lines.collect::<Vec<_>>()
    };
    shown.hits.iter().flat_map(of_post).collect()
}

pub(super) fn section(desk: Desk) -> AnyView {
    let lines = move || {
        desk.signals
            .get()
            .map_or_else(Vec::new, |shown| lines(&shown))
    };
    let chosen = RwSignal::new(String::new());
    // The likeliest hit, until another one is chosen; again once that one is over.
    let shown = move || {
        let (lines, wanted) = (lines(), chosen.get());
        let own = lines.iter().find(|line| line.key == wanted);
        own.or(lines.first()).cloned()
    };
    let choices = Signal::derive(move || {
        let choice = |line: Line| Choice::new(line.key, Signal::stored(line.name));
        lines().into_iter().map(choice).collect::<Vec<_>>()
    });
    let basis = move || {
        let share = desk.signals.get().map_or(0.0, |shown| shown.leftover);
        let share = percent(share * 100.0, 0);
        fill(signals::REGRET_BASIS, &[("share", &share)])
    };
    view! {
        <section class="signals-part" aria-label=t(signals::REGRET)>
            <h3 class="object">{t(signals::REGRET)}</h3>
            <div class="demand-cut">
                <Select
                    label=signals::POST_AND_GOODS
                    choices
                    value=Signal::derive(move || shown().map_or_else(String::new, |line| line.key))
                    on_change=move |key| chosen.set(key)
                />
            </div>
            {live(move || shown().map_or_else(|| ().into_any(), |line| regrets(&line)))}
            <p class="micro faint demand-note">{basis}</p>
        </section>
    }
    .into_any()
}

const HEADS: [(Msg, bool); 7] = [
    (signals::STOCKED_FOR, false),
    (signals::UNITS, true),
    (signals::FLOP_CAME, true),
    (signals::BASE_CAME, true),
    (signals::HIT_CAME, true),
    (signals::WORST, true),
    (signals::MEAN, true),
];

fn regrets(line: &Line) -> AnyView {
    let mut rows: Vec<AnyView> = (0..CASES.len()).filter_map(|at| row(line, at)).collect();
    let mut chances = vec![cell("", String::new())];
    let share = |share: f64| cell("num dim", percent(share * 100.0, 0));
    chances.extend(line.probabilities.map(share));
    chances.extend([cell("", String::new()), cell("", String::new())]);
    rows.push(named(signals::CHANCES, Vec::new(), chances));
    let class = "demand-factors signals-regret";
    table(signals::REGRET, class, &HEADS, rows)
}

/// What is lost by stocking for one case.
fn row(line: &Line, at: usize) -> Option<AnyView> {
    let choice = &line.choice;
    let (case, units) = (*CASES.get(at)?, *line.demand.get(at)?);
    let (regret, mean) = (*choice.regret.get(at)?, *choice.means.get(at)?);
    let mark = |place: u8, name: Msg, tone: BadgeTone| {
        let label = Signal::derive(move || tr(name).to_owned());
        (usize::from(place) == at).then(|| view! { <Badge label tone/> }.into_any())
    };
    let least = mark(choice.least_regret, signals::LEAST_REGRET, BadgeTone::Good);
    let stocked = mark(choice.stocked_for, signals::LEAST_MEAN, BadgeTone::Accent);
    let worst = regret.into_iter().fold(0.0, f64::max);
    let money = |class, money: f64| cell(class, number(money, 0));
    let mut cells = vec![cell("num", number(units.ceil(), 0))];
    cells.extend(regret.map(|lost| money("num", lost)));
    cells.extend([money("num strong", worst), money("num strong", mean)]);
    let marks = least.into_iter().chain(stocked).collect();
    Some(named(case, marks, cells))
}

fn named(name: Msg, marks: Vec<AnyView>, cells: Vec<AnyView>) -> AnyView {
    view! {
        <tr>
            <th scope="row">
                <span class="row">{t(name)} {marks}</span>
            </th>
            {cells}
        </tr>
    }
    .into_any()
}
