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

/// One text in both languages, one line each: a pair of strings would take twice the room in the
/// module, for a thousand texts.
#[derive(Debug, PartialEq, Eq)]
pub struct Text(pub &'static str);

/// A reference to a text of a message table; as cheap to copy as a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Msg(pub &'static Text);

impl Msg {
    /// The text in one language.
    pub fn text(self, language: Language) -> &'static str {
        let Text(both) = self.0;
        let (zh, en) = both.split_once('\n').unwrap_or((both, both));
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
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

/// Switches the language of the page.
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
        for (area, table) in messages::AREAS {
            for (name, msg) in *table {
                let [zh, en] = Language::ALL.map(|language| msg.text(language));
                assert!(!zh.is_empty() && !en.is_empty(), "{area}.{name}");
                assert!(!en.contains('\n'), "{area}.{name} has one line a language");
                assert_eq!(parameters(zh), parameters(en), "{area}.{name}");
            }
        }
    }

    #[test]
    fn an_area_defines_a_name_once() {
        for (area, table) in messages::AREAS {
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
