//! Signals of demand as screens show them: heat, court, words, campaigns, leads.

use serde::{Deserialize, Serialize};

/// What the names of settings start with that map a word to goods; the value is `sku:CODE` or
/// `category:CODE`.
pub const WORD_SETTING: &str = "keyword.";

/// Everything the signals of a workspace say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignalDesk {
    /// Heat by goods and region, the hottest first.
    pub heat: HeatMap,
    /// Rulings, accepted ones first, then by what they would have cost.
    pub court: Vec<CourtLine>,
    /// Words that are not mapped, with what they probably stand for.
    pub words: Vec<WordLine>,
    /// Words that are mapped.
    pub mapped: u32,
    /// Top-N coverage of the newest week and of the same a quarter before, by source and place.
    pub coverage: Vec<CoverageLine>,
    /// Steps of all posts together.
    pub funnel: Vec<FunnelLine>,
    /// What a thousand orders need.
    pub inverse: Option<InverseLine>,
    /// Days after which half of a post's orders are left.
    pub half_life: Option<f64>,
    /// Posts that are still watched, the likeliest hits first.
    pub hits: Vec<HitLine>,
    /// What the probabilities of finished posts were worth.
    pub score: Option<HitScore>,
    /// Demand of leads by month.
    pub pipeline: Vec<PipelineLine>,
    /// The last months as they would have been told.
    pub backtest: Vec<BacktestLine>,
}

impl SignalDesk {
    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heat.rows.is_empty()
            && self.court.is_empty()
            && self.words.is_empty()
            && self.coverage.is_empty()
            && self.funnel.is_empty()
            && self.pipeline.is_empty()
    }
}

/// A table of heat: rows are goods, columns regions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    /// Names of the regions in both languages; the first column is everywhere, without a name.
    pub regions: Vec<(String, String)>,
    /// Rows.
    pub rows: Vec<HeatLine>,
}

/// Heat of some goods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatLine {
    /// Code of the SKU, or of the category.
    pub code: String,
    /// Whether it is a category.
    pub is_category: bool,
    /// Name in both languages.
    pub names: (String, String),
    /// Words behind it.
    pub keywords: u32,
    /// Heat of the newest week by column; `None` where nothing is known.
    pub now: Vec<Option<f64>>,
    /// Heat everywhere over the last half year, oldest first.
    pub weeks: Vec<f64>,
}

/// A ruling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CourtLine {
    /// Where the word was read.
    pub source: String,
    /// The word.
    pub keyword: String,
    /// Name of the goods in both languages.
    pub names: (String, String),
    /// Why it stays outside; `None` where it enters the forecast.
    pub reason: Option<String>,
    /// Periods compared; 0 where it could not be tried.
    pub periods: u32,
    /// Weeks by which it comes first.
    pub lag: u32,
    /// Elasticity.
    pub beta: f64,
    /// Chance that a signal without meaning shows as much.
    pub chance: f64,
    /// Error share without and with it.
    pub wape: Option<(f64, f64)>,
    /// The same of the planning forecast, where it was asked.
    pub engine_wape: Option<(f64, f64)>,
    /// Units of error it would have added; below zero where it saves.
    pub cost: f64,
}

/// A word that is not mapped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordLine {
    /// The word.
    pub keyword: String,
    /// What it probably stands for, the likeliest first.
    pub goods: Vec<WordGoods>,
}

/// Goods that a word may stand for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordGoods {
    /// Code of the SKU, or of the category.
    pub code: String,
    /// Whether it is a category.
    pub is_category: bool,
    /// Name in both languages.
    pub names: (String, String),
    /// How they agree: exact, alias, contains, edit_distance.
    pub by: String,
    /// From 0 to 1.
    pub confidence: f64,
}

/// Coverage of one source and place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoverageLine {
    /// Where positions were read.
    pub source: String,
    /// Place up to which a word counts.
    pub top: u32,
    /// Words covered, and tracked.
    pub covered: (u32, u32),
    /// Share now.
    pub share: f64,
    /// Share a quarter before.
    pub before: Option<f64>,
}

/// A step of the funnel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunnelLine {
    /// impressions, reads, engagements, search_back, clicks, carts, orders.
    pub step: String,
    /// How many.
    pub count: f64,
    /// Share of the step before.
    pub rate: Option<f64>,
    /// Cost of one.
    pub cost_each: Option<f64>,
}

/// What a number of orders needs, with intervals of 80 %.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InverseLine {
    /// Orders.
    pub orders: f64,
    /// Impressions: low, middle, high.
    pub exposure: [f64; 3],
    /// Money: low, middle, high.
    pub budget: Option<[f64; 3]>,
}

/// A post that is still watched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitLine {
    /// Its code.
    pub post: String,
    /// Name of its goods in both languages.
    pub names: (String, String),
    /// Day of publication (day number).
    pub published: i32,
    /// Probabilities of flop, base and hit.
    pub probabilities: [f64; 3],
    /// Demand of each, units.
    pub demand: [f64; 3],
    /// What to stock; `None` where price or cost is not known.
    pub quantity: Option<f64>,
    /// Mean money lost by stocking for each.
    pub regret: Option<[f64; 3]>,
}

/// What probabilities were worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitScore {
    /// Posts scored.
    pub posts: u32,
    /// Mean squared error.
    pub brier: f64,
    /// The same of the share of hits alone.
    pub brier_base: f64,
    /// Share on the right side of one half.
    pub accuracy: f64,
}

/// Demand of leads in one month, units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PipelineLine {
    /// Year and month.
    pub month: (i32, u32),
    /// Committed, low, likely, stretch.
    pub band: [f64; 4],
    /// Open orders of the month.
    pub ordered: f64,
    /// Likely demand no order stands for.
    pub net: f64,
}

/// One past month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BacktestLine {
    /// Year and month.
    pub month: (i32, u32),
    /// Low, likely, stretch as told.
    pub band: [f64; 3],
    /// What the same leads brought.
    pub came: f64,
}
