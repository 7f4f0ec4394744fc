//! Paints a scene on a canvas with plotters, in the colours of the theme around it.

use super::backend::{FineBackend, UNIT, context_of};
use super::draw::scene;
use super::layout::{Layout, Sheet};
use super::scene::{Anchor, Dash, Ink, Label, Mark, Point};
use super::spec::ChartSpec;
use crate::i18n::parse_decimal;
use crate::ui::css_value;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::collections::BTreeMap;
use std::ops::Range;
use wasm_bindgen::JsValue;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

const TEXT_SIZE: f64 = 11.0;

type Drawn = Result<(), Box<dyn std::error::Error + Send + Sync>>;
type Area = DrawingArea<FineBackend, Shift>;

/// Lays the chart out for the canvas and paints it; `None` where the browser gives no canvas.
pub(super) fn paint(
    canvas: &HtmlCanvasElement,
    spec: &ChartSpec,
    window: Range<usize>,
    sheet: Sheet,
    ratio: f64,
) -> Option<Layout> {
    let context = context_of(canvas)?;
    let font = css_value(canvas, "--font");
    context.set_font(&format!("{TEXT_SIZE}px {font}"));
    let measure = |text: &str| context.measure_text(text).map_or(0.0, |size| size.width());
    let layout = Layout::new(spec, window, sheet, &measure);
    let backend = FineBackend::new(canvas, sheet.width, sheet.height, ratio)?;
    let painter = Painter {
        area: backend.into_drawing_area(),
        context,
        font,
        colours: Colours {
            canvas: canvas.clone(),
            known: BTreeMap::new(),
        },
    };
    painter.run(scene(spec, &layout));
    Some(layout)
}

struct Painter {
    area: Area,
    context: CanvasRenderingContext2d,
    font: String,
    colours: Colours,
}

impl Painter {
    fn run(mut self, marks: Vec<Mark>) {
        for mark in marks {
            if self.mark(mark).is_err() {
                leptos::logging::warn!("a mark of a chart was not drawn");
            }
        }
    }

    fn mark(&mut self, mark: Mark) -> Drawn {
        match mark {
            Mark::Path {
                points,
                ink,
                width,
                dash,
            } => {
                let style = self
                    .colours
                    .of(ink)
                    .stroke_width((width * UNIT).round() as u32);
                let points: Vec<_> = points.into_iter().map(fine).collect();
                self.dashed(dash);
                self.area.draw(&PathElement::new(points, style))?;
                self.dashed(Dash::Solid);
            }
            Mark::Area { points, ink } => {
                let points: Vec<_> = points.into_iter().map(fine).collect();
                self.area
                    .draw(&Polygon::new(points, self.colours.of(ink).filled()))?;
            }
            Mark::Box {
                from,
                to,
                ink,
                opacity,
                outlined,
            } => {
                let colour = self.colours.of(ink).mix(opacity);
                let style = if outlined {
                    colour.stroke_width(UNIT as u32)
                } else {
                    colour.filled()
                };
                let (left, right) = (from.0.min(to.0), from.0.max(to.0));
                let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
                self.area.draw(&Rectangle::new(
                    [fine((left, top)), fine((right, bottom))],
                    style,
                ))?;
            }
            Mark::Ring {
                centre,
                radius,
                ink,
            } => self.ring(centre, radius, ink)?,
            Mark::Label(label) => self.label(&label)?,
        }
        Ok(())
    }

    fn ring(&mut self, centre: Point, radius: f64, ink: Ink) -> Drawn {
        let radius = (radius * UNIT) as i32;
        self.area.draw(&Circle::new(
            fine(centre),
            radius,
            self.colours.of(Ink::SURFACE).filled(),
        ))?;
        let edge = self.colours.of(ink).stroke_width((1.6 * UNIT) as u32);
        self.area.draw(&Circle::new(fine(centre), radius, edge))?;
        Ok(())
    }

