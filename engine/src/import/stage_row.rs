//! One row of a file through a mapping.

use super::binding::{Binding, Source};
use super::cells::{Conventions, read_cell, read_choice, read_text};
use super::mapping::{Mapping, Target};
use super::masters::Masters;
use super::refusals::{Reason, Refusals};
use super::returned::{ReturnLine, Returned};
use super::rows::Row;
use super::totals::{Totals, Worth, quantity_column, value_of, worth};
use crate::dataset::{Cell, ColumnDef, Kind, TableBuilder, TableDef, TableId};
use crate::day::Day;
use crate::issue::{Code, Issue};

/// What a row turned out to be.
enum Outcome {
    Accepted,
    Returned,
    SetAside,
}

/// A row that cannot be used.
pub(super) struct Refusal<'a> {
    pub(super) code: Code,
    pub(super) column: Option<usize>,
    pub(super) value: &'a str,
}

/// Turns rows into cells of a table.
#[derive(Debug)]
pub(super) struct RowStager<'m> {
    pub(super) file: String,
    pub(super) mapping: &'m Mapping,
    pub(super) builder: TableBuilder,
    pub(super) returned: Returned,
    pub(super) masters: Masters,
    pub(super) refusals: Refusals,
    pub(super) totals: Totals,
    pub(super) notes: Vec<Issue>,
    pub(super) def: &'static TableDef,
    sources: Vec<Source>,
    attributes: Vec<usize>,
    pub(super) metrics: Vec<(usize, &'static str)>,
    document: Option<usize>,
    sku_name: Option<usize>,
    sku_category: Option<usize>,
    width: usize,
    pub(super) conventions: Conventions,
    quantity: Option<usize>,
    worth: Worth,
    price: Option<usize>,
    choices: Vec<KnownWords>,
}

