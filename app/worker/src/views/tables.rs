//! Tables that are shown in windows.

use super::window::window;
use super::{Shown, both};
use engine::plan::{PlacePlan, Plan};
use engine::replenish::Requirement;
use engine::units::{Amount, Qty};
use protocol::view::{RowsQuery, Table};
use protocol::{AppError, Code, Column, ColumnData, ProposalStatus, ViewData};

pub(super) fn rows(
    shown: Shown<'_>,
    query: &RowsQuery,
) -> Result<(ViewData, Vec<Vec<u8>>), AppError> {
    let columns = match query.table {
        Table::Proposals => proposals(shown),
        Table::Skus => places(shown.plan),
        Table::Forecasts => forecasts(shown.plan),
        Table::Refused { .. } => return Err(Code::BadMessage.into()),
    };
    let (head, bufs) = window(&columns, query)?;
    Ok((ViewData::Rows(head), bufs))
}

/// Builds columns row by row.
#[derive(Default)]
struct Rows {
    texts: Vec<(&'static str, Vec<String>)>,
    figures: Vec<(&'static str, Vec<f64>)>,
}

impl Rows {
    fn text(&mut self, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        match self.texts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, column)) => column.push(value),
            None => self.texts.push((name, vec![value])),
        }
    }

    /// A figure; not-a-number stands for absent.
    fn figure(&mut self, name: &'static str, value: Option<f64>) {
        let value = value.unwrap_or(f64::NAN);
        match self.figures.iter_mut().find(|(known, _)| *known == name) {
            Some((_, column)) => column.push(value),
            None => self.figures.push((name, vec![value])),
        }
    }

    fn finish(self) -> Vec<Column> {
        let texts = self
            .texts
            .into_iter()
            .map(|(name, values)| Column::new(name, ColumnData::Text(values)));
        let figures = self
            .figures
            .into_iter()
            .map(|(name, values)| Column::new(name, ColumnData::F64(values)));
        texts.chain(figures).collect()
    }
}

/// One row an order proposal: `proposal`, identity, `status`, `reason_*`, `steps`, `decision`;
/// `cover_before`, `cover_after`, `quantity`, `value`, `loss`, `level`, `safety_cover`.
fn proposals(shown: Shown<'_>) -> Vec<Column> {
    let mut rows = Rows::default();
    for (place, requirement) in shown.plan.proposals() {
        proposal(&mut rows, shown, place, requirement);
    }
    rows.finish()
}

fn proposal(rows: &mut Rows, shown: Shown<'_>, place: &PlacePlan, requirement: &Requirement) {
    let id = shown.plan.proposal_id(place);
    let decision = shown.decisions.get(&id);
    let changed = decision.and_then(|(_, quantity)| *quantity);
    let quantity = changed.map_or(requirement.quantity, |changed| {
        Qty::from_thousandths(changed).to_f64()
    });
    identity(rows, shown.plan, place);
    rows.text("proposal", id);
    rows.text("reason_zh", place.reason_zh.clone());
    rows.text("reason_en", place.reason_en.clone());
    rows.text("steps", requirement.steps.join(";"));
    rows.text(
        "decision",
        decision.map_or("open", |(status, _)| decision_id(*status)),
    );
    rows.figure("cover_before", requirement.cover_before);
    rows.figure("cover_after", requirement.cover_after);
    rows.figure("quantity", requirement.position.map(|_| quantity));
    rows.figure(
        "proposed",
        requirement.position.map(|_| requirement.quantity),
    );
    rows.figure("value", place.price.map(|price| price.to_f64() * quantity));
    rows.figure("loss", Some(requirement.loss_per_day));
    rows.figure("level", Some(requirement.level));
    rows.figure(
        "safety_cover",
        (place.rate > 0.0).then(|| requirement.safety_stock / place.rate),
    );
}

/// The id of a decision in columns.
const fn decision_id(status: ProposalStatus) -> &'static str {
    match status {
        ProposalStatus::Open => "open",
        ProposalStatus::Approved => "approved",
        ProposalStatus::Rejected => "rejected",
        ProposalStatus::Snoozed => "snoozed",
    }
}

/// One row a SKU in a warehouse.
fn places(plan: &Plan) -> Vec<Column> {
    let mut rows = Rows::default();
    for place in &plan.places {
        let position = place.position.as_ref();
        let cost = plan
            .catalog
            .sku(place.sku)
            .and_then(|sku| sku.unit_cost)
            .map(Amount::to_f64);
        let on_hand = position.map(|position| position.on_hand().to_f64());
        identity(&mut rows, plan, place);
        rows.figure("on_hand", on_hand);
        rows.figure(
            "available",
            position.map(|position| position.available().to_f64()),
        );
        rows.figure(
            "on_order",
            position.map(|position| position.on_order().to_f64()),
        );
        rows.figure(
            "cover",
            place
                .requirement
                .as_ref()
                .and_then(|requirement| requirement.cover_before),
        );
        rows.figure("rate", Some(place.rate));
        rows.figure(
            "stock_value",
            on_hand.zip(cost).map(|(quantity, cost)| quantity * cost),
        );
        rows.figure("money", Some(place.verdict.value));
    }
    rows.finish()
}

/// One row a series.
fn forecasts(plan: &Plan) -> Vec<Column> {
    let mut rows = Rows::default();
    let catalog = &plan.catalog;
    for series in &plan.series {
        let sku = catalog.sku(series.key.sku);
        let (name_zh, name_en) = both(sku.map(|sku| &sku.names));
        let channel = catalog.channels.get(series.key.channel.index());
        let region = catalog.regions.get(series.key.region.index());
        let month: f64 = series.mean.iter().take(4).map(|week| week.to_f64()).sum();
        let holdout = series.holdout;
        rows.text("sku", sku.map_or("", |sku| &sku.code));
        rows.text("name_zh", name_zh);
        rows.text("name_en", name_en);
        rows.text("channel", channel.map_or("", |channel| &channel.code));
        rows.text("region", region.map_or("", |region| &region.code));
        rows.text("model", series.model.clone());
        rows.figure("rate", Some(month / 4.0));
        rows.figure(
            "wape",
            (holdout.actual > 0.0).then(|| holdout.absolute_error / holdout.actual),
        );
        rows.figure("weeks", Some(f64::from(series.history_weeks)));
    }
    rows.finish()
}

fn identity(rows: &mut Rows, plan: &Plan, place: &PlacePlan) {
    let sku = plan.catalog.sku(place.sku);
    let warehouse = plan.catalog.warehouses.get(place.warehouse.index());
    let category = sku.and_then(|sku| plan.catalog.categories.get(sku.category.index()));
    let (name_zh, name_en) = both(sku.map(|sku| &sku.names));
    let (warehouse_zh, warehouse_en) = both(warehouse.map(|warehouse| &warehouse.names));
    rows.text("sku", sku.map_or("", |sku| &sku.code));
    rows.text("name_zh", name_zh);
    rows.text("name_en", name_en);
    rows.text(
        "warehouse",
        warehouse.map_or("", |warehouse| &warehouse.code),
    );
    rows.text("warehouse_zh", warehouse_zh);
    rows.text("warehouse_en", warehouse_en);
    rows.text("category", category.map_or("", |category| &category.code));
    rows.text("status", place.verdict.status.as_str());
    rows.text("abc", place.class.as_str());
}
