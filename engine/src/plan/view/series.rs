//! History and forecast of a slice.

use super::scope::{Scope, Slice};
use crate::dataset::{Dataset, TableId};
use crate::day::Day;
use crate::demand::SeriesKey;
use crate::forecast::Holdout;
use crate::master::Catalog;
use crate::num;
use crate::plan::signals::group;
use crate::plan::{LAG_WEEKS, Part, Plan, SeriesForecast};
use crate::units::Qty;

/// Length of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Days; the forecast of a week spreads over them, without intervals.
    Day,
    /// Weeks that end at `as_of`.
    Week,
}

impl Grain {
    /// Days in a bucket.
    pub const fn days(self) -> i32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }
}

/// Sums over the series of a slice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesView {
    /// First day of each history bucket.
    pub history_days: Vec<Day>,
    /// Units ordered in each history bucket.
    pub history: Vec<Qty>,
    /// First day of each forecast bucket.
    pub forecast_days: Vec<Day>,
    /// Expected units.
    pub mean: Vec<f64>,
    /// Expected units before what was changed by hand.
    pub statistical: Vec<f64>,
    /// The same without what events, prices and signals add or take.
    pub baseline: Vec<f64>,
    /// What signals add or take; empty by day.
    pub signals: Vec<f64>,
    /// What planned changes of price add or take; empty by day.
    pub prices: Vec<f64>,
    /// Limits of the 80 % interval: lower, upper; empty by day.
    pub band80: Vec<(f64, f64)>,
    /// Limits of the 95 % interval: lower, upper.
    pub band95: Vec<(f64, f64)>,
    /// How many series were summed.
    pub series: usize,
    /// The model, when it is one series.
    pub model: Option<String>,
    /// Errors of forecasts at the lag of the plan, summed over the series.
    pub holdout: Holdout,
}

/// History of up to `buckets` buckets and the forecast of a slice.
///
/// Intervals of a sum start as those of independent series: half-widths add as squares (engine
/// convention 1.0, correlation zero). They are then widened by what the last weeks showed: the
/// sum's own squared errors over what independence would have made of them, never below one. The
/// series of a new item share the doubt about its level.
pub fn series_view(
    plan: &Plan,
    dataset: &Dataset,
    scope: Scope,
    grain: Grain,
    buckets: usize,
) -> SeriesView {
    let slice = Slice::new(&plan.catalog, scope);
    let mut view = SeriesView::default();
    add_history(&mut view, plan, dataset, &slice, grain, buckets);
    let mut spread = [const { Vec::<f64>::new() }; 4];
    let mut errors = Vec::new();
    let mut independent = [0.0; 2];
    for series in plan
        .series
        .iter()
        .filter(|series| slice.has(series.key, series.warehouse))
    {
        view.series += 1;
        view.holdout.merge(&series.holdout);
        view.model = Some(series.model.clone()).filter(|_| view.series == 1);
        add_forecast(&mut view, plan, series, grain);
        if grain == Grain::Week {
            add_spread(&mut spread, series);
            add_independent(&mut independent, series);
            for (week, error) in series.recent.iter().enumerate() {
                add(&mut errors, week, error.to_f64());
            }
        }
    }
    let start = |bucket| plan.as_of + 1 + grain.days() * i32::try_from(bucket).unwrap_or(0);
    view.forecast_days = (0..view.mean.len()).map(start).collect();
    let widened = if view.series > 1 {
        common_share(&errors, independent)
    } else {
        1.0
    };
    for square in spread.iter_mut().flatten() {
        *square *= widened;
    }
    if grain == Grain::Week {
        add_doubts(&mut spread, plan, &slice);
    }
    let [lo80, hi80, lo95, hi95] = spread;
    view.band80 = band(&view.mean, &lo80, &hi80);
    view.band95 = band(&view.mean, &lo95, &hi95);
    view
}

fn add(sums: &mut Vec<f64>, index: usize, value: f64) {
    match sums.get_mut(index) {
        Some(sum) => *sum += value,
        None => sums.push(value),
    }
}

