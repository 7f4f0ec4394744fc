//! The forecasting models: one file each, one row in [`MODELS`].
//!
//! A model is a pair of functions: `fit` chooses its parameters on the whole
//! history, `project` forecasts from any set of origins with those parameters,
//! seeing at each origin only what came before. Selection, intervals,
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

/// Parameters of a fitted model; each model says what its places mean.
pub type Params = [f64; 16];

/// What a model fits its parameters to.
#[derive(Clone, Copy, Debug)]
pub struct FitInput<'a> {
    /// The history, oldest first, no missing value.
    pub values: &'a [f64],
    /// Periods ahead that count, at least 1.
    pub horizon: usize,
    /// Number of values known at the first origin whose errors count.
    pub first_origin: usize,
}

/// What a model forecasts.
#[derive(Clone, Copy, Debug)]
pub struct ProjectInput<'a> {
    /// The history, oldest first, no missing value.
    pub values: &'a [f64],
    /// Periods in a season.
    pub season: usize,
    /// What `fit` chose.
    pub params: &'a Params,
    /// How many values are known at each origin, increasing, each at least 1.
    pub origins: &'a [usize],
    /// Periods ahead.
    pub horizon: usize,
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
    /// Chooses the parameters.
    pub fit: fn(&FitInput<'_>) -> Params,
    /// Appends `horizon` values for each origin, in order.
    pub project: fn(&ProjectInput<'_>, &mut Vec<f64>),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// Reports every origin on one pass over a history: for each value calls
/// `observe`, and after each origin's last value `forecast`.
fn walk<S>(
    input: &ProjectInput<'_>,
    state: &mut S,
    observe: impl Fn(&mut S, f64),
    mut forecast: impl FnMut(&S),
) {
    let mut origins = input.origins.iter().copied().peekable();
    for (position, value) in input.values.iter().enumerate() {
        observe(state, *value);
        while origins.next_if(|origin| *origin <= position + 1).is_some() {
            forecast(state);
        }
    }
}
