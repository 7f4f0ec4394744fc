//! The three navigators: categories with SKUs, channels, regions. Each is one tree with one tab stop.

use super::desk::{Desk, Nodes, node_name};
use super::model::Grade;
use super::selection::Branch;
use super::tree::{self, Opened, Row, RowKind, TreeStep, tree_step};
use crate::i18n::messages::demand;
use crate::i18n::{ABSENT, Msg, fill, number, quantity_short, t, tr};
use crate::ui::{Icon, IconView, Shape, ShapeView, focus_child};
use leptos::prelude::*;
use protocol::view::TreeNode;

/// All navigators in one panel, with the key to the shapes.
#[component]
pub(super) fn Navigators(desk: Desk) -> impl IntoView {
    view! {
        <section class="panel demand-nav" aria-label=t(demand::NAVIGATORS)>
            <Navigator desk branch=Branch::Goods title=demand::CATEGORY caption=demand::NAV_UNITS/>
            <Navigator desk branch=Branch::Channel title=demand::CHANNEL/>
            <Navigator desk branch=Branch::Region title=demand::REGION/>
            <footer class="demand-key micro">
                <p class="row">
                    {[Grade::Met, Grade::Near, Grade::Missed].map(|grade| {
                        view! {
                            <GradeMark grade/>
                            <span>{t(limit(grade))}</span>
                        }
                    })}
                </p>
                <p>{t(demand::WAPE_BASIS)}</p>
            </footer>
        </section>
    }
}

#[component]
fn Navigator(
    desk: Desk,
    branch: Branch,
    title: Msg,
    #[prop(optional)] caption: Option<Msg>,
) -> impl IntoView {
    let nodes = Memo::new(move |_| desk.nodes(branch));
    let opened = untrack(|| match branch {
        Branch::Goods => Opened::reveal(&nodes.get(), &desk.selection.get()),
        Branch::Channel | Branch::Region => Opened::default(),
    });
    let opened = RwSignal::new(opened);
    let rows = Memo::new(move |_| {
        opened.with(|opened| nodes.with(|nodes| tree::rows(nodes, branch, opened)))
    });
    let focused = RwSignal::new(0_usize);
    // A closed category may take the row away that had the focus.
    let stop = Memo::new(move |_| focused.get().min(rows.with(Vec::len).saturating_sub(1)));
    let act = Act {
        desk,
        branch,
        nodes,
        opened,
        focused,
        stop,
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        let now = stop.get_untracked();
        let Some(step) = rows.with_untracked(|rows| tree_step(rows, now, &event.key())) else {
            return;
        };
        event.prevent_default();
        let row = rows.with_untracked(|rows| rows.get(now).cloned());
        match (step, row) {
            (TreeStep::Focus(to), _) => {
                focused.set(to);
                focus_child(&event, to);
            }
            (TreeStep::Toggle, Some(row)) => act.toggle(&row),
            (TreeStep::Choose, Some(row)) => act.choose(&row),
            (TreeStep::Toggle | TreeStep::Choose, None) => {}
        }
    };
    view! {
        <header class="panel-head">
            <h2>{t(title)}</h2>
            <span class="grow"></span>
            <span class="caption">{caption.map(t)}</span>
        </header>
        <div class="demand-tree" role="tree" aria-label=t(title) on:keydown=key>
            {move || {
                let nodes = nodes.get();
                let rows = rows.get().into_iter().enumerate();
                rows.map(|(index, row)| row_view(act, &nodes, row, index)).collect_view()
            }}
        </div>
    }
}

/// What pressing a row does.
#[derive(Clone, Copy)]
struct Act {
    desk: Desk,
    branch: Branch,
    nodes: Memo<Nodes>,
    opened: RwSignal<Opened>,
    focused: RwSignal<usize>,
    /// The row with the tab stop.
    stop: Memo<usize>,
}

impl Act {
    fn code(self, index: usize) -> Option<String> {
        self.nodes
            .with_untracked(|nodes| nodes.get(index).map(|node| node.code.clone()))
    }

    fn toggle(self, row: &Row) {
        if let RowKind::Node(index) = row.kind
            && let Some(code) = self.code(index)
        {
            self.opened.update(|opened| opened.toggle(&code));
        }
    }

