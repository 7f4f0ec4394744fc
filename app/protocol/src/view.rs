//! What screens ask for and get. This is the place to extend when a screen needs more:
//! append one variant to [`View`] and [`ViewData`], answer it in `worker::views`.
//!
//! Values are figures and codes. Text, number formats and colours are the page's business.

pub use crate::accuracy::{AccuracyRow, AccuracyTable};
pub use crate::adjustment::{
    AdjustmentRow, AdjustmentScore, OutlierRow, OutlierTable, StockoutRow, StockoutTable,
    SuccessorLink,
};
pub use crate::calendar::{EventFactor, SeriesEvent};
pub use crate::card::{
    CardArrival, CardLayer, CardLever, CardOrder, CardPlace, CardRemedy, CardShortage, SkuCard,
};
pub use crate::classes::{ClassLine, ClassPoint, ClassTable, OrderLines, OrderTable, OrderWeek};
use crate::columns::ColumnHead;
pub use crate::explain::{
    DemandCard, ForecastPart, LadderRung, LadderTable, ModelRow, ModelTable, PartsTable, StepsRow,
    StepsTable, VersionTable,
};
use crate::gate::GateLoad;
pub use crate::home::{KpiTile, KpiUnit, StatusLine, StatusPanel};
use crate::new_items::NewItemDraft;
use crate::signals::SignalDesk;
use crate::storage::StorageStatus;
use crate::{Hash32, ProposalStatus};
use engine::issue::Issue;
use serde::{Deserialize, Serialize};

/// Length of a bucket of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Frequency {
    /// Days.
    Day,
    /// Weeks, starting on the company's first week day.
    Week,
}

/// A slice of demand; absent = all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// Category code, descendants included.
    pub category: Option<String>,
    /// SKU code.
    pub sku: Option<String>,
    /// Channel code.
    pub channel: Option<String>,
    /// Region code.
    pub region: Option<String>,
    /// Warehouse code.
    pub warehouse: Option<String>,
}

/// A table with windows, sorting and filters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Table {
    /// Order proposals.
    Proposals,
    /// SKU list with stock, cover and status.
    Skus,
    /// Refused rows of a batch.
    Refused {
        /// Which batch.
        batch: Hash32,
    },
    /// Forecast by series, one row each.
    Forecasts,
}

/// Direction of a sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A condition on one column; conditions are joined by and.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Filter {
    /// The text contains this, ignoring case.
    Contains {
        /// Column name.
        column: String,
        /// Wanted text.
        text: String,
    },
    /// The value is one of these.
    OneOf {
        /// Column name.
        column: String,
        /// Wanted values.
        values: Vec<String>,
    },
}

/// A window of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RowsQuery {
    /// Which table.
    pub table: Table,
    /// Conditions.
    pub filters: Vec<Filter>,
    /// Column and direction; ties keep the table's own order.
    pub sort: Option<(String, Order)>,
    /// First row.
    pub from: u32,
    /// Number of rows; `u32::MAX` for all (exports).
    pub len: u32,
}

