//! `ballast plan`: a dataset folder in, forecasts, proposals and key figures out.

use super::Failure;
use crate::decisions::decided;
use crate::files;
use crate::folder::{read_dataset, write_file};
use engine::dataset::{CsvWriter, Dataset, TableId};
use engine::day::Day;
use engine::issue::Issue;
use engine::plan::adjust::{Decisions, Standing, Stockouts};
use engine::plan::{
    Cache, Job, Plan, Run, Scratch, Settings, Streams, execute, output_files, plan_hash,
    write_parts,
};
use engine::units::{Amount, Qty};
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

/// Plan a dataset folder.
#[derive(clap::Args)]
pub struct PlanCommand {
    /// Dataset folder (docs/formats.md).
    #[arg(long)]
    data: PathBuf,
    /// Folder the results are written to; made if it is not there.
    #[arg(long)]
    out: PathBuf,
    /// Threads to compute with; changes no byte of the results.
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Weeks to forecast.
    #[arg(long, default_value_t = 26, value_parser = clap::value_parser!(u32).range(1..=104))]
    weeks: u32,
    /// Decisions by hand to plan with, as CSV or JSON (docs/overrides.md).
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Date to plan from in the place of the dataset's (YYYY-MM-DD): the forecast as it was. Stock
    /// stays that of the dataset.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Day>,
    /// Streams of demand to leave out of the weeks ahead.
    #[arg(long, value_name = "STREAM", value_parser = ["events", "price", "signals", "campaign", "pipeline"])]
    without: Vec<String>,
    /// Take sales of weeks with stock-outs for demand, in the place of estimating what they hid.
    #[arg(long)]
    as_sold: bool,
    /// Also write what every forecast is made of: `forecast_parts.csv`.
    #[arg(long)]
    parts: bool,
}

impl PlanCommand {
    /// Plans and writes every output file and `plan.json`.
    ///
    /// # Errors
    /// When the folder cannot be read, holds no date or nothing before the one asked for, or the
    /// results cannot be written.
    pub fn run(&self) -> Result<(), Failure> {
        let refused = |reason: String| Failure::Refused(reason);
        let mut seconds = Vec::new();
        let started = Instant::now();
        let (mut dataset, issues) = read_dataset(&self.data).map_err(refused)?;
        report(&issues);
        seconds.push(("read", started.elapsed().as_secs_f64()));
        let settings = Settings {
            horizon_weeks: self.weeks,
            as_of: self.as_of,
            ..Settings::default()
        };
        let mut decisions = decided(self.decisions.as_ref(), &mut dataset)?;
        let counts = |stream: &str| self.without.iter().all(|without| without != stream);
        decisions.streams = Streams {
            has_events: counts("events"),
            has_signals: counts("signals"),
            has_prices: counts("price"),
            has_campaign: counts("campaign"),
            has_pipeline: counts("pipeline"),
        };
        if self.as_sold {
            decisions.stockouts = Stockouts::AsSold;
        }
        let started = Instant::now();
        let mut run = Run::with_decisions(&dataset, &settings, &decisions, Cache::default())
            .map_err(|e| refused(e.to_string()))?;
        complete(&mut run, self.threads.max(1)).map_err(refused)?;
        let (plan, _cache) = run.finish(&dataset).map_err(|e| refused(e.to_string()))?;
        seconds.push(("plan", started.elapsed().as_secs_f64()));
        report(&plan.issues);
        self.refuse_empty(&plan, &dataset)?;
        let started = Instant::now();
        for file in output_files() {
            write_file(&self.out, file.name, |target| (file.write)(&plan, target))
                .map_err(refused)?;
        }
        if self.parts {
            write_file(&self.out, "forecast_parts.csv", |target| {
                write_parts(&plan, target)
            })
            .map_err(refused)?;
        }
        if self.decisions.is_some() {
            write_file(&self.out, "launches.csv", |target| {
                write_launches(&plan, target)
            })
            .map_err(refused)?;
            write_file(&self.out, "adjustments.csv", |target| {
                write_adjustments(&plan, &decisions, target)
            })
            .map_err(refused)?;
        }
        let hash = plan_hash(&plan);
        seconds.push(("write", started.elapsed().as_secs_f64()));
        let summary = summary(&plan, &hash.to_string(), &seconds);
        write_file(&self.out, "plan.json", |target| {
            target.write_all(summary.as_bytes())
        })
        .map_err(refused)?;
        say!("{summary}");
        Ok(())
    }
}

impl PlanCommand {
    /// A date from before the demand leaves nothing to forecast.
    fn refuse_empty(&self, plan: &Plan, dataset: &Dataset) -> Result<(), Failure> {
        let demand = dataset.table(TableId::Demand);
        let first = demand.and_then(|table| table.first_day("date"));
        match self.as_of.zip(first) {
            Some((as_of, first)) if plan.series.is_empty() => Err(Failure::Refused(format!(
                "no series to plan as of {as_of}: demand starts on {first}"
            ))),
            _ => Ok(()),
        }
    }
}

