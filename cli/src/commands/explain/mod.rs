//! `ballast explain`: which models forecast a series, what each step of the forecast adds, and why
//! forecasts missed.

mod tables;

use super::{Failure, plan::complete, plan::report};
use crate::decisions::decided;
use crate::files;
use crate::folder::read_dataset;
use engine::dataset::Dataset;
use engine::demand::SeriesKey;
use engine::forecast::DemandClass;
use engine::master::Catalog;
use engine::plan::adjust::{Decisions, Reach, Stockouts};
use engine::plan::view::{
    Attribute, Scope, accuracy_by, attribution_by, ladder_by, parts_view, price_rows,
};
use engine::plan::{Attribution, Cache, Part, Plan, Replays, Run, Rung, Settings};
use engine::units::Qty;
use std::path::PathBuf;
use tables::{errors, ladders, misses, prices, share};

/// Explain the forecasts of a dataset folder.
#[derive(clap::Subcommand)]
pub enum Explain {
    /// Every model on one series: its errors over the rolling origins, and its weight.
    Models(Models),
    /// Errors of forecasts made four weeks ahead, over the rolling origins, by any cut.
    Accuracy(AccuracyBy),
    /// The errors of the last 13 weeks, from a naive forecast to the one that is planned with.
    Ladder(Ladder),
    /// The errors of the last 13 weeks shared out among what the forecasts were made of.
    Misses(Misses),
    /// What the forecast of a slice is made of, by week: parts that sum to it.
    Parts(PartsOf),
    /// How demand follows prices: elasticities of all goods, of categories and of SKUs.
    Prices(Prices),
}

#[derive(clap::Args)]
struct Input {
    /// Dataset folder (docs/formats.md).
    #[arg(long)]
    data: PathBuf,
    /// Decisions by hand to plan with, as CSV or JSON (docs/overrides.md).
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// SKU code.
    #[arg(long)]
    sku: Option<String>,
    /// Channel code.
    #[arg(long)]
    channel: Option<String>,
    /// Region code.
    #[arg(long)]
    region: Option<String>,
    /// Take sales of weeks with stock-outs for demand, in the place of estimating what they hid.
    #[arg(long)]
    as_sold: bool,
    /// CSV file to write; `-` for standard output.
    #[arg(long, default_value = "-")]
    out: PathBuf,
}

#[derive(clap::Args)]
pub struct Models {
    #[command(flatten)]
    input: Input,
}

#[derive(clap::Args)]
pub struct AccuracyBy {
    #[command(flatten)]
    input: Input,
    /// Category code, descendants included.
    #[arg(long)]
    category: Option<String>,
    /// What a row is of.
    #[arg(long, value_enum, default_value = "sku")]
    by: By,
}

#[derive(clap::Args)]
pub struct Ladder {
    #[command(flatten)]
    input: Input,
    /// Category code, descendants included.
    #[arg(long)]
    category: Option<String>,
    /// A row for each value of an attribute, the largest error first; without it one for each rung.
    #[arg(long, value_enum)]
    by: Option<By>,
}

#[derive(clap::Args)]
pub struct Misses {
    #[command(flatten)]
    input: Input,
    /// Category code, descendants included.
    #[arg(long)]
    category: Option<String>,
    /// A row for each value of an attribute, the largest error first; without it one for the slice.
    #[arg(long, value_enum)]
    by: Option<By>,
}

#[derive(clap::Args)]
pub struct PartsOf {
    #[command(flatten)]
    input: Input,
    /// Category code, descendants included.
    #[arg(long)]
    category: Option<String>,
}

#[derive(clap::Args)]
pub struct Prices {
    #[command(flatten)]
    input: Input,
    /// Category code, descendants included.
    #[arg(long)]
    category: Option<String>,
}

/// What errors are cut by.
#[derive(Clone, Copy, clap::ValueEnum)]
enum By {
    Sku,
    Category,
    Channel,
    Region,
}

