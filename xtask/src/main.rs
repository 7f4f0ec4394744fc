//! `cargo xtask`: the workspace's own commands.

mod bundle;
mod check;
mod content_hash;
mod e2e;
mod module;
mod order;
mod peers;
mod serve;
mod setup;
mod shell;
mod shrink;
mod size;
mod split;
mod texts;
mod tidy;
mod toolchain;

use std::process::ExitCode;

use bundle::Effort;
use shell::Outcome;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  setup                     install what this machine lacks
  run [--dev] [--port N]    set up, build and serve the workbench, print its address
  build [--dev]             build it into dist/
  test (or ci) [--keep]     set up, then every check; --keep reuses dist/ as it is
  test wasm                 only the tests of the browser packages in Chromium
  e2e [--dev|--keep] [NAME] the browser stories whose name contains NAME
  tidy                      layers, walls, names, fences, texts
  bench start [--keep]      how soon the app can be used on a first visit
  bench import [--keep]     a million CSV rows through the page: tasks, cancel, memory
  bench forecast            half of 144,000 series in a worker of the browser
  bench peers --panels DIR  forecasts beside other libraries' (installs them apart)
  trial retail [--keep] FILE  a real sales file through page and terminal, compared
  size                      sizes of the files in dist/ against their budgets
  pictures                  takes the README's pictures of the app in dist/ anew

--dev builds without optimisation; BALLAST_TOOLCHAIN=rustup|debian forces a compiler";
const PORT: u16 = 8420;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let Some((command, rest)) = args.split_first() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match dispatch(command, rest) {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(reason)) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
        None => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// `None` for a command or option that does not exist.
fn dispatch(command: &str, rest: &[&str]) -> Option<Outcome> {
    match (command, rest) {
        ("setup", []) => Some(setup::setup().map(|toolchain| println!("toolchain: {toolchain:?}"))),
        ("run", options) => RunOptions::parse(options).map(|options| run(&options)),
        ("build", []) => Some(build(Effort::Release)),
        ("build", ["--dev"]) => Some(build(Effort::Dev)),
        ("test" | "ci", []) => Some(check::check(Some(Effort::Release))),
        ("test" | "ci", ["--keep"]) => Some(check::check(None)),
        ("test", ["wasm"]) => Some(setup::setup().and_then(check::only_wasm)),
        ("e2e", ["--dev", filter @ ..]) => {
            Some(build(Effort::Dev).and_then(|()| e2e::run_stories(filter)))
        }
        ("e2e", ["--keep", filter @ ..]) => Some(e2e::run_stories(filter)),
        ("e2e", filter) => Some(build(Effort::Release).and_then(|()| e2e::run_stories(filter))),
        ("bench", [name @ ("start" | "import")]) => {
            Some(build(Effort::Release).and_then(|()| bench(name)))
        }
        ("bench", [name @ ("start" | "import"), "--keep"]) => Some(bench(name)),
        ("bench", ["forecast"]) => Some(setup::setup().and_then(check::bench_forecast)),
        ("bench", ["peers", "--panels", folder]) => Some(peers::bench(folder)),
        ("trial", ["retail", "--keep", file]) => Some(e2e::run_trial(file)),
        ("trial", ["retail", file]) => {
            Some(build(Effort::Release).and_then(|()| e2e::run_trial(file)))
        }
        ("pictures", []) => Some(e2e::run_script("e2e/pictures.mjs", &[])),
        ("tidy", []) => Some(tidy::tidy()),
        ("size", []) => Some(size::check_budgets()),
        _ => None,
    }
}

fn bench(name: &str) -> Outcome {
    e2e::run_script(&format!("e2e/bench_{name}.mjs"), &[])
}

fn build(effort: Effort) -> Outcome {
    bundle::build(setup::setup()?, effort)
}

/// How to build and where to listen.
struct RunOptions {
    effort: Effort,
    port: u16,
}

impl RunOptions {
    fn parse(options: &[&str]) -> Option<Self> {
        match options {
            [] => Some(Self {
                effort: Effort::Release,
                port: PORT,
            }),
            ["--dev", rest @ ..] => Self::parse(rest).map(|options| Self {
                effort: Effort::Dev,
                ..options
            }),
            ["--port", port, rest @ ..] => {
                let port = port.parse().ok()?;
                Self::parse(rest).map(|options| Self { port, ..options })
            }
            _ => None,
        }
    }
}

fn run(options: &RunOptions) -> Outcome {
    build(options.effort)?;
    let listener = serve::listen(options.port).or_else(|taken| {
        println!("    {taken}; taking a free port");
        serve::listen(0)
    })?;
    println!(
        "\nBallast is served at {} (Ctrl+C ends it)",
        serve::address(&listener)?
    );
    serve::serve(&listener, bundle::dist_dir());
    Ok(())
}
