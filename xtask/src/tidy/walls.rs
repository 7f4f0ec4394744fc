//! How long a file, a function and a component may become.

use super::Finding;
use super::source::Source;

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;
const COMPONENT_LINES_MAX: usize = 100;

/// Files, functions and components past their wall. The ratchet list may excuse old ones.
pub fn walls(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || source.is_test() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let lines = source.product_lines();
    if lines > FILE_LINES_MAX {
        let message = format!("file has {lines} lines without tests, the wall is {FILE_LINES_MAX}");
        findings.push(Finding::measured(
            source, 1, "walls", message, "file", lines,
        ));
    }
    for function in functions(source) {
        let (kind, wall) = match function.is_component {
            true => ("component", COMPONENT_LINES_MAX),
            false => ("function", FUNCTION_LINES_MAX),
        };
        let Function {
            name, line, lines, ..
        } = &function;
        if *lines > wall {
            let message = format!("{kind} `{name}` has {lines} lines, the wall is {wall}");
            findings.push(Finding::measured(
                source, *line, "walls", message, name, *lines,
            ));
        }
    }
    findings
}

struct Function {
    name: String,
    line: usize,
    lines: usize,
    is_component: bool,
}

fn functions(source: &Source) -> Vec<Function> {
    let code: Vec<&str> = source.product_code().map(|(_, line)| line).collect();
    let mut found = Vec::new();
    for (index, line) in code.iter().enumerate() {
        let Some(name) = function_name(line) else {
            continue;
        };
        let Some(lines) = body_lines(code.get(index..).unwrap_or_default()) else {
            continue;
        };
        let above = code.get(index.saturating_sub(6)..index).unwrap_or_default();
        let attributes = above.iter().rev().map(|line| line.trim());
        let is_component = attributes
            .take_while(|line| line.is_empty() || line.starts_with("#[") || line.ends_with(")]"))
            .any(|line| line.starts_with("#[component"));
        found.push(Function {
            name,
            line: index + 1,
            lines,
            is_component,
        });
    }
    found
}

/// The name of the function whose signature starts on this line.
fn function_name(line: &str) -> Option<String> {
    let (before, after) = line.trim_start().split_once("fn ")?;
    let is_signature = before.split_whitespace().all(|word| {
        matches!(word, "pub" | "const" | "async" | "unsafe" | "extern") || word.starts_with("pub(")
    });
    let name: String = after
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (is_signature && !name.is_empty()).then_some(name)
}

/// Lines from the signature to the brace that closes the body; `None` without a body.
fn body_lines(code: &[&str]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut brackets = 0_i32;
    for (index, line) in code.iter().enumerate() {
        for c in line.chars() {
            match c {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets -= 1,
                ';' if depth == 0 && brackets == 0 => return None,
                '{' => depth += 1,
                '}' if depth <= 1 => return Some(index + 1),
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<String> {
        let source = Source::new("engine/src/stock.rs", text);
        walls(&source)
            .iter()
            .map(|finding| finding.message.clone())
            .collect()
    }

    #[test]
    fn a_long_function_is_found_and_a_short_one_is_not() {
        let grow = |lines: usize| {
            let body = "    let a = \"}\"; // }\n".repeat(lines - 3);
            format!("pub(crate) fn grow(\n) {{\n{body}}}\n")
        };
        assert_eq!(findings(&grow(70)), Vec::<String>::new());
        assert_eq!(
            findings(&grow(71)),
            ["function `grow` has 71 lines, the wall is 70"]
        );
        assert_eq!(
            findings("fn a() {\n}\nfn b();\nfn c() -> [u8; 3] {\n}\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_component_may_be_longer() {
        let text = |lines: usize| {
            format!(
                "#[component]\npub fn Tile() -> impl IntoView {{\n{}}}\n",
                "\n".repeat(lines - 2)
            )
        };
        assert_eq!(findings(&text(100)), Vec::<String>::new());
        assert_eq!(
            findings(&text(101)),
            ["component `Tile` has 101 lines, the wall is 100"]
        );
    }

    #[test]
    fn tests_do_not_count_for_the_file() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "\n".repeat(600));
        assert_eq!(findings(&tests), Vec::<String>::new());
        assert_eq!(
            findings(&"\n".repeat(501)),
            ["file has 501 lines without tests, the wall is 500"]
        );
    }
}
