//! The chart as a picture file, painted anew at twice the size.

use super::layout::Sheet;
use super::paint::paint;
use super::spec::ChartSpec;
use leptos::prelude::*;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, HtmlCanvasElement, HtmlElement};

const RATIO: f64 = 2.0;

/// Offers the chart as a PNG download. `beside` is the canvas on the page, whose theme the picture takes.
pub(super) fn save_picture(
    beside: &HtmlCanvasElement,
    spec: &ChartSpec,
    window: Range<usize>,
    sheet: Sheet,
) -> Option<()> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    // Out of the tree an element has no computed style, so it stands in the figure while it is painted.
    canvas.set_hidden(true);
    beside.parent_element()?.append_child(&canvas).ok()?;
    let painted = paint(&canvas, spec, window, sheet, RATIO);
    let picture = painted.and_then(|_| with_ground(&canvas, beside));
    canvas.remove();
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&picture?);
    link.set_download(&format!("{}.png", spec.name));
    link.unchecked_ref::<HtmlElement>().click();
    Some(())
}

/// The picture on the colour of the surface instead of nothing.
fn with_ground(canvas: &HtmlCanvasElement, beside: &HtmlCanvasElement) -> Option<String> {
    let context = super::backend::context_of(canvas)?;
    context
        .set_global_composite_operation("destination-over")
        .ok()?;
    context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).ok()?;
    context.set_fill_style_str(&crate::ui::css_value(beside, "--surface"));
    context.fill_rect(
        0.0,
        0.0,
        f64::from(canvas.width()),
        f64::from(canvas.height()),
    );
    canvas.to_data_url_with_type("image/png").ok()
}
