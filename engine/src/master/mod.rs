//! Master data: goods, channels, regions, warehouses and suppliers with dense ids.
//!
//! Codes that other tables use but no master table defines get a bare entry, so a
//! sales file alone is enough to plan from.

mod catalog;
mod network;
mod sourcing;

pub use catalog::{Catalog, Category, Channel, Names, Region, Sku, Supplier, Warehouse};
pub use network::Network;
pub use sourcing::{Source, Sourcing};
