//! A key figure with its change, trend, base and target; tiles join in one strip.

use super::{Better, Bullet, Delta, DeltaUnit};
use crate::charts::Sparkline;
use crate::i18n::messages::kit;
use crate::i18n::{Msg, fill, t};
use leptos::prelude::*;

/// What a tile shows. The texts are formatted by the caller, one unit a tile.
#[derive(Clone)]
pub struct Kpi {
    pub label: Signal<String>,
    pub value: Signal<String>,
    pub unit: Signal<String>,
    /// The change against the base, and which way is good.
    pub change: Option<(f64, u8, DeltaUnit)>,
    pub better: Better,
    pub trend: Vec<f64>,
    /// Now, base and target in the unit of the value.
    pub now: f64,
    pub base: Option<(f64, Signal<String>)>,
    pub target: Option<(f64, Signal<String>)>,
    /// Said instead of a figure that cannot be computed, such as the file it needs.
    pub missing: Option<Msg>,
}

/// The strip; tiles are its children.
#[component]
pub fn KpiStrip(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    view! { <ul class="kpi-strip" aria-label=label>{children()}</ul> }
}

/// One tile; pressing it opens the list behind the figure.
#[component]
pub fn KpiTile(kpi: Kpi, #[prop(into)] on_open: Callback<()>) -> impl IntoView {
    let Kpi {
        label,
        value,
        unit,
        change,
        better,
        trend,
        now,
        base,
        target,
        missing,
    } = kpi;
    let base_text = base.map(|(_, text)| move || fill(kit::BASELINE, &[("value", &text.get())]));
    let track =
        target.map(|(goal, _)| view! { <Bullet base=base.map(|(at, _)| at) now target=goal/> });
    let figure = match missing {
        Some(missing) => view! { <span class="kpi-missing">{t(missing)}</span> }.into_any(),
        None => view! {
            <span class="kpi-figure">
                <span class="figure">{value}</span>
                <span class="kpi-unit">{unit}</span>
            </span>
            <Sparkline values=trend/>
            {track}
        }
        .into_any(),
    };
    view! {
        <li>
            <button type="button" class="kpi" on:click=move |_| on_open.run(())>
                <span class="kpi-top">
                    <span class="cut">{label}</span>
                    {change
                        .map(|(change, decimals, unit)| view! { <Delta change better decimals unit/> })}
                </span>
                {figure}
                <span class="kpi-foot">
                    <span>{base_text}</span>
                    {target
                        .map(|(_, text)| {
                            view! {
                                <span>{t(kit::TARGET)} " " <strong class="good">{text}</strong></span>
                            }
                        })}
                </span>
            </button>
        </li>
    }
}
