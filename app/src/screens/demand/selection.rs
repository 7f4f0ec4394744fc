//! Which slice of demand the screen shows; it lives in the address.

use crate::routes::Route;
use protocol::view::{Frequency, Scope};

/// The attributes that cut demand, in the order of the navigators: each shows what the ones before leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Branch {
    /// Categories with their SKUs.
    Goods,
    Channel,
    Region,
}

/// The slice and the length of a bucket.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selection {
    pub category: Option<String>,
    pub sku: Option<String>,
    pub channel: Option<String>,
    pub region: Option<String>,
    pub is_daily: bool,
    pub tab: Tab,
    /// What the errors are cut by.
    pub cut: Cut,
    /// How far orders take forecast.
    pub window: Window,
}

/// Days before and after an order whose forecast it may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    pub early: u16,
    pub late: u16,
}

impl Window {
    pub const CHOICES: [u16; 5] = [0, 7, 14, 30, 60];

    fn read(route: &Route) -> Self {
        let days = |key| {
            let days = route.get(key).and_then(|days| days.parse().ok());
            days.filter(|days| Self::CHOICES.contains(days))
        };
        let usual = Self::default();
        Self {
            early: days("early").unwrap_or(usual.early),
            late: days("late").unwrap_or(usual.late),
        }
    }

    fn write(self, route: Route) -> Route {
        let usual = Self::default();
        let text = |days: u16, usual: u16| (days != usual).then(|| days.to_string());
        route
            .with("early", text(self.early, usual.early).as_deref())
            .with("late", text(self.late, usual.late).as_deref())
    }
}

impl Default for Window {
    /// Stands in no address.
    fn default() -> Self {
        Self {
            early: 30,
            late: 30,
        }
    }
}

/// The attribute that cuts the errors of a slice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Cut {
    /// Stands in no address.
    #[default]
    Sku,
    Category,
    Channel,
    Region,
}

impl Cut {
    pub const ALL: [Self; 4] = [Self::Sku, Self::Category, Self::Channel, Self::Region];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sku => "sku",
            Self::Category => "category",
            Self::Channel => "channel",
            Self::Region => "region",
        }
    }
}

/// What is shown of the slice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tab {
    /// History and forecast; stands in no address.
    #[default]
    Forecast,
    /// What events do.
    Factors,
    /// Who makes the error.
    Accuracy,
    /// What kind of demand it is.
    Classes,
    /// What open orders take of it.
    Orders,
    /// What searches, posts and leads say.
    Signals,
    /// Goods that have just begun to be sold, or will be.
    NewItems,
    /// Weeks that stand out.
    Outliers,
    /// Weeks in which goods were not always there.
    Stockouts,
    /// What was changed by hand.
    History,
}

impl Tab {
    pub const ALL: [Self; 10] = [
        Self::Forecast,
        Self::Factors,
        Self::Accuracy,
        Self::Classes,
        Self::Orders,
        Self::Signals,
        Self::NewItems,
        Self::Outliers,
        Self::Stockouts,
        Self::History,
    ];

    const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Forecast => None,
            Self::Factors => Some("factors"),
            Self::Accuracy => Some("accuracy"),
            Self::Classes => Some("classes"),
            Self::Orders => Some("orders"),
            Self::Signals => Some("signals"),
            Self::NewItems => Some("new"),
            Self::Outliers => Some("outliers"),
            Self::Stockouts => Some("stockouts"),
            Self::History => Some("history"),
        }
    }
}

/// The value of `grain` for days; weeks are the rule and stand in no address.
pub const DAY: &str = "day";

impl Selection {
    /// Reads the view state of an address.
    pub fn of(route: &Route) -> Self {
        let part = |key| route.get(key).map(str::to_owned);
        Self {
            category: part("category"),
            sku: part("sku"),
            channel: part("channel"),
            region: part("region"),
            is_daily: route.get("grain") == Some(DAY),
            tab: Tab::ALL
                .into_iter()
                .find(|tab| tab.as_str() == route.get("tab"))
                .unwrap_or_default(),
            cut: Cut::ALL
                .into_iter()
                .find(|cut| Some(cut.as_str()) == route.get("by"))
                .unwrap_or_default(),
            window: Window::read(route),
        }
    }

