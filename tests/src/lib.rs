//! What tests of several crates share, natively and in the browser.

pub mod fingerprint;
pub mod plan_files;
pub mod random_dataset;
pub mod simulated_workers;
