//! The message tables, one file an area. A new area adds its `mod` line and its row in [`AREAS`].

use super::Msg;
use super::macros::messages;

pub mod chart;
pub mod column;
pub mod data;
pub mod demand;
pub mod failure;
pub mod gesture;
pub mod home;
pub mod issue;
pub mod kit;
pub mod kpi;
pub mod replenish;
pub mod settings;
pub mod shell;
pub mod story;
pub mod table;

/// Every table by the name of its area.
pub const AREAS: &[(&str, &[(&str, Msg)])] = &[
    ("chart", chart::ALL),
    ("column", column::ALL),
    ("data", data::ALL),
    ("demand", demand::ALL),
    ("failure", failure::ALL),
    ("gesture", gesture::ALL),
    ("home", home::ALL),
    ("issue", issue::ALL),
    ("kit", kit::ALL),
    ("kpi", kpi::ALL),
    ("replenish", replenish::ALL),
    ("settings", settings::ALL),
    ("shell", shell::ALL),
    ("story", story::ALL),
    ("table", table::ALL),
];
