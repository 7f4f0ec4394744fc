//! What the parts of the screen share: the selection and the answers of the worker.

use super::draft::Draft;
use super::explained::Explained;
use super::model::Figures;
use super::selection::{Branch, Selection, Tab};
use crate::bridge::{Bridge, Query, Shown, query};
use crate::i18n::messages::demand;
use crate::i18n::{Language, fill, language, tr};
use crate::parts::{picked, view_state};
use crate::routes::Screen;
use crate::state::{Router, recall};
use crate::ui::ViewState;
use leptos::prelude::*;
use protocol::signals::SignalDesk;
use protocol::view::{
    AccuracyTable, AdjustmentRow, ClassTable, EventFactor, Frequency, OrderTable, OutlierTable,
    Scope, TreeNode,
};
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
    /// What kind of demand the slice is, and where that page stands.
    pub classes: Signal<Option<ClassTable>>,
    pub classes_state: Signal<ViewState>,
    /// What open orders take of the forecast, and where that page stands.
    pub orders: Signal<Option<OrderTable>>,
    pub orders_state: Signal<ViewState>,
    /// What searches, posts and leads say, and where that page stands.
    pub signals: Signal<Option<Arc<SignalDesk>>>,
    pub signals_state: Signal<ViewState>,
    /// History and forecast by week, which table and panels show whatever the chart shows.
    pub weeks: Memo<Option<Arc<Figures>>>,
    /// History by day; `None` while the chart shows weeks.
    pub days: Memo<Option<Arc<Figures>>>,
    /// All adjustments, newest first, and where their list stands.
    pub adjustments: Signal<Option<Vec<AdjustmentRow>>>,
    pub adjustments_state: Signal<ViewState>,
    /// Weeks of the slice that stand out, and where their list stands.
    pub outliers: Signal<Option<OutlierTable>>,
    pub outliers_state: Signal<ViewState>,
    /// How the forecast comes about.
    pub explained: Explained,
    /// The adjustment being typed.
    pub draft: RwSignal<Option<Draft>>,
    /// The bucket of the chart being read.
    pub hover: RwSignal<Option<usize>>,
}

/// Key of the name that the last adjustment was made by, in localStorage.
pub(super) const AUTHOR: &str = "ballast:author";

pub(super) const KINDS: &[ViewKind] = &[ViewKind::Plan, ViewKind::Data];
/// What views of decisions depend on.
pub(super) const DECISIONS: &[ViewKind] = &[ViewKind::Plan, ViewKind::Data, ViewKind::Adjustments];

