//! A key figure with its change, trend, base and target; tiles join in one strip.

use super::{Better, Bullet, Delta, DeltaUnit};
use crate::charts::Sparkline;
use crate::i18n::messages::kit;
use crate::i18n::{Msg, fill, t};
use crate::ui::unique_id;
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
    /// Values over time; a figure without a past has none, and no line is drawn.
    pub trend: Vec<f64>,
    /// Now, base and target in the unit of the value.
    pub now: f64,
    pub base: Option<(f64, Signal<String>)>,
    pub target: Option<(f64, Signal<String>)>,
    /// Said instead of a figure that cannot be computed, such as the file it needs.
    pub missing: Option<Signal<String>>,
    /// What the figure means, shown on hover and focus.
    pub about: Option<KpiAbout>,
}

/// The explanation of a tile.
#[derive(Clone)]
pub struct KpiAbout {
    pub definition: Signal<String>,
    /// Names and values, such as unit and window.
    pub facts: Vec<(Msg, Signal<String>)>,
}

/// The strip; tiles are its children.
#[component]
pub fn KpiStrip(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    view! { <ul class="kpi-strip" aria-label=label>{children()}</ul> }
}

/// One tile; pressing it opens the list behind the figure.
#[component]
pub fn KpiTile(kpi: Kpi, #[prop(into)] on_open: Callback<()>) -> impl IntoView {
    let about = kpi.about.clone().map(|about| (unique_id("kpi"), about));
    let described_by = about.as_ref().map(|(id, _)| id.clone());
    view! {
        <li>
            <button type="button" class="kpi" aria-describedby=described_by on:click=move |_| on_open.run(())>
                {tile(kpi)}
            </button>
            {about.map(|(id, about)| view! { <About id about/> })}
        </li>
    }
}

fn tile(kpi: Kpi) -> impl IntoView {
    let Kpi { better, now, .. } = kpi;
    let base_text = kpi
        .base
        .map(|(_, text)| move || fill(kit::BASELINE, &[("value", &text.get())]));
    let track = kpi
        .target
        .map(|(goal, _)| view! { <Bullet base=kpi.base.map(|(at, _)| at) now target=goal/> });
    let figure = match kpi.missing {
        Some(missing) => view! { <span class="kpi-missing">{missing}</span> }.into_any(),
        None => view! {
            <span class="kpi-figure">
                <span class="figure">{kpi.value}</span>
                <span class="kpi-unit">{kpi.unit}</span>
            </span>
            <Sparkline values=kpi.trend/>
            <span class="kpi-track">{track}</span>
        }
        .into_any(),
    };
    view! {
        <span class="kpi-top">
            <span class="cut">{kpi.label}</span>
            {kpi.change.map(|(change, decimals, unit)| view! { <Delta change better decimals unit/> })}
        </span>
        {figure}
        <span class="kpi-foot">
            <span>{base_text}</span>
            {kpi
                .target
                .map(|(_, text)| {
                    view! {
                        <span><span class="kpi-word">{t(kit::TARGET)}</span> " " <strong class="good">{text}</strong></span>
                    }
                })}
        </span>
    }
}

#[component]
fn About(id: String, about: KpiAbout) -> impl IntoView {
    let facts = about.facts.into_iter().map(|(name, value)| {
        view! {
            <span class="faint">{t(name)}</span>
            <span>{value}</span>
        }
    });
    view! {
        <span class="kpi-about" role="tooltip" id=id>
            <strong>{about.definition}</strong>
            {facts.collect_view()}
        </span>
    }
}
