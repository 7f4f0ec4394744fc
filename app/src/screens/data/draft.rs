//! The mapping while the user works on it: pure, so that it can be tested without a page.

use crate::ui::ranked;
use engine::dataset::{DuplicateRule, Kind, TABLES, TableDef, TableId};
use engine::import::{
    Confidence, DateOrder, DecimalMark, Mapping, Proposal, Question, Target, Word, default_constant,
};

/// A proposed mapping and what the user changed about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    /// The mapping as it would be used now.
    pub mapping: Mapping,
    /// How sure the target of each column is.
    pub confidence: Vec<Confidence>,
    /// Whether the table is known.
    pub is_table_known: bool,
    questions: Vec<Question>,
}

/// A column with a choice of words, one of which the file writes differently.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OpenWord {
    /// Canonical column.
    pub column: String,
    /// Word of the file.
    pub word: String,
    /// What it may mean.
    pub choices: &'static [&'static str],
}

impl Draft {
    /// Starts from a proposal.
    pub fn new(proposal: &Proposal) -> Self {
        let is_unknown =
            |question: &Question| matches!(question, Question::Table { is_unknown: true });
        Self {
            mapping: proposal.mapping.clone(),
            confidence: proposal.columns.iter().map(|one| one.confidence).collect(),
            is_table_known: !proposal.questions.iter().any(is_unknown),
            questions: proposal.questions.clone(),
        }
    }

    /// Sends a column of the file somewhere; the column that had this place before gives it up.
    pub fn set_target(&mut self, index: usize, target: &Target) {
        let is_shared = matches!(target, Target::Attribute | Target::Ignore);
        for (other, column) in self.mapping.columns.iter_mut().enumerate() {
            if other == index {
                column.target = target.clone();
            } else if !is_shared && column.target == *target {
                column.target = Target::Ignore;
            }
        }
        if let Target::Column(name) = target {
            self.mapping.constants.retain(|one| one.column != *name);
        }
        self.decided(index);
    }

    fn decided(&mut self, index: usize) {
        if let Some(confidence) = self.confidence.get_mut(index) {
            *confidence = Confidence::Sure;
        }
    }

    /// Chooses another table: columns that it has stay, the others are not read.
    pub fn set_table(&mut self, table: TableId) {
        let Some(def) = TABLES.iter().find(|def| def.id == table) else {
            return;
        };
        self.mapping.table = table;
        self.is_table_known = true;
        let fits = |name: &str| def.column_index(name).is_some();
        let columns = self.mapping.columns.iter_mut();
        for (column, confidence) in columns.zip(&mut self.confidence) {
            let is_lost = match &column.target {
                Target::Column(name) => !fits(name),
                Target::Document | Target::SkuName | Target::SkuCategory => !has_lines(def),
                Target::Metric(_) => def.id != TableId::Signals,
                Target::Attribute | Target::Ignore => fits(&column.header),
            };
            if is_lost {
                let is_header = fits(&column.header);
                column.target = if is_header {
                    Target::Column(column.header.clone())
                } else {
                    Target::Ignore
                };
                *confidence = if is_header {
                    Confidence::Sure
                } else {
                    Confidence::Unknown
                };
            }
        }
        self.mapping.constants.retain(|one| fits(&one.column));
        self.mapping.words.retain(|one| fits(&one.column));
        self.set_summing(table == TableId::Demand);
        self.mapping.routing.returns_negative = table == TableId::Demand;
        for column in self.mapping.missing() {
            if let Some(value) = default_constant(table, column) {
                self.mapping.set_constant(column, value);
            }
        }
    }

    /// Gives all rows the same value in a column the file does not have; empty takes it back.
    pub fn set_constant(&mut self, column: &str, value: &str) {
        if value.trim().is_empty() {
            self.mapping.constants.retain(|one| one.column != column);
        } else {
            self.mapping.set_constant(column, value.trim());
        }
    }

