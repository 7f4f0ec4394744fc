//! Decisions by hand from a file: one row each, as CSV with a header or as a JSON list of
//! objects with the same names (docs/overrides.md).

use std::path::PathBuf;

use crate::commands::Failure;
use engine::dataset::Dataset;
use engine::day::Day;
use engine::import::put_decisions;
use engine::master::Catalog;
use engine::plan::adjust::{
    Adjustment, Change, DecisionKind, Decisions, EventDates, Fault, Launch, Noted, PlannedGoods,
    PriceChange, Reach, Replacement,
};
use engine::units::{Amount, Qty};
use serde::Deserialize;

/// Hundredths of a per cent: the level of the analogues.
const WHOLE_LEVEL: i64 = 10_000;
/// What no price reaches.
const MONEY_MAX: f64 = 1e9;

/// One row; an absent cell is an empty one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Row {
    kind: String,
    category: String,
    sku: String,
    channel: String,
    region: String,
    from: String,
    to: String,
    value: String,
    reason: String,
    author: String,
    made_on: String,
    expires: String,
    /// Totals by week when it was made, separated by semicolons.
    before: String,
    /// What was made of them.
    after: String,
    /// Units of a week of history when it was replaced.
    original: String,
    /// SKU codes that a new item is expected to follow, separated by semicolons.
    analogues: String,
    /// Of goods that the dataset does not have.
    name: String,
    price: String,
    cost: String,
    /// Code of an event and its first day by the data or by its recurrence.
    event: String,
    start: String,
}

/// The decisions of a file, and where each of them stands in it.
#[derive(Debug, Default)]
struct Read {
    decisions: Decisions,
    /// By kind and place in its list: `line 3` or `decision 3`.
    places: Vec<(DecisionKind, usize, String)>,
}

