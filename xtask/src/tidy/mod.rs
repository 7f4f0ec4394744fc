//! `cargo xtask tidy`: the rules of STYLE.md that a compiler does not know.

mod documents;
mod effects;
mod fences;
mod layers;
mod locale;
#[cfg(test)]
mod planted;
mod prose;
mod rates;
mod source;
mod tokens;
mod walls;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::shell::{Outcome, read, root};
pub use locale::{TABLES as MESSAGE_TABLES, texts as message_texts};
pub use source::Source;

/// One violation.
pub struct Finding {
    path: String,
    line: usize,
    rule: &'static str,
    message: String,
    /// What the ratchet list compares: the name of the thing and its size.
    measure: Option<(String, usize)>,
}

impl Finding {
    fn new(source: &Source, line: usize, rule: &'static str, message: String) -> Self {
        Self {
            path: source.path.clone(),
            line,
            rule,
            message,
            measure: None,
        }
    }

    fn measured(
        source: &Source,
        line: usize,
        rule: &'static str,
        message: String,
        name: &str,
        size: usize,
    ) -> Self {
        Self {
            measure: Some((name.to_owned(), size)),
            ..Self::new(source, line, rule, message)
        }
    }
}

type Rule = fn(&Source) -> Vec<Finding>;
type TreeRule = fn(&[Source]) -> Vec<Finding>;

const RULES: [Rule; 15] = [
    layers::layers,
    walls::walls,
    words::names,
    words::versions,
    words::notes,
    words::panics,
    words::machine_paths,
    words::silenced,
    fences::fences,
    fences::banned,
    fences::engine_headers,
    prose::prose,
    tokens::tokens,
    effects::effects,
    locale::languages,
];

/// Rules about several files together.
const TREE_RULES: [TreeRule; 6] = [
    locale::unused,
    documents::links,
    documents::decisions,
    documents::glossary,
    documents::dead_files,
    rates::rates,
];

/// Things that were past a wall when the wall was built: `path name size`, allowed to shrink only.
const RATCHET: &str = "xtask/ratchet.txt";

/// Applies every rule to every file that git knows or would take.
///
/// # Errors
/// The number of findings; each is printed.
pub fn tidy() -> Outcome {
    let sources = project_sources()?;
    let ratchet = fs::read_to_string(root().join(RATCHET)).unwrap_or_default();
    let mut findings = judge(&sources);
    let slack = apply_ratchet(&mut findings, &ratchet);
    for Finding {
        path,
        line,
        rule,
        message,
        ..
    } in &findings
    {
        println!("    {path}:{line}: {rule}: {message}");
    }
    for line in &slack {
        println!("    {RATCHET}: {line}");
    }
    match findings.len() + slack.len() {
        0 => Ok(()),
        count => Err(format!("{count} findings")),
    }
}

/// What every rule says about some files.
fn judge(sources: &[Source]) -> Vec<Finding> {
    let of_one = sources
        .iter()
        .flat_map(|source| RULES.iter().flat_map(|rule| rule(source)));
    let of_all = TREE_RULES.iter().flat_map(|rule| rule(sources));
    of_one.chain(of_all).collect()
}

/// Removes findings the list excuses; returns entries that excuse more than there is.
fn apply_ratchet(findings: &mut Vec<Finding>, ratchet: &str) -> Vec<String> {
    let mut excused = BTreeMap::new();
    for line in ratchet
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
    {
        if let [path, name, size] = line.split_whitespace().collect::<Vec<_>>()[..] {
            excused.insert(
                (path.to_owned(), name.to_owned()),
                size.parse::<usize>().unwrap_or(0),
            );
        }
    }
    let mut used = BTreeMap::new();
    findings.retain(|finding| {
        let Some((name, size)) = &finding.measure else {
            return true;
        };
        let key = (finding.path.clone(), name.clone());
        let is_excused = excused.get(&key).is_some_and(|allowed| size <= allowed);
        used.insert(key, *size);
        !is_excused
    });
    let too_generous = excused
        .iter()
        .filter(|(key, allowed)| used.get(*key).is_none_or(|size| size < allowed));
    too_generous
        .map(|((path, name), allowed)| {
            format!("{path} {name} is below {allowed} now: lower or remove its line")
        })
        .collect()
}

fn project_sources() -> Result<Vec<Source>, String> {
    let listing = read(
        "git",
        &[
            "-C",
            &root().to_string_lossy(),
            "ls-files",
            "-co",
            "--exclude-standard",
        ],
    )
    .ok_or("`git ls-files` failed")?;
    let mut sources = Vec::new();
    for path in listing.lines().filter(|path| is_text(path)) {
        // A file that git lists and the tree no longer has is about to be removed.
        if let Ok(text) = fs::read_to_string(root().join(path)) {
            sources.push(Source::new(path, &text));
        }
    }
    Ok(sources)
}

fn is_text(path: &str) -> bool {
    let extension = Path::new(path)
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    matches!(
        extension,
        "rs" | "toml"
            | "md"
            | "mjs"
            | "js"
            | "css"
            | "html"
            | "json"
            | "webmanifest"
            | "txt"
            | "yml"
    ) && !path.ends_with("package-lock.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oversized(size: usize) -> Vec<Finding> {
        let source = Source::new("a.rs", "");
        vec![Finding::measured(
            &source,
            1,
            "walls",
            String::new(),
            "grow",
            size,
        )]
    }

    #[test]
    fn the_ratchet_excuses_up_to_its_figure() {
        let mut findings = oversized(80);
        assert_eq!(
            apply_ratchet(&mut findings, "# why\na.rs grow 80\n"),
            Vec::<String>::new()
        );
        assert!(findings.is_empty());
        let mut findings = oversized(81);
        apply_ratchet(&mut findings, "a.rs grow 80\n");
        assert_eq!(findings.len(), 1, "it may not grow");
    }

    #[test]
    fn the_ratchet_must_follow_what_shrinks() {
        assert_eq!(apply_ratchet(&mut oversized(75), "a.rs grow 80\n").len(), 1);
        assert_eq!(apply_ratchet(&mut Vec::new(), "a.rs grow 80\n").len(), 1);
    }
}
