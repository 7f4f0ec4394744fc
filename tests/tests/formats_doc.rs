//! docs/formats.md is what the registry of tables says.
//!
//! `UPDATE_DOCS=1 cargo test -p ballast-tests --test formats_doc` writes it anew.

use engine::dataset::{ColumnDef, Kind, Rule, TABLES, TableDef};
use std::fmt::Write;
use std::path::Path;

const HEAD: &str = "# The dataset on disk

<!-- Written by tests/tests/formats_doc.rs from the registry of tables. -->

A dataset is a folder of UTF-8 CSV files with a header row, `,` separator, `\"` quoting, `.` decimals, ISO dates and
empty cells for what is absent. Codes are trimmed, case-sensitive and kept in Unicode normal form C. A file that is
missing means \"not known\", never zero. Columns may stand in any order; columns that are not listed here are kept as
attributes. Rates are fractions (0.123). Rows that cannot be read, or hold what a column does not take, are left out and
listed with line, column and reason. Codes that name no row of their master table are listed too, once for each file,
column and code: `sku`, `category`, `channel`, `region`, `warehouse`, `supplier`, `post` and `event`.

| type | cells |
|---|---|
| code | text of at most 64 characters |
| text | text of at most 1,000 characters |
| date | `2026-11-22` |
| time | `2026-11-22T08:30:00+08:00`; seconds and offset may be left out |
| quantity | number of goods, at most 12 digits before and 3 after the point, not below zero |
| signed quantity | the same, below zero allowed |
| number | at most 12 digits before and 6 after the point |
| integer | whole number |
| flag | `true` or `false` |
| one of | one of the words |
| limits | `category=a;channel in (b,c)` in at most 1,000 characters: `key=code` or `key in (code,code)`, joined by `;`, all of which must hold. Keys are `category` (with all below it), `sku`, `channel` and `region`, each once. Empty: everything. A cell with a comma needs quotes |

The dataset hash is BLAKE3-256 over the tables below in this order, rows sorted by key: the order of files, rows and
columns and the spelling of numbers leave no trace. `company.csv` holds `name`, `base_currency`, `week_start`
(`mon` .. `sun`), `as_of` (the day of the stock picture, end of that day), `fiscal_year_start`, `locale` and
`vat_rate`; an import without `as_of` sets it to the last date in its files.

Foreign files become these tables through a mapping (`ballast import --mapping`, the Data screen). Negative sales
lines go to `returns.csv` with `rma` = document number and a running number, lines without a price above zero are set
aside and listed; rows that share a key are summed. What did not enter is in `import_report.csv`: file, line, column,
value, code, message. Columns whose header starts with `ballast_` are for people and never read: the file of refused
rows, made to be corrected and imported again, says line and reason in them.
";

fn page() -> String {
    let mut page = HEAD.to_owned();
    for table in TABLES {
        write_table(&mut page, table).expect("memory");
    }
    page
}

fn write_table(page: &mut String, table: &TableDef) -> std::fmt::Result {
    writeln!(
        page,
        "\n## {}.csv\n\nKey: {}\n",
        table.name,
        table.key.join(", ")
    )?;
    writeln!(
        page,
        "| column | required | type | unit |\n|---|---|---|---|"
    )?;
    for column in table.columns {
        let required = if column.is_required { "yes" } else { "" };
        writeln!(
            page,
            "| {} | {required} | {} | {} |",
            column.name,
            type_name(column),
            column.unit
        )?;
    }
    Ok(())
}

fn type_name(column: &ColumnDef) -> String {
    format!("{}{}", kind_name(column), rule_name(column.rule))
}

fn rule_name(rule: Rule) -> String {
    match rule {
        Rule::Any => String::new(),
        Rule::NotNegative => ", not below zero".to_owned(),
        Rule::Positive => ", above zero".to_owned(),
        Rule::AtLeastOne => ", 1 or more".to_owned(),
        Rule::Fraction => " from 0 to 1".to_owned(),
        Rule::Days => " from 0 to 366".to_owned(),
        Rule::Words(words) => format!(" in any case: {}", words.join(", ")),
        Rule::NotBefore(start) => format!(", not before {start}"),
        Rule::ByWord(_, rules) => {
            let special = rules.iter().map(|(word, rule)| match rule {
                Rule::Any => format!("; {word}: any"),
                rule => format!("; {word}: {}", rule_name(*rule).trim_start_matches(", ")),
            });
            format!(", not below zero{}", special.collect::<String>())
        }
    }
}

fn kind_name(column: &ColumnDef) -> String {
    match column.kind {
        Kind::Code => "code".to_owned(),
        Kind::Text => "text".to_owned(),
        Kind::Choice(words) => format!("one of {}", words.join(", ")),
        Kind::Date => "date".to_owned(),
        Kind::Time => "time".to_owned(),
        Kind::Quantity => "quantity".to_owned(),
        Kind::SignedQuantity => "signed quantity".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Integer => "integer".to_owned(),
        Kind::Flag => "flag".to_owned(),
        Kind::Limits => "limits".to_owned(),
    }
}

#[test]
fn the_page_of_formats_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/formats.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, page()).expect("docs is writable");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = found
        .lines()
        .zip(page().lines().map(str::to_owned))
        .find(|(a, b)| a != b);
    assert_eq!(
        differs, None,
        "run with UPDATE_DOCS=1 and commit docs/formats.md"
    );
    assert!(
        found == page(),
        "run with UPDATE_DOCS=1 and commit docs/formats.md"
    );
}
