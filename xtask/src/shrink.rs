//! Smaller scripts and modules: no comments and indentation, short names between glue and module,
//! nothing that one offers and the other never asks for.
//!
//! wasm-bindgen names every function that the two sides share after its binding and a hash, once in
//! the script and once in the module; hashes do not compress. Nobody else uses these names.

use std::collections::BTreeMap;

use crate::module::{EXPORTS, IMPORTS, Reader, push_number, push_section, sections};

/// A script without whole-line comments, indentation and blank lines. A script with a text of
/// several lines is left as it is.
pub fn bare_script(script: &str) -> String {
    let opens_text = |line: &str| line.matches('`').count() % 2 == 1;
    if script.lines().any(opens_text) {
        return script.to_owned();
    }
    let mut bare = String::with_capacity(script.len());
    let mut is_comment = false;
    for line in script.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if is_comment {
            is_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            bare += line;
            bare.push('\n');
        }
    }
    bare
}

/// Glue without the classes it offers to other scripts: nobody imports them.
pub fn without_classes(glue: &str) -> String {
    let mut kept = String::with_capacity(glue.len());
    let mut skipped_until: Option<fn(&str) -> bool> = None;
    for line in glue.lines() {
        if let Some(is_end) = skipped_until {
            if is_end(line) {
                skipped_until = None;
            }
        } else if line.starts_with("export class ") {
            skipped_until = Some(|line| line == "}");
        } else if line.starts_with("const IntoUnderlying") {
            skipped_until = Some(|line| line.ends_with(';'));
        } else if !line.starts_with("if (Symbol.dispose)") {
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

/// A module without the exports that its glue does not name.
pub fn without_unnamed_exports(module: &[u8], glue: &str) -> Option<Vec<u8>> {
    let (head, sections) = sections(module)?;
    let mut kept = head.to_vec();
    for (kind, body) in sections {
        match kind {
            EXPORTS => push_section(&mut kept, kind, &named_exports(body, glue)?),
            _ => push_section(&mut kept, kind, body),
        }
    }
    Some(kept)
}

fn named_exports(body: &[u8], glue: &str) -> Option<Vec<u8>> {
    let mut reader = Reader(body);
    let (mut entries, mut kept) = (Vec::<u8>::new(), 0);
    for _ in 0..reader.number()? {
        let before = reader.0;
        let length = reader.number()?;
        let name = std::str::from_utf8(reader.take(length)?).ok()?;
        reader.byte()?;
        reader.number()?;
        if glue.contains(name) {
            entries.extend(before.get(..before.len() - reader.0.len())?);
            kept += 1;
        }
    }
    let mut named = Vec::with_capacity(entries.len() + 5);
    push_number(&mut named, kept);
    named.extend(entries);
    Some(named)
}

/// Glue without the functions that the module does not import.
fn without_unused_functions(glue: &str, names: &Names) -> String {
    let mut kept = String::with_capacity(glue.len());
    let mut is_skipped = false;
    for line in glue.lines() {
        let entry = line
            .strip_prefix("        ")
            .and_then(|entry| entry.split_once(": function"));
        if let Some((name, _)) = entry {
            is_skipped = name.starts_with("__wb") && !names.0.contains_key(name);
        }
        if !is_skipped {
            kept += line;
            kept.push('\n');
        }
        is_skipped &= !line.starts_with("        }");
    }
    kept
}

/// A module and its glue with short names for what they share; `None` when the bytes are not
/// those of a module.
pub fn with_short_names(module: &[u8], glue: &str) -> Option<(Vec<u8>, String)> {
    let mut names = Names::default();
    let (head, sections) = sections(module)?;
    let mut short = head.to_vec();
    for (kind, body) in sections {
        match kind {
            IMPORTS => push_section(&mut short, kind, &imports(body, &mut names)?),
            EXPORTS => push_section(&mut short, kind, &exports(body, &mut names)?),
            _ => push_section(&mut short, kind, body),
        }
    }
    Some((short, names.rename(&without_unused_functions(glue, &names))))
}

/// The short name of every long one.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// Appends a name in its short form.
    fn push(&mut self, target: &mut Vec<u8>, name: &[u8]) -> Option<()> {
        let name = std::str::from_utf8(name).ok()?;
        let is_shared = name.starts_with("__wb")
            || name.starts_with("./")
            || name.starts_with("wasm_bindgen__");
        let count = self.0.len();
        let short = match is_shared {
            true => self
                .0
                .entry(name.to_owned())
                .or_insert_with(|| letters(count)),
            false => name,
        };
        push_number(target, short.len());
        target.extend(short.as_bytes());
        Some(())
    }

    /// Replaces the long names of a script, whole words only.
    fn rename(&self, script: &str) -> String {
        let is_word = |character: char| {
            character.is_ascii_alphanumeric() || matches!(character, '_' | '$' | '.' | '/')
        };
        let mut renamed = String::with_capacity(script.len());
        let mut rest = script;
        while !rest.is_empty() {
            let length = rest.find(|at: char| !is_word(at)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(length);
            renamed += &self.rename_word(word);
            let mut after = after.chars();
            renamed.extend(after.next());
            rest = after.as_str();
        }
        renamed
    }

    /// `./glue_bg.js` as a whole, `wasm.name` part by part.
    fn rename_word(&self, word: &str) -> String {
        if let Some(short) = self.0.get(word) {
            return short.clone();
        }
        let parts = word
            .split('.')
            .map(|part| self.0.get(part).map_or(part, String::as_str));
        parts.collect::<Vec<_>>().join(".")
    }
}

/// `a`, `b` ... `z`, `aa`, `ab` ...
fn letters(mut count: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a' + (count % 26) as u8));
        if count < 26 {
            return name;
        }
        count = count / 26 - 1;
    }
}

fn imports(body: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let mut reader = Reader(body);
    let mut short = Vec::with_capacity(body.len());
    let count = reader.number()?;
    push_number(&mut short, count);
    for _ in 0..count {
        for _ in 0..2 {
            let length = reader.number()?;
            names.push(&mut short, reader.take(length)?)?;
        }
        let before = reader.0;
        reader.skip_import_type()?;
        short.extend(before.get(..before.len() - reader.0.len())?);
    }
    reader.0.is_empty().then_some(short)
}

fn exports(body: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let mut reader = Reader(body);
    let mut short = Vec::with_capacity(body.len());
    let count = reader.number()?;
    push_number(&mut short, count);
    for _ in 0..count {
        let length = reader.number()?;
        names.push(&mut short, reader.take(length)?)?;
        short.push(reader.byte()?);
        push_number(&mut short, reader.number()?);
    }
    reader.0.is_empty().then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_leave_a_script() {
        let script = "// head\n/**\n * why\n */\nif (a) {\n  b(`${c}`); // stays\n}\n/* one */\n";
        assert_eq!(bare_script(script), "if (a) {\nb(`${c}`); // stays\n}\n");
        let text = "const a = `one\n  two`;\n";
        assert_eq!(bare_script(text), text);
    }

    #[test]
    fn names_are_short_on_both_sides() {
        let module = |script: &str, import: &str, export: &str| {
            let imports = [&[1], &name(script)[..], &name(import), &[0, 3]].concat();
            let exports = [&[2], &name("memory")[..], &[2, 0], &name(export), &[0, 9]].concat();
            let sections = [(IMPORTS, imports), (EXPORTS, exports)];
            sections
                .into_iter()
                .fold(b"\0asm\x01\0\0\0".to_vec(), |mut module, (kind, body)| {
                    module.extend([kind, body.len() as u8]);
                    module.extend(body);
                    module
                })
        };
        let long = module("./app_bg.js", "__wbg_get_01", "__wbindgen_malloc");
        let glue =
            r#"{"./app_bg.js": {__wbg_get_01: x}}; wasm.__wbindgen_malloc(wasm.memory, __wbg_get)"#;
        let (short, glue) = with_short_names(&long, glue).expect("a module");
        assert_eq!(short, module("a", "b", "c"));
        assert_eq!(
            glue.trim_end(),
            r#"{"a": {b: x}}; wasm.c(wasm.memory, __wbg_get)"#
        );
    }

    #[test]
    fn what_only_one_side_knows_is_dropped() {
        let glue = "\
export class IntoUnderlyingSink {
    free() {
        wasm.sink_free(1);
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype;
const IntoUnderlyingSinkFinalization = (a)
    ? { register: () => {} }
    : new FinalizationRegistry(ptr => wasm.sink_free(ptr, 1));
const imports = {
        __wbg_used: function(arg0) {
            return arg0;
        },
        __wbg_unused: function() { return handleError(function () {
            b();
        }, arguments); },
};
";
        let bare = without_classes(glue);
        assert!(bare.starts_with("const imports"), "{bare}");
        let mut names = Names::default();
        names.push(&mut Vec::new(), b"__wbg_used");
        let used = without_unused_functions(&bare, &names);
        assert!(
            used.contains("__wbg_used") && !used.contains("b();"),
            "{used}"
        );
        assert!(used.ends_with("        },\n};\n"), "{used}");
        let exports = [
            &[2],
            &name("memory")[..],
            &[2, 0],
            &name("sink_free"),
            &[0, 9],
        ]
        .concat();
        let want = [&[1], &name("memory")[..], &[2, 0]].concat();
        assert_eq!(named_exports(&exports, "wasm.memory"), Some(want));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(with_short_names(b"\0asm", "").is_none());
        assert!(with_short_names(b"\0asm\x01\0\0\0\x02\x05\x01", "").is_none());
    }

    #[test]
    fn every_count_has_its_own_letters() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(letters),
            ["a", "z", "aa", "zz", "aaa"]
        );
    }

    fn name(text: &str) -> Vec<u8> {
        [&[text.len() as u8], text.as_bytes()].concat()
    }
}
