//! The built app: trunk's output with every file hashed, listed for the service worker, compressed.
//!
//! Trunk never hashes worker files, so it hashes nothing and this does it all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::content_hash::content_hash;
use crate::order::with_places;
use crate::shell::{Outcome, root, run, run_quiet, step};
use crate::shrink::{bare_script, with_short_names, without_classes, without_unnamed_exports};
use crate::split::{is_part, parts, split};
use crate::texts::{TAGS, file_name, write_texts};
use crate::toolchain::Toolchain;

/// How much work a build puts into size and speed of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What is delivered: size profiles, wasm-opt, compressed files.
    Release,
    /// For a quick look: the dev profile, nothing compressed.
    Dev,
}

/// The files of `target/site` in the order they are hashed: what is named by others comes first.
const PARTS: [&str; 6] = [
    "app_bg.wasm",
    "worker_bg.wasm",
    "io_bg.wasm",
    "app.js",
    "worker.js",
    "io.js",
];
/// Files that are fetched by their own name, so they keep it.
const UNHASHED: [&str; 1] = ["sw.js"];
/// The lazy import and export worker.
const LAZY: [&str; 3] = ["io_bg.wasm", "io.js", "io-worker.js"];

/// Whether the first screen does without a file: it is kept for offline use, but later.
fn is_lazy(name: &str) -> bool {
    LAZY.contains(&name) || is_part(name)
}

/// The folder that is served.
pub fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Builds the app into `dist/`.
///
/// # Errors
/// The step that failed.
pub fn build(toolchain: Toolchain, effort: Effort) -> Outcome {
    let site = root().join("target/site");
    step("styles", join_styles)?;
    step("trunk build", || {
        let mut trunk = toolchain.command("trunk");
        trunk.arg("build");
        if effort == Effort::Release {
            trunk.arg("--release");
        }
        run(&mut trunk)
    })?;
    step("split lazy code off", || split(toolchain, effort, &site))?;
    step("texts", || write_texts(&site, effort))?;
    if effort == Effort::Release {
        for (name, level) in MODULES {
            step(name, || shrink(toolchain, &site, name, level))?;
        }
        for name in parts(&site) {
            let module = site.join(&name);
            step(&name, || {
                optimise(toolchain, &module, "-Os")?;
                reorder(toolchain, &module)
            })?;
        }
        bare_scripts(&site).map_err(|error| error.to_string())?;
    }
    step("hash and list files", || {
        bundle(&site, &dist_dir()).map_err(|error| error.to_string())
    })?;
    if effort == Effort::Release {
        step("compress", || {
            let script = root().join("xtask/compress.mjs");
            run_quiet(Command::new("node").arg(script).arg(dist_dir()))
        })?;
    }
    Ok(())
}

/// Joins all styles of the app into one file, the shared ones first, each folder in path order.
fn join_styles() -> Outcome {
    let mut css = String::new();
    for folder in ["app/styles", "app/src"] {
        for path in files_below(&root().join(folder)) {
            if path.extension().is_some_and(|extension| extension == "css") {
                css += &fs::read_to_string(&path).map_err(|error| error.to_string())?;
            }
        }
    }
    let parts = root().join("target/site-parts");
    fs::create_dir_all(&parts).map_err(|error| error.to_string())?;
    fs::write(parts.join("app.css"), without_comments(&css)).map_err(|error| error.to_string())
}

