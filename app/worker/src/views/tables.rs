//! Tables that are shown in windows.

use super::window::{order, read_by};
use super::{Shown, both};
use engine::plan::{PlacePlan, Plan, SeriesForecast};
use engine::replenish::Requirement;
use engine::units::{Amount, Qty};
use protocol::columns::pack;
use protocol::view::{RowsHead, RowsQuery, Table};
use protocol::{AppError, Code, Column, ColumnData, ProposalStatus, ViewData};

pub(super) fn rows(
    shown: Shown<'_>,
    query: &RowsQuery,
) -> Result<(ViewData, Vec<Vec<u8>>), AppError> {
    let plan = shown.plan;
    let (head, bufs) = match query.table {
        Table::Proposals => {
            let lines: Vec<_> = plan.proposals().collect();
            window(&lines, query, |rows, (place, requirement)| {
                proposal(rows, shown, place, requirement);
            })?
        }
        Table::Skus => window(&plan.places, query, |rows, place| {
            place_row(rows, plan, place)
        })?,
        Table::Forecasts => window(&plan.series, query, |rows, series| {
            forecast(rows, plan, series)
        })?,
        Table::Refused { .. } => return Err(Code::BadMessage.into()),
    };
    Ok((ViewData::Rows(head), bufs))
}

/// The asked window. Of all lines only the columns that filters and order read are made.
fn window<T>(
    lines: &[T],
    query: &RowsQuery,
    add: impl Fn(&mut Rows, &T),
) -> Result<(RowsHead, Vec<Vec<u8>>), AppError> {
    let read = read_by(query).into_iter().map(str::to_owned).collect();
    let mut all = Rows {
        only: Some(read),
        ..Rows::default()
    };
    lines.iter().for_each(|line| add(&mut all, line));
    let order = order(&all.finish(), lines.len(), query)?;
    let mut rows = Rows::default();
    let (from, len) = (query.from as usize, query.len as usize);
    let shown = order.iter().skip(from).take(len);
    for line in shown.filter_map(|row| lines.get(*row)) {
        add(&mut rows, line);
    }
    let (columns, bufs) = pack(&rows.finish());
    let head = RowsHead {
        total: u32::try_from(order.len()).unwrap_or(u32::MAX),
        from: query.from,
        columns,
    };
    Ok((head, bufs))
}

