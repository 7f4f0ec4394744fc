//! How likely a post becomes a hit, told from its first days.
//!
//! A hit brings at least twice, a flop at most half of what the middle post brings in four weeks.
//! A logistic regression on three figures of the first three days gives a score; its scale is
//! set by scores of posts that were left out (Platt 1999, Advances in Large Margin Classifiers,
//! 61-74, with his targets), and the probability is drawn to the share of hits by the weight of
//! twenty posts. With few posts it is that share: nothing else is known.

use super::super::regression::least_squares;
use super::posts::{Post, Step};
use crate::day::Day;
use crate::num::{count_f64, exp, ln, sqrt, whole_f64};
use crate::order;

/// Days after which a post has brought what it brings.
pub const WATCH_DAYS: i32 = 28;
/// Days whose figures tell the rest.
pub const EARLY_DAYS: i32 = 3;
/// A hit brings this many times the middle post.
const HIT_TIMES: f64 = 2.0;
/// A flop brings no more than this share of it.
const FLOP_SHARE: f64 = 0.5;
/// Weight of the share of hits against the model, posts.
const BASE_WEIGHT: f64 = 20.0;
/// Fewest hits and fewest other posts a model is fitted to.
const CLASS_MIN: usize = 4;
/// Ridge on the standardised figures.
const RIDGE: f64 = 2.0;
/// Parts that are left out in turn to set the scale.
const FOLDS: usize = 5;
/// Steps of the fit.
const FIT_STEPS: usize = 15;
/// Figures of a post: a constant and three told ones.
const FIGURES: usize = 4;

type Figures = [f64; FIGURES];

/// What became of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// At most half of the middle post.
    Flop,
    /// In between.
    Base,
    /// At least twice the middle post.
    Hit,
}

impl Outcome {
    /// The outcomes, worst first.
    pub const ALL: [Self; 3] = [Self::Flop, Self::Base, Self::Hit];

    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Flop => "flop",
            Self::Base => "base",
            Self::Hit => "hit",
        }
    }
}

/// What a post brought in the days it was watched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brought {
    /// Orders, or reads where no post tells orders.
    pub count: f64,
    /// Which kind of post it was.
    pub outcome: Outcome,
}

/// A post with what was expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PostOutlook {
    /// Place among the posts.
    pub place: usize,
    /// What it brought; `None` while it is watched.
    pub brought: Option<Brought>,
    /// Probability of a hit, by posts that were finished when its first days were over.
    pub hit: f64,
    /// Share of hits among those posts, by which it is drawn.
    pub base_rate: f64,
    /// Posts it was learnt from.
    pub learnt_from: usize,
}

/// What probabilities were worth afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Posts scored.
    pub posts: usize,
    /// Mean squared error of the probability (Brier 1950, Monthly Weather Review 78, 1-3).
    pub brier: f64,
    /// The same of the share of hits alone.
    pub brier_base: f64,
    /// Share of posts on whose side of one half the probability was.
    pub accuracy: f64,
}

/// The figure a post is judged by: orders, or reads where no post tells orders.
#[must_use]
pub fn judged_by(posts: &[Post], as_of: Day) -> Step {
    let tells = |post: &Post| post.first(i32::MAX, as_of).get(Step::Orders).is_some();
    match posts.iter().any(tells) {
        true => Step::Orders,
        false => Step::Reads,
    }
}

