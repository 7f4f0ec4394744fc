//! Issues: what is wrong with data, collected instead of thrown.
//!
//! An issue names its code, place and values; the user interface words it in its
//! language, [`std::fmt::Display`] words it for logs and the terminal.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much an issue weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The row or file was used; something about it should be known.
    Warning,
    /// The row or file was not used.
    Refused,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $severity:ident $code:literal $text:literal;)*) => {
        /// Every kind of issue the engine reports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// All codes, in the order of their definition.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable text of reports and files.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Whether rows with this issue are left out.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// English wording; `{name}` stands for the parameter of that name.
            pub const fn template(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// A cell that must be a number is not one.
    BadNumber Refused "E_BAD_NUMBER" "not a number: {value}";
    /// A number that reads differently under two conventions.
    AmbiguousNumber Refused "E_AMBIGUOUS_NUMBER" "number can be read two ways: {value}";
    /// A number with more digits than the column holds.
    NumberRange Refused "E_NUMBER_RANGE" "number out of range: {value}";
    /// A cell that must be a date is not one.
    BadDate Refused "E_BAD_DATE" "not a date: {value}";
    /// A date that reads differently as day/month and month/day.
    AmbiguousDate Refused "E_AMBIGUOUS_DATE" "date can be read two ways: {value}";
    /// A cell outside the column's list of words.
    UnknownChoice Refused "E_UNKNOWN_CHOICE" "unknown {column}: {value}";
    /// A quantity that may not be below zero is.
    Negative Refused "E_NEGATIVE" "negative value: {value}";
    /// A required cell is empty.
    MissingValue Refused "E_MISSING_VALUE" "{column} is missing";
    /// A required column is not in the file.
    MissingColumn Refused "E_MISSING_COLUMN" "required column is missing: {column}";
    /// Two rows with the same key.
    DuplicateKey Refused "E_DUPLICATE_KEY" "same key as line {first_line}: {value}";
    /// A row whose key an earlier file of the same table has.
    RepeatedKey Refused "E_REPEATED_KEY" "an earlier file has the same key: {value}";
    /// More cells in the row than in the header.
    TooManyColumns Refused "E_TOO_MANY_COLUMNS" "{found} cells where the header has {expected}";
    /// Fewer cells in the row than in the header.
    TooFewColumns Refused "E_TOO_FEW_COLUMNS" "{found} cells where the header has {expected}";
    /// A text longer than the column allows.
    TooLong Refused "E_TOO_LONG" "longer than {limit} characters: {value}";
    /// A header that stands twice.
    DuplicateColumn Refused "E_DUPLICATE_COLUMN" "column stands twice: {column}";
    /// Bytes that no supported encoding explains.
    BadEncoding Refused "E_ENCODING" "cannot be read as {encoding}";
    /// A quote that never closes, or a row past its limit.
    BadQuoting Refused "E_QUOTING" "unclosed quote or row longer than {limit} bytes";
    /// A file of no known table.
    UnknownTable Refused "E_UNKNOWN_TABLE" "no table fits this file: {value}";
    /// A file that is empty.
    EmptyFile Refused "E_EMPTY_FILE" "the file holds no rows";
    /// A file past the limits of safe reading.
    FileLimit Refused "E_FILE_LIMIT" "the file is past the limit of {limit}";
    /// A spreadsheet that cannot be opened.
    BadWorkbook Refused "E_WORKBOOK" "cannot be opened as a spreadsheet: {value}";
    /// Stock rows in a bucket that open orders own.
    ExpectedBucket Refused "E_EXPECTED_BUCKET" "expected goods come from open_orders.csv: {value}";
    /// A number of more than 15 digits stored as a float by a spreadsheet.
    LostDigits Refused "E_LOST_DIGITS" "number of more than 15 digits stored inexactly: {value}";
    /// A code that no master table defines.
    UnknownCode Warning "W_UNKNOWN_CODE" "{column} not in {table}, {count} rows: {value}";
    /// Rows with one key that were added up.
    Aggregated Warning "W_AGGREGATED" "{count} rows summed into their key";
    /// A row routed to another table.
    Routed Warning "W_ROUTED" "{count} rows went to {table}";
    /// Rows that are not demand, kept apart and listed.
    SetAside Warning "W_SET_ASIDE" "{count} rows set aside: {reason}";
    /// A row that takes the place of one from an earlier file.
    Replaced Warning "W_REPLACED" "replaces the row of an earlier file: {value}";
    /// A sales line without a price above zero, kept apart.
    NotDemand Warning "W_NOT_DEMAND" "set aside, price is not above zero: {value}";
    /// A column that the mapping does not mention.
    IgnoredColumn Warning "W_IGNORED_COLUMN" "column is not read: {column}";
    /// A column no table knows, kept as an attribute.
    UnknownColumn Warning "W_UNKNOWN_COLUMN" "unknown column kept as attribute: {column}";
    /// No file of who serves whom.
    NoServes Warning "W_NO_SERVES" "no serves.csv: all demand goes to {warehouse}";
    /// No lead time known; the default is used.
    DefaultLeadTime Warning "W_DEFAULT_LEAD_TIME" "no sourcing row: lead time 14 d, sd 4 d, review 7 d";
    /// Too little history for backtest errors.
    FewOrigins Warning "W_FEW_ORIGINS" "fewer than 12 origins: model variance used";
    /// A scope that is not made of keys that limit goods.
    BadScope Refused "E_BAD_SCOPE" "limits must be of category, channel, region or sku, as category=a;channel in (b,c): {value}";
    /// A scope with a code that no table has.
    UnknownScope Warning "W_UNKNOWN_SCOPE" "concerns no goods, as nothing is called {code}; the row does nothing: {value}";
    /// A value that must be above zero is not.
    NotPositive Refused "E_NOT_POSITIVE" "must be above zero: {value}";
    /// A rank below the first.
    BelowOne Refused "E_BELOW_ONE" "must be 1 or more: {value}";
    /// A share outside 0 to 1.
    NotFraction Refused "E_NOT_FRACTION" "must be from 0 to 1: {value}";
    /// A count of days outside 0 to 366.
    NotDays Refused "E_NOT_DAYS" "must be from 0 to 366 days: {value}";
    /// Something that ends before it starts.
    EndsFirst Refused "E_ENDS_FIRST" "ends before it starts: {value}";
    /// A successor that no table has.
    UnknownSuccessor Warning "W_UNKNOWN_SUCCESSOR" "successor of {sku} is in no table, so nothing takes over from it: {value}";
    /// Goods that name themselves as their successor.
    OwnSuccessor Warning "W_OWN_SUCCESSOR" "{sku} is its own successor, so nothing takes over from it: {value}";
    /// Successors that lead back to where they started.
    SuccessorCycle Warning "W_SUCCESSOR_CYCLE" "successors of {sku} lead back to it; this one is not used: {value}";
    /// Demand from after the date of the data.
    AfterDate Warning "W_AFTER_DATE" "{count} rows after {day} are left out, {value} units";
}

/// Where in a file an issue stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// File name as the user knows it.
    pub file: String,
    /// Line, counted from 1 with the header as line 1; 0 for the whole file.
    pub line: u64,
    /// Column name as it stands in the file; empty for the whole row.
    pub column: String,
}