/// What is wrong with a row: in which column, and why.
type Bad = (&'static str, String);

/// The decisions of a file for a dataset, which gets the goods that they plan; none without a file. Codes that name
/// nothing of the dataset are told on standard error.
///
/// # Errors
/// When the file cannot be read or a row says nothing that can be done; names file, row, column and reason.
pub fn decided(file: Option<&PathBuf>, dataset: &mut Dataset) -> Result<Decisions, Failure> {
    let Some(path) = file else {
        return Ok(Decisions::default());
    };
    let named = |reason: String| Failure::Refused(format!("{}: {reason}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
    let read = read(&text).map_err(named)?;
    let found = put_decisions(dataset, &read.decisions);
    for warning in read.warnings(&Catalog::new(dataset), &found) {
        eprintln!("{}: {warning}", path.display());
    }
    Ok(read.decisions)
}

fn read(text: &str) -> Result<Read, String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let json = |error: serde_json::Error| error.to_string();
    let rows: Vec<(String, Row)> = match text.chars().next() {
        Some('[') => numbered(serde_json::from_str(text).map_err(json)?),
        Some('{') => numbered(vec![serde_json::from_str(text).map_err(json)?]),
        _ => csv_rows(text)?,
    };
    if rows.is_empty() {
        return Err("no decisions in it".to_owned());
    }
    let mut read = Read::default();
    for (id, (place, row)) in (1..).zip(&rows) {
        let (kind, at) = row
            .decide(id, &mut read.decisions)
            .map_err(|(column, reason)| format!("{place}, column {column}: {reason}"))?;
        read.places.push((kind, at, place.clone()));
    }
    Ok(read)
}

fn numbered(rows: Vec<Row>) -> Vec<(String, Row)> {
    let named = |(number, row)| (format!("decision {number}"), row);
    (1..).zip(rows).map(named).collect()
}

fn csv_rows(text: &str) -> Result<Vec<(String, Row)>, String> {
    let said = |error: csv::Error| error.to_string();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(said)?.clone();
    for needed in ["kind", "from"] {
        if headers.iter().all(|header| header != needed) {
            return Err(format!("line 1, column {needed}: column is missing"));
        }
    }
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.map_err(said)?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = record.deserialize(Some(&headers)).map_err(said)?;
        Ok((format!("line {line}"), row))
    };
    reader.records().map(row).collect()
}

impl Read {
    /// Codes that name nothing of the dataset, and events that are not on the day they are moved from.
    fn warnings(&self, catalog: &Catalog, found: &[bool]) -> Vec<String> {
        let place = |of: (DecisionKind, usize)| {
            let mut of_it = self
                .places
                .iter()
                .filter(|(kind, at, _)| (*kind, *at) == of);
            of_it.next().map_or("", |(_, _, place)| place)
        };
        let unknown = self.decisions.unknown_codes(catalog).into_iter();
        let unknown = unknown.map(|of| {
            let (place, field, code) = (place((of.kind, of.place)), of.field, &of.code);
            format!("{place}, column {field}: W_UNKNOWN_CODE the data has no {field} `{code}`")
        });
        let events = self.decisions.events.iter().zip(found).enumerate();
        let lost = events.filter(|(_, (_, found))| !**found);
        let lost = lost.map(|(at, (one, _))| {
            let (place, event, start) = (place((DecisionKind::Event, at)), &one.event, one.start);
            format!("{place}, column start: W_NO_OCCURRENCE no `{event}` begins on {start}")
        });
        unknown.chain(lost).collect()
    }
}

/// Adds a decision to its list unless it cannot be made; its kind and place.
fn add<T>(
    list: &mut Vec<T>,
    one: T,
    kind: DecisionKind,
    fault: Option<Fault>,
) -> Result<(DecisionKind, usize), Bad> {
    if let Some(fault) = fault {
        return Err((fault.field(), fault.to_string()));
    }
    list.push(one);
    Ok((kind, list.len() - 1))
}

impl Row {
    fn decide(&self, id: u64, decisions: &mut Decisions) -> Result<(DecisionKind, usize), Bad> {
        let from = day("from", &self.from)?.ok_or(("from", "no first day".to_owned()))?;
        let made_on = day("made_on", &self.made_on)?.unwrap_or(from + -1);
        match self.kind.as_str() {
            "launch" => {
                let launch = self.launch(from, made_on)?;
                let fault = launch.fault();
                add(&mut decisions.launches, launch, DecisionKind::Launch, fault)
            }
            "history" => {
                let replacement = self.replacement(from, made_on)?;
                let fault = replacement.fault();
                add(
                    &mut decisions.replacements,
                    replacement,
                    DecisionKind::Replacement,
                    fault,
                )
            }
            "event" => {
                let dates = self.dates(from, made_on)?;
                let fault = dates.fault();
                add(&mut decisions.events, dates, DecisionKind::Event, fault)
            }
            "price" => {
                let change = self.price_change(id, (from, made_on))?;
                let fault = change.fault();
                add(&mut decisions.prices, change, DecisionKind::Price, fault)
            }
            _ => {
                let adjustment = self.adjustment(id, (from, made_on))?;
                let fault = adjustment.fault();
                add(
                    &mut decisions.adjustments,
                    adjustment,
                    DecisionKind::Adjustment,
                    fault,
                )
            }
        }
    }

    fn price_change(&self, id: u64, (from, made_on): (Day, Day)) -> Result<PriceChange, Bad> {
        Ok(PriceChange {
            id,
            reach: self.reach(),
            from,
            to: day("to", &self.to)?.unwrap_or(from),
            percent: percent(&self.value)?,
            reason: self.reason.clone(),
            author: self.author.clone(),
            made_on,
        })
    }

    fn dates(&self, from: Day, made_on: Day) -> Result<EventDates, Bad> {
        if self.event.is_empty() {
            return Err(("event", "no event".to_owned()));
        }
        Ok(EventDates {
            event: self.event.clone(),
            start: day("start", &self.start)?.ok_or(("start", "no first day".to_owned()))?,
            from,
            to: day("to", &self.to)?.unwrap_or(from),
            reason: self.reason.clone(),
            author: self.author.clone(),
            made_on,
        })
    }

    fn replacement(&self, week: Day, made_on: Day) -> Result<Replacement, Bad> {
        let original = match self.original.trim() {
            "" => Qty::ZERO,
            text => qty("original", text)?,
        };
        Ok(Replacement {
            sku: self.sku.clone(),
            channel: self.channel.clone(),
            region: self.region.clone(),
            week,
            original,
            value: qty("value", &self.value)?,
            reason: self.reason.clone(),
            author: self.author.clone(),
            made_on,
        })
    }

    fn adjustment(&self, id: u64, (from, made_on): (Day, Day)) -> Result<Adjustment, Bad> {
        let change = match self.kind.as_str() {
            "percent" => Change::Percent(percent(&self.value)?),
            "add" => Change::Add(qty("value", &self.value)?),
            "replace" => Change::Replace(qty("value", &self.value)?),
            other => {
                let known = "percent, add, replace, price, history, launch, event";
                return Err(("kind", format!("no kind `{other}`: {known}")));
            }
        };
        Ok(Adjustment {
            id,
            reach: self.reach(),
            from,
            to: day("to", &self.to)?.unwrap_or(from + 6),
            change,
            reason: self.reason.clone(),
            author: self.author.clone(),
            made_on,
            expires: day("expires", &self.expires)?,
            noted: self.noted()?,
        })
    }

    fn reach(&self) -> Reach {
        let some = |code: &String| Some(code.clone()).filter(|code| !code.is_empty());
        Reach {
            category: some(&self.category),
            sku: some(&self.sku),
            channel: some(&self.channel),
            region: some(&self.region),
        }
    }

    fn launch(&self, from: Day, made_on: Day) -> Result<Launch, Bad> {
        let list = |text: &str| -> Vec<String> {
            let parts = text.split(';').map(str::trim);
            parts
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let money = |column, text: &str| match text.trim() {
            "" => Ok(None),
            text => {
                let amount = figure(column, text)?;
                let is_money = amount > 0.0 && amount < MONEY_MAX;
                let fault = || (column, format!("`{text}` is no amount above 0"));
                let amount = is_money.then(|| Amount::round_from_f64(amount));
                amount.map(Some).ok_or_else(fault)
            }
        };
        let level = match self.value.trim() {
            "" => WHOLE_LEVEL,
            text => percent(text)?,
        };
        let goods = (!self.category.is_empty()).then(|| -> Result<_, Bad> {
            Ok(PlannedGoods {
                name: self.name.clone(),
                category: self.category.clone(),
                list_price: money("price", &self.price)?,
                unit_cost: money("cost", &self.cost)?,
            })
        });
        Ok(Launch {
            sku: self.sku.clone(),
            analogues: list(&self.analogues),
            from,
            channels: list(&self.channel),
            level,
            reason: self.reason.clone(),
            author: self.author.clone(),
            made_on,
            goods: goods.transpose()?,
        })
    }

    fn noted(&self) -> Result<Vec<Noted>, Bad> {
        let list = |column, text: &str| -> Result<Vec<Qty>, Bad> {
            let parts = text.split(';').filter(|part| !part.trim().is_empty());
            parts.map(|part| qty(column, part)).collect()
        };
        let before = list("before", &self.before)?;
        let weeks = before.into_iter().zip(list("after", &self.after)?);
        Ok(weeks
            .map(|(before, after)| Noted { before, after })
            .collect())
    }
}

fn day(column: &'static str, text: &str) -> Result<Option<Day>, Bad> {
    match text.trim() {
        "" => Ok(None),
        text => Day::parse_iso(text)
            .map(Some)
            .ok_or_else(|| (column, format!("`{text}` is no date"))),
    }
}

fn figure(column: &'static str, text: &str) -> Result<f64, Bad> {
    let value: Result<f64, _> = text.trim().parse();
    let value = value.ok().filter(|value| value.is_finite());
    value.ok_or_else(|| (column, format!("`{text}` is no number")))
}

fn qty(column: &'static str, text: &str) -> Result<Qty, Bad> {
    figure(column, text).map(Qty::round_from_f64)
}

/// Hundredths of a per cent.
fn percent(text: &str) -> Result<i64, Bad> {
    // A thousandth is a tenth of a hundredth of a per cent.
    qty("value", text).map(|value| value.thousandths() / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_and_json_say_the_same() {
        let csv = "kind,category,channel,from,to,value,reason,author,expires\n\
            percent,奶粉,tmall,2026-06-15,2026-06-28,20,live,Wang,2026-06-28\n\
            add,,,2026-06-15,,-12.5,,,\n";
        let json = r#"[
            {"kind":"percent","category":"奶粉","channel":"tmall","from":"2026-06-15",
             "to":"2026-06-28","value":"20","reason":"live","author":"Wang","expires":"2026-06-28"},
            {"kind":"add","from":"2026-06-15","value":"-12.5"}]"#;
        let read = read(csv).unwrap().decisions;
        assert_eq!(read, super::read(json).unwrap().decisions);
        let changes: Vec<_> = read.adjustments.iter().map(|one| one.change).collect();
        let less = Change::Add(Qty::from_thousandths(-12_500));
        assert_eq!(changes, [Change::Percent(2_000), less]);
        assert_eq!(read.adjustments[1].to - read.adjustments[1].from, 6);
    }

    #[test]
    fn a_change_of_price_is_read() {
        let csv = "kind,category,channel,from,to,value,reason\n\
            price,奶粉,tmall,2026-06-15,2026-06-21,-10,May\n";
        let read = read(csv).unwrap().decisions;
        let price = &read.prices[0];
        assert_eq!((price.percent, price.to - price.from), (-1_000, 6));
        assert_eq!(price.reach.channel.as_deref(), Some("tmall"));
        assert!(read.adjustments.is_empty());
        for (row, reason) in [
            ("price,,,,2026-06-15,,-100", "from -95 to 200"),
            ("price,,,,2026-06-15,,0.004", "not 0"),
            ("price,,,,2026-06-15,2026-06-14,-10", "before the first"),
            ("price,,,east,2026-06-15,,-10", "no regions"),
        ] {
            let csv = format!("kind,category,channel,region,from,to,value\n{row}\n");
            let refused = super::read(&csv).unwrap_err();
            assert!(
                refused.contains("line 2, column") && refused.contains(reason),
                "{refused}"
            );
        }
    }

    #[test]
    fn a_row_that_cannot_be_done_is_named() {
        let refused = |row: &str| read(&format!("kind,from,value\n{row}\n")).unwrap_err();
        for (row, said) in [
            (
                "percent,2026-06-15,x",
                "line 2, column value: `x` is no number",
            ),
            (
                "percent,2026-06-15,-150",
                "column value: a forecast changes by -100 to",
            ),
            ("add,2026-06-15,NaN", "column value: `NaN` is no number"),
            ("add,2026-06-15,inf", "column value: `inf` is no number"),
            (
                "add,2026-06-15,1e15",
                "column value: units a week are at most",
            ),
            (
                "replace,2026-06-15,-5",
                "column value: units in the place of others",
            ),
            (
                "history,2026-06-15,-7",
                "column value: units in the place of others",
            ),
            ("launch,2026-06-15,50", "column sku: no sku"),
            ("double,2026-06-15,1", "column kind: no kind `double`"),
            ("add,2026-06-31,1", "column from: `2026-06-31` is no date"),
        ] {
            assert!(refused(row).contains(said), "{row}: {}", refused(row));
        }
        let level = read("kind,sku,from,value\nlaunch,A,2026-06-15,-50\n").unwrap_err();
        assert!(
            level.contains("column value: the level of a new item"),
            "{level}"
        );
    }

    #[test]
    fn a_file_without_decisions_is_refused() {
        for text in ["", "kind,from,value\n", "[]"] {
            let refused = read(text).unwrap_err();
            assert!(refused.contains("no decisions") || refused.contains("column is missing"));
        }
        assert!(read("kind,whom\nadd,me\n").is_err());
        assert!(read("{\"a\":").is_err());
        let one = read(r#"{"kind":"percent","from":"2026-06-15","value":"20"}"#).unwrap();
        assert_eq!(one.decisions.adjustments.len(), 1);
    }

    #[test]
    fn codes_that_name_nothing_are_told() {
        let csv = "kind,sku,channel,from,value,analogues\npercent,NO,,2026-06-15,20,\n\
            launch,NEW,nochan,2026-06-15,,A;B\n";
        let read = read(csv).unwrap();
        let catalog = Catalog::new(&Dataset::from_tables([]));
        let warnings = read.warnings(&catalog, &[]);
        assert!(
            warnings[0].starts_with("line 2, column sku: W_UNKNOWN_CODE"),
            "{warnings:?}"
        );
        let of_launch = warnings.iter().filter(|it| it.starts_with("line 3"));
        assert_eq!(of_launch.count(), 4, "{warnings:?}");
    }
}