impl Desk {
    /// The first day of the plan, 0 while there is none; tracked.
    pub fn first_day(self) -> i32 {
        let weeks = self.weeks.get();
        let ahead = weeks.map_or_else(Vec::new, |weeks| weeks.weeks_ahead());
        ahead.first().map_or(0, |(day, _)| *day)
    }

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
        let here = move |view: fn(Scope) -> View| {
            move || is_here().then(|| view(selection.with(Selection::scope)))
        };
        let (factors, factors_state) = factors(here(|scope| View::EventFactors { scope }));
        let (accuracy, accuracy_state) = accuracy(move || {
            let (scope, tab, cut) = selection.with(|now| (now.scope(), now.tab, now.cut));
            let by = cut.as_str().to_owned();
            (is_here() && tab == Tab::Accuracy).then_some(View::Accuracy { scope, by })
        });
        let (adjustments, adjustments_state) =
            adjustments(here(|scope| View::Adjustments { scope }));
        let (outliers, outliers_state) = outliers(here(|scope| View::Outliers { scope }));
        let (classes, classes_state) = classes(selection, screen);
        let (orders, orders_state) = orders(selection, screen);
        let signals = signals(selection, screen);
        let goods = tree(Branch::Goods);
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
            accuracy,
            accuracy_state,
            factors,
            factors_state,
            classes,
            classes_state,
            orders,
            orders_state,
            signals: picked(signals, told),
            signals_state: view_state(signals, tells_nothing),
            weeks: Memo::new(move |_| figures(weekly)),
            days: Memo::new(move |_| figures(daily)),
            adjustments,
            adjustments_state,
            outliers,
            outliers_state,
            explained: Explained::open(selection, screen),
            draft: RwSignal::new(None),
            hover: RwSignal::new(None),
        }
    }

    /// Starts an adjustment of the slice shown, in the week that begins on a day.
    pub fn adjust(self, week: i32) {
        let scope = self.selection.with_untracked(Selection::scope);
        let author = recall(AUTHOR).unwrap_or_default();
        self.draft.set(Some(Draft::new(scope, week, author)));
    }

    /// Changes an adjustment that exists, on the slice it is about.
    pub fn edit(self, draft: Draft) {
        let scope = draft.scope.clone();
        if scope != self.selection.with_untracked(Selection::scope) {
            self.select(&Selection {
                category: scope.category,
                sku: scope.sku,
                channel: scope.channel,
                region: scope.region,
                ..Selection::default()
            });
        }
        self.draft.set(Some(draft));
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
        // What is being typed is about the slice that is left.
        if selection.scope() != self.selection.with_untracked(Selection::scope) {
            self.draft.set(None);
        }
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

fn has_no_nodes(data: &ViewData) -> bool {
    !matches!(data, ViewData::DemandTree(nodes) if !nodes.is_empty())
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

/// What a question is answered with, and where its view stands.
pub(super) type Listed<T> = (Signal<Option<T>>, Signal<ViewState>);

fn factors(view: impl Fn() -> Option<View> + Send + Sync + 'static) -> Listed<Vec<EventFactor>> {
    let query = query(KINDS, view);
    let pick = |shown: &Shown| match &shown.data {
        ViewData::EventFactors(factors) => Some(factors.clone()),
        _ => None,
    };
    let state = view_state(
        query,
        |data| !matches!(data, ViewData::EventFactors(factors) if !factors.is_empty()),
    );
    (picked(query, pick), state)
}

fn accuracy(view: impl Fn() -> Option<View> + Send + Sync + 'static) -> Listed<AccuracyTable> {
    let query = query(KINDS, view);
    let pick = |shown: &Shown| match &shown.data {
        ViewData::Accuracy(table) => Some(table.clone()),
        _ => None,
    };
    let state = view_state(
        query,
        |data| !matches!(data, ViewData::Accuracy(table) if !table.rows.is_empty()),
    );
    (picked(query, pick), state)
}

/// Asked for only while its tab is open: earlier forecasts are made again.
fn classes(selection: Memo<Selection>, screen: Memo<Screen>) -> Listed<ClassTable> {
    let query = query(KINDS, move || {
        let (scope, tab) = selection.with(|now| (now.scope(), now.tab));
        (tab == Tab::Classes && screen.get() == Screen::Demand).then_some(View::Classes { scope })
    });
    let pick = |shown: &Shown| match &shown.data {
        ViewData::Classes(table) => Some(table.clone()),
        _ => None,
    };
    let state = view_state(
        query,
        |data| !matches!(data, ViewData::Classes(table) if table.all.series > 0),
    );
    (picked(query, pick), state)
}

fn orders(selection: Memo<Selection>, screen: Memo<Screen>) -> Listed<OrderTable> {
    let query = query(DECISIONS, move || {
        let (scope, tab, window) = selection.with(|now| (now.scope(), now.tab, now.window));
        let window = (window.early, window.late);
        let is_here = tab == Tab::Orders && screen.get() == Screen::Demand;
        is_here.then_some(View::Orders { scope, window })
    });
    let pick = |shown: &Shown| match &shown.data {
        ViewData::Orders(table) => Some(table.clone()),
        _ => None,
    };
    let state = view_state(
        query,
        |data| !matches!(data, ViewData::Orders(table) if has_orders(table)),
    );
    (picked(query, pick), state)
}

/// Orders with bad dates are worth a look even where none counts; quick ones are not.
fn has_orders(table: &OrderTable) -> bool {
    let [undated, early, _] = table.uncounted;
    table.lines + undated.lines + early.lines > 0
}

fn adjustments(
    view: impl Fn() -> Option<View> + Send + Sync + 'static,
) -> Listed<Vec<AdjustmentRow>> {
    let query = query(DECISIONS, view);
    let pick = |shown: &Shown| match &shown.data {
        ViewData::Adjustments(rows) => Some(rows.clone()),
        _ => None,
    };
    let state = view_state(
        query,
        |data| !matches!(data, ViewData::Adjustments(rows) if !rows.is_empty()),
    );
    (picked(query, pick), state)
}

fn outliers(view: impl Fn() -> Option<View> + Send + Sync + 'static) -> Listed<OutlierTable> {
    let query = query(DECISIONS, view);
    let pick = |shown: &Shown| match &shown.data {
        ViewData::Outliers(table) => Some(table.clone()),
        _ => None,
    };
    let state = view_state(query, |data| match data {
        ViewData::Outliers(table) => table.suggested.is_empty() && table.replaced.is_empty(),
        _ => true,
    });
    (picked(query, pick), state)
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
