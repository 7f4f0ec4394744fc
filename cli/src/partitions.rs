//! Forecasting on threads: a fixed number of partitions, any number of hands.

use engine::events::SeriesLifts;
use engine::forecast::{
    Config, Forecasts, GroupPartial, Lift, Member, Panel, PoolPartial, finish, scan,
};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Parts a panel is cut into, whatever the number of threads.
const PARTITIONS: usize = 64;

/// A forecast and the time its stages took.
#[derive(Debug)]
pub struct Timed {
    /// The result.
    pub forecasts: Forecasts,
    /// Seconds of the scan: every model on every series.
    pub scan_seconds: f64,
    /// Seconds of the finish: the chosen model and its bands.
    pub finish_seconds: f64,
}

/// Forecasts a panel on up to `threads` threads; the result does not depend on
/// their number.
#[must_use]
pub fn forecast(panel: &Panel, config: &Config, threads: usize) -> Forecasts {
    forecast_timed(panel, config, threads).forecasts
}

/// [`forecast`] with its times.
#[must_use]
pub fn forecast_timed(panel: &Panel, config: &Config, threads: usize) -> Timed {
    let members: Vec<Member<'_>> = panel.members().collect();
    forecast_members(&members, panel.season(), config, threads)
}

/// Forecasts a panel with factors on each series' periods, where it has any; demand is divided by
/// those of the past.
#[must_use]
pub fn forecast_lifted(
    panel: &Panel,
    lifts: &[Option<SeriesLifts>],
    config: &Config,
    threads: usize,
) -> Timed {
    let quiet = panel.series().zip(lifts).map(|(values, lifts)| {
        let factors = lifts.iter().flat_map(|lifts| &lifts.past);
        let divided = values.iter().zip(factors);
        divided.map(|(value, factor)| value / factor).collect()
    });
    let quiet: Vec<Vec<f64>> = quiet.collect();
    let members = panel.members().zip(&quiet).zip(lifts);
    let members = members.map(|((member, quiet), lifts)| match lifts {
        None => member,
        Some(lifts) => Member {
            values: quiet,
            lift: Some(Lift {
                past: &lifts.past,
                known: &lifts.known,
                ahead: &lifts.ahead,
                error: &lifts.error,
            }),
            ..member
        },
    });
    forecast_members(
        &members.collect::<Vec<_>>(),
        panel.season(),
        config,
        threads,
    )
}

fn forecast_members(
    series: &[Member<'_>],
    season: usize,
    config: &Config,
    threads: usize,
) -> Timed {
    let start = Instant::now();
    let size = series.len().div_ceil(PARTITIONS).max(1);
    let parts: Vec<&[Member<'_>]> = series.chunks(size).collect();

    let totals = map(&parts, threads, |_, part| {
        GroupPartial::of(part.iter().copied())
    });
    let mut merged = GroupPartial::default();
    for part in &totals {
        merged.merge(part);
    }
    let groups = merged.finish();
    let scans: Vec<PoolPartial> = map(&parts, threads, |_, part| {
        scan(part.iter().copied(), season, config, &groups)
    });
    let mut partial = PoolPartial::default();
    for part in &scans {
        partial.merge(part);
    }
    let pool = partial.finish(&config.levels);
    let scan_seconds = start.elapsed().as_secs_f64();
    let finished = map(&parts, threads, |_, part| {
        finish(part.iter().copied(), season, config, &groups, &pool)
    });
    let finish_seconds = start.elapsed().as_secs_f64() - scan_seconds;
    let mut forecasts = Forecasts::new(config);
    for part in finished {
        forecasts.append(part);
    }
    Timed {
        forecasts,
        scan_seconds,
        finish_seconds,
    }
}

/// Applies `work` to every part, results in the order of the parts.
fn map<P: Sync, R: Send>(
    parts: &[P],
    threads: usize,
    work: impl Fn(usize, &P) -> R + Sync,
) -> Vec<R> {
    if threads <= 1 {
        return parts
            .iter()
            .enumerate()
            .map(|(place, part)| work(place, part))
            .collect();
    }
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(parts.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads.min(parts.len()) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(part) = parts.get(place) else { break };
                    let result = work(place, part);
                    results
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner)
                        .push((place, result));
                }
            });
        }
    });
    let mut results = results
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}
