//! What the parts of the screen share: the selection and the answers of the worker.

use super::model::Figures;
use super::selection::{Branch, Selection, Tab};
use crate::bridge::{Bridge, Query, Shown, query};
use crate::i18n::messages::demand;
use crate::i18n::{Language, fill, language, tr};
use crate::parts::{picked, view_state};
use crate::routes::Screen;
use crate::state::Router;
use crate::ui::ViewState;
use leptos::prelude::*;
use protocol::signals::SignalDesk;
use protocol::view::{AccuracyTable, EventFactor, Frequency, TreeNode};
use protocol::{Code, View, ViewData, ViewKind};
use std::sync::Arc;

/// Nodes of a navigator, shared without copying.
pub(super) type Nodes = Arc<Vec<TreeNode>>;

/// The signals of the screen.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    router: Router,
    bridge: Bridge,
    pub selection: Memo<Selection>,
    /// Where the screen stands.
    pub state: Signal<ViewState>,
    /// The navigators in the order of [`Branch`].
    goods: Query,
    channels: Query,
    regions: Query,
    weekly: Query,
    daily: Query,
    /// Effects of events on the slice, and where their table stands.
    pub factors: Signal<Option<Vec<EventFactor>>>,
    pub factors_state: Signal<ViewState>,
    /// Who makes the error of the slice, and where that table stands.
    pub accuracy: Signal<Option<AccuracyTable>>,
    pub accuracy_state: Signal<ViewState>,
    /// What searches, posts and leads say, and where that page stands.
    pub signals: Signal<Option<Arc<SignalDesk>>>,
    pub signals_state: Signal<ViewState>,
    /// History and forecast by week, which table and panels show whatever the chart shows.
    pub weeks: Memo<Option<Arc<Figures>>>,
    /// History by day; `None` while the chart shows weeks.
    pub days: Memo<Option<Arc<Figures>>>,
    /// The bucket of the chart being read.
    pub hover: RwSignal<Option<usize>>,
}

const KINDS: &[ViewKind] = &[ViewKind::Plan, ViewKind::Data];

impl Desk {
    /// Asks for everything; call it once, in the component of the screen.
    pub fn open() -> Self {
        let router = Router::here();
        let selection = Memo::new(move |_| Selection::of(&router.route()));
        // While this screen is being left the address is already another one's.
        let screen = router.screen();
        let is_here = move || screen.get() == Screen::Demand;
        let tree = move |branch| {
            query(KINDS, move || {
                let scope = selection.with(|now| now.scope_of(branch));
                is_here().then_some(View::DemandTree { scope })
            })
        };
        let weekly = query(KINDS, move || {
            let scope = selection.with(Selection::scope);
            is_here().then_some(View::Series {
                scope,
                frequency: Frequency::Week,
            })
        });
        let daily = query(KINDS, move || {
            let (scope, frequency) = selection.with(|now| (now.scope(), now.frequency()));
            (frequency == Frequency::Day && is_here()).then_some(View::Series { scope, frequency })
        });
        let factors = query(KINDS, move || {
            let scope = selection.with(Selection::scope);
            is_here().then_some(View::EventFactors { scope })
        });
        let accuracy = query(KINDS, move || {
            let (scope, tab, cut) = selection.with(|now| (now.scope(), now.tab, now.cut));
            let by = cut.as_str().to_owned();
            (is_here() && tab == Tab::Accuracy).then_some(View::Accuracy { scope, by })
        });
        let signals = signals(selection, screen);
        let goods = tree(Branch::Goods);
        let has_no_nodes =
            |data: &ViewData| !matches!(data, ViewData::DemandTree(nodes) if !nodes.is_empty());
        Self {
            router,
            bridge: Bridge::here(),
            selection,
            state: view_state(goods, has_no_nodes),
            goods,
            channels: tree(Branch::Channel),
            regions: tree(Branch::Region),
            weekly,
            daily,
            accuracy: picked(accuracy, |shown| match &shown.data {
                ViewData::Accuracy(table) => Some(table.clone()),
                _ => None,
            }),
            accuracy_state: view_state(
                accuracy,
                |data| !matches!(data, ViewData::Accuracy(table) if !table.rows.is_empty()),
            ),
            signals: picked(signals, told),
            signals_state: view_state(signals, tells_nothing),
            factors: picked(factors, |shown| match &shown.data {
                ViewData::EventFactors(factors) => Some(factors.clone()),
                _ => None,
            }),
            factors_state: view_state(
                factors,
                |data| !matches!(data, ViewData::EventFactors(factors) if !factors.is_empty()),
            ),
            weeks: Memo::new(move |_| figures(weekly)),
            days: Memo::new(move |_| figures(daily)),
            hover: RwSignal::new(None),
        }
    }