impl By {
    const fn attribute(self) -> Attribute {
        match self {
            Self::Sku => Attribute::Sku,
            Self::Category => Attribute::Category,
            Self::Channel => Attribute::Channel,
            Self::Region => Attribute::Region,
        }
    }
}

impl Explain {
    /// Plans the folder and writes the table asked for.
    ///
    /// # Errors
    /// When the folder cannot be read, a code is not known, or the file cannot be written.
    pub fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Models(models) => models.run(),
            Self::Accuracy(accuracy) => accuracy.run(),
            Self::Ladder(ladder) => ladder.run(),
            Self::Misses(misses) => misses.run(),
            Self::Parts(parts) => parts.run(),
            Self::Prices(prices) => prices.run(),
        }
    }
}

/// A plan and what it was made from.
struct Planned {
    dataset: Dataset,
    decisions: Decisions,
    plan: Plan,
}

impl Input {
    fn plan(&self) -> Result<Planned, Failure> {
        let refused = |reason: String| Failure::Refused(reason);
        let (mut dataset, issues) = read_dataset(&self.data).map_err(refused)?;
        report(&issues);
        let mut decisions = decided(self.decisions.as_ref(), &mut dataset)?;
        if self.as_sold {
            decisions.stockouts = Stockouts::AsSold;
        }
        let settings = Settings::default();
        let mut run = Run::with_decisions(&dataset, &settings, &decisions, Cache::default())
            .map_err(|error| refused(error.to_string()))?;
        complete(&mut run, 1).map_err(refused)?;
        let (plan, _cache) = run.finish(&dataset).map_err(|e| refused(e.to_string()))?;
        Ok(Planned {
            dataset,
            decisions,
            plan,
        })
    }

    /// The slice that was asked for.
    fn scope(&self, category: Option<&String>, plan: &Plan) -> Result<Scope, Failure> {
        let reach = Reach {
            category: category.cloned(),
            sku: self.sku.clone(),
            channel: self.channel.clone(),
            region: self.region.clone(),
        };
        let unknown = || Failure::Usage(unknown_code(&reach, &plan.catalog));
        reach.scope(&plan.catalog).ok_or_else(unknown)
    }
}

/// Which flag names what the dataset does not have.
fn unknown_code(reach: &Reach, catalog: &Catalog) -> String {
    let unknown = reach.unknown_codes(catalog).into_iter();
    let said: Vec<String> = unknown
        .map(|(flag, code)| format!("--{flag} {code} names no {flag} of the dataset"))
        .collect();
    said.join("; ")
}

impl Models {
    fn run(&self) -> Result<(), Failure> {
        let input = &self.input;
        let asked = [
            ("sku", &input.sku),
            ("channel", &input.channel),
            ("region", &input.region),
        ];
        let open = asked.iter().filter(|(_, code)| code.is_none());
        let open: Vec<String> = open.map(|(flag, _)| format!("--{flag}")).collect();
        if !open.is_empty() {
            let open = open.join(", ");
            let reason = format!("{open}: needed, a single series is looked at");
            return Err(Failure::Usage(reason));
        }
        let planned = input.plan()?;
        let scope = input.scope(None, &planned.plan)?;
        let key = scope.sku.zip(scope.channel).zip(scope.region);
        let key = key.map(|((sku, channel), region)| SeriesKey {
            sku,
            channel,
            region,
        });
        let card = key.and_then(|key| {
            planned
                .plan
                .inspect(&planned.dataset, &planned.decisions, key)
        });
        let card = card.ok_or_else(|| Failure::Refused("the series has no history".to_owned()))?;
        eprintln!(
            "class {}: ADI {} (limit {}), CV2 {} (limit {})",
            card.class.as_str(),
            share(card.shape.map(|it| it.interval)),
            DemandClass::INTERVAL_LIMIT,
            share(card.shape.map(|it| it.variation)),
            DemandClass::VARIATION_LIMIT,
        );
        let mut rows = vec!["model,role,weight,origins,wape,mase\n".to_owned()];
        for tried in &card.tried {
            let role = if tried.is_benchmark {
                "benchmark"
            } else {
                "member"
            };
            rows.push(format!(
                "{},{role},{},{},{},{}\n",
                tried.id,
                tried.weight,
                tried.origins,
                share(tried.wape),
                share(tried.mase),
            ));
        }
        files::write(&self.input.out, rows.concat().as_bytes())
    }
}

