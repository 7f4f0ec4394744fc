//! The funnel, forwards and backwards.

use super::posts::{Counts, Post, Step};
use crate::day::Day;
use crate::num::{count_f64, exp, ln, normal_quantile, sqrt, whole_f64};

/// One step of a funnel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunnelStep {
    /// Which step.
    pub step: Step,
    /// How many.
    pub count: i64,
    /// Share of the step before it that the file tells; `None` for the first.
    pub rate: Option<f64>,
    /// Cost of one, base currency; `None` without cost.
    pub cost_each: Option<f64>,
}

/// The steps that the file tells, with the rate from each to the next.
#[must_use]
pub fn funnel(counts: &Counts, cost: Option<f64>) -> Vec<FunnelStep> {
    let mut steps: Vec<FunnelStep> = Vec::new();
    for step in Step::ALL {
        let Some(count) = counts.get(step) else {
            continue;
        };
        let share = |of: i64| (of > 0).then(|| whole_f64(count) / whole_f64(of));
        steps.push(FunnelStep {
            step,
            count,
            rate: steps.last().and_then(|before| share(before.count)),
            cost_each: cost
                .filter(|_| count > 0)
                .map(|cost| cost / whole_f64(count)),
        });
    }
    steps
}

/// A figure with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Lower end.
    pub low: f64,
    /// Middle.
    pub mid: f64,
    /// Upper end.
    pub high: f64,
}

/// What a number of orders needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InverseFunnel {
    /// Impressions needed.
    pub exposure: Estimate,
    /// Money needed, base currency; `None` without costs.
    pub budget: Option<Estimate>,
    /// Posts that show what is needed.
    pub posts: usize,
}

/// A rate of orders or money for each impression, learnt from posts on the scale of logarithms.
#[derive(Clone, Copy, Debug)]
struct Rate {
    mean: f64,
    /// Variance of the mean.
    variance: f64,
    /// Variance between posts.
    between: f64,
}

/// Impressions and money that `orders` orders need, with an interval of coverage `level`.
///
/// Posts differ in how many orders an impression brings: log rates are averaged with weights
/// 1 / (v + t), v the noise of a count (1 / orders) and t the variance between posts
/// (DerSimonian & Laird 1986, Controlled Clinical Trials 7, 177-188). The interval holds both the
/// error of the mean and t over the posts needed. `None` where no post tells impressions and
/// orders.
#[must_use]
pub fn inverse_funnel(
    posts: &[Post],
    orders: f64,
    level: f64,
    as_of: Day,
) -> Option<InverseFunnel> {
    let whole = |post: &Post| post.first(i32::MAX, as_of);
    let told = |post: &Post| {
        let counts = whole(post);
        let shown = counts.get(Step::Impressions).filter(|count| *count > 0)?;
        Some((
            whole_f64(shown),
            whole_f64(counts.get(Step::Orders)?),
            post.cost,
        ))
    };
    let told: Vec<(f64, f64, Option<f64>)> = posts.iter().filter_map(told).collect();
    if told.is_empty() || orders <= 0.0 {
        return None;
    }
    // Half an order keeps a post without orders finite.
    let rates = told
        .iter()
        .map(|(shown, orders, _)| (ln((orders + 0.5) / shown), 1.0 / (orders + 0.5)));
    let rate = pooled(&rates.collect::<Vec<_>>());
    let shown: f64 = told.iter().map(|(shown, ..)| shown).sum();
    let mid = ln(orders) - rate.mean;
    let needed = (exp(mid) / (shown / count_f64(told.len()))).max(1.0);
    let reach = normal_quantile(0.5 + 0.5 * level);
    let estimate = |mid: f64, variance: f64| Estimate {
        low: exp(mid - reach * sqrt(variance)),
        mid: exp(mid),
        high: exp(mid + reach * sqrt(variance)),
    };
    let variance = rate.variance + rate.between / needed;
    let costs = told.iter().filter_map(|(shown, _, cost)| {
        let cost = cost.filter(|cost| *cost > 0.0)?;
        Some((ln(cost / shown), 0.0))
    });
    let costs: Vec<(f64, f64)> = costs.collect();
    let budget = (!costs.is_empty()).then(|| {
        let cost = pooled(&costs);
        let more = cost.variance + cost.between / needed;
        estimate(mid + cost.mean, variance + more)
    });
    Some(InverseFunnel {
        exposure: estimate(mid, variance),
        budget,
        posts: told.len(),
    })
}

