//! Names that say nothing, notes that lead nowhere, panics in the engine, paths of one machine.

use super::Finding;
use super::source::Source;

const EMPTY_NAMES: [&str; 8] = [
    "util", "utils", "helper", "helpers", "misc", "manager", "managers", "common",
];
const EMPTY_TYPE_ENDS: [&str; 4] = ["Manager", "Helper", "Helpers", "Utils"];
// Put together so that this file does not contain them.
const NOTES: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
];
const MACHINE_PATHS: [&str; 4] = [
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/wo", "rk/"),
    concat!("/Us", "ers/"),
];

/// Files, modules and types named after nothing.
pub fn names(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for part in source.path.split('/') {
        let stem = part.split('.').next().unwrap_or(part);
        if EMPTY_NAMES.contains(&stem) {
            let message = format!("`{part}` says nothing: name it by meaning");
            findings.push(Finding::new(source, 1, "names", message));
        }
    }
    if !source.is_rust() {
        return findings;
    }
    for (index, code) in source.code.lines().enumerate() {
        let words: Vec<&str> = code
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .collect();
        for pair in words.windows(2) {
            let [keyword, name] = pair else { continue };
            let is_empty = match *keyword {
                "mod" => EMPTY_NAMES.contains(name),
                "struct" | "enum" | "trait" | "type" => {
                    EMPTY_TYPE_ENDS.iter().any(|end| name.ends_with(end))
                }
                _ => false,
            };
            if is_empty {
                let message = format!("`{keyword} {name}` says nothing: name it by meaning");
                findings.push(Finding::new(source, index + 1, "names", message));
            }
        }
    }
    findings
}

/// Names that tell the history of a change: `plan_v2`, `old_plan`, `plan_final`. Versions of a
/// standard are names: `uuid_v7`.
pub fn versions(source: &Source) -> Vec<Finding> {
    if !source.is_rust() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let stem = source.path.rsplit('/').next().unwrap_or(&source.path);
    if tells_history(stem.trim_end_matches(".rs")) {
        let message = format!("`{stem}` is a version, not a name: finish the change or revert it");
        findings.push(Finding::new(source, 1, "versions", message));
    }
    for (index, code) in source.code.lines().enumerate() {
        let words: Vec<&str> = code
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .collect();
        for pair in words.windows(2) {
            let [keyword, name] = pair else { continue };
            let declares = matches!(
                *keyword,
                "fn" | "mod" | "struct" | "enum" | "trait" | "type" | "const"
            );
            if declares && tells_history(name) {
                let message =
                    format!("`{name}` is a version, not a name: finish the change or revert it");
                findings.push(Finding::new(source, index + 1, "versions", message));
            }
        }
    }
    findings
}

fn tells_history(name: &str) -> bool {
    let lower = name.to_lowercase();
    if lower.starts_with("uuid_v") {
        return false;
    }
    let is_numbered = |end: &str| {
        end.strip_prefix('v')
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()))
    };
    let is_camel_version = name.ends_with(|c: char| c.is_ascii_digit())
        && name
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .ends_with('V');
    lower.starts_with("old_")
        || lower
            .rsplit_once('_')
            .is_some_and(|(_, end)| matches!(end, "old" | "final") || is_numbered(end))
        || is_camel_version
}

/// Notes for later that do not name their issue.
pub fn notes(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        for note in NOTES {
            let is_open = line.split(note).skip(1).any(|rest| !rest.starts_with("(#"));
            let is_word = line
                .split(note)
                .next()
                .is_some_and(|before| !before.ends_with(char::is_alphanumeric));
            if is_open && is_word {
                let message = format!("{note} without an issue: write {note}(#number)");
                findings.push(Finding::new(source, index + 1, "notes", message));
            }
        }
    }
    findings
}

/// Panics in the engine outside its tests.
pub fn panics(source: &Source) -> Vec<Finding> {
    if !source.is_in("engine/src") || !source.is_rust() {
        return Vec::new();
    }
    let panicking = [".unwrap()", ".expect(", "unimplemented!", "todo!("];
    let mut findings = Vec::new();
    for (line, code) in source.product_code() {
        for call in panicking.iter().filter(|call| code.contains(**call)) {
            let message = format!("`{call}` in the engine: return an error or an Option");
            findings.push(Finding::new(source, line, "panics", message));
        }
    }
    findings
}

