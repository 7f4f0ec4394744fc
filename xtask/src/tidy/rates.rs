//! Habits that are fine once and a smell as a habit: counted over a whole package.

use super::Finding;
use super::source::Source;

/// How often something may stand in a thousand lines of product code.
struct Rate {
    folder: &'static str,
    word: &'static str,
    per_thousand: usize,
    instead: &'static str,
}

const RATES: [Rate; 4] = [
    Rate {
        folder: "engine/src",
        word: ".to_string()",
        per_thousand: 6,
        instead: "an enum, a newtype or a typed key",
    },
    Rate {
        folder: "engine/src",
        word: "unwrap_or_default()",
        per_thousand: 8,
        instead: "say what absent means",
    },
    Rate {
        folder: "app",
        word: ".clone()",
        per_thousand: 12,
        instead: "signals that copy, stored values, borrowing, ids",
    },
    Rate {
        folder: "engine/src",
        word: "// ",
        per_thousand: 80,
        instead: "a name or a doc comment; a comment says why",
    },
];

/// Fewer lines than this count as so many: one clone in a new package is no habit.
const LINES_MIN: usize = 1_000;

/// Packages in which something has become a habit.
pub fn rates(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rate in &RATES {
        let files: Vec<&Source> = sources
            .iter()
            .filter(|source| source.is_rust() && source.is_in(rate.folder) && !source.is_test())
            .collect();
        let lines: usize = files.iter().map(|source| source.product_lines()).sum();
        let count: usize = files.iter().map(|source| occurrences(source, rate)).sum();
        let Some(first) = files.first() else { continue };
        if count * LINES_MIN > rate.per_thousand * lines.max(LINES_MIN) {
            let message = format!(
                "{count} times `{}` in {lines} lines of {}, at most {} in a thousand: {}",
                rate.word, rate.folder, rate.per_thousand, rate.instead
            );
            findings.push(Finding::new(first, 1, "rates", message));
        }
    }
    findings
}

fn occurrences(source: &Source, rate: &Rate) -> usize {
    if rate.word.starts_with("//") {
        // Comments are blanked in the code; a line that starts with one is counted.
        let lines = source.text.lines().take(source.product_lines());
        return lines
            .filter(|line| line.trim_start().starts_with(rate.word))
            .count();
    }
    source
        .product_code()
        .map(|(_, code)| code.matches(rate.word).count())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        rates(&[Source::new(path, text)]).len()
    }

    #[test]
    fn a_habit_is_found_and_an_exception_is_not() {
        let clones = |count: usize| "let a = b.clone();\n".repeat(count);
        assert_eq!(findings("app/src/a.rs", &clones(12)), 0);
        assert_eq!(findings("app/src/a.rs", &clones(13)), 1);
        assert_eq!(findings("cli/src/a.rs", &clones(13)), 0);
        let comments = |count: usize| "// why\nlet a = 1;\n".repeat(count);
        assert_eq!(findings("engine/src/a.rs", &comments(80)), 0);
        assert_eq!(findings("engine/src/a.rs", &comments(81)), 1);
        let doc = "/// what\nfn a() {}\n".repeat(90);
        assert_eq!(findings("engine/src/a.rs", &doc), 0);
    }
}
