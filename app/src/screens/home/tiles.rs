//! The strip of key figures.

use super::model::{TILES, better, decimals, scaled};
use crate::bridge::Query;
use crate::i18n::messages::{home, kit, kpi};
use crate::i18n::{Language, by_id, day_iso, fill, language, number, percent_sign, tr};
use crate::parts::{DeltaUnit, Kpi, KpiAbout, KpiStrip, KpiTile, picked};
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
    let (unit, places) = (tile.unit, decimals(&tile));
    let text = move |value: f64| number(scaled(unit, value), places);
    let said = move |value: f64| format!("{}{}", text(value), suffix(unit, true));
    let sign = if tile.better > 0 {
        "\u{2265}"
    } else {
        "\u{2264}"
    };
    let goal = move |value: f64| {
        let at = scaled(unit, value);
        let needed = (0..places).find(|places| rounded(at, *places) == at);
        let figure = number(at, needed.unwrap_or(places));
        format!("{sign} {figure}{}", suffix(unit, true))
    };
    let label = by_id(kpi::ALL, &tile.kpi);
    let value = tile.value;
    let missing = tile.missing.clone().filter(|_| value.is_none());
    // Marks and change as they are read: what the decimals hide is no change.
    let at = move |value: f64| rounded(scaled(unit, value), places);
    let moved = value.zip(tile.base).map(|(now, (_, before))| {
        (
            rounded(at(now) - at(before), places),
            places,
            DeltaUnit::Plain,
        )
    });
    let about = about(&tile, said);
    Kpi {
        label: Signal::derive(move || label.map_or("", tr).to_owned()),
        value: Signal::derive(move || value.map_or_else(String::new, text)),
        unit: Signal::derive(move || suffix(unit, false)),
        change: moved,
        better: better(&tile),
        now: value.map_or(0.0, at),
        base: tile
            .base
            .map(|(_, base)| (at(base), Signal::derive(move || said(base)))),
        target: tile
            .target
            .map(|target| (scaled(unit, target), Signal::derive(move || goal(target)))),
        missing: missing.map(|file| Signal::derive(move || fill(kpi::NEEDS, &[("file", &file)]))),
        trend: tile.trend,
        about: Some(about),
    }
}

/// A change too small for the decimals of its tile is none.
fn rounded(value: f64, places: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(places));
    (value * scale).round() / scale
}

/// The unit beside a large figure, or inside running text.
fn suffix(unit: KpiUnit, is_text: bool) -> String {
    let word = match unit {
        KpiUnit::Ratio if is_text => return percent_sign().to_owned(),
        KpiUnit::Ratio => return percent_sign().trim().to_owned(),
        KpiUnit::Turns if is_text => return String::new(),
        KpiUnit::Turns => kpi::PER_YEAR,
        KpiUnit::Days => kpi::DAYS,
        KpiUnit::Money | KpiUnit::Count => return String::new(),
    };
    if is_text {
        format!(" {}", tr(word))
    } else {
        tr(word).to_owned()
    }
}

/// Definition, unit, window, target and what the line shows.
fn about(tile: &Tile, said: impl Fn(f64) -> String + Copy + Send + Sync + 'static) -> KpiAbout {
    let (zh, en) = tile.formula.clone();
    let definition = Signal::derive(move || match language() {
        Language::Zh => zh.clone(),
        Language::En => en.clone(),
    });
    let unit = tile.unit;
    let window = tile.window;
    let span = move || match window {
        Some((from, to)) if from < to => fill(
            kpi::WINDOW_SPAN,
            &[("from", &day_iso(from)), ("to", &day_iso(to))],
        ),
        Some((_, to)) => day_iso(to),
        None => tr(kpi::WINDOW_NONE).to_owned(),
    };
    let mut facts: Vec<(_, Signal<String>)> = vec![
        (
            kpi::UNIT,
            Signal::derive(move || match unit {
                KpiUnit::Turns => tr(kpi::TURNS_UNIT).to_owned(),
                unit => suffix(unit, false),
            }),
        ),
        (kpi::WINDOW, Signal::derive(span)),
    ];
    if let Some(target) = tile.target {
        facts.push((kit::TARGET, Signal::derive(move || said(target))));
    }
    let line = Line::of(tile);
    facts.push((kpi::LINE, Signal::derive(move || line.words(said))));
    KpiAbout { definition, facts }
}

/// What can be said about the past of a tile.
#[derive(Clone)]
enum Line {
    /// First day of the line, the value then; whether it rests on the models of today.
    Known(i32, f64, bool),
    /// Files do not reach back far enough.
    Short,
    /// Only today's picture tells the figure.
    Never,
}

impl Line {
    fn of(tile: &Tile) -> Self {
        match tile.base {
            Some((day, value)) => {
                let by_model = matches!(tile.kpi.as_str(), "mape" | "wape" | "bias");
                Self::Known(day, value, by_model)
            }
            None if tile.trend.is_empty() => Self::Never,
            None => Self::Short,
        }
    }

    fn words(&self, said: impl Fn(f64) -> String) -> String {
        match self {
            Self::Known(day, value, by_model) => {
                let words = if *by_model {
                    kpi::LINE_BY_MODEL
                } else {
                    kpi::LINE_KNOWN
                };
                fill(words, &[("day", &day_iso(*day)), ("value", &said(*value))])
            }
            Self::Short => tr(kpi::LINE_SHORT).to_owned(),
            Self::Never => tr(kpi::LINE_NEVER).to_owned(),
        }
    }
}
