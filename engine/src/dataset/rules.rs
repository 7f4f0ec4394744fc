//! What cells must be beyond being of their kind: ranges, known words, ends after starts.

use super::cell::{Cell, CellError};
use super::schema::{ColumnDef, Kind, Rule, TableDef};

/// Most days that something reaches before or after its date.
const DAYS_MAX: i64 = 366;

impl TableDef {
    /// The first column whose rule the cells of a row break, with the reason. Cells that are empty
    /// or missing at the end break none.
    pub fn broken_rule(&self, cells: &[Option<Cell<'_>>]) -> Option<(usize, CellError)> {
        let cells_of = self.columns.iter().zip(cells).enumerate();
        for (index, (column, cell)) in cells_of {
            if let (Some(cell), false) = (cell, column.rule == Rule::Any) {
                let other = |name| cells.get(self.column_index(name)?)?.as_ref();
                if let Some(error) = broken(column.rule, column, cell, &other) {
                    return Some((index, error));
                }
            }
        }
        None
    }
}

fn broken<'a>(
    rule: Rule,
    column: &ColumnDef,
    cell: &Cell<'_>,
    other: &dyn Fn(&'static str) -> Option<&'a Cell<'a>>,
) -> Option<CellError> {
    let number = match cell {
        Cell::Number(number) => *number,
        Cell::Text(_) | Cell::Day(_) => 0,
    };
    let one = one(column.kind);
    match rule {
        Rule::Any => None,
        Rule::NotNegative => (number < 0).then_some(CellError::Negative),
        Rule::Positive => (number <= 0).then_some(CellError::NotPositive),
        Rule::AtLeastOne => (number < one).then_some(CellError::BelowOne),
        Rule::Fraction => (!(0..=one).contains(&number)).then_some(CellError::NotFraction),
        Rule::Days => (!(0..=DAYS_MAX * one).contains(&number)).then_some(CellError::NotDays),
        Rule::Words(words) => (!is_among(words, cell)).then_some(CellError::UnknownChoice),
        Rule::NotBefore(start) => {
            let is_before = other(start).is_some_and(|start| ends_first(start, cell));
            is_before.then_some(CellError::EndsFirst)
        }
        Rule::ByWord(name, rules) => {
            let word = match other(name) {
                Some(Cell::Text(word)) => word.as_ref(),
                _ => "",
            };
            let rule = rules.iter().find(|(known, _)| *known == word);
            let rule = rule.map_or(Rule::NotNegative, |(_, rule)| *rule);
            broken(rule, column, cell, other)
        }
    }
}

/// One as the cells of a kind keep it.
const fn one(kind: Kind) -> i64 {
    match kind {
        Kind::Number => 1_000_000,
        Kind::Quantity | Kind::SignedQuantity => 1_000,
        Kind::Integer
        | Kind::Flag
        | Kind::Time
        | Kind::Date
        | Kind::Code
        | Kind::Text
        | Kind::Choice(_)
        | Kind::Limits => 1,
    }
}

fn is_among(words: &[&str], cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Text(text) => words.contains(&text.to_lowercase().as_str()),
        Cell::Number(_) | Cell::Day(_) => false,
    }
}

fn ends_first(start: &Cell<'_>, end: &Cell<'_>) -> bool {
    match (start, end) {
        (Cell::Day(start), Cell::Day(end)) => end < start,
        (Cell::Number(start), Cell::Number(end)) => end < start,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::dataset::{TableId, read_csv};

    /// What is said of the rows of a file that are refused.
    fn check(table: TableId, text: &str, expected: &[&str]) {
        let read = read_csv(table, "f.csv", text.as_bytes());
        let said: Vec<String> = read.issues.iter().map(ToString::to_string).collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn metrics_are_in_their_ranges() {
        check(
            TableId::Signals,
            "date,source,keyword,metric,value\n\
             2026-01-01,s,w,clicks,-1\n\
             2026-01-02,s,w,clicks,0\n\
             2026-01-01,s,w,position,0.5\n\
             2026-01-02,s,w,position,1\n\
             2026-01-01,s,w,index,-3\n",
            &[
                "f.csv:2: value: E_NEGATIVE negative value: -1",
                "f.csv:4: value: E_BELOW_ONE must be 1 or more: 0.5",
            ],
        );
        check(
            TableId::CampaignDays,
            "post,date,reads\nP,2026-01-01,-4\nP,2026-01-02,4\n",
            &["f.csv:2: reads: E_NEGATIVE negative value: -4"],
        );
        check(
            TableId::Campaigns,
            "post,cost\nP,-0.01\nQ,0\n",
            &["f.csv:2: cost: E_NEGATIVE negative value: -0.01"],
        );
    }

    #[test]
    fn weights_shares_and_spans_are_in_their_ranges() {
        check(
            TableId::Keywords,
            "keyword,sku,weight,confidence,from,to\n\
             a,A,0,1,,\n\
             b,A,1,1.01,,\n\
             c,A,1,-0.1,,\n\
             d,A,1,1,2026-02-01,2026-01-31\n\
             e,A,1,1,2026-02-01,2026-02-01\n\
             f,A,1,1,2026-02-01,\n",
            &[
                "f.csv:2: weight: E_NOT_POSITIVE must be above zero: 0",
                "f.csv:3: confidence: E_NOT_FRACTION must be from 0 to 1: 1.01",
                "f.csv:4: confidence: E_NOT_FRACTION must be from 0 to 1: -0.1",
                "f.csv:5: to: E_ENDS_FIRST ends before it starts: 2026-01-31",
            ],
        );
        check(
            TableId::Events,
            "event,start,end,pre_days,post_days\n\
             a,2026-01-02,2026-01-01,,\n\
             b,2026-01-02,2026-01-02,367,\n\
             c,2026-01-02,2026-01-02,366,-1\n\
             d,2026-01-02,2026-01-02,366,0\n",
            &[
                "f.csv:2: end: E_ENDS_FIRST ends before it starts: 2026-01-01",
                "f.csv:3: pre_days: E_NOT_DAYS must be from 0 to 366 days: 367",
                "f.csv:4: post_days: E_NOT_DAYS must be from 0 to 366 days: -1",
            ],
        );
    }

    #[test]
    fn prices_and_stages_are_known() {
        check(
            TableId::Demand,
            "date,sku,channel,region,quantity,price\n2026-01-01,A,t,e,1,-2\n",
            &["f.csv:2: price: E_NEGATIVE negative value: -2"],
        );
        check(
            TableId::Leads,
            "lead,stage\nL1,Won\nL2,赢单\nL3,maybe\n",
            &["f.csv:4: stage: E_UNKNOWN_CHOICE unknown stage: maybe"],
        );
    }
}