/// Builds columns row by row.
#[derive(Default)]
struct Rows {
    /// The columns to make; all if `None`.
    only: Option<Vec<String>>,
    texts: Vec<(&'static str, Vec<String>)>,
    figures: Vec<(&'static str, Vec<f64>)>,
}

impl Rows {
    fn has(&self, name: &str) -> bool {
        let only = self.only.as_ref();
        only.is_none_or(|only| only.iter().any(|wanted| wanted == name))
    }

    fn text<T: Into<String>>(&mut self, name: &'static str, value: impl FnOnce() -> T) {
        if !self.has(name) {
            return;
        }
        let value = value().into();
        match self.texts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, column)) => column.push(value),
            None => self.texts.push((name, vec![value])),
        }
    }

    /// A figure; not-a-number stands for absent.
    fn figure(&mut self, name: &'static str, value: Option<f64>) {
        if !self.has(name) {
            return;
        }
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

/// An order proposal: `proposal`, identity, `status`, `reason_*`, `steps`, `gate`, `gate_reasons`, `decision`;
/// `cover_before`, `cover_after`, `quantity`, `value`, `loss`, `level`, `safety_cover`.
fn proposal(rows: &mut Rows, shown: Shown<'_>, place: &PlacePlan, requirement: &Requirement) {
    let id = || shown.plan.proposal_id(place);
    let needs_decision = ["decision", "quantity", "value"]
        .iter()
        .any(|name| rows.has(name));
    let decision = needs_decision.then(|| shown.decisions.get(&id())).flatten();
    let changed = decision.and_then(|(_, quantity)| *quantity);
    let quantity = changed.map_or(requirement.quantity, |changed| {
        Qty::from_thousandths(changed).to_f64()
    });
    identity(rows, shown.plan, place);
    rows.text("proposal", id);
    rows.text("reason_zh", || place.reason_zh.clone());
    rows.text("reason_en", || place.reason_en.clone());
    rows.text("steps", || requirement.steps.join(";"));
    let gate = place.gate.as_ref();
    rows.text("gate", || gate.map_or("", |gate| gate.decision.code()));
    rows.text("gate_reasons", || {
        let codes = gate.map(|gate| gate.reasons.iter().map(|reason| reason.code()));
        codes.map_or_else(String::new, |codes| codes.collect::<Vec<_>>().join(";"))
    });
    rows.text("decision", || {
        decision.map_or("open", |(status, _)| decision_id(*status))
    });
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

/// A SKU in a warehouse.
fn place_row(rows: &mut Rows, plan: &Plan, place: &PlacePlan) {
    let position = place.position.as_ref();
    let cost = plan
        .catalog
        .sku(place.sku)
        .and_then(|sku| sku.unit_cost)
        .map(Amount::to_f64);
    let on_hand = position.map(|position| position.on_hand().to_f64());
    let cover = place.requirement.as_ref();
    identity(rows, plan, place);
    rows.figure("on_hand", on_hand);
    rows.figure(
        "available",
        position.map(|position| position.available().to_f64()),
    );
    rows.figure(
        "on_order",
        position.map(|position| position.on_order().to_f64()),
    );
    rows.figure("cover", cover.and_then(|needed| needed.cover_before));
    rows.figure("rate", Some(place.rate));
    rows.figure(
        "stock_value",
        on_hand.zip(cost).map(|(quantity, cost)| quantity * cost),
    );
    rows.figure("money", Some(place.verdict.value));
}

/// A series.
fn forecast(rows: &mut Rows, plan: &Plan, series: &SeriesForecast) {
    let catalog = &plan.catalog;
    let sku = catalog.sku(series.key.sku);
    let channel = catalog.channels.get(series.key.channel.index());
    let region = catalog.regions.get(series.key.region.index());
    let holdout = series.holdout;
    rows.text("sku", || sku.map_or("", |sku| &sku.code));
    rows.text("name_zh", || both(sku.map(|sku| &sku.names)).0);
    rows.text("name_en", || both(sku.map(|sku| &sku.names)).1);
    rows.text("channel", || channel.map_or("", |channel| &channel.code));
    rows.text("region", || region.map_or("", |region| &region.code));
    rows.text("model", || series.model.clone());
    rows.figure("rate", Some(series.rate()));
    rows.figure(
        "wape",
        (holdout.actual > 0.0).then(|| holdout.absolute_error / holdout.actual),
    );
    rows.figure("weeks", Some(f64::from(series.history_weeks)));
}

fn identity(rows: &mut Rows, plan: &Plan, place: &PlacePlan) {
    let sku = plan.catalog.sku(place.sku);
    let names = sku.map(|sku| &sku.names);
    let warehouse = plan.catalog.warehouses.get(place.warehouse.index());
    let site = warehouse.map(|warehouse| &warehouse.names);
    let category = sku.and_then(|sku| plan.catalog.categories.get(sku.category.index()));
    rows.text("sku", || sku.map_or("", |sku| &sku.code));
    rows.text("name_zh", || names.map_or("", |names| &names.zh));
    rows.text("name_en", || names.map_or("", |names| &names.en));
    rows.text("warehouse", || {
        warehouse.map_or("", |warehouse| &warehouse.code)
    });
    rows.text("warehouse_zh", || site.map_or("", |names| &names.zh));
    rows.text("warehouse_en", || site.map_or("", |names| &names.en));
    rows.text("category", || {
        category.map_or("", |category| &category.code)
    });
    rows.text("status", || place.verdict.status.as_str());
    rows.text("abc", || place.class.as_str());
}
