//! The forecasting models: one file each, one row in [`MODELS`].
//!
//! A model is a pair of functions on four series at once: `fit` chooses its parameters on
//! the first values of a history, `project` forecasts from any set of origins of the same history
//! with what `fit` found, seeing at each origin only what came before. Selection, intervals,
//! backtests, pickers and reference pages iterate the table.

mod damped_holt;
mod grid;
mod group_season;
mod last_season;
mod naive;
mod season_growth;
mod seasonal_naive;
mod smoothing;
mod theta;
mod theta_holt;
mod tsb;

use serde::{Deserialize, Serialize};

use super::lanes::Lane;

/// What a model's family is, for the reader of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelKind {
    /// A yardstick that repeats what was seen.
    Benchmark,
    /// A smoothed level.
    Level,
    /// A level with a trend.
    Trend,
    /// Made for demand with many zeros.
    Intermittent,
    /// Mean of other models.
    Combination,
}

/// Which history a model sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// As it was.
    Raw,
    /// Without its season where one is significant; the forecast gets it back.
    Adjusted,
    /// Without the shape of its last season, for a history that is too short
    /// to show a season as significant; the forecast gets it back.
    LastSeason,
    /// Without the season of its group; the forecast gets it back.
    Group,
    /// Without the square root of it: half of the group's swing.
    HalfGroup,
    /// Without the mean of its own last season and its group's.
    OwnAndGroup,
    /// The same; the forecast also gets a part of the group's growth on the season before.
    Growth,
}

/// Parameters of a fitted model, of four series; each model says what its places mean.
pub type Params = [Lane; 16];

/// What a model fits its parameters to.
#[derive(Clone, Copy, Debug)]
pub struct FitInput<'a> {
    /// Four histories of equal length, oldest value first, none missing, each over its own mean.
    pub values: &'a [Lane],
    /// Periods ahead that count, at least 1.
    pub horizon: usize,
    /// Fewest values known at an origin whose errors count.
    pub known_min: usize,
    /// Parameters are wanted for each of these numbers of first values, rising.
    pub ends: &'a [usize],
}

impl FitInput<'_> {
    /// Number of values known at the first origin whose errors count up to `end`: a quarter, 2 to 24.
    #[must_use]
    pub fn first_origin(&self, end: usize) -> usize {
        (end / 4).clamp(2, 24).max(self.known_min)
    }

    /// The first values up to each end.
    fn known(&self) -> impl Iterator<Item = &[Lane]> {
        self.ends
            .iter()
            .map(|end| self.values.get(..*end).unwrap_or(self.values))
    }
}

/// What a model found in a history.
#[derive(Debug, Default)]
pub struct Fitted {
    /// Parameters for each end.
    pub params: Vec<Params>,
    /// States that the model passed through, as many figures after each value as it keeps; of no use where it
    /// walks again to forecast.
    pub trail: Vec<Lane>,
}

/// Memory that fits share.
#[derive(Debug, Default)]
pub struct Scratch {
    prefix: Vec<[Lane; 2]>,
    losses: Vec<smoothing::Losses>,
    bounds: Vec<usize>,
}

/// Puts a bound among others in rising order, each once.
fn note_bound(bounds: &mut Vec<usize>, bound: usize) {
    let place = bounds.partition_point(|other| *other < bound);
    if bounds.get(place) != Some(&bound) {
        bounds.insert(place, bound);
    }
}

/// Origins with the parameters that were known at the first of them.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// What `fit` chose.
    pub params: &'a Params,
    /// How many values are known at each origin, increasing, each at least 1.
    pub origins: &'a [usize],
}

/// What a model forecasts.
#[derive(Clone, Copy, Debug)]
pub struct ProjectInput<'a> {
    /// As in [`FitInput::values`].
    pub values: &'a [Lane],
    /// Periods in a season.
    pub season: usize,
    /// In rising order of their origins.
    pub parts: &'a [Part<'a>],
    /// As in [`Fitted::trail`].
    pub trail: &'a [Lane],
    /// Periods ahead.
    pub horizon: usize,
}

impl<'a> ProjectInput<'a> {
    fn origins(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.parts.iter().flat_map(|part| part.origins).copied()
    }

    /// The values known at an origin.
    fn known(&self, origin: usize) -> &'a [Lane] {
        self.values.get(..origin).unwrap_or(self.values)
    }
}

/// One forecasting model.
pub struct ModelDef {
    /// Stable name in files.
    pub id: &'static str,
    /// Name shown in Chinese.
    pub name_zh: &'static str,
    /// Name shown in English.
    pub name_en: &'static str,
    /// Publication it follows.
    pub source: &'static str,
    /// Family.
    pub kind: ModelKind,
    /// Which history it sees.
    pub basis: Basis,
    /// Fewest values it can forecast from, given the periods in a season.
    pub known_min: fn(usize) -> usize,
    /// Fills in the parameters for each end, and the trail of a model that has one.
    pub fit: fn(&FitInput<'_>, &mut Scratch, &mut Fitted),
    /// Appends `horizon` values for each origin, in order.
    pub project: fn(&ProjectInput<'_>, &mut Vec<Lane>),
}

/// Every model, simplest first: a tie goes to the earlier row.
pub const MODELS: &[ModelDef] = &[
    naive::MODEL,
    seasonal_naive::MODEL,
    smoothing::MODEL,
    last_season::MODEL,
    group_season::WHOLE,
    group_season::HALF,
    group_season::WITH_OWN,
    season_growth::MODEL,
    tsb::MODEL,
    theta::MODEL,
    theta_holt::MODEL,
];

/// Position of a model in [`MODELS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ModelId(u8);

impl ModelId {
    /// Every model with its definition, in table order.
    pub fn all() -> impl Iterator<Item = (Self, &'static ModelDef)> {
        (0..).map(Self).zip(MODELS)
    }

    /// The model named `id`.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::all()
            .find(|(_, model)| model.id == id)
            .map(|(model, _)| model)
    }

    /// The first row of the table.
    #[must_use]
    pub const fn first() -> Self {
        Self(0)
    }

    /// Its definition.
    #[must_use]
    pub fn model(self) -> &'static ModelDef {
        MODELS.get(self.index()).unwrap_or(&naive::MODEL)
    }

    /// Its position in [`MODELS`].
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A model without parameters.
fn no_params(input: &FitInput<'_>, _scratch: &mut Scratch, out: &mut Fitted) {
    out.params
        .extend(input.ends.iter().map(|_| [Lane::ZERO; 16]));
}

/// Parameters with figures in the first places.
fn params_of<const N: usize>(figures: [Lane; N]) -> Params {
    let mut params = [Lane::ZERO; 16];
    for (param, figure) in params.iter_mut().zip(figures) {
        *param = figure;
    }
    params
}

/// Forecasts every part with a state of its own that `start` makes of its parameters.
fn project_parts<S>(
    input: &ProjectInput<'_>,
    start: impl Fn(&Params) -> S,
    observe: impl Fn(&mut S, Lane),
    mut forecast: impl FnMut(&S),
) {
    for part in input.parts {
        let (mut state, mut seen) = (start(part.params), 0);
        for origin in part.origins {
            for value in input.values.get(seen..*origin).unwrap_or_default() {
                observe(&mut state, *value);
            }
            seen = *origin;
            forecast(&state);
        }
    }
}
