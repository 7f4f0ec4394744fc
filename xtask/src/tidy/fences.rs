//! Which crates may be named where.

use super::Finding;
use super::source::Source;

/// A crate (or several) that is named only inside, or never inside, some folders.
struct Fence {
    crates: &'static [&'static str],
    applies: fn(&Source) -> bool,
    reason: &'static str,
}

const FENCES: [Fence; 5] = [
    Fence {
        crates: &[
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "gloo",
            "gloo_timers",
            "gloo_file",
            "leptos",
            "tokio",
        ],
        applies: |source| source.is_in("engine"),
        reason: "the engine knows no browser and no runtime",
    },
    Fence {
        crates: &["engine"],
        applies: |source| source.is_in("app/src/ui") || source.is_in("app/src/charts"),
        reason: "ui and charts know no domain type",
    },
    Fence {
        crates: &["indexed_db_futures"],
        applies: |source| {
            !source.is_in("app/worker/src/store") && !source.is_in("app/worker/src/store.rs")
        },
        reason: "only the store talks to IndexedDB",
    },
    Fence {
        crates: &["plotters", "plotters_canvas"],
        applies: |source| !source.is_in("app/src/charts") && !source.is_in("app/src/charts.rs"),
        reason: "only charts draws with plotters",
    },
    Fence {
        crates: &["anyhow"],
        applies: |source| source.is_in("engine"),
        reason: "engine errors are enums of their layer",
    },
];

/// Crates named on the wrong side of a fence, tests included.
pub fn fences(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || source.is_in("xtask") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for fence in FENCES.iter().filter(|fence| (fence.applies)(source)) {
        for (index, code) in source.code.lines().enumerate() {
            for name in fence.crates.iter().filter(|name| names_crate(code, name)) {
                let message = format!("`{name}`: {}", fence.reason);
                findings.push(Finding::new(source, index + 1, "fences", message));
            }
        }
    }
    findings
}

/// Whether a path starts with this crate: `name::` or `use name`.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code.get(..at).unwrap_or_default();
        let after = code.get(at + name.len()..).unwrap_or_default();
        let is_path_start =
            !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '.');
        is_path_start
            && (after.starts_with("::")
                || (before.trim_end().ends_with("use") && after.starts_with([';', ' '])))
    })
}

/// Every engine file says what it is, what it is not and which layer it belongs to.
pub fn engine_headers(source: &Source) -> Vec<Finding> {
    let first = source
        .text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    if !source.is_in("engine/src") || !source.is_rust() || first.starts_with("//!") {
        return Vec::new();
    }
    vec![Finding::new(
        source,
        1,
        "headers",
        "an engine file starts with a `//!` header".to_owned(),
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        fences(&Source::new(path, text)).len()
    }

    #[test]
    fn the_engine_names_no_browser() {
        for name in ["web_sys", "js_sys", "gloo_timers", "leptos", "tokio"] {
            assert_eq!(
                findings("engine/src/a.rs", &format!("use {name}::x;")),
                1,
                "{name}"
            );
        }
        assert_eq!(
            findings("engine/src/a.rs", "// web_sys::x\nlet a = \"leptos::x\";"),
            0
        );
    }

    #[test]
    fn the_design_system_names_no_engine() {
        assert_eq!(findings("app/src/ui/a.rs", "let q: engine::Qty;"), 1);
        assert_eq!(findings("app/src/charts/a.rs", "use engine;"), 1);
        assert_eq!(findings("app/src/screens/a.rs", "use engine::Qty;"), 0);
        assert_eq!(
            findings("app/src/ui/a.rs", "crate::engine::x; search_engine::y;"),
            0
        );
    }

    #[test]
    fn storage_and_drawing_have_one_home() {
        assert_eq!(
            findings("app/worker/src/main.rs", "use indexed_db_futures::x;"),
            1
        );
        assert_eq!(
            findings("app/worker/src/store/db.rs", "use indexed_db_futures::x;"),
            0
        );
        assert_eq!(findings("app/src/screens/a.rs", "plotters::x()"), 1);
        assert_eq!(findings("app/src/charts/a.rs", "plotters::x()"), 0);
    }

    #[test]
    fn an_engine_file_has_a_header() {
        let count = |text: &str| engine_headers(&Source::new("engine/src/a.rs", text)).len();
        assert_eq!(count("use crate::x;"), 1);
        assert_eq!(count("//! Stock.\n"), 0);
    }
}
