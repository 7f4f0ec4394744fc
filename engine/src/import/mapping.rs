//! How the columns of a foreign file become columns of a table: a value that people
//! confirm, that is remembered by the file's header and that makes an import repeatable.

use crate::order;
use serde::{Deserialize, Serialize};

use super::date::DateOrder;
use super::encoding::Encoding;
use super::left_over::is_note;
use super::number::DecimalMark;
use super::synonyms::normalise_header;
use crate::dataset::{DuplicateRule, Hash, TABLES, TableDef, TableId};

/// Where the cells of a source column go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// A column of the table, by canonical name.
    Column(String),
    /// The document number of the line (invoice, order): names the returns routed from it.
    Document,
    /// The name of the line's SKU, for the SKU master.
    SkuName,
    /// The category of the line's SKU, for the SKU master.
    SkuCategory,
    /// Kept as it is under its own header.
    Attribute,
    /// Not read.
    Ignore,
    /// The values of one metric of `signals.csv`: every such column makes a row of its own.
    Metric(String),
}

/// One column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceColumn {
    /// Header as it stands in the file.
    pub header: String,
    /// Where its cells go.
    pub target: Target,
}

/// A value for every row of a column the file does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constant {
    /// Canonical column.
    pub column: String,
    /// Its value, spelled as in a canonical file.
    pub value: String,
}

/// What a word of the file means in a column of choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Canonical column.
    pub column: String,
    /// Word of the file.
    pub from: String,
    /// Canonical word.
    pub to: String,
}

/// Lines of a sales file that are no demand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Routing {
    /// Lines without a price above zero are set aside and listed.
    pub set_aside_unpriced: bool,
    /// Lines with a negative quantity become rows of `returns.csv`.
    pub returns_negative: bool,
}

/// How a file is read before its columns mean anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileFormat {
    /// Encoding of a text file.
    pub encoding: Encoding,
    /// Separator of a text file.
    pub separator: char,
    /// Line of the header, from 1; lines above it are titles.
    pub header_line: u64,
    /// Sheet of a workbook; empty for the first.
    pub sheet: String,
}

impl FileFormat {
    /// Whether it is that of a workbook.
    pub const fn is_workbook(&self) -> bool {
        !self.sheet.is_empty()
    }
}

impl Default for FileFormat {
    fn default() -> Self {
        Self {
            encoding: Encoding::Utf8,
            separator: ',',
            header_line: 1,
            sheet: String::new(),
        }
    }
}

/// How a file becomes rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Version of this layout; 1.
    pub ballast_mapping: u32,
    /// The table.
    #[serde(with = "table_name")]
    pub table: TableId,
    /// How the file is read.
    #[serde(default)]
    pub format: FileFormat,
    /// The file's columns.
    pub columns: Vec<SourceColumn>,
    /// Values of columns the file does not have.
    #[serde(default)]
    pub constants: Vec<Constant>,
    /// How its numbers are written.
    #[serde(default)]
    pub decimal_mark: DecimalMark,
    /// How its dates are written.
    #[serde(default)]
    pub date_order: DateOrder,
    /// What happens to rows that share a key.
    #[serde(default)]
    pub duplicates: DuplicateRule,
    /// Lines that go elsewhere.
    #[serde(default)]
    pub routing: Routing,
    /// Words of choice columns beyond the dictionary.
    #[serde(default)]
    pub words: Vec<Word>,
    /// Revenue is quantity times price where the file has no revenue.
    #[serde(default)]
    pub revenue_from_price: bool,
    /// Category of SKUs that this file brings without one; empty: no master tables are derived.
    #[serde(default)]
    pub derived_category: String,
}

impl Mapping {
    /// A mapping of nothing onto a table.
    pub fn new(table: TableId, format: FileFormat) -> Self {
        Self {
            ballast_mapping: 1,
            table,
            format,
            columns: Vec::new(),
            constants: Vec::new(),
            decimal_mark: DecimalMark::Undeclared,
            date_order: DateOrder::Undeclared,
            duplicates: DuplicateRule::KeepFirst,
            routing: Routing::default(),
            words: Vec::new(),
            revenue_from_price: false,
            derived_category: String::new(),
        }
    }

