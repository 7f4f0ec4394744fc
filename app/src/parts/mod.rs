//! Domain widgets that two or more screens share: the same figure looks the same everywhere.

mod bullet;
mod cover_bar;
mod delta;
mod export;
mod gate;
mod kpi_tile;
mod plan_view;
mod precision;
mod severity;
mod stock_status;
mod wording;

pub use bullet::Bullet;
pub use cover_bar::CoverBar;
pub use delta::{Better, Delta, DeltaUnit};
pub use engine::replenish::StockStatus;
pub use export::{Exporter, Sheet};
pub use gate::{Gate, GateBadge};
pub use kpi_tile::{Kpi, KpiAbout, KpiStrip, KpiTile};
pub use plan_view::{Rows, name_of, picked, rows_source, view_state};
pub use precision::{Precision, PrecisionBadge};
pub use severity::{Severity, SeverityBadge};
pub use stock_status::{StatusWord, status_label, status_of};
pub use wording::{column_name, failure_text, issue_text, issue_wording, table_name};
