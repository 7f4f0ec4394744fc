//! Lazy code: a module with split functions is cut at them before wasm-bindgen sees it.
//!
//! The cutter's loader script and wasm-bindgen's glue import each other, and files that name each other cannot
//! both be named by their content. So the loader becomes a part of the glue.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bundle::{Effort, files_below};
use crate::shell::{Outcome, root, run};
use crate::toolchain::{Toolchain, WASM};

/// What the name of a module that split functions open starts with.
const SPLIT: &str = "split_";
/// What the name of a module starts with that holds what several of those share.
const CHUNK: &str = "chunk_";
/// The loader: the file the cutter writes, as the glue names it.
const LOADER: &str = "./__wasm_split.js";
/// How it offers its functions.
const EXPORT: &str = "export const ";

/// Whether this is the file of a split-off module.
pub fn is_part(name: &str) -> bool {
    (name.starts_with(SPLIT) || name.starts_with(CHUNK)) && name.ends_with(".wasm")
}

/// The files of the split-off modules in a folder.
pub fn parts(folder: &Path) -> Vec<String> {
    let paths = files_below(folder).into_iter();
    let names = paths.filter_map(|path| path.file_name()?.to_str().map(str::to_owned));
    names.filter(|name| is_part(name)).collect()
}

/// The modules that are cut, by their binary, and the profile of their release build.
const CUT: [(&str, &str); 2] = [("app", "wasm-ui"), ("worker", "wasm-engine")];

/// Replaces the modules that trunk left whole in `site` by their parts and their glue.
///
/// # Errors
/// The step that failed.
pub fn split(toolchain: Toolchain, effort: Effort, site: &Path) -> Outcome {
    let cuts = root().join("target/site-split");
    if cuts.exists() {
        fs::remove_dir_all(&cuts).map_err(|error| error.to_string())?;
    }
    for (name, profile) in CUT {
        let whole = whole_module(effort, name, profile);
        split_one(toolchain, name, &whole, &cuts.join(name), site)?;
    }
    Ok(())
}

fn whole_module(effort: Effort, name: &str, profile: &str) -> PathBuf {
    let profile = match effort {
        Effort::Release => profile,
        Effort::Dev => "debug",
    };
    let built = root().join("target").join(WASM).join(profile);
    built.join(format!("{name}.wasm"))
}

/// Cuts a module into the folder `cut` and brings the parts and the new glue from there to `site`.
fn split_one(toolchain: Toolchain, name: &str, whole: &Path, cut: &Path, site: &Path) -> Outcome {
    let said = |error: std::io::Error| error.to_string();
    let mut cutter = toolchain.command("wasm-split-cli");
    run(cutter.arg(whole).arg(cut).args(["--out-name", name]))?;
    let mut bindgen = toolchain.command("wasm-bindgen");
    // Linker exports: split-off modules take the table of functions from the main one.
    bindgen.args([
        "--keep-lld-exports",
        "--target",
        "web",
        "--no-typescript",
        "--out-dir",
    ]);
    run(bindgen.arg(site).arg(cut.join(format!("{name}.wasm"))))?;
    for part in parts(cut) {
        fs::copy(cut.join(&part), site.join(name_in_site(&part, name))).map_err(said)?;
    }
    let script = site.join(format!("{name}.js"));
    let glue = fs::read_to_string(&script).map_err(said)?;
    let loader = fs::read_to_string(cut.join(LOADER)).map_err(said)?;
    let loader = with_names_in_site(&loader, name);
    let no_loader = || format!("the glue of {name} imports no loader");
    let both = with_loader(&glue, &loader).ok_or_else(no_loader)?;
    fs::write(script, both).map_err(said)
}

/// The name of a part beside those of other modules: the cutter only numbers what is shared.
fn name_in_site(part: &str, module: &str) -> String {
    match part.strip_prefix(CHUNK) {
        Some(number) => format!("{CHUNK}{module}_{number}"),
        None => part.to_owned(),
    }
}

/// The loader with the parts as they are named in the site.
fn with_names_in_site(loader: &str, module: &str) -> String {
    let quoted = format!("\"./{CHUNK}");
    loader.replace(&quoted, &format!("{quoted}{module}_"))
}

/// The glue with the loader in it instead of beside it; `None` when it imports none.
fn with_loader(glue: &str, loader: &str) -> Option<String> {
    let quoted = format!("\"{LOADER}\"");
    let exports = loader.lines().filter_map(|line| line.strip_prefix(EXPORT));
    let names: Vec<&str> = exports.filter_map(|line| line.split(' ').next()).collect();
    let mut entry = Some(format!("        {quoted}: {{ {} }},\n", names.join(", ")));
    let mut whole = String::with_capacity(glue.len() + loader.len());
    for line in glue.lines() {
        // wasm-bindgen imports the loader and hands it on once for each of its functions.
        if !line.contains(&quoted) {
            whole.extend([line, "\n"]);
        } else if line.trim_start().starts_with(&quoted) {
            whole += &entry.take().unwrap_or_default();
        }
    }
    for line in loader.lines().filter(|line| !line.starts_with("import ")) {
        let line = line.strip_prefix("export ").unwrap_or(line);
        whole.extend([line, "\n"]);
    }
    entry.is_none().then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_becomes_a_part_of_the_glue() {
        let glue = r#"import * as import1 from "./__wasm_split.js"
import * as import2 from "./__wasm_split.js"
let wasm;
    return {
        "./__wasm_split.js": import1,
        "./__wasm_split.js": import2,
    };
"#;
        let loader = r#"import { initSync } from "./app.js";
const chunk = makeLoad("./split_data.wasm");
export const load_data = wrap(chunk);
export const load_demand = wrap();
"#;
        let whole = r#"let wasm;
    return {
        "./__wasm_split.js": { load_data, load_demand },
    };
const chunk = makeLoad("./split_data.wasm");
const load_data = wrap(chunk);
const load_demand = wrap();
"#;
        assert_eq!(with_loader(glue, loader).as_deref(), Some(whole));
        assert_eq!(with_loader("let wasm;", loader), None);
    }

    #[test]
    fn what_is_shared_is_named_after_its_module() {
        assert_eq!(name_in_site("chunk_3.wasm", "app"), "chunk_app_3.wasm");
        assert_eq!(name_in_site("split_data.wasm", "app"), "split_data.wasm");
        let loader = r#"const __chunk_3 = makeLoad("./chunk_3.wasm");
export const load_data = wrap("./split_data.wasm", [__chunk_3]);
"#;
        let want = r#"const __chunk_3 = makeLoad("./chunk_app_3.wasm");
export const load_data = wrap("./split_data.wasm", [__chunk_3]);
"#;
        assert_eq!(with_names_in_site(loader, "app"), want);
        assert!(is_part("chunk_app_3.wasm") && is_part("split_data.wasm"));
        assert!(!is_part("app_bg.wasm"));
    }
}
