//! Numerical ground of the engine: elementary functions, the normal, gamma,
//! beta and count distributions, and named conversions between number types.
//!
//! Every transcendental function comes from the `libm` crate, so that a native
//! run and a wasm run give the same bytes; the rest of the engine calls these
//! and never the methods of `f64`. Lowest layer: uses nothing of the engine.

mod beta;
mod convert;
mod discrete;
mod elementary;
mod gamma;
mod normal;
mod root;
mod sums;

pub use beta::beta_regularised;
pub use convert::{
    WHOLE_LIMIT, count_f64, floor_count, index_u32, index_usize, nearest_whole, off_whole,
    round_whole, whole_f64,
};
pub use discrete::{NegativeBinomial, Poisson};
pub use elementary::{cos, erfc, exp, larger, ln, ln_gamma, log10, pow, powi, sin, sqrt};
pub use gamma::{GammaTail, gamma_quantile, gamma_regularised};
pub use normal::{normal_cdf, normal_loss, normal_pdf, normal_quantile, normal_sf};
pub use root::root;
pub use sums::{sum, sum_of, sum_of_pairs};