    /// The definition of its table.
    pub fn def(&self) -> &'static TableDef {
        TABLES.get(self.table.index()).unwrap_or(&TABLES[0])
    }

    /// The header mapped to a column of the table.
    pub fn header_of(&self, column: &str) -> Option<&str> {
        let is_it = |source: &&SourceColumn| matches!(&source.target, Target::Column(name) if name == column);
        self.columns
            .iter()
            .find(is_it)
            .map(|source| source.header.as_str())
    }

    /// The constant of a column.
    pub fn constant(&self, column: &str) -> Option<&str> {
        let found = self
            .constants
            .iter()
            .find(|constant| constant.column == column);
        found.map(|constant| constant.value.as_str())
    }

    /// Whether columns of the file are metrics.
    pub fn has_metrics(&self) -> bool {
        let is_metric = |source: &SourceColumn| matches!(source.target, Target::Metric(_));
        self.columns.iter().any(is_metric)
    }

    /// Sets or replaces the constant of a column.
    pub fn set_constant(&mut self, column: &str, value: &str) {
        self.constants.retain(|constant| constant.column != column);
        self.constants.push(Constant {
            column: column.to_owned(),
            value: value.to_owned(),
        });
    }

    /// Required columns that nothing provides.
    pub fn missing(&self) -> Vec<&'static str> {
        let required = self
            .def()
            .columns
            .iter()
            .filter(|column| column.is_required);
        let is_missing = |name: &&'static str| {
            self.header_of(name).is_none()
                && self.constant(name).is_none()
                && !(self.has_metrics() && METRIC_COLUMNS.contains(name))
        };
        required
            .map(|column| column.name)
            .filter(is_missing)
            .collect()
    }

    /// The fingerprint of the header it was made for.
    pub fn fingerprint(&self) -> Hash {
        header_fingerprint(self.columns.iter().map(|column| column.header.as_str()))
    }

    /// Names the shape of file it was made for: its header, and text or workbook.
    pub fn shape(&self) -> String {
        let kind = if self.format.is_workbook() {
            "workbook"
        } else {
            "text"
        };
        format!("{kind}-{}", self.fingerprint())
    }

    /// Whether it was made for a header of these names, in any order, in a file of that kind.
    pub fn fits(&self, headers: &[String], is_workbook: bool) -> bool {
        self.format.is_workbook() == is_workbook
            && self.fingerprint() == header_fingerprint(headers.iter().map(String::as_str))
    }
}

/// What a column of a metric says of its rows: name and value.
pub(super) const METRIC_COLUMNS: [&str; 2] = ["metric", "value"];

/// A hash of a header that does not see order, case, blanks or columns for people.
pub fn header_fingerprint<'a>(headers: impl Iterator<Item = &'a str>) -> Hash {
    let read = headers.filter(|header| !is_note(header));
    let mut names: Vec<_> = read.map(normalise_header).collect();
    order::sort(&mut names);
    Hash::of(names.join("\u{1f}").as_bytes())
}

mod table_name {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::dataset::{TABLES, TableId};

    pub(super) fn serialize<S: Serializer>(id: &TableId, serializer: S) -> Result<S::Ok, S::Error> {
        let name = TABLES.get(id.index()).map_or("", |table| table.name);
        serializer.serialize_str(name)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<TableId, D::Error> {
        let name = String::deserialize(deserializer)?;
        super::table_of(&name).ok_or_else(|| D::Error::custom(format!("unknown table: {name}")))
    }
}

/// The table of that file name, with or without `.csv`.
pub fn table_of(name: &str) -> Option<TableId> {
    let stem = name.strip_suffix(".csv").unwrap_or(name);
    TABLES
        .iter()
        .find(|table| table.name == stem)
        .map(|table| table.id)
}