    /// Writes the view state into an address; [`Selection::of`] reads it back.
    #[must_use]
    pub fn write(&self, route: Route) -> Route {
        self.window
            .write(route)
            .with("category", self.category.as_deref())
            .with("sku", self.sku.as_deref())
            .with("channel", self.channel.as_deref())
            .with("region", self.region.as_deref())
            .with("grain", self.is_daily.then_some(DAY))
            .with("tab", self.tab.as_str())
            .with("by", (self.cut != Cut::Sku).then_some(self.cut.as_str()))
    }

    /// The slice for the series.
    pub fn scope(&self) -> Scope {
        Scope {
            region: self.region.clone(),
            ..self.scope_of(Branch::Region)
        }
    }

    /// The slice a navigator divides: what the navigators before it have chosen.
    pub fn scope_of(&self, branch: Branch) -> Scope {
        let mut scope = Scope::default();
        if branch != Branch::Goods {
            // A SKU says more than its category.
            scope.category = self.category.clone().filter(|_| self.sku.is_none());
            scope.sku = self.sku.clone();
        }
        if branch == Branch::Region {
            scope.channel = self.channel.clone();
        }
        scope
    }

    pub fn frequency(&self) -> Frequency {
        if self.is_daily {
            Frequency::Day
        } else {
            Frequency::Week
        }
    }

    /// The slice of one row of the table of errors.
    #[must_use]
    pub fn narrowed(mut self, code: String) -> Self {
        match self.cut {
            Cut::Sku => self.sku = Some(code),
            Cut::Category => {
                self.category = Some(code);
                self.sku = None;
            }
            Cut::Channel => self.channel = Some(code),
            Cut::Region => self.region = Some(code),
        }
        self
    }

    /// The same selection with one navigator showing everything.
    #[must_use]
    pub fn without(mut self, branch: Branch) -> Self {
        match branch {
            Branch::Goods => {
                self.category = None;
                self.sku = None;
            }
            Branch::Channel => self.channel = None,
            Branch::Region => self.region = None,
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::Screen;

    fn selection() -> Selection {
        Selection {
            category: Some("diapers".to_owned()),
            sku: None,
            channel: Some("tmall".to_owned()),
            region: Some("east".to_owned()),
            is_daily: true,
            tab: Tab::Accuracy,
            cut: Cut::Region,
            window: Window { early: 7, late: 0 },
        }
    }

    #[test]
    fn the_address_keeps_the_selection() {
        let route = selection().write(Route::to(Screen::Demand));
        let again = Route::parse(&route.href()).expect("the screen is known");
        assert_eq!(Selection::of(&again), selection());
        let none = Selection::default().write(again);
        assert_eq!(none, Route::to(Screen::Demand));
    }

    #[test]
    fn each_navigator_divides_what_the_ones_before_leave() {
        let selection = selection();
        assert_eq!(selection.scope_of(Branch::Goods), Scope::default());
        let channels = selection.scope_of(Branch::Channel);
        assert_eq!(
            (channels.category.as_deref(), channels.channel),
            (Some("diapers"), None)
        );
        let regions = selection.scope_of(Branch::Region);
        assert_eq!(
            (regions.channel.as_deref(), regions.region),
            (Some("tmall"), None)
        );
        assert_eq!(selection.scope().region.as_deref(), Some("east"));
    }

    #[test]
    fn a_row_of_errors_narrows_the_slice() {
        let north = selection().narrowed("north".to_owned());
        assert_eq!(north.region.as_deref(), Some("north"));
        let by_sku = Selection {
            cut: Cut::Sku,
            ..selection()
        };
        assert_eq!(by_sku.narrowed("A-1".to_owned()).scope().category, None);
    }

    #[test]
    fn a_sku_takes_the_place_of_its_category() {
        let one = Selection {
            sku: Some("A-1".to_owned()),
            ..selection()
        };
        assert_eq!(one.scope().category, None);
        assert_eq!(one.scope().sku.as_deref(), Some("A-1"));
        assert_eq!(one.without(Branch::Goods).scope().sku, None);
    }
}
