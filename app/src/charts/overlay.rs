//! What moves over a chart: crosshair, readout, brush. The picture under it is never redrawn for them.

use super::layout::Layout;
use super::readout::{bucket_title, readout_card, spoken};
use super::spec::ChartSpec;
use crate::i18n::messages::chart;
use crate::i18n::t;
use leptos::prelude::*;
use std::ops::Range;

/// The signals a chart and its overlay share.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    pub spec: Signal<ChartSpec>,
    pub layout: RwSignal<Option<Layout>>,
    /// The bucket being read; shared by the charts of a screen.
    pub hover: RwSignal<Option<usize>>,
    /// The buckets in sight; `None` is all.
    pub window: RwSignal<Option<Range<usize>>>,
    pub as_table: RwSignal<bool>,
    /// The bucket a drag started at.
    brush: RwSignal<Option<usize>>,
}

impl Reading {
    pub fn new(spec: Signal<ChartSpec>, hover: RwSignal<Option<usize>>) -> Self {
        Self {
            spec,
            layout: RwSignal::new(None),
            hover,
            window: RwSignal::new(None),
            as_table: RwSignal::new(false),
            brush: RwSignal::new(None),
        }
    }

    /// The buckets in sight; tracked.
    pub fn sight(self) -> Range<usize> {
        let all = 0..self.spec.with(|spec| spec.buckets.len());
        self.window.get().unwrap_or(all)
    }

    fn bucket_under(self, event: &leptos::ev::PointerEvent) -> Option<usize> {
        let x = f64::from(event.offset_x());
        self.layout
            .with_untracked(|layout| layout.as_ref().and_then(|layout| layout.bucket_at(x)))
    }

    fn step(self, by: isize) {
        let sight = untrack(|| self.sight());
        let Some(last) = sight.end.checked_sub(1) else {
            return;
        };
        let now = self
            .hover
            .get_untracked()
            .map_or(sight.start as isize - by.min(0), |now| now as isize + by);
        self.hover
            .set(Some((now.max(0) as usize).clamp(sight.start, last)));
    }

    fn brushed(self, end: usize) {
        let Some(start) = self.brush.get_untracked() else {
            return;
        };
        self.brush.set(None);
        let (low, high) = (start.min(end), start.max(end));
        if high > low + 1 {
            self.window.set(Some(low..high + 1));
        }
    }

    fn key(self, event: &leptos::ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let sight = untrack(|| self.sight());
        match event.key().as_str() {
            "ArrowRight" => self.step(1),
            "ArrowLeft" => self.step(-1),
            "Home" => self.hover.set(Some(sight.start)),
            "End" => self.hover.set(sight.end.checked_sub(1)),
            "+" | "=" => self.zoom(0.5),
            "-" => self.zoom(2.0),
            "t" | "T" => self.as_table.set(true),
            "Escape" if self.window.get_untracked().is_some() => self.window.set(None),
            "Escape" if self.hover.get_untracked().is_some() => self.hover.set(None),
            _ => return,
        }
        event.prevent_default();
    }

    /// Shows more or fewer buckets around the one being read.
    fn zoom(self, factor: f64) {
        let all = self.spec.with_untracked(|spec| spec.buckets.len());
        let sight = untrack(|| self.sight());
        let wanted = ((sight.len() as f64 * factor).round() as usize).clamp(4.min(all), all);
        let middle = self
            .hover
            .get_untracked()
            .unwrap_or(usize::midpoint(sight.start, sight.end));
        let start = middle.saturating_sub(wanted / 2).min(all - wanted);
        self.window
            .set((wanted < all).then_some(start..start + wanted));
    }
}

#[component]
pub(super) fn Overlay(reading: Reading) -> impl IntoView {
    let last = move || reading.sight().end.saturating_sub(1);
    let heard = move || {
        let bucket = reading.hover.get()?;
        Some(reading.spec.with(|spec| spoken(spec, bucket)))
    };
    let moved = move |event: leptos::ev::PointerEvent| {
        let bucket = reading.bucket_under(&event);
        if reading.hover.get_untracked() != bucket {
            reading.hover.set(bucket);
        }
    };
    let lifted = move |event: leptos::ev::PointerEvent| match reading.bucket_under(&event) {
        Some(bucket) => reading.brushed(bucket),
        None => reading.brush.set(None),
    };
    view! {
        <div
            class="chart-overlay"
            tabindex="0"
            role="slider"
            aria-roledescription=t(chart::ROLE)
            aria-orientation="horizontal"
            aria-label=move || reading.spec.with(|spec| spec.name.clone())
            aria-description=t(chart::STEP_HINT)
            aria-valuemin="0"
            aria-valuemax=last
            aria-valuenow=move || reading.hover.get().unwrap_or(0)
            aria-valuetext=heard
            on:pointermove=moved
            on:pointerleave=move |_| {
                reading.hover.set(None);
                reading.brush.set(None);
            }
            on:pointerdown=move |event| reading.brush.set(reading.bucket_under(&event))
            on:pointerup=lifted
            on:dblclick=move |_| reading.window.set(None)
            on:keydown=move |event| reading.key(&event)
        >
            <Brush reading/>
            <Cross reading/>
        </div>
    }
}

/// The span being dragged out.
#[component]
fn Brush(reading: Reading) -> impl IntoView {
    move || {
        let (start, end) = (reading.brush.get()?, reading.hover.get()?);
        let layout = reading.layout.get()?;
        let (low, high) = (start.min(end), start.max(end));
        (high > low).then(|| {
            let (left, right) = (layout.edge(low), layout.edge(high + 1));
            view! {
                <span
                    class="chart-brush"
                    style:left=format!("{left}px")
                    style:width=format!("{}px", right - left)
                    style:top=format!("{}px", layout.top)
                    style:height=format!("{}px", layout.bottom - layout.top)
                ></span>
            }
        })
    }
}

/// The line at the bucket being read, its name on the axis, and the card left of it.
#[component]
fn Cross(reading: Reading) -> impl IntoView {
    move || {
        let bucket = reading.hover.get()?;
        let layout = reading.layout.get()?;
        if !layout.window.contains(&bucket) {
            return None;
        }
        let spec = reading.spec.get();
        let x = layout.x(bucket);
        let is_left = x > layout.width / 2.0;
        let (side, place) = if is_left {
            ("left", layout.width - x + 10.0)
        } else {
            ("right", x + 10.0)
        };
        let label = spec
            .buckets
            .get(bucket)
            .map(|bucket| bucket.label.clone())
            .filter(|label| !label.is_empty());
        let label = label.unwrap_or_else(|| bucket_title(&spec, bucket));
        Some(view! {
            <span
                class="chart-cross"
                style:left=format!("{x}px")
                style:top=format!("{}px", layout.top)
                style:height=format!("{}px", layout.bottom - layout.top)
            ></span>
            <span class="chart-tag" style:left=format!("{x}px") style:top=format!("{}px", layout.height - 18.0)>
                {label}
            </span>
            <div
                class="chart-card"
                data-side=side
                style:right=is_left.then(|| format!("{place}px"))
                style:left=(!is_left).then(|| format!("{place}px"))
            >
                {readout_card(&spec, bucket)}
            </div>
        })
    }
}