/// One problem with the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// What kind it is.
    pub code: Code,
    /// Where it stands.
    pub place: Place,
    /// Values for the wording, by name.
    pub params: Vec<(String, String)>,
}

impl Issue {
    /// An issue at a place, with no values yet.
    pub const fn new(code: Code, place: Place) -> Self {
        Self {
            code,
            place,
            params: Vec::new(),
        }
    }

    /// Adds a value for the wording; long values are cut at 80 characters.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        let value: String = value.to_string().chars().take(80).collect();
        self.params.push((name.to_owned(), value));
        self
    }

    /// The value of a parameter, empty when there is none.
    pub fn param(&self, name: &str) -> &str {
        let found = self.params.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The English sentence, without the place.
    pub fn message(&self) -> String {
        self.worded(self.code.template())
    }

    /// A sentence with `{name}` replaced by the parameter of that name.
    pub fn worded(&self, template: &str) -> String {
        let mut text = template.to_owned();
        for (name, value) in &self.params {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place.file)?;
        if self.place.line > 0 {
            write!(f, ":{}", self.place.line)?;
        }
        if !self.place.column.is_empty() {
            write!(f, ": {}", self.place.column)?;
        }
        write!(f, ": {} {}", self.code.as_str(), self.message())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_say_their_severity() {
        let mut texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), Code::ALL.len());
        for code in Code::ALL {
            let is_error = code.as_str().starts_with("E_");
            assert_eq!(is_error, code.severity() == Severity::Refused, "{code:?}");
        }
    }

    #[test]
    fn an_issue_names_file_line_column_and_reason() {
        let place = Place {
            file: "stock.csv".into(),
            line: 7,
            column: "quantity".into(),
        };
        let issue = Issue::new(Code::BadNumber, place).with("value", "12x");
        assert_eq!(
            issue.to_string(),
            "stock.csv:7: quantity: E_BAD_NUMBER not a number: 12x"
        );
    }
}
