//! Which warehouse serves which demand.

use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::ids::{ChannelId, RegionId, WarehouseId};
use crate::issue::{Code, Issue, Place};
use crate::master::Catalog;

/// The serving warehouse of every (region, channel), for planning.
#[derive(Clone, Debug, Default)]
pub struct Network {
    channels: usize,
    serving: Vec<WarehouseId>,
}

/// A row of `serves.csv` as a candidate: smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// A row that names the channel beats one that does not.
    is_general: bool,
    priority: i64,
    cost_unit: i64,
    days: i64,
    warehouse: WarehouseId,
}

impl Network {
    /// Chooses for each (region, channel) the open row with the least (warehouse
    /// priority, unit cost, days, warehouse code); a row naming the channel wins over
    /// one without. Without such a row, the first warehouse by (priority, code).
    pub fn new(dataset: &Dataset, catalog: &Catalog, on: Day) -> (Self, Vec<Issue>) {
        let is_open = |id: WarehouseId| {
            catalog.warehouses.get(id.index()).is_some_and(|warehouse| {
                warehouse.open_from.is_none_or(|from| from <= on)
                    && warehouse.open_to.is_none_or(|to| on <= to)
            })
        };
        let fallback = first_warehouse(catalog, is_open);
        let cells = catalog.regions.len() * catalog.channels.len();
        let mut best: Vec<Option<Rank>> = vec![None; cells];
        let mut network = Self {
            channels: catalog.channels.len(),
            serving: Vec::new(),
        };
        for (region, channel, rank) in candidates(dataset, catalog) {
            if !is_open(rank.warehouse) {
                continue;
            }
            let all = 0..catalog.channels.len();
            for channel in all.filter(|index| channel.is_none_or(|id| id.index() == *index)) {
                let Some(slot) = best.get_mut(network.cell(region.index(), channel)) else {
                    continue;
                };
                *slot = Some(slot.map_or(rank, |known| known.min(rank)));
            }
        }
        network.serving = best
            .iter()
            .map(|rank| rank.map_or(fallback, |rank| rank.warehouse))
            .collect();
        let mut issues = Vec::new();
        if dataset.table(TableId::Serves).is_none() && catalog.warehouses.len() > 1 {
            let code = catalog
                .warehouses
                .get(fallback.index())
                .map_or("", |w| w.code.as_str());
            let place = Place {
                file: "serves.csv".to_owned(),
                ..Place::default()
            };
            issues.push(Issue::new(Code::NoServes, place).with("warehouse", code));
        }
        (network, issues)
    }

    /// The warehouse that serves a channel's demand in a region.
    pub fn warehouse(&self, region: RegionId, channel: ChannelId) -> WarehouseId {
        let cell = self.cell(region.index(), channel.index());
        self.serving.get(cell).copied().unwrap_or(WarehouseId(0))
    }

    /// The serving warehouses by region, then channel.
    pub fn serving_table(&self) -> &[WarehouseId] {
        &self.serving
    }

    fn cell(&self, region: usize, channel: usize) -> usize {
        region * self.channels + channel
    }
}

fn candidates<'a>(
    dataset: &'a Dataset,
    catalog: &'a Catalog,
) -> impl Iterator<Item = (RegionId, Option<ChannelId>, Rank)> + 'a {
    let serves = dataset.table(TableId::Serves);
    serves.into_iter().flat_map(move |table| {
        (0..table.len()).filter_map(move |row| {
            let warehouse = catalog.warehouse_id(table.text("warehouse", row)?)?;
            let region = catalog.region_id(table.text("region", row)?)?;
            let channel = table.text("channel", row);
            let rank = Rank {
                is_general: channel.is_none(),
                priority: catalog.warehouses.get(warehouse.index())?.priority,
                cost_unit: table.number("cost_unit", row).unwrap_or(0),
                days: table.number("days", row).unwrap_or(0),
                warehouse,
            };
            let channel = channel.map(|code| catalog.channel_id(code));
            match channel {
                Some(None) => None,
                Some(known) => Some((region, known, rank)),
                None => Some((region, None, rank)),
            }
        })
    })
}

fn first_warehouse(catalog: &Catalog, is_open: impl Fn(WarehouseId) -> bool) -> WarehouseId {
    let ids = (0..catalog.warehouses.len()).map(WarehouseId::from_index);
    let priority = |id: &WarehouseId| {
        catalog
            .warehouses
            .get(id.index())
            .map_or(i64::MAX, |w| w.priority)
    };
    let open = ids
        .clone()
        .filter(|id| is_open(*id))
        .min_by_key(|id| (priority(id), *id));
    open.or_else(|| ids.min_by_key(|id| (priority(id), *id)))
        .unwrap_or(WarehouseId(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;

    fn network(serves: Option<&str>) -> (Catalog, Network, Vec<Issue>) {
        let tables = [
            (
                TableId::Warehouses,
                "warehouse,region,priority,open_to\nW1,east,2,\nW2,south,1,\nW3,east,0,2025-12-31\n",
            ),
            (TableId::Channels, "channel\ntmall\ndouyin\n"),
            (TableId::Regions, "region\neast\nsouth\n"),
        ];
        let serves = serves.map(|text| (TableId::Serves, text));
        let tables = tables.into_iter().chain(serves);
        let read = |(id, text): (TableId, &str)| read_csv(id, "t.csv", text.as_bytes()).table;
        let dataset = Dataset::from_tables(tables.map(read));
        let catalog = Catalog::new(&dataset);
        let (network, issues) =
            Network::new(&dataset, &catalog, Day::parse_iso("2026-11-22").unwrap());
        (catalog, network, issues)
    }

    fn serving(case: &(Catalog, Network, Vec<Issue>), region: &str, channel: &str) -> String {
        let (catalog, network, _) = case;
        let (region, channel) = (
            catalog.region_id(region).unwrap(),
            catalog.channel_id(channel).unwrap(),
        );
        catalog.warehouses[network.warehouse(region, channel).index()]
            .code
            .clone()
    }

    #[test]
    fn the_channel_row_wins_then_priority_among_open_warehouses() {
        let case = network(Some(
            "warehouse,region,channel,days\nW1,east,,1\nW2,east,,3\nW1,east,douyin,1\nW3,east,,1\n",
        ));
        assert_eq!(serving(&case, "east", "tmall"), "W2");
        assert_eq!(serving(&case, "east", "douyin"), "W1");
        assert_eq!(serving(&case, "south", "tmall"), "W2");
    }

    #[test]
    fn without_serves_all_demand_goes_to_the_first_open_warehouse_and_says_so() {
        let case = network(None);
        assert_eq!(serving(&case, "east", "tmall"), "W2");
        assert_eq!(
            case.2[0].to_string(),
            "serves.csv: W_NO_SERVES no serves.csv: all demand goes to W2"
        );
    }
}
