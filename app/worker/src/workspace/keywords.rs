//! Words that the user mapped to goods: settings that are rows of `keywords.csv`.

use engine::dataset::{Cell, DuplicateRule, Table, TableBuilder, TableId};
use protocol::signals::WORD_SETTING;
use std::collections::BTreeMap;

/// Whether a setting changes the data.
pub(super) fn is_word(key: &str) -> bool {
    key.starts_with(WORD_SETTING)
}

/// The rows the settings say; `None` without any.
pub(crate) fn mapped(settings: &BTreeMap<String, String>) -> Option<Table> {
    let mut builder = TableBuilder::new(TableId::Keywords, &[]);
    for (line, (key, goods)) in (1..).zip(settings) {
        let Some(word) = key.strip_prefix(WORD_SETTING) else {
            continue;
        };
        let Some((column, code)) = goods.split_once(':') else {
            continue;
        };
        let cells = builder.def().columns.iter().map(|it| match it.name {
            "keyword" => Some(Cell::Text(word.into())),
            name if name == column => Some(Cell::Text(code.into())),
            _ => None,
        });
        let cells: Vec<Option<Cell<'_>>> = cells.collect();
        builder.push(line, &cells);
    }
    (!builder.is_empty()).then(|| builder.finish(DuplicateRule::KeepFirst).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_rows() {
        let setting = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let settings = [
            setting("keyword.bb 出行", "category:出行"),
            setting("keyword.a2", "sku:A-2"),
            setting("mapping.text-0", "1 00"),
        ];
        let table = mapped(&settings.into()).unwrap();
        assert_eq!(table.len(), 2);
        assert_eq!(table.text("keyword", 0), Some("a2"));
        assert_eq!(table.text("sku", 0), Some("A-2"));
        assert_eq!(table.text("category", 1), Some("出行"));
        assert_eq!(mapped(&BTreeMap::new()), None);
    }
}
