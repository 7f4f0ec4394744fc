//! Golden cases: inputs and expected values from independent peers, in JSON.
//!
//! A case's kind is the first three characters of its id; [`KINDS`] maps it to
//! the function that computes the same figures with the engine. Adding a kind
//! is one file and one row.

mod a01;
mod a02;
mod compare;
mod input;
mod n04;
mod p01;
mod p02;
mod p03;
mod p04;
mod p05;
mod p06;
mod p07;
mod p08;
mod p09;
mod p10;
mod p11;
mod p12;
mod p13;
mod p14;
mod p15;
mod p16;
mod p17;
mod p18;
mod p19;
mod p20;
mod p21;
mod r01;
mod r02;
mod r03;
mod s01;

pub use compare::{Difference, Tolerance, compare};
use input::Malformed;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// One kind of case.
struct Kind {
    prefix: &'static str,
    /// Computes what the case's `expected` should hold from its `inputs`.
    run: fn(&Case<'_>) -> Result<Value, Malformed>,
}

/// What a kind's function sees of a case.
struct Case<'a> {
    inputs: &'a Value,
    /// Only for what the inputs leave open, such as how many draws to print.
    expected: &'a Value,
}

const KINDS: &[Kind] = &[
    Kind {
        prefix: "A01",
        run: a01::run,
    },
    Kind {
        prefix: "A02",
        run: a02::run,
    },
    Kind {
        prefix: "N04",
        run: n04::run,
    },
    Kind {
        prefix: "P01",
        run: p01::run,
    },
    Kind {
        prefix: "P02",
        run: p02::run,
    },
    Kind {
        prefix: "P03",
        run: p03::run,
    },
    Kind {
        prefix: "P04",
        run: p04::run,
    },
    Kind {
        prefix: "P05",
        run: p05::run,
    },
    Kind {
        prefix: "P06",
        run: p06::run,
    },
    Kind {
        prefix: "P07",
        run: p07::run,
    },
    Kind {
        prefix: "P08",
        run: p08::run,
    },
    Kind {
        prefix: "P09",
        run: p09::run,
    },
    Kind {
        prefix: "P10",
        run: p10::run,
    },
    Kind {
        prefix: "P11",
        run: p11::run,
    },
    Kind {
        prefix: "P12",
        run: p12::run,
    },
    Kind {
        prefix: "P13",
        run: p13::run,
    },
    Kind {
        prefix: "P14",
        run: p14::run,
    },
    Kind {
        prefix: "P15",
        run: p15::run,
    },
    Kind {
        prefix: "P16",
        run: p16::run,
    },
    Kind {
        prefix: "P17",
        run: p17::run,
    },
    Kind {
        prefix: "P18",
        run: p18::run,
    },
    Kind {
        prefix: "P19",
        run: p19::run,
    },
    Kind {
        prefix: "P20",
        run: p20::run,
    },
    Kind {
        prefix: "P21",
        run: p21::run,
    },
    Kind {
        prefix: "R01",
        run: r01::run,
    },
    Kind {
        prefix: "R02",
        run: r02::run,
    },
    Kind {
        prefix: "R03",
        run: r03::run,
    },
    Kind {
        prefix: "S01",
        run: s01::run,
    },
];

/// Outcome of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every expected key was met.
    Passed,
    /// What was wanted and what came, or why the case could not run.
    Failed(String),
}

/// Runs every `*.json` of a directory in name order: (id, verdict) pairs.
///
/// # Errors
/// If the directory or a file in it cannot be read.
pub fn run_directory(directory: &Path) -> std::io::Result<Vec<(String, Verdict)>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(directory)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            Ok(run_text(&name, &std::fs::read_to_string(path)?))
        })
        .collect()
}

/// Runs one case from its JSON text; `name` stands in where the text has no id.
#[must_use]
pub fn run_text(name: &str, text: &str) -> (String, Verdict) {
    let case: Value = match serde_json::from_str(text) {
        Ok(case) => case,
        Err(error) => {
            return (
                name.to_owned(),
                Verdict::Failed(format!("not JSON: {error}")),
            );
        }
    };
    let id = case
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or(name)
        .to_owned();
    let verdict = match run_case(&id, &case) {
        Ok(()) => Verdict::Passed,
        Err(reason) => Verdict::Failed(reason),
    };
    (id, verdict)
}

fn run_case(id: &str, case: &Value) -> Result<(), String> {
    let prefix: String = id.chars().take(3).collect();
    let kind = KINDS
        .iter()
        .find(|kind| kind.prefix == prefix)
        .ok_or_else(|| format!("want a known kind got {prefix}"))?;
    let part = |key: &str| {
        case.get(key)
            .ok_or_else(|| format!("want key {key} got none"))
    };
    let (inputs, expected) = (part("inputs")?, part("expected")?);
    let got = (kind.run)(&Case { inputs, expected }).map_err(|error| error.to_string())?;
    let tolerance = Tolerance::read(case.get("tolerance").unwrap_or(&Value::Null));
    match compare(expected, &got, tolerance) {
        None => Ok(()),
        Some(difference) => Err(difference.to_string()),
    }
}
