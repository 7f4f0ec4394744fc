//! The files a plan writes, and its hash over their bytes.

use std::io::{self, Write};

use super::decide::PlacePlan;
use super::outcome::Plan;
use super::planned::SeriesForecast;
use crate::dataset::{CsvWriter, Hash};
use crate::demand::SeriesKey;
use crate::kpi::{KPIS, KpiDef, KpiValue};
use crate::replenish::{GateVerdict, Requirement};
use crate::stock::Bucket;
use crate::units::{Amount, Qty};

/// One file of a plan.
pub struct OutputFile {
    /// File name.
    pub name: &'static str,
    /// Writes it as canonical CSV.
    pub write: fn(&Plan, &mut dyn Write) -> io::Result<()>,
}

/// Every file of a plan, in hashing order.
pub const fn output_files() -> &'static [OutputFile] {
    &[
        OutputFile {
            name: "forecast.csv",
            write: write_forecast,
        },
        OutputFile {
            name: "censored.csv",
            write: write_censored,
        },
        OutputFile {
            name: "proposals.csv",
            write: write_proposals,
        },
        OutputFile {
            name: "availability.csv",
            write: write_availability,
        },
        OutputFile {
            name: "kpis.csv",
            write: write_kpis,
        },
    ]
}

/// BLAKE3-256 over engine version, dataset hash, seed and the bytes of every output file.
///
/// The base plan has no scenario: the place of a scenario's hash holds zeros.
pub fn plan_hash(plan: &Plan) -> Hash {
    let mut sink = HashSink(blake3::Hasher::new());
    sink.0.update(env!("CARGO_PKG_VERSION").as_bytes());
    sink.0.update(&plan.dataset_hash.0);
    sink.0.update(&Hash::default().0);
    sink.0.update(&plan.settings.seed.to_le_bytes());
    for file in output_files() {
        sink.0.update(file.name.as_bytes());
        // Writing into a hasher cannot fail.
        if (file.write)(plan, &mut sink).is_err() {
            return Hash::default();
        }
    }
    Hash(*sink.0.finalize().as_bytes())
}

struct HashSink(blake3::Hasher);

impl Write for HashSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_forecast(plan: &Plan, target: &mut dyn Write) -> io::Result<()> {
    let mut writer = CsvWriter::new(target);
    writer.write_record([
        "sku", "channel", "region", "date", "mean", "lo80", "hi80", "lo95", "hi95", "model",
    ])?;
    for series in &plan.series {
        write_series(plan, series, &mut writer)?;
    }
    writer.flush()
}

fn write_series(
    plan: &Plan,
    series: &SeriesForecast,
    writer: &mut CsvWriter<&mut dyn Write>,
) -> io::Result<()> {
    let [sku, channel, region] = plan.codes(series.key);
    for (week, mean) in series.planned().iter().enumerate() {
        let limits = [&series.lo80, &series.hi80, &series.lo95, &series.hi95];
        let [lo80, hi80, lo95, hi95] = limits.map(|limits| series.limit(limits, week));
        let date = plan.week_start(week).to_string();
        let figures = [*mean, lo80, hi80, lo95, hi95].map(|qty| qty.to_string());
        let fields = [sku, channel, region, date.as_str()]
            .into_iter()
            .chain(figures.iter().map(String::as_str));
        writer.write_record(fields.chain([series.model.as_str()]))?;
    }
    Ok(())
}

/// Weeks in which goods were not always there: `seen` is the share of the week in which they were,
/// `demand` what was sold and what the rest of the week hid, with the limits of 80 %.
fn write_censored(plan: &Plan, target: &mut dyn Write) -> io::Result<()> {
    let mut writer = CsvWriter::new(target);
    writer.write_record([
        "sku", "channel", "region", "week", "seen", "sold", "demand", "lo80", "hi80",
    ])?;
    for series in &plan.series {
        let [sku, channel, region] = plan.codes(series.key);
        for week in &series.hidden {
            let seen = Qty::round_from_f64(f64::from(week.seen)).to_string();
            let (low, high) = week.limits();
            let figures = [week.sold, week.demand(), low, high].map(|qty| qty.to_string());
            let date = week.week.to_string();
            let fields = [sku, channel, region, date.as_str(), seen.as_str()]
                .into_iter()
                .chain(figures.iter().map(String::as_str));
            writer.write_record(fields)?;
        }
    }
    writer.flush()
}

const PROPOSAL_COLUMNS: [&str; 18] = [
    "proposal",
    "kind",
    "sku",
    "warehouse",
    "origin",
    "supplier",
    "quantity",
    "order_on",
    "due_on",
    "value",
    "currency",
    "reason_codes",
    "reason_zh",
    "reason_en",
    "gate",
    "status",
    "loss_per_day",
    "order_up_to",
];

fn write_proposals(plan: &Plan, target: &mut dyn Write) -> io::Result<()> {
    let mut writer = CsvWriter::new(target);
    writer.write_record(PROPOSAL_COLUMNS)?;
    for (place, requirement) in plan.proposals() {
        writer.write_record(proposal_row(plan, place, requirement))?;
    }
    writer.flush()
}

impl Plan {
    /// Codes of SKU, channel and region.
    pub(super) fn codes(&self, key: SeriesKey) -> [&str; 3] {
        let catalog = &self.catalog;
        let channel = catalog.channels.get(key.channel.index());
        let region = catalog.regions.get(key.region.index());
        [
            catalog.sku(key.sku).map_or("", |sku| &sku.code),
            channel.map_or("", |channel| &channel.code),
            region.map_or("", |region| &region.code),
        ]
    }

