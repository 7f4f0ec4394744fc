//! Documents that lead somewhere: links, numbered decisions, the glossary, files nobody compiles.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::source::Source;

const DECISIONS: &str = "docs/decisions";
const GLOSSARY: &str = "docs/glossary.md";

/// Links of documents to files that are not there.
pub fn links(sources: &[Source]) -> Vec<Finding> {
    let known: BTreeSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.path.ends_with(".md")) {
        for (index, line) in source.text.lines().enumerate() {
            for target in link_targets(line) {
                let path = resolve(&source.path, target);
                let is_folder = || {
                    let folder = format!("{}/", path.trim_end_matches('/'));
                    known.iter().any(|known| known.starts_with(&folder))
                };
                if is_listed(&path) && !known.contains(path.as_str()) && !is_folder() {
                    let message = format!("the link to `{target}` leads nowhere");
                    findings.push(Finding::new(source, index + 1, "links", message));
                }
            }
        }
    }
    findings
}

/// Decisions whose number is taken, or not the one their title says, and gaps.
pub fn decisions(sources: &[Source]) -> Vec<Finding> {
    let mut by_number: BTreeMap<usize, &Source> = BTreeMap::new();
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.is_in(DECISIONS)) {
        let file = source.path.rsplit('/').next().unwrap_or_default();
        let number = file
            .split('-')
            .next()
            .and_then(|number| number.parse().ok());
        let Some(number) = number else {
            let message = "a decision is named `0001-what.md`".to_owned();
            findings.push(Finding::new(source, 1, "decisions", message));
            continue;
        };
        if let Some(other) = by_number.insert(number, source) {
            let message = format!("{} has the same number", other.path);
            findings.push(Finding::new(source, 1, "decisions", message));
        }
        let title = source.text.lines().next().unwrap_or_default();
        if !title.starts_with(&format!("# {number}. ")) {
            let message = format!("the title starts with `# {number}. `");
            findings.push(Finding::new(source, 1, "decisions", message));
        }
    }
    for (place, (number, source)) in by_number.iter().enumerate() {
        if *number != place + 1 {
            let message = format!("number {number} stands in place {}", place + 1);
            findings.push(Finding::new(source, 1, "decisions", message));
            break;
        }
    }
    findings
}

/// Identifiers of the glossary that no code knows.
pub fn glossary(sources: &[Source]) -> Vec<Finding> {
    let words: BTreeSet<&str> = sources
        .iter()
        .filter(|source| source.is_rust())
        .flat_map(|source| words(&source.uncommented))
        .collect();
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.path == GLOSSARY) {
        for (index, line) in source.text.lines().enumerate() {
            let cell = line.split('|').nth(3).unwrap_or_default();
            for identifier in cell.split('`').skip(1).step_by(2) {
                for word in self::words(identifier).filter(|word| !words.contains(word)) {
                    let message = format!("`{word}` is no identifier of the code");
                    findings.push(Finding::new(source, index + 1, "glossary", message));
                }
            }
        }
    }
    findings
}

/// Rust files that no `mod` line reaches: they are not compiled.
pub fn dead_files(sources: &[Source]) -> Vec<Finding> {
    let by_path: BTreeMap<&str, &Source> = sources
        .iter()
        .map(|source| (source.path.as_str(), source))
        .collect();
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| source.is_rust()) {
        let Some((folder, name)) = parent_module(&source.path) else {
            continue;
        };
        let parents = [
            format!("{folder}/mod.rs"),
            format!("{folder}/lib.rs"),
            format!("{folder}/main.rs"),
            format!("{folder}.rs"),
        ];
        let declares = |parent: &String| {
            by_path.get(parent.as_str()).is_some_and(|parent| {
                let mut before = "";
                words(&parent.code)
                    .any(|word| std::mem::replace(&mut before, word) == "mod" && word == name)
            })
        };
        if !parents.iter().any(declares) {
            let message = format!("no `mod {name}` reaches this file");
            findings.push(Finding::new(source, 1, "dead files", message));
        }
    }
    findings
}