    fn label(&mut self, label: &Label) -> Drawn {
        let weight = if label.strong {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let side = match label.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let colour = self.colours.of(label.ink);
        let font = FontDesc::new(FontFamily::Name(&self.font), TEXT_SIZE * UNIT, weight);
        let style = font.color(&colour).pos(Pos::new(side, VPos::Center));
        let text = Text::new(label.text.as_str(), fine(label.at), style);
        self.area.draw(&text)?;
        if label.halo {
            self.halo(&label.text, label.at);
            self.area.draw(&text)?;
        }
        Ok(())
    }

    /// A rim in the colour of the surface around a text whose font is set by the draw before.
    fn halo(&self, text: &str, at: Point) {
        let colour = self.colours.text_of(Ink::SURFACE);
        self.context.set_stroke_style_str(&colour);
        self.context.set_line_width(4.0 * UNIT);
        let (x, y) = fine(at);
        if self
            .context
            .stroke_text(text, f64::from(x), f64::from(y))
            .is_err()
        {
            leptos::logging::debug_warn!("no rim around a label");
        }
    }

    fn dashed(&self, dash: Dash) {
        let lengths: js_sys::Array = dash
            .lengths()
            .iter()
            .map(|length| JsValue::from_f64(length * UNIT))
            .collect();
        if self.context.set_line_dash(&lengths).is_err() {
            leptos::logging::debug_warn!("a canvas without dashes");
        }
    }
}

fn fine((x, y): Point) -> (i32, i32) {
    ((x * UNIT).round() as i32, (y * UNIT).round() as i32)
}

/// The tokens of the theme, each read once a painting.
struct Colours {
    canvas: HtmlCanvasElement,
    known: BTreeMap<&'static str, RGBAColor>,
}

impl Colours {
    fn of(&mut self, ink: Ink) -> RGBAColor {
        if let Some(known) = self.known.get(ink.0) {
            return *known;
        }
        let colour = parse_colour(&self.text_of(ink)).unwrap_or(RGBAColor(128, 128, 128, 1.0));
        self.known.insert(ink.0, colour);
        colour
    }

    fn text_of(&self, ink: Ink) -> String {
        css_value(&self.canvas, ink.0)
    }
}

/// Reads `#RRGGBB` and `rgb(r g b / a)`, the two forms of the token sheet.
fn parse_colour(text: &str) -> Option<RGBAColor> {
    if let Some(hex) = text.strip_prefix('#') {
        let part = |from: usize| u8::from_str_radix(hex.get(from..from + 2)?, 16).ok();
        return match hex.len() {
            6 => Some(RGBAColor(part(0)?, part(2)?, part(4)?, 1.0)),
            3 => {
                let digit = |at: usize| {
                    u8::from_str_radix(hex.get(at..=at)?, 16)
                        .ok()
                        .map(|value| value * 17)
                };
                Some(RGBAColor(digit(0)?, digit(1)?, digit(2)?, 1.0))
            }
            _ => None,
        };
    }
    let inner = text.split_once('(')?.1.trim_end_matches(')');
    let parts: Vec<f64> = inner
        .split([' ', ',', '/'])
        .filter(|part| !part.is_empty())
        .map_while(|part| match part.strip_suffix('%') {
            Some(share) => parse_decimal(share).map(|share| share / 100.0),
            None => parse_decimal(part),
        })
        .collect();
    let [red, green, blue] = *parts.get(..3)? else {
        return None;
    };
    Some(RGBAColor(
        red as u8,
        green as u8,
        blue as u8,
        parts.get(3).copied().unwrap_or(1.0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_the_token_sheet_are_read() {
        assert_eq!(parse_colour("#0F6B93"), Some(RGBAColor(15, 107, 147, 1.0)));
        assert_eq!(
            parse_colour("rgb(15 107 147 / .20)"),
            Some(RGBAColor(15, 107, 147, 0.2))
        );
        assert_eq!(
            parse_colour("rgba(1, 2, 3, 0.5)"),
            Some(RGBAColor(1, 2, 3, 0.5))
        );
        assert_eq!(parse_colour("#fff"), Some(RGBAColor(255, 255, 255, 1.0)));
        assert_eq!(parse_colour(""), None);
    }
}