    /// The places with something to order or to decide, by SKU then warehouse: an order
    /// quantity, a conflict, or a level where no stock picture is known.
    pub fn proposals(&self) -> impl Iterator<Item = (&PlacePlan, &Requirement)> {
        self.places.iter().filter_map(|place| {
            let requirement = place.requirement.as_ref()?;
            let is_unknown = requirement.position.is_none() && requirement.level > 0.0;
            let is_conflict = requirement
                .steps
                .iter()
                .any(|step| step == "CONFLICT_MOQ_GT_CAP");
            (requirement.quantity > 0.0 || is_unknown || is_conflict)
                .then_some((place, requirement))
        })
    }

    /// The stable id of a place's proposal.
    pub fn proposal_id(&self, place: &PlacePlan) -> String {
        let warehouse = self.catalog.warehouses.get(place.warehouse.index());
        let sku = self.catalog.sku(place.sku);
        format!(
            "PO-{}-{}",
            warehouse.map_or("", |w| &w.code),
            sku.map_or("", |sku| &sku.code)
        )
    }
}

/// Codes of a proposal: status, steps of the quantity, remarks.
pub(super) fn reason_codes(place: &PlacePlan, requirement: &Requirement) -> String {
    let status = place.verdict.status.as_str().to_ascii_uppercase();
    let mut codes = vec![if requirement.position.is_none() {
        "NO_STOCK_DATA".to_owned()
    } else {
        status
    }];
    codes.extend(requirement.steps.iter().cloned());
    if place.is_default_lead {
        codes.push("W_DEFAULT_LEAD_TIME".to_owned());
    }
    codes.join(";")
}

fn proposal_row(plan: &Plan, place: &PlacePlan, requirement: &Requirement) -> Vec<String> {
    let catalog = &plan.catalog;
    let order_on = plan.as_of + 1;
    let lead = crate::num::floor_count(place.lead_days.ceil());
    let quantity = Qty::round_from_f64(requirement.quantity);
    let supplier = place
        .supplier
        .and_then(|id| catalog.suppliers.get(id.index()));
    let value = place
        .price
        .map(|price| Amount::round_from_f64(requirement.quantity * price.to_f64()));
    let is_known = requirement.position.is_some();
    let known = |text: String| if is_known { text } else { String::new() };
    vec![
        plan.proposal_id(place),
        "po".to_owned(),
        catalog
            .sku(place.sku)
            .map_or(String::new(), |sku| sku.code.clone()),
        catalog
            .warehouses
            .get(place.warehouse.index())
            .map_or(String::new(), |w| w.code.clone()),
        String::new(),
        supplier.map_or(String::new(), |supplier| supplier.code.clone()),
        known(quantity.to_string()),
        order_on.to_string(),
        (order_on + i32::try_from(lead).unwrap_or(0)).to_string(),
        known(value.map_or(String::new(), |value| value.to_string())),
        plan.currency.clone(),
        reason_codes(place, requirement),
        place.reason_zh.clone(),
        place.reason_en.clone(),
        place
            .gate
            .as_ref()
            .map_or_else(String::new, GateVerdict::words),
        "proposed".to_owned(),
        Amount::round_from_f64(requirement.loss_per_day).to_string(),
        Qty::round_from_f64(requirement.level).to_string(),
    ]
}

fn write_availability(plan: &Plan, target: &mut dyn Write) -> io::Result<()> {
    let mut writer = CsvWriter::new(target);
    let buckets = Bucket::ALL.iter().map(|bucket| bucket.as_str());
    let columns = ["sku", "warehouse"].into_iter().chain(buckets);
    writer.write_record(columns.chain(["on_order", "on_hand", "available", "atp_date"]))?;
    for (sku, warehouse, position) in plan.positions.iter() {
        let sku = plan.catalog.sku(sku).map_or("", |sku| &sku.code);
        let warehouse = plan
            .catalog
            .warehouses
            .get(warehouse.index())
            .map_or("", |w| &w.code);
        writer.write_field(sku);
        writer.write_field(warehouse);
        for bucket in Bucket::ALL {
            writer.write_field(&position.bucket(bucket).to_string());
        }
        let mut left = position.available();
        let mut date = (left > Qty::ZERO).then_some(plan.as_of);
        for arrival in &position.arrivals {
            left += arrival.quantity;
            date = date.or((left > Qty::ZERO).then_some(arrival.due));
        }
        let date = date.map_or(String::new(), |day| day.to_string());
        writer.write_record([
            position.on_order().to_string(),
            position.on_hand().to_string(),
            position.available().to_string(),
            date,
        ])?;
    }
    writer.flush()
}

fn write_kpis(plan: &Plan, target: &mut dyn Write) -> io::Result<()> {
    let mut writer = CsvWriter::new(target);
    writer.write_record([
        "kpi",
        "scope",
        "value",
        "unit",
        "window_from",
        "window_to",
        "target",
        "note",
    ])?;
    for (def, value) in KPIS.iter().zip(&plan.kpis) {
        writer.write_record(kpi_row(def, value))?;
    }
    writer.flush()
}

fn kpi_row(def: &KpiDef, value: &KpiValue) -> [String; 8] {
    let number =
        |value: Option<f64>| value.map_or(String::new(), |v| Amount::round_from_f64(v).to_string());
    let day = |day: Option<crate::day::Day>| day.map_or(String::new(), |day| day.to_string());
    let note: Vec<String> = value
        .measure
        .missing
        .iter()
        .map(ToString::to_string)
        .collect();
    [
        def.id.to_owned(),
        "all".to_owned(),
        number(value.measure.value),
        def.unit.as_str().to_owned(),
        day(value.window.map(|window| window.from)),
        day(value.window.map(|window| window.to)),
        number(def.target),
        note.join("; "),
    ]
}
