//! Which Rust toolchain builds the workspace, and where the helper programs stand.
//!
//! Where rustup can add the wasm32 target, everything stays on the toolchain that
//! started xtask. Where it can download nothing, Debian's `rustc-web` builds it all.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{read, root};

/// The name under which Debian's compiler is linked into rustup.
pub const DEBIAN: &str = "debian";
/// The target of every browser module.
pub const WASM: &str = "wasm32-unknown-unknown";
/// Set to `rustup` or `debian` to force one of the two ways.
pub const FORCE: &str = "BALLAST_TOOLCHAIN";

/// The compiler that builds host and wasm code of one target folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toolchain {
    /// The rustup toolchain that started xtask, with the wasm32 target added.
    Rustup,
    /// Debian's `rustc-web`, linked into rustup as `debian`.
    Debian,
}

impl Toolchain {
    /// The toolchain that can build wasm32 now, if there is one.
    pub fn installed() -> Option<Self> {
        let forced = env::var(FORCE).unwrap_or_default();
        let usable = |toolchain: &Self| toolchain.has_wasm();
        match forced.as_str() {
            "rustup" => Some(Self::Rustup).filter(usable),
            "debian" => Some(Self::Debian).filter(usable),
            _ => [Self::Rustup, Self::Debian].into_iter().find(usable),
        }
    }

    /// Whether this toolchain has a standard library for wasm32.
    pub fn has_wasm(&self) -> bool {
        let rustc = match self {
            Self::Rustup => PathBuf::from("rustc"),
            Self::Debian => PathBuf::from("/usr/bin/rustc"),
        };
        read(rustc, &["--print", "target-libdir", "--target", WASM]).is_some_and(|libdir| {
            Path::new(&libdir)
                .read_dir()
                .is_ok_and(|mut files| files.any(is_libstd))
        }) && (*self == Self::Rustup || debian_is_linked())
    }

    /// A cargo command on this toolchain, in the workspace's root, with the tools on its path.
    pub fn cargo(&self) -> Command {
        self.command("cargo")
    }

    /// Any program that may itself start cargo (trunk), with the same environment.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(root()).env("PATH", path_with_tools());
        // The toolchain that runs xtask exports these; the builds it starts choose their own.
        for name in ["RUSTC", "RUSTDOC", "CARGO", "RUSTUP_TOOLCHAIN"] {
            command.env_remove(name);
        }
        if *self == Self::Debian {
            command.env("RUSTUP_TOOLCHAIN", DEBIAN);
            if let Some(linker) = wasm_linker() {
                command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            }
        }
        command
    }
}

/// The uncommitted folder of helper programs.
pub fn tools_dir() -> PathBuf {
    root().join(".tools")
}

/// Debian's `wasm-ld`, whose number follows the LLVM of its rustc.
pub fn wasm_linker() -> Option<String> {
    llvm_major().map(|major| format!("wasm-ld-{major}"))
}

/// The LLVM version of Debian's rustc, `22` for instance.
pub fn llvm_major() -> Option<String> {
    let version = read("/usr/bin/rustc", &["-vV"])?;
    let line = version
        .lines()
        .find(|line| line.starts_with("LLVM version:"))?;
    let number = line.rsplit(' ').next()?;
    number.split('.').next().map(str::to_owned)
}

fn debian_is_linked() -> bool {
    read("rustup", &["toolchain", "list"])
        .is_some_and(|list| list.lines().any(|line| line.starts_with(DEBIAN)))
}

fn is_libstd(entry: std::io::Result<std::fs::DirEntry>) -> bool {
    entry.is_ok_and(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

fn path_with_tools() -> String {
    let tools = tools_dir();
    format!(
        "{}:{}:{}",
        tools.join("bin").display(),
        root().join("e2e/node_modules/.bin").display(),
        env::var("PATH").unwrap_or_default()
    )
}
