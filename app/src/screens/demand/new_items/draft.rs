//! A new item while it is being typed. Pure.

use crate::i18n::parse_number;
use protocol::Command;
use protocol::new_items::{Launch, LaunchRow, NewItemDraft, PlannedGoods};

/// Which goods the form is about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Pick {
    #[default]
    Nothing,
    /// Goods that only the decision knows.
    Planned,
    Sku(String),
}

/// What keeps a form from being saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    NoGoods,
    NoCode,
    NoCategory,
    BadPrice,
    BadCost,
    BadLevel,
    NoReason,
    NoAuthor,
}

/// A new item being typed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Form {
    pub pick: Pick,
    pub code: String,
    pub name: String,
    pub category: String,
    pub price: String,
    pub cost: String,
    pub from: Option<i32>,
    pub channels: Vec<String>,
    pub analogues: Vec<String>,
    pub level: String,
    pub reason: String,
    pub author: String,
    /// Whether saving was tried: faults are shown from then on.
    pub is_tried: bool,
    /// Whether a decision is being changed.
    pub is_change: bool,
}

impl Form {
    /// An empty one.
    pub fn new(author: String) -> Self {
        Self {
            level: "100".to_owned(),
            author,
            ..Self::default()
        }
    }

    /// One that changes a decision.
    pub fn of(row: &LaunchRow, launch: &Launch) -> Self {
        let goods = launch.goods.as_ref();
        let money = |amount: Option<i64>| {
            amount.map_or_else(String::new, |amount| (amount as f64 / 1e6).to_string())
        };
        Self {
            pick: match goods {
                Some(_) => Pick::Planned,
                None => Pick::Sku(row.sku.clone()),
            },
            code: row.sku.clone(),
            name: goods.map_or_else(String::new, |goods| goods.name.clone()),
            category: goods.map_or_else(String::new, |goods| goods.category.clone()),
            price: money(goods.and_then(|goods| goods.list_price)),
            cost: money(goods.and_then(|goods| goods.unit_cost)),
            from: Some(launch.from),
            channels: launch.channels.clone(),
            analogues: launch.analogues.clone(),
            level: (launch.level as f64 / 100.0).to_string(),
            reason: launch.reason.clone(),
            author: launch.author.clone(),
            is_tried: false,
            is_change: true,
        }
    }

    fn level(&self) -> Option<i64> {
        let level = parse_number(&self.level).filter(|level| *level > 0.0)?;
        Some((level * 100.0).round() as i64)
    }

    /// What the worker is asked.
    pub fn asked(&self) -> NewItemDraft {
        let is_planned = self.pick == Pick::Planned;
        NewItemDraft {
            sku: match &self.pick {
                Pick::Sku(sku) => Some(sku.clone()),
                Pick::Planned | Pick::Nothing => None,
            },
            category: Some(self.category.clone()).filter(|it| is_planned && !it.is_empty()),
            price: amount(&self.price).ok().flatten().filter(|_| is_planned),
            from: self.from,
            channels: self.channels.clone(),
            analogues: self.analogues.clone(),
            level: self.level().unwrap_or(10_000),
        }
    }