/// What became and what is expected of every post, in their order (by day of publication).
#[must_use]
pub fn outlooks(posts: &[Post], as_of: Day) -> Vec<PostOutlook> {
    let step = judged_by(posts, as_of);
    let brought = brought_by(posts, step, as_of);
    let figures: Vec<Figures> = posts
        .iter()
        .map(|post| figures(post, step, as_of))
        .collect();
    let mut outlooks = Vec::with_capacity(posts.len());
    for (place, post) in posts.iter().enumerate() {
        let told = (post.published + EARLY_DAYS).min(as_of + 1);
        let is_finished = |other: &Post| other.published + WATCH_DAYS <= told;
        let known = posts.iter().zip(&figures).zip(&brought);
        let known: Vec<(Figures, bool)> = known
            .filter(|((other, _), _)| is_finished(other))
            .filter_map(|((_, figures), brought)| {
                Some((*figures, brought.as_ref()?.outcome == Outcome::Hit))
            })
            .collect();
        let own = figures.get(place).copied().unwrap_or_default();
        let (hit, base_rate) = match post.published > as_of {
            // Planned: no figure tells anything yet.
            true => (share_of_hits(&known), share_of_hits(&known)),
            false => probability(&known, &own),
        };
        outlooks.push(PostOutlook {
            place,
            brought: brought.get(place).copied().flatten(),
            hit,
            base_rate,
            learnt_from: known.len(),
        });
    }
    outlooks
}

/// Probabilities of hits on a day, by the posts that were finished then.
pub(in crate::signals) struct Chances {
    known: Vec<(Figures, bool)>,
    step: Step,
    on: Day,
}

impl Chances {
    /// Learns from what posts had brought by then.
    pub(in crate::signals) fn new(
        posts: &[Post],
        brought: &[Option<Brought>],
        step: Step,
        on: Day,
    ) -> Self {
        let known = posts.iter().zip(brought).filter_map(|(post, brought)| {
            let is_hit = brought.as_ref()?.outcome == Outcome::Hit;
            Some((figures(post, step, on), is_hit))
        });
        Self {
            known: known.collect(),
            step,
            on,
        }
    }

    /// The probability that a post becomes a hit: the share of hits until its first days are over.
    pub(in crate::signals) fn hit(&self, post: &Post) -> f64 {
        match post.published + EARLY_DAYS <= self.on + 1 {
            true => probability(&self.known, &figures(post, self.step, self.on)).0,
            false => share_of_hits(&self.known),
        }
    }
}

/// How good the probabilities of finished posts were.
#[must_use]
pub fn score(outlooks: &[PostOutlook]) -> Score {
    let mut score = Score::default();
    for outlook in outlooks {
        let Some(brought) = &outlook.brought else {
            continue;
        };
        let is_hit = brought.outcome == Outcome::Hit;
        let came = if is_hit { 1.0 } else { 0.0 };
        score.posts += 1;
        score.brier += (outlook.hit - came) * (outlook.hit - came);
        score.brier_base += (outlook.base_rate - came) * (outlook.base_rate - came);
        score.accuracy += f64::from(u8::from((outlook.hit >= 0.5) == is_hit));
    }
    let count = count_f64(score.posts.max(1));
    score.brier /= count;
    score.brier_base /= count;
    score.accuracy /= count;
    score
}

/// What finished posts brought; `None` for those that are watched or planned.
pub(in crate::signals) fn brought_by(
    posts: &[Post],
    step: Step,
    as_of: Day,
) -> Vec<Option<Brought>> {
    let count = |post: &Post| {
        let is_over = post.published + WATCH_DAYS <= as_of + 1 && !post.days.is_empty();
        let counts = post.first(WATCH_DAYS, as_of);
        is_over.then(|| whole_f64(counts.get(step).unwrap_or(0)))
    };
    let counts: Vec<Option<f64>> = posts.iter().map(count).collect();
    let mut ranked: Vec<f64> = counts.iter().flatten().copied().collect();
    order::sort_by(&mut ranked, f64::total_cmp);
    let middle = ranked.get(ranked.len() / 2).copied().unwrap_or(0.0);
    let outcome = |count: f64| match () {
        () if count >= HIT_TIMES * middle && count > 0.0 => Outcome::Hit,
        () if count <= FLOP_SHARE * middle => Outcome::Flop,
        () => Outcome::Base,
    };
    let brought = |count: f64| Brought {
        count,
        outcome: outcome(count),
    };
    counts.into_iter().map(|count| count.map(brought)).collect()
}

