//! Goods that only a decision knows, as rows of the dataset.

use super::super::adjust::Launch;
use crate::dataset::{Cell, Dataset, DuplicateRule, Table, TableBuilder, TableId};
use crate::master::Catalog;

/// The rows of `skus.csv` that planned goods need; `None` where the dataset knows all of them.
#[must_use]
pub(crate) fn planned_goods(dataset: &Dataset, launches: &[Launch]) -> Option<Table> {
    let catalog = Catalog::new(dataset);
    let mut builder = TableBuilder::new(TableId::Skus, &[]);
    for (line, launch) in (1..).zip(launches) {
        let Some(goods) = &launch.goods else { continue };
        if catalog.sku_id(&launch.sku).is_some() {
            continue;
        }
        let text =
            |text: &'_ str| Some(Cell::Text(text.to_owned().into())).filter(|_| !text.is_empty());
        let money =
            |amount: Option<crate::units::Amount>| amount.map(|it| Cell::Number(it.millionths()));
        let cells = builder
            .def()
            .columns
            .iter()
            .map(|column| match column.name {
                "sku" => text(&launch.sku),
                "name_zh" | "name_en" => text(&goods.name),
                "category" => text(&goods.category),
                "list_price" => money(goods.list_price),
                "unit_cost" => money(goods.unit_cost),
                "launch_date" => Some(Cell::Day(launch.from)),
                _ => None,
            });
        let cells: Vec<Option<Cell<'_>>> = cells.collect();
        builder.push(line, &cells);
    }
    (!builder.is_empty()).then(|| builder.finish(DuplicateRule::KeepFirst).0)
}