/// The folder whose module declares a file, and the name it gives it; `None` for roots of crates.
fn parent_module(path: &str) -> Option<(&str, &str)> {
    let inside = path.split_once("/src/").map(|(_, inside)| inside)?;
    let stem = path.strip_suffix(".rs")?;
    if matches!(inside, "lib.rs" | "main.rs") || inside.starts_with("bin/") {
        return None;
    }
    match stem.strip_suffix("/mod") {
        Some(folder) => folder.rsplit_once('/'),
        None => stem.rsplit_once('/'),
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}

/// The targets of `[text](target)` that are files of the project.
fn link_targets(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', '#', ' ']).next()?;
        (!target.is_empty() && !target.contains("://")).then_some(target)
    })
}

/// Whether tidy reads files of this kind: pictures are not among its sources.
fn is_listed(path: &str) -> bool {
    !path.ends_with(".png") && !path.ends_with(".svg")
}

/// A relative link of a file, from the workspace's root.
fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(rule: fn(&[Source]) -> Vec<Finding>, files: &[(&str, &str)]) -> usize {
        let sources: Vec<Source> = files
            .iter()
            .map(|(path, text)| Source::new(path, text))
            .collect();
        rule(&sources).len()
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let page = (
            "docs/a.md",
            "[b](b.md), [up](../README.md#top) [all](decisions/)",
        );
        let others = [
            ("docs/b.md", ""),
            ("README.md", ""),
            ("docs/decisions/0001-a.md", ""),
        ];
        assert_eq!(count(links, &[page, others[0], others[1], others[2]]), 0);
        assert_eq!(count(links, &[page]), 3);
        assert_eq!(
            count(links, &[("a.md", "[x](https://a.b/c) ![p](p.png)")]),
            0
        );
    }

    #[test]
    fn a_number_taken_twice_and_a_gap_are_found() {
        let one = ("docs/decisions/0001-a.md", "# 1. A\n");
        let two = ("docs/decisions/0002-b.md", "# 2. B\n");
        assert_eq!(count(decisions, &[one, two]), 0);
        assert_eq!(
            count(
                decisions,
                &[one, two, ("docs/decisions/0002-c.md", "# 2. C\n")]
            ),
            1
        );
        assert_eq!(
            count(decisions, &[one, ("docs/decisions/0003-c.md", "# 3. C\n")]),
            1
        );
        assert_eq!(
            count(decisions, &[("docs/decisions/0001-a.md", "# 2. A\n")]),
            1
        );
        assert_eq!(
            count(decisions, &[one, ("docs/decisions/later.md", "# 2. A\n")]),
            1
        );
    }

    #[test]
    fn an_identifier_of_the_glossary_that_is_gone_is_found() {
        let page = (GLOSSARY, "| a | b | `Bucket::Frozen`, `frozen` | c |");
        assert_eq!(
            count(
                glossary,
                &[page, ("a.rs", "enum Bucket { Frozen } let frozen;")]
            ),
            0
        );
        assert_eq!(
            count(
                glossary,
                &[page, ("a.rs", "enum Bucket { } // Frozen frozen")]
            ),
            2
        );
    }

    #[test]
    fn a_file_that_is_not_compiled_is_found() {
        let root = ("engine/src/lib.rs", "mod stock;");
        let stock = ("engine/src/stock/mod.rs", "pub mod bucket;");
        let bucket = ("engine/src/stock/bucket.rs", "");
        assert_eq!(
            count(dead_files, &[root, stock, bucket, ("tests/tests/a.rs", "")]),
            0
        );
        assert_eq!(
            count(
                dead_files,
                &[root, stock, bucket, ("engine/src/stock/lot.rs", "")]
            ),
            1
        );
        assert_eq!(
            count(
                dead_files,
                &[("engine/src/lib.rs", "// mod stock;"), stock, bucket]
            ),
            1
        );
    }
}
