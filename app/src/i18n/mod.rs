//! Two languages: typed message tables, number and date forms, the language of the page.
//!
//! A text is a [`Msg`] constant from `messages/<area>.rs`; using a name that does not exist does not compile.
//! In a view write `{t(shell::HOME)}`; kit properties take the constant itself (`label=shell::HOME`);
//! with parameters use [`fill`] inside a closure. All of them follow a language switch at once.

mod calendar;
mod clock;
mod digits;
mod format;
mod macros;
pub mod messages;
mod parse;
pub mod texts;

pub use calendar::{civil, day_of};
pub use clock::local_time;
pub use format::*;
pub use parse::{parse_decimal, parse_number};

use leptos::prelude::*;

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    Zh,
    En,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The name of the language in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }

    /// Its shortest sign, for a switch.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Zh => "中",
            Self::En => "EN",
        }
    }

    /// The tag for `lang` attributes and `Intl`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language of a browser tag such as `zh-Hans-CN`; English for everything else.
    pub fn from_tag(tag: &str) -> Self {
        if tag.starts_with("zh") {
            Self::Zh
        } else {
            Self::En
        }
    }
}

/// A message: the place of its text in the file of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Msg {
    area: u8,
    line: u8,
}

impl Msg {
    /// The message of a line in an area, both counted from 0; the tables call it.
    const fn at(area: usize, line: usize) -> Self {
        assert!(area <= u8::MAX as usize && line <= u8::MAX as usize);
        Self {
            area: area as u8,
            line: line as u8,
        }
    }

    /// The text in one language; empty while its file is not here.
    pub fn text(self, language: Language) -> &'static str {
        texts::text(self, language)
    }
}

impl From<Msg> for Signal<String> {
    fn from(msg: Msg) -> Self {
        Self::derive(move || tr(msg).to_owned())
    }
}

thread_local! {
    static LANGUAGE: ArcRwSignal<Language> = ArcRwSignal::new(Language::Zh);
}

/// The language of the page; tracked.
pub fn language() -> Language {
    LANGUAGE.with(ArcRwSignal::get)
}

/// Switches the language of the page, whose texts are here ([`texts::are_here`]).
pub fn set_language(language: Language) {
    LANGUAGE.with(|signal| signal.set(language));
}

/// A view of a text that follows the language.
pub fn t(msg: Msg) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || tr(msg)
}

/// The text in the language of the page; tracked.
pub fn tr(msg: Msg) -> &'static str {
    msg.text(language())
}

/// The text with its `{name}` parameters filled in; tracked.
pub fn fill(msg: Msg, parameters: &[(&str, &str)]) -> String {
    fill_text(tr(msg), parameters)
}

/// [`fill`] with values made for it.
pub fn filled(msg: Msg, parameters: &[(&str, String)]) -> String {
    let parameters = parameters
        .iter()
        .map(|(name, value)| (*name, value.as_str()));
    fill(msg, &parameters.collect::<Vec<_>>())
}

/// Finds the message of a registry entry by its id (`stock_out_rate` finds `STOCK_OUT_RATE`).
pub fn by_id(table: &[(&str, Msg)], id: &str) -> Option<Msg> {
    let found = table.iter().find(|(name, _)| name.eq_ignore_ascii_case(id));
    found.map(|(_, msg)| *msg)
}

fn fill_text(template: &str, parameters: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        match parameters.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => text.push_str(value),
            None => {
                debug_assert!(false, "parameter {name} is missing for {template}");
                text.push_str(name);
            }
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_parameters_in_any_order() {
        assert_eq!(
            fill_text("{n} 行，共 {all}", &[("all", "9"), ("n", "2")]),
            "2 行，共 9"
        );
        assert_eq!(fill_text("plain", &[]), "plain");
    }

    #[test]
    fn both_languages_of_a_message_take_the_same_parameters() {
        for (area, table, texts) in messages::AREAS {
            assert_eq!(table.len(), texts.len(), "{area}");
            for ((name, msg), said) in table.iter().zip(*texts) {
                let found = Language::ALL.map(|language| msg.text(language));
                assert_eq!(found, *said, "{area}.{name}");
                let [zh, en] = found;
                assert!(!zh.is_empty() && !en.is_empty(), "{area}.{name}");
                assert!(
                    !zh.contains('\n') && !en.contains('\n'),
                    "{area}.{name} has one line a language"
                );
                assert_eq!(parameters(zh), parameters(en), "{area}.{name}");
            }
        }
    }

    /// The build writes the texts of a language file by file.
    #[test]
    fn the_areas_stand_in_the_order_of_their_files() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n/messages");
        let entries = std::fs::read_dir(folder).expect("the tables are there");
        let mut files: Vec<String> = entries
            .map(|entry| entry.expect("readable").file_name())
            .filter_map(|file| Some(file.to_str()?.strip_suffix(".rs")?.to_owned()))
            .filter(|name| name != "mod")
            .collect();
        files.sort_unstable();
        let areas: Vec<&str> = messages::AREAS.iter().map(|(area, ..)| *area).collect();
        assert_eq!(areas, files);
    }

    #[test]
    fn an_area_defines_a_name_once() {
        for (area, table, _) in messages::AREAS {
            let mut names: Vec<_> = table.iter().map(|(name, _)| *name).collect();
            names.sort_unstable();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{area}");
        }
    }

    #[test]
    fn a_registry_id_finds_its_message() {
        let found = by_id(messages::shell::ALL, "home").expect("the home screen has a name");
        assert_eq!(found.text(Language::En), "Home");
    }

    fn parameters(template: &str) -> Vec<&str> {
        let mut names: Vec<_> = template
            .split('{')
            .skip(1)
            .filter_map(|part| part.split('}').next())
            .collect();
        names.sort_unstable();
        names
    }
}
