//! Goods that a person decided a word stands for: settings that change `keywords.csv`.

use engine::dataset::{Cell, Dataset, DuplicateRule, Table, TableBuilder, TableId};
use protocol::signals::{WEIGHT_ONE, WORD_SETTING, WordDecision};
use std::collections::BTreeMap;

/// Millionths, in which tables hold numbers, of a hundredth.
const HUNDREDTH: i64 = 10_000;

/// Whether a setting changes the data.
pub(super) fn is_word(key: &str) -> bool {
    key.starts_with(WORD_SETTING)
}

/// A word with a decision, and whether a row of a file says the same goods.
struct Decided<'a> {
    word: &'a str,
    decision: WordDecision,
    is_in_file: bool,
}

/// Changes the keyword map to what the settings say. Rows of files keep their region and days;
/// what was never decided stays as it is.
pub(crate) fn put(dataset: &mut Dataset, settings: &BTreeMap<String, String>) {
    let mut decided = decided(settings);
    if decided.is_empty() {
        return;
    }
    let old = dataset.remove(TableId::Keywords);
    let attributes = old.as_ref().map_or(&[][..], Table::attributes);
    let names: Vec<String> = attributes.iter().map(|(name, _)| name.clone()).collect();
    let mut builder = TableBuilder::new(TableId::Keywords, &names);
    if let Some(old) = &old {
        for row in 0..old.len() {
            let own = decided.iter_mut().find(|it| it.is_of(old, row));
            let decision = own.map(|own| {
                own.is_in_file = true;
                &own.decision
            });
            copy(&mut builder, old, row, decision);
        }
    }
    for it in decided.iter().filter(|it| !it.is_in_file) {
        it.push(&mut builder);
    }
    if !builder.is_empty() {
        dataset.insert(builder.finish(DuplicateRule::KeepFirst).0);
    }
}

fn decided(settings: &BTreeMap<String, String>) -> Vec<Decided<'_>> {
    let mut decided: Vec<Decided<'_>> = Vec::new();
    for (key, value) in settings {
        let Some((word, decision)) = WordDecision::read(key, value) else {
            continue;
        };
        // A name with goods stands after the one without: it takes its place.
        let goods = decision.goods();
        decided.retain(|it| it.word != word || it.decision.goods() != goods);
        decided.push(Decided {
            word,
            decision,
            is_in_file: false,
        });
    }
    decided
}

/// Copies a row of a file, with the weight that was decided; not at all where that is nothing.
fn copy(builder: &mut TableBuilder, old: &Table, row: usize, decision: Option<&WordDecision>) {
    if decision.is_some_and(|decision| decision.weight == 0) {
        return;
    }
    let columns = old.def().columns.iter();
    let defined = columns.map(|it| match (it.name, decision) {
        ("weight", Some(decision)) => weight(decision),
        // What is decided is sure.
        ("confidence", Some(_)) => None,
        (name, _) => old.column(name).and_then(|column| column.cell(row)),
    });
    let others = old.attributes().iter().map(|(_, column)| column.cell(row));
    let cells: Vec<Option<Cell<'_>>> = defined.chain(others).collect();
    builder.push(line_of(builder), &cells);
}

impl Decided<'_> {
    /// Whether a row of a file is of the same word and goods.
    fn is_of(&self, table: &Table, row: usize) -> bool {
        let text = |column| table.text(column, row);
        let code = Some(self.decision.code.as_str());
        let is_same = match (self.decision.is_category, text("sku")) {
            (false, sku) => sku == code,
            (true, None) => text("category") == code,
            (true, Some(_)) => false,
        };
        is_same && text("keyword") == Some(self.word)
    }

    fn push(&self, builder: &mut TableBuilder) {
        if self.decision.weight == 0 {
            return;
        }
        let goods = if self.decision.is_category {
            "category"
        } else {
            "sku"
        };
        let columns = builder.def().columns.iter().map(|it| match it.name {
            "keyword" => Some(Cell::Text(self.word.into())),
            "weight" => weight(&self.decision),
            name if name == goods => Some(Cell::Text(self.decision.code.as_str().into())),
            _ => None,
        });
        let others = std::iter::repeat_n(None, builder.width() - builder.def().columns.len());
        let cells: Vec<Option<Cell<'_>>> = columns.chain(others).collect();
        builder.push(line_of(builder), &cells);
    }
}

/// A weight of one needs no cell.
fn weight(decision: &WordDecision) -> Option<Cell<'static>> {
    let is_one = decision.weight == WEIGHT_ONE;
    (!is_one).then(|| Cell::Number(i64::from(decision.weight) * HUNDREDTH))
}

fn line_of(builder: &TableBuilder) -> u32 {
    u32::try_from(builder.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::dataset::read_csv;

    /// Rows of a map as `keyword,sku,category,region,weight,confidence` after some settings.
    fn check(file: &str, settings: &[(&str, &str)], expect: &[&str]) {
        let mut dataset = Dataset::default();
        if !file.is_empty() {
            let head = "keyword,sku,category,region,weight,confidence\n";
            let read = read_csv(TableId::Keywords, "t", format!("{head}{file}").as_bytes());
            assert!(read.issues.is_empty(), "{:?}", read.issues);
            dataset.insert(read.table);
        }
        let settings = settings.iter();
        let settings = settings.map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        put(&mut dataset, &settings.collect());
        let Some(table) = dataset.table(TableId::Keywords) else {
            assert!(expect.is_empty());
            return;
        };
        let rows = (0..table.len()).map(|row| {
            let text = |column| table.text(column, row).unwrap_or_default();
            let number = |column| {
                let number = table.number(column, row);
                number.map_or_else(String::new, |it| (it as f64 / 1e6).to_string())
            };
            let texts = ["keyword", "sku", "category", "region"].map(text).join(",");
            format!("{texts},{},{}", number("weight"), number("confidence"))
        });
        assert_eq!(rows.collect::<Vec<_>>(), expect);
    }

    #[test]
    fn only_words_are_rows() {
        check(
            "",
            &[
                ("keyword.a2", "sku:A-2"),
                ("keyword.a2\nsku:A-3", "50"),
                ("keyword.bb 出行", "category:出行"),
                ("mapping.text-0", "1 00"),
            ],
            &["a2,A-2,,,,", "a2,A-3,,,0.5,", "bb 出行,,出行,,,"],
        );
        check(
            "",
            &[("keyword.a", "sku:A"), ("keyword.a\nsku:A", "0")],
            &[],
        );
        check("a,A,,,,\n", &[("mapping.a", "x")], &["a,A,,,,"]);
    }

    #[test]
    fn rows_of_files_are_taken_out_and_reweighed() {
        let file = "a,A,,cn,2,0.5\na,B,tea,,,\na,,tea,,,\nb,A,,,,\n";
        check(
            file,
            &[("keyword.a\nsku:A", "150"), ("keyword.a\nsku:B", "0")],
            &["a,,tea,,,", "a,A,,cn,1.5,", "b,A,,,,"],
        );
        check(
            file,
            &[("keyword.a\ncategory:tea", "0"), ("keyword.b\nsku:A", "0")],
            &["a,A,,cn,2,0.5", "a,B,tea,,,"],
        );
    }
}
