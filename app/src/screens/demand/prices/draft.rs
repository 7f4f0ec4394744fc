//! A change of price while it is being typed. Pure.

use crate::i18n::parse_number;
use protocol::Command;
use protocol::prices::PriceChange;
use protocol::view::Scope;

/// What keeps a draft from being saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    NoPercent,
    Reversed,
    NoReason,
    NoAuthor,
}

/// A change being typed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Draft {
    /// Per cent of the usual price; negative cuts.
    pub percent: String,
    /// First and last day; nothing chosen yet: the first week ahead without an event.
    pub days: Option<(i32, i32)>,
    pub reason: String,
    pub author: String,
    /// Whether saving was tried: faults are shown from then on.
    pub is_tried: bool,
}

impl Draft {
    /// A cut by a tenth, which the table shows.
    pub fn new(author: String) -> Self {
        Self {
            percent: "-10".to_owned(),
            author,
            ..Self::default()
        }
    }

    /// Hundredths of a per cent; a price is not given away and not tripled.
    fn hundredths(&self) -> Option<i64> {
        let percent = parse_number(&self.percent)?;
        let hundredths = (percent * 100.0).round() as i64;
        (hundredths != 0 && (-9_500..=20_000).contains(&hundredths)).then_some(hundredths)
    }

    /// What is wrong, in the order of the fields.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.hundredths().is_none() {
            faults.push(Fault::NoPercent);
        }
        if self.days.is_some_and(|(from, to)| to < from) {
            faults.push(Fault::Reversed);
        }
        if self.reason.trim().is_empty() {
            faults.push(Fault::NoReason);
        }
        if self.author.trim().is_empty() {
            faults.push(Fault::NoAuthor);
        }
        faults
    }

    /// The command that plans it, when nothing is wrong; `first` is the first day where none was chosen.
    pub fn command(&self, scope: Scope, first: i32) -> Option<Command> {
        if !self.faults().is_empty() {
            return None;
        }
        let (from, to) = self.days.unwrap_or((first, first + 6));
        Some(Command::PriceSet {
            id: 0,
            change: Some(PriceChange {
                category: scope.category,
                sku: scope.sku,
                channel: scope.channel,
                from,
                to,
                percent: self.hundredths()?,
                reason: self.reason.trim().to_owned(),
                author: self.author.trim().to_owned(),
                made_on: 0,
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_planned_once_nothing_is_wrong() {
        let mut draft = Draft::new(String::new());
        assert_eq!(draft.faults(), [Fault::NoReason, Fault::NoAuthor]);
        draft.reason = " May ".to_owned();
        draft.author = "Wang".to_owned();
        let Some(Command::PriceSet {
            id: 0,
            change: Some(change),
        }) = draft.command(Scope::default(), 70)
        else {
            panic!("nothing planned");
        };
        assert_eq!((change.from, change.to, change.percent), (70, 76, -1_000));
        assert_eq!(change.reason, "May");
        draft.days = Some((73, 72));
        assert_eq!(draft.faults(), [Fault::Reversed]);
        for percent in ["", "0", "-100", "300"] {
            draft.percent = percent.to_owned();
            assert_eq!(draft.faults()[0], Fault::NoPercent, "{percent}");
            assert_eq!(draft.command(Scope::default(), 70), None);
        }
    }
}
