//! Campaigns as a stream: what posts brought, and what those that run or are planned will bring.

use super::super::campaigns::{
    Brought, Chances, DemandCases, Post, Step, WATCH_DAYS, brought_by, judged_by, posts_and_planned,
};
use super::{Counted, Expected, Outlook, add};
use crate::dataset::Dataset;
use crate::day::Day;
use crate::ids::SkuId;
use crate::master::Catalog;
use crate::num::{count_f64, whole_f64};

/// Days a post brings something.
const DAYS: usize = WATCH_DAYS.unsigned_abs() as usize;
/// Weight of what was expected of a post against what it brought so far, in shares of a whole
/// post: after a quarter of its time both weigh the same.
const PRIOR_SHARE: f64 = 0.25;

/// The posts of a company, those that are planned included.
#[derive(Clone, Debug)]
pub struct Campaigns {
    posts: Vec<Post>,
    step: Step,
    as_of: Day,
}

impl Campaigns {
    /// Reads posts; what came of them only up to `as_of`. A post with a later day is planned.
    #[must_use]
    pub fn new(dataset: &Dataset, catalog: &Catalog, as_of: Day) -> Self {
        Self::of(posts_and_planned(dataset, catalog, as_of), as_of)
    }

    /// The stream of some posts.
    #[must_use]
    pub fn of(posts: Vec<Post>, as_of: Day) -> Self {
        Self {
            step: judged_by(&posts, as_of),
            posts,
            as_of,
        }
    }

    /// The goods of all posts.
    pub(super) fn skus(&self) -> impl Iterator<Item = SkuId> {
        self.posts.iter().flat_map(|post| &post.skus).copied()
    }

    /// What posts brought by week in their 28 days, after which nothing is expected of them: orders, or
    /// reads where no post tells orders. Goods of one post share it alike.
    #[must_use]
    pub fn counted(&self) -> Counted {
        let mut counted = Counted::new();
        for post in &self.posts {
            let is_watched = |day: Day| (0..WATCH_DAYS).contains(&(day - post.published));
            for (day, counts) in post.days.iter().filter(|(day, _)| is_watched(*day)) {
                let week = usize::try_from((self.as_of - *day).div_euclid(7));
                let count = counts.get(self.step).map_or(0.0, whole_f64);
                for sku in &post.skus {
                    if let Ok(week) = week {
                        let weeks = counted.entry((*sku, None)).or_default();
                        add(weeks, week, count / count_f64(post.skus.len()));
                    }
                }
            }
        }
        counted
    }

    /// What running and planned posts will bring in the weeks after a day, by what was known then.
    ///
    /// A post brings E = sum of p(kind) x demand(kind) over flop, base and hit, spread over 28 days
    /// as finished posts were. Of one that runs, E is corrected by what it brought so far:
    /// E x (m + c / E) / (m + F), c the count, F the share of its time that is over, m = 0.25
    /// (the mean of a gamma rate whose weight is a quarter of a post).
    #[must_use]
    pub fn expected(&self, on: Day, weeks: usize) -> Outlook {
        let brought = brought_by(&self.posts, self.step, on);
        let finished: Vec<Brought> = brought.iter().flatten().copied().collect();
        let mut outlook = Outlook::new();
        let Some(profile) = self.profile(&brought) else {
            return outlook;
        };
        let chances = Chances::new(&self.posts, &brought, self.step, on);
        let last = on + i32::try_from(7 * weeks).unwrap_or(i32::MAX);
        for post in &self.posts {
            let is_over = post.published + WATCH_DAYS <= on + 1;
            if is_over || post.published > last {
                continue;
            }
            let cases = DemandCases::new(chances.hit(post), &finished);
            let path = path(post, &cases, &profile, (self.step, on, weeks));
            for sku in &post.skus {
                let own = outlook.entry((*sku, None)).or_default();
                own.resize(weeks, Expected::default());
                let goods = count_f64(post.skus.len());
                for (sum, more) in own.iter_mut().zip(&path) {
                    sum.mean += more.mean / goods;
                    sum.variance += more.variance / (goods * goods);
                }
            }
        }
        outlook
    }

    /// Share of what a finished post brought by day after publication; `None` before any did.
    fn profile(&self, brought: &[Option<Brought>]) -> Option<[f64; DAYS]> {
        let mut sums = [0.0; DAYS];
        let finished = self.posts.iter().zip(brought);
        for (post, _) in finished.filter(|(_, brought)| brought.is_some()) {
            for (day, counts) in &post.days {
                let place = usize::try_from(*day - post.published).ok();
                if let Some(sum) = place.and_then(|place| sums.get_mut(place)) {
                    *sum += counts.get(self.step).map_or(0.0, whole_f64);
                }
            }
        }
        let total: f64 = sums.iter().sum();
        (total > 0.0).then(|| sums.map(|sum| sum / total))
    }
}

