//! One planted violation of every rule, and its clean counterpart.

use super::source::Source;
use super::{RULES, TREE_RULES, judge};

type File = (&'static str, &'static str);

struct Planted {
    rule: &'static str,
    bad: &'static [File],
    clean: &'static [File],
}

const ROOT: File = (
    "engine/src/lib.rs",
    "//! The engine.\n\npub mod stock;\nmod plan;\n",
);
const HOME: &str = "app/src/i18n/messages/home.rs";
const TABLES: File = ("app/src/i18n/messages/mod.rs", "mod home;");
const APP: File = ("app/src/lib.rs", "mod i18n;\nmod home;\nt(home::TITLE)");
const TEXTS: File = ("app/src/i18n/mod.rs", "mod messages;");
const SCREEN: &str = "app/src/home.rs";
const TITLE: File = (HOME, "TITLE: \"驾驶舱\", \"Home\";");

const PLANTED: [Planted; 21] = [
    Planted {
        rule: "layers",
        bad: &[
            ROOT,
            ("engine/src/stock.rs", "//! Stock.\nuse crate::plan::Plan;"),
        ],
        clean: &[
            ROOT,
            ("engine/src/stock.rs", "//! Stock.\nuse crate::units::Qty;"),
        ],
    },
    Planted {
        rule: "names",
        bad: &[("cli/src/main.rs", "struct TableManager;")],
        clean: &[("cli/src/main.rs", "struct TableReader;")],
    },
    Planted {
        rule: "versions",
        bad: &[("cli/src/main.rs", "fn read_v2() {}")],
        clean: &[("cli/src/main.rs", "fn read() {}")],
    },
    Planted {
        rule: "notes",
        bad: &[("cli/src/main.rs", concat!("// TO", "DO: later"))],
        clean: &[("cli/src/main.rs", concat!("// TO", "DO(#7): later"))],
    },
    Planted {
        rule: "panics",
        bad: &[(
            "engine/src/lib.rs",
            "//! The engine.\nfn a() { b.unwrap(); }",
        )],
        clean: &[(
            "engine/src/lib.rs",
            "//! The engine.\nfn a() { b.unwrap_or(1); }",
        )],
    },
    Planted {
        rule: "machine paths",
        bad: &[("README.md", concat!("see /ho", "me/me/x"))],
        clean: &[("README.md", "see docs/x")],
    },
    Planted {
        rule: "silenced",
        bad: &[("cli/src/main.rs", "#[allow(dead_code)]\nfn a() {}")],
        clean: &[(
            "cli/src/main.rs",
            "#[allow(dead_code, reason = \"x\")]\nfn a() {}",
        )],
    },
    Planted {
        rule: "fences",
        bad: &[("engine/src/lib.rs", "//! The engine.\nuse web_sys::Window;")],
        clean: &[("cli/src/main.rs", "use engine::units::Qty;")],
    },
    Planted {
        rule: "banned",
        bad: &[(
            "engine/src/lib.rs",
            "//! The engine.\n#[cfg(target_arch = \"wasm32\")]\nfn a() {}",
        )],
        clean: &[(
            "engine/src/lib.rs",
            "//! The engine.\n#[cfg(test)]\nfn a() {}",
        )],
    },
    Planted {
        rule: "headers",
        bad: &[("engine/src/lib.rs", "fn a() {}")],
        clean: &[("engine/src/lib.rs", "//! The engine.\nfn a() {}")],
    },
    Planted {
        rule: "prose",
        bad: &[
            APP,
            TEXTS,
            TABLES,
            TITLE,
            (SCREEN, "view! { <p>\"Welcome\"</p> }"),
        ],
        clean: &[
            APP,
            TEXTS,
            TABLES,
            TITLE,
            (SCREEN, "view! { <p>{t(home::TITLE)}</p> }"),
        ],
    },
    Planted {
        rule: "tokens",
        bad: &[("app/styles/40-kit.css", ".tile { color: #1F5FA8; }")],
        clean: &[("app/styles/40-kit.css", ".tile { color: var(--accent); }")],
    },
    Planted {
        rule: "effects",
        bad: &[
            APP,
            TEXTS,
            TABLES,
            TITLE,
            (SCREEN, "Effect::new(move || a.set(b.get()));"),
        ],
        clean: &[
            APP,
            TEXTS,
            TABLES,
            TITLE,
            (SCREEN, "let a = Memo::new(move |_| b.get());"),
        ],
    },
    Planted {
        rule: "locale",
        bad: &[APP, TEXTS, TABLES, (HOME, "TITLE: \"驾驶舱\";")],
        clean: &[APP, TEXTS, TABLES, TITLE],
    },
    Planted {
        rule: "locale",
        bad: &[
            APP,
            TEXTS,
            TABLES,
            (HOME, "TITLE: \"驾驶舱\", \"Home\"; LEFT: \"余\", \"left\";"),
        ],
        clean: &[APP, TEXTS, TABLES, TITLE],
    },
    Planted {
        rule: "links",
        bad: &[("README.md", "[how](CONTRIBUTING.md)")],
        clean: &[
            ("README.md", "[how](CONTRIBUTING.md)"),
            ("CONTRIBUTING.md", ""),
        ],
    },
    Planted {
        rule: "decisions",
        bad: &[
            ("docs/decisions/0001-a.md", "# 1. A"),
            ("docs/decisions/0001-b.md", "# 1. B"),
        ],
        clean: &[
            ("docs/decisions/0001-a.md", "# 1. A"),
            ("docs/decisions/0002-b.md", "# 2. B"),
        ],
    },
    Planted {
        rule: "glossary",
        bad: &[
            ("docs/glossary.md", "| a | b | `Frozen` | c |"),
            ("cli/src/main.rs", ""),
        ],
        clean: &[
            ("docs/glossary.md", "| a | b | `Frozen` | c |"),
            ("cli/src/main.rs", "enum A { Frozen }"),
        ],
    },
    Planted {
        rule: "dead files",
        bad: &[("cli/src/main.rs", ""), ("cli/src/golden.rs", "")],
        clean: &[
            ("cli/src/main.rs", "mod golden;"),
            ("cli/src/golden.rs", ""),
        ],
    },
    Planted {
        rule: "rates",
        bad: &[("app/src/main.rs", CLONES)],
        clean: &[("app/src/main.rs", "fn a() { b.clone(); }")],
    },
    Planted {
        rule: "walls",
        bad: &[("cli/src/main.rs", LONG)],
        clean: &[("cli/src/main.rs", "fn a() {\n}")],
    },
];

