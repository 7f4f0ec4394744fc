//! The court of signals: one enters the forecast only where it beats the forecast without it.
//!
//! A [`Case`] is a signal and the histories of the goods it is said to lead. It is heard in four
//! steps: its innovations are compared with those of demand at every lag, against a placebo; the
//! chance of what is found is raised for all signals of the same goods; a coefficient is learnt
//! on all the goods together and drawn to zero by its noise; forecasts with and without it are
//! made again at every origin of the past year. A [`Ruling`] says what came of it, for losers as
//! well: what they would have cost. Works on plain figures.
//!
//! Search interest agrees with sales significantly and yet often improves nothing (forecast design
//! notes, initial claims and new home sales), so gain on held-out periods decides, not chance.

mod clean;
mod compare;
mod innovations;
mod lag;
mod rules;
mod ruling;
mod strength;
mod trial;

pub use compare::{Comparison, HeldOut};
pub use rules::CourtRules;
pub use ruling::{Case, Factors, Hearing, Reason, Ruling, Verdict, hear};

pub(super) use strength::GAINS;
pub(super) use trial::level;
