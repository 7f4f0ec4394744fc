//! The kinds of charts: each turns named figures into a [`ChartSpec`](super::ChartSpec) in the look of the
//! design language.

mod forecast;
mod projection;
mod stacked;
mod waterfall;

pub use forecast::{Forecast, forecast};
pub use projection::{Projection, projection};
pub use stacked::stacked;
pub use waterfall::{WaterfallStep, waterfall};
