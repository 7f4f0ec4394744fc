//! Download budgets: bytes after Brotli 11, as the server sends them.

use std::fs;

use crate::bundle::dist_dir;
use crate::shell::Outcome;

/// Files whose name starts and ends so count together against a limit in KiB.
struct Budget {
    name: &'static str,
    parts: &'static [(&'static str, &'static str)],
    limit_kib: f64,
}

const BUDGETS: [Budget; 10] = [
    Budget {
        name: "UI module",
        parts: &[("app_bg-", ".wasm")],
        // Tight on purpose: a lazy screen that something drags back shows here.
        limit_kib: 188.0,
    },
    Budget {
        name: "Demand (lazy)",
        parts: &[("split_demand-", ".wasm")],
        limit_kib: 168.0,
    },
    Budget {
        name: "Replenish, Data and Settings (lazy)",
        parts: &[("split_others-", ".wasm")],
        // With what is shared, 300 is the most: then cut again (docs/decisions/0012-lazy-screens.md).
        limit_kib: 150.0,
    },
    Budget {
        name: "shared by the lazy screens",
        parts: &[("chunk_app_", ".wasm")],
        limit_kib: 70.0,
    },
    Budget {
        name: "engine module",
        parts: &[("worker_bg-", ".wasm")],
        // Start-up, plan, edits and Home alone stand in it.
        limit_kib: 303.0,
    },
    Budget {
        name: "engine (lazy)",
        parts: &[("split_engine-", ".wasm")],
        limit_kib: 345.0,
    },
    Budget {
        name: "import/export module (lazy)",
        parts: &[("io_bg-", ".wasm")],
        limit_kib: 500.0,
    },
    Budget {
        name: "all scripts",
        parts: &[("", ".js")],
        limit_kib: 20.0,
    },
    Budget {
        name: "styles",
        parts: &[("", ".css")],
        limit_kib: 18.0,
    },
    Budget {
        name: "first load (page, boot, UI, styles, Chinese texts)",
        parts: &[
            ("app_bg-", ".wasm"),
            ("app-", ".js"),
            ("boot-", ".js"),
            ("", ".css"),
            ("texts-", ".zh-CN.txt"),
            ("index", ".html"),
        ],
        limit_kib: 217.0,
    },
];

/// Prints every size and fails when one is past its budget or a part is missing.
///
/// # Errors
/// The budgets that do not hold.
pub fn check_budgets() -> Outcome {
    let files = compressed_files()?;
    let mut broken = Vec::new();
    for budget in &BUDGETS {
        let kib = match size_kib(budget, &files) {
            Some(kib) => kib,
            None => {
                broken.push(format!("{}: a file is missing", budget.name));
                continue;
            }
        };
        let verdict = if kib <= budget.limit_kib {
            "ok"
        } else {
            "PAST BUDGET"
        };
        println!(
            "    {:<52}{kib:>8.1} KiB of {:>4.0}  {verdict}",
            budget.name, budget.limit_kib
        );
        if kib > budget.limit_kib {
            broken.push(format!(
                "{}: {kib:.1} KiB, budget {}",
                budget.name, budget.limit_kib
            ));
        }
    }
    match broken.is_empty() {
        true => Ok(()),
        false => Err(broken.join("; ")),
    }
}

/// The sum of a budget's files; `None` when one of its parts has no file.
fn size_kib(budget: &Budget, files: &[(String, u64)]) -> Option<f64> {
    let mut bytes = 0;
    for (start, end) in budget.parts {
        let matching: Vec<u64> = files
            .iter()
            .filter(|(name, _)| name.starts_with(start) && name.ends_with(end))
            .map(|(_, bytes)| *bytes)
            .collect();
        if matching.is_empty() {
            return None;
        }
        bytes += matching.iter().sum::<u64>();
    }
    Some(bytes as f64 / 1024.0)
}

/// Names without `.br`, and sizes, of all Brotli files of the build.
fn compressed_files() -> Result<Vec<(String, u64)>, String> {
    let mut files = Vec::new();
    for folder in [dist_dir(), dist_dir().join("assets")] {
        let entries =
            fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let bytes = entry.metadata().map_err(|error| error.to_string())?.len();
            if let Some(name) = name.strip_suffix(".br") {
                files.push((name.to_owned(), bytes));
            }
        }
    }
    match files.is_empty() {
        true => Err("dist/ holds no compressed files: run `cargo xtask build` first".to_owned()),
        false => Ok(files),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<(String, u64)> {
        [
            ("app_bg-1.wasm", 2048),
            ("app-1.js", 1024),
            ("boot-1.js", 512),
        ]
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .to_vec()
    }

    #[test]
    fn parts_are_summed() {
        let budget = Budget {
            name: "",
            parts: &[("app_bg-", ".wasm"), ("", ".js")],
            limit_kib: 1.0,
        };
        assert_eq!(size_kib(&budget, &files()), Some(3.5));
    }

    #[test]
    fn a_missing_part_is_not_a_small_part() {
        let budget = Budget {
            name: "",
            parts: &[("app_bg-", ".wasm"), ("", ".css")],
            limit_kib: 1.0,
        };
        assert_eq!(size_kib(&budget, &files()), None);
    }
}
