//! A mapping proposed from a file's name, header and first rows.

use crate::order;
use serde::{Deserialize, Serialize};

use super::cells::{Conventions, read_cell, read_choice};
use super::confidence::Confidence;
use super::conventions;
use super::detect::{Assignment, assign, default_constant, detect};
use super::left_over::is_note;
use super::mapping::{FileFormat, Mapping, SourceColumn, Target, table_of};
use super::questions::Question;
use super::sample::Sample;
use super::synonyms::normalise_header;
use crate::dataset::{ColumnDef, DuplicateRule, Kind, TABLES, TableDef, TableId};
use crate::issue::Code;

/// Where one column of the file probably goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnProposal {
    /// Header in the file.
    pub header: String,
    /// Where its cells would go.
    pub target: Target,
    /// How sure that is.
    pub confidence: Confidence,
}

/// A mapping and what is open about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The mapping, usable as it is when no question is blocking.
    pub mapping: Mapping,
    /// How sure the table is.
    pub table: Confidence,
    /// The columns of the file with their confidence.
    pub columns: Vec<ColumnProposal>,
    /// What the user should decide.
    pub questions: Vec<Question>,
}

/// Proposes a mapping. A remembered mapping of the same header is taken as it is; one that
/// shares at least half of the headers decides those, unless name and header of the file say
/// that it is another table.
pub fn propose(
    file: &str,
    sample: &Sample,
    format: &FileFormat,
    remembered: &[Mapping],
) -> Proposal {
    let format = FileFormat {
        header_line: sample.header_line.max(1),
        ..format.clone()
    };
    let mut newest_first = remembered.iter().rev();
    if let Some(known) =
        newest_first.find(|known| known.fits(&sample.headers, format.is_workbook()))
    {
        return as_remembered(known, sample, format);
    }
    let similar = remembered
        .iter()
        .rev()
        .max_by_key(|known| shared_headers(known, sample));
    let similar =
        similar.filter(|known| shared_headers(known, sample) * 2 >= sample.headers.len().max(1));
    let stated = stated(file, &sample.headers);
    let similar = similar.filter(|known| stated.is_none_or(|table| table == known.table));
    let (table, table_confidence) = match (stated, similar) {
        (Some(table), _) => (table, Confidence::Sure),
        (None, Some(known)) => (known.table, Confidence::Sure),
        (None, None) => detect(file, sample),
    };
    Drafting { sample, similar }.draft(Mapping::new(table, format), table_confidence)
}

/// The remembered mapping in the order and spelling of this file's header. Only words that it
/// has not met are left to ask.
fn as_remembered(known: &Mapping, sample: &Sample, format: FileFormat) -> Proposal {
    let column = |header: &String| ColumnProposal {
        header: header.clone(),
        target: remembered_target(known, header)
            .cloned()
            .unwrap_or(Target::Ignore),
        confidence: Confidence::Sure,
    };
    let columns: Vec<_> = sample.headers.iter().map(column).collect();
    let mapping = Mapping {
        format,
        columns: columns.iter().map(source_column).collect(),
        ..known.clone()
    };
    let mut questions = Vec::new();
    let drafting = Drafting {
        sample,
        similar: Some(known),
    };
    drafting.ask_words(&mapping, mapping.def(), &mut questions);
    Proposal {
        columns,
        mapping,
        table: Confidence::Sure,
        questions,
    }
}

fn shared_headers(known: &Mapping, sample: &Sample) -> usize {
    let is_known = |header: &&String| remembered_target(known, header).is_some();
    sample.headers.iter().filter(is_known).count()
}

fn remembered_target<'a>(known: &'a Mapping, header: &str) -> Option<&'a Target> {
    let normal = normalise_header(header);
    let exact = known.columns.iter().find(|source| source.header == header);
    let mut columns = known.columns.iter();
    let same = exact.or_else(|| columns.find(|source| normalise_header(&source.header) == normal));
    same.map(|source| &source.target)
}

