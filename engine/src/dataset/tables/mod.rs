//! The registry of tables.

mod demand;
mod finance;
mod master;
mod stock;

use super::schema::TableDef;

/// Every table of a dataset, in hashing order ([`super::TableId::ALL`]).
pub const TABLES: &[TableDef] = &[
    master::COMPANY,
    master::CATEGORIES,
    master::SKUS,
    master::CHANNELS,
    master::REGIONS,
    master::WAREHOUSES,
    master::SERVES,
    master::LANES,
    master::SUPPLIERS,
    master::SOURCING,
    demand::DEMAND,
    stock::STOCK,
    stock::STOCK_DAILY,
    stock::MOVEMENTS,
    stock::OPEN_ORDERS,
    demand::SALES_ORDERS,
    stock::RETURNS,
    stock::COUNTS,
    demand::EVENTS,
    demand::PROMOS,
    demand::POOLS,
    demand::LIMITS,
    stock::POLICIES,
    demand::SIGNALS,
    demand::KEYWORDS,
    demand::CAMPAIGNS,
    demand::CAMPAIGN_DAYS,
    demand::LEADS,
    finance::CASH,
    finance::FX,
    finance::ACCOUNTS,
];

#[cfg(test)]
mod tests {
    use super::super::TableId;
    use super::*;

    #[test]
    fn the_registry_is_in_the_order_of_the_ids() {
        let ids: Vec<_> = TABLES.iter().map(|table| table.id).collect();
        assert_eq!(ids, TableId::ALL);
    }

    #[test]
    fn keys_and_column_names_are_sound() {
        for table in TABLES {
            assert_eq!(table.key_indexes().len(), table.key.len(), "{}", table.name);
            let mut names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            names.sort_unstable();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{} repeats a column", table.name);
        }
    }
}
