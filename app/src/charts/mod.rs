//! Charts: a pure description ([`ChartSpec`]), pure tested geometry, thin canvas drawing through plotters
//! behind one backend, and an overlay for reading values. Knows no domain type.
//!
//! ```text
//! kinds::* -> ChartSpec -> layout (scales, ticks) -> scene (marks) -> paint (plotters, base canvas)
//!                 \-> readout, table twin, summary sentence        overlay (DOM: crosshair, hover, brush)
//! ```
//! A screen builds a spec with one of [`kinds`] and shows it with [`ChartFrame`].

mod axis;
mod backend;
mod bars;
mod decimate;
mod draw;
mod export;
mod frame;
pub mod kinds;
mod layout;
mod legend;
mod overlay;
mod paint;
mod readout;
mod scene;
mod sparkline;
mod spec;
mod summary;
mod table;

pub use bars::{BarList, BarRow, ShareBar, SharePart};
pub use frame::ChartFrame;
pub use scene::{Dash, Ink};
pub use sparkline::Sparkline;
pub use spec::{Bucket, ChartSpec, EventMark, Layer, LayerShape, Note, RefLine};
