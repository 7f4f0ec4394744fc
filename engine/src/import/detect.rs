//! Which table a file is, and which of its columns are which of the table's.

use super::confidence::Confidence;
use super::mapping::{METRIC_COLUMNS, Target};
use super::sample::Sample;
use super::synonyms::{normalise_header, target_of};
use crate::dataset::{TABLES, TableDef, TableId};
use crate::order;

/// Where a column goes and how sure that is.
pub(super) type Assignment = Option<(Target, Confidence)>;

/// The column of the table for each column of the file; each target is given once.
pub(super) fn assign(def: &TableDef, sample: &Sample) -> Vec<Assignment> {
    let mut found: Vec<Assignment> = sample
        .headers
        .iter()
        .map(|header| target_of(def, header))
        .collect();
    prefer_chinese_names(sample, &mut found);
    let wins = |found: &[Assignment], index: usize| {
        let Some(Some((target, confidence))) = found.get(index) else {
            return false;
        };
        let rivals = found
            .iter()
            .enumerate()
            .filter_map(|(at, rival)| Some((at, rival.as_ref()?)));
        let mut rivals = rivals.filter(|(at, (rival, _))| *at != index && rival == target);
        rivals.all(|(at, (_, rival))| confidence > rival || (confidence == rival && index < at))
    };
    let winners: Vec<bool> = (0..found.len()).map(|index| wins(&found, index)).collect();
    for (assignment, is_winner) in found.iter_mut().zip(winners) {
        if !is_winner {
            *assignment = None;
        }
    }
    found
}

/// A column called `name` holds Chinese names when its cells are Chinese.
fn prefer_chinese_names(sample: &Sample, found: &mut [Assignment]) {
    let chinese = Target::Column("name_zh".to_owned());
    if found.iter().flatten().any(|(target, _)| *target == chinese) {
        return;
    }
    for (index, assignment) in found.iter_mut().enumerate() {
        let Some((target, _)) = assignment else {
            continue;
        };
        let mut texts = sample.column(index).flat_map(|cell| cell.text.chars());
        if *target == Target::Column("name_en".to_owned()) && texts.any(super::encoding::is_cjk) {
            *target = chinese;
            return;
        }
    }
}

/// The table that explains the header best.
pub(super) fn detect(file: &str, sample: &Sample) -> (TableId, Confidence) {
    let mut scores: Vec<_> = TABLES
        .iter()
        .map(|def| (score(def, file, sample), def))
        .collect();
    // Equal scores keep the order of the registry.
    order::sort_by_key(&mut scores, |(score, _)| std::cmp::Reverse(*score));
    let mut best = scores.iter();
    let (Some((first, def)), Some((second, _))) = (best.next(), best.next()) else {
        return (TableId::Demand, Confidence::Unknown);
    };
    let confidence = match first - second {
        _ if *first <= 0 => return (TableId::Demand, Confidence::Unknown),
        0..=3 => Confidence::Unsure,
        4..=7 => Confidence::Likely,
        _ => Confidence::Sure,
    };
    (def.id, confidence)
}

/// Points: required columns found weigh most, missing ones count against the table.
fn score(def: &TableDef, file: &str, sample: &Sample) -> i32 {
    let assigned = assign(def, sample);
    let points_of = |(target, confidence): &(Target, Confidence)| {
        let is_sure = *confidence == Confidence::Sure;
        match target {
            Target::Column(name) => {
                let is_required = def
                    .columns
                    .iter()
                    .any(|column| column.name == name && column.is_required);
                match (is_required, is_sure) {
                    (true, true) => 10,
                    (true, false) => 6,
                    (false, true) => 3,
                    (false, false) => 1,
                }
            }
            Target::Document | Target::SkuName | Target::SkuCategory => 2,
            Target::Metric(_) => 6,
            Target::Attribute | Target::Ignore => 0,
        }
    };
    let found: i32 = assigned.iter().flatten().map(points_of).sum();
    let has_metrics = assigned
        .iter()
        .flatten()
        .any(|(target, _)| matches!(target, Target::Metric(_)));
    let has = |name: &str| {
        let is_told = has_metrics && METRIC_COLUMNS.contains(&name);
        is_told
            || assigned
                .iter()
                .flatten()
                .any(|(target, _)| *target == Target::Column(name.to_owned()))
    };
    let required = def
        .columns
        .iter()
        .filter(|column| column.is_required && !has(column.name));
    let missing: i32 = required
        .map(|column| {
            if default_constant(def.id, column.name).is_some() {
                4
            } else {
                12
            }
        })
        .sum();
    let prior = match def.id {
        TableId::Demand => 3,
        TableId::Stock => 2,
        // Lines of past sales are demand; orders still to be served have a due date.
        TableId::SalesOrders if !has("due_on") => -20,
        // A policy without any override says nothing, whatever codes it names.
        TableId::Policies
            if !["method", "target", "min_stock"]
                .iter()
                .any(|name| has(name)) =>
        {
            -20
        }
        _ => 0,
    };
    found - missing + prior + name_hint(def, file)
}

const NAME_HINTS: &[(TableId, &[&str])] = &[
    (TableId::Demand, &["销售", "销量", "sales", "demand"]),
    (TableId::Stock, &["库存", "stock", "inventory"]),
    (TableId::Skus, &["商品", "货品", "sku", "product", "items"]),
    (TableId::Returns, &["退货", "售后", "return", "rma"]),
    (
        TableId::OpenOrders,
        &["在途", "采购", "purchase", "openorder"],
    ),
    (TableId::SalesOrders, &["订单", "order"]),
    (TableId::Counts, &["盘点", "count"]),
    (TableId::Sourcing, &["供货", "sourcing"]),
    (TableId::Suppliers, &["供应商", "supplier", "vendor"]),
    (
        TableId::Signals,
        &[
            "searchconsole",
            "gsc",
            "百度指数",
            "巨量",
            "关键词",
            "signal",
            "queries",
        ],
    ),
];

fn name_hint(def: &TableDef, file: &str) -> i32 {
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let name = normalise_header(stem);
    if name == normalise_header(def.name) {
        return 12;
    }
    let hints = NAME_HINTS
        .iter()
        .filter(|(id, _)| *id == def.id)
        .flat_map(|(_, words)| *words);
    if hints.into_iter().any(|word| name.contains(word)) {
        4
    } else {
        0
    }
}

/// What a column holds when a file of one place, one channel or one kind leaves it out.
pub fn default_constant(table: TableId, column: &str) -> Option<&'static str> {
    match (table, column) {
        (TableId::Demand | TableId::SalesOrders, "channel") => Some("online"),
        (TableId::Demand | TableId::SalesOrders | TableId::Warehouses, "region") => Some("all"),
        (
            TableId::Stock | TableId::StockDaily | TableId::OpenOrders | TableId::Counts,
            "warehouse",
        ) => Some("main"),
        (TableId::Stock, "bucket") => Some("unrestricted"),
        (TableId::Skus, "category") => Some("uncategorised"),
        (TableId::OpenOrders, "kind") => Some("purchase"),
        (TableId::Signals, "source") => Some("search"),
        (TableId::Signals, "metric") => Some("index"),
        _ => None,
    }
}