/// 13 in a package of two lines.
const CLONES: &str = "fn a() { b.clone().clone().clone().clone().clone().clone().clone(); }
fn b() { a.clone().clone().clone().clone().clone().clone(); }";

/// 71 lines.
const LONG: &str = "fn a() {











































































}";

fn sources(files: &[File]) -> Vec<Source> {
    let source = |(path, text): &File| Source::new(path, text);
    files.iter().map(source).collect()
}

#[test]
fn every_planted_violation_is_found_and_its_clean_counterpart_is_not() {
    for planted in &PLANTED {
        let found: Vec<&str> = judge(&sources(planted.bad))
            .iter()
            .map(|finding| finding.rule)
            .collect();
        assert_eq!(found, [planted.rule]);
        let clean: Vec<String> = judge(&sources(planted.clean))
            .iter()
            .map(|finding| format!("{}: {}", finding.path, finding.message))
            .collect();
        assert_eq!(clean, Vec::<String>::new(), "{}", planted.rule);
    }
}

#[test]
fn no_rule_is_without_a_planted_violation() {
    let files: Vec<Vec<Source>> = PLANTED.iter().map(|planted| sources(planted.bad)).collect();
    for (index, rule) in RULES.iter().enumerate() {
        let is_planted = files
            .iter()
            .flatten()
            .any(|source| !rule(source).is_empty());
        assert!(is_planted, "rule {index} of the table");
    }
    for (index, rule) in TREE_RULES.iter().enumerate() {
        let is_planted = files.iter().any(|tree| !rule(tree).is_empty());
        assert!(is_planted, "rule {index} of the table about several files");
    }
}
