//! Home without a browser: which figures are shown, and what work follows from the statuses.

use crate::i18n::Msg;
use crate::i18n::messages::home;
use crate::parts::{Better, Severity, StockStatus, status_of};
use crate::ui::ranked;
use protocol::view::{KpiTile, KpiUnit, StatusPanel};

/// Tiles of the strip, in order.
pub const TILES: [&str; 8] = [
    "stockout_rate",
    "turns",
    "aged_share",
    "overstock_rate",
    "book_variance",
    "days_of_cover",
    "mape",
    "bias",
];

/// A figure in the unit of its tile: percentages scaled by 100.
pub(super) fn scaled(unit: KpiUnit, value: f64) -> f64 {
    match unit {
        KpiUnit::Ratio => value * 100.0,
        KpiUnit::Days | KpiUnit::Money | KpiUnit::Turns | KpiUnit::Count => value,
    }
}

/// Decimals of a tile: the book difference needs two, days none.
pub(super) fn decimals(tile: &KpiTile) -> u8 {
    match (tile.unit, tile.kpi.as_str()) {
        (_, "book_variance") => 2,
        (KpiUnit::Days | KpiUnit::Money | KpiUnit::Count, _) => 0,
        (KpiUnit::Ratio | KpiUnit::Turns, _) => 1,
    }
}

/// Which way a tile is good.
pub(super) fn better(tile: &KpiTile) -> Better {
    match tile.better {
        -1 => Better::Lower,
        1 => Better::Higher,
        _ => Better::Neutral,
    }
}

/// The money a status panel stands for, in words.
pub(super) fn money_words(status: StockStatus) -> Msg {
    match status {
        StockStatus::StockedOut => home::LOST_A_WEEK,
        StockStatus::PotentialStockOut => home::AT_RISK,
        StockStatus::SurplusOrders => home::CANCELLABLE,
        StockStatus::Excess => home::OVER,
        StockStatus::New => home::NEW_STOCK,
        StockStatus::Ok => home::IN_STOCK,
    }
}

/// One line of the work list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Work {
    /// Act on the items of a status.
    Status {
        status: StockStatus,
        count: u32,
        money: f64,
    },
    /// Add a file without which figures cannot be computed.
    File { file: String, kpi: String },
}

impl Work {
    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::Status {
                status: StockStatus::StockedOut,
                ..
            } => Severity::Urgent,
            Self::Status {
                status: StockStatus::PotentialStockOut,
                ..
            } => Severity::Must,
            Self::Status { .. } => Severity::Optional,
            Self::File { .. } => Severity::Note,
        }
    }

    /// What to do and why.
    pub(super) fn words(&self) -> (Msg, Msg) {
        match self {
            Self::File { .. } => (home::FILE_MISSING, home::FILE_MISSING_WHY),
            Self::Status { status, .. } => match status {
                StockStatus::StockedOut => (home::ORDER_OUT, home::ORDER_OUT_WHY),
                StockStatus::PotentialStockOut => (home::ORDER_RISK, home::ORDER_RISK_WHY),
                StockStatus::SurplusOrders => (home::CANCEL_SURPLUS, home::CANCEL_SURPLUS_WHY),
                StockStatus::Excess | StockStatus::New | StockStatus::Ok => {
                    (home::CLEAR_EXCESS, home::CLEAR_EXCESS_WHY)
                }
            },
        }
    }
}

/// Work that follows from the statuses (by severity, then money) and from missing files.
pub(super) fn work(panels: &[StatusPanel], tiles: &[KpiTile]) -> Vec<Work> {
    let acts = |panel: &StatusPanel| {
        let status = status_of(&panel.status)?;
        let is_work = panel.count > 0 && !matches!(status, StockStatus::New | StockStatus::Ok);
        is_work.then_some(Work::Status {
            status,
            count: panel.count,
            money: panel.value,
        })
    };
    let mut list = ranked(panels.iter().filter_map(acts), |a, b| {
        let by_money = || money(a) > money(b);
        a.severity() < b.severity() || a.severity() == b.severity() && by_money()
    });
    let mut files: Vec<Work> = Vec::new();
    for tile in tiles
        .iter()
        .filter(|tile| TILES.contains(&tile.kpi.as_str()))
    {
        let Some(file) = &tile.missing else { continue };
        let is_known = files
            .iter()
            .any(|work| matches!(work, Work::File { file: known, .. } if known == file));
        if !is_known {
            files.push(Work::File {
                file: file.clone(),
                kpi: tile.kpi.clone(),
            });
        }
    }
    list.extend(files);
    list
}

fn money(work: &Work) -> f64 {
    match work {
        Work::Status { money, .. } => *money,
        Work::File { .. } => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(status: &str, count: u32, value: f64) -> StatusPanel {
        StatusPanel {
            status: status.into(),
            count,
            value,
            stock_value: 0.0,
            top: Vec::new(),
        }
    }

    fn tile(kpi: &str, missing: Option<&str>) -> KpiTile {
        KpiTile {
            kpi: kpi.into(),
            value: None,
            missing: missing.map(str::to_owned),
            unit: KpiUnit::Ratio,
            target: None,
            window: None,
            trend: Vec::new(),
            base: None,
            formula: Default::default(),
            better: -1,
        }
    }

    #[test]
    fn urgent_work_comes_first_then_money_then_missing_files() {
        let panels = [
            panel("excess", 9, 5e6),
            panel("surplus_orders", 2, 9e6),
            panel("stocked_out", 3, 10.0),
            panel("ok", 7, 1.0),
        ];
        let tiles = [
            tile("stockout_rate", Some("stock_daily.csv")),
            tile("turns", Some("stock_daily.csv")),
        ];
        let list = work(&panels, &tiles);
        let order: Vec<_> = list.iter().map(|work| work.words().0).collect();
        let want = [
            home::ORDER_OUT,
            home::CANCEL_SURPLUS,
            home::CLEAR_EXCESS,
            home::FILE_MISSING,
        ];
        assert_eq!(order, want);
    }

    #[test]
    fn every_tile_has_a_name() {
        for id in TILES {
            assert!(
                crate::i18n::by_id(crate::i18n::messages::kpi::ALL, id).is_some(),
                "{id}"
            );
        }
    }
}
