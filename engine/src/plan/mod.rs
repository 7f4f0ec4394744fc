//! The plan: from a dataset to forecasts, levels, proposals and key figures.
//!
//! SKUs are hashed into [`PARTITIONS`] partitions, however many workers there are. A
//! [`Run`] hands out jobs (a stage of a partition), takes their outputs in any order and
//! combines them in partition order, so its result has the same bytes with one thread
//! or eight. Stages are `measure` (map: panels, errors, rhythms), a reduction whose small
//! result is broadcast, and `decide` (map: forecasts, levels, proposals). Where decisions or
//! ending goods ask for it, `expect` comes between: forecasts leave their partitions, are
//! changed together and come back.

pub mod adjust;
mod again;
mod attribution;
mod broadcast;
mod cache;
mod classes;
mod decide;
mod expect;
mod export;
mod extras;
mod gates;
pub mod launch;
mod lifecycle;
mod measure;
mod outcome;
mod partition;
mod parts;
mod planned;
mod prices;
mod quiet;
mod run;
mod settings;
mod signals;
mod streams;
mod versions;
pub mod view;

pub use again::{LADDER_WEEKS, Ladder, Replays, Rung};
pub use attribution::{Attribution, Cause, ErrorShares};
pub use broadcast::{AbcClass, Broadcast};
pub use cache::Cache;
pub use classes::{ClassPoint, ClassRow, ClassView};
pub use decide::PlacePlan;
pub use export::{OutputFile, output_files, plan_hash};
pub use extras::Extras;
pub use gates::Gates;
pub use measure::{LAG_WEEKS, Scratch};
pub use outcome::{Plan, plan, plan_decided};
pub use partition::{PARTITIONS, partition_of};
pub use parts::{Part, Parts, write_parts};
pub use planned::SeriesForecast;
pub use quiet::HiddenWeek;
pub use run::{Job, PlanError, Run, Stage, execute};
pub use settings::Settings;
pub use signals::judged_inflows;
pub use streams::Streams;
pub use versions::{VERSION_WEEKS, Versions};
