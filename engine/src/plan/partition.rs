//! Partitions: what one job needs to know, and nothing else.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Settings;
use super::adjust::{Decisions, replace};
use super::lifecycle::Links;
use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::demand::{DemandRow, EmptyRun, SeriesKey};
use crate::ids::{CategoryId, ChannelId, RegionId, SkuId, SupplierId, WarehouseId};
use crate::master::{Catalog, Network, Sku, Source, Sourcing};
use crate::order::collect_set;
use crate::price::PriceLifts;
use crate::signals::InflowLifts;
use crate::stock::{Position, Positions};
use crate::units::{Amount, Qty};

/// Number of partitions; part of every result's identity, so it never follows the machine.
pub const PARTITIONS: usize = 64;

/// The partition of a SKU code: FNV-1a with a SplitMix64 finaliser, modulo [`PARTITIONS`].
pub fn partition_of(code: &str) -> usize {
    let hash = code.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((hash ^ (hash >> 31)) % 64).unwrap_or(0)
}

/// One SKU as a job sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SkuInput {
    pub(super) id: SkuId,
    pub(super) category: CategoryId,
    pub(super) unit_cost: Option<Amount>,
    /// Net price less cost, base currency a unit.
    pub(super) margin: f64,
    pub(super) launch: Option<Day>,
    pub(super) end: Option<Day>,
    /// Target of the category, when it states one.
    pub(super) category_target: Option<f64>,
}

/// One SKU in one warehouse as a job sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PlaceInput {
    pub(super) sku: SkuId,
    pub(super) warehouse: WarehouseId,
    /// `None` when the dataset has no stock picture.
    pub(super) position: Option<Position>,
    pub(super) source: SourceInput,
    /// Target set for this SKU here or everywhere.
    pub(super) target: Option<f64>,
    pub(super) review_days: Option<f64>,
    pub(super) is_stocked: bool,
}

/// The part of a [`Source`] that travels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SourceInput {
    pub(super) supplier: Option<SupplierId>,
    pub(super) lead_days: f64,
    pub(super) lead_sd_days: f64,
    pub(super) review_days: f64,
    pub(super) moq: Qty,
    pub(super) multiple: Qty,
    pub(super) max_order: Option<Qty>,
    pub(super) price: Option<Amount>,
    pub(super) is_default: bool,
}

/// Everything the jobs of one partition read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PartitionInput {
    pub(super) settings: Settings,
    pub(super) as_of: Day,
    pub(super) categories: u32,
    pub(super) channels: u32,
    /// Serving warehouse by region x channel.
    pub(super) serving: Vec<WarehouseId>,
    pub(super) skus: Vec<SkuInput>,
    pub(super) places: Vec<PlaceInput>,
    pub(super) rows: Vec<DemandRow>,
    /// History that goods have from their predecessors, for their own series only.
    pub(super) borrowed: Vec<DemandRow>,
    /// When shelves were empty, in order; nothing where sales are taken as demand.
    pub(super) empty: Vec<EmptyRun>,
    /// Weeks of history that were replaced by hand, by their first days.
    pub(super) replaced: Vec<(SeriesKey, Day)>,
    /// What changes of price did, and are expected to do.
    pub(super) prices: PriceLifts,
    /// What campaigns and leads did, and are expected to add.
    pub(super) inflows: InflowLifts,
}

impl PartitionInput {
    /// The SKU with an id of this partition.
    pub(super) fn sku(&self, id: SkuId) -> Option<&SkuInput> {
        self.skus
            .binary_search_by_key(&id, |sku| sku.id)
            .ok()
            .and_then(|index| self.skus.get(index))
    }

    /// The warehouse that serves a demand row.
    pub(super) fn serving(&self, region: usize, channel: usize) -> WarehouseId {
        let cell = region * self.channels as usize + channel;
        self.serving.get(cell).copied().unwrap_or(WarehouseId(0))
    }
}