    /// Says what a word of the file means; `None` takes it back.
    pub fn set_word(&mut self, column: &str, word: &str, meaning: Option<&str>) {
        let is_it = |one: &Word| one.column == column && one.from == word;
        self.mapping.words.retain(|one| !is_it(one));
        self.mapping.words.extend(meaning.map(|to| Word {
            column: column.to_owned(),
            from: word.to_owned(),
            to: to.to_owned(),
        }));
    }

    /// Adds up rows of the same key, or keeps the first.
    pub fn set_summing(&mut self, is_summing: bool) {
        self.mapping.duplicates = if is_summing {
            DuplicateRule::Sum
        } else {
            DuplicateRule::KeepFirst
        };
    }

    /// Columns that the file lacks: constants that are proposed or typed, then what nothing fills.
    pub fn absent(&self) -> Vec<String> {
        let constants = self.mapping.constants.iter().map(|one| one.column.clone());
        let missing = self.mapping.missing().into_iter().map(str::to_owned);
        // Stays in place when its value is typed and taken back.
        let mut absent = ranked(constants.chain(missing), |a, b| a < b);
        absent.dedup();
        absent
    }

    /// Words of the file whose meaning is asked for.
    pub fn words(&self) -> Vec<OpenWord> {
        let def = self.mapping.def();
        let open = self.questions.iter().filter_map(|question| match question {
            Question::Word { column, word } => {
                let index = def.column_index(column)?;
                match def.columns.get(index)?.kind {
                    Kind::Choice(choices) => Some(OpenWord {
                        column: column.clone(),
                        word: word.clone(),
                        choices,
                    }),
                    _ => None,
                }
            }
            _ => None,
        });
        open.collect()
    }

    /// A number of the file that reads two ways.
    pub fn number_example(&self) -> Option<&str> {
        self.questions.iter().find_map(|question| match question {
            Question::DecimalMark { example } => Some(example.as_str()),
            _ => None,
        })
    }

    /// A date of the file that reads two ways.
    pub fn date_example(&self) -> Option<&str> {
        self.questions.iter().find_map(|question| match question {
            Question::DateOrder { example } => Some(example.as_str()),
            _ => None,
        })
    }

    /// Whether nothing is left open that would keep every row out.
    pub fn is_ready(&self) -> bool {
        let number_is_open =
            self.number_example().is_some() && self.mapping.decimal_mark == DecimalMark::Undeclared;
        let date_is_open =
            self.date_example().is_some() && self.mapping.date_order == DateOrder::Undeclared;
        self.is_table_known && self.mapping.missing().is_empty() && !number_is_open && !date_is_open
    }
}

/// Where a column of the file may go.
pub(super) fn targets(def: &TableDef) -> Vec<Target> {
    let mut targets = vec![Target::Ignore, Target::Attribute];
    let columns = def.columns.iter();
    targets.extend(columns.map(|column| Target::Column(column.name.to_owned())));
    let metrics = def.columns.iter().filter(|column| column.name == "metric");
    let words = metrics.flat_map(|column| match column.kind {
        Kind::Choice(words) => words,
        _ => &[],
    });
    targets.extend(words.map(|word| Target::Metric((*word).to_owned())));
    if has_lines(def) {
        targets.extend([Target::Document, Target::SkuName, Target::SkuCategory]);
    }
    targets
}

/// Tables whose rows speak of a SKU that may need a name, a category, a document.
fn has_lines(def: &TableDef) -> bool {
    matches!(
        def.id,
        TableId::Demand
            | TableId::Stock
            | TableId::StockDaily
            | TableId::OpenOrders
            | TableId::SalesOrders
            | TableId::Returns
    )
}