struct Drafting<'a> {
    sample: &'a Sample,
    similar: Option<&'a Mapping>,
}

impl Drafting<'_> {
    fn draft(&self, mut mapping: Mapping, table: Confidence) -> Proposal {
        let def = mapping.def();
        let mut questions = Vec::new();
        if table < Confidence::Likely {
            questions.push(Question::Table {
                is_unknown: table == Confidence::Unknown,
            });
        }
        let assigned = self.assign(def);
        let is_canonical = is_canonical(def, &self.sample.headers);
        self.decide_conventions(&mut mapping, def, &assigned, &mut questions);
        self.decide_rules(&mut mapping, def, &assigned, is_canonical);
        let mut columns = self.columns(&mapping, def, assigned);
        for column in &mut columns {
            if column.confidence == Confidence::Unsure {
                questions.push(Question::Column {
                    header: column.header.clone(),
                });
            }
            if column.confidence == Confidence::Unknown {
                column.target = unknown_target(&mapping, &column.header);
            }
        }
        if mapping.table == TableId::Signals {
            self.drop_positions(&mut columns);
        }
        mapping.columns = columns.iter().map(source_column).collect();
        self.fill_required(&mut mapping, &mut questions);
        self.ask_words(&mapping, def, &mut questions);
        Proposal {
            mapping,
            table,
            columns,
            questions,
        }
    }

    fn assign(&self, def: &TableDef) -> Vec<Assignment> {
        let mut assigned = assign(def, self.sample);
        let Some(known) = self.similar else {
            return assigned;
        };
        for (assignment, header) in assigned.iter_mut().zip(&self.sample.headers) {
            if let Some(target) = remembered_target(known, header) {
                *assignment = Some((target.clone(), Confidence::Sure));
            }
        }
        assigned
    }

    fn decide_conventions(
        &self,
        mapping: &mut Mapping,
        def: &TableDef,
        assigned: &[Assignment],
        questions: &mut Vec<Question>,
    ) {
        let of_kind = |wanted: fn(Kind) -> bool| {
            let columns = assigned.iter().enumerate().filter(move |(_, assignment)| {
                column_def(def, assignment.as_ref()).is_some_and(|column| wanted(column.kind))
            });
            columns.flat_map(|(index, _)| self.sample.column(index))
        };
        if let Some(known) = self.similar {
            (mapping.decimal_mark, mapping.date_order) = (known.decimal_mark, known.date_order);
            return;
        }
        let marks = conventions::decimal_mark(of_kind(is_number));
        mapping.decimal_mark = marks.convention;
        questions.extend(
            marks
                .example
                .map(|example| Question::DecimalMark { example }),
        );
        let orders = conventions::date_order(of_kind(is_date));
        mapping.date_order = orders.convention;
        questions.extend(
            orders
                .example
                .map(|example| Question::DateOrder { example }),
        );
    }

    fn decide_rules(
        &self,
        mapping: &mut Mapping,
        def: &TableDef,
        assigned: &[Assignment],
        is_canonical: bool,
    ) {
        if let Some(known) = self.similar {
            mapping.duplicates = known.duplicates;
            mapping.routing = known.routing;
            mapping.words.clone_from(&known.words);
            mapping.constants.clone_from(&known.constants);
            mapping.revenue_from_price = known.revenue_from_price;
            mapping.derived_category.clone_from(&known.derived_category);
            return;
        }
        let has = |target: &Target| assigned.iter().flatten().any(|(found, _)| found == target);
        let has_column = |name: &str| has(&Target::Column(name.to_owned()));
        if !is_canonical && def.id == TableId::Demand {
            mapping.duplicates = DuplicateRule::Sum;
            mapping.routing.set_aside_unpriced = has_column("price");
            mapping.routing.returns_negative = true;
            mapping.revenue_from_price = has_column("price") && !has_column("revenue");
        }
        if !is_canonical && def.id == TableId::Signals {
            // Rows of one word by page or device are parts of it.
            mapping.duplicates = DuplicateRule::Sum;
        }
        let brings_names = has(&Target::SkuName) || has(&Target::SkuCategory);
        if !is_canonical && (def.id == TableId::Demand || brings_names) {
            mapping.derived_category = "uncategorised".to_owned();
        }
    }

    /// Where rows are parts of a word (by page or device), its mean position is in none of them.
    fn drop_positions(&self, columns: &mut [ColumnProposal]) {
        let is_part = |header: &String| {
            let header = normalise_header(header);
            ["page", "device", "url", "页面", "网页", "设备"].contains(&header.as_str())
        };
        if self.sample.headers.iter().any(is_part) {
            let position = Target::Metric("position".to_owned());
            for column in columns.iter_mut().filter(|it| it.target == position) {
                column.target = Target::Ignore;
            }
        }
    }

    /// Confidence falls where the cells are not what the header promises.
    fn columns(
        &self,
        mapping: &Mapping,
        def: &TableDef,
        assigned: Vec<Assignment>,
    ) -> Vec<ColumnProposal> {
        let columns = assigned.into_iter().zip(&self.sample.headers).enumerate();
        let checked = columns.map(|(index, (assignment, header))| {
            let unread = if is_note(header) {
                Confidence::Sure
            } else {
                Confidence::Unknown
            };
            let (target, confidence) = assignment.unwrap_or((Target::Ignore, unread));
            let is_wrong = column_def(def, Some(&(target.clone(), confidence)))
                .is_some_and(|column| self.is_unreadable(mapping, column, index));
            let confidence = match (is_wrong, confidence) {
                (true, Confidence::Sure) => Confidence::Unsure,
                (true, _) => Confidence::Unknown,
                (false, confidence) => confidence,
            };
            ColumnProposal {
                header: header.clone(),
                target,
                confidence,
            }
        });
        checked.collect()
    }

    /// Whether more than a fifth of the cells cannot be read.
    fn is_unreadable(&self, mapping: &Mapping, column: &ColumnDef, index: usize) -> bool {
        let conventions = Conventions {
            decimal_mark: mapping.decimal_mark,
            date_order: mapping.date_order,
        };
        let kind = if column.kind == Kind::Quantity {
            Kind::SignedQuantity
        } else {
            column.kind
        };
        let read = |text: &str, cell_type| match kind {
            Kind::Choice(choices) => {
                read_choice(column.name, choices, std::iter::empty(), text).map(|_| ())
            }
            _ => read_cell(kind, text, cell_type, conventions).map(|_| ()),
        };
        // What reads two ways is asked for elsewhere: it is a number or a date all the same.
        let is_bad = |code| !matches!(code, Code::AmbiguousNumber | Code::AmbiguousDate);
        let is_unreadable = |text: &str, cell_type| read(text, cell_type).is_err_and(is_bad);
        let cells = self.sample.column(index).count();
        let bad = self
            .sample
            .column(index)
            .filter(|cell| is_unreadable(&cell.text, cell.cell_type))
            .count();
        bad * 5 > cells
    }

    fn fill_required(&self, mapping: &mut Mapping, questions: &mut Vec<Question>) {
        for column in mapping.missing() {
            match default_constant(mapping.table, column) {
                Some(value) => {
                    mapping.set_constant(column, value);
                    questions.push(Question::Constant {
                        column: column.to_owned(),
                        value: value.to_owned(),
                    });
                }
                None => questions.push(Question::Required {
                    column: column.to_owned(),
                }),
            }
        }
    }

    /// Words of choice columns that neither the dictionary nor the user has explained.
    fn ask_words(&self, mapping: &Mapping, def: &TableDef, questions: &mut Vec<Question>) {
        for (index, source) in mapping.columns.iter().enumerate() {
            let Target::Column(name) = &source.target else {
                continue;
            };
            let Some(column) = def.columns.iter().find(|column| column.name == name) else {
                continue;
            };
            let Kind::Choice(choices) = column.kind else {
                continue;
            };
            let decided = || {
                let words = mapping.words.iter().filter(|word| word.column == *name);
                words.map(|word| (word.from.as_str(), word.to.as_str()))
            };
            let unknown = self.sample.column(index).filter(|cell| {
                read_choice(name, choices, decided(), &cell.text) == Err(Code::UnknownChoice)
            });
            let mut words: Vec<_> = unknown.map(|cell| cell.text.trim().to_owned()).collect();
            order::sort(&mut words);
            words.dedup();
            questions.extend(words.into_iter().map(|word| Question::Word {
                column: name.clone(),
                word,
            }));
        }
    }
}

