//! Demo companies: whole datasets generated from a printed seed, with their truth.
//!
//! A demo company is simulated day by day (demand, orders of an old-fashioned fixed
//! policy, receipts, sales, returns, counts). Facts such as its stock-out rate are
//! reached by calibrating the parameters of that policy, never by editing results.

use std::ops::ControlFlow;

mod company_a;
mod dice;
mod rows;
mod truth;

pub use company_a::{Parameters, calibrate, excerpt, generate};
pub use truth::{Demo, EventLift, Fact, FactId, PlantedSignal, Truth};

/// The demo companies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// Mother-and-baby goods (母婴): 3 channels, 8 warehouses, 1,986 SKUs, 104 weeks.
    A,
}

impl Company {
    /// Every demo company.
    pub const ALL: [Self; 1] = [Self::A];

    /// The id used on the command line and in messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "a",
        }
    }

    /// Reads the id of a demo company.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|company| company.as_str() == id)
    }
}

/// Generates a demo company with its committed seed and parameters. `progress` hears how
/// many of how many SKUs are done and may stop the work; then there is no company.
pub fn demo(
    company: Company,
    progress: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<Demo> {
    match company {
        Company::A => generate(&Parameters::CALIBRATED, progress),
    }
}
