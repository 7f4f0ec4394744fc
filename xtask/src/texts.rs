//! The texts of the message tables as the app fetches them: a file a language.

use std::fs;
use std::path::Path;

use crate::bundle::{Effort, files_below};
use crate::shell::{Outcome, root};
use crate::tidy::{MESSAGE_TABLES, Source, message_texts};

/// The languages in the order of the tables' columns, by the tag the page asks with.
pub const TAGS: [&str; 2] = ["zh-CN", "en"];
/// Its screen stands only in builds for development.
const DEV_AREA: &str = "story.rs";

/// The name of the file of a language.
pub fn file_name(tag: &str) -> String {
    format!("texts.{tag}.txt")
}

/// Writes a file a language into the folder.
///
/// # Errors
/// A table that cannot be read as one.
pub fn write_texts(folder: &Path, effort: Effort) -> Outcome {
    let mut files = [String::new(), String::new()];
    for path in files_below(&root().join(MESSAGE_TABLES)) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name == "mod.rs" {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        let table = Source::new(&format!("{MESSAGE_TABLES}/{name}"), &text);
        let texts = message_texts(&table).ok_or_else(|| format!("{name} is no message table"))?;
        let is_left_out = effort == Effort::Release && name == DEV_AREA;
        add_area(&mut files, if is_left_out { &[] } else { &texts });
    }
    for (tag, file) in TAGS.iter().zip(files) {
        let path = folder.join(file_name(tag));
        fs::write(&path, file).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// A line a message, an empty line after the area. The app's `i18n::texts` reads it.
fn add_area(files: &mut [String; 2], texts: &[[&str; 2]]) {
    for both in texts {
        for (file, text) in files.iter_mut().zip(both) {
            *file += text;
            file.push('\n');
        }
    }
    for file in files {
        // An empty area is an empty line between two others.
        *file += if texts.is_empty() { "\n\n" } else { "\n" };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_line_a_message_and_a_gap_after_each_area() {
        let mut files = [String::new(), String::new()];
        add_area(&mut files, &[["驾驶舱", "Home"], ["库存", "Inventory"]]);
        add_area(&mut files, &[]);
        add_area(&mut files, &[["返回", "Back"]]);
        assert_eq!(
            files,
            [
                "驾驶舱\n库存\n\n\n\n返回\n\n",
                "Home\nInventory\n\n\n\nBack\n\n"
            ]
        );
    }
}