/// What no table knows is kept, unless rows are summed and texts beside them mean nothing.
fn unknown_target(mapping: &Mapping, header: &str) -> Target {
    if mapping.duplicates == DuplicateRule::Sum || header.trim().is_empty() {
        Target::Ignore
    } else {
        Target::Attribute
    }
}

fn source_column(column: &ColumnProposal) -> SourceColumn {
    SourceColumn {
        header: column.header.clone(),
        target: column.target.clone(),
    }
}

fn column_def<'a>(
    def: &'a TableDef,
    assignment: Option<&(Target, Confidence)>,
) -> Option<&'a ColumnDef> {
    match assignment {
        Some((Target::Column(name), _)) => def.columns.iter().find(|column| column.name == name),
        Some((Target::Metric(_), _)) => def.columns.iter().find(|column| column.name == "value"),
        _ => None,
    }
}

fn is_number(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Number | Kind::Quantity | Kind::SignedQuantity | Kind::Integer
    )
}

fn is_date(kind: Kind) -> bool {
    matches!(kind, Kind::Date | Kind::Time)
}

/// Whether a header is that of a canonical file: every required column under its own name.
fn is_canonical(def: &TableDef, headers: &[String]) -> bool {
    let required = def.columns.iter().filter(|column| column.is_required);
    let mut required = required.map(|column| column.name);
    required.all(|name| headers.iter().any(|header| header == name))
}

