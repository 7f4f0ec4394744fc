//! What makes a decision by hand impossible, and which of its codes the dataset does not know.

use super::{Adjustment, Change, Decisions, EventDates, Launch, PriceChange, Reach, Replacement};
use crate::master::Catalog;
use crate::units::Qty;

/// Hundredths of a per cent by which a price may change.
const PRICE_PERCENTS: std::ops::RangeInclusive<i64> = -9_500..=20_000;
/// Hundredths of a per cent by which a forecast may change: down to nothing, up to a hundred times it.
const PERCENTS: std::ops::RangeInclusive<i64> = -10_000..=1_000_000;
/// Hundredths of a per cent of its analogues' level that a new item may have.
const LEVELS: std::ops::RangeInclusive<i64> = 1..=1_000_000;
/// Longest event, days.
const EVENT_DAYS_MAX: i32 = 92;
/// Most units a week, either way.
const UNITS_MAX: i64 = 1_000_000_000;

/// Why a decision cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More than all of a forecast taken away, or too much added.
    #[error("a forecast changes by -100 to 10,000 per cent")]
    Percent,
    /// A price that would be nothing, unchanged or out of reach.
    #[error("a change of price is from -95 to 200 per cent, and not 0")]
    PricePercent,
    /// A new item without any level, or one out of reach.
    #[error("the level of a new item is above 0 and at most 10,000 per cent")]
    Level,
    /// Units below zero where units are replaced.
    #[error("units in the place of others are not below 0")]
    Negative,
    /// More units than any week has.
    #[error("units a week are at most 1,000,000,000")]
    Units,
    /// A last day before the first.
    #[error("the last day is before the first")]
    Reversed,
    /// A region, where there are none.
    #[error("prices have no regions: leave `region` empty")]
    Region,
    /// An event longer than a quarter.
    #[error("an event has at most 92 days")]
    Long,
    /// No goods named.
    #[error("no sku")]
    NoSku,
}

impl Fault {
    /// The field at fault, as it is called in files.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Percent | Self::PricePercent | Self::Level | Self::Negative | Self::Units => {
                "value"
            }
            Self::Reversed | Self::Long => "to",
            Self::Region => "region",
            Self::NoSku => "sku",
        }
    }
}

fn units(value: Qty, may_be_negative: bool) -> Option<Fault> {
    if value < Qty::ZERO && !may_be_negative {
        return Some(Fault::Negative);
    }
    let most = Qty::from_units(UNITS_MAX);
    (value > most || value < -most).then_some(Fault::Units)
}

impl Adjustment {
    /// What makes it impossible.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        let value = match self.change {
            Change::Percent(percent) => (!PERCENTS.contains(&percent)).then_some(Fault::Percent),
            Change::Add(value) => units(value, true),
            Change::Replace(value) => units(value, false),
        };
        value.or((self.to < self.from).then_some(Fault::Reversed))
    }
}

impl Replacement {
    /// What makes it impossible.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        units(self.value, false)
    }
}

impl PriceChange {
    /// What makes it impossible.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        if self.percent == 0 || !PRICE_PERCENTS.contains(&self.percent) {
            return Some(Fault::PricePercent);
        }
        if self.reach.region.is_some() {
            return Some(Fault::Region);
        }
        (self.to < self.from).then_some(Fault::Reversed)
    }
}

impl EventDates {
    /// What makes it impossible.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        if self.to < self.from {
            return Some(Fault::Reversed);
        }
        (self.to - self.from >= EVENT_DAYS_MAX).then_some(Fault::Long)
    }
}

impl Launch {
    /// What makes it impossible.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        if self.sku.is_empty() {
            return Some(Fault::NoSku);
        }
        (!LEVELS.contains(&self.level)).then_some(Fault::Level)
    }
}

/// The fields of a decision and the codes in them.
type Codes<'a> = Vec<(&'static str, &'a str)>;

impl Reach {
    /// Its fields, as they are called in files, with codes that name nothing of the dataset.
    #[must_use]
    pub fn unknown_codes(&self, catalog: &Catalog) -> Vec<(&'static str, &str)> {
        unknown(self.codes(), catalog)
    }

