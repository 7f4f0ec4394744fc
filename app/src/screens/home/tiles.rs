//! The strip of key figures.

use super::model::{TILES, better, decimals, scaled};
use crate::bridge::Query;
use crate::i18n::messages::{home, kpi};
use crate::i18n::{by_id, fill, number, percent_sign, tr};
use crate::parts::{Kpi, KpiStrip, KpiTile, picked};
use crate::routes::Screen;
use crate::state::Router;
use leptos::prelude::*;
use protocol::ViewData;
use protocol::view::{KpiTile as Tile, KpiUnit};

#[component]
pub(super) fn Tiles(kpis: Query) -> impl IntoView {
    let router = Router::here();
    let tiles = picked(kpis, |shown| match &shown.data {
        ViewData::Kpis { tiles, .. } => Some(tiles.clone()),
        _ => None,
    });
    let shown = move || {
        let all = tiles.get().unwrap_or_default();
        let find = |id: &&str| all.iter().find(|tile| tile.kpi == *id).cloned();
        TILES
            .iter()
            .filter_map(find)
            .map(|tile| {
                let target = target_screen(&tile.kpi);
                view! { <KpiTile kpi=shown_as(tile) on_open=move |()| router.open(target)/> }
            })
            .collect_view()
    };
    view! { <KpiStrip label=home::KPIS>{shown}</KpiStrip> }
}

fn target_screen(kpi: &str) -> Screen {
    match kpi {
        "mape" | "bias" | "wape" => Screen::Demand,
        _ => Screen::Replenish,
    }
}

fn shown_as(tile: Tile) -> Kpi {
    let places = decimals(&tile);
    let unit = tile.unit;
    let text = move |value: f64| number(scaled(unit, value), places);
    let suffix = move || match unit {
        KpiUnit::Ratio => percent_sign().trim().to_owned(),
        KpiUnit::Turns => tr(kpi::PER_YEAR).to_owned(),
        KpiUnit::Days => tr(kpi::DAYS).to_owned(),
        KpiUnit::Money | KpiUnit::Count => String::new(),
    };
    let sign = if tile.better > 0 {
        "\u{2265}"
    } else {
        "\u{2264}"
    };
    let goal = move |value: f64| format!("{sign} {} {}", text(value), suffix());
    let label = by_id(kpi::ALL, &tile.kpi);
    let value = tile.value;
    let missing = tile.missing.clone().filter(|_| value.is_none());
    let kind = better(&tile);
    Kpi {
        label: Signal::derive(move || label.map_or("", tr).to_owned()),
        value: Signal::derive(move || match &missing {
            Some(file) => fill(kpi::NEEDS, &[("file", file)]),
            None => value.map_or_else(|| "\u{2013}".to_owned(), text),
        }),
        unit: Signal::derive(move || {
            if value.is_some() {
                suffix()
            } else {
                String::new()
            }
        }),
        change: None,
        better: kind,
        trend: tile.trend,
        now: value.map_or(0.0, |value| scaled(unit, value)),
        base: None,
        target: tile
            .target
            .map(|target| (scaled(unit, target), Signal::derive(move || goal(target)))),
        missing: None,
    }
}