/// Adds what is expected, what was before decisions, and what would be without events.
fn add_forecast(view: &mut SeriesView, plan: &Plan, series: &SeriesForecast, grain: Grain) {
    let Some(sku) = plan.catalog.sku(series.key.sku) else {
        return;
    };
    let group = group(&plan.lifts, sku.category, series.key);
    let quiet = plan.profile.week_from(sku.category, plan.as_of + 1);
    let parts = plan.parts(series).into_iter();
    let weeks = series.mean.iter().zip(series.planned()).zip(parts);
    for (week, ((statistical, mean), parts)) in weeks.enumerate() {
        let (statistical, mean) = (statistical.to_f64(), mean.to_f64());
        let part = |part: Part| parts.get(part as usize).map_or(0.0, |units| units.to_f64());
        let signals = part(Part::Signals);
        let price = part(Part::Price);
        let inflow = part(Part::Campaign) + part(Part::Pipeline);
        let baseline = statistical - signals - price - inflow - part(Part::Events);
        if grain == Grain::Week {
            add(&mut view.mean, week, mean);
            add(&mut view.statistical, week, statistical);
            add(&mut view.baseline, week, baseline);
            add(&mut view.signals, week, signals);
            add(&mut view.prices, week, price);
            continue;
        }
        let shares = match plan.streams.has_events {
            true => plan.lifts.shares(group, week, &quiet),
            false => quiet,
        };
        let outlet = (series.key.sku, series.key.channel);
        let shares = match plan.streams.has_prices {
            true => plan.prices.lifts.shares(outlet, week, shares),
            false => shares,
        };
        for (day, (share, quiet)) in shares.iter().zip(&quiet).enumerate() {
            add(&mut view.mean, 7 * week + day, mean * share);
            add(&mut view.statistical, 7 * week + day, statistical * share);
            add(&mut view.baseline, 7 * week + day, baseline * quiet);
        }
    }
}

/// How many times larger the sum's squared errors were than those of independent series, whose
/// squared half-widths below and above are given.
fn common_share(errors: &[f64], [below, above]: [f64; 2]) -> f64 {
    let deviations = num::normal_quantile(0.9);
    let independent = 0.5 * (below + above) / (deviations * deviations);
    let squares: f64 = errors.iter().map(|error| error * error).sum();
    let seen = squares / num::count_f64(errors.len().max(1));
    if independent > 0.0 {
        f64::max(seen / independent, 1.0)
    } else {
        1.0
    }
}

/// Adds the squared half-widths of the statistical 80 % interval at the lag of the errors: what
/// is changed by hand says nothing of errors that were.
fn add_independent(squares: &mut [f64; 2], series: &SeriesForecast) {
    let week = LAG_WEEKS - 1;
    for (square, limits) in squares.iter_mut().zip([&series.lo80, &series.hi80]) {
        if let (Some(limit), Some(mean)) = (limits.get(week), series.mean.get(week)) {
            let distance = limit.to_f64() - mean.to_f64();
            *square += distance * distance;
        }
    }
}

fn add_spread(spread: &mut [Vec<f64>; 4], series: &SeriesForecast) {
    let [lo80, hi80, lo95, hi95] = spread;
    let limits = [
        (lo80, &series.lo80),
        (hi80, &series.hi80),
        (lo95, &series.lo95),
        (hi95, &series.hi95),
    ];
    for (squares, values) in limits {
        for (week, center) in series.planned().iter().enumerate() {
            let distance = series.limit(values, week).to_f64() - center.to_f64();
            add(squares, week, distance * distance);
        }
    }
}

