//! The figures of one bucket as lines of name and value; also what a screen reader hears while stepping.

use super::spec::ChartSpec;
use crate::i18n::{number, range};
use leptos::prelude::*;

/// Names and values of a bucket.
pub(super) fn readout_lines(spec: &ChartSpec, bucket: usize) -> Vec<(String, String)> {
    spec.layers
        .iter()
        .rev()
        .filter_map(|layer| {
            let text = match layer.figures(bucket)? {
                (low, Some(high)) => range(low, high, spec.decimals),
                (value, None) => number(value, spec.decimals),
            };
            Some((layer.name.clone(), text))
        })
        .collect()
}

/// The title of a bucket, or its label.
pub(super) fn bucket_title(spec: &ChartSpec, bucket: usize) -> String {
    let Some(bucket) = spec.buckets.get(bucket) else {
        return String::new();
    };
    if bucket.title.is_empty() {
        bucket.label.clone()
    } else {
        bucket.title.clone()
    }
}

/// The bucket as one spoken sentence.
pub(super) fn spoken(spec: &ChartSpec, bucket: usize) -> String {
    let lines = readout_lines(spec, bucket)
        .into_iter()
        .map(|(name, value)| format!("{name} {value}"));
    std::iter::once(bucket_title(spec, bucket))
        .chain(lines)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The card.
pub(super) fn readout_card(spec: &ChartSpec, bucket: usize) -> impl IntoView + use<> {
    view! {
        <div class="chart-readout">
            <div class="strong">{bucket_title(spec, bucket)}</div>
            <dl>
                {readout_lines(spec, bucket)
                    .into_iter()
                    .map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> })
                    .collect_view()}
            </dl>
        </div>
    }
}