/// What the demand of all partitions is cut from.
pub(super) struct Histories<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) catalog: &'a Catalog,
    pub(super) network: &'a Network,
    pub(super) settings: &'a Settings,
    pub(super) as_of: Day,
    pub(super) links: &'a Links,
    pub(super) decisions: &'a Decisions,
    /// Of prices, and of campaigns and leads.
    pub(super) lifts: (&'a PriceLifts, &'a InflowLifts),
}

/// What the inputs of all partitions are cut from.
pub(super) struct Sources<'a> {
    pub(super) histories: Histories<'a>,
    pub(super) positions: &'a Positions,
    pub(super) sourcing: &'a Sourcing,
    /// Where new items are going to be sold.
    pub(super) launched: &'a [(SkuId, ChannelId, RegionId)],
}

/// Cuts a dataset into its partitions.
pub(super) fn partitions(sources: &Sources<'_>) -> Vec<PartitionInput> {
    let catalog = sources.histories.catalog;
    let mut inputs = sources.histories.partitions(&|_| true);
    let rules = Rules::new(sources.histories.dataset, catalog);
    for (sku, warehouse) in places(sources, &inputs) {
        let home = catalog.sku(sku).map_or(0, |sku| partition_of(&sku.code));
        if let Some(input) = inputs.get_mut(home) {
            input
                .places
                .push(place_input(sources, &rules, sku, warehouse));
        }
    }
    inputs
}

impl Histories<'_> {
    /// Partitions with the demand of some goods, and without places.
    pub(super) fn partitions(&self, is_wanted: &dyn Fn(SkuId) -> bool) -> Vec<PartitionInput> {
        let (catalog, network) = (self.catalog, self.network);
        let serving = network.serving_table().to_vec();
        let empty = PartitionInput {
            settings: self.settings.clone(),
            as_of: self.as_of,
            categories: u32::try_from(catalog.categories.len()).unwrap_or(0),
            channels: u32::try_from(catalog.channels.len()).unwrap_or(0),
            serving,
            skus: Vec::new(),
            places: Vec::new(),
            rows: Vec::new(),
            borrowed: Vec::new(),
            empty: Vec::new(),
            replaced: Vec::new(),
            prices: PriceLifts::default(),
            inflows: InflowLifts::default(),
        };
        let mut inputs = vec![empty; PARTITIONS];
        let homes: Vec<usize> = catalog
            .skus
            .iter()
            .map(|sku| partition_of(&sku.code))
            .collect();
        let home = |sku: SkuId| homes.get(sku.index()).copied().unwrap_or(0);
        for (index, sku) in catalog.skus.iter().enumerate() {
            let id = SkuId::from_index(index);
            if let Some(input) = inputs.get_mut(home(id)).filter(|_| is_wanted(id)) {
                input.skus.push(sku_input(id, sku, catalog));
            }
        }
        for row in demand_rows(self.dataset, catalog) {
            if is_wanted(row.sku)
                && let Some(input) = inputs.get_mut(home(row.sku))
            {
                input.rows.push(row);
            }
        }
        for replacement in &self.decisions.replacements {
            let is_here = catalog.sku_id(&replacement.sku).is_some_and(is_wanted);
            let home = partition_of(&replacement.sku);
            if is_here && let Some(input) = inputs.get_mut(home) {
                replace(&mut input.rows, replacement, catalog);
                let key = replacement.series(catalog);
                input
                    .replaced
                    .extend(key.map(|key| (key, replacement.week)));
            }
        }
        for run in (self.decisions).empty_runs(self.dataset, catalog, self.as_of) {
            if is_wanted(run.sku)
                && let Some(input) = inputs.get_mut(home(run.sku))
            {
                input.empty.push(run);
            }
        }
        for (place, input) in inputs.iter_mut().enumerate() {
            let is_here = |sku| is_wanted(sku) && home(sku) == place;
            input.prices = self.lifts.0.of_skus(is_here);
            input.inflows = self.lifts.1.of_skus(is_here);
        }
        for row in self.links.borrowed(demand_rows(self.dataset, catalog)) {
            if is_wanted(row.sku)
                && let Some(input) = inputs.get_mut(home(row.sku))
            {
                input.borrowed.push(row);
            }
        }
        inputs
    }
}