    /// What is wrong, in the order of the fields.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let is_empty = |text: &str| text.trim().is_empty();
        match self.pick {
            Pick::Nothing => faults.push(Fault::NoGoods),
            Pick::Sku(_) => {}
            Pick::Planned => {
                let checks = [
                    (is_empty(&self.code), Fault::NoCode),
                    (is_empty(&self.category), Fault::NoCategory),
                    (amount(&self.price).is_err(), Fault::BadPrice),
                    (amount(&self.cost).is_err(), Fault::BadCost),
                ];
                let found = checks.into_iter().filter(|(is_wrong, _)| *is_wrong);
                faults.extend(found.map(|(_, fault)| fault));
            }
        }
        if self.level().is_none() {
            faults.push(Fault::BadLevel);
        }
        if is_empty(&self.reason) {
            faults.push(Fault::NoReason);
        }
        if is_empty(&self.author) {
            faults.push(Fault::NoAuthor);
        }
        faults
    }

    /// The command that makes it so, when nothing is wrong; `first` is the day it starts on if
    /// none was chosen.
    pub fn command(&self, first: i32) -> Option<Command> {
        if !self.faults().is_empty() {
            return None;
        }
        let (sku, goods) = match &self.pick {
            Pick::Sku(sku) => (sku.clone(), None),
            Pick::Planned => {
                let goods = PlannedGoods {
                    name: self.name.trim().to_owned(),
                    category: self.category.clone(),
                    list_price: amount(&self.price).ok().flatten(),
                    unit_cost: amount(&self.cost).ok().flatten(),
                };
                (self.code.trim().to_owned(), Some(goods))
            }
            Pick::Nothing => return None,
        };
        let launch = Launch {
            analogues: self.analogues.clone(),
            from: self.from.unwrap_or(first),
            channels: self.channels.clone(),
            level: self.level()?,
            reason: self.reason.trim().to_owned(),
            author: self.author.trim().to_owned(),
            made_on: 0,
            goods,
        };
        Some(Command::LaunchSet {
            sku,
            launch: Some(launch),
        })
    }
}

/// An amount in millionths; `Ok(None)` without a text, `Err` where it is none above zero.
fn amount(text: &str) -> Result<Option<i64>, ()> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value = parse_number(text).filter(|value| *value > 0.0 && *value < 1e9);
    value
        .map(|value| Some((value * 1e6).round() as i64))
        .ok_or(())
}

/// Puts a word into a list, or takes it out.
pub fn toggle(list: &mut Vec<String>, word: &str, is_in: bool) {
    list.retain(|known| known != word);
    if is_in {
        list.push(word.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned() -> Form {
        Form {
            pick: Pick::Planned,
            code: " N-1 ".into(),
            category: "c".into(),
            price: "12.5".into(),
            analogues: vec!["a".into(), "b".into()],
            level: "80".into(),
            reason: "r".into(),
            ..Form::new("w".into())
        }
    }

    #[test]
    fn a_form_says_what_is_missing_and_then_what_to_do() {
        let faults = Form::default().faults();
        use Fault::{BadLevel, NoAuthor, NoGoods, NoReason};
        assert_eq!(faults, [NoGoods, BadLevel, NoReason, NoAuthor]);
        let bad = Form {
            code: String::new(),
            price: "x".into(),
            cost: "-1".into(),
            ..planned()
        };
        assert_eq!(
            bad.faults(),
            [Fault::NoCode, Fault::BadPrice, Fault::BadCost]
        );
        assert_eq!(bad.command(7), None);
        let Some(Command::LaunchSet {
            sku,
            launch: Some(launch),
        }) = planned().command(7)
        else {
            panic!("nothing is wrong");
        };
        assert_eq!((sku.as_str(), launch.from, launch.level), ("N-1", 7, 8_000));
        assert_eq!(launch.goods.unwrap().list_price, Some(12_500_000));
    }

    #[test]
    fn a_decision_comes_back_into_the_form() {
        let Some(Command::LaunchSet {
            sku,
            launch: Some(launch),
        }) = planned().command(7)
        else {
            panic!("nothing is wrong");
        };
        let row = LaunchRow {
            sku,
            names: Default::default(),
            from: 7,
            analogues: Vec::new(),
            expected: None,
            level: None,
            sold: 0.0,
            launch: None,
        };
        let again = Form::of(&row, &launch);
        let Some(Command::LaunchSet {
            launch: Some(second),
            ..
        }) = again.command(0)
        else {
            panic!("nothing is wrong");
        };
        assert_eq!(second, launch);
        assert_eq!(again.asked().analogues, ["a", "b"]);
    }

    #[test]
    fn a_word_is_in_a_list_once() {
        let mut list = vec!["a".to_owned()];
        toggle(&mut list, "a", true);
        toggle(&mut list, "b", true);
        toggle(&mut list, "a", false);
        assert_eq!(list, ["b"]);
    }
}