fn pooled(rates: &[(f64, f64)]) -> Rate {
    const TINY: f64 = 1e-9;
    let sums = |between: f64| {
        let weighted = rates
            .iter()
            .map(|(rate, noise)| (rate, 1.0 / (noise + between + TINY)));
        weighted.fold((0.0, 0.0, 0.0), |(sum, squares, total), (rate, weight)| {
            (
                sum + weight * rate,
                squares + weight * weight,
                total + weight,
            )
        })
    };
    let (sum, squares, total) = sums(0.0);
    let mean = sum / total;
    let spread = rates
        .iter()
        .map(|(rate, noise)| (rate - mean) * (rate - mean) / (noise + TINY));
    let excess = spread.sum::<f64>() - (count_f64(rates.len()) - 1.0);
    let scale = total - squares / total;
    let between = match rates.len() {
        // One post says nothing about the next: as different as a factor of e, to be safe.
        1 => 1.0,
        _ if scale > 0.0 => (excess / scale).max(0.0),
        _ => 0.0,
    };
    let (sum, _, total) = sums(between);
    Rate {
        mean: sum / total,
        variance: 1.0 / total,
        between,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn post(impressions: i64, orders: i64, cost: f64) -> Post {
        let mut counts = Counts::default();
        counts.steps[0] = Some(impressions);
        counts.steps[6] = Some(orders);
        let day = Day::from_number(1);
        Post {
            code: String::new(),
            platform: None,
            published: day,
            cost: Some(cost),
            skus: Vec::new(),
            days: vec![(day, counts)],
        }
    }

    fn inverse(posts: &[Post], orders: f64) -> InverseFunnel {
        inverse_funnel(posts, orders, 0.8, Day::from_number(9)).unwrap()
    }

    #[test]
    fn equal_posts_are_turned_round() {
        // 1,000 impressions for 10 orders at 50: 100 orders need 10,000 impressions and 500.
        let posts = vec![post(100_000, 1_000, 5_000.0); 20];
        let found = inverse(&posts, 100.0);
        assert!(
            (found.exposure.mid / 10_000.0 - 1.0).abs() < 0.01,
            "{found:?}"
        );
        assert!(
            (found.budget.unwrap().mid / 500.0 - 1.0).abs() < 0.01,
            "{found:?}"
        );
        assert!(found.exposure.high / found.exposure.low < 1.05, "{found:?}");
        let apart = [post(100_000, 100, 1.0), post(100_000, 2_000, 1.0)];
        let wide = inverse(&apart, 100.0);
        assert!(wide.exposure.high / wide.exposure.low > 3.0, "{wide:?}");
    }

    #[test]
    fn rates_are_of_the_step_before() {
        let counts = post(200, 5, 10.0).days[0].1;
        let steps = funnel(&counts, Some(10.0));
        assert_eq!(steps.len(), 2);
        assert_eq!((steps[0].rate, steps[1].rate), (None, Some(0.025)));
        assert_eq!(steps[1].cost_each, Some(2.0));
    }

    proptest! {
        #[test]
        fn more_orders_need_more(
            counts in prop::collection::vec((1_i64..1_000_000, 0_i64..5_000, 1.0..1e6_f64), 1..8),
            orders in 1.0..1e5_f64,
        ) {
            let posts: Vec<Post> = counts.iter().map(|(a, b, c)| post(*a, *b, *c)).collect();
            let (few, many) = (inverse(&posts, orders), inverse(&posts, 2.0 * orders));
            for (few, many) in [(few.exposure, many.exposure), (few.budget.unwrap(), many.budget.unwrap())] {
                prop_assert!(few.low <= few.mid && few.mid <= few.high);
                prop_assert!(few.mid < many.mid && few.low <= many.low);
            }
        }
    }
}