fn sku_input(id: SkuId, sku: &Sku, catalog: &Catalog) -> SkuInput {
    let net = |price: Amount| price.to_f64() / (1.0 + sku.vat_rate.to_f64());
    let margin = sku
        .list_price
        .zip(sku.unit_cost)
        .map(|(price, cost)| net(price) - cost.to_f64());
    let category = catalog.categories.get(sku.category.index());
    SkuInput {
        id,
        category: sku.category,
        unit_cost: sku.unit_cost,
        margin: margin.unwrap_or(0.0).max(0.0),
        launch: sku.launch,
        end: sku.end,
        category_target: category
            .and_then(|category| category.target_service)
            .map(Amount::to_f64),
    }
}

/// The rows of `demand.csv` whose codes are known.
pub(super) fn demand_rows<'a>(
    dataset: &'a Dataset,
    catalog: &'a Catalog,
) -> impl Iterator<Item = DemandRow> + 'a {
    let table = dataset.table(TableId::Demand);
    table.into_iter().flat_map(move |table| {
        let words = |column: &str| {
            table
                .texts(column)
                .map_or(&[][..], |texts| &texts.words[..])
        };
        let codes = |column: &str| {
            table
                .texts(column)
                .map_or(&[][..], |texts| &texts.codes[..])
        };
        let skus = Catalog::translate(words("sku"), |code| catalog.sku_id(code));
        let channels = Catalog::translate(words("channel"), |code| catalog.channel_id(code));
        let regions = Catalog::translate(words("region"), |code| catalog.region_id(code));
        let ids = codes("sku")
            .iter()
            .zip(codes("channel"))
            .zip(codes("region"));
        let figures = table.days("date").iter().zip(table.numbers("quantity"));
        ids.zip(figures)
            .filter_map(move |(((sku, channel), region), (day, quantity))| {
                Some(DemandRow {
                    day: Day::from_number(*day),
                    sku: *skus.get(*sku as usize)?.as_ref()?,
                    channel: *channels.get(*channel as usize)?.as_ref()?,
                    region: *regions.get(*region as usize)?.as_ref()?,
                    quantity: Qty::from_thousandths(*quantity),
                })
            })
    })
}

