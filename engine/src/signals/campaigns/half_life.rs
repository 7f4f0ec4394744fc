//! How fast a post is forgotten.

use super::posts::{Post, Step};
use crate::day::Day;
use crate::num::{count_f64, exp, ln, powi, whole_f64};

/// Longest and shortest half-life told, days.
const HALF_LIFE: (f64, f64) = (0.1, 365.0);
/// Halvings of the interval that holds the answer.
const STEPS: u32 = 60;

/// Days after which half of a post's daily figure is left, learnt from all given posts.
///
/// From its best day on, a post's counts are Poisson with mean a q^t: given how many came, their
/// days are geometric, cut off at the last day observed. The q of most likelihood makes the mean
/// day expected the mean day observed; posts add up. Half-life = ln 0.5 / ln q. `None` where no
/// post was watched for three days.
#[must_use]
pub fn half_life(posts: &[Post], step: Step, as_of: Day) -> Option<f64> {
    let curves: Vec<Vec<f64>> = posts
        .iter()
        .filter_map(|post| curve(post, step, as_of))
        .collect();
    if curves.is_empty() {
        return None;
    }
    let days = |curve: &[f64]| -> f64 {
        let moments = curve
            .iter()
            .enumerate()
            .map(|(day, count)| count_f64(day) * count);
        moments.sum()
    };
    let observed: f64 = curves.iter().map(|curve| days(curve)).sum();
    let expected = |rate: f64| -> f64 {
        let of_curve = |curve: &Vec<f64>| {
            let total: f64 = curve.iter().sum();
            total * mean_day(rate, curve.len())
        };
        curves.iter().map(of_curve).sum()
    };
    let rate_of = |half_life: f64| exp(ln(0.5) / half_life);
    let (mut low, mut high) = HALF_LIFE;
    for _ in 0..STEPS {
        let middle = 0.5 * (low + high);
        if expected(rate_of(middle)) < observed {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

/// Mean of the days 0 to `days` - 1 with weights `rate`^day.
fn mean_day(rate: f64, days: usize) -> f64 {
    let (mut sum, mut total) = (0.0, 0.0);
    for day in 0..days {
        let weight = powi(rate, u32::try_from(day).unwrap_or(u32::MAX));
        sum += count_f64(day) * weight;
        total += weight;
    }
    sum / total
}

/// Counts from the best day to the last one; days without a row count nothing.
fn curve(post: &Post, step: Step, as_of: Day) -> Option<Vec<f64>> {
    let counts = post.days.iter().filter(|(day, _)| *day <= as_of);
    let counts = counts.filter_map(|(day, counts)| Some((*day, counts.get(step)?)));
    let counts: Vec<(Day, i64)> = counts.collect();
    let best = counts.iter().map(|(_, count)| *count).max()?;
    let (start, _) = *counts.iter().find(|(_, count)| *count == best)?;
    let (end, _) = *counts.last()?;
    if best <= 0 || end - start < 2 {
        return None;
    }
    let mut curve = vec![0.0; usize::try_from(end - start + 1).unwrap_or(0)];
    for (day, count) in counts {
        let place = usize::try_from(day - start).ok();
        if let Some(slot) = place.and_then(|place| curve.get_mut(place)) {
            *slot += whole_f64(count);
        }
    }
    Some(curve)
}

#[cfg(test)]
mod tests {
    use super::super::posts::Counts;
    use super::*;
    use std::slice::from_ref;

    #[test]
    fn halving_every_two_days_is_found() {
        let reads = [500, 1_000, 707, 500, 354, 250, 177, 125];
        let day = |(after, reads): (i32, &i64)| {
            let mut counts = Counts::default();
            counts.steps[1] = Some(*reads);
            (Day::from_number(after), counts)
        };
        let post = Post {
            code: String::new(),
            platform: None,
            published: Day::from_number(0),
            cost: None,
            skus: Vec::new(),
            days: (0..).zip(&reads).map(day).collect(),
        };
        let found = half_life(from_ref(&post), Step::Reads, Day::from_number(99)).unwrap();
        assert!((found - 2.0).abs() < 0.01, "{found}");
        assert_eq!(
            half_life(from_ref(&post), Step::Orders, Day::from_number(99)),
            None
        );
        assert_eq!(
            half_life(from_ref(&post), Step::Reads, Day::from_number(2)),
            None
        );
    }
}