    /// The nodes a navigator shows; tracked.
    pub fn nodes(self, branch: Branch) -> Nodes {
        let query = match branch {
            Branch::Goods => self.goods,
            Branch::Channel => self.channels,
            Branch::Region => self.regions,
        };
        match query.data.get().as_deref().map(|shown| &shown.data) {
            Some(ViewData::DemandTree(nodes)) => Arc::new(nodes.clone()),
            _ => Nodes::default(),
        }
    }

    /// Where the chart stands; tracked.
    pub fn chart_state(self) -> ViewState {
        let is_daily = self.selection.with(|now| now.is_daily);
        let (query, shown) = match is_daily {
            true => (self.daily, self.days),
            false => (self.weekly, self.weeks),
        };
        if let Some(error) = query.error.get() {
            return failed(error.code);
        }
        match shown.with(|shown| shown.as_ref().map(|shown| shown.days.is_empty())) {
            Some(true) => ViewState::Empty,
            Some(false) => ViewState::Done,
            None => ViewState::Loading,
        }
    }

    /// Whether figures of another slice are on their way; tracked.
    pub fn is_behind(self) -> bool {
        self.weekly.is_loading.get() || self.daily.is_loading.get()
    }

    /// Asks again.
    pub fn retry(self) {
        self.bridge
            .version(ViewKind::Plan)
            .update(|version| *version += 1);
    }

    /// Shows another slice, as a step of the history.
    pub fn select(self, selection: &Selection) {
        self.hover.set(None);
        let route = untrack(|| self.router.route());
        self.router.go(selection.write(route));
    }

    /// The name of the goods chosen, or that of all; tracked.
    pub fn title(self) -> String {
        let selection = self.selection.get();
        let (attribute, code) = match (&selection.sku, &selection.category) {
            (Some(sku), _) => ("sku", sku),
            (None, Some(category)) => ("category", category),
            (None, None) => return tr(demand::ALL_CATEGORIES).to_owned(),
        };
        self.name_of(Branch::Goods, attribute, code)
    }

    /// Names of the chosen channel and region; tracked.
    pub fn chips(self) -> Vec<String> {
        let selection = self.selection.get();
        let channel = selection.channel.as_deref();
        let region = selection.region.as_deref();
        let channel = channel.map(|code| self.name_of(Branch::Channel, "channel", code));
        let region = region.map(|code| self.name_of(Branch::Region, "region", code));
        channel.into_iter().chain(region).collect()
    }

    fn name_of(self, branch: Branch, attribute: &str, code: &str) -> String {
        let nodes = self.nodes(branch);
        let is_it = |node: &&TreeNode| node.attribute == attribute && node.code == code;
        nodes
            .iter()
            .find(is_it)
            .map_or_else(|| code.to_owned(), node_name)
    }
}

/// The name of a node in the language of the page, or the other, or its code; tracked.
pub(super) fn node_name(node: &TreeNode) -> String {
    let (zh, en) = &node.names;
    let names = match language() {
        Language::Zh => [zh, en],
        Language::En => [en, zh],
    };
    let name = names.into_iter().find(|name| !name.is_empty());
    name.unwrap_or(&node.code).clone()
}

fn failed(code: Code) -> ViewState {
    ViewState::Failed(fill(demand::FAILED, &[("code", code.as_str())]))
}

fn figures(query: Query) -> Option<Arc<Figures>> {
    let shown = query.data.get()?;
    match &shown.data {
        ViewData::Series(head) => Figures::read(head, &shown.bufs).map(Arc::new),
        _ => None,
    }
}

/// Asked for only while its tab is open: everything is judged anew.
fn signals(selection: Memo<Selection>, screen: Memo<Screen>) -> Query {
    query(KINDS, move || {
        let is_open = selection.with(|now| now.tab == Tab::Signals);
        (is_open && screen.get() == Screen::Demand).then_some(View::Signals)
    })
}

fn told(shown: &Shown) -> Option<Arc<SignalDesk>> {
    match &shown.data {
        ViewData::Signals(desk) => Some(Arc::new(SignalDesk::clone(desk))),
        _ => None,
    }
}

fn tells_nothing(data: &ViewData) -> bool {
    !matches!(data, ViewData::Signals(desk) if !desk.is_empty())
}
