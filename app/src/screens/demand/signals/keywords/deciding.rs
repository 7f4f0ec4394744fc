//! Deciding what a word stands for, as one step of undo.

use crate::bridge::{Bridge, Visits};
use crate::i18n::messages::signals;
use crate::i18n::{Msg, fill};
use crate::parts::failure_text;
use crate::state::{Notice, Notices};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Command;
use protocol::signals::WordDecision;

/// Goods that a word stands for or shall stand for.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Goods {
    pub is_category: bool,
    pub code: String,
    pub name: String,
}

/// What a decision needs.
#[derive(Clone, Copy)]
pub(super) struct Deciding {
    bridge: Bridge,
    visits: Visits,
    notices: Notices,
}

impl Deciding {
    /// Call it in a component body.
    pub fn here() -> Self {
        Self {
            bridge: Bridge::here(),
            visits: Visits::here(),
            notices: Notices::here(),
        }
    }

    /// Says how much a word stands for goods, in hundredths; with 0 it does not.
    pub fn gesture(self, word: &str, goods: &Goods, weight: u32) -> Callback<()> {
        let (word, goods) = (word.to_owned(), goods.clone());
        Callback::new(move |()| self.decide(&word, &goods, weight))
    }

    pub fn decide(self, word: &str, goods: &Goods, weight: u32) {
        let decision = WordDecision {
            is_category: goods.is_category,
            code: goods.code.clone(),
            weight,
        };
        let (label, said) = match weight {
            0 => ("KEYWORD_UNMAPPED", signals::UNMAPPED),
            _ => ("KEYWORD_MAPPED", signals::MAPPED),
        };
        let (key, value) = decision.setting(word);
        let value = Some(value);
        let reply = self
            .bridge
            .apply(label, vec![Command::SettingSet { key, value }]);
        let (word, name) = (word.to_owned(), goods.name.clone());
        spawn_local(async move {
            let notice = match reply.await {
                Ok(_) => {
                    self.visits.plan();
                    Notice::done(untrack(|| of_word(said, &word, &name)))
                }
                Err(error) => Notice::bad(untrack(|| failure_text(&error))),
            };
            self.notices.show(notice);
        });
    }
}

/// A sentence about a word and its goods.
pub(super) fn of_word(message: Msg, word: &str, goods: &str) -> String {
    fill(message, &[("word", word), ("goods", goods)])
}