/// The table that a file with all of its required columns is named after.
fn stated(file: &str, headers: &[String]) -> Option<TableId> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let def = TABLES.iter().find(|def| Some(def.id) == table_of(name))?;
    is_canonical(def, headers).then_some(def.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_says_what_it_is_is_not_taken_for_one_like_it() {
        let warehouses = "warehouse,region,name_en\nW1,r1,West\n";
        let known = propose_text("warehouses.csv", warehouses, &[]).mapping;
        let serves = "warehouse,region,channel,days\nW1,r1,web,1\n";
        let proposal = propose_text("serves.csv", serves, std::slice::from_ref(&known));
        assert_eq!(proposal.mapping.table, TableId::Serves);
        // A name that says nothing leaves it to what was confirmed before.
        let proposal = propose_text("export.csv", serves, &[known]);
        assert_eq!(proposal.mapping.table, TableId::Warehouses);
    }

    fn propose_text(file: &str, text: &str, remembered: &[Mapping]) -> Proposal {
        propose(
            file,
            &Sample::from_text(text, b','),
            &FileFormat::default(),
            remembered,
        )
    }

    const RETAIL: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
        536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n\
        C536379,D,Discount,-1,2010-12-01 09:41:00,27.50,14527.0,United Kingdom\n";

    #[test]
    fn invoice_lines_become_demand() {
        let proposal = propose_text("retail.csv", RETAIL, &[]);
        let mapping = &proposal.mapping;
        assert_eq!(mapping.table, TableId::Demand);
        for (column, header) in [
            ("sku", "StockCode"),
            ("quantity", "Quantity"),
            ("date", "InvoiceDate"),
            ("price", "UnitPrice"),
            ("region", "Country"),
        ] {
            assert_eq!(mapping.header_of(column), Some(header), "{column}");
        }
        assert!(mapping.routing.returns_negative && mapping.routing.set_aside_unpriced);
        assert!(mapping.revenue_from_price);
        assert_eq!(mapping.duplicates, DuplicateRule::Sum);
        assert_eq!(mapping.constant("channel"), Some("online"));
        let constant = Question::Constant {
            column: "channel".to_owned(),
            value: "online".to_owned(),
        };
        assert_eq!(proposal.questions, [constant]);
    }

    #[test]
    fn a_chinese_stock_export_is_understood() {
        let text = "商品编码,商品名称,仓库,库存状态,数量,批次号,入库日期,成本价\n\
            A01,奶粉一段,上海仓,良品,\"1,200.5\",L1,2026/1/2,98.50\n";
        let proposal = propose_text("库存导出.csv", text, &[]);
        assert_eq!(proposal.mapping.table, TableId::Stock);
        assert_eq!(proposal.questions, []);
        assert!(
            proposal
                .columns
                .iter()
                .all(|column| column.confidence == Confidence::Sure)
        );
    }

    #[test]
    fn what_reads_two_ways_is_asked() {
        let text = "date,sku,channel,region,quantity\n1/2/2026,A,t,e,\"1,234\"\n3/4/2026,A,t,e,\"2,345\"\n";
        let questions = propose_text("x.csv", text, &[]).questions;
        assert!(
            matches!(
                &questions[..],
                [Question::DecimalMark { .. }, Question::DateOrder { .. }]
            ),
            "{questions:?}"
        );
        assert!(questions.iter().all(Question::is_blocking));
    }

    #[test]
    fn a_confirmed_mapping_is_remembered() {
        let first = propose_text("retail.csv", RETAIL, &[]).mapping;
        let again = propose_text("other.csv", RETAIL, std::slice::from_ref(&first));
        assert_eq!((again.questions.len(), &again.mapping), (0, &first));
        let reordered = "country,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,InvoiceNo,Description\n\
            France,85123A,6,2010-12-01,2.55,17850.0,536365,WHITE HANGING HEART\n";
        let moved = propose_text("r.csv", reordered, std::slice::from_ref(&first));
        assert_eq!(
            (moved.questions.len(), moved.mapping.shape()),
            (0, first.shape())
        );
        assert_eq!(moved.mapping.header_of("region"), Some("country"));
        assert_eq!(
            moved.columns.first().map(|column| column.header.as_str()),
            Some("country")
        );
        // Three headers renamed to words nobody knows: only these are open.
        let renamed = RETAIL
            .replace("StockCode", "Zeug")
            .replace("Country", "Ort")
            .replace("UnitPrice", "Preis");
        let partly = propose_text("retail.csv", &renamed, std::slice::from_ref(&first));
        let open: Vec<_> = partly
            .columns
            .iter()
            .filter(|c| c.confidence < Confidence::Sure)
            .collect();
        assert_eq!(open.len(), 3);
        let required = Question::Required {
            column: "sku".to_owned(),
        };
        assert!(
            partly.questions.contains(&required),
            "{:?}",
            partly.questions
        );
    }

    #[test]
    fn a_remembered_mapping_asks_only_for_words_it_has_not_met() {
        let text = |bucket: &str| format!("sku,warehouse,bucket,quantity\nA,W,{bucket},1\n");
        let mut known = propose_text("stock.csv", &text("good"), &[]).mapping;
        known.words = vec![super::super::mapping::Word {
            column: "bucket".to_owned(),
            from: "lent".to_owned(),
            to: "consign_out".to_owned(),
        }];
        let asked = |bucket: &str| {
            propose_text("stock.csv", &text(bucket), std::slice::from_ref(&known)).questions
        };
        assert_eq!(asked("lent"), []);
        let lost = Question::Word {
            column: "bucket".to_owned(),
            word: "lost".to_owned(),
        };
        assert_eq!(asked("lost"), [lost]);
    }

    #[test]
    fn a_file_of_nothing_known_is_asked_for() {
        let proposal = propose_text("x.csv", "foo,bar\n1,2\n", &[]);
        assert!(
            proposal
                .questions
                .contains(&Question::Table { is_unknown: true })
        );
    }
}