/// Folders of a developer's machine.
pub fn machine_paths(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        for path in MACHINE_PATHS {
            let is_start = |(at, _): (usize, &str)| {
                let before = line
                    .get(..at)
                    .and_then(|before| before.chars().next_back())
                    .unwrap_or(' ');
                !(before.is_alphanumeric() || "._-*".contains(before))
            };
            if line.match_indices(path).any(is_start) {
                let message = format!("`{path}` is a path of one machine");
                findings.push(Finding::new(source, index + 1, "machine paths", message));
            }
        }
    }
    findings
}

/// Lints silenced without saying why, and tests that never run.
pub fn silenced(source: &Source) -> Vec<Finding> {
    if !source.is_rust() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let lines: Vec<&str> = source.code.lines().collect();
    for (index, code) in lines.iter().enumerate() {
        let starts = |attribute: &str| {
            code.contains(&format!("#[{attribute}")) || code.contains(&format!("#![{attribute}"))
        };
        if starts("allow(") || starts("expect(") {
            let rest: String = lines
                .get(index..lines.len().min(index + 4))
                .unwrap_or_default()
                .concat();
            if !rest.split(']').next().unwrap_or(&rest).contains("reason") {
                findings.push(Finding::new(
                    source,
                    index + 1,
                    "silenced",
                    "a silenced lint needs `reason = ..`".to_owned(),
                ));
            }
        }
        if starts("ignore") {
            findings.push(Finding::new(
                source,
                index + 1,
                "silenced",
                "an ignored test tests nothing".to_owned(),
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(rule: fn(&Source) -> Vec<Finding>, path: &str, text: &str) -> usize {
        rule(&Source::new(path, text)).len()
    }

    #[test]
    fn empty_names_are_found_in_paths_modules_and_types() {
        assert_eq!(count(names, "app/src/utils.rs", ""), 1);
        assert_eq!(count(names, "app/src/common/text.rs", ""), 1);
        assert_eq!(count(names, "app/src/a.rs", "mod helpers;"), 1);
        assert_eq!(count(names, "app/src/a.rs", "pub struct StockManager;"), 1);
        assert_eq!(
            count(
                names,
                "app/src/text_width.rs",
                "struct Common; let manager = 1;"
            ),
            0
        );
    }

    #[test]
    fn a_name_tells_no_history() {
        assert_eq!(count(versions, "app/src/plan_v2.rs", ""), 1);
        assert_eq!(count(versions, "a.rs", "fn read_old() {}"), 1);
        assert_eq!(
            count(
                versions,
                "a.rs",
                "struct PlanV2; const TABLE_FINAL: u8 = 1;"
            ),
            2
        );
        let clean = "fn new_id() {} fn v() {} struct Plan2; let plan_old = 1; fn threshold() {}";
        assert_eq!(count(versions, "app/src/plan.rs", clean), 0);
    }

    #[test]
    fn a_note_needs_its_issue() {
        let note = NOTES[0];
        assert_eq!(count(notes, "a.rs", &format!("// {note}: later")), 1);
        assert_eq!(count(notes, "a.md", &format!("{note} later")), 1);
        assert_eq!(count(notes, "a.rs", &format!("// {note}(#12): later")), 0);
    }

    #[test]
    fn panics_are_for_tests() {
        let path = "engine/src/stock.rs";
        assert_eq!(count(panics, path, "let a = b.unwrap();"), 1);
        assert_eq!(count(panics, path, "let a = b.expect(\"x\");"), 1);
        assert_eq!(
            count(
                panics,
                path,
                "a.unwrap_or(1); // .unwrap()\n#[cfg(test)]\nmod tests { fn a() { b.unwrap(); } }"
            ),
            0
        );
        assert_eq!(count(panics, "app/src/stock.rs", "let a = b.unwrap();"), 0);
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        for path in MACHINE_PATHS {
            assert_eq!(
                count(machine_paths, "a.md", &format!("see {path}me")),
                1,
                "{path}"
            );
            assert_eq!(
                count(machine_paths, "a.md", &format!("see docs{path}me")),
                0,
                "{path}"
            );
        }
    }

    #[test]
    fn a_silenced_lint_says_why() {
        assert_eq!(count(silenced, "a.rs", "#[allow(dead_code)]"), 1);
        assert_eq!(count(silenced, "a.rs", "#[ignore]"), 1);
        assert_eq!(
            count(
                silenced,
                "a.rs",
                "#[allow(\n    dead_code,\n    reason = \"x\"\n)]"
            ),
            0
        );
    }
}
