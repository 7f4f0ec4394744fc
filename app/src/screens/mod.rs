//! The screens, one folder each: `mod.rs` the component, `model.rs` the pure part.
//!
//! All but Home are private: [`lazy`] alone gives them out, so that the main module holds none of their code.

mod data;
mod demand;
pub mod home;
#[cfg(debug_assertions)]
pub mod kit;
pub mod lazy;
mod replenish;
mod settings;

pub use data::provide as provide_import;
