//! Prices: what a change of price does to demand, learnt where prices are given.
//!
//! [`CompanyPrices::learn`] finds the stretches in which goods were sold off their usual price,
//! compares their demand with that of the days around, and draws what it finds together in three
//! levels, goods to category to all. The [`PriceBook`] it gives holds elasticities, the
//! [`PriceLifts`] what they make of the weeks of a plan. Works on tables and plain figures; knows
//! nothing of forecasts.

mod book;
mod company;
mod episodes;
mod history;
mod lifts;
#[cfg(test)]
mod planted;
mod shrink;
mod windows;

pub use book::{LearntPrice, PriceBook, PriceLevel};
pub use company::{CompanyPrices, PlannedPrice, PriceSources, are_given};
pub use lifts::PriceLifts;
