//! Posts and what came of them, day by day: `campaigns.csv`, `campaign_days.csv`.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, LIST_MARKS, Table, TableId};
use crate::day::Day;
use crate::ids::SkuId;
use crate::master::Catalog;
use crate::units::Amount;

/// A step from being seen to being bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Shown.
    Impressions,
    /// Opened.
    Reads,
    /// Liked, saved, commented, shared or followed.
    Engagements,
    /// Searched for afterwards.
    SearchBack,
    /// Product page opened.
    Clicks,
    /// Put into a cart.
    Carts,
    /// Ordered.
    Orders,
}

impl Step {
    /// The steps in their order.
    pub const ALL: [Self; 7] = [
        Self::Impressions,
        Self::Reads,
        Self::Engagements,
        Self::SearchBack,
        Self::Clicks,
        Self::Carts,
        Self::Orders,
    ];

    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Impressions => "impressions",
            Self::Reads => "reads",
            Self::Engagements => "engagements",
            Self::SearchBack => "search_back",
            Self::Clicks => "clicks",
            Self::Carts => "carts",
            Self::Orders => "orders",
        }
    }
}

/// Kinds of engagement with the points platforms are said to give them (field notes 5.4: a claim
/// of practice, not documented).
const ENGAGEMENTS: [(&str, i64); 5] = [
    ("likes", 1),
    ("saves", 1),
    ("comments", 4),
    ("shares", 4),
    ("follows", 8),
];

/// Counts of a post on one day, or over several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By step; `None` where the file does not say.
    pub steps: [Option<i64>; Step::ALL.len()],
    /// Engagements by their points.
    pub points: i64,
}

impl Counts {
    /// Count of a step; `None` where the file does not say.
    #[must_use]
    pub fn get(&self, step: Step) -> Option<i64> {
        self.steps.get(step as usize).copied().flatten()
    }

    /// Adds other days.
    pub fn add(&mut self, other: &Self) {
        for (sum, more) in self.steps.iter_mut().zip(other.steps) {
            *sum = match (*sum, more) {
                (Some(sum), Some(more)) => Some(sum.saturating_add(more)),
                (sum, more) => sum.or(more),
            };
        }
        self.points = self.points.saturating_add(other.points);
    }
}

/// A post.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Its code.
    pub code: String,
    /// Where it was published.
    pub platform: Option<String>,
    /// First day; that of the first count where the file does not say.
    pub published: Day,
    /// What it cost, base currency.
    pub cost: Option<f64>,
    /// The goods it is about.
    pub skus: Vec<SkuId>,
    /// Counts by day, in order.
    pub days: Vec<(Day, Counts)>,
}

impl Post {
    /// Counts of its first `days` days, up to `as_of`.
    #[must_use]
    pub fn first(&self, days: i32, as_of: Day) -> Counts {
        let mut counts = Counts::default();
        let is_early = |day: Day| day - self.published < days && day <= as_of;
        for (_, more) in self.days.iter().filter(|(day, _)| is_early(*day)) {
            counts.add(more);
        }
        counts
    }
}

/// The posts of a dataset up to `as_of`, by day of publication and code.
#[must_use]
pub fn posts(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> Vec<Post> {
    let mut posts = posts_and_planned(dataset, catalog, as_of);
    posts.retain(|post| post.published <= as_of);
    posts
}

/// The same with those whose day is later: they are planned.
#[must_use]
pub fn posts_and_planned(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> Vec<Post> {
    let mut days: BTreeMap<String, Vec<(Day, Counts)>> = BTreeMap::new();
    if let Some(table) = dataset.table(TableId::CampaignDays) {
        for row in 0..table.len() {
            let post = table.text("post", row).zip(table.day("date", row));
            if let Some((post, day)) = post.filter(|(_, day)| *day <= as_of) {
                let counts = counts(table, row);
                days.entry(post.to_owned()).or_default().push((day, counts));
            }
        }
    }
    let mut posts = Vec::new();
    if let Some(table) = dataset.table(TableId::Campaigns) {
        for row in 0..table.len() {
            let Some(code) = table.text("post", row) else {
                continue;
            };
            let days = days.remove(code).unwrap_or_default();
            let first = days.first().map(|(day, _)| *day);
            let published = table.day("published_on", row).or(first);
            if let Some(published) = published {
                let cost = table.number("cost", row).map(Amount::from_millionths);
                posts.push(Post {
                    code: code.to_owned(),
                    platform: table.text("platform", row).map(str::to_owned),
                    published,
                    cost: cost.map(Amount::to_f64),
                    skus: skus(table.text("skus", row), catalog),
                    days,
                });
            }
        }
    }
    // Days of posts that the file of posts does not name.
    for (code, days) in days {
        if let Some((published, _)) = days.first().copied() {
            posts.push(Post {
                code,
                platform: None,
                published,
                cost: None,
                skus: Vec::new(),
                days,
            });
        }
    }
    crate::order::sort_by(&mut posts, |a, b| {
        a.published.cmp(&b.published).then(a.code.cmp(&b.code))
    });
    posts
}

/// The goods of a list with `;`, `|`, `,` or blanks between.
fn skus(list: Option<&str>, catalog: &Catalog) -> Vec<SkuId> {
    let words = list.unwrap_or_default();
    let words = words.split(LIST_MARKS);
    let mut skus: Vec<SkuId> = words
        .filter_map(|code| catalog.sku_id(code.trim()))
        .collect();
    crate::order::sort(&mut skus);
    skus.dedup();
    skus
}

fn counts(table: &Table, row: usize) -> Counts {
    let number = |column: &str| table.number(column, row);
    let mut points = 0_i64;
    let mut engagements: Option<i64> = None;
    for (column, weight) in ENGAGEMENTS {
        if let Some(count) = number(column) {
            points = points.saturating_add(count.saturating_mul(weight));
            engagements = Some(engagements.unwrap_or(0).saturating_add(count));
        }
    }
    Counts {
        steps: Step::ALL.map(|step| match step {
            Step::Engagements => engagements,
            step => number(step.as_str()),
        }),
        points,
    }
}
