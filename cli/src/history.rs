//! Reading a demand history: `series` or `sku, channel, region`, then `date`
//! and `quantity`, columns found by name in any order. A column `category` names the group whose
//! season a short history may borrow.

use crate::calendar::Calendar;
use crate::commands::Failure;
use csv::StringRecord;
use engine::day::Day;
use engine::forecast::{Frequency, Kinship, Panel};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// What an absent period inside a series means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Gaps {
    /// No demand.
    Zero,
    /// Not known.
    Missing,
}

/// A history, ready to be forecast.
#[derive(Debug)]
pub struct History {
    /// Names of the key columns.
    pub key_columns: Vec<String>,
    /// Key of each series, in rising order.
    pub keys: Vec<Vec<String>>,
    /// Names of categories by their number in the panel.
    pub categories: Vec<String>,
    /// The series in the order of the keys, all reaching the last label.
    pub panel: Panel,
    /// Labels of the periods.
    pub calendar: Calendar,
}

const KEY_COLUMNS: [&[&str]; 2] = [&["series"], &["sku", "channel", "region"]];
/// Quantities are below this: twelve digits before the decimal point, as in a dataset.
const QUANTITY_LIMIT: f64 = 1e12;
/// Refused rows that are printed one by one.
const MESSAGES_MAX: usize = 100;

/// Rows by key: (day, quantity, line), as they stand in the file.
type Rows = BTreeMap<Vec<String>, Vec<(Day, Option<f64>, u64)>>;
/// Category by key, from the key's first row.
type Categories = BTreeMap<Vec<String>, String>;

/// Reads a history.
///
/// # Errors
/// If a needed column is missing, or any row is refused: each one is named
/// with its line, column and reason.
pub fn read(
    input: impl Read,
    frequency: Frequency,
    season: usize,
    gaps: Gaps,
) -> Result<History, Failure> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(input);
    let headers = reader
        .headers()
        .map_err(|error| Failure::Refused(error.to_string()))?
        .clone();
    let columns = Columns::find(&headers)?;
    let mut refused = Refused::default();
    let mut rows = Rows::new();
    let mut categories = Categories::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                read_row(
                    &columns,
                    &record,
                    (&mut rows, &mut categories),
                    &mut refused,
                );
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                refused.add(line, "row", &error.to_string());
            }
        }
    }
    let days = rows.values().flatten().map(|(day, _, _)| *day);
    let Some(calendar) = Calendar::new(frequency, days) else {
        refused.finish()?;
        return Err(Failure::Refused("the history has no rows".to_owned()));
    };
    let mut panel = Panel::new(frequency, season);
    let kinships = Kinships::new(&columns, &categories);
    for (key, series) in &rows {
        let values = place(series, &calendar, gaps, &mut refused);
        panel
            .push_member(values, kinships.of(key))
            .ok_or_else(|| Failure::Refused("the history is too large".to_owned()))?;
    }
    refused.finish()?;
    let key_columns = columns
        .key_names
        .iter()
        .map(|name| (*name).to_owned())
        .collect();
    let names = kinships.category_names.iter();
    let names = names.map(|name| (*name).to_owned()).collect();
    Ok(History {
        key_columns,
        categories: names,
        keys: rows.into_keys().collect(),
        panel,
        calendar,
    })
}

struct Columns {
    key_names: &'static [&'static str],
    keys: Vec<usize>,
    date: usize,
    quantity: usize,
    category: Option<usize>,
}

/// Numbers of categories and regions in the order of their names.
struct Kinships<'a> {
    categories: &'a Categories,
    category_names: BTreeSet<&'a str>,
    region_names: BTreeSet<&'a str>,
    region: Option<usize>,
}

impl<'a> Kinships<'a> {
    fn new(columns: &Columns, categories: &'a Categories) -> Self {
        let region = columns.key_names.iter().position(|name| *name == "region");
        let region_of = |key: &'a Vec<String>| key.get(region?).map(String::as_str);
        Self {
            categories,
            category_names: categories.values().map(String::as_str).collect(),
            region_names: categories.keys().filter_map(region_of).collect(),
            region,
        }
    }

    /// The groups of a series; none without a category.
    fn of(&self, key: &[String]) -> Option<Kinship> {
        let category = self.categories.get(key)?;
        let region = self.region.and_then(|place| key.get(place));
        let region = region.map_or("", String::as_str);
        Some(Kinship {
            category: number_of(&self.category_names, category),
            region: number_of(&self.region_names, region),
        })
    }
}

fn number_of(names: &BTreeSet<&str>, name: &str) -> u32 {
    u32::try_from(names.range(..name).count()).unwrap_or(0)
}

