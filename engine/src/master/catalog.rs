//! The catalog: every code of the dataset as a dense id with its attributes.

use std::collections::{BTreeMap, BTreeSet};

use super::succession;
use crate::dataset::{Dataset, Table, TableId};
use crate::day::Day;
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId, SupplierId, WarehouseId};
use crate::order::{collect_map, collect_set};
use crate::units::{Amount, Qty};

/// A name in both languages of the interface; the code where a name is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Names {
    /// The names of a row: the other language where one is missing, the code where both are.
    #[must_use]
    pub fn of(code: &str, zh: Option<&str>, en: Option<&str>) -> Self {
        let pick =
            |first: Option<&str>, second: Option<&str>| first.or(second).unwrap_or(code).to_owned();
        Self {
            zh: pick(zh, en),
            en: pick(en, zh),
        }
    }
}

/// A stock-keeping unit.
#[derive(Clone, Debug)]
pub struct Sku {
    /// Its code.
    pub code: String,
    /// Its names.
    pub names: Names,
    /// Where it stands in the category tree.
    pub category: CategoryId,
    /// Units in a case; one when unknown.
    pub pack: Qty,
    /// Least quantity of an order; zero when unknown.
    pub moq: Qty,
    /// Net cost of a unit in base currency.
    pub unit_cost: Option<Amount>,
    /// Gross price of a unit.
    pub list_price: Option<Amount>,
    /// Value-added tax inside the list price, as a fraction.
    pub vat_rate: Amount,
    /// First day of sale.
    pub launch: Option<Day>,
    /// Last day of sale.
    pub end: Option<Day>,
    /// What is sold in its place afterwards; never itself, nor goods whose successors lead back to it.
    pub successor: Option<SkuId>,
}

/// A node of the category tree.
#[derive(Clone, Debug)]
pub struct Category {
    /// Its code.
    pub code: String,
    /// Its names.
    pub names: Names,
    /// The node above.
    pub parent: Option<CategoryId>,
    /// Cycle service level, as a fraction.
    pub target_service: Option<Amount>,
}

/// A sales channel.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its code.
    pub code: String,
    /// Its names.
    pub names: Names,
}

/// A sales region.
#[derive(Clone, Debug)]
pub struct Region {
    /// Its code.
    pub code: String,
    /// Its names.
    pub names: Names,
}

/// A place that holds stock.
#[derive(Clone, Debug)]
pub struct Warehouse {
    /// Its code.
    pub code: String,
    /// Its names.
    pub names: Names,
    /// Lower is used first; unknown comes last.
    pub priority: i64,
    /// First day it is open.
    pub open_from: Option<Day>,
    /// Last day it is open.
    pub open_to: Option<Day>,
}

/// A supplier.
#[derive(Clone, Debug)]
pub struct Supplier {
    /// Its code.
    pub code: String,
    /// Its names.
    pub names: Names,
}

/// All master data of a dataset; every list is sorted by code.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Goods.
    pub skus: Vec<Sku>,
    /// Categories.
    pub categories: Vec<Category>,
    /// Channels.
    pub channels: Vec<Channel>,
    /// Regions.
    pub regions: Vec<Region>,
    /// Warehouses.
    pub warehouses: Vec<Warehouse>,
    /// Suppliers.
    pub suppliers: Vec<Supplier>,
}

/// The category of goods whose category is unknown.
const NO_CATEGORY: &str = "-";
/// The warehouse that exists where no file names one.
const ONLY_WAREHOUSE: &str = "MAIN";

impl Catalog {
    /// Collects every code of the dataset.
    pub fn new(dataset: &Dataset) -> Self {
        let codes = Codes::new(dataset);
        let rows = |id, key| Rows::new(dataset, id, key);
        let categories = &codes.categories;
        let mut skus = rows(TableId::Skus, "sku").read(&codes.skus, |row| sku(row, &codes));
        succession::untangle(&mut skus);
        Self {
            skus,
            categories: rows(TableId::Categories, "category")
                .read(categories, |row| category(row, categories)),
            channels: rows(TableId::Channels, "channel").read(&codes.channels, |row| Channel {
                code: row.code.clone(),
                names: row.names(),
            }),
            regions: rows(TableId::Regions, "region").read(&codes.regions, |row| Region {
                code: row.code.clone(),
                names: row.names(),
            }),
            warehouses: rows(TableId::Warehouses, "warehouse").read(&codes.warehouses, warehouse),
            suppliers: rows(TableId::Suppliers, "supplier").read(&codes.suppliers, |row| {
                Supplier {
                    code: row.code.clone(),
                    names: row.names(),
                }
            }),
        }
    }

