//! The engine's home in the browser: one wasm module, run as coordinator or as shard.
//!
//! `store`, `workspace` and `session` are plain Rust over the [`store::Store`] trait and tested on
//! the host; what needs a browser is in `store::idb`, `scope`, `role`, `pool`, `shard` and
//! `coordinator`. `views` turns plans into what screens show.

pub mod coordinator;
pub mod inbox;
pub mod pool;
pub mod role;
pub mod scope;
pub mod session;
pub mod shard;
pub mod store;
pub mod testing;
pub mod views;
pub mod workspace;