/// When shelves were empty up to a day while goods were on sale: days at whose ends
/// `stock_daily.csv` has nothing available.
pub(super) fn empty_runs(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> Vec<EmptyRun> {
    let Some(table) = dataset.table(TableId::StockDaily) else {
        return Vec::new();
    };
    let (Some(skus), Some(warehouses)) = (table.texts("sku"), table.texts("warehouse")) else {
        return Vec::new();
    };
    let sku_ids = Catalog::translate(&skus.words, |code| catalog.sku_id(code));
    let warehouse_ids = Catalog::translate(&warehouses.words, |code| catalog.warehouse_id(code));
    let days = table.days("date").iter().zip(table.numbers("available"));
    let places = skus.codes.iter().zip(&warehouses.codes);
    let empty = days
        .zip(places)
        .filter(|((_, available), _)| **available <= 0);
    let shelf = |((day, _), (sku, warehouse)): ((&i32, &i64), (&u32, &u32))| {
        let day = Day::from_number(*day);
        let sku = *sku_ids.get(*sku as usize)?.as_ref()?;
        let warehouse = *warehouse_ids.get(*warehouse as usize)?.as_ref()?;
        let end = catalog.sku(sku).and_then(|sku| sku.end);
        let is_on_sale = day <= as_of && end.is_none_or(|end| day <= end);
        is_on_sale.then_some((sku, warehouse, day))
    };
    EmptyRun::all(empty.filter_map(shelf))
}

/// Every place with stock, orders or demand.
fn places(sources: &Sources<'_>, inputs: &[PartitionInput]) -> BTreeSet<(SkuId, WarehouseId)> {
    let stocked = sources
        .positions
        .iter()
        .map(|(sku, warehouse, _)| (sku, warehouse));
    let demanded = inputs.iter().flat_map(|input| {
        input.rows.iter().map(|row| {
            (
                row.sku,
                sources.histories.network.warehouse(row.region, row.channel),
            )
        })
    });
    let mut places: BTreeSet<(SkuId, WarehouseId)> = collect_set(stocked.chain(demanded));
    for (sku, channel, region) in sources.launched {
        let warehouse = sources.histories.network.warehouse(*region, *channel);
        places.insert((*sku, warehouse));
    }
    for (sku, next) in sources.histories.links.moving() {
        let from = places.range((sku, WarehouseId(0))..);
        let heirs: Vec<_> = from
            .take_while(|(other, _)| *other == sku)
            .map(|(_, warehouse)| (next, *warehouse))
            .collect();
        places.extend(heirs);
    }
    places
}

fn place_input(
    sources: &Sources<'_>,
    rules: &Rules,
    sku: SkuId,
    warehouse: WarehouseId,
) -> PlaceInput {
    let source = sources
        .sourcing
        .source(sources.histories.catalog, sku, warehouse);
    let known = sources.positions.get(sku, warehouse).cloned();
    let rule = rules.of(sku, warehouse);
    PlaceInput {
        sku,
        warehouse,
        position: known.or_else(|| sources.positions.is_known.then(Position::default)),
        source: SourceInput::from(source),
        target: rule.target,
        review_days: rule.review_days,
        is_stocked: !rule.do_not_stock,
    }
}

impl From<Source> for SourceInput {
    fn from(source: Source) -> Self {
        Self {
            supplier: source.supplier,
            lead_days: source.lead_days,
            lead_sd_days: source.lead_sd_days,
            review_days: source.review_days,
            moq: source.moq,
            multiple: source.multiple,
            max_order: source.max_order,
            price: source.price,
            is_default: source.is_default,
        }
    }
}

/// Overrides of `policies.csv` that name a SKU.
#[derive(Default)]
struct Rules {
    by_place: std::collections::BTreeMap<(SkuId, Option<WarehouseId>), Rule>,
}

#[derive(Clone, Copy, Default)]
struct Rule {
    target: Option<f64>,
    review_days: Option<f64>,
    do_not_stock: bool,
}

impl Rules {
    fn new(dataset: &Dataset, catalog: &Catalog) -> Self {
        let mut rules = Self::default();
        let Some(table) = dataset.table(TableId::Policies) else {
            return rules;
        };
        for row in 0..table.len() {
            let Some(sku) = table.text("sku", row).and_then(|code| catalog.sku_id(code)) else {
                continue;
            };
            let warehouse = table
                .text("warehouse", row)
                .and_then(|code| catalog.warehouse_id(code));
            let number = |column| {
                table
                    .number(column, row)
                    .map(|n| Amount::from_millionths(n).to_f64())
            };
            let rule = Rule {
                target: number("target"),
                review_days: number("review_days"),
                do_not_stock: table.number("do_not_stock", row) == Some(1),
            };
            rules.by_place.insert((sku, warehouse), rule);
        }
        rules
    }

    /// SKU in this warehouse before SKU everywhere, field by field.
    fn of(&self, sku: SkuId, warehouse: WarehouseId) -> Rule {
        let own = self
            .by_place
            .get(&(sku, Some(warehouse)))
            .copied()
            .unwrap_or_default();
        let general = self.by_place.get(&(sku, None)).copied().unwrap_or_default();
        Rule {
            target: own.target.or(general.target),
            review_days: own.review_days.or(general.review_days),
            do_not_stock: own.do_not_stock || general.do_not_stock,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partitions_are_spread_and_fixed() {
        let mut counts = [0; PARTITIONS];
        for index in 0..6_400 {
            counts[partition_of(&format!("SKU{index:05}"))] += 1;
        }
        assert!(
            counts.iter().all(|count| (60..=140).contains(count)),
            "{counts:?}"
        );
        // The first step of FNV-1a and the SplitMix64 finaliser of 0xaf63dc4c8601ec8c.
        assert_eq!(partition_of("a"), partition_of("a"));
        assert_ne!(partition_of("a"), partition_of("b"));
    }
}