/// A constant, how often it was shown, how much it was liked for that, how much it already brought.
fn figures(post: &Post, step: Step, as_of: Day) -> Figures {
    let early = post.first(EARLY_DAYS, as_of);
    let count = |step| whole_f64(early.get(step).unwrap_or(0));
    let seen = count(Step::Impressions).max(count(Step::Reads));
    [
        1.0,
        ln(seen + 1.0),
        ln((whole_f64(early.points) + 1.0) / (seen + 10.0)),
        ln(count(step) + 1.0),
    ]
}

/// The probability that a post with these figures is a hit, and the share of hits.
fn probability(known: &[(Figures, bool)], own: &Figures) -> (f64, f64) {
    let count = count_f64(known.len());
    let hits = known.iter().filter(|(_, is_hit)| *is_hit).count();
    let base_rate = share_of_hits(known);
    if hits < CLASS_MIN || known.len() - hits < CLASS_MIN {
        return (base_rate, base_rate);
    }
    let scores = left_out_scores(known);
    let (Some(model), Some((slope, shift))) = (Model::fit(known), scale(&scores)) else {
        return (base_rate, base_rate);
    };
    let modelled = logistic(slope * model.score(own) + shift);
    let hit = (count * modelled + BASE_WEIGHT * base_rate) / (count + BASE_WEIGHT);
    (hit, base_rate)
}

/// One hit in four before anything is known: a quarter of four posts.
fn share_of_hits(known: &[(Figures, bool)]) -> f64 {
    let hits = known.iter().filter(|(_, is_hit)| *is_hit).count();
    (count_f64(hits) + 1.0) / (count_f64(known.len()) + 4.0)
}

/// Scores of every post by a model that was fitted without its part.
fn left_out_scores(known: &[(Figures, bool)]) -> Vec<(f64, bool)> {
    let mut scores = Vec::with_capacity(known.len());
    for part in 0..FOLDS {
        let is_out = |place: &usize| place % FOLDS == part;
        let places = known.iter().enumerate();
        let rest = places.clone().filter(|(place, _)| !is_out(place));
        let rest: Vec<(Figures, bool)> = rest.map(|(_, post)| *post).collect();
        let Some(model) = Model::fit(&rest) else {
            continue;
        };
        let out = places.filter(|(place, _)| is_out(place));
        scores.extend(out.map(|(_, (figures, is_hit))| (model.score(figures), *is_hit)));
    }
    scores
}

/// Slope and shift of the scores on the scale of log odds; a slope below zero says nothing.
fn scale(scores: &[(f64, bool)]) -> Option<(f64, f64)> {
    let hits = count_f64(scores.iter().filter(|(_, is_hit)| *is_hit).count());
    let others = count_f64(scores.len()) - hits;
    let target = |is_hit: bool| match is_hit {
        true => (hits + 1.0) / (hits + 2.0),
        false => 1.0 / (others + 2.0),
    };
    let rows = scores
        .iter()
        .map(|(score, is_hit)| (vec![1.0, *score], target(*is_hit)));
    let fit = logistic_fit(&rows.collect::<Vec<_>>(), &[1e-6, 1e-6])?;
    let [shift, slope] = fit.try_into().ok()?;
    (slope > 0.0).then_some((slope, shift))
}

/// A logistic regression on standardised figures.
struct Model {
    means: Figures,
    deviations: Figures,
    weights: Vec<f64>,
}

