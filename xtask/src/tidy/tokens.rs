//! Colours and sizes stand in the table of tokens, nowhere else.

use super::Finding;
use super::source::{Source, literals};

const TOKENS: &str = "app/styles/10-tokens.css";

/// Colours outside the tokens, and literal sizes in a `style:` of a view.
pub fn tokens(source: &Source) -> Vec<Finding> {
    let is_style = source.path.ends_with(".css") && source.path != TOKENS;
    if !source.is_in("app") || source.is_test() {
        return Vec::new();
    }
    match (is_style, source.is_rust()) {
        (true, _) => in_styles(source),
        (_, true) => in_code(source),
        _ => Vec::new(),
    }
}

fn in_styles(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        // A selector may start with `#`: only what follows a colon is a value.
        let value = line.split_once(':').map_or("", |(_, value)| value);
        if let Some(colour) = colour(value) {
            let message = format!("`{colour}` outside {TOKENS}");
            findings.push(Finding::new(source, index + 1, "tokens", message));
        }
    }
    findings
}

fn in_code(source: &Source) -> Vec<Finding> {
    let text = source.product_text();
    let mut findings = Vec::new();
    for literal in literals(&text) {
        let before = text.get(..literal.at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let attribute = before
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let fault = match colour(literal.value) {
            Some(colour) => format!("`{colour}` outside {TOKENS}"),
            None if attribute.starts_with("style:") && has_pixels(literal.value) => {
                format!("size \"{}\" outside {TOKENS}", literal.value)
            }
            None => continue,
        };
        findings.push(Finding::new(source, line, "tokens", fault));
    }
    findings
}

/// The first literal colour in a text: `#12ab34`, `rgb(..`, `hsl(..`, `oklch(..`.
fn colour(text: &str) -> Option<&str> {
    for function in ["rgb(", "rgba(", "hsl(", "hsla(", "oklch("] {
        if let Some(at) = text.find(function) {
            let end = text
                .get(at..)?
                .find(')')
                .map_or(text.len(), |end| at + end + 1);
            return text
                .get(at..end)
                .filter(|colour| colour.contains(|c: char| c.is_ascii_digit()));
        }
    }
    text.match_indices('#').find_map(|(at, _)| {
        let digits = text.get(at + 1..)?;
        let count = digits.chars().take_while(char::is_ascii_hexdigit).count();
        let ends = digits
            .chars()
            .nth(count)
            .is_none_or(|next| !(next.is_alphanumeric() || "-_/".contains(next)));
        (matches!(count, 3 | 4 | 6 | 8) && ends).then(|| text.get(at..=at + count))?
    })
}

fn has_pixels(text: &str) -> bool {
    text.match_indices("px").any(|(at, _)| {
        text.get(..at)
            .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        tokens(&Source::new(path, text)).len()
    }

    #[test]
    fn a_colour_outside_the_tokens_is_found() {
        assert_eq!(
            findings("app/styles/40-kit.css", ".a { color: #1F5FA8; }"),
            1
        );
        assert_eq!(
            findings("app/src/screens/a.css", ".a { fill: rgb(1 2 3 / .5); }"),
            1
        );
        assert_eq!(findings("app/src/screens/a.rs", "let a = \"#0F6B93\";"), 1);
        assert_eq!(findings(TOKENS, "--bg: #F3F4F1;"), 0);
        assert_eq!(
            findings("app/styles/40-kit.css", "#face { color: var(--bad); }"),
            0
        );
        let clean =
            "let a = \"#/home\"; // #0F6B93\n#[cfg(test)]\nmod tests { const A: &str = \"#fff\"; }";
        assert_eq!(findings("app/src/screens/a.rs", clean), 0);
    }

    #[test]
    fn a_size_in_a_view_is_found() {
        assert_eq!(
            findings("app/src/a.rs", "view! { <p style:width=\"12px\"/> }"),
            1
        );
        assert_eq!(
            findings("app/src/a.rs", "view! { <p style:width=\"var(--s2)\"/> }"),
            0
        );
    }
}
