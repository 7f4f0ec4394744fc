//! The message tables: `NAME: "中文", "English";`, one file an area, each message said in both and used.

use std::collections::BTreeSet;

use super::Finding;
use super::source::{Literal, Source, has_chinese, is_cjk, literals};

/// The folder of the message tables.
pub const TABLES: &str = "app/src/i18n/messages";

/// Messages that are missing, empty or in the wrong language, or whose parameters differ.
pub fn languages(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in entries(source) {
        if let Some(fault) = fault(&entry) {
            let message = format!("{}: {fault}", entry.name);
            findings.push(Finding::new(source, entry.line, "locale", message));
        }
    }
    findings
}

/// Messages that no other file of the app names. A table that is searched by id (`area::ALL`)
/// is used as a whole: error codes and model names come from the engine.
pub fn unused(sources: &[Source]) -> Vec<Finding> {
    let users = || {
        let is_user = |source: &&Source| source.is_in("app/src") && !source.is_in(TABLES);
        sources.iter().filter(is_user)
    };
    let named: BTreeSet<&str> = users()
        .flat_map(|source| {
            source
                .code
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        })
        .collect();
    let is_searched = |source: &Source| {
        let file = source.path.rsplit('/').next().unwrap_or(&source.path);
        let all = format!("{}::ALL", file.trim_end_matches(".rs"));
        users().any(|user| user.product_code().any(|(_, code)| code.contains(&all)))
    };
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.is_in(TABLES)) {
        if is_searched(source) {
            continue;
        }
        for entry in entries(source)
            .iter()
            .filter(|entry| !named.contains(entry.name))
        {
            let message = format!("{} is said nowhere", entry.name);
            findings.push(Finding::new(source, entry.line, "locale", message));
        }
    }
    findings
}

/// The texts of a table in its order, Chinese and English; `None` when one is missing or escaped.
pub fn texts(source: &Source) -> Option<Vec<[&str; 2]>> {
    fn text<'text>(entry: &Entry<'text>) -> Option<[&'text str; 2]> {
        match entry.texts[..] {
            [zh, en] if !zh.contains('\\') && !en.contains('\\') => Some([zh, en]),
            _ => None,
        }
    }
    entries(source).iter().map(text).collect()
}

struct Entry<'text> {
    name: &'text str,
    line: usize,
    texts: Vec<&'text str>,
}

/// The entries of a table file; other files have none.
fn entries(source: &Source) -> Vec<Entry<'_>> {
    if !source.is_in(TABLES) || source.is_test() {
        return Vec::new();
    }
    let text = &source.uncommented;
    let mut found: Vec<Entry<'_>> = Vec::new();
    for Literal { at, value } in literals(text) {
        let before = text.get(..at).unwrap_or_default();
        let follows_comma = before.trim_end().ends_with(',');
        match (before.trim_end().strip_suffix(':'), found.last_mut()) {
            (Some(name), _) => {
                let start = name.rfind(|c: char| !(c.is_alphanumeric() || c == '_'));
                let name = name.get(start.map_or(0, |at| at + 1)..).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                found.push(Entry {
                    name,
                    line,
                    texts: vec![value],
                });
            }
            (None, Some(entry)) if follows_comma => entry.texts.push(value),
            _ => {}
        }
    }
    found
}

fn fault(entry: &Entry<'_>) -> Option<String> {
    let [chinese, english] = entry.texts[..] else {
        return Some(format!("{} languages instead of 2", entry.texts.len()));
    };
    if chinese.trim().is_empty() || english.trim().is_empty() {
        return Some("an empty text".to_owned());
    }
    if has_chinese(english) {
        return Some(format!("the English text holds Chinese: \"{english}\""));
    }
    let has_sentence = chinese
        .split_whitespace()
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase()))
        .count()
        > 1;
    if has_sentence && !chinese.chars().any(is_cjk) {
        return Some(format!("the Chinese text is not Chinese: \"{chinese}\""));
    }
    (parameters(chinese) != parameters(english))
        .then(|| "the two texts have different parameters".to_owned())
}

/// The names in braces.
fn parameters(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Source {
        Source::new("app/src/i18n/messages/home.rs", text)
    }

    fn messages(text: &str) -> Vec<String> {
        languages(&table(text))
            .iter()
            .map(|finding| finding.message.clone())
            .collect()
    }

    #[test]
    fn a_complete_table_passes() {
        let text = "super::messages! {\n    TITLE: \"驾驶舱\", \"Home\";\n    LEFT: \"剩 {n} 天\", \"{n} days left\";\n}";
        assert_eq!(messages(text), Vec::<String>::new());
    }

    #[test]
    fn a_missing_empty_or_wrong_language_is_found() {
        assert_eq!(messages("A: \"库存\";"), ["A: 1 languages instead of 2"]);
        assert_eq!(messages("A: \"库存\", \"\";"), ["A: an empty text"]);
        assert_eq!(
            messages("A: \"库存\", \"库存\";"),
            ["A: the English text holds Chinese: \"库存\""]
        );
        assert_eq!(
            messages("A: \"stock on hand\", \"stock\";"),
            ["A: the Chinese text is not Chinese: \"stock on hand\""]
        );
        assert_eq!(
            messages("A: \"剩 {n} 天\", \"{days} days left\";"),
            ["A: the two texts have different parameters"]
        );
    }

    #[test]
    fn the_texts_of_a_table_stand_in_its_order() {
        let source = table("B: \"乙\", \"b\";\n    // A note.\n    A: \"甲\", \"a\";");
        assert_eq!(texts(&source), Some(vec![["乙", "b"], ["甲", "a"]]));
        assert_eq!(texts(&table("A: \"库存\";")), None);
        assert_eq!(texts(&table("A: \"\\n\", \"a\";")), None, "no escapes");
    }

    #[test]
    fn a_message_that_is_said_nowhere_is_found() {
        let user = Source::new("app/src/screens/home/mod.rs", "t(home::USED)");
        let sources = [
            table("USED: \"用\", \"used\";\n    LEFT_OVER: \"余\", \"left\";"),
            user,
        ];
        let found: Vec<String> = unused(&sources)
            .iter()
            .map(|finding| finding.message.clone())
            .collect();
        assert_eq!(found, ["LEFT_OVER is said nowhere"]);
        let search = Source::new("app/src/parts/error.rs", "by_id(home::ALL, code)");
        let sources = [table("BAD_DATE: \"坏\", \"bad\";"), search];
        assert_eq!(unused(&sources).len(), 0, "searched by id");
    }
}