impl Columns {
    fn find(headers: &StringRecord) -> Result<Self, Failure> {
        let place = |name: &str| {
            headers
                .iter()
                .position(|header| header.trim_start_matches('\u{feff}') == name)
        };
        let needed = |name: &str| {
            place(name).ok_or_else(|| {
                Failure::Refused(format!("line 1, column {name}: column is missing"))
            })
        };
        let (date, quantity) = (needed("date")?, needed("quantity")?);
        let category = place("category");
        for key_names in KEY_COLUMNS {
            let keys: Vec<usize> = key_names.iter().filter_map(|name| place(name)).collect();
            if keys.len() == key_names.len() {
                return Ok(Self {
                    key_names,
                    keys,
                    date,
                    quantity,
                    category,
                });
            }
        }
        Err(Failure::Refused(
            "line 1, column series: column is missing (or sku, channel and region)".to_owned(),
        ))
    }
}

fn read_row(
    columns: &Columns,
    record: &StringRecord,
    (rows, categories): (&mut Rows, &mut Categories),
    refused: &mut Refused,
) {
    let line = record.position().map_or(0, csv::Position::line);
    let field = |place: usize| record.get(place).unwrap_or_default();
    let Some(day) = Day::parse_iso(field(columns.date)) else {
        refused.add(
            line,
            "date",
            &format!("not a date (YYYY-MM-DD): {:?}", field(columns.date)),
        );
        return;
    };
    let quantity = match field(columns.quantity) {
        "" => None,
        text => match quantity(text) {
            Ok(quantity) => Some(quantity),
            Err(reason) => {
                refused.add(line, "quantity", &format!("{reason}: {text:?}"));
                return;
            }
        },
    };
    let key: Vec<String> = columns
        .keys
        .iter()
        .map(|place| field(*place).to_owned())
        .collect();
    if let Some(position) = key.iter().position(String::is_empty) {
        let name = columns.key_names.get(position).copied().unwrap_or("key");
        refused.add(line, name, "key is empty");
        return;
    }
    if let Some(category) = columns.category.map(field)
        && !categories.contains_key(&key)
    {
        categories.insert(key.clone(), category.to_owned());
    }
    rows.entry(key).or_default().push((day, quantity, line));
}

/// A quantity, or why it is none.
fn quantity(text: &str) -> Result<f64, &'static str> {
    match text.parse::<f64>() {
        Ok(quantity) if quantity < 0.0 => Err("below 0"),
        Ok(quantity) if quantity >= QUANTITY_LIMIT => Err("out of range"),
        Ok(quantity) if quantity.is_finite() => Ok(quantity),
        _ => Err("not a number"),
    }
}

/// Puts the rows of one series on the grid, from its first period to the last
/// of the file.
fn place(
    rows: &[(Day, Option<f64>, u64)],
    calendar: &Calendar,
    gaps: Gaps,
    refused: &mut Refused,
) -> Vec<f64> {
    let mut periods: BTreeMap<usize, (Option<f64>, u64)> = BTreeMap::new();
    for (day, quantity, line) in rows {
        match calendar.periods_before_last(*day) {
            None => refused.add(
                *line,
                "date",
                &format!("{day} is not a whole number of periods before the last date"),
            ),
            Some(back) => {
                if let Some((_, first)) = periods.get(&back) {
                    refused.add(
                        *line,
                        "date",
                        &format!("period stands twice, first on line {first}"),
                    );
                } else {
                    periods.insert(back, (*quantity, *line));
                }
            }
        }
    }
    let absent = match gaps {
        Gaps::Zero => 0.0,
        Gaps::Missing => f64::NAN,
    };
    let first = periods.keys().next_back().copied().unwrap_or(0);
    let value = |back: usize| {
        periods
            .get(&back)
            .and_then(|(quantity, _)| *quantity)
            .unwrap_or(absent)
    };
    (0..=first).rev().map(value).collect()
}

/// Rows that were refused, as messages.
#[derive(Default)]
struct Refused {
    messages: Vec<(u64, String)>,
}

impl Refused {
    fn add(&mut self, line: u64, column: &str, reason: &str) {
        self.messages
            .push((line, format!("line {line}, column {column}: {reason}")));
    }

    /// Prints the messages in the order of lines.
    fn finish(mut self) -> Result<(), Failure> {
        if self.messages.is_empty() {
            return Ok(());
        }
        self.messages.sort();
        for (_, message) in self.messages.iter().take(MESSAGES_MAX) {
            eprintln!("{message}");
        }
        Err(Failure::Refused(format!(
            "{} rows refused, nothing written",
            self.messages.len()
        )))
    }
}
