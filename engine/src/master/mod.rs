//! Master data: goods, channels, regions, warehouses and suppliers with dense ids.
//!
//! Codes that other tables use but no master table defines get a bare entry, so a
//! sales file alone is enough to plan from.

mod catalog;
mod network;
mod references;
mod sourcing;
mod succession;

pub use catalog::{Catalog, Category, Channel, Names, Region, Sku, Supplier, Warehouse};
pub use network::Network;
pub use references::KnownCodes;
pub use sourcing::{Source, Sourcing};
pub use succession::successor_issues;