/// What a screen asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum View {
    /// KPI tiles.
    Kpis,
    /// Stock by status and money.
    StockStatus,
    /// The navigators of the Demand screen: nodes inside a slice, and last the sum of the slice.
    DemandTree {
        /// Which slice.
        scope: Scope,
    },
    /// History and forecast of a scope.
    Series {
        /// Which slice.
        scope: Scope,
        /// Bucket length.
        frequency: Frequency,
    },
    /// A window of a table.
    Rows(RowsQuery),
    /// One SKU's card.
    SkuCard {
        /// SKU code.
        sku: String,
    },
    /// Applied imports.
    ImportHistory,
    /// The storage badge.
    Storage,
    /// What the loaded data is: tables and rows.
    DataSummary,
    /// Settings of the workspace that differ from their defaults.
    Settings,
    /// SKUs and open orders whose code or name holds a text.
    Search {
        /// Wanted text.
        text: String,
    },
    /// What events do to the demand of a scope.
    EventFactors {
        /// Which slice.
        scope: Scope,
    },
    /// Who makes the forecast error of a scope.
    Accuracy {
        /// Which slice.
        scope: Scope,
        /// Attribute whose values are the rows: sku, category, channel, region.
        by: String,
    },
    /// All adjustments of the forecast, with those marked that touch a slice.
    Adjustments {
        /// Which slice.
        scope: Scope,
    },
    /// Weeks of the history of a slice that stand out or are replaced.
    Outliers {
        /// Which slice.
        scope: Scope,
    },
    /// What searches, posts and leads say of demand.
    Signals,
    /// Classes of the demand of a scope, and the coverage of its bands.
    Classes {
        /// Which slice.
        scope: Scope,
    },
    /// Forecast of a scope less its open orders.
    Orders {
        /// Which slice.
        scope: Scope,
        /// Days before and after an order whose forecast it may take.
        window: (u16, u16),
    },
    /// What the forecast of a scope is made of.
    Parts {
        /// Which slice.
        scope: Scope,
    },
    /// Which models forecast a scope.
    Models {
        /// Which slice.
        scope: Scope,
    },
    /// What each step of the forecast of a scope adds to its value.
    Ladder {
        /// Which slice.
        scope: Scope,
        /// Attribute that the rows are cut by.
        by: String,
    },
    /// What was forecast for a week of a scope, and when.
    Versions {
        /// Which slice.
        scope: Scope,
        /// So many weeks back; 0 is the newest one that is history.
        week: u32,
        /// The longest lag, weeks; 0 asks for no forecast.
        lag: u32,
    },
    /// New items, and what the form of one says so far.
    NewItems {
        /// What is typed.
        draft: NewItemDraft,
    },
    /// Weeks of the history of a scope in which goods were not always there.
    Stockouts {
        /// Which slice.
        scope: Scope,
    },
    /// Why the forecasts of a scope missed.
    Attribution {
        /// Which slice.
        scope: Scope,
        /// Attribute whose values are the rows, as in `Accuracy`.
        by: String,
    },
    /// What was learnt of the prices of a scope, and what is planned.
    Prices {
        /// Which slice.
        scope: Scope,
    },
    /// What the tables say of each other.
    Checks,
    /// What the approval gate leaves to people.
    Gate,
    /// Which words stand for which goods.
    Keywords {
        /// What words shown hold; all if empty.
        text: String,
    },
    /// What a post brought, and what a number of orders needs.
    Campaign {
        /// Code of the post; all together if absent.
        post: Option<String>,
        /// Orders wanted.
        orders: u64,
    },
}

/// A node of the demand tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreeNode {
    /// Which attribute (category, sku, channel, region, all).
    pub attribute: String,
    /// Code.
    pub code: String,
    /// Name in both languages, may be empty.
    pub names: (String, String),
    /// Position of the parent in the list, if any.
    pub parent: Option<u32>,
    /// Forecast of the next four weeks, units a week.
    pub rate: f64,
    /// Weighted absolute percentage error of the back-test, a fraction.
    pub wape: Option<f64>,
}

/// Facts about a series beside its columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesHead {
    /// Columns `date`, `actual`, `mean`, `baseline`, `lo80`, `hi80`, `lo95`, `hi95`; limits are
    /// absent by day. `statistical` is the mean before adjustments, `replaced` what forecasts see
    /// of weeks that were replaced, `outlier` demand of weeks that are suggested, `uncensored` that of
    /// weeks in which stock-outs hid a good part.
    pub columns: Vec<ColumnHead>,
    /// Series summed up.
    pub series: u32,
    /// Name of the model, if it is one series.
    pub model: Option<String>,
    /// First forecast day.
    pub first_forecast: i32,
    /// Weighted absolute percentage error of the back-test.
    pub wape: Option<f64>,
    /// Bias of the back-test.
    pub bias: Option<f64>,
    /// What the calendar says about the days shown, by first day.
    pub events: Vec<SeriesEvent>,
    /// Goods before and after the one SKU of the slice.
    pub links: Vec<SuccessorLink>,
}

/// A window of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowsHead {
    /// Rows that pass the filters.
    pub total: u32,
    /// First row of the window.
    pub from: u32,
    /// The columns in the buffers.
    pub columns: Vec<ColumnHead>,
}