/// The first values of a column that are not blank.
pub(super) fn sample(rows: &[Vec<String>], index: usize) -> String {
    const SHOWN: usize = 3;
    let cells = rows.iter().filter_map(|row| row.get(index));
    let filled = cells
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty());
    filled.take(SHOWN).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::import::{ColumnProposal, FileFormat, SourceColumn};

    fn draft(table: TableId, columns: &[(&str, Target)], questions: Vec<Question>) -> Draft {
        let mut mapping = Mapping::new(table, FileFormat::default());
        let source = |(header, target): &(&str, Target)| SourceColumn {
            header: (*header).to_owned(),
            target: target.clone(),
        };
        mapping.columns = columns.iter().map(source).collect();
        let proposed = |(header, target): &(&str, Target)| ColumnProposal {
            header: (*header).to_owned(),
            target: target.clone(),
            confidence: Confidence::Unsure,
        };
        Draft::new(&Proposal {
            mapping,
            table: Confidence::Sure,
            columns: columns.iter().map(proposed).collect(),
            questions,
        })
    }

    fn column(name: &str) -> Target {
        Target::Column(name.to_owned())
    }

    #[test]
    fn a_place_belongs_to_one_column() {
        let columns = [("货号", column("sku")), ("编码", Target::Ignore)];
        let mut draft = draft(TableId::Stock, &columns, Vec::new());
        draft.set_target(1, &column("sku"));
        let targets: Vec<_> = draft
            .mapping
            .columns
            .iter()
            .map(|one| &one.target)
            .collect();
        assert_eq!(targets, [&Target::Ignore, &column("sku")]);
        assert_eq!(draft.confidence, [Confidence::Unsure, Confidence::Sure]);
    }

    #[test]
    fn many_columns_may_be_ignored() {
        let columns = [("a", Target::Ignore), ("b", column("sku"))];
        let mut draft = draft(TableId::Stock, &columns, Vec::new());
        draft.set_target(1, &Target::Ignore);
        assert!(
            draft
                .mapping
                .columns
                .iter()
                .all(|one| one.target == Target::Ignore)
        );
    }

    #[test]
    fn what_is_missing_can_be_typed_once_for_all_rows() {
        let columns = [
            ("d", column("date")),
            ("s", column("sku")),
            ("q", column("quantity")),
        ];
        let mut draft = draft(TableId::Demand, &columns, Vec::new());
        assert_eq!(draft.absent(), ["channel", "region"]);
        assert!(!draft.is_ready());
        draft.set_constant("channel", "online");
        draft.set_constant("region", " all ");
        assert_eq!(draft.mapping.constant("region"), Some("all"));
        assert_eq!(draft.absent(), ["channel", "region"]);
        assert!(draft.is_ready());
        draft.set_constant("region", "");
        assert!(!draft.is_ready());
    }

    #[test]
    fn what_reads_two_ways_waits_for_an_answer() {
        let columns = [
            ("d", column("date")),
            ("s", column("sku")),
            ("c", column("channel")),
            ("r", column("region")),
            ("q", column("quantity")),
        ];
        let example = "03/04/2026".to_owned();
        let mut draft = draft(
            TableId::Demand,
            &columns,
            vec![Question::DateOrder { example }],
        );
        assert!(!draft.is_ready());
        draft.mapping.date_order = DateOrder::DayFirst;
        assert!(draft.is_ready());
    }

    #[test]
    fn another_table_keeps_the_columns_it_has() {
        let columns = [
            ("sku", column("sku")),
            ("金额", column("revenue")),
            ("warehouse", Target::Ignore),
        ];
        let mut draft = draft(
            TableId::Demand,
            &columns,
            vec![Question::Table { is_unknown: true }],
        );
        assert!(!draft.is_table_known);
        draft.set_table(TableId::Stock);
        let targets: Vec<_> = draft
            .mapping
            .columns
            .iter()
            .map(|one| one.target.clone())
            .collect();
        assert_eq!(
            targets,
            [column("sku"), Target::Ignore, column("warehouse")]
        );
        assert!(draft.is_table_known);
    }

    #[test]
    fn a_sample_skips_blank_cells() {
        let rows = ["a", "", " b ", "c", "d"].map(|cell| vec![cell.to_owned()]);
        assert_eq!(sample(&rows, 0), "a · b · c");
        assert_eq!(sample(&rows, 7), "");
    }
}
