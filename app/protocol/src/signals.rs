//! Signals of demand as screens show them: heat, court, words, campaigns, leads.

use crate::Packed;
use serde::{Deserialize, Serialize};

/// What the names of settings start with that say which goods a word stands for: the word
/// follows, and where it is about certain goods a line break and [`WordDecision::goods`].
pub const WORD_SETTING: &str = "keyword.";

/// Hundredths of a weight of one.
pub const WEIGHT_ONE: u32 = 100;

/// What a person decided of a word and some goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordDecision {
    /// Whether the code is of a category and not of a SKU.
    pub is_category: bool,
    /// Code of the goods.
    pub code: String,
    /// Hundredths; 0 where the word does not stand for the goods, whatever a file says.
    pub weight: u32,
}

impl WordDecision {
    /// The setting that says it of a word: its name and value.
    #[must_use]
    pub fn setting(&self, word: &str) -> (String, String) {
        let key = format!("{WORD_SETTING}{word}\n{}", self.goods());
        (key, self.weight.to_string())
    }

    /// `sku:CODE` or `category:CODE`.
    #[must_use]
    pub fn goods(&self) -> String {
        let kind = if self.is_category { "category" } else { "sku" };
        format!("{kind}:{}", self.code)
    }

    /// Reads a setting: the word and what is decided of it. A name without goods has them for
    /// its value, with a weight of one: so they were accepted at first.
    #[must_use]
    pub fn read<'a>(key: &'a str, value: &str) -> Option<(&'a str, Self)> {
        let key = key.strip_prefix(WORD_SETTING)?;
        let (word, goods, weight) = match key.split_once('\n') {
            Some((word, goods)) => (word, goods, value.parse().ok()?),
            None => (key, value, WEIGHT_ONE),
        };
        let (kind, code) = goods.split_once(':')?;
        let is_category = match kind {
            "category" => true,
            "sku" => false,
            _ => return None,
        };
        let code = code.to_owned();
        let decision = Self {
            is_category,
            code,
            weight,
        };
        Some((word, decision))
    }
}

/// Everything the signals of a workspace say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignalDesk {
    /// Heat by goods and region, the hottest first.
    pub heat: HeatMap,
    /// Rulings, accepted ones first, then by what they would have cost.
    pub court: Vec<CourtLine>,
    /// Whether there are words, mapped or not; which, is a view of its own.
    pub has_words: bool,
    /// Top-N coverage of the newest week and of the same a quarter before, by source and place.
    pub coverage: Vec<CoverageLine>,
    /// Posts that are out, the newest first: their code and day of publication (day number).
    pub posts: Vec<(String, i32)>,
    /// Posts that are planned or still watched, the likeliest hits first.
    pub hits: Vec<HitLine>,
    /// Share of its cost that a unit left over loses.
    pub leftover: f64,
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
            && !self.has_words
            && self.coverage.is_empty()
            && self.posts.is_empty()
            && self.hits.is_empty()
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

/// Words and the goods they stand for, those that hold a text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeywordDesk {
    /// Words that are told but not mapped, with what they probably stand for: the first ones.
    pub open: Vec<WordLine>,
    /// Mapped words: the first ones.
    pub mapped: Vec<WordLine>,
    /// How many of each there are, whatever is shown.
    pub found: [u32; 2],
    /// Categories with their names, for whoever looks for one.
    pub categories: Vec<(String, (String, String))>,
}

impl Packed for KeywordDesk {}

/// A word with goods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordLine {
    /// The word.
    pub keyword: String,
    /// Whether any file tells figures of it: without, there is nothing to judge.
    pub is_told: bool,
    /// What it stands for; of an open word what it probably does, the likeliest first.
    pub goods: Vec<WordGoods>,
}

/// Goods that a word stands for, or may.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordGoods {
    /// Code of the SKU, or of the category.
    pub code: String,
    /// Whether it is a category.
    pub is_category: bool,
    /// Name in both languages.
    pub names: (String, String),
    /// How an open word agrees: exact, alias, contains, edit_distance.
    pub by: String,
    /// Weight times confidence; of an open word how likely, from 0 to 1.
    pub share: f64,
    /// Name of the region it holds in; everywhere if absent.
    pub region: Option<(String, String)>,
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

/// A post, or all posts, from being seen to being bought; and the way back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CampaignDesk {
    /// Steps of the post, or of all together.
    pub funnel: Vec<FunnelLine>,
    /// Names and codes of the goods of the post; none for all.
    pub goods: Vec<(String, (String, String))>,
    /// Days after which half of its orders, or reads, are left.
    pub half_life: Option<f64>,
    /// What the orders asked for need, by all posts.
    pub inverse: Option<InverseLine>,
}

impl Packed for CampaignDesk {}

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
    /// Posts that show it.
    pub posts: u32,
}

/// A post that is planned or still watched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitLine {
    /// Its code.
    pub post: String,
    /// Day of publication (day number).
    pub published: i32,
    /// Whether that day is to come.
    pub is_planned: bool,
    /// Probabilities of flop, base and hit.
    pub probabilities: [f64; 3],
    /// Demand of each for one of its goods, units: they share it evenly.
    pub demand: [f64; 3],
    /// The goods it is about; none where no file says.
    pub goods: Vec<HitGoods>,
}

/// Goods of a post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitGoods {
    /// Code of the SKU.
    pub code: String,
    /// Name in both languages.
    pub names: (String, String),
    /// What to stock; `None` where price or cost is not known.
    pub choice: Option<HitChoice>,
}

/// What to stock of some goods for a post. Cases are flop, base and hit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitChoice {
    /// Units that cost least on the mean.
    pub quantity: f64,
    /// The case whose demand that is.
    pub stocked_for: u8,
    /// Money lost against the best choice, by the case stocked for (rows) and the one that came.
    pub regret: [[f64; 3]; 3],
    /// Mean of each row by the probabilities.
    pub means: [f64; 3],
    /// The case to stock for whose largest regret is smallest.
    pub least_regret: u8,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_a_setting_and_comes_back() {
        for (is_category, code, weight) in [(false, "A:1", 100), (true, "tea", 0)] {
            let decision = WordDecision {
                is_category,
                code: code.to_owned(),
                weight,
            };
            let (key, value) = decision.setting("green tea");
            let read = WordDecision::read(&key, &value);
            assert_eq!(read, Some(("green tea", decision)));
        }
        let (word, first) = WordDecision::read("keyword.a", "sku:B").unwrap();
        assert_eq!((word, first.code.as_str(), first.weight), ("a", "B", 100));
        assert_eq!(WordDecision::read("keyword.a", "shop:1"), None);
        assert_eq!(WordDecision::read("keyword.a\nsku:1", "x"), None);
        assert_eq!(WordDecision::read("mapping.a", "sku:1"), None);
    }
}
