//! The engine's home in the browser: one wasm module, run as coordinator or as shard.
//!
//! `store`, `workspace` and `session` are plain Rust over the [`store::Store`] trait and tested
//! on the host; what needs a browser is in `store::idb` and the modules named in [`start`].

pub mod session;
pub mod store;
pub mod testing;
pub mod views;
pub mod workspace;