impl AccuracyBy {
    fn run(&self) -> Result<(), Failure> {
        let plan = self.input.plan()?.plan;
        let scope = self.input.scope(self.category.as_ref(), &plan)?;
        let rows = accuracy_by(&plan, scope, self.by.attribute());
        files::write(&self.input.out, &errors(&rows)?)
    }
}

impl Ladder {
    fn run(&self) -> Result<(), Failure> {
        let Planned {
            dataset,
            decisions,
            plan,
        } = self.input.plan()?;
        let scope = self.input.scope(self.category.as_ref(), &plan)?;
        let replays = Replays::new(&plan, &dataset, &decisions);
        let mut replays = replays.ok_or_else(|| Failure::Refused("no plan".to_owned()))?;
        while !replays.is_done() {
            replays.step();
        }
        if let Some(by) = self.by {
            let rows = ladder_by((&plan, &decisions), &replays, scope, by.attribute());
            return files::write(&self.input.out, &ladders(&rows)?);
        }
        let ladder = replays.ladder(&plan, &decisions, scope);
        eprintln!(
            "{} weeks of {} series, demand {}",
            ladder.cells,
            ladder.series,
            share(Some(ladder.actual))
        );
        let mut rows = vec!["rung,error,change,wape\n".to_owned()];
        let mut before = None;
        for (rung, error) in Rung::ALL.into_iter().zip(ladder.errors) {
            let change = before.map(|before: f64| error - before);
            before = Some(error);
            rows.push(format!(
                "{},{},{},{}\n",
                rung.as_str(),
                share(Some(error)),
                share(change),
                share(ladder.wape(rung)),
            ));
        }
        files::write(&self.input.out, rows.concat().as_bytes())
    }
}

impl Misses {
    fn run(&self) -> Result<(), Failure> {
        let Planned {
            dataset,
            decisions,
            plan,
        } = self.input.plan()?;
        let scope = self.input.scope(self.category.as_ref(), &plan)?;
        let attribution = Attribution::new(&plan, &dataset, &decisions);
        let mut attribution = attribution.ok_or_else(|| Failure::Refused("no plan".to_owned()))?;
        while !attribution.is_done() {
            attribution.step();
        }
        let attribute = self.by.map_or(Attribute::All, By::attribute);
        let rows = attribution_by(&plan, &attribution, scope, attribute);
        files::write(&self.input.out, &misses(&rows)?)
    }
}

impl PartsOf {
    fn run(&self) -> Result<(), Failure> {
        let plan = self.input.plan()?.plan;
        let scope = self.input.scope(self.category.as_ref(), &plan)?;
        let names = Part::ALL.iter().map(|part| part.as_str());
        let head: Vec<&str> = ["week"]
            .into_iter()
            .chain(names)
            .chain(["forecast"])
            .collect();
        let mut rows = vec![head.join(",")];
        for (week, parts) in parts_view(&plan, scope).into_iter().enumerate() {
            let sum: Qty = parts.iter().copied().sum();
            let mut row = vec![plan.week_start(week).to_string()];
            row.extend(parts.iter().chain([&sum]).map(ToString::to_string));
            rows.push(row.join(","));
        }
        rows.push(String::new());
        files::write(&self.input.out, rows.join("\n").as_bytes())
    }
}

impl Prices {
    fn run(&self) -> Result<(), Failure> {
        let planned = self.input.plan()?;
        let scope = self.input.scope(self.category.as_ref(), &planned.plan)?;
        let rows = price_rows(&planned.plan, scope);
        if !planned.plan.prices.are_given {
            eprintln!("demand.csv gives neither price nor revenue");
        }
        files::write(&self.input.out, &prices(&rows)?)
    }
}
