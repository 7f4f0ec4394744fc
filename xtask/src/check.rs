//! `cargo xtask test`: every check of the project, timed, with all failures listed at the end.

use std::fs;
use std::process::Command;
use std::time::Instant;

use crate::bundle::{self, Effort, files_below};
use crate::e2e;
use crate::setup;
use crate::shell::{Outcome, read_from, root, run, step};
use crate::size;
use crate::tidy;
use crate::toolchain::{Toolchain, WASM};

/// Packages with code for the browser, and their folders.
const BROWSER_PACKAGES: [(&str, &str); 5] = [
    ("app", "app/src"),
    ("protocol", "app/protocol"),
    ("worker", "app/worker"),
    ("io", "app/io"),
    ("engine", "engine"),
];

/// Sets up and runs every check; without an effort the app in `dist/` is tested as it is.
///
/// # Errors
/// The names of the checks that failed.
pub fn check(effort: Option<Effort>) -> Outcome {
    let started = Instant::now();
    let toolchain = setup::setup()?;
    let mut report = Report::default();
    forget_native_plans();
    report.check("rustfmt", || {
        run(toolchain.cargo().args(["fmt", "--all", "--check"]))
    });
    report.check("tidy", tidy::tidy);
    report.check("clippy, host", || {
        run(toolchain.cargo().args([
            "clippy",
            "-q",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    });
    report.check("clippy, wasm32", || clippy_wasm(toolchain));
    report.check("tests, host", || {
        run(toolchain.cargo().args(["test", "-q", "--workspace"]))
    });
    report.check("tests, wasm32 in Chromium", || test_wasm(toolchain));
    let built = match effort {
        Some(effort) => report.check("build", || bundle::build(toolchain, effort)),
        None => true,
    };
    if built {
        report.check("stories in Chromium", || e2e::run_stories(&[]));
        report.check("size budgets", size::check_budgets);
    }
    report.finish(started)
}

/// Names, times and outcomes of the checks that ran.
#[derive(Default)]
struct Report {
    rows: Vec<(&'static str, f64, bool)>,
}

impl Report {
    fn check(&mut self, name: &'static str, work: impl FnOnce() -> Outcome) -> bool {
        let started = Instant::now();
        let passed = step(name, work).is_ok();
        self.rows
            .push((name, started.elapsed().as_secs_f64(), passed));
        passed
    }

    fn finish(&self, started: Instant) -> Outcome {
        println!();
        for (name, seconds, passed) in &self.rows {
            println!(
                "{:<30}{seconds:>8.1} s  {}",
                name,
                if *passed { "ok" } else { "FAILED" }
            );
        }
        let failed: Vec<&str> = self
            .rows
            .iter()
            .filter(|(_, _, passed)| !passed)
            .map(|(name, _, _)| *name)
            .collect();
        println!(
            "{} checks passed, {} failed, {:.0} s",
            self.rows.len() - failed.len(),
            failed.len(),
            started.elapsed().as_secs_f64()
        );
        match failed.is_empty() {
            true => Ok(()),
            false => Err(format!("failed: {}", failed.join(", "))),
        }
    }
}

fn clippy_wasm(toolchain: Toolchain) -> Outcome {
    let mut clippy = toolchain.cargo();
    clippy.args(["clippy", "-q", "--target", WASM]);
    for (package, _) in BROWSER_PACKAGES {
        clippy.args(["-p", package]);
    }
    run(clippy.args(["--", "-D", "warnings"]))
}

/// `cargo xtask test wasm`: the native side is computed anew.
///
/// # Errors
/// When a test fails.
pub fn only_wasm(toolchain: Toolchain) -> Outcome {
    forget_native_plans();
    test_wasm(toolchain)
}

/// Runs the tests of the packages that have any for the browser.
fn test_wasm(toolchain: Toolchain) -> Outcome {
    let with_tests: Vec<&str> = BROWSER_PACKAGES
        .iter()
        .filter(|(_, folder)| has_wasm_tests(folder))
        .map(|(package, _)| *package)
        .collect();
    if with_tests.is_empty() {
        println!("    no package has tests for the browser");
        return Ok(());
    }
    let native = native_bytes(toolchain)?;
    let plans = native_plans(toolchain)?;
    let mut test = toolchain.cargo();
    // Only test targets: doctests have no browser to run in.
    test.args(["test", "--target", WASM, "--tests"]);
    for package in with_tests {
        test.args(["-p", package]);
    }
    run(browser_test_environment(&mut test)
        .env(NATIVE_BYTES, native)
        .env(NATIVE_PLANS, plans))
}

/// `cargo xtask bench forecast`: the product's own build of the engine, in a worker of Chromium.
///
/// # Errors
/// When it cannot be built or run.
pub fn bench_forecast(toolchain: Toolchain) -> Outcome {
    let mut bench = toolchain.cargo();
    bench.args(["test", "--target", WASM, "--profile", "wasm-engine"]);
    bench.args([
        "-p",
        "worker",
        "--features",
        "bench",
        "--test",
        "bench_forecast",
    ]);
    bench.args(["--", "--nocapture"]);
    run(browser_test_environment(&mut bench))
}

/// Set while the browser's tests are compiled: what the same code computed natively.
const NATIVE_BYTES: &str = "BALLAST_NATIVE_BYTES";
const NATIVE_PLANS: &str = "BALLAST_NATIVE_PLANS";
/// Where the native run of `app/worker/tests/same_plans.rs` writes its fingerprints, in tenths.
const NATIVE_PLANS_DIR: &str = "target/tmp/native_plans";
const TENTHS: usize = 10;

/// What an earlier state of the code computed proves nothing.
fn forget_native_plans() {
    // Nothing to forget is fine.
    fs::remove_dir_all(root().join(NATIVE_PLANS_DIR)).unwrap_or_default();
}

/// The fingerprints of all datasets; they are computed now unless the host's tests just did.
fn native_plans(toolchain: Toolchain) -> Result<String, String> {
    let read_all = || -> Option<String> {
        let tenth = |tenth| {
            let path = root().join(NATIVE_PLANS_DIR).join(format!("{tenth}.txt"));
            fs::read_to_string(path).ok()
        };
        let tenths: Option<Vec<String>> = (0..TENTHS).map(tenth).collect();
        Some(tenths?.join(","))
    };
    if let Some(plans) = read_all() {
        return Ok(plans);
    }
    let mut test = toolchain.cargo();
    run(test.args(["test", "-q", "-p", "worker", "--test", "same_plans"]))?;
    read_all().ok_or_else(|| "the native run wrote no fingerprints".to_owned())
}

/// The fingerprint the native run of `app/worker/tests/same_bytes.rs` prints.
fn native_bytes(toolchain: Toolchain) -> Result<String, String> {
    let mut test = toolchain.cargo();
    test.args(["test", "-q", "-p", "worker", "--test", "same_bytes"]);
    let printed = read_from(test.args(["--", "--nocapture"]))?;
    let line = printed
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{NATIVE_BYTES}=")));
    line.map(str::to_owned)
        .ok_or_else(|| "the native run printed no fingerprint".to_owned())
}

fn browser_test_environment(command: &mut Command) -> &mut Command {
    command
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("CHROMEDRIVER", "/usr/bin/chromedriver")
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            root().join("e2e/webdriver.json"),
        )
        .env("WASM_BINDGEN_TEST_TIMEOUT", "1200")
        // The product runs without cross-origin isolation, so its tests do.
        .env("WASM_BINDGEN_TEST_NO_ORIGIN_ISOLATION", "1")
}

fn has_wasm_tests(folder: &str) -> bool {
    files_below(&root().join(folder)).iter().any(|path| {
        path.extension().is_some_and(|extension| extension == "rs")
            && fs::read_to_string(path).is_ok_and(|text| text.contains("#[wasm_bindgen_test"))
    })
}
