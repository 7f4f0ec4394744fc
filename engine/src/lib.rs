//! Ballast's planning engine: everything the product knows, as pure functions.
//!
//! Equal inputs give equal bytes, natively and in WebAssembly, on one thread or many.
//! There is no I/O, clock, hidden randomness, thread or global state here: time and
//! seeds are inputs. Layers stand in the order of `ARCHITECTURE.md`; a module may use
//! only modules before its own.

#![warn(unreachable_pub)]

pub mod dataset;
pub mod day;
pub mod demand;
pub mod events;
pub mod forecast;
pub mod ids;
pub mod import;
pub mod issue;
pub mod kpi;
pub mod master;
pub mod num;
pub mod order;
pub mod plan;
pub mod price;
pub mod replenish;
pub mod returns;
pub mod rng;
pub mod sample;
pub mod signals;
pub mod stock;
pub mod units;