fn date(text: &str) -> Result<Day, String> {
    Day::parse_iso(text).ok_or_else(|| format!("`{text}` is no date"))
}

const ADJUSTMENT_COLUMNS: [&str; 10] = [
    "decision", "state", "from", "to", "series", "units", "value", "weeks", "actual", "helped",
];

/// What the decisions do to the weeks ahead and were worth in those that are over.
fn write_adjustments(
    plan: &Plan,
    decisions: &Decisions,
    target: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    let mut writer = CsvWriter::new(target);
    writer.write_record(ADJUSTMENT_COLUMNS)?;
    for one in &decisions.adjustments {
        let effect = plan.effects.iter().find(|effect| effect.id == one.id);
        let score = plan.scores.iter().find(|score| score.id == one.id);
        let is_active = one.standing(plan.as_of) == Standing::Active;
        if is_active && effect.is_none_or(|effect| effect.series == 0) {
            eprintln!("decision {} reaches no series of the weeks ahead", one.id);
        }
        let money = effect.and_then(|effect| effect.money);
        let text = |found: Option<String>| found.unwrap_or_default();
        writer.write_record([
            one.id.to_string(),
            one.standing(plan.as_of).as_str().to_owned(),
            one.from.to_string(),
            one.to.to_string(),
            text(effect.map(|effect| effect.series.to_string())),
            text(effect.map(|effect| effect.units().to_string())),
            text(money.map(|money| Amount::round_from_f64(money).to_string())),
            text(score.map(|score| score.weeks.to_string())),
            text(score.map(|score| score.actual.to_string())),
            text(score.map(|score| score.helped.to_string())),
        ])?;
    }
    writer.flush()
}

const LAUNCH_COLUMNS: [&str; 6] = ["sku", "from", "analogues", "expected", "sold", "level"];

/// New items: what was expected of them, what was sold, and their level now; units a week.
fn write_launches(plan: &Plan, target: &mut dyn std::io::Write) -> std::io::Result<()> {
    let mut writer = CsvWriter::new(target);
    writer.write_record(LAUNCH_COLUMNS)?;
    let code = |sku| plan.catalog.sku(sku).map_or("", |sku| sku.code.as_str());
    for item in &plan.launches {
        let analogues: Vec<&str> = item.draft.analogues.iter().map(|it| code(*it)).collect();
        writer.write_record([
            code(item.sku).to_owned(),
            item.draft.from.to_string(),
            analogues.join(";"),
            Qty::round_from_f64(item.expected).to_string(),
            Qty::round_from_f64(item.sold).to_string(),
            Qty::round_from_f64(item.level).to_string(),
        ])?;
    }
    writer.flush()
}

/// Computes every job of a run on so many threads.
pub(super) fn complete(run: &mut Run, threads: usize) -> Result<(), String> {
    while !run.is_done() {
        let jobs = run.next_jobs().map_err(|error| error.to_string())?;
        let share = jobs.len().div_ceil(threads).max(1);
        let outputs = thread::scope(|scope| {
            let work = |part: &'_ [Job]| {
                let part = part.to_vec();
                scope.spawn(move || {
                    let mut scratch = Scratch::default();
                    let one = |job: &Job| execute(job.stage, &job.input, &mut scratch);
                    part.iter().map(one).collect::<Result<Vec<_>, _>>()
                })
            };
            let handles: Vec<_> = jobs.chunks(share).map(work).collect();
            handles
                .into_iter()
                .map(|handle| handle.join())
                .collect::<Vec<_>>()
        });
        let mut done = Vec::with_capacity(jobs.len());
        for output in outputs {
            let output = output.map_err(|_panic| "a thread stopped".to_owned())?;
            done.extend(output.map_err(|error| error.to_string())?);
        }
        for (job, output) in jobs.iter().zip(done) {
            run.accept(job.stage, job.partition, output)
                .map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// Prints what was set aside on the way.
pub(super) fn report(issues: &[Issue]) {
    for issue in issues {
        files::note_line(format_args!("{issue}"));
    }
}

fn summary(plan: &Plan, hash: &str, seconds: &[(&str, f64)]) -> String {
    let seconds: serde_json::Map<String, serde_json::Value> = seconds
        .iter()
        .map(|(stage, time)| ((*stage).to_owned(), (*time).into()))
        .collect();
    let summary = serde_json::json!({
        "engine_version": env!("CARGO_PKG_VERSION"),
        "dataset_hash": plan.dataset_hash.to_string(),
        "scenario_hash": null,
        "seed": plan.settings.seed,
        "plan_hash": hash,
        "counts": {
            "skus": plan.catalog.skus.len(),
            "places": plan.places.len(),
            "series": plan.series.len(),
            "proposals": plan.proposals().count(),
        },
        "seconds": seconds,
    });
    format!("{summary:#}\n")
}
