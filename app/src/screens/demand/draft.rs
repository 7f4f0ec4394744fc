//! An adjustment while it is being typed: what it says, what is still wrong, what it would do. Pure.

use crate::i18n::{number, parse_number};
use protocol::Command;
use protocol::adjustment::{Adjustment, AdjustmentRow, Change};
use protocol::view::Scope;

/// Days from the first to the last day of a week.
const LAST_DAY: i32 = 6;

/// Most that a forecast is raised by, per cent, and most units a week: as the engine takes them.
const PERCENT_MAX: f64 = 10_000.0;
const UNITS_MAX: f64 = 1e9;

/// How the forecast is changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum How {
    #[default]
    Percent,
    Units,
    Replace,
}

/// What keeps a draft from being saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    NoValue,
    Negative,
    TooLow,
    TooMuch,
    Reversed,
    NoReason,
    NoAuthor,
}

/// An adjustment being typed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Draft {
    /// Its number; 0 for a new one.
    pub id: u64,
    pub scope: Scope,
    pub how: How,
    pub value: String,
    /// First days of the first and of the last week.
    pub weeks: (i32, i32),
    pub reason: String,
    pub author: String,
    pub expires: Option<i32>,
    /// Whether saving was tried: faults are shown from then on.
    pub is_tried: bool,
    /// Totals of its weeks without it, as written down when it was made.
    pub noted: Vec<f64>,
}

impl Draft {
    /// A new one for a slice and one week.
    pub fn new(scope: Scope, week: i32, author: String) -> Self {
        Self {
            scope,
            weeks: (week, week),
            author,
            ..Self::default()
        }
    }

    /// One that exists.
    pub fn of(row: &AdjustmentRow) -> Self {
        let known = &row.adjustment;
        let (how, value) = match known.change {
            Change::Percent(hundredths) => (How::Percent, hundredths as f64 / 100.0),
            Change::Add(thousandths) => (How::Units, thousandths as f64 / 1_000.0),
            Change::Replace(thousandths) => (How::Replace, thousandths as f64 / 1_000.0),
        };
        let before = known
            .noted
            .iter()
            .map(|(before, _)| *before as f64 / 1_000.0);
        Self {
            id: row.id,
            scope: Scope {
                category: known.category.clone(),
                sku: known.sku.clone(),
                channel: known.channel.clone(),
                region: known.region.clone(),
                warehouse: None,
            },
            how,
            value: plain(value),
            weeks: (known.from, known.to - LAST_DAY),
            reason: known.reason.clone(),
            author: known.author.clone(),
            expires: known.expires,
            is_tried: false,
            noted: before.collect(),
        }
    }

    /// What is wrong, in the order of the fields.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        match (self.how, parse_number(&self.value)) {
            (_, None) => faults.push(Fault::NoValue),
            (How::Replace, Some(value)) if value < 0.0 => faults.push(Fault::Negative),
            (How::Percent, Some(value)) if value < -100.0 => faults.push(Fault::TooLow),
            (How::Percent, Some(value)) if value > PERCENT_MAX => faults.push(Fault::TooMuch),
            (How::Units | How::Replace, Some(value)) if value.abs() > UNITS_MAX => {
                faults.push(Fault::TooMuch);
            }
            (_, Some(_)) => {}
        }
        if self.weeks.1 < self.weeks.0 {
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

    /// The fault to show at a field, if it is one of these.
    pub fn fault(&self, of: &[Fault]) -> Option<Fault> {
        let faults = self.faults();
        faults
            .into_iter()
            .find(|fault| self.is_tried && of.contains(fault))
    }

    fn change(&self) -> Option<Change> {
        let value = parse_number(&self.value)?;
        Some(match self.how {
            How::Percent => Change::Percent((value * 100.0).round() as i64),
            How::Units => Change::Add((value * 1_000.0).round() as i64),
            How::Replace => Change::Replace((value * 1_000.0).round() as i64),
        })
    }

    /// Weeks meant, and their totals without and with it; `weeks` are first days and forecasts.
    pub fn preview(&self, weeks: &[(i32, f64)]) -> Option<(usize, f64, f64)> {
        let change = self.change()?;
        let (mut count, mut before, mut after) = (0, 0.0, 0.0);
        for (day, mean) in weeks {
            if *day < self.weeks.0 || *day > self.weeks.1 {
                continue;
            }
            let place = usize::try_from((day - self.weeks.0) / 7).unwrap_or(0);
            let mean = self.noted.get(place).copied().unwrap_or(*mean);
            count += 1;
            before += mean;
            after += f64::max(changed(change, mean), 0.0);
        }
        (count > 0).then_some((count, before, after))
    }

    /// The command that makes it so, when nothing is wrong.
    pub fn command(&self) -> Option<Command> {
        if !self.faults().is_empty() {
            return None;
        }
        let scope = self.scope.clone();
        Some(Command::AdjustmentSet {
            id: self.id,
            adjustment: Some(Adjustment {
                category: scope.category,
                sku: scope.sku,
                channel: scope.channel,
                region: scope.region,
                from: self.weeks.0,
                to: self.weeks.1 + LAST_DAY,
                change: self.change()?,
                reason: self.reason.trim().to_owned(),
                author: self.author.trim().to_owned(),
                expires: self.expires,
                made_on: 0,
                noted: Vec::new(),
            }),
        })
    }
}

