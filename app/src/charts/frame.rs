//! A chart on the page: picture, overlay, legend, table twin, picture file.

use super::export::save_picture;
use super::layout::Sheet;
use super::legend::Legend;
use super::overlay::{Overlay, Reading};
use super::paint::paint;
use super::spec::ChartSpec;
use super::summary::summary;
use super::table::chart_table;
use crate::i18n::language;
use crate::i18n::messages::chart;
use crate::state::Session;
use crate::ui::{Icon, IconButton, watch_size};
use leptos::html;
use leptos::prelude::*;

/// Shows a spec. Charts that share `hover` read the same bucket together.
#[component]
pub fn ChartFrame(
    #[prop(into)] spec: Signal<ChartSpec>,
    /// Height of the picture in pixels.
    #[prop(default = 280.0)]
    height: f64,
    #[prop(optional, into)] hover: Option<RwSignal<Option<usize>>>,
) -> impl IntoView {
    let hover = hover.unwrap_or_else(|| RwSignal::new(None));
    let reading = Reading::new(spec, hover);
    let canvas = NodeRef::<html::Canvas>::new();
    let width = RwSignal::new(0.0);
    let sheet = move || Sheet {
        width: width.get(),
        height,
        language: language(),
    };
    keep_painted(reading, canvas, width, sheet);
    let save = move |()| {
        if let Some(canvas) = canvas.get_untracked() {
            let (spec, sight, sheet) = untrack(|| (spec.get(), reading.sight(), sheet()));
            if save_picture(&canvas, &spec, sight, sheet).is_none() {
                leptos::logging::warn!("this browser gives no picture of a canvas");
            }
        }
    };
    view! {
        <figure class="chart">
            <div class="chart-head">
                {move || view! { <Legend spec=spec.get()/> }}
                <span class="grow"></span>
                <Tools reading save=Callback::new(save)/>
            </div>
            <div class="chart-plot" hidden=move || reading.as_table.get() style:height=format!("{height}px")>
                <canvas node_ref=canvas role="img" aria-label=move || spec.with(|spec| spec.name.clone())></canvas>
                <Overlay reading/>
            </div>
            {move || reading.as_table.get().then(|| spec.with(chart_table))}
            <figcaption class="only-heard">{move || spec.with(summary)}</figcaption>
        </figure>
    }
}

#[component]
fn Tools(reading: Reading, save: Callback<()>) -> impl IntoView {
    let zoomed = move || reading.window.get().is_some();
    view! {
        {move || {
            zoomed()
                .then(|| {
                    view! {
                        <IconButton
                            icon=Icon::Zoom
                            label=chart::RESET_ZOOM
                            small=true
                            on_press=move |()| reading.window.set(None)
                        />
                    }
                })
        }}
        <IconButton
            icon=Icon::Table
            label=chart::AS_TABLE
            small=true
            pressed=Signal::from(reading.as_table)
            on_press=move |()| reading.as_table.update(|on| *on = !*on)
        />
        <IconButton icon=Icon::Image label=chart::SAVE_PICTURE small=true on_press=save/>
    }
}

/// Paints when figures, size, sight, theme or language change, once a frame.
fn keep_painted(
    reading: Reading,
    canvas: NodeRef<html::Canvas>,
    width: RwSignal<f64>,
    sheet: impl Fn() -> Sheet + Copy + Send + Sync + 'static,
) {
    let session = Session::here();
    Effect::new(move || {
        if let Some(plot) = canvas.get().and_then(|canvas| canvas.parent_element()) {
            watch_size(&plot, move |wide, _| {
                width.try_set(wide);
            });
        }
    });
    Effect::new(move || {
        let (spec, sight, sheet) = (reading.spec.get(), reading.sight(), sheet());
        session.is_dark();
        let Some(canvas) = canvas.get().filter(|_| sheet.width > 0.0) else {
            return;
        };
        request_animation_frame(move || {
            let ratio = window().device_pixel_ratio();
            let layout = paint(&canvas, &spec, sight, sheet, ratio);
            reading.layout.try_set(layout);
        });
    });
}
