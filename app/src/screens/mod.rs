//! The screens, one folder each: `mod.rs` the component, `model.rs` the pure part.

pub mod data;
pub mod demand;
pub mod home;
#[cfg(debug_assertions)]
pub mod kit;
pub mod replenish;
pub mod settings;
