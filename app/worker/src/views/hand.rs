//! Decisions by hand and what calls for them: adjustments with their scores, outliers, goods
//! that hand over.

use super::{Shown, both};
use engine::dataset::TableId;
use engine::day::Day;
use engine::demand::SeriesKey;
use engine::plan::adjust::{Outlier, Score, Stockouts};
use engine::plan::view::{Grain, Scope, SeriesView, Slice};
use engine::plan::{HiddenWeek, Plan, SeriesForecast};
use engine::units::Qty;
use protocol::adjustment::{
    AdjustmentRow, AdjustmentScore, BothNames, HistoryWeek, OutlierRow, OutlierTable, Replacement,
    StockoutRow, StockoutTable, SuccessorLink,
};

/// Suggestions a table shows.
const ROWS_MAX: usize = 100;
/// What stock-outs hid of a week that is marked, as a share of its demand, and units: with less the
/// mark would lie on the history.
const VISIBLE_SHARE: f64 = 0.05;
const VISIBLE_UNITS: f64 = 0.5;

/// All adjustments, newest first.
pub(super) fn adjustments(shown: Shown<'_>, scope: Scope) -> Vec<AdjustmentRow> {
    let plan = shown.plan;
    let here = Slice::new(&plan.catalog, scope);
    let decisions = shown.hand.decisions();
    let mut rows = Vec::with_capacity(decisions.adjustments.len());
    for decided in decisions.adjustments.iter().rev() {
        let Some(adjustment) = shown.hand.adjustment(decided.id) else {
            continue;
        };
        let reach = decided.reach.scope(&plan.catalog);
        let effect = plan.effects.iter().find(|effect| effect.id == decided.id);
        let before = effect.map_or(0.0, |effect| {
            let totals = effect.totals.iter().map(|week| week.before.to_f64());
            totals.sum()
        });
        let score = plan.scores.iter().find(|score| score.id == decided.id);
        rows.push(AdjustmentRow {
            id: decided.id,
            adjustment: adjustment.clone(),
            names: reach.map_or_else(Default::default, |reach| names(plan, reach)),
            is_here: reach.is_some_and(|reach| Slice::new(&plan.catalog, reach).meets(&here)),
            standing: decided.standing(plan.as_of).as_str().to_owned(),
            series: effect.map_or(0, |effect| u32::try_from(effect.series).unwrap_or(u32::MAX)),
            units: effect.map_or(0.0, |effect| effect.units().to_f64()),
            before,
            money: effect.and_then(|effect| effect.money),
            score: score.map(score_of),
        });
    }
    rows
}

fn score_of(score: &Score) -> AdjustmentScore {
    AdjustmentScore {
        weeks: u32::try_from(score.weeks).unwrap_or(u32::MAX),
        actual: score.actual.to_f64(),
        before: score.before.to_f64(),
        after: score.after.to_f64(),
        helped: score.helped.to_f64(),
    }
}

pub(super) fn names(plan: &Plan, scope: Scope) -> [Option<BothNames>; 4] {
    let catalog = &plan.catalog;
    let category = scope.category.map(|id| {
        let category = catalog.categories.get(id.index());
        both(category.map(|it| &it.names))
    });
    let sku = scope
        .sku
        .map(|id| both(catalog.sku(id).map(|it| &it.names)));
    let channel = scope.channel.map(|id| {
        let channel = catalog.channels.get(id.index());
        both(channel.map(|it| &it.names))
    });
    let region = scope.region.map(|id| {
        let region = catalog.regions.get(id.index());
        both(region.map(|it| &it.names))
    });
    [category, sku, channel, region]
}