    fn choose(self, row: &Row) {
        if let RowKind::More { parent, .. } = row.kind {
            if let Some(code) = self.code(parent) {
                self.opened.update(|opened| opened.more(&code));
            }
            return;
        }
        if row.is_open == Some(false) {
            self.toggle(row);
        }
        let now = self.desk.selection.get_untracked();
        let next = self
            .nodes
            .with_untracked(|nodes| tree::choose(nodes, self.branch, row.kind, &now));
        self.desk.select(&next);
    }

    fn is_chosen(self, kind: RowKind) -> bool {
        let (nodes, branch) = (self.nodes, self.branch);
        let chosen = self.desk.selection;
        nodes.with(|nodes| chosen.with(|now| tree::is_chosen(nodes, branch, kind, now)))
    }
}

fn row_view(act: Act, nodes: &Nodes, row: Row, index: usize) -> impl IntoView + use<> {
    let kind = row.kind;
    let node = match kind {
        RowKind::All => tree::sum(nodes),
        RowKind::Node(index) => nodes.get(index),
        RowKind::More { .. } => None,
    };
    let name = match (kind, node) {
        (RowKind::All, _) => tr(all_of(act.branch)).to_owned(),
        (RowKind::More { hidden, .. }, _) => {
            fill(demand::MORE_SKUS, &[("n", &number(hidden as f64, 0))])
        }
        (RowKind::Node(_), node) => node.map(node_name).unwrap_or_default(),
    };
    let twist = match row.is_open {
        Some(true) => Some(Icon::Down),
        Some(false) => Some(Icon::Right),
        None => None,
    };
    let is_open = row.is_open;
    let depth = row.depth;
    let toggled = row.clone();
    let full_name = name.clone();
    view! {
        <div
            class="demand-row"
            role="treeitem"
            attr:aria-level=(depth + 1).to_string()
            aria-expanded=is_open.map(|open| if open { "true" } else { "false" })
            aria-selected=move || if act.is_chosen(kind) { "true" } else { "false" }
            tabindex=move || if act.stop.get() == index { "0" } else { "-1" }
            data-kind=matches!(kind, RowKind::More { .. }).then_some("more")
            style=("--depth", depth.to_string())
            title=full_name
            on:click=move |_| {
                act.focused.set(index);
                act.choose(&row);
            }
        >
            <span
                class="demand-twist"
                on:click=move |event| {
                    if toggled.is_open.is_some() {
                        event.stop_propagation();
                        act.toggle(&toggled);
                    }
                }
            >
                {twist.map(|icon| view! { <IconView icon/> })}
            </span>
            <span class="cut grow">{name}</span>
            {node.map(figures)}
        </div>
    }
}

/// Units a week, the shape of the error and the error.
fn figures(node: &TreeNode) -> impl IntoView + use<> {
    let wape = node.wape;
    view! {
        <span class="num">{quantity_short(node.rate)}</span>
        {wape.map(|wape| view! { <GradeMark grade=Grade::of(wape)/> })}
        <span class="num demand-wape">
            {wape.map_or_else(|| ABSENT.to_owned(), |wape| number(wape * 100.0, 1))}
        </span>
    }
}

/// The shape and colour of a grade; its word is heard.
#[component]
pub(super) fn GradeMark(grade: Grade) -> impl IntoView {
    let shape = match grade {
        Grade::Met => Shape::Disc,
        Grade::Near => Shape::Triangle,
        Grade::Missed => Shape::Square,
    };
    view! {
        <span class="demand-grade" data-grade=grade.as_str()>
            <ShapeView shape/>
            <span class="only-heard">{t(grade_word(grade))}</span>
        </span>
    }
}

/// The word of a grade.
pub(super) fn grade_word(grade: Grade) -> Msg {
    match grade {
        Grade::Met => demand::MET,
        Grade::Near => demand::NEAR,
        Grade::Missed => demand::MISSED,
    }
}

fn limit(grade: Grade) -> Msg {
    match grade {
        Grade::Met => demand::MET_LIMIT,
        Grade::Near => demand::NEAR_LIMIT,
        Grade::Missed => demand::MISSED_LIMIT,
    }
}

fn all_of(branch: Branch) -> Msg {
    match branch {
        Branch::Goods => demand::ALL_CATEGORIES,
        Branch::Channel => demand::ALL_CHANNELS,
        Branch::Region => demand::ALL_REGIONS,
    }
}
