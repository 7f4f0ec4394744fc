//! Launches in a demand history, and how well they are forecast from each other.

use crate::commands::Failure;
use engine::day::Day;
use engine::forecast::{CURVE_WEEKS, LEVEL_WEEKS, LaunchBook, LaunchLevel, OwnSales, PastLaunch};
use engine::plan::launch::UNKNOWN_DAYS;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// Weeks ahead that are judged.
pub const AHEAD: usize = 8;
/// Weeks of own sales at which forecasts are made.
pub const AGES: [usize; 4] = [0, 1, 2, 4];
/// Weeks after its first sale from which a series counts as established.
const ESTABLISHED_WEEKS: i32 = 26;
/// Weeks whose mean is an established series' level.
const RECENT_WEEKS: i32 = 13;

/// Names a column may have, ours first; the others are those of the M5 files.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("sku", &["sku", "item_id"]),
    ("region", &["region", "store_id"]),
    ("category", &["category", "dept_id"]),
    ("date", &["date"]),
    ("quantity", &["quantity", "qty"]),
];

/// Which launches a forecast may learn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Those of other items that were eight weeks old when it was made.
    Then,
    /// Those of all other items.
    All,
}

/// A series: its category, first sale and units by day after it.
struct Sold {
    item: u32,
    outlet: u32,
    category: u32,
    first: Day,
    /// Units by whole weeks from the first sale on.
    weeks: Vec<f64>,
}

/// Series of a file.
pub struct Launches {
    series: Vec<Sold>,
    start: Day,
}

/// By SKU and region: category, and units by day.
type Rows = BTreeMap<(String, String), (String, Vec<(Day, f64)>)>;

/// Errors of one method at one age.
#[derive(Clone, Copy, Debug, Default)]
pub struct Errors {
    /// Sum of demand.
    pub actual: f64,
    /// Sum of distances by week.
    pub weekly: f64,
    /// Sum of distances of totals.
    pub total: f64,
    /// Sum of forecast less demand.
    pub bias: f64,
}

