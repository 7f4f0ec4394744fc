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

/// Words that a package keeps out, wherever they stand in its product code.
const BANNED: [(&str, &str, &str); 5] = [
    (
        "engine/src",
        "target_arch",
        "the engine is the same code everywhere",
    ),
    (
        "engine/src",
        "dyn Error",
        "engine errors are enums of their layer",
    ),
    (
        "engine/src",
        "dyn std::error::Error",
        "engine errors are enums of their layer",
    ),
    (
        "app",
        "Mutex",
        "one thread needs no lock: use a signal or a cell",
    ),
    (
        "app",
        "RwLock",
        "one thread needs no lock: use a signal or a cell",
    ),
];

/// Constructs that have no place in the engine or the app.
pub fn banned(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !source.is_rust() {
        return findings;
    }
    for (line, code) in source.product_code() {
        for (_, word, reason) in BANNED
            .iter()
            .filter(|(folder, word, _)| source.is_in(folder) && has_words(code, word))
        {
            let message = format!("`{word}`: {reason}");
            findings.push(Finding::new(source, line, "banned", message));
        }
    }
    findings
}

/// Whether a line holds these words, not as a part of longer ones.
fn has_words(code: &str, words: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(words).any(|(at, _)| {
        let before = code.get(..at).unwrap_or_default();
        let after = code.get(at + words.len()..).unwrap_or_default();
        !before.ends_with(is_part) && !after.starts_with(is_part)
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
        for name in FENCES[0].crates {
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
    fn engine_errors_have_names() {
        assert_eq!(findings("engine/src/a.rs", "use anyhow::Result;"), 1);
        assert_eq!(findings("cli/src/a.rs", "use anyhow::Result;"), 0);
        let count = |path: &str, text: &str| banned(&Source::new(path, text)).len();
        assert_eq!(count("engine/src/a.rs", "fn a() -> Box<dyn Error>;"), 1);
        assert_eq!(count("engine/src/a.rs", "fn a() -> Box<dyn ErrorCode>;"), 0);
        assert_eq!(count("cli/src/a.rs", "fn a() -> Box<dyn Error>;"), 0);
    }

    #[test]
    fn the_engine_asks_for_no_machine_and_the_app_for_no_lock() {
        let count = |path: &str, text: &str| banned(&Source::new(path, text)).len();
        let machine = "#[cfg(target_arch = \"wasm32\")]";
        assert_eq!(count("engine/src/a.rs", machine), 1);
        assert_eq!(count("app/io/src/a.rs", machine), 0);
        assert_eq!(count("app/src/a.rs", "let a: Arc<Mutex<u8>>;"), 1);
        assert_eq!(count("app/src/a.rs", "// a Mutex\nlet a: Rc<Cell<u8>>;"), 0);
    }

    #[test]
    fn an_engine_file_has_a_header() {
        let count = |text: &str| engine_headers(&Source::new("engine/src/a.rs", text)).len();
        assert_eq!(count("use crate::x;"), 1);
        assert_eq!(count("//! Stock.\n"), 0);
    }
}