    fn codes(&self) -> Codes<'_> {
        let fields = [
            ("category", &self.category),
            ("sku", &self.sku),
            ("channel", &self.channel),
            ("region", &self.region),
        ];
        let named = fields.into_iter();
        named
            .filter_map(|(field, code)| Some((field, code.as_deref()?)))
            .collect()
    }
}

impl Replacement {
    fn codes(&self) -> Codes<'_> {
        vec![
            ("sku", &self.sku),
            ("channel", &self.channel),
            ("region", &self.region),
        ]
    }
}

impl Launch {
    /// The SKU of planned goods is their own word; their category is not.
    fn codes(&self) -> Codes<'_> {
        let mut codes: Codes<'_> = match &self.goods {
            Some(goods) => vec![("category", &goods.category)],
            None => vec![("sku", &self.sku)],
        };
        codes.extend(
            self.analogues
                .iter()
                .map(|code| ("analogues", code.as_str())),
        );
        codes.extend(self.channels.iter().map(|code| ("channel", code.as_str())));
        codes
    }
}

/// Kinds of decisions that name goods, channels and regions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// [`Decisions::adjustments`].
    Adjustment,
    /// [`Decisions::replacements`].
    Replacement,
    /// [`Decisions::launches`].
    Launch,
    /// [`Decisions::prices`].
    Price,
    /// [`Decisions::events`].
    Event,
}

/// A code in a decision that names nothing of the dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    /// The list of decisions.
    pub kind: DecisionKind,
    /// Place in that list.
    pub place: usize,
    /// Field, as it is called in files.
    pub field: &'static str,
    /// What it says.
    pub code: String,
}

impl Decisions {
    /// Every code that names nothing of the dataset; a decision does nothing where such a code is all that it names.
    #[must_use]
    pub fn unknown_codes(&self, catalog: &Catalog) -> Vec<UnknownCode> {
        let mut all = Vec::new();
        let mut add = |kind, place, codes: Codes<'_>| {
            let unknown = unknown(codes, catalog).into_iter();
            all.extend(unknown.map(|(field, code)| UnknownCode {
                kind,
                place,
                field,
                code: code.to_owned(),
            }));
        };
        for (place, one) in self.adjustments.iter().enumerate() {
            add(DecisionKind::Adjustment, place, one.reach.codes());
        }
        for (place, one) in self.replacements.iter().enumerate() {
            add(DecisionKind::Replacement, place, one.codes());
        }
        for (place, one) in self.launches.iter().enumerate() {
            add(DecisionKind::Launch, place, one.codes());
        }
        for (place, one) in self.prices.iter().enumerate() {
            add(DecisionKind::Price, place, one.reach.codes());
        }
        all
    }
}

fn unknown<'a>(mut codes: Codes<'a>, catalog: &Catalog) -> Codes<'a> {
    codes.retain(|(field, code)| !knows(catalog, field, code));
    codes
}

fn knows(catalog: &Catalog, field: &str, code: &str) -> bool {
    match field {
        "category" => catalog.category_id(code).is_some(),
        "channel" => catalog.channel_id(code).is_some(),
        "region" => catalog.region_id(code).is_some(),
        _ => catalog.sku_id(code).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;

    fn adjustment(change: Change) -> Adjustment {
        Adjustment {
            id: 1,
            reach: Reach::default(),
            from: Day::from_number(7),
            to: Day::from_number(13),
            change,
            reason: String::new(),
            author: String::new(),
            made_on: Day::from_number(6),
            expires: None,
            noted: Vec::new(),
        }
    }

    #[test]
    fn a_forecast_is_not_lowered_below_nothing() {
        let fault = |change| adjustment(change).fault();
        assert_eq!(fault(Change::Percent(-10_000)), None);
        assert_eq!(fault(Change::Percent(-10_001)), Some(Fault::Percent));
        assert_eq!(fault(Change::Add(Qty::from_units(-5))), None);
        assert_eq!(
            fault(Change::Replace(Qty::from_units(-5))),
            Some(Fault::Negative)
        );
        let many = Qty::from_units(UNITS_MAX + 1);
        assert_eq!(fault(Change::Add(many)), Some(Fault::Units));
        assert_eq!(fault(Change::Add(-many)), Some(Fault::Units));
        let reversed = Adjustment {
            to: Day::from_number(6),
            ..adjustment(Change::Percent(1))
        };
        assert_eq!(reversed.fault(), Some(Fault::Reversed));
    }
}
