//! How forecasts come about.

use super::accuracy::{ROWS_MAX, attribute};
use super::{Shown, both};
use engine::dataset::Dataset;
use engine::day::Day;
use engine::forecast::{DemandClass, Holdout, Inspection, MODELS, ModelDef, ModelKind, Tried};
use engine::plan::adjust::Decisions;
use engine::plan::launch::LAUNCH;
use engine::plan::view::{
    Attribute, CutRow, Grain, Scope, Slice, attribution_by, ladder_by, parts_view, series_view,
};
use engine::plan::{
    Attribution, Cause, ErrorShares, LADDER_WEEKS, LAG_WEEKS, Ladder, Part, Plan, Replays, Rung,
    Versions,
};
use protocol::AppError;
use protocol::view::{
    DemandCard, ForecastPart, LadderRung, ModelRow, ModelTable, PartsTable, StepsRow, StepsTable,
    VersionTable,
};

/// What the forecast of a slice is made of.
pub(super) fn parts(plan: &Plan, scope: Scope) -> PartsTable {
    let sums = parts_view(plan, scope);
    let part = |part: &Part| ForecastPart {
        part: part.as_str().to_owned(),
        units: sums
            .iter()
            .filter_map(|parts| parts.get(*part as usize))
            .map(|units| units.thousandths())
            .collect(),
    };
    let slice = Slice::new(&plan.catalog, scope);
    let inside = plan.series.iter();
    let series = inside.filter(|one| slice.has(one.key, one.warehouse));
    let streams = [
        ("events", plan.streams.has_events),
        ("price", plan.streams.has_prices),
        ("campaign", plan.streams.has_campaign),
        ("pipeline", plan.streams.has_pipeline),
        ("signals", plan.streams.has_signals),
    ];
    let left_out = streams.into_iter().filter(|(_, counts)| !counts);
    PartsTable {
        weeks: (0..sums.len())
            .map(|week| plan.week_start(week).number())
            .collect(),
        parts: Part::ALL.iter().map(part).collect(),
        series: u32::try_from(series.count()).unwrap_or(u32::MAX),
        left_out: left_out.map(|(name, _)| name.to_owned()).collect(),
    }
}

/// Which models forecast a slice, and how they do.
pub(super) fn models(shown: Shown<'_>, scope: Scope) -> ModelTable {
    let plan = shown.plan;
    let slice = Slice::new(&plan.catalog, scope);
    let inside = plan.series.iter();
    let inside = inside.filter(|one| slice.has(one.key, one.warehouse));
    let mut found: Vec<(u32, Holdout)> = vec![(0, Holdout::default()); MODELS.len()];
    let mut count = 0;
    let mut first = None;
    for series in inside {
        count += 1;
        first.get_or_insert(series.key);
        let place = MODELS.iter().position(|model| model.id == series.model);
        if let Some((count, holdout)) = place.and_then(|place| found.get_mut(place)) {
            *count += 1;
            holdout.merge(&series.holdout);
        }
    }
    let row = |(model, (series, holdout)): (&ModelDef, (u32, Holdout))| ModelRow {
        model: model.id.to_owned(),
        source: model.source.to_owned(),
        is_benchmark: model.kind == ModelKind::Benchmark,
        series,
        weight: f64::from(series) / f64::from(u32::max(count, 1)),
        wape: (holdout.actual > 0.0).then(|| holdout.absolute_error / holdout.actual),
        ..ModelRow::default()
    };
    let of_models: u32 = found.iter().map(|(series, _)| series).sum();
    let mut rows: Vec<ModelRow> = MODELS.iter().zip(found).map(row).collect();
    if of_models < count {
        // New items are forecast by launches, which no model of the registry is.
        let series = count - of_models;
        rows.push(ModelRow {
            model: LAUNCH.to_owned(),
            series,
            weight: f64::from(series) / f64::from(count),
            ..ModelRow::default()
        });
    }
    let mut table = ModelTable {
        series: count,
        rows,
        card: None,
    };
    let single = first.filter(|_| count == 1 && of_models == 1);
    let card = single.and_then(|key| {
        let decisions = shown.hand.decisions();
        plan.inspect(shown.dataset, &decisions, key)
    });
    if let Some(card) = card {
        show_card(&card, &mut table);
    }
    table
}

fn show_card(card: &Inspection, table: &mut ModelTable) {
    let row = |tried: &Tried| ModelRow {
        model: tried.id.to_owned(),
        source: tried.source.to_owned(),
        is_benchmark: tried.is_benchmark,
        series: u32::from(tried.weight > 0.0),
        weight: tried.weight,
        wape: tried.wape,
        mase: tried.mase,
        origins: u32::try_from(tried.origins).unwrap_or(u32::MAX),
    };
    table.rows = card.tried.iter().map(row).collect();
    table.card = Some(DemandCard {
        class: card.class.as_str().to_owned(),
        interval: card.shape.map(|it| it.interval),
        variation: card.shape.map_or(0.0, |it| it.variation),
        limits: (DemandClass::INTERVAL_LIMIT, DemandClass::VARIATION_LIMIT),
    });
}

