//! The engine's layers: a file uses only its own layer and those above it in the table.

use super::Finding;
use super::source::Source;

/// From the bottom up. Later layers may use earlier ones, never the other way round.
const LAYERS: [&str; 29] = [
    "num",
    "rng",
    "units",
    "day",
    "ids",
    "issue",
    "dataset",
    "master",
    "stock",
    "demand",
    "forecast",
    "ledger",
    "returns",
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
    let mut findings = Vec::new();
    for (line, code) in source.product_code() {
        for used in used_layers(code) {
            let message = match rank(&used) {
                None => continue,
                Some(rank) if rank <= own_rank => continue,
                Some(_) => format!("`{own}` uses the later layer `{used}`"),
            };
            findings.push(Finding::new(source, line, "layers", message));
        }
    }
    findings
}

fn layer_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("engine/src/")?;
    let first = inside.split('/').next().unwrap_or(inside);
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|known| *known == layer)
}

/// The first path segments after every `crate::` of a line, `crate::{a, b}` included.
fn used_layers(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => used.extend(group_heads(group)),
            None => used.push(identifier(rest)),
        }
    }
    used
}

/// The first segments of the members of a brace group that ends on the same line.
fn group_heads(group: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut heads = vec![identifier(group.trim_start())];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(identifier(
                    group.get(at + 1..).unwrap_or_default().trim_start(),
                ));
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
