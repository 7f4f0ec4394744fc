//! The chart as a table of the very same figures.

use super::readout::bucket_title;
use super::spec::{ChartSpec, LayerShape};
use crate::i18n::messages::chart;
use crate::i18n::{ABSENT, number, range, t};
use leptos::prelude::*;

/// Buckets down, layers across.
pub(super) fn chart_table(spec: &ChartSpec) -> impl IntoView + use<> {
    let layers: Vec<_> = spec
        .layers
        .iter()
        .filter(|layer| !matches!(layer.shape, LayerShape::Links { .. }))
        .cloned()
        .collect();
    let heads = layers
        .iter()
        .map(|layer| view! { <th scope="col" class="num">{layer.name.clone()}</th> })
        .collect_view();
    let rows = (0..spec.buckets.len())
        .map(|bucket| {
            let cells = layers
                .iter()
                .map(|layer| {
                    let text = match layer.figures(bucket) {
                        Some((low, Some(high))) => range(low, high, spec.decimals),
                        Some((value, None)) => number(value, spec.decimals),
                        None => ABSENT.to_owned(),
                    };
                    view! { <td class="num">{text}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{bucket_title(spec, bucket)}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="chart-table" tabindex="0" role="region" aria-label=spec.name.clone()>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(chart::BUCKET)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
