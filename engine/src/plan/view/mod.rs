//! Questions screens ask of a plan: slices, trees, tables and cards.
//!
//! Answers are figures and ids; words, formats and colours are the interface's business.

mod accuracy;
mod attribution;
mod card;
mod events;
mod new_item;
mod orders;
mod parts;
mod prices;
mod remedy;
mod scope;
mod series;
mod status;
mod tree;

pub use accuracy::{AccuracyRow, accuracy_by};
pub use attribution::{CutRow, attribution_by, ladder_by};
pub use card::{CardPlace, Layer, SkuCard, sku_card};
pub use events::{EventFactor, EventSpan, event_factors, events_between, names_of};
pub use new_item::{Analogue, NewItem, new_item};
pub use orders::{ORDER_DAYS, OrderLines, OrdersView, OrdersWeek, Uncounted, orders_view};
pub use parts::parts_view;
pub use prices::{PriceRow, PricedGoods, SHOWN_CUT, price_rows};
pub use remedy::{Lever, Remedy, Shortage, shortage};
pub use scope::{Scope, Slice};
pub use series::{Grain, SeriesView, series_view};
pub use status::{StatusSummary, stock_status};
pub use tree::{Attribute, DemandNode, demand_tree};