    /// The id of a SKU code.
    pub fn sku_id(&self, code: &str) -> Option<SkuId> {
        position(&self.skus, code, |sku| &sku.code).map(SkuId::from_index)
    }

    /// The id of a channel code.
    pub fn channel_id(&self, code: &str) -> Option<ChannelId> {
        position(&self.channels, code, |channel| &channel.code).map(ChannelId::from_index)
    }

    /// The id of a region code.
    pub fn region_id(&self, code: &str) -> Option<RegionId> {
        position(&self.regions, code, |region| &region.code).map(RegionId::from_index)
    }

    /// The id of a warehouse code.
    pub fn warehouse_id(&self, code: &str) -> Option<WarehouseId> {
        position(&self.warehouses, code, |warehouse| &warehouse.code).map(WarehouseId::from_index)
    }

    /// The id of a supplier code.
    pub fn supplier_id(&self, code: &str) -> Option<SupplierId> {
        position(&self.suppliers, code, |supplier| &supplier.code).map(SupplierId::from_index)
    }

    /// The id of a category code.
    pub fn category_id(&self, code: &str) -> Option<CategoryId> {
        position(&self.categories, code, |category| &category.code).map(CategoryId::from_index)
    }

    /// A SKU by id.
    pub fn sku(&self, id: SkuId) -> Option<&Sku> {
        self.skus.get(id.index())
    }

    /// For each word of a table's text column, its position in a list of ids.
    pub fn translate<T: Copy>(
        words: &[String],
        find: impl Fn(&str) -> Option<T>,
    ) -> Vec<Option<T>> {
        words.iter().map(|word| find(word)).collect()
    }
}

/// Every code of each kind, sorted.
struct Codes {
    skus: Vec<String>,
    categories: Vec<String>,
    channels: Vec<String>,
    regions: Vec<String>,
    warehouses: Vec<String>,
    suppliers: Vec<String>,
}

impl Codes {
    fn new(dataset: &Dataset) -> Self {
        use TableId::{
            Categories, Channels, Demand, OpenOrders, Regions, Skus, Sourcing, Stock, StockDaily,
            Suppliers, Warehouses,
        };
        let all = |columns: &[(TableId, &str)]| codes(dataset, columns);
        let skus = all(&[
            (Skus, "sku"),
            (Demand, "sku"),
            (Stock, "sku"),
            (OpenOrders, "sku"),
            (StockDaily, "sku"),
        ]);
        let mut categories = all(&[
            (Categories, "category"),
            (Categories, "parent"),
            (Skus, "category"),
        ]);
        if skus.len() > dataset.table(Skus).map_or(0, Table::len) {
            categories.insert(NO_CATEGORY.to_owned());
        }
        let mut warehouses = all(&[
            (Warehouses, "warehouse"),
            (Stock, "warehouse"),
            (OpenOrders, "warehouse"),
            (StockDaily, "warehouse"),
        ]);
        if warehouses.is_empty() {
            warehouses.insert(ONLY_WAREHOUSE.to_owned());
        }
        let list = |set: BTreeSet<String>| set.into_iter().collect();
        Self {
            skus: list(skus),
            categories: list(categories),
            warehouses: list(warehouses),
            channels: list(all(&[(Channels, "channel"), (Demand, "channel")])),
            regions: list(all(&[(Regions, "region"), (Demand, "region")])),
            suppliers: list(all(&[
                (Suppliers, "supplier"),
                (Sourcing, "supplier"),
                (OpenOrders, "supplier"),
            ])),
        }
    }
}

/// The words of some text columns.
fn codes(dataset: &Dataset, columns: &[(TableId, &str)]) -> BTreeSet<String> {
    let words = |(id, name): &(TableId, &str)| Some(&dataset.table(*id)?.texts(name)?.words);
    collect_set(columns.iter().filter_map(words).flatten().cloned())
}

fn position<T>(list: &[T], code: &str, code_of: impl Fn(&T) -> &String) -> Option<usize> {
    list.binary_search_by(|entry| code_of(entry).as_str().cmp(code))
        .ok()
}

/// The rows of a master table by code.
struct Rows<'a> {
    table: Option<&'a Table>,
    by_code: BTreeMap<&'a str, usize>,
}

/// One code with its row, when the master table has one.
struct Row<'a> {
    code: String,
    found: Option<(&'a Table, usize)>,
}

impl<'a> Rows<'a> {
    fn new(dataset: &'a Dataset, id: TableId, key: &str) -> Self {
        let table = dataset.table(id);
        let rows = table.into_iter().flat_map(|table| {
            (0..table.len()).filter_map(move |row| Some((table.text(key, row)?, row)))
        });
        Self {
            table,
            by_code: collect_map(rows),
        }
    }

