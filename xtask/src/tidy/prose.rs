//! Text in the code of the app: all of it belongs in the locale tables.

use super::Finding;
use super::source::{Literal, Source, has_chinese, literals};

/// Attributes whose value a person reads or hears.
const SPOKEN_ATTRIBUTES: [&str; 6] = [
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "aria-description",
    "label",
];

/// Chinese text anywhere in the app, and quoted text or literal styles inside `view!`.
pub fn prose(source: &Source) -> Vec<Finding> {
    if !source.is_in("app/src")
        || source.is_in("app/src/i18n")
        || !source.is_rust()
        || source.is_test()
    {
        return Vec::new();
    }
    let text = source.product_text();
    let views = view_ranges(&text);
    let mut findings = Vec::new();
    for literal in literals(&text) {
        let is_in_view = views
            .iter()
            .any(|(from, to)| (*from..*to).contains(&literal.at));
        if let Some(message) = fault(&text, &literal, is_in_view) {
            let line = text
                .get(..literal.at)
                .unwrap_or_default()
                .matches('\n')
                .count()
                + 1;
            findings.push(Finding::new(source, line, "prose", message));
        }
    }
    findings
}

fn fault(text: &str, literal: &Literal<'_>, is_in_view: bool) -> Option<String> {
    if has_chinese(literal.value) {
        return Some(format!("Chinese text outside i18n: \"{}\"", literal.value));
    }
    if !is_in_view {
        return None;
    }
    let before = text.get(..literal.at).unwrap_or_default().trim_end();
    let has_words = literal.value.chars().any(char::is_alphabetic);
    // Key caps carry the key's own name.
    let is_key_cap = before
        .rsplit('<')
        .next()
        .is_some_and(|tag| tag.starts_with("kbd"));
    if before.ends_with('>')
        && !is_key_cap
        && !before.ends_with("=>")
        && !before.ends_with("->")
        && has_words
    {
        return Some(format!(
            "text in a view: \"{}\" needs a locale key",
            literal.value
        ));
    }
    let attribute = before.strip_suffix('=')?.trim_end();
    let start = attribute
        .rfind(|c: char| !(c.is_alphanumeric() || "-_:".contains(c)))
        .map_or(0, |at| at + 1);
    let attribute = attribute.get(start..).unwrap_or_default();
    if attribute == "style" {
        return Some(
            "a literal `style` is refused by the security policy: use `style:property`".to_owned(),
        );
    }
    let is_spoken =
        SPOKEN_ATTRIBUTES.contains(&attribute.strip_prefix("attr:").unwrap_or(attribute));
    (is_spoken && has_words)
        .then(|| format!("{attribute}=\"{}\" needs a locale key", literal.value))
}

/// Byte ranges of the bodies of `view!`.
fn view_ranges(text: &str) -> Vec<(usize, usize)> {
    let starts = text.match_indices("view!").map(|(at, _)| at);
    starts
        .map(|at| (at, at + body_bytes(text.get(at..).unwrap_or_default())))
        .collect()
}

/// The length of a macro call: up to the bracket that closes its first one.
fn body_bytes(text: &str) -> usize {
    let strings = literals(text);
    let mut depth = 0_usize;
    let mut skip_until = 0;
    for (at, c) in text.char_indices() {
        if at < skip_until {
            continue;
        }
        match c {
            '"' => {
                let literal = strings.iter().find(|literal| literal.at == at);
                skip_until = literal.map_or(at, |literal| at + literal.value.len() + 2);
            }
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' if depth <= 1 => return at + 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> usize {
        prose(&Source::new("app/src/screens/home/mod.rs", text)).len()
    }

    #[test]
    fn quoted_text_in_a_view_is_found() {
        assert_eq!(findings("view! { <p>\"Hello you\"</p> }"), 1);
        assert_eq!(
            findings("view! { <p>{a}</p> <button title=\"Close\"/> }"),
            1
        );
        assert_eq!(findings("view! { <p style=\"color: red\"/> }"), 1);
        assert_eq!(findings("let label = \"\u{5e93}\u{5b58}\";"), 1);
    }

    #[test]
    fn keys_classes_and_signs_are_no_prose() {
        assert_eq!(
            findings("view! { <p class=\"kpi tile\">{t(\"home.title\")}\" \u{b7} \"</p> }"),
            0
        );
        assert_eq!(
            findings("view! { {match a { A => \"up\", B => \"down\" }} }"),
            0
        );
        assert_eq!(findings("view! { <kbd class=\"key\">\"Ctrl K\"</kbd> }"), 0);
        assert_eq!(findings("let key = \"Home\"; // \u{5e93}\u{5b58}"), 0);
        assert_eq!(
            prose(&Source::new("app/src/i18n/zh.rs", "\"\u{5e93}\"")).len(),
            0
        );
    }
}