/// The ladder of a slice, when its forecasts are made; how far they are until then.
///
/// # Errors
/// `UnknownName` for codes the plan does not know.
pub(crate) fn ladder(
    (plan, decisions): (&Plan, &Decisions),
    replays: &Replays,
    scope: &protocol::view::Scope,
    by: &str,
) -> Result<StepsTable, AppError> {
    let (scope, attribute) = (super::resolve(&plan.catalog, scope)?, attribute(by)?);
    let mut table = begun(replays.progress());
    if !replays.is_done() {
        return Ok(table);
    }
    let ladder = replays.ladder(plan, decisions, scope);
    table.slice.counts = (small(ladder.series), small(ladder.cells));
    table.slice.actual = ladder.actual;
    let rungs = Rung::ALL.iter().zip(ladder.errors);
    let rungs = rungs.map(|(rung, error)| LadderRung {
        rung: rung.as_str().to_owned(),
        error,
    });
    table.slice.rungs = rungs.collect();
    let row = |row: &CutRow<Ladder>| StepsRow {
        code: row.code.clone(),
        names: both(Some(&row.names)),
        actual: row.sums.actual,
        error: row.sums.errors.last().copied().unwrap_or(0.0),
        steps: row.sums.errors.to_vec(),
    };
    let rows = ladder_by((plan, decisions), replays, scope, attribute);
    table.rows = rows.iter().take(ROWS_MAX).map(row).collect();
    Ok(table)
}

/// A table whose forecasts are made so far.
fn begun((done, all): (usize, usize)) -> StepsTable {
    let mut table = StepsTable::default();
    table.slice.progress = (small(done), small(all));
    table.slice.weeks = (small(LADDER_WEEKS), small(LAG_WEEKS));
    table
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Noise, on which the other causes of an error stand.
const CAUSES: [Cause; Cause::ALL.len()] = [
    Cause::Noise,
    Cause::Level,
    Cause::Season,
    Cause::Events,
    Cause::Price,
    Cause::Signals,
];

/// Why the forecasts of a slice missed, once that is known; how far it is until then.
///
/// # Errors
/// `UnknownName` for codes the plan does not know.
pub(crate) fn attribution(
    plan: &Plan,
    attribution: &Attribution,
    scope: &protocol::view::Scope,
    by: &str,
) -> Result<StepsTable, AppError> {
    let (scope, attribute) = (super::resolve(&plan.catalog, scope)?, attribute(by)?);
    let mut table = begun(attribution.progress());
    if !attribution.is_done() {
        return Ok(table);
    }
    let whole = attribution_by(plan, attribution, scope, Attribute::All);
    let whole = whole.first().map(|row| row.sums).unwrap_or_default();
    let mut error = 0.0;
    let rung = |cause: Cause| {
        error += whole.of(cause);
        LadderRung {
            rung: cause.as_str().to_owned(),
            error,
        }
    };
    table.slice.counts = (small(whole.series), small(whole.cells));
    table.slice.actual = whole.actual;
    table.slice.rungs = CAUSES.map(rung).to_vec();
    let row = |row: &CutRow<ErrorShares>| StepsRow {
        code: row.code.clone(),
        names: both(Some(&row.names)),
        actual: row.sums.actual,
        error: row.sums.error,
        steps: CAUSES.map(|cause| row.sums.of(cause)).to_vec(),
    };
    let rows = attribution_by(plan, attribution, scope, attribute);
    table.rows = rows.iter().take(ROWS_MAX).map(row).collect();
    Ok(table)
}

/// Weeks of history whose versions can be asked for.
pub(crate) const WEEKS_BACK: i32 = 13;

/// What was forecast for the week that begins on a day, and when, once it is made.
///
/// # Errors
/// `UnknownName` for codes the plan does not know.
pub(crate) fn versions(
    (plan, dataset): (&Plan, &Dataset),
    made: &Versions,
    scope: &protocol::view::Scope,
    (week, dates): (Day, &[Day]),
) -> Result<VersionTable, AppError> {
    let scope = super::resolve(&plan.catalog, scope)?;
    let (done, all) = made.progress(dates);
    let back = (1..=WEEKS_BACK).map(|back| (plan.as_of + 1 + -7 * back).number());
    let mut table = VersionTable {
        progress: (small(done), small(all)),
        weeks: back.collect(),
        ..VersionTable::default()
    };
    if made.has_all(dates) {
        let lags = (1..=dates.len()).rev();
        for (date, lag) in dates.iter().zip(lags) {
            if let Some(units) = made.forecast(plan, scope, (*date, week)) {
                let units = units.thousandths();
                table.versions.push((date.number(), small(lag), units));
            }
        }
        let back = usize::try_from((plan.as_of - week) / 7).unwrap_or(0) + 1;
        let history = series_view(plan, dataset, scope, Grain::Week, back).history;
        let whole = history.len() == back;
        let actual = history.first().filter(|_| whole);
        table.actual = actual.map_or(0, |units| units.thousandths());
    }
    Ok(table)
}