/// A style sheet without its comments and indentation.
fn without_comments(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        bare += before;
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare += rest;
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The modules and how wasm-opt treats them.
const MODULES: [(&str, &str); 3] = [("app", "-Os"), ("worker", "-O2"), ("io", "-Os")];

/// What the modules may use: all of it is in every browser that has SIMD.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// Optimises a module that stands in `site`; it and its glue lose what nobody uses.
fn shrink(toolchain: Toolchain, site: &Path, name: &str, level: &str) -> Outcome {
    let module = site.join(format!("{name}_bg.wasm"));
    let glue = site.join(format!("{name}.js"));
    let script = without_classes(&String::from_utf8_lossy(&read(&glue)?));
    let bytes = without_unnamed_exports(&read(&module)?, &script);
    write(&module, &bytes.ok_or_else(|| no_module(&module))?)?;
    optimise(toolchain, &module, level)?;
    let both = with_short_names(&read(&module)?, &script);
    let (bytes, script) = both.ok_or_else(|| no_module(&module))?;
    write(&module, &bytes)?;
    reorder(toolchain, &module)?;
    write(&glue, script.as_bytes())
}

/// Lets alike functions of a module follow each other.
fn reorder(toolchain: Toolchain, module: &Path) -> Outcome {
    let placed = with_places(&read(module)?).ok_or_else(|| no_module(module))?;
    write(module, &placed)?;
    optimise(toolchain, module, "--reorder-functions-by-name")
}

fn optimise(toolchain: Toolchain, module: &Path, pass: &str) -> Outcome {
    let mut optimise = toolchain.command("wasm-opt");
    optimise.arg(pass).args(FEATURES).arg("-o");
    run_quiet(optimise.arg(module).arg(module))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| error.to_string())
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).map_err(|error| error.to_string())
}

fn no_module(path: &Path) -> String {
    format!("{} is no module", path.display())
}

fn bare_scripts(site: &Path) -> std::io::Result<()> {
    for path in files_below(site) {
        if path.extension().is_some_and(|extension| extension == "js") {
            fs::write(&path, bare_script(&fs::read_to_string(&path)?))?;
        }
    }
    Ok(())
}

/// Writes `dist` from `site`: hashed names, `index.html`, `precache.json`, `sw.js`.
fn bundle(site: &Path, dist: &Path) -> std::io::Result<()> {
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    let assets = dist.join("assets");
    fs::create_dir_all(&assets)?;
    let mut names = Names::default();
    for part in parts(site) {
        names.store(&assets, &part, &site.join(&part))?;
    }
    for part in PARTS {
        names.store(&assets, part, &site.join(part))?;
    }
    for file in TAGS.map(file_name) {
        names.store(&assets, &file, &site.join(&file))?;
    }
    let public = site.join("public");
    let mut rest: Vec<PathBuf> = files_below(&public);
    // The manifest names the icons, so it comes after them.
    rest.sort_by_key(|path| {
        path.extension()
            .is_some_and(|extension| extension == "webmanifest")
    });
    for path in &rest {
        let name = path
            .strip_prefix(&public)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned();
        if !UNHASHED.contains(&name.as_str()) {
            names.store(&assets, &name, path)?;
        }
    }
    names.store(&assets, "app.css", &site.join("app.css"))?;
    copy_snippets(&site.join("snippets"), &assets.join("snippets"))?;

    let page = fs::read_to_string(site.join("index.html"))?;
    let version = content_hash(format!("{page}{:?}", names.hashed).as_bytes());
    let page = names
        .rewrite(&page)
        .replace(ASSETS_SLOT, &names.assets_block(&version));
    fs::write(dist.join("index.html"), page)?;
    fs::write(dist.join("precache.json"), names.precache(&version))?;
    let service_worker = fs::read_to_string(public.join("sw.js"))?;
    fs::write(
        dist.join("sw.js"),
        service_worker.replace("__VERSION__", &version),
    )
}

const ASSETS_SLOT: &str = r#"<script type="application/json" id="assets"></script>"#;

/// Which hashed name every file of the build got.
#[derive(Default)]
struct Names {
    hashed: BTreeMap<String, String>,
}

impl Names {
    /// Copies a file under its hashed name, with the names inside it replaced.
    fn store(&mut self, assets: &Path, name: &str, path: &Path) -> std::io::Result<()> {
        let is_text = [".js", ".css", ".webmanifest"]
            .iter()
            .any(|end| name.ends_with(end));
        let bytes = match is_text {
            true => self.rewrite(&fs::read_to_string(path)?).into_bytes(),
            false => fs::read(path)?,
        };
        let file = name.rsplit('/').next().unwrap_or(name);
        let (stem, extension) = file.split_once('.').unwrap_or((file, "bin"));
        let hashed = format!("{stem}-{}.{extension}", content_hash(&bytes));
        fs::write(assets.join(&hashed), bytes)?;
        self.hashed.insert(name.to_owned(), hashed);
        Ok(())
    }