impl Model {
    fn fit(known: &[(Figures, bool)]) -> Option<Self> {
        let count = count_f64(known.len().max(1));
        let column = |at: usize| known.iter().filter_map(move |(it, _)| it.get(at).copied());
        let mut model = Self {
            means: [0.0; FIGURES],
            deviations: [1.0; FIGURES],
            weights: Vec::new(),
        };
        let figures = model.means.iter_mut().zip(&mut model.deviations);
        for (at, (mean, deviation)) in figures.enumerate().skip(1) {
            *mean = column(at).sum::<f64>() / count;
            let squares: f64 = column(at).map(|it| (it - *mean) * (it - *mean)).sum();
            *deviation = sqrt(squares / count).max(1e-6);
        }
        let rows = known
            .iter()
            .map(|(figures, is_hit)| (model.standard(figures), f64::from(u8::from(*is_hit))));
        let ridge = [1e-6, RIDGE, RIDGE, RIDGE];
        model.weights = logistic_fit(&rows.collect::<Vec<_>>(), &ridge)?;
        Some(model)
    }

    fn standard(&self, figures: &Figures) -> Vec<f64> {
        let scales = self.means.iter().zip(&self.deviations);
        let figures = figures.iter().zip(scales);
        figures
            .map(|(figure, (mean, sd))| (figure - mean) / sd)
            .collect()
    }

    fn score(&self, figures: &Figures) -> f64 {
        let figures = self.standard(figures);
        figures.iter().zip(&self.weights).map(|(a, b)| a * b).sum()
    }
}

/// Weights of most likelihood, by iterated least squares.
fn logistic_fit(rows: &[(Vec<f64>, f64)], ridge: &[f64]) -> Option<Vec<f64>> {
    let columns = ridge.len();
    let mut weights = vec![0.0; columns];
    for _ in 0..FIT_STEPS {
        let working = rows.iter().map(|(row, target)| {
            let score: f64 = row.iter().zip(&weights).map(|(a, b)| a * b).sum();
            let score = score.clamp(-12.0, 12.0);
            let odds = logistic(score);
            let weight = (odds * (1.0 - odds)).max(1e-6);
            (row.clone(), score + (target - odds) / weight, weight)
        });
        weights = least_squares(columns, working, ridge)?;
    }
    Some(weights)
}

fn logistic(score: f64) -> f64 {
    1.0 / (1.0 + exp(-score))
}

#[cfg(test)]
mod tests {
    use super::super::posts::Counts;
    use super::*;
    use crate::rng::Stream;

    /// A post every other day; the liking of the first days tells the hits.
    fn posts(count: i32, tells: f64) -> Vec<Post> {
        let mut draws = Stream::from_seed(11).draws();
        let mut post = |place: i32| {
            let quality = draws.next_f64();
            let told = tells * quality + (1.0 - tells) * draws.next_f64();
            let published = Day::from_number(2 * place);
            let day = |after: i32| {
                let mut counts = Counts::default();
                counts.steps[0] = Some(1_000);
                let orders = 2.0 * exp(3.0 * quality);
                counts.steps[6] = Some(if after < 3 { 0 } else { orders as i64 });
                counts.points = (200.0 * told) as i64;
                (published + after, counts)
            };
            Post {
                code: place.to_string(),
                platform: None,
                published,
                cost: None,
                skus: Vec::new(),
                days: (0..28).map(day).collect(),
            }
        };
        (0..count).map(&mut post).collect()
    }

    #[test]
    fn few_posts_give_the_share_of_hits() {
        let outlooks = outlooks(&posts(6, 1.0), Day::from_number(60));
        let first = &outlooks[0];
        assert_eq!(
            (first.hit, first.base_rate, first.learnt_from),
            (0.25, 0.25, 0)
        );
    }

    #[test]
    fn what_tells_is_used_and_what_does_not_is_left() {
        let as_of = Day::from_number(1_000);
        let telling = score(&outlooks(&posts(150, 1.0), as_of));
        assert!(
            telling.posts == 150 && telling.brier < 0.6 * telling.brier_base,
            "{telling:?}"
        );
        assert!(telling.accuracy > 0.85, "{telling:?}");
        let dull = score(&outlooks(&posts(150, 0.0), as_of));
        assert!(dull.brier < 1.1 * dull.brier_base, "{dull:?}");
    }
}
