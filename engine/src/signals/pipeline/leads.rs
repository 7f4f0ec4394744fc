//! Leads and the stages they went through: `leads.csv`.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, Table, TableId};
use crate::day::Day;
use crate::units::Qty;

/// A stage of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// First contact.
    Lead,
    /// Qualified by marketing.
    Mql,
    /// Accepted by sales.
    Sal,
    /// Qualified by sales.
    Sql,
    /// A case with quantity and date.
    Opportunity,
    /// Ordered.
    Won,
    /// Given up.
    Lost,
}

impl Stage {
    /// The stages in their order.
    pub const ALL: [Self; 7] = [
        Self::Lead,
        Self::Mql,
        Self::Sal,
        Self::Sql,
        Self::Opportunity,
        Self::Won,
        Self::Lost,
    ];
    /// The stages a lead can still move from.
    pub const OPEN: [Self; 5] = [
        Self::Lead,
        Self::Mql,
        Self::Sal,
        Self::Sql,
        Self::Opportunity,
    ];

    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Mql => "mql",
            Self::Sal => "sal",
            Self::Sql => "sql",
            Self::Opportunity => "opportunity",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// Reads a stage in either language, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "lead" | "new" | "线索" | "新线索" => Some(Self::Lead),
            "mql" | "市场认可线索" => Some(Self::Mql),
            "sal" | "销售接受线索" => Some(Self::Sal),
            "sql" | "qualified" | "销售认可线索" => Some(Self::Sql),
            "opportunity" | "opp" | "quote" | "proposal" | "商机" | "报价" => {
                Some(Self::Opportunity)
            }
            "won" | "closed won" | "win" | "赢单" | "成交" => Some(Self::Won),
            "lost" | "closed lost" | "lose" | "输单" | "丢单" => Some(Self::Lost),
            _ => None,
        }
    }

    /// Whether nothing comes after it.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Won | Self::Lost)
    }
}

/// A lead and its way so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeadHistory {
    /// Its code.
    pub code: String,
    /// Code of its region.
    pub region: Option<String>,
    /// Code of its goods.
    pub sku: Option<String>,
    /// Code of the category of its goods.
    pub category: Option<String>,
    /// Units expected, by its newest row.
    pub quantity: f64,
    /// Day on which it is expected to order or be delivered.
    pub expected_close: Option<Day>,
    /// Stages with the day each was reached, in order.
    pub steps: Vec<(Stage, Day)>,
    /// Units and day expected, as each row stated them, in order.
    pub stated: Vec<Stated>,
}

/// What a row states of a lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stated {
    /// Since when.
    pub since: Day,
    /// Units expected.
    pub quantity: Option<f64>,
    /// Day on which it is expected to order or be delivered.
    pub close: Option<Day>,
}

impl LeadHistory {
    /// The stage it is in, with the day it was reached.
    #[must_use]
    pub fn current(&self) -> Option<(Stage, Day)> {
        self.steps.last().copied()
    }

    /// The lead as it stood on a day, with the units and the day expected then; `None` where it had
    /// not come yet. Where only first contact was before, it has what its first row states.
    #[must_use]
    pub fn as_known_on(&self, day: Day) -> Option<Self> {
        let steps = self.steps.iter().filter(|(_, on)| *on <= day);
        let steps: Vec<(Stage, Day)> = steps.copied().collect();
        if steps.is_empty() {
            return None;
        }
        let mut lead = Self {
            steps,
            ..self.clone()
        };
        let stated = self.stated.iter().enumerate();
        let stated = stated.filter(|(row, it)| *row == 0 || it.since <= day);
        let stated: Vec<Stated> = stated.map(|(_, it)| *it).collect();
        if !stated.is_empty() {
            let newest = || stated.iter().rev();
            lead.quantity = newest().find_map(|it| it.quantity).unwrap_or(0.0);
            lead.expected_close = newest().find_map(|it| it.close);
        }
        Some(lead)
    }
}

/// The leads of a dataset, and how many rows could not be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leads {
    /// By code.
    pub leads: Vec<LeadHistory>,
    /// Rows with a stage that is no word of ours.
    pub unknown_stages: usize,
    /// Rows without a day.
    pub undated: usize,
}

impl Leads {
    /// Reads the leads up to `as_of`. A file with one row for each lead tells two stages: the one
    /// it is in, and first contact where it was created earlier.
    #[must_use]
    pub fn new(dataset: &Dataset, as_of: Day) -> Self {
        let mut found = Self::default();
        let Some(table) = dataset.table(TableId::Leads) else {
            return found;
        };
        let mut rows: BTreeMap<&str, Vec<(Day, Stage, usize)>> = BTreeMap::new();
        for row in 0..table.len() {
            let Some(code) = table.text("lead", row) else {
                continue;
            };
            let Some(stage) = table.text("stage", row).and_then(Stage::parse) else {
                found.unknown_stages += 1;
                continue;
            };
            let day = table
                .day("stage_on", row)
                .or_else(|| table.day("created_on", row));
            match day {
                None => found.undated += 1,
                Some(day) if day <= as_of => rows.entry(code).or_default().push((day, stage, row)),
                Some(_) => {}
            }
        }
        for (code, mut rows) in rows {
            crate::order::sort(&mut rows);
            found.leads.extend(lead(table, code, &rows));
        }
        found
    }
}

fn lead(table: &Table, code: &str, rows: &[(Day, Stage, usize)]) -> Option<LeadHistory> {
    let (first_day, first_stage, first) = *rows.first()?;
    let newest = |column: &'static str| rows.iter().rev().map(move |(.., row)| (column, *row));
    let text = |column| newest(column).find_map(|(column, row)| table.text(column, row));
    let day = |column| newest(column).find_map(|(column, row)| table.day(column, row));
    let number = |column| newest(column).find_map(|(column, row)| table.number(column, row));
    let created = table.day("created_on", first);
    let contact = created.filter(|day| first_stage != Stage::Lead && *day < first_day);
    let contact = contact.map(|day| (Stage::Lead, day));
    let units = |it| Qty::from_thousandths(it).to_f64();
    let stated = rows.iter().map(|(since, _, row)| Stated {
        since: *since,
        quantity: table.number("expected_qty", *row).map(units),
        close: table.day("expected_close", *row),
    });
    let stated = stated.collect();
    let rows = rows.iter().map(|(day, stage, _)| (*stage, *day));
    Some(LeadHistory {
        code: code.to_owned(),
        region: text("region").map(str::to_owned),
        quantity: number("expected_qty").map_or(0.0, units),
        sku: text("sku").map(str::to_owned),
        category: text("category").map(str::to_owned),
        stated,
        expected_close: day("expected_close"),
        steps: contact.into_iter().chain(rows).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Rule, TABLES};

    #[test]
    fn every_word_that_the_registry_lets_in_is_a_stage() {
        let table = TABLES.iter().find(|table| table.id == TableId::Leads);
        let stage = table.and_then(|table| table.columns.iter().find(|it| it.name == "stage"));
        let Some(Rule::Words(words)) = stage.map(|stage| stage.rule) else {
            panic!("stages are words");
        };
        for word in words {
            assert!(Stage::parse(word).is_some(), "{word}");
        }
        for stage in Stage::ALL {
            assert!(words.contains(&stage.as_str()), "{stage:?}");
        }
    }
}
