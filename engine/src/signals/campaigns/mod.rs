//! Campaigns: what posts brought, what a goal needs, what a young post may become.

mod funnel;
mod half_life;
mod hit;
mod posts;
mod stock;

pub use funnel::{Estimate, FunnelStep, InverseFunnel, funnel, inverse_funnel};
pub use half_life::half_life;
pub use hit::{
    Brought, EARLY_DAYS, Outcome, PostOutlook, Score, WATCH_DAYS, judged_by, outlooks, score,
};
pub(super) use hit::{Chances, brought_by};
pub use posts::{Counts, Post, Step, posts, posts_and_planned};
pub use stock::{DemandCases, StockChoice, UnitMoney};