/// What one post brings in each week after a day.
fn path(
    post: &Post,
    cases: &DemandCases,
    profile: &[f64; DAYS],
    (step, on, weeks): (Step, Day, usize),
) -> Vec<Expected> {
    let (mean, variance) = (cases.mean(), cases.variance());
    let age = usize::try_from(on - post.published + 1).unwrap_or(0);
    let over: f64 = profile.iter().take(age).sum();
    let so_far = post.first(WATCH_DAYS, on).get(step).map_or(0.0, whole_f64);
    let learnt = if age > 0 && mean > 0.0 {
        (PRIOR_SHARE + so_far / mean) / (PRIOR_SHARE + over)
    } else {
        1.0
    };
    let doubt = PRIOR_SHARE / (PRIOR_SHARE + over);
    let mut shares = vec![0.0; weeks];
    for (day, share) in (0_i32..).zip(profile) {
        let week = usize::try_from((post.published + day - on - 1).div_euclid(7)).ok();
        if let Some(sum) = week.and_then(|week| shares.get_mut(week)) {
            *sum += share;
        }
    }
    let expected = |share: f64| Expected {
        mean: mean * learnt * share,
        variance: variance * doubt * share * share,
    };
    shares.into_iter().map(expected).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::campaigns::{Counts, Outcome};
    use super::*;

    fn post(published: i32, orders: &[i64]) -> Post {
        let day = |(after, orders): (i32, &i64)| {
            let mut counts = Counts::default();
            counts.steps[Step::Orders as usize] = Some(*orders);
            (Day::from_number(published + after), counts)
        };
        Post {
            code: String::new(),
            platform: None,
            published: Day::from_number(published),
            cost: None,
            skus: vec![SkuId(3)],
            days: (0..).zip(orders).map(day).collect(),
        }
    }

    /// A hit with probability .25 brings 400, a flop 20: 0.25 x 400 + 0.75 x 20 = 115, of which
    /// half comes on the first day, a quarter eight days later and a quarter fifteen days later.
    #[test]
    fn one_campaign_by_hand() {
        let cases = DemandCases {
            probabilities: [0.75, 0.0, 0.25],
            demand: [20.0, 90.0, 400.0],
        };
        assert_eq!(cases.mean(), 115.0);
        // 0.75 x 95^2 + 0.25 x 285^2.
        assert_eq!(cases.variance(), 27_075.0);
        let mut profile = [0.0; DAYS];
        (profile[0], profile[8], profile[15]) = (0.5, 0.25, 0.25);
        // Published on the third day after the date: days 3, 11 and 18 are in weeks 0, 1 and 2.
        let of = (Step::Orders, Day::from_number(100), 4);
        let planned = path(&post(103, &[]), &cases, &profile, of);
        let means: Vec<f64> = planned.iter().map(|it| it.mean).collect();
        assert_eq!(means, [57.5, 28.75, 28.75, 0.0]);
        assert_eq!(planned[0].variance, 27_075.0 / 4.0);
        // Published two days before and 115 came on the first day, twice the half expected:
        // 0.25 + 1 over 0.25 + 0.5 is 5 / 3; what is left are a quarter and a quarter.
        let running = path(&post(98, &[115]), &cases, &profile, of);
        assert!((running[0].mean - 115.0 * 5.0 / 3.0 * 0.25).abs() < 1e-9);
        assert!((running[1].mean - 115.0 * 5.0 / 3.0 * 0.25).abs() < 1e-9);
    }

    #[test]
    fn nothing_later_is_known() {
        let brings = |published: i32| post(published, &[60, 20, 20]);
        let all: Vec<Post> = [0, 40, 80, 120].map(brings).into();
        let early = Campaigns::of(all.clone(), Day::from_number(500));
        let on = Day::from_number(70);
        // Of the third post, a week later, results are not known; the first two brought 100 each.
        let outlook = early.expected(on, 3);
        let weeks = &outlook[&(SkuId(3), None)];
        let sums: f64 = weeks.iter().map(|it| it.mean).sum();
        let base = [Brought {
            count: 100.0,
            outcome: Outcome::Base,
        }; 2];
        let hit = 1.0 / 6.0;
        assert!((sums - DemandCases::new(hit, &base).mean()).abs() < 1e-9);
        let mut other = all;
        other[2] = post(80, &[9_000]);
        other[3] = post(120, &[0, 0, 0]);
        let other = Campaigns::of(other, Day::from_number(500));
        assert_eq!(other.expected(on, 3), outlook);
        let newest = early.counted();
        assert_eq!(newest[&(SkuId(3), None)].iter().sum::<f64>(), 400.0);
    }
}
