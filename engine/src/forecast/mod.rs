//! Forecasting: from a panel of demand histories to means, bands and the
//! deviation of totals that safety stock needs.
//!
//! Adding a model is one file under `models` and one row of [`MODELS`]. Works
//! on plain figures; uses `num` only.

mod accuracy;
mod attribution;
mod backtest;
mod batch;
mod bench;
mod class;
mod clean;
mod coverage;
mod groups;
mod history;
mod inspect;
mod lane_season;
mod lanes;
mod launch;
mod models;
mod panel;
mod pool;
mod reconcile;
mod references;
mod run;
mod season;
mod shapes;
mod spread;

pub use accuracy::{Accuracy, AccuracyInput, AccuracySums, accuracy};
pub use attribution::{Factors, Missed, shapley, take_apart};
pub use backtest::{BacktestRow, backtest};
pub use class::{DemandClass, DemandShape};
pub use coverage::{Coverage, coverage};
pub use groups::{GroupPartial, Groups};
pub use inspect::{Inspection, LookBack, Tried, inspect, look_back, naive_error};
pub use lanes::{LANES, Lane, splat};
pub use launch::{
    CURVE_WEEKS, Curve, CurveWeek, Expectation, ITEMS_MIN, LEVEL_WEEKS, LaunchBook, LaunchLevel,
    OwnSales, PastLaunch,
};
pub use models::{
    Basis, FitInput, Fitted, MODELS, ModelDef, ModelId, ModelKind, Params, Part, ProjectInput,
    Scratch,
};
pub use panel::{Frequency, Kinship, Lift, Member, Panel, is_seen};
pub use pool::{Pool, PoolPartial};
pub use reconcile::{Covariance, Hierarchy, Weighting, reconcile, reconcile_panel};
pub use references::{REFERENCES, Reference};
pub use run::{
    Band, Config, Forecasts, Holdout, Recent, RecentErrors, finish, merge_recent, run, scan,
};
