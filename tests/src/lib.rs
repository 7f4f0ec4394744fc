//! What tests of several crates share, natively and in the browser.

pub mod random_dataset;