/// Words of one choice column that were looked up before.
#[derive(Clone, Debug, Default)]
struct KnownWords(Vec<(String, Result<Option<&'static str>, Code>)>);

/// Words remembered for one column; more only cost time.
const KNOWN_WORDS: usize = 64;

impl<'m> RowStager<'m> {
    /// Binds a mapping to the header of a file.
    pub(super) fn new(file: &str, mapping: &'m Mapping, header: Row<'_>) -> Result<Self, Issue> {
        let headers: Vec<String> = header.cells().map(clean_header).collect();
        let binding = Binding {
            file,
            mapping,
            headers: &headers,
            line: header.line,
        };
        let def = mapping.def();
        let sources = binding.sources(def)?;
        let attributes = binding.attributes();
        let names: Vec<String> = attributes
            .iter()
            .filter_map(|index| headers.get(*index).cloned())
            .collect();
        let mut stager = Self {
            file: file.to_owned(),
            mapping,
            builder: TableBuilder::new(mapping.table, &names),
            returned: Returned::default(),
            masters: Masters::default(),
            refusals: Refusals::new(file, &headers),
            totals: Totals::default(),
            notes: Vec::new(),
            def,
            sources,
            attributes,
            metrics: binding.metrics(def),
            document: binding.role(&Target::Document),
            sku_name: binding.role(&Target::SkuName),
            sku_category: binding.role(&Target::SkuCategory),
            width: headers.len(),
            conventions: Conventions {
                decimal_mark: mapping.decimal_mark,
                date_order: mapping.date_order,
            },
            quantity: quantity_column(def),
            worth: worth(def),
            price: def.column_index("price"),
            choices: vec![KnownWords::default(); def.columns.len()],
        };
        stager.notes.extend(binding.unmapped());
        Ok(stager)
    }

    /// Takes one row of data.
    pub(super) fn row(&mut self, row: Row<'_>) {
        if row.cells().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let line = row.line;
        if let Err(refusal) = self.check_width(row) {
            return self.refuse(row, line, &refusal);
        }
        let mut cells: Vec<Option<Cell<'_>>> = Vec::with_capacity(self.builder.width());
        match self.read_cells(row, &mut cells) {
            Ok(()) => {}
            Err(refusal) => return self.refuse(row, line, &refusal),
        }
        if !self.metrics.is_empty() {
            return self.take_metrics(row, cells);
        }
        let (quantity, value) = self.measure(&mut cells);
        self.totals.file.add(quantity, value);
        match self.outcome(&cells) {
            Err(code) => {
                let column = self.file_column(self.quantity);
                let value_text = column.map_or("", |column| row.get(column));
                self.totals.refused.add(quantity, value);
                self.push_refusal(
                    line,
                    &Refusal {
                        code,
                        column,
                        value: value_text,
                    },
                );
            }
            Ok(Outcome::SetAside) => {
                self.totals.set_aside.add(quantity, value);
                let column = self.file_column(self.price);
                let value = column.map_or("", |column| row.get(column));
                self.push_refusal(
                    line,
                    &Refusal {
                        code: Code::NotDemand,
                        column,
                        value,
                    },
                );
            }
            Ok(Outcome::Returned) => {
                self.totals.returns.add(quantity, value);
                self.take_return(row, &cells);
                self.learn(row, &cells);
            }
            Ok(Outcome::Accepted) => {
                self.totals.loaded.add(quantity, value);
                self.learn(row, &cells);
                self.push_attributes(row, &mut cells);
                self.builder
                    .push(u32::try_from(line).unwrap_or(u32::MAX), &cells);
            }
        }
    }

    /// Rows of a workbook end at their last cell; rows of a text file are as wide as the header.
    fn check_width<'a>(&self, row: Row<'a>) -> Result<(), Refusal<'a>> {
        let refusal = |code| Refusal {
            code,
            column: None,
            value: "",
        };
        let is_blank = |index: usize| row.get(index).trim().is_empty();
        if row.len() > self.width && !(self.width..row.len()).all(is_blank) {
            return Err(refusal(Code::TooManyColumns));
        }
        if row.len() < self.width && !row.is_open_ended() {
            return Err(refusal(Code::TooFewColumns));
        }
        Ok(())
    }

    fn read_cells<'a>(
        &mut self,
        row: Row<'a>,
        cells: &mut Vec<Option<Cell<'a>>>,
    ) -> Result<(), Refusal<'a>> {
        for (index, (source, def)) in self.sources.iter().zip(self.def.columns).enumerate() {
            let cell = match source {
                Source::Nothing => None,
                Source::Constant(cell) => Some(cell.clone()),
                Source::File(column) => {
                    let known = self.choices.get_mut(index);
                    let is_quantity = self.quantity == Some(index);
                    let read = read_column(
                        self.mapping,
                        def,
                        is_quantity,
                        row,
                        *column,
                        self.conventions,
                        known,
                    );
                    let refusal = |code| Refusal {
                        code,
                        column: Some(*column),
                        value: row.get(*column),
                    };
                    match read.map_err(refusal)? {
                        None if def.is_required => return Err(refusal(Code::MissingValue)),
                        cell => cell,
                    }
                }
            };
            cells.push(cell);
        }
        match self.broken_rule(cells) {
            None => Ok(()),
            Some((index, code)) => Err(self.rule_refusal(row, index, code)),
        }
    }

    /// The first cell that is not what its column asks for. Prices of returned lines and of lines
    /// that are set aside for theirs are not judged.
    fn broken_rule(&self, cells: &[Option<Cell<'_>>]) -> Option<(usize, Code)> {
        let quantity = self.quantity.and_then(|index| cells.get(index)?.as_ref());
        let is_returned = matches!(quantity, Some(Cell::Number(..0)));
        let is_free = self.mapping.routing.set_aside_unpriced || is_returned;
        let broken = self.def.broken_rule(cells);
        let broken = broken.filter(|(index, _)| !(is_free && self.price == Some(*index)));
        broken.map(|(index, error)| (index, error.code()))
    }

    fn rule_refusal<'a>(&self, row: Row<'a>, index: usize, code: Code) -> Refusal<'a> {
        let column = self.file_column(Some(index));
        Refusal {
            code,
            column,
            value: column.map_or("", |column| row.get(column)),
        }
    }

    /// Quantity and value of a row; fills in the revenue where it follows from the price.
    fn measure(&self, cells: &mut [Option<Cell<'_>>]) -> (Option<i64>, Option<i64>) {
        let number = |cells: &[Option<Cell<'_>>], index: Option<usize>| match index
            .and_then(|index| cells.get(index))
        {
            Some(Some(Cell::Number(number))) => Some(*number),
            _ => None,
        };
        let quantity = number(cells, self.quantity);
        let times = |price: Option<i64>| value_of(quantity?, price?);
        let value = match self.worth {
            Worth::Unknown => None,
            Worth::Times(index) => times(number(cells, Some(index))),
            Worth::Column(index) => {
                let stated = number(cells, Some(index));
                let value = stated.or_else(|| {
                    times(number(cells, self.price)).filter(|_| self.mapping.revenue_from_price)
                });
                if let Some(slot) = cells.get_mut(index) {
                    *slot = value.map(Cell::Number);
                }
                value
            }
        };
        (quantity, value)
    }

    fn outcome(&self, cells: &[Option<Cell<'_>>]) -> Result<Outcome, Code> {
        let cell = |index: Option<usize>| {
            index
                .and_then(|index| cells.get(index))
                .and_then(Option::as_ref)
        };
        let is_priced = matches!(cell(self.price), Some(Cell::Number(1..)));
        if self.mapping.routing.set_aside_unpriced && !is_priced {
            return Ok(Outcome::SetAside);
        }
        let is_signed = self.quantity_kind() == Some(Kind::SignedQuantity);
        match cell(self.quantity) {
            Some(Cell::Number(..0)) if is_signed => Ok(Outcome::Accepted),
            Some(Cell::Number(..0)) if self.mapping.routing.returns_negative => {
                Ok(Outcome::Returned)
            }
            Some(Cell::Number(..0)) => Err(Code::Negative),
            _ => Ok(Outcome::Accepted),
        }
    }

    fn quantity_kind(&self) -> Option<Kind> {
        self.quantity
            .and_then(|index| self.def.columns.get(index))
            .map(|column| column.kind)
    }

    fn file_column(&self, column: Option<usize>) -> Option<usize> {
        match column.and_then(|column| self.sources.get(column)) {
            Some(Source::File(index)) => Some(*index),
            _ => None,
        }
    }

    fn take_return(&mut self, row: Row<'_>, cells: &[Option<Cell<'_>>]) {
        let cell = |name: &str| {
            self.def
                .column_index(name)
                .and_then(|index| cells.get(index)?.as_ref())
        };
        let text = |name: &str| match cell(name) {
            Some(Cell::Text(text)) => text.as_ref(),
            _ => "",
        };
        let number = |name: &str| match cell(name) {
            Some(Cell::Number(number)) => Some(*number),
            _ => None,
        };
        let day = match cell("date") {
            Some(Cell::Day(day)) => Some(*day),
            _ => None,
        };
        let document = self.document.and_then(|column| read_text(row.get(column)));
        let document = document.unwrap_or_else(|| undocumented(day).into());
        let line = ReturnLine {
            document: &document,
            sku: text("sku"),
            channel: text("channel"),
            region: text("region"),
            day,
            quantity: number("quantity").map_or(0, i64::saturating_neg),
            price: number("price"),
        };
        self.returned.push(&line);
    }

    /// Remembers what the row says about its SKU.
    fn learn(&mut self, row: Row<'_>, cells: &[Option<Cell<'_>>]) {
        if self.mapping.derived_category.is_empty() || self.mapping.table == TableId::Skus {
            return;
        }
        let sku = self
            .def
            .column_index("sku")
            .and_then(|index| cells.get(index));
        let Some(Some(Cell::Text(sku))) = sku else {
            return;
        };
        let name = self.sku_name.and_then(|column| read_text(row.get(column)));
        let category = self
            .sku_category
            .and_then(|column| read_text(row.get(column)));
        self.masters.push(sku, name.as_deref(), category.as_deref());
    }

    pub(super) fn push_attributes<'a>(&self, row: Row<'a>, cells: &mut Vec<Option<Cell<'a>>>) {
        for column in &self.attributes {
            cells.push(read_text(row.get(*column)).map(Cell::Text));
        }
    }

    /// Lists a row that cannot be read; its quantity and value count where they can be read.
    pub(super) fn refuse(&mut self, row: Row<'_>, line: u64, refusal: &Refusal<'_>) {
        let (quantity, value) = self.measure_raw(row);
        self.totals.file.add(quantity, value);
        self.totals.refused.add(quantity, value);
        if quantity.is_none() && self.quantity.is_some() {
            self.totals.unreadable += 1;
        }
        let detail = match refusal.code {
            Code::TooLong => text_limit(refusal.value),
            _ => u32::try_from(row.len()).unwrap_or(u32::MAX),
        };
        let reason = Reason {
            code: refusal.code,
            column: refusal.column,
            value: refusal.value,
            detail,
        };
        self.refusals.push(line, reason);
    }

    fn push_refusal(&mut self, line: u64, refusal: &Refusal<'_>) {
        let reason = Reason {
            code: refusal.code,
            column: refusal.column,
            value: refusal.value,
            detail: 0,
        };
        self.refusals.push(line, reason);
    }

    /// Quantity and value of a row of which only single cells can be read.
    fn measure_raw(&self, row: Row<'_>) -> (Option<i64>, Option<i64>) {
        let mut cells: Vec<Option<Cell<'_>>> = vec![None; self.def.columns.len()];
        let wanted = [self.quantity, self.price, worth_column(self.worth)];
        for index in wanted.into_iter().flatten() {
            let (Some(column), Some(slot)) = (self.file_column(Some(index)), cells.get_mut(index))
            else {
                continue;
            };
            let is_quantity = self.quantity == Some(index);
            let kind = if is_quantity {
                Kind::SignedQuantity
            } else {
                Kind::Number
            };
            let read = read_cell(
                kind,
                row.get(column),
                row.cell_type(column),
                self.conventions,
            );
            *slot = read.unwrap_or_default();
        }
        self.measure(&mut cells)
    }
}

