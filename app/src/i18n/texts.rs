//! The texts of a language, in a file of its own beside the module: a first visit loads one of the two.
//!
//! `cargo xtask build` writes the files from the message tables: a line a message in the order of the
//! tables, an empty line after each area. A [`Msg`] is the place of its line.

use super::{Language, Msg};
use crate::boot::assets;
use js_sys::{Function, Promise, Reflect};
use std::sync::OnceLock;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

type Areas = Vec<Vec<&'static str>>;

static TEXTS: [OnceLock<Areas>; 2] = [OnceLock::new(), OnceLock::new()];

/// The text of a message; empty while the file of the language is not here.
pub(super) fn text(msg: Msg, language: Language) -> &'static str {
    let areas = areas(language);
    let area = areas.and_then(|areas| areas.get(usize::from(msg.area)));
    let text = area.and_then(|lines| lines.get(usize::from(msg.line)));
    debug_assert!(text.is_some(), "{msg:?} has no {language:?} text");
    text.copied().unwrap_or_default()
}

/// Whether the texts of a language can be shown; takes them in when boot.js has fetched them.
pub fn are_here(language: Language) -> bool {
    areas(language).is_some()
}

/// Has boot.js fetch the texts of a language.
///
/// # Errors
/// What the network said.
pub async fn fetch(language: Language) -> Result<(), JsValue> {
    let assets = assets()?;
    let load: Function = Reflect::get(&assets, &"loadTexts".into())?.dyn_into()?;
    let loading: Promise = load.call1(&assets, &language.tag().into())?.dyn_into()?;
    JsFuture::from(loading).await?;
    Ok(())
}

fn areas(language: Language) -> Option<&'static Areas> {
    let place = match language {
        Language::Zh => &TEXTS[0],
        Language::En => &TEXTS[1],
    };
    if place.get().is_none() {
        let file = file(language)?;
        place.get_or_init(|| read(file.leak()));
    }
    place.get()
}

fn read(file: &'static str) -> Areas {
    let areas = file.split_terminator("\n\n");
    areas.map(|area| area.lines().collect()).collect()
}

/// What boot.js fetched for a language.
#[cfg(not(test))]
fn file(language: Language) -> Option<String> {
    let texts = Reflect::get(&assets().ok()?, &"texts".into()).ok()?;
    let text = Reflect::get(&texts, &language.tag().into()).ok()?;
    text.as_string()
}

/// Tests have no server: the same file, made from the tables.
#[cfg(test)]
fn file(language: Language) -> Option<String> {
    let mut file = String::new();
    for (_, _, texts) in super::messages::AREAS {
        for [zh, en] in *texts {
            file += match language {
                Language::Zh => zh,
                Language::En => en,
            };
            file.push('\n');
        }
        file.push('\n');
    }
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_line_a_message_and_may_leave_an_area_empty() {
        let areas = read("驾驶舱\n库存\n\n\n\n返回\n\n");
        assert_eq!(areas, [vec!["驾驶舱", "库存"], vec![], vec!["返回"]]);
    }
}
