//! The small filled shapes that say a status without its colour.

use leptos::prelude::*;

/// A shape of the status language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    CrossedSquare,
    Triangle,
    Diamond,
    Bars,
    Ring,
    Disc,
    Square,
    Down,
}

impl Shape {
    /// The outline on a 12 px grid, and whether it is filled.
    fn outline(self) -> (&'static str, bool) {
        match self {
            Self::CrossedSquare => ("M1 1h10v10H1z", true),
            Self::Triangle => ("M6 1.2L11.4 10.8H.6z", true),
            Self::Diamond => ("M6 1.4L10.6 6 6 10.6 1.4 6z", false),
            Self::Bars => ("M1 1.6h10v3.6H1zM1 6.8h10v3.6H1z", true),
            Self::Ring => ("M10.8 6A4.8 4.8 0 1 1 1.2 6a4.8 4.8 0 0 1 9.6 0z", false),
            Self::Disc => ("M10.6 6A4.6 4.6 0 1 1 1.4 6a4.6 4.6 0 0 1 9.2 0z", true),
            Self::Square => ("M1.6 1.6h8.8v8.8H1.6z", true),
            Self::Down => ("M6 10.8L.6 1.2h10.8z", true),
        }
    }
}

const CROSS: &str = "M4 4l4 4M8 4l-4 4";

/// Draws a shape in the colour of the text around it; the word beside it is what is read.
#[component]
pub fn ShapeView(shape: Shape) -> impl IntoView {
    let (path, filled) = shape.outline();
    let is_crossed = shape == Shape::CrossedSquare;
    view! {
        <svg
            class="shape"
            class:shape-open=!filled
            class:shape-dashed=shape == Shape::Ring
            viewBox="0 0 12 12"
            aria-hidden="true"
            focusable="false"
        >
            <path d=path></path>
            {is_crossed.then(|| view! { <path class="shape-cross" d=CROSS></path> })}
        </svg>
    }
}