    fn read<T>(&self, codes: &[String], make: impl Fn(&Row<'_>) -> T) -> Vec<T> {
        let row = |code: &String| {
            let found = self.table.zip(self.by_code.get(code.as_str()).copied());
            make(&Row {
                code: code.clone(),
                found,
            })
        };
        codes.iter().map(row).collect()
    }
}

/// Codes that an import writes where a file of one place, channel or kind has none, and their names.
const FILLED_IN: [(&str, &str, &str); 5] = [
    (NO_CATEGORY, "未分类", "Uncategorised"),
    ("uncategorised", "未分类", "Uncategorised"),
    ("online", "线上", "Online"),
    ("all", "全部", "All"),
    ("main", "主仓", "Main"),
];

/// Whether an import wrote a code because its file had none.
pub(super) fn is_filled_in(code: &str) -> bool {
    FILLED_IN.iter().any(|(known, ..)| *known == code)
}

impl Row<'_> {
    fn text(&self, column: &str) -> Option<&str> {
        self.found.and_then(|(table, row)| table.text(column, row))
    }

    fn number(&self, column: &str) -> Option<i64> {
        self.found
            .and_then(|(table, row)| table.number(column, row))
    }

    fn day(&self, column: &str) -> Option<Day> {
        self.found.and_then(|(table, row)| table.day(column, row))
    }

    fn names(&self) -> Names {
        let (zh, en) = match (self.text("name_zh"), self.text("name_en")) {
            (None, None) => FILLED_IN
                .iter()
                .find(|(code, ..)| *code == self.code)
                .map(|(_, zh, en)| (*zh, *en))
                .unzip(),
            given => given,
        };
        Names::of(&self.code, zh, en)
    }
}

fn sku(row: &Row<'_>, codes: &Codes) -> Sku {
    let category = row.text("category").unwrap_or(NO_CATEGORY).to_owned();
    let category = codes
        .categories
        .binary_search(&category)
        .map_or(CategoryId(0), CategoryId::from_index);
    let successor = row.text("successor").map(str::to_owned);
    let successor = successor.and_then(|code| codes.skus.binary_search(&code).ok());
    let amount = |column: &str| row.number(column).map(Amount::from_millionths);
    let quantity = |column: &str| row.number(column).map(Qty::from_thousandths);
    Sku {
        code: row.code.clone(),
        names: row.names(),
        category,
        pack: quantity("pack_qty")
            .filter(|pack| *pack > Qty::ZERO)
            .unwrap_or(Qty::from_units(1)),
        moq: quantity("moq").unwrap_or(Qty::ZERO),
        unit_cost: amount("unit_cost").or_else(|| amount("standard_cost")),
        list_price: amount("list_price"),
        vat_rate: amount("vat_rate").unwrap_or(Amount::ZERO),
        launch: row.day("launch_date"),
        end: row.day("end_date"),
        successor: successor.map(SkuId::from_index),
    }
}

fn category(row: &Row<'_>, categories: &[String]) -> Category {
    let parent = row.text("parent").map(str::to_owned);
    let parent = parent.and_then(|parent| categories.binary_search(&parent).ok());
    Category {
        code: row.code.clone(),
        names: row.names(),
        parent: parent.map(CategoryId::from_index),
        target_service: row.number("target_service").map(Amount::from_millionths),
    }
}

fn warehouse(row: &Row<'_>) -> Warehouse {
    Warehouse {
        code: row.code.clone(),
        names: row.names(),
        priority: row.number("priority").unwrap_or(i64::MAX),
        open_from: row.day("open_from"),
        open_to: row.day("open_to"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;

    #[test]
    fn codes_without_a_master_row_get_a_bare_entry() {
        let demand =
            "date,sku,channel,region,quantity\n2026-01-01,B,web,uk,1\n2026-01-01,A,web,uk,1\n";
        let skus = "sku,category,name_zh\nA,奶粉,甲\n";
        let dataset = Dataset::from_tables([
            read_csv(TableId::Demand, "demand.csv", demand.as_bytes()).table,
            read_csv(TableId::Skus, "skus.csv", skus.as_bytes()).table,
        ]);
        let catalog = Catalog::new(&dataset);
        let named: Vec<_> = catalog
            .skus
            .iter()
            .map(|sku| (sku.code.as_str(), sku.names.en.as_str()))
            .collect();
        assert_eq!(named, [("A", "甲"), ("B", "B")]);
        let categories = catalog.categories.iter().map(|it| it.names.zh.as_str());
        assert_eq!(categories.collect::<Vec<_>>(), ["未分类", "奶粉"]);
        assert_eq!(catalog.warehouses[0].code, "MAIN");
        assert_eq!(catalog.sku_id("B"), Some(SkuId(1)));
    }
}
