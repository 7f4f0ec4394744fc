//! Decisions by hand from a file: one row each, as CSV with a header or as a JSON list of
//! objects with the same names (docs/overrides.md).

use std::path::Path;

use engine::day::Day;
use engine::plan::adjust::{
    Adjustment, Change, Decisions, Launch, Noted, PlannedGoods, PriceChange, Reach, Replacement,
};
use engine::units::{Amount, Qty};
use serde::Deserialize;

/// Hundredths of a per cent by which a price may change.
const PERCENTS: std::ops::RangeInclusive<i64> = -9_500..=20_000;

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
}

/// Reads a decisions file; its rows count in their order.
///
/// # Errors
/// When the file cannot be read or a row says nothing that can be done; names row and reason.
pub fn read_decisions(path: &Path) -> Result<Decisions, String> {
    let named = |reason: String| format!("{}: {reason}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
    decisions(&text).map_err(named)
}

fn decisions(text: &str) -> Result<Decisions, String> {
    let text = text.trim_start_matches('\u{feff}');
    let rows: Vec<Row> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(|error| error.to_string())?
    } else {
        let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize();
        let rows: Result<_, csv::Error> = rows.collect();
        rows.map_err(|error| error.to_string())?
    };
    let mut decisions = Decisions::default();
    for (id, row) in (1..).zip(&rows) {
        row.decide(id, &mut decisions)
            .map_err(|reason| format!("decision {id}: {reason}"))?;
    }
    Ok(decisions)
}

impl Row {
    fn price_change(
        &self,
        id: u64,
        (from, made_on): (Day, Day),
        value: Qty,
    ) -> Result<PriceChange, String> {
        // A thousandth is a tenth of a hundredth of a per cent.
        let percent = value.thousandths() / 10;
        let to = day(&self.to)?.unwrap_or(from);
        if percent == 0 || !PERCENTS.contains(&percent) {
            return Err("a change of price is from -95 to 200 per cent, and not 0".to_owned());
        }
        if to < from {
            return Err(format!("the last day {to} is before the first, {from}"));
        }
        if !self.region.is_empty() {
            return Err("prices have no regions: leave `region` empty".to_owned());
        }
        Ok(PriceChange {
            id,
            reach: self.reach(),
            from,
            to,
            percent,
            reason: self.reason.clone(),
            author: self.author.clone(),
            made_on,
        })
    }

    fn decide(&self, id: u64, decisions: &mut Decisions) -> Result<(), String> {
        let from = day(&self.from)?.ok_or("no first day")?;
        let made_on = day(&self.made_on)?.unwrap_or(from + -1);
        if self.kind == "launch" {
            decisions.launches.push(self.launch(from, made_on)?);
            return Ok(());
        }
        let value = qty(&self.value)?;
        if self.kind == "history" {
            decisions.replacements.push(Replacement {
                sku: self.sku.clone(),
                channel: self.channel.clone(),
                region: self.region.clone(),
                week: from,
                original: qty(&self.original).unwrap_or(Qty::ZERO),
                value,
                reason: self.reason.clone(),
                author: self.author.clone(),
                made_on,
            });
            return Ok(());
        }
        if self.kind == "price" {
            decisions
                .prices
                .push(self.price_change(id, (from, made_on), value)?);
            return Ok(());
        }
        let change = match self.kind.as_str() {
            // A thousandth is a tenth of a hundredth of a per cent.
            "percent" => Change::Percent(value.thousandths() / 10),
            "add" => Change::Add(value),
            "replace" => Change::Replace(value),
            other => {
                return Err(format!(
                    "no kind `{other}`: percent, add, replace, price, history, launch"
                ));
            }
        };
        decisions.adjustments.push(Adjustment {
            id,
            reach: self.reach(),
            from,
            to: day(&self.to)?.unwrap_or(from + 6),
            change,
            reason: self.reason.clone(),
            author: self.author.clone(),
            made_on,
            expires: day(&self.expires)?,
            noted: self.noted()?,
        });
        Ok(())
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

    fn launch(&self, from: Day, made_on: Day) -> Result<Launch, String> {
        let list = |text: &str| -> Vec<String> {
            let parts = text.split(';').map(str::trim);
            parts
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let money = |text: &str| -> Result<Option<Amount>, String> {
            match text.trim() {
                "" => Ok(None),
                text => {
                    let amount: Result<f64, _> = text.parse();
                    let amount = amount.map_err(|_error| format!("`{text}` is no amount"))?;
                    Ok(Some(Amount::round_from_f64(amount)))
                }
            }
        };
        if self.sku.is_empty() {
            return Err("no sku".to_owned());
        }
        let level = match self.value.trim() {
            "" => 10_000,
            text => qty(text)?.thousandths() / 10,
        };
        let goods = (!self.category.is_empty()).then(|| -> Result<_, String> {
            Ok(PlannedGoods {
                name: self.name.clone(),
                category: self.category.clone(),
                list_price: money(&self.price)?,
                unit_cost: money(&self.cost)?,
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

    fn noted(&self) -> Result<Vec<Noted>, String> {
        let list = |text: &str| -> Result<Vec<Qty>, String> {
            let parts = text.split(';').filter(|part| !part.trim().is_empty());
            parts.map(qty).collect()
        };
        let weeks = list(&self.before)?.into_iter().zip(list(&self.after)?);
        Ok(weeks
            .map(|(before, after)| Noted { before, after })
            .collect())
    }
}

fn day(text: &str) -> Result<Option<Day>, String> {
    match text.trim() {
        "" => Ok(None),
        text => Day::parse_iso(text)
            .map(Some)
            .ok_or_else(|| format!("`{text}` is no date")),
    }
}

fn qty(text: &str) -> Result<Qty, String> {
    let value: f64 = text
        .trim()
        .parse()
        .map_err(|_error| format!("`{text}` is no number"))?;
    Ok(Qty::round_from_f64(value))
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
        let read = decisions(csv).unwrap();
        assert_eq!(read, decisions(json).unwrap());
        let changes: Vec<_> = read.adjustments.iter().map(|one| one.change).collect();
        let less = Change::Add(Qty::from_thousandths(-12_500));
        assert_eq!(changes, [Change::Percent(2_000), less]);
        assert_eq!(read.adjustments[1].to - read.adjustments[1].from, 6);
    }

    #[test]
    fn a_change_of_price_is_read() {
        let csv = "kind,category,channel,from,to,value,reason\n\
            price,奶粉,tmall,2026-06-15,2026-06-21,-10,May\n";
        let read = decisions(csv).unwrap();
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
            let refused = decisions(&csv).unwrap_err();
            assert!(
                refused.contains("decision 1") && refused.contains(reason),
                "{refused}"
            );
        }
    }

    #[test]
    fn a_row_that_cannot_be_done_is_named() {
        let refused = |row: &str| decisions(&format!("kind,from,value\n{row}\n")).unwrap_err();
        assert!(refused("percent,2026-06-15,x").contains("decision 1: `x` is no number"));
        assert!(refused("double,2026-06-15,1").contains("no kind `double`"));
        assert!(refused("add,2026-06-31,1").contains("no date"));
        assert!(decisions("kind,whom\nadd,me\n").is_err());
    }
}
