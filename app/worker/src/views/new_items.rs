//! New items: what may be launched, what it may follow, what comes of it.

use super::{Shown, both};
use engine::day::Day;
use engine::ids::SkuId;
use engine::plan::Plan;
use engine::plan::launch::{Draft, ItemForecast, LaunchedItem, NEW_DAYS};
use engine::plan::view::{Analogue, new_item};
use engine::units::Amount;
use protocol::new_items::{
    AnalogueRow, Launch, LaunchRow, NewItemDesk, NewItemDraft, NewItemGoods, NewItemPreview,
};

/// Weeks of the preview.
const WEEKS: usize = 26;
/// The level of analogues as it is, in hundredths of a per cent.
const AS_IT_IS: i64 = 10_000;

/// Everything at once: the screen shows it on one page.
pub(super) fn desk(shown: Shown<'_>, asked: &NewItemDraft) -> NewItemDesk {
    let plan = shown.plan;
    let catalog = &plan.catalog;
    let draft = draft(plan, asked);
    let found = new_item(plan, shown.dataset, &draft);
    let categories = catalog.categories.iter();
    let channels = catalog.channels.iter();
    let is_asked = asked.sku.is_some() || asked.category.is_some();
    let forecast = found.forecast.as_ref().filter(|_| is_asked);
    NewItemDesk {
        candidates: candidates(plan),
        categories: categories
            .map(|it| (it.code.clone(), both(Some(&it.names))))
            .collect(),
        channels: channels
            .map(|it| (it.code.clone(), both(Some(&it.names))))
            .collect(),
        suggestions: found.analogues.iter().map(|one| row(plan, one)).collect(),
        learnt: u32::try_from(found.learnt).unwrap_or(u32::MAX),
        preview: forecast.map(|forecast| preview(plan, forecast)),
        planned: planned(shown),
        unknown: {
            let codes = asked.analogues.iter();
            let unknown = codes.filter(|code| catalog.sku_id(code).is_none());
            unknown.cloned().collect()
        },
    }
}

fn draft(plan: &Plan, asked: &NewItemDraft) -> Draft {
    let catalog = &plan.catalog;
    let sku = asked.sku.as_ref().and_then(|code| catalog.sku_id(code));
    let known = sku.and_then(|sku| catalog.sku(sku));
    let category = asked
        .category
        .as_ref()
        .and_then(|code| catalog.category_id(code));
    let analogues = asked
        .analogues
        .iter()
        .filter_map(|code| catalog.sku_id(code));
    let channels = asked
        .channels
        .iter()
        .filter_map(|code| catalog.channel_id(code));
    Draft {
        sku,
        category: known.map(|sku| sku.category).or(category),
        price: known
            .and_then(|sku| sku.list_price)
            .or_else(|| asked.price.map(Amount::from_millionths)),
        from: asked.from.map_or(plan.as_of + 1, Day::from_number),
        analogues: analogues.collect(),
        channels: channels.collect(),
        level: if asked.level == 0 {
            AS_IT_IS
        } else {
            asked.level
        },
        is_decided: true,
    }
}

/// Goods of the catalog without history, or with a short one.
fn candidates(plan: &Plan) -> Vec<NewItemGoods> {
    let weeks = u32::try_from(NEW_DAYS / 7).unwrap_or(0);
    let catalog = &plan.catalog;
    let mut is_old = vec![false; catalog.skus.len()];
    for series in plan
        .series
        .iter()
        .filter(|series| series.history_weeks >= weeks)
    {
        if let Some(flag) = is_old.get_mut(series.key.sku.index()) {
            *flag = true;
        }
    }
    for next in catalog.skus.iter().filter_map(|sku| sku.successor) {
        // Goods that take over from others learn from those.
        if let Some(flag) = is_old.get_mut(next.index()) {
            *flag = true;
        }
    }
    let new = catalog
        .skus
        .iter()
        .zip(is_old)
        .filter(|(_, is_old)| !is_old);
    new.map(|(sku, _)| NewItemGoods {
        sku: sku.code.clone(),
        names: both(Some(&sku.names)),
    })
    .collect()
}

fn row(plan: &Plan, analogue: &Analogue) -> AnalogueRow {
    let sku = plan.catalog.sku(analogue.sku);
    AnalogueRow {
        sku: sku.map_or_else(String::new, |sku| sku.code.clone()),
        names: both(sku.map(|sku| &sku.names)),
        is_same_category: analogue.is_same_category,
        price_ratio: analogue.price_ratio,
        launch: analogue.launch.map(Day::number),
        level: analogue.level,
        ramp: analogue.ramp.clone(),
    }
}

fn preview(plan: &Plan, forecast: &ItemForecast) -> NewItemPreview {
    let mut mean = vec![0.0; plan.settings.horizon_weeks as usize];
    for series in &forecast.series {
        for (sum, units) in mean.iter_mut().zip(&series.mean) {
            *sum += units;
        }
    }
    mean.truncate(WEEKS);
    let limits: Vec<(f64, f64)> = mean
        .iter()
        .map(|mean| forecast.total.limits(*mean, 0.80))
        .collect();
    let curve = forecast.curve.weeks.iter();
    NewItemPreview {
        curve: curve.map(|week| (week.mean, week.low, week.high)).collect(),
        days: (0..mean.len())
            .map(|week| plan.week_start(week).number())
            .collect(),
        low: limits.iter().map(|(low, _)| *low).collect(),
        high: limits.iter().map(|(_, high)| *high).collect(),
        mean,
        expected: forecast.series.iter().map(|series| series.expected).sum(),
        level: forecast.total.mean,
        sold: forecast.series.iter().map(|series| series.sold).sum(),
        series: u32::try_from(forecast.series.len()).unwrap_or(u32::MAX),
    }
}

/// New items of the plan, and those that were decided and are none any more.
fn planned(shown: Shown<'_>) -> Vec<LaunchRow> {
    let plan = shown.plan;
    let mut rows = Vec::new();
    for (code, launch) in &shown.hand.launches {
        let sku = plan.catalog.sku_id(code);
        let item = plan.launches.iter().find(|item| Some(item.sku) == sku);
        rows.push(launch_row(plan, code, (item, Some(launch))));
    }
    for item in plan.launches.iter().filter(|item| !item.draft.is_decided) {
        let code = plan
            .catalog
            .sku(item.sku)
            .map_or("", |sku| sku.code.as_str());
        rows.push(launch_row(plan, code, (Some(item), None)));
    }
    rows
}

fn launch_row(
    plan: &Plan,
    code: &str,
    (item, launch): (Option<&LaunchedItem>, Option<&Launch>),
) -> LaunchRow {
    let catalog = &plan.catalog;
    let names = |sku: Option<SkuId>| both(sku.and_then(|sku| catalog.sku(sku)).map(|it| &it.names));
    let decided = launch.map_or(&[][..], |launch| &launch.analogues);
    LaunchRow {
        sku: code.to_owned(),
        names: names(catalog.sku_id(code)),
        from: item
            .map(|item| item.draft.from.number())
            .or(launch.map(|launch| launch.from))
            .unwrap_or_default(),
        analogues: decided
            .iter()
            .map(|code| names(catalog.sku_id(code)))
            .collect(),
        expected: item.map(|item| item.expected),
        level: item.map(|item| item.level),
        sold: item.map_or(0.0, |item| item.sold),
        launch: launch.cloned(),
    }
}