const fn worth_column(worth: Worth) -> Option<usize> {
    match worth {
        Worth::Column(index) | Worth::Times(index) => Some(index),
        Worth::Unknown => None,
    }
}

/// The limit that a text passed: that of codes, or that of texts.
fn text_limit(value: &str) -> u32 {
    if value.chars().count() > 1_000 {
        1_000
    } else {
        64
    }
}

fn undocumented(day: Option<Day>) -> String {
    day.map_or_else(|| "R".to_owned(), |day| format!("R{day}"))
}

fn clean_header(cell: &str) -> String {
    super::cells::unwrap_text(cell).to_owned()
}

/// Reads one cell; quantities keep their sign here, routing judges it.
fn read_column<'a>(
    mapping: &Mapping,
    def: &'static ColumnDef,
    is_quantity: bool,
    row: Row<'a>,
    column: usize,
    conventions: Conventions,
    known: Option<&mut KnownWords>,
) -> Result<Option<Cell<'a>>, Code> {
    let text = row.get(column);
    if let (Kind::Choice(choices), Some(known)) = (def.kind, known) {
        let word = known.read(text, || {
            let words = mapping.words.iter().filter(|word| word.column == def.name);
            read_choice(
                def.name,
                choices,
                words.map(|word| (word.from.as_str(), word.to.as_str())),
                text,
            )
        })?;
        return Ok(word.map(|word| Cell::Text(word.into())));
    }
    let kind = if is_quantity && def.kind == Kind::Quantity {
        Kind::SignedQuantity
    } else {
        def.kind
    };
    read_cell(kind, text, row.cell_type(column), conventions)
}

impl KnownWords {
    fn read(
        &mut self,
        text: &str,
        read: impl FnOnce() -> Result<Option<&'static str>, Code>,
    ) -> Result<Option<&'static str>, Code> {
        if let Some((_, word)) = self.0.iter().find(|(known, _)| known == text) {
            return *word;
        }
        let word = read();
        if self.0.len() < KNOWN_WORDS {
            self.0.push((text.to_owned(), word));
        }
        word
    }
}
