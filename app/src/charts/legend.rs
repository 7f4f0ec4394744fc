//! The legend, in HTML over the plot; only where three or more things need telling apart.

use super::scene::Dash;
use super::spec::{ChartSpec, LayerShape};
use leptos::prelude::*;

const NEEDED_FROM: usize = 3;

#[component]
pub(super) fn Legend(spec: ChartSpec) -> impl IntoView {
    // What is painted last lies on top and is named first.
    let named: Vec<_> = spec
        .layers
        .into_iter()
        .rev()
        .filter(|layer| !layer.name.is_empty() && is_drawn(&layer.shape))
        .collect();
    let is_breakdown = named.iter().all(|layer| {
        matches!(&layer.shape, LayerShape::Floats { to, .. }
        if to.iter().filter(|value| value.is_finite()).count() == 1)
    });
    if named.len() < NEEDED_FROM || is_breakdown {
        return None;
    }
    let items = named
        .into_iter()
        .map(|layer| {
            let (kind, dash) = match &layer.shape {
                LayerShape::Line { hollow, dash, .. } if hollow.is_empty() => ("line", *dash),
                LayerShape::Line { .. } => ("ring", Dash::Solid),
                LayerShape::Bars { outlined: true, .. } => ("outline", Dash::Solid),
                LayerShape::Band { .. }
                | LayerShape::Bars { .. }
                | LayerShape::Floats { .. }
                | LayerShape::Links { .. } => ("fill", Dash::Solid),
            };
            view! {
                <li>
                    <span
                        class="legend-mark"
                        data-kind=kind
                        data-dash=dash.as_str()
                        style:color=format!("var({})", layer.ink.0)
                    ></span>
                    {layer.name}
                </li>
            }
        })
        .collect_view();
    Some(view! { <ul class="legend">{items}</ul> })
}

/// Whether anything of a layer is to be seen.
fn is_drawn(shape: &LayerShape) -> bool {
    match shape {
        LayerShape::Bars { values, .. } => values
            .iter()
            .any(|value| value.is_finite() && *value != 0.0),
        LayerShape::Line { values, .. } => values.iter().any(|value| value.is_finite()),
        LayerShape::Band { .. } | LayerShape::Floats { .. } | LayerShape::Links { .. } => true,
    }
}
