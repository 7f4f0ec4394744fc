//! `cargo xtask setup`: installs what a fresh machine lacks, says what it does, is quick otherwise.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::shell::{Outcome, read, root, run_quiet, step};
use crate::toolchain::{DEBIAN, FORCE, Toolchain, WASM, llvm_major, tools_dir};

const TRUNK: &str = "0.21.14";
/// The package of `wasm-split-cli`, which names no version of itself.
const SPLITTER: &str = "wasm_split_cli_support";
const SPLITTER_VERSION: &str = "0.2.4";
/// Debian packages of the browser tests: file that shows presence, package.
const BROWSER_PACKAGES: [(&str, &str); 3] = [
    ("/usr/bin/chromium", "chromium"),
    ("/usr/bin/chromedriver", "chromium-driver"),
    (
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "fonts-noto-cjk",
    ),
];
const COMPILER_PACKAGES: [&str; 5] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-clippy",
    "rustfmt-web",
];

/// Installs whatever is missing and returns the toolchain that builds everything.
///
/// # Errors
/// One line that names the step that failed.
pub fn setup() -> Result<Toolchain, String> {
    if let (Some(toolchain), true) = (Toolchain::installed(), nothing_missing()) {
        return Ok(toolchain);
    }
    step("set-up", || {
        let (compiler, tools) = thread::scope(|scope| {
            let tools = scope.spawn(install_tools);
            let compiler = install_compiler().and_then(|()| install_browser());
            (
                compiler,
                tools
                    .join()
                    .unwrap_or_else(|_| Err("the tools thread stopped".to_owned())),
            )
        });
        compiler.and(tools)
    })?;
    Toolchain::installed().ok_or_else(|| format!("no standard library for {WASM} after set-up"))
}

fn nothing_missing() -> bool {
    missing_browser_packages().is_empty()
        && has_tool("trunk", TRUNK)
        && has_tool("wasm-bindgen", &wasm_bindgen_version())
        && has_splitter()
        && npm_is_current()
}

fn install_compiler() -> Outcome {
    if Toolchain::installed().is_some() {
        return Ok(());
    }
    let forced = std::env::var(FORCE).unwrap_or_default();
    if forced != DEBIAN
        && step("rustup target add wasm32-unknown-unknown", || {
            run_quiet(Command::new("rustup").args(["target", "add", WASM]))
        })
        .is_ok()
    {
        return Ok(());
    }
    if !Path::new("/etc/debian_version").exists() {
        return Err("rustup cannot add wasm32-unknown-unknown and this is not Debian".to_owned());
    }
    match forced.as_str() {
        DEBIAN => println!("    {FORCE}={DEBIAN}: Debian's rustc-web builds everything"),
        _ => println!("    rustup can add nothing here: Debian's rustc-web takes over"),
    }
    step("apt: rustc-web and its tools", || apt(&COMPILER_PACKAGES))?;
    let lld = llvm_major().map(|major| format!("lld-{major}"));
    let lld = lld.ok_or("cannot read the LLVM version of /usr/bin/rustc")?;
    step(&format!("apt: {lld}"), || apt(&[&lld]))?;
    step("build the standard library for wasm32", build_std)?;
    run_quiet(Command::new("rustup").args(["toolchain", "link", DEBIAN, "/usr"]))
}