/// Weeks of a slice that stand out or are replaced.
pub(super) fn outliers(shown: Shown<'_>, scope: Scope) -> OutlierTable {
    let suggested = suggested(shown, scope);
    let count = u32::try_from(suggested.len()).unwrap_or(u32::MAX);
    let row = |(place, one): (HistoryWeek, &Outlier)| OutlierRow {
        names: names_of(shown.plan, one.key),
        place,
        actual: one.actual.to_f64(),
        typical: one.typical.to_f64(),
        deviations: Some(one.deviations),
        replacement: None,
    };
    let replaced =
        |(place, key, replacement): (&HistoryWeek, SeriesKey, &Replacement)| OutlierRow {
            names: names_of(shown.plan, key),
            place: place.clone(),
            actual: thousandths(replacement.original),
            typical: thousandths(replacement.value),
            deviations: None,
            replacement: Some(replacement.clone()),
        };
    let mut rows: Vec<OutlierRow> = replacements(shown, scope).map(replaced).collect();
    engine::order::sort_by(&mut rows, |a, b| b.place.week.cmp(&a.place.week));
    OutlierTable {
        suggested: suggested.into_iter().take(ROWS_MAX).map(row).collect(),
        count,
        replaced: rows,
    }
}

/// What is suggested in a slice and not decided yet, largest first.
fn suggested<'a>(shown: Shown<'a>, scope: Scope) -> Vec<(HistoryWeek, &'a Outlier)> {
    let has = has(shown.plan, scope);
    let mut found = Vec::new();
    for one in shown.plan.outliers.iter().filter(|one| has(one.key)) {
        if let Some(place) = place(shown.plan, one.key, one.week)
            && !shown.hand.is_replaced(&place)
        {
            found.push((place, one));
        }
    }
    found
}

fn place(plan: &Plan, key: SeriesKey, week: Day) -> Option<HistoryWeek> {
    let catalog = &plan.catalog;
    Some(HistoryWeek {
        sku: catalog.sku(key.sku)?.code.clone(),
        channel: catalog.channels.get(key.channel.index())?.code.clone(),
        region: catalog.regions.get(key.region.index())?.code.clone(),
        week: week.number(),
    })
}

/// The replaced weeks of a slice.
fn replacements<'a>(
    shown: Shown<'a>,
    scope: Scope,
) -> impl Iterator<Item = (&'a HistoryWeek, SeriesKey, &'a Replacement)> {
    let has = has(shown.plan, scope);
    let catalog = &shown.plan.catalog;
    let known = move |(place, replacement): &'a (HistoryWeek, Replacement)| {
        let key = SeriesKey {
            sku: catalog.sku_id(&place.sku)?,
            channel: catalog.channel_id(&place.channel)?,
            region: catalog.region_id(&place.region)?,
        };
        has(key).then_some((place, key, replacement))
    };
    shown.hand.history.iter().filter_map(known)
}

fn has(plan: &Plan, scope: Scope) -> impl Fn(SeriesKey) -> bool {
    let slice = Slice::new(&plan.catalog, scope);
    move |key| slice.has(key, plan.network.warehouse(key.region, key.channel))
}

fn names_of(plan: &Plan, key: SeriesKey) -> [BothNames; 3] {
    let scope = Scope {
        sku: Some(key.sku),
        channel: Some(key.channel),
        region: Some(key.region),
        ..Scope::default()
    };
    let [_, sku, channel, region] = names(plan, scope).map(Option::unwrap_or_default);
    [sku, channel, region]
}

fn thousandths(quantity: i64) -> f64 {
    Qty::from_thousandths(quantity).to_f64()
}