    /// Replaces the names of stored files in a text: quoted, bare, `./name` or `/name`.
    fn rewrite(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, hashed) in &self.hashed {
            for quote in ['"', '\''] {
                let quoted = |inner: &str| format!("{quote}{inner}{quote}");
                text = text
                    .replace(&quoted(name), &quoted(hashed))
                    .replace(
                        &quoted(&format!("./{name}")),
                        &quoted(&format!("./{hashed}")),
                    )
                    .replace(
                        &quoted(&format!("/{name}")),
                        &quoted(&format!("/assets/{hashed}")),
                    );
            }
        }
        text
    }

    fn url(&self, name: &str) -> String {
        format!(
            "/assets/{}",
            self.hashed.get(name).map_or("", String::as_str)
        )
    }

    /// The data block boot.js reads, and hints that start the first downloads at once.
    fn assets_block(&self, version: &str) -> String {
        let entries = [
            ("appJs", "app.js"),
            ("appWasm", "app_bg.wasm"),
            ("engineJs", "engine-worker.js"),
            ("engineWasm", "worker_bg.wasm"),
            ("ioJs", "io-worker.js"),
            ("ioWasm", "io_bg.wasm"),
        ]
        .map(|(key, name)| format!("\"{key}\":\"{}\"", self.url(name)));
        let texts = TAGS.map(|tag| format!("\"{tag}\":\"{}\"", self.url(&file_name(tag))));
        format!(
            "<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"{}\">\
             <link rel=\"modulepreload\" href=\"{}\">\
             <script type=\"application/json\" id=\"assets\">{{{},\"texts\":{{{}}},\"version\":\"{version}\"}}</script>",
            self.url("app_bg.wasm"),
            self.url("app.js"),
            entries.join(","),
            texts.join(","),
        )
    }

    fn precache(&self, version: &str) -> String {
        let list = |are_lazy: bool| {
            let urls = self
                .hashed
                .keys()
                .filter(|name| is_lazy(name) == are_lazy)
                .map(|name| format!("\"{}\"", self.url(name)));
            urls.collect::<Vec<_>>().join(",")
        };
        format!(
            "{{\"version\":\"{version}\",\"shell\":[{}],\"lazy\":[{}]}}",
            list(false),
            list(true)
        )
    }
}

/// Script snippets of dependencies; their folder names carry a hash already.
fn copy_snippets(from: &Path, to: &Path) -> std::io::Result<()> {
    for path in files_below(from) {
        let target = to.join(path.strip_prefix(from).unwrap_or(&path));
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&path, target)?;
    }
    Ok(())
}

/// All files below a folder in path order; none when there is no such folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(entries) = folder.read_dir() else {
        return files;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_leave_the_styles() {
        let css = "/* head */\n.a {\n  color: red; /* why */\n}\n\n.b { } /* open";
        assert_eq!(without_comments(css), ".a {\ncolor: red;\n}\n.b { }\n");
    }

    #[test]
    fn every_way_to_name_a_file_is_rewritten() {
        let mut names = Names::default();
        names
            .hashed
            .insert("worker.js".into(), "worker-1a.js".into());
        let text =
            r#"import "./worker.js"; new URL('worker.js'); href="/worker.js"; "other-worker.js""#;
        let want = r#"import "./worker-1a.js"; new URL('worker-1a.js'); href="/assets/worker-1a.js"; "other-worker.js""#;
        assert_eq!(names.rewrite(text), want);
    }

    #[test]
    fn what_the_first_screen_does_without_is_not_in_the_shell_list() {
        let mut names = Names::default();
        for name in ["app.js", "io.js", "chunk_app_3.wasm", "split_data.wasm"] {
            names.hashed.insert(name.into(), name.into());
        }
        let want = r#"{"version":"v","shell":["/assets/app.js"],"#.to_owned()
            + r#""lazy":["/assets/chunk_app_3.wasm","/assets/io.js","/assets/split_data.wasm"]}"#;
        assert_eq!(names.precache("v"), want);
    }
}
