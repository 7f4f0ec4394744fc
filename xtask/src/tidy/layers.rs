//! The engine's layers: a file uses only its own layer and those above it in the table.

use super::Finding;
use super::source::Source;

/// From the bottom up. Later layers may use earlier ones, never the other way round.
const LAYERS: [&str; 33] = [
    "num",
    "order",
    "rng",
    "units",
    "day",
    "ids",
    "issue",
    "dataset",
    "master",
    "stock",
    "demand",
    "returns",
    "events",
    "price",
    "forecast",
    "signals",
    "ledger",
    "replenish",
    "allocate",
    "promo",
    "simulate",
    "scenario",
    "kpi",
    "plan",
    "import",
    "export",
    "snapshot",
    "govern",
    "adopt",
    "sample",
    "golden",
    "bench",
    "lib",
];

/// Findings for one file of the engine; other files have none.
pub fn layers(source: &Source) -> Vec<Finding> {
    let Some(own) = layer_of(&source.path) else {
        return Vec::new();
    };
    let Some(own_rank) = rank(own) else {
        let message = format!("layer `{own}` is not in xtask's table of layers");
        return vec![Finding::new(source, 1, "layers", message)];
    };
    let mut code = String::new();
    for (_, line) in source.product_code() {
        code.push_str(line);
        code.push('\n');
    }
    let to_root = "super::".repeat(depth(&source.path));
    let roots = ["crate::", &to_root];
    let starts = roots
        .iter()
        .flat_map(|root| code.match_indices(root).map(|(at, _)| at + root.len()));
    let mut findings = Vec::new();
    for at in starts {
        let rest = code.get(at..).unwrap_or_default();
        for (used, offset) in used_layers(rest) {
            if rank(&used).is_some_and(|rank| rank > own_rank) {
                let before = code.get(..at + offset).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                let message = format!("`{own}` uses the later layer `{used}`");
                findings.push(Finding::new(source, line, "layers", message));
            }
        }
    }
    findings
}

/// How many `super::` lead from a file of the engine to the root of its crate.
fn depth(path: &str) -> usize {
    let folders = path.matches('/').count().saturating_sub(2);
    match path.rsplit('/').next() {
        Some("mod.rs" | "lib.rs") => folders.max(1),
        _ => folders + 1,
    }
}

fn layer_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("engine/src/")?;
    let first = inside.split('/').next().unwrap_or(inside);
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|known| *known == layer)
}

/// The layers named right after a path to the root, `{a, b::c}` included, with their places.
fn used_layers(rest: &str) -> Vec<(String, usize)> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![(identifier(rest), 0)];
    };
    let mut depth = 0_usize;
    let mut is_head = true;
    let mut heads = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => is_head = true,
            c if c.is_whitespace() => {}
            _ if is_head => {
                is_head = false;
                heads.push((identifier(group.get(at..).unwrap_or_default()), at + 1));
            }
            _ => {}
        }
    }
    heads
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<String> {
        layers(&Source::new(path, text))
            .iter()
            .map(|finding| finding.message.clone())
            .collect()
    }

    #[test]
    fn a_later_layer_is_refused_however_it_is_named() {
        let later = ["`stock` uses the later layer `plan`"];
        assert_eq!(
            findings("engine/src/stock/bucket.rs", "use crate::plan::Plan;"),
            later
        );
        assert_eq!(
            findings("engine/src/stock.rs", "fn a() { crate::plan::run() }"),
            later
        );
        assert_eq!(
            findings(
                "engine/src/stock.rs",
                "use crate::{units::{Qty, Money}, plan::Plan};"
            ),
            later
        );
    }

    #[test]
    fn a_group_on_several_lines_and_a_way_up_are_read_too() {
        let group = "use crate::{\n    units::{\n        Qty,\n    },\n    plan::Plan,\n};";
        let source = Source::new("engine/src/stock/bucket.rs", group);
        let lines: Vec<usize> = layers(&source).iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [5]);
        let up = "use super::super::plan::Plan;";
        assert_eq!(findings("engine/src/stock/bucket.rs", up).len(), 1);
        assert_eq!(
            findings("engine/src/stock/mod.rs", "use super::plan::Plan;").len(),
            1
        );
        let beside = "use super::plan::Plan;";
        assert_eq!(findings("engine/src/stock/bucket.rs", beside).len(), 0);
    }

    #[test]
    fn an_unknown_layer_is_refused() {
        let want = ["layer `extras` is not in xtask's table of layers"];
        assert_eq!(findings("engine/src/extras/mod.rs", ""), want);
    }

    #[test]
    fn earlier_layers_tests_and_comments_are_free() {
        let text = "use crate::units::Qty; // crate::plan\n\n#[cfg(test)]\nmod tests { use crate::plan::Plan; }";
        assert_eq!(
            findings("engine/src/stock/bucket.rs", text),
            Vec::<String>::new()
        );
        assert_eq!(
            findings("engine/src/lib.rs", "pub use crate::plan::Plan;"),
            Vec::<String>::new()
        );
        assert_eq!(
            findings("cli/src/main.rs", "use crate::plan::Plan;"),
            Vec::<String>::new()
        );
    }
}