/// A decision kept beside the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The proposal's id.
    pub proposal: String,
    /// What was decided.
    pub status: ProposalStatus,
    /// Changed quantity in thousandths.
    pub quantity: Option<i64>,
}

/// One applied or staged import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecord {
    /// Name of the batch.
    pub batch: Hash32,
    /// File name.
    pub file: String,
    /// Table and rows.
    pub tables: Vec<(String, u64)>,
    /// Rows read from the file.
    pub rows_read: u64,
    /// Rows refused.
    pub rows_refused: u64,
    /// Operation that applied it.
    pub seq: u64,
}

/// One thing a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundItem {
    /// SKU code.
    pub sku: String,
    /// SKU name in both languages.
    pub names: (String, String),
    /// Order number and warehouse code, if an open order was found.
    pub order: Option<(String, String)>,
}

/// Work done in a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Name of the stage.
    pub stage: String,
    /// Milliseconds.
    pub millis: f64,
    /// Partitions computed; the rest came from the cache.
    pub computed: u32,
}

/// What a screen gets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ViewData {
    /// To `Kpis`.
    Kpis {
        /// Tiles in the order of the registry.
        tiles: Vec<KpiTile>,
        /// The company's currency.
        currency: String,
        /// Day of the stock picture.
        as_of: i32,
        /// SKUs, warehouses, SKU x warehouse pairs and channels.
        size: [u32; 4],
    },
    /// To `StockStatus`.
    StockStatus(Vec<StatusPanel>),
    /// To `DemandTree`.
    DemandTree(Vec<TreeNode>),
    /// To `Series`.
    Series(SeriesHead),
    /// To `Rows`.
    Rows(RowsHead),
    /// To `SkuCard`.
    SkuCard(Box<SkuCard>),
    /// To `ImportHistory`, oldest first.
    ImportHistory(Vec<ImportRecord>),
    /// To `Storage`.
    Storage(StorageStatus),
    /// To `DataSummary`: table and rows; dataset hash.
    DataSummary {
        /// Table and rows.
        tables: Vec<(String, u64)>,
        /// Hash of the dataset.
        dataset_hash: Option<Hash32>,
    },
    /// To `Settings`: name and value.
    Settings(Vec<(String, String)>),
    /// To `Search`, best match first.
    Found(Vec<FoundItem>),
    /// To `EventFactors`, the next to come first.
    EventFactors(Vec<EventFactor>),
    /// To `Accuracy`.
    Accuracy(AccuracyTable),
    /// To `Adjustments`, newest first.
    Adjustments(Vec<AdjustmentRow>),
    /// To `Outliers`.
    Outliers(OutlierTable),
    /// To `Signals`.
    Signals(Box<SignalDesk>),
    /// To `Classes`.
    Classes(ClassTable),
    /// To `Orders`.
    Orders(OrderTable),
    /// To `Parts`.
    Parts(PartsTable),
    /// To `Models`.
    Models(ModelTable),
    /// To `Ladder`.
    Ladder(StepsTable),
    /// To `Versions`.
    Versions(VersionTable),
    /// To `NewItems`: a [`NewItemDesk`](crate::new_items::NewItemDesk), packed so that only the
    /// screen that shows it needs to know its form.
    NewItems(Vec<u8>),
    /// To `Stockouts`.
    Stockouts(StockoutTable),
    /// To `Attribution`.
    Attribution(StepsTable),
    /// To `Prices`: a [`PriceTable`](crate::prices::PriceTable), packed so that only the screen that
    /// shows it needs to know its form.
    Prices(Vec<u8>),
    /// To `Checks`.
    Checks {
        /// The first of them.
        issues: Vec<Issue>,
        /// How many there are.
        count: u32,
    },
    /// To `Gate`.
    Gate(GateLoad),
    /// To `Keywords`: a [`KeywordDesk`](crate::signals::KeywordDesk), packed as `Prices` is.
    Keywords(Vec<u8>),
    /// To `Campaign`: a [`CampaignDesk`](crate::signals::CampaignDesk), packed as `Prices` is.
    Campaign(Vec<u8>),
}