/// Builds std once with embedded bitcode (without it, link-time optimisation fails).
fn build_std() -> Outcome {
    let stub = root().join("target/wasm-std");
    let write = |name: &str, text: &str| {
        fs::write(stub.join(name), text).map_err(|error| format!("{name}: {error}"))
    };
    fs::create_dir_all(stub.join("src")).map_err(|error| error.to_string())?;
    write(
        "Cargo.toml",
        "[package]\nname = \"stub\"\nedition = \"2021\"\n[lib]\npath = \"src/lib.rs\"\n[workspace]\n",
    )?;
    write("src/lib.rs", "")?;
    run_quiet(
        Command::new("/usr/bin/cargo")
            .current_dir(&stub)
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO")
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .args([
                "build",
                "--release",
                "--target",
                WASM,
                "--target-dir",
                "target",
            ])
            .args(["-Z", "build-std=std,panic_abort,proc_macro"]),
    )?;
    let sysroot = read("/usr/bin/rustc", &["--print", "sysroot"]).ok_or("no sysroot")?;
    let libdir = Path::new(&sysroot).join(format!("lib/rustlib/{WASM}/lib"));
    fs::create_dir_all(&libdir).map_err(|error| error.to_string())?;
    let built = stub.join(format!("target/{WASM}/release/deps"));
    for file in built
        .read_dir()
        .map_err(|error| error.to_string())?
        .flatten()
    {
        if file.path().extension().is_some_and(|ext| ext == "rlib") {
            fs::copy(file.path(), libdir.join(file.file_name()))
                .map_err(|error| error.to_string())?;
        }
    }
    // Code built against an older std would not link with this one.
    let stale = root().join("target").join(WASM);
    if stale.exists() {
        fs::remove_dir_all(stale).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn install_browser() -> Outcome {
    let missing = missing_browser_packages();
    if missing.is_empty() {
        return Ok(());
    }
    step(&format!("apt: {}", missing.join(" ")), || apt(&missing))
}

fn missing_browser_packages() -> Vec<&'static str> {
    BROWSER_PACKAGES
        .iter()
        .filter(|(file, _)| !Path::new(file).exists())
        .map(|(_, package)| *package)
        .collect()
}

fn apt(packages: &[&str]) -> Outcome {
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    install
        .args(["install", "-y", "--no-install-recommends"])
        .args(packages);
    if run_quiet(Command::new("apt-get").args(["update", "-qq"])).is_err() {
        println!("    apt-get update failed; trying with the lists at hand");
    }
    run_quiet(&mut install)
}

fn install_tools() -> Outcome {
    if !npm_is_current() {
        step(
            "npm: browser driver and wasm-opt (e2e/package.json)",
            || {
                run_quiet(Command::new("npm").current_dir(root().join("e2e")).args([
                    "ci",
                    "--no-audit",
                    "--no-fund",
                ]))?;
                fs::copy(lock_file(), lock_stamp())
                    .map(|_| ())
                    .map_err(|error| error.to_string())
            },
        )?;
    }
    let bindgen = wasm_bindgen_version();
    if !has_tool("wasm-bindgen", &bindgen) {
        step(&format!("cargo install wasm-bindgen-cli {bindgen}"), || {
            run_quiet(cargo_install().arg(format!("wasm-bindgen-cli@{bindgen}")))
        })?;
    }
    if !has_tool("trunk", TRUNK) {
        step(&format!("cargo install trunk {TRUNK}"), || {
            run_quiet(
                cargo_install()
                    .args(["--locked", "--no-default-features"])
                    .arg(format!("trunk@{TRUNK}")),
            )
        })?;
    }
    if !has_splitter() {
        let package = format!("{SPLITTER}@{SPLITTER_VERSION}");
        step(&format!("cargo install {package}"), || {
            run_quiet(cargo_install().args(["--locked", "--features", "build-binary", &package]))
        })?;
    }
    Ok(())
}

/// Tools are compiled without optimisation: three times faster to install, no slower in use.
fn cargo_install() -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir("/")
        .env_remove("RUSTC")
        .env_remove("RUSTDOC")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "false")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
        .env("CARGO_TARGET_DIR", root().join("target/tools"))
        .args(["install", "--quiet", "--root"])
        .arg(tools_dir());
    command
}

fn has_tool(name: &str, version: &str) -> bool {
    let matches = |program: &Path| {
        read(program, &["--version"])
            .is_some_and(|text| text.split(' ').any(|word| word == version))
    };
    // The project's own folder comes first on the path of every build.
    let own = tools_dir().join("bin").join(name);
    if own.exists() {
        matches(&own)
    } else {
        matches(Path::new(name))
    }
}

/// Whether the splitter stands in the tools folder, by cargo's list of what it installed there.
fn has_splitter() -> bool {
    let list = fs::read_to_string(tools_dir().join(".crates.toml")).unwrap_or_default();
    list.contains(&format!("\"{SPLITTER} {SPLITTER_VERSION} "))
}

/// The CLI must equal the library in `Cargo.lock`.
fn wasm_bindgen_version() -> String {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap_or_default();
    let entry = lock
        .split("[[package]]")
        .find(|entry| entry.contains("name = \"wasm-bindgen\"\n"));
    entry
        .and_then(|entry| entry.split("version = \"").nth(1))
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned()
}

fn npm_is_current() -> bool {
    let wanted = fs::read(lock_file()).ok();
    wanted.is_some() && wanted == fs::read(lock_stamp()).ok()
}

fn lock_file() -> std::path::PathBuf {
    root().join("e2e/package-lock.json")
}

fn lock_stamp() -> std::path::PathBuf {
    root().join("e2e/node_modules/.installed-lock")
}