/// Three columns over all buckets of a series: what forecasts see of replaced weeks, the demand of
/// weeks that are suggested, for one SKU, and that of weeks in which stock-outs hid a good part.
/// Absent by day.
pub(super) fn marks(
    shown: Shown<'_>,
    scope: Scope,
    view: &SeriesView,
    grain: Grain,
) -> [Vec<f64>; 3] {
    let buckets = view.history.len() + view.mean.len();
    let mut replaced = vec![f64::NAN; buckets];
    let mut outlier = replaced.clone();
    let mut uncensored = replaced.clone();
    if grain == Grain::Day {
        return [replaced, outlier, uncensored];
    }
    let bucket = |week: i32| {
        let after = view
            .history_days
            .partition_point(|day| day.number() <= week);
        let bucket = after.checked_sub(1)?;
        Some((bucket, view.history.get(bucket)?.to_f64()))
    };
    for (place, _, replacement) in replacements(shown, scope) {
        if let Some((bucket, actual)) = bucket(place.week)
            && let Some(value) = replaced.get_mut(bucket)
        {
            let before = if value.is_nan() { actual } else { *value };
            *value = before + thousandths(replacement.value - replacement.original);
        }
    }
    if scope.sku.is_some() {
        for (place, _) in suggested(shown, scope) {
            if let Some((bucket, actual)) = bucket(place.week)
                && let Some(value) = outlier.get_mut(bucket)
            {
                *value = actual;
            }
        }
    }
    let mut hidden = vec![0.0; view.history.len()];
    for (_, week) in stockout_weeks(shown.plan, scope) {
        if let Some((bucket, _)) = bucket(week.week.number())
            && let Some(sum) = hidden.get_mut(bucket)
        {
            *sum += week.hidden.to_f64();
        }
    }
    for ((value, hidden), sold) in uncensored.iter_mut().zip(hidden).zip(&view.history) {
        let demand = sold.to_f64() + hidden;
        if hidden >= VISIBLE_SHARE * demand && hidden >= VISIBLE_UNITS {
            *value = demand;
        }
    }
    [replaced, outlier, uncensored]
}

/// The weeks of a slice in which goods were not always there.
fn stockout_weeks(
    plan: &Plan,
    scope: Scope,
) -> impl Iterator<Item = (SeriesKey, &HiddenWeek)> + use<'_> {
    let slice = Slice::new(&plan.catalog, scope);
    let here = move |series: &&SeriesForecast| slice.has(series.key, series.warehouse);
    let series = plan.series.iter().filter(here);
    series.flat_map(|series| series.hidden.iter().map(|week| (series.key, week)))
}

/// Those weeks as a table, the ones that hid most first.
pub(super) fn stockouts(shown: Shown<'_>, scope: Scope) -> StockoutTable {
    let plan = shown.plan;
    let mut weeks: Vec<(SeriesKey, &HiddenWeek)> = stockout_weeks(plan, scope).collect();
    let series = weeks.chunk_by(|a, b| a.0 == b.0).count();
    let sum = |part: fn(&HiddenWeek) -> Qty| {
        let parts = weeks.iter().map(|(_, week)| part(week).to_f64());
        parts.sum()
    };
    let (sold, hidden) = (sum(|week| week.sold), sum(|week| week.hidden));
    let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
    let (weeks_count, series) = (count(weeks.len()), count(series));
    engine::order::sort_by(&mut weeks, |(_, a), (_, b)| {
        b.hidden.cmp(&a.hidden).then(b.week.cmp(&a.week))
    });
    let row = |(key, week): &(SeriesKey, &HiddenWeek)| {
        let (low, high) = week.limits();
        Some(StockoutRow {
            place: place(plan, *key, week.week)?,
            names: names_of(plan, *key),
            seen: week.seen,
            sold: week.sold.to_f64(),
            demand: week.demand().to_f64(),
            limits: (low.to_f64(), high.to_f64()),
        })
    };
    StockoutTable {
        is_as_sold: plan.stockouts == Stockouts::AsSold,
        has_stock: shown.dataset.table(TableId::StockDaily).is_some(),
        weeks: weeks_count,
        series,
        sold,
        hidden,
        rows: weeks.iter().take(ROWS_MAX).filter_map(row).collect(),
    }
}

/// Goods before and after the one SKU of a slice.
pub(super) fn links(plan: &Plan, scope: Scope) -> Vec<SuccessorLink> {
    let mut links = Vec::new();
    let Some(own) = scope.sku else {
        return links;
    };
    for (index, sku) in plan.catalog.skus.iter().enumerate() {
        let (Some(next), Some(end)) = (sku.successor, sku.end) else {
            continue;
        };
        let is_next = index == own.index();
        let other = if is_next {
            plan.catalog.sku(next)
        } else {
            Some(sku)
        };
        if let Some(other) = other.filter(|_| is_next || next == own) {
            links.push(SuccessorLink {
                is_next,
                sku: other.code.clone(),
                names: both(Some(&other.names)),
                end: end.number(),
            });
        }
    }
    links
}
