//! New items in a plan: what their forecasts rest on, and where they enter.
//!
//! An item is new until eight weeks after its launch. It is forecast from past launches of the
//! dataset, or from analogues that the planner chose, and from its own sales. All of it happens
//! before partitions decide: they are told these forecasts as they are told what decisions do.
//! A [`Launcher`] holds the code, so that only datasets with new items need it
//! ([`Extras`](super::Extras)).

mod desk;
mod draft;
mod goods;
mod groups;
mod item;
mod panel;
mod sources;

pub use desk::LaunchDesk;
pub use draft::Draft;
pub(crate) use goods::planned_goods;
pub use item::{ItemForecast, LaunchedItem, SeriesLevel};
use panel::has_new;
pub use sources::LaunchSources;

use serde::{Deserialize, Serialize};

use super::adjust::{Decisions, Launch};
use super::expect::{Inherited, Told};
use super::extras::Extras;
use crate::dataset::Dataset;
use crate::demand::SeriesKey;
use crate::forecast::Groups;
use crate::ids::{ChannelId, RegionId, SkuId};
use crate::master::Catalog;
use crate::units::Qty;

/// Days from the start of a history on in which a first sale may be no launch: sales before it
/// are unknown.
pub const UNKNOWN_DAYS: i32 = 56;

/// Model of the forecast of a new item, in files.
pub const LAUNCH: &str = "launch";

/// Days after its launch during which an item is forecast as a new one.
pub const NEW_DAYS: i32 = 56;

/// The forecast of a series of a new item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Launched {
    pub(super) key: SeriesKey,
    pub(super) mean: Vec<Qty>,
    pub(super) inherited: Inherited,
}

/// New items of a plan, and the forecasts of their series.
pub(super) type Forecasts = (Vec<LaunchedItem>, Vec<Launched>);

type Collect = fn(&Dataset, &LaunchSources<'_>, &[Launch]) -> (LaunchDesk, Vec<Outlet>);

/// The code that forecasts new items.
#[derive(Clone, Copy)]
pub(super) struct Launcher {
    collect: Collect,
    forecast: fn(&LaunchDesk, &Groups, &LaunchSources<'_>) -> Forecasts,
}

/// The new items of a run.
pub(super) struct Awaited {
    launcher: Launcher,
    desk: LaunchDesk,
}

impl Launcher {
    /// This code.
    pub(super) fn here() -> Self {
        Self {
            collect: |dataset, sources, decided| {
                let desk = LaunchDesk::new(dataset, sources, decided);
                let outlets = desk.outlets(sources.catalog);
                (desk, outlets)
            },
            forecast: |desk, groups, sources| desk.forecast_all(groups, sources),
        }
    }
}

impl Awaited {
    /// Who is new, and where it is going to be sold.
    pub(super) fn collect(
        extras: Option<Extras>,
        dataset: &Dataset,
        sources: &LaunchSources<'_>,
        decisions: &Decisions,
    ) -> (Option<Self>, Vec<Outlet>) {
        let Some(launcher) = extras.map(|extras| extras.launcher) else {
            return (None, Vec::new());
        };
        let (desk, outlets) = (launcher.collect)(dataset, sources, &decisions.launches);
        (Some(Self { launcher, desk }), outlets)
    }

    pub(super) fn forecast(&self, groups: &Groups, sources: &LaunchSources<'_>) -> Forecasts {
        (self.launcher.forecast)(&self.desk, groups, sources)
    }
}

/// Whether a plan of a dataset needs a [`Launcher`]: something new is sold, or will be.
pub(super) fn needs_launcher(dataset: &Dataset, decisions: &Decisions, horizon_weeks: u32) -> bool {
    if !decisions.launches.is_empty() {
        return true;
    }
    let Some(as_of) = dataset.as_of() else {
        return false;
    };
    let catalog = Catalog::new(dataset);
    has_new(dataset, &catalog, as_of, horizon_weeks)
}

/// What is sold where, of one SKU.
type Outlet = (SkuId, ChannelId, RegionId);

impl Launched {
    /// What its partition is told.
    pub(super) fn told(self) -> Told {
        Told {
            key: self.key,
            statistical: Vec::new(),
            adjusted: Vec::new(),
            inherited: Some(self.inherited),
        }
    }
}