/// What a trial found: errors by age and method, and weeks inside the intervals.
#[derive(Default)]
pub struct Trial {
    /// By age and name of the method.
    pub errors: BTreeMap<(usize, &'static str), Errors>,
    /// By age: weeks, and those inside 80 and 95 %.
    pub inside: BTreeMap<usize, [u32; 3]>,
    /// Launches judged.
    pub launches: usize,
    /// Items they are of.
    pub items: usize,
}

impl Launches {
    /// Reads a history by day or week: sku, region, category, date, quantity.
    ///
    /// # Errors
    /// When a column is missing or a cell says nothing.
    pub fn read(input: impl Read) -> Result<Self, Failure> {
        let refused = |text: String| Failure::Refused(text);
        let mut reader = csv::Reader::from_reader(input);
        let headers = reader
            .headers()
            .map_err(|e| refused(e.to_string()))?
            .clone();
        let mut places = [0; 5];
        for (place, (name, known)) in places.iter_mut().zip(COLUMNS) {
            let found = headers.iter().position(|head| known.contains(&head.trim()));
            *place = found.ok_or_else(|| refused(format!("line 1: column {name} is missing")))?;
        }
        let mut rows = Rows::new();
        for record in reader.records() {
            let record = record.map_err(|e| refused(e.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let [sku, region, category, date, quantity] =
                places.map(|place| record.get(place).unwrap_or_default().trim());
            let day = Day::parse_iso(date);
            let day = day.ok_or_else(|| refused(format!("line {line}: `{date}` is no date")))?;
            let units: f64 = quantity
                .parse()
                .map_err(|_error| refused(format!("line {line}: `{quantity}` is no number")))?;
            let key = (sku.to_owned(), region.to_owned());
            let series = rows.entry(key).or_default();
            category.clone_into(&mut series.0);
            series.1.push((day, units));
        }
        Ok(Self::of(&rows))
    }

    fn of(rows: &Rows) -> Self {
        let days = || {
            rows.values()
                .flat_map(|(_, sales)| sales.iter().map(|(day, _)| *day))
        };
        let start = days().min().unwrap_or(Day::from_number(0));
        let end = days().max().unwrap_or(start);
        let items: BTreeSet<&str> = rows.keys().map(|(sku, _)| sku.as_str()).collect();
        let outlets: BTreeSet<&str> = rows.keys().map(|(_, region)| region.as_str()).collect();
        let categories: BTreeSet<&str> = rows.values().map(|(name, _)| name.as_str()).collect();
        let mut series = Vec::new();
        for ((sku, region), (category, sales)) in rows {
            let sold = sales.iter().filter(|(_, units)| *units > 0.0);
            let Some(first) = sold.map(|(day, _)| *day).min() else {
                continue;
            };
            // Where dates are a week apart a date stands for its week.
            let whole = usize::try_from((end - first + 7) / 7).unwrap_or(0);
            let mut weeks = vec![0.0; whole];
            for (day, units) in sales {
                let week = usize::try_from((*day - first).div_euclid(7));
                if let Some(sum) = week.ok().and_then(|week| weeks.get_mut(week)) {
                    *sum += units;
                }
            }
            series.push(Sold {
                item: number(&items, sku),
                outlet: number(&outlets, region),
                category: number(&categories, category),
                first,
                weeks,
            });
        }
        Self { series, start }
    }

    fn launched(&self) -> impl Iterator<Item = &Sold> {
        let is_launch = |one: &&Sold| one.first - self.start >= UNKNOWN_DAYS;
        self.series.iter().filter(is_launch)
    }

    /// Forecasts every launch at each age and judges the weeks after it.
    #[must_use]
    pub fn trial(&self, known: Known) -> Trial {
        let mut trial = Trial::default();
        let mut items = BTreeSet::new();
        for one in self.launched() {
            let is_known = AGES.iter().all(|age| one.weeks.len() >= age + AHEAD);
            let origin = |age: usize| one.first + 7 * i32::try_from(age).unwrap_or(0);
            let books = AGES.map(|age| LaunchBook::learn(&self.panel(one, origin(age), known)));
            if !is_known || books.iter().any(Option::is_none) {
                continue;
            }
            trial.launches += 1;
            items.insert(one.item);
            for (age, book) in AGES.into_iter().zip(books.iter().flatten()) {
                let panel = self.panel(one, origin(age), known);
                self.judge(one, age, (book, &panel), &mut trial);
            }
        }
        trial.items = items.len();
        trial
    }

    /// What a forecast of a series made on a day may learn from.
    fn panel(&self, of: &Sold, origin: Day, known: Known) -> Vec<PastLaunch> {
        let others = self.launched().filter(|one| one.item != of.item);
        let launch = |one: &Sold| {
            let weeks = match known {
                Known::All => one.weeks.len(),
                Known::Then => usize::try_from((origin - one.first) / 7).unwrap_or(0),
            };
            let weeks = weeks.min(one.weeks.len()).min(CURVE_WEEKS);
            let weeks: Vec<f64> = one.weeks.iter().take(weeks).copied().collect();
            (weeks.len() >= LEVEL_WEEKS).then_some(PastLaunch {
                item: one.item,
                groups: [0, one.category, one.category],
                outlet: one.outlet,
                weeks,
            })
        };
        others.filter_map(launch).collect()
    }

    fn judge(
        &self,
        one: &Sold,
        age: usize,
        known: (&LaunchBook, &[PastLaunch]),
        trial: &mut Trial,
    ) {
        let (book, panel) = known;
        let future = one.weeks.get(age..age + AHEAD).unwrap_or_default();
        let week = |place: usize| i32::try_from(place).unwrap_or(0);
        let levels = self.levels(one, age, book);
        let Some(level) = levels.first() else { return };
        let means: Vec<f64> = (age..age + AHEAD)
            .map(|place| level.mean * book.curve.over_week(7 * week(place)))
            .collect();
        let mut judge = |name, forecast: &[f64]| {
            let errors = trial.errors.entry((age, name)).or_default();
            errors.add(future, forecast);
        };
        judge("gamma-poisson", &means);
        if age == 0 {
            judge("established mean", &[self.established(one); AHEAD]);
            judge(
                "mean of launches",
                &[mean_of_launches(panel, one.category); AHEAD],
            );
        } else {
            let own: f64 = one.weeks.iter().take(age).sum();
            judge("naive rate", &[own / age as f64; AHEAD]);
        }
        let inside = trial.inside.entry(age).or_default();
        for (mean, units) in means.iter().zip(future) {
            let within = |coverage| {
                let (low, high) = level.limits(*mean, coverage);
                u32::from(low <= *units && *units <= high)
            };
            inside[0] += 1;
            inside[1] += within(0.80);
            inside[2] += within(0.95);
        }
    }

    /// The level of a series first, after its own weeks and those of the item's other outlets.
    fn levels(&self, one: &Sold, age: usize, book: &LaunchBook) -> Vec<LaunchLevel> {
        let origin = one.first + 7 * i32::try_from(age).unwrap_or(0);
        let same = |other: &&Sold| other.item == one.item && other.outlet != one.outlet;
        let others = self.launched().filter(same);
        let all: Vec<&Sold> = std::iter::once(one).chain(others).collect();
        let outlets: Vec<u32> = all.iter().map(|sold| sold.outlet).collect();
        let own = |sold: &&Sold| {
            let days = origin - sold.first;
            let weeks = usize::try_from(days / 7).unwrap_or(0).min(LEVEL_WEEKS);
            let days = 7 * i32::try_from(weeks).unwrap_or(0);
            OwnSales {
                units: sold.weeks.iter().take(weeks).sum(),
                weeks: book.curve.over_days(0, days),
            }
        };
        let own: Vec<OwnSales> = all.iter().map(own).collect();
        book.forecast(
            &book.expect([0, one.category, one.category], &outlets),
            &own,
        )
    }

    /// Mean level of the category's established series when a launch began, units a week.
    fn established(&self, of: &Sold) -> f64 {
        let (mut sum, mut count) = (0.0, 0.0);
        for one in self.series.iter().filter(|one| one.category == of.category) {
            let age = (of.first - one.first) / 7;
            if one.item == of.item || age < ESTABLISHED_WEEKS {
                continue;
            }
            let from = usize::try_from(age - RECENT_WEEKS).unwrap_or(0);
            let recent = one.weeks.iter().skip(from).take(RECENT_WEEKS as usize);
            sum += recent.sum::<f64>() / f64::from(RECENT_WEEKS);
            count += 1.0;
        }
        if count > 0.0 { sum / count } else { 0.0 }
    }
}

/// Mean level of a category's launches, or of all where it has none.
fn mean_of_launches(panel: &[PastLaunch], category: u32) -> f64 {
    let mean = |is_in: &dyn Fn(&&PastLaunch) -> bool| {
        let levels: Vec<f64> = panel.iter().filter(is_in).map(PastLaunch::level).collect();
        (!levels.is_empty()).then(|| levels.iter().sum::<f64>() / levels.len() as f64)
    };
    mean(&|launch| launch.groups[1] == category)
        .or_else(|| mean(&|_| true))
        .unwrap_or(0.0)
}

impl Errors {
    fn add(&mut self, actual: &[f64], forecast: &[f64]) {
        for (units, mean) in actual.iter().zip(forecast) {
            self.weekly += (units - mean).abs();
        }
        let (units, mean): (f64, f64) = (actual.iter().sum(), forecast.iter().sum());
        self.actual += units;
        self.total += (units - mean).abs();
        self.bias += mean - units;
    }

    /// A sum in per cent of demand.
    #[must_use]
    pub fn percent(&self, sum: f64) -> f64 {
        100.0 * sum / self.actual.max(1e-9)
    }
}

fn number(names: &BTreeSet<&str>, name: &str) -> u32 {
    u32::try_from(names.range(..name).count()).unwrap_or(u32::MAX)
}