/// Adds what the series of a new item have in common: the doubt about its level.
fn add_doubts(spread: &mut [Vec<f64>; 4], plan: &Plan, slice: &Slice) {
    for item in &plan.launches {
        let own = |series: &&SeriesForecast| {
            series.key.sku == item.sku && slice.has(series.key, series.warehouse)
        };
        let (mut sums, mut squares) = (Vec::new(), Vec::new());
        for series in plan.series.iter().filter(own) {
            for (week, mean) in series.planned().iter().enumerate() {
                let mean = mean.to_f64();
                add(&mut sums, week, mean);
                add(&mut squares, week, mean * mean);
            }
        }
        for (limits, share) in spread.iter_mut().zip([0.9, 0.9, 0.975, 0.975]) {
            let deviations = num::normal_quantile(share);
            for (week, (sum, squares)) in sums.iter().zip(&squares).enumerate() {
                let common = item.doubt * (sum * sum - squares);
                add(limits, week, deviations * deviations * common);
            }
        }
    }
}

fn band(mean: &[f64], below: &[f64], above: &[f64]) -> Vec<(f64, f64)> {
    let limits = mean.iter().zip(below.iter().zip(above));
    limits
        .map(|(mean, (below, above))| {
            (
                (mean - num::sqrt(*below)).max(0.0),
                mean + num::sqrt(*above),
            )
        })
        .collect()
}

fn add_history(
    view: &mut SeriesView,
    plan: &Plan,
    dataset: &Dataset,
    slice: &Slice,
    grain: Grain,
    buckets: usize,
) {
    let Some(table) = dataset.table(TableId::Demand) else {
        return;
    };
    let mut sums = vec![Qty::ZERO; buckets];
    let mut oldest = 0;
    let words = |column: &str| {
        table
            .texts(column)
            .map_or(&[][..], |texts| &texts.words[..])
    };
    let codes = |column: &str| {
        table
            .texts(column)
            .map_or(&[][..], |texts| &texts.codes[..])
    };
    let catalog = &plan.catalog;
    let skus = Catalog::translate(words("sku"), |code| catalog.sku_id(code));
    let channels = Catalog::translate(words("channel"), |code| catalog.channel_id(code));
    let regions = Catalog::translate(words("region"), |code| catalog.region_id(code));
    let ids = codes("sku")
        .iter()
        .zip(codes("channel"))
        .zip(codes("region"));
    let figures = table.days("date").iter().zip(table.numbers("quantity"));
    for (((sku, channel), region), (day, quantity)) in ids.zip(figures) {
        let find = |table: &[Option<_>], code: &u32| table.get(*code as usize).copied().flatten();
        let Some(sku) = find(&skus, sku).filter(|sku| slice.has_sku(*sku)) else {
            continue;
        };
        let channel = channels.get(*channel as usize).copied().flatten();
        let region = regions.get(*region as usize).copied().flatten();
        let (Some(channel), Some(region)) = (channel, region) else {
            continue;
        };
        let key = SeriesKey {
            sku,
            channel,
            region,
        };
        let age = plan.as_of - Day::from_number(*day);
        if age < 0 || !slice.has(key, plan.network.warehouse(region, channel)) {
            continue;
        }
        let bucket = usize::try_from(age / grain.days()).unwrap_or(usize::MAX);
        if let Some(sum) = buckets
            .checked_sub(1 + bucket)
            .and_then(|index| sums.get_mut(index))
        {
            *sum += Qty::from_thousandths(*quantity);
            oldest = oldest.max(bucket + 1);
        }
    }
    view.history = sums.split_off(buckets - oldest);
    let first = |age: usize| plan.as_of + 1 - grain.days() * i32::try_from(age).unwrap_or(0);
    view.history_days = (1..=oldest).rev().map(first).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_as_uncertain_as_its_errors_were() {
        // A normal error of 5 units: half-widths of 5 times its quantile of 90 %.
        let width = 5.0 * 1.281_551_565_544_600_4;
        let square = width * width;
        let spread = [square; 2];
        // Errors of 10 in either direction: four times the variance.
        let widened = common_share(&[10.0, -10.0, 10.0, -10.0], spread);
        assert!((widened - 4.0).abs() < 1e-12, "{widened}");
        // Small errors narrow nothing, and without errors nothing is known.
        assert_eq!(common_share(&[1.0, -1.0], spread), 1.0);
        assert_eq!(common_share(&[], spread), 1.0);
    }
}