/// A number as it is typed: as many decimals as it has, three at most.
fn plain(value: f64) -> String {
    let is_whole = |decimals: &u8| {
        let shifted = value
            * [1.0, 10.0, 100.0]
                .get(usize::from(*decimals))
                .unwrap_or(&1.0);
        (shifted - shifted.round()).abs() < 1e-6
    };
    number(value, (0..3).find(is_whole).unwrap_or(3))
}

fn changed(change: Change, mean: f64) -> f64 {
    match change {
        Change::Percent(hundredths) => mean * (1.0 + hundredths as f64 / 10_000.0),
        Change::Add(thousandths) => mean + thousandths as f64 / 1_000.0,
        Change::Replace(thousandths) => thousandths as f64 / 1_000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(how: How, value: &str) -> Draft {
        Draft {
            how,
            value: value.to_owned(),
            reason: "live".to_owned(),
            ..Draft::new(Scope::default(), 70, "Wang".to_owned())
        }
    }

    #[test]
    fn a_draft_says_what_is_missing() {
        let empty = Draft::new(Scope::default(), 70, String::new());
        let all = [Fault::NoValue, Fault::NoReason, Fault::NoAuthor];
        assert_eq!(empty.faults(), all);
        assert_eq!(empty.fault(&[Fault::NoValue]), None);
        let tried = Draft {
            is_tried: true,
            ..empty
        };
        assert_eq!(tried.fault(&[Fault::NoReason]), Some(Fault::NoReason));
        assert_eq!(draft(How::Replace, "-1").faults(), [Fault::Negative]);
        assert_eq!(draft(How::Percent, "-101").faults(), [Fault::TooLow]);
        assert_eq!(draft(How::Percent, "10001").faults(), [Fault::TooMuch]);
        assert_eq!(draft(How::Units, "-101").faults(), []);
        assert_eq!(draft(How::Units, "-2000000000").faults(), [Fault::TooMuch]);
        let reversed = Draft {
            weeks: (70, 63),
            ..draft(How::Units, "1")
        };
        assert_eq!(reversed.faults(), [Fault::Reversed]);
        assert_eq!(reversed.command(), None);
    }

    #[test]
    fn a_preview_sums_the_weeks_meant() {
        let weeks = [(63, 10.0), (70, 20.0), (77, 40.0)];
        let of = |how, value| draft(how, value).preview(&weeks);
        assert_eq!(of(How::Percent, "20%"), Some((1, 20.0, 24.0)));
        assert_eq!(of(How::Units, "-30"), Some((1, 20.0, 0.0)));
        assert_eq!(of(How::Replace, "1.2K"), Some((1, 20.0, 1_200.0)));
        assert_eq!(of(How::Replace, "x"), None);
        let long = Draft {
            weeks: (63, 77),
            ..draft(How::Units, "5")
        };
        assert_eq!(long.preview(&weeks), Some((3, 70.0, 85.0)));
    }

    #[test]
    fn what_was_saved_is_read_back() {
        let draft = Draft {
            weeks: (70, 84),
            expires: Some(90),
            ..draft(How::Percent, "12.5")
        };
        let Some(Command::AdjustmentSet {
            adjustment: Some(adjustment),
            ..
        }) = draft.command()
        else {
            panic!("nothing is wrong");
        };
        assert_eq!((adjustment.from, adjustment.to), (70, 90));
        assert_eq!(adjustment.change, Change::Percent(1_250));
        let row = AdjustmentRow {
            id: 0,
            adjustment,
            names: Default::default(),
            is_here: true,
            standing: String::new(),
            series: 1,
            units: 0.0,
            before: 0.0,
            money: None,
            score: None,
        };
        assert_eq!(Draft::of(&row), draft);
    }
}
