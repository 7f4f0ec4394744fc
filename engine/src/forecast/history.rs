//! One history made ready for every model: filled, classed, and with the seasons that models take out of it.

use super::class::DemandClass;
use super::models::{Basis, ModelDef, ModelKind};
use super::panel::{Member, fill_missing, is_seen};
use super::season::{Adjustment, shows_season};
use super::shapes::Shapes;
use crate::num::{count_f64, off_whole, sqrt, sum_of_pairs};

/// Most full windows that one history is scored on.
const ORIGINS_MAX: usize = 24;
/// Fewest origins whose errors let a model be chosen.
pub(super) const ORIGINS_MIN: usize = 4;

/// How near a whole number demand has to be after a factor was taken out and put back.
const WHOLE_WITHIN: f64 = 1e-9;

/// Times that seasons and parameters are chosen anew on the way through the origins.
pub(super) const REFITS: usize = 3;

/// The origins that share a season and parameters.
pub(super) fn blocks(origins: &[usize]) -> impl Iterator<Item = &[usize]> {
    origins.chunks(origins.len().div_ceil(REFITS).max(1))
}

/// What a history shows of a season.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SeasonSeen {
    /// Nothing, or demand too seldom to look for one.
    #[default]
    None,
    /// The shape of the last one.
    Last,
    /// Two or more.
    Full,
}

/// What a history is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Profile {
    /// A season is only looked for in demand that comes in most periods.
    pub(super) class: DemandClass,
    pub(super) season: SeasonSeen,
    /// Periods.
    pub(super) length: usize,
    /// Whether no period is missing.
    pub(super) is_whole: bool,
}

impl Profile {
    /// Of a history of some class without missing values.
    pub(super) fn of(values: &[f64], class: DemandClass, season: usize) -> Self {
        let length = values.len();
        let season = if class.is_intermittent() {
            SeasonSeen::None
        } else if shows_season(values, season) {
            SeasonSeen::Full
        } else if season > 1 && length > season + ORIGINS_MIN {
            SeasonSeen::Last
        } else {
            SeasonSeen::None
        };
        Self {
            class,
            season,
            length,
            is_whole: true,
        }
    }

    /// Origins up to the last period but one, at most 24 with a full window
    /// after them; none before a third of the history, or before two seasons
    /// if there are more.
    pub(super) fn origins(&self, season: usize, horizon: usize, origins: &mut Vec<usize>) {
        let (count, two_seasons) = (self.length, 2 * season);
        let mut first = (count / 3).max(2);
        if self.season == SeasonSeen::Full && count >= two_seasons + ORIGINS_MIN {
            first = first.max(two_seasons);
        }
        first = first.max((count + 1).saturating_sub(horizon + ORIGINS_MAX));
        let stride = count.saturating_sub(first).div_ceil(ORIGINS_MAX).max(1);
        origins.clear();
        origins.extend((first..count).rev().step_by(stride));
        origins.reverse();
    }

    /// Whether a model is made for such demand.
    pub(super) fn suits(&self, model: &ModelDef) -> bool {
        let is_seldom = self.class.is_intermittent();
        let is_kind = match model.kind {
            ModelKind::Intermittent => is_seldom,
            ModelKind::Benchmark | ModelKind::Combination => !is_seldom,
            ModelKind::Level | ModelKind::Trend => true,
        };
        let is_basis = match model.basis {
            Basis::LastSeason | Basis::OwnAndGroup | Basis::Growth => {
                self.season == SeasonSeen::Last
            }
            Basis::Raw | Basis::Adjusted | Basis::Group | Basis::HalfGroup => true,
        };
        is_kind && is_basis
    }
}

/// A history with the memory that its seasons take.
#[derive(Debug, Default)]
pub(super) struct History {
    values: Vec<f64>,
    season: usize,
    horizon: usize,
    profile: Profile,
    origins: Vec<usize>,
    own: Prepared,
    group: Prepared,
    half_group: Prepared,
    own_and_group: Prepared,
    own_season: Adjustment,
    /// Group of the series.
    kin: Option<usize>,
    /// Share of each period that was seen; empty where all was.
    seen: Vec<f32>,
}

/// A history without a season.
#[derive(Debug, Default)]
struct Prepared {
    is_filled: bool,
    /// Whether there is a season to take out.
    is_known: bool,
    whole: Adjustment,
    /// As the first origin of each block would have seen it.
    prefixes: Vec<Adjustment>,
    /// Number of origins, at the start, that know none, and of their blocks.
    unknown: usize,
    unknown_blocks: usize,
}

impl Prepared {
    /// Forgets the series before.
    fn begin(&mut self) {
        self.is_filled = false;
        self.is_known = false;
    }

    /// Takes the season out of all of `values`, and of the part up to each block's last origin
    /// by what its first one knew; `adjust` gets the adjustment to fill, what is known and how
    /// old the origin is, and says whether there is a season.
    fn fill(
        &mut self,
        values: &[f64],
        origins: &[usize],
        adjust: &mut dyn FnMut(&mut Adjustment, &[f64], usize) -> bool,
    ) {
        if self.is_filled {
            return;
        }
        self.is_filled = true;
        self.is_known = adjust(&mut self.whole, values, 0);
        (self.unknown, self.unknown_blocks) = (0, 0);
        if !self.is_known {
            return;
        }
        let count = blocks(origins).count();
        self.prefixes.resize_with(count, Adjustment::default);
        let mut passed = 0;
        for (number, (block, prefix)) in blocks(origins).zip(&mut self.prefixes).enumerate() {
            passed += block.len();
            let first = block.first().copied().unwrap_or(0);
            let known = values.get(..first).unwrap_or_default();
            if !adjust(prefix, known, values.len() - first) {
                (self.unknown, self.unknown_blocks) = (passed, number + 1);
            }
        }
    }
}

impl History {
    /// Takes in a series of a known profile.
    pub(super) fn set(
        &mut self,
        (member, profile): (&Member<'_>, Profile),
        group: Option<usize>,
        season: usize,
        horizon: usize,
    ) {
        if profile.is_whole {
            self.values.clear();
            self.values.extend_from_slice(member.values);
        } else {
            fill_missing(member.values, &mut self.values);
        }
        self.seen.clear();
        self.seen.extend_from_slice(member.seen);
        let of = |profile: &Profile| (profile.length, profile.season);
        let is_asked_again = (self.season, self.horizon) == (season, horizon);
        if !is_asked_again || of(&self.profile) != of(&profile) {
            profile.origins(season, horizon, &mut self.origins);
        }
        (self.season, self.horizon) = (season, horizon);
        self.profile = profile;
        self.own.begin();
        self.group.begin();
        self.half_group.begin();
        self.own_and_group.begin();
        // The step variance asks for it, whatever the model.
        self.prepare_own();
        self.kin = group;
    }

    /// Takes out the season that `model` gives back, once.
    pub(super) fn prepare(&mut self, model: &ModelDef, shapes: &mut Shapes<'_>) {
        match model.basis {
            Basis::Raw | Basis::LastSeason => {}
            Basis::Adjusted => self.prepare_own(),
            Basis::Group => self.prepare_group(shapes, |history| &mut history.group, |index| index),
            Basis::HalfGroup => self.prepare_group(shapes, |history| &mut history.half_group, sqrt),
            Basis::OwnAndGroup | Basis::Growth => self.prepare_both(shapes),
        }
    }

    fn prepare_own(&mut self) {
        if self.profile.season != SeasonSeen::Full {
            return;
        }
        let season = self.season;
        self.own
            .fill(&self.values, &self.origins, &mut |adjustment, known, _| {
                adjustment.set_seasonal(known, season);
                true
            });
    }

    fn prepare_group(
        &mut self,
        shapes: &mut Shapes<'_>,
        place: fn(&mut Self) -> &mut Prepared,
        shape: fn(f64) -> f64,
    ) {
        let Some(group) = self.kin else { return };
        let mut prepared = std::mem::take(place(self));
        prepared.fill(
            &self.values,
            &self.origins,
            &mut |adjustment, known, age| {
                let ahead = &shapes.of(group, age).ahead;
                adjustment.set_index(known, ahead.iter().map(|index| shape(*index)));
                !ahead.is_empty()
            },
        );
        *place(self) = prepared;
    }

    fn prepare_both(&mut self, shapes: &mut Shapes<'_>) {
        if self.profile.season != SeasonSeen::Last {
            return;
        }
        let (group, season, own) = (self.kin, self.season, &mut self.own_season);
        self.own_and_group.fill(
            &self.values,
            &self.origins,
            &mut |adjustment, known, age| {
                own.set_as_last_season(known, season);
                let (ahead, growth) = match group.map(|group| shapes.of(group, age)) {
                    Some(shape) => (&shape.ahead, shape.growth),
                    None => (&own.ahead, 1.0),
                };
                let both = own.ahead.iter().zip(ahead);
                adjustment.set_index(known, both.map(|(own, group)| 0.5 * (own + group)));
                adjustment.scale = growth;
                !ahead.is_empty() && !own.ahead.is_empty()
            },
        );
    }

    /// The season of this history alone that `model` gives back; `None` when it
    /// gives none back, or the last one, which lanes take themselves.
    fn prepared(&self, model: &ModelDef) -> Option<&Prepared> {
        let prepared = match model.basis {
            Basis::Raw | Basis::LastSeason => return None,
            Basis::Adjusted => &self.own,
            Basis::Group => &self.group,
            Basis::HalfGroup => &self.half_group,
            Basis::OwnAndGroup | Basis::Growth => &self.own_and_group,
        };
        let is_due = model.basis != Basis::Adjusted || self.profile.season == SeasonSeen::Full;
        (prepared.is_known && is_due).then_some(prepared)
    }

    /// Number of origins, at the start, from which `model` cannot be scored; all of them if it
    /// does not suit the history or too few are left.
    pub(super) fn skipped(&self, model: &ModelDef) -> usize {
        let prepared = self.prepared(model);
        let needs_none = matches!(
            model.basis,
            Basis::Raw | Basis::Adjusted | Basis::LastSeason
        );
        let has_basis = prepared.is_some() || needs_none;
        let count = self.origins.len();
        if !(has_basis && self.profile.suits(model)) {
            return count;
        }
        let known_min = (model.known_min)(self.season);
        let start = self.origins.partition_point(|origin| *origin < known_min);
        let start = start.max(prepared.map_or(0, |prepared| prepared.unknown));
        match count - start < ORIGINS_MIN {
            true => count,
            false => start,
        }
    }

    /// The season that `model` takes out of the periods before the last origin of a block, or of those after all
    /// origins. Before any season was known no origin counts, and the first known one serves.
    pub(super) fn season_seen(
        &self,
        model: &ModelDef,
        block: Option<usize>,
    ) -> Option<&Adjustment> {
        let prepared = self.prepared(model)?;
        let known = block.map(|block| block.max(prepared.unknown_blocks));
        let prefix = known.and_then(|block| prepared.prefixes.get(block));
        Some(prefix.unwrap_or(&prepared.whole))
    }

    pub(super) fn profile(&self) -> Profile {
        self.profile
    }

    /// Whether demand, the history times its `lift`, is seldom and comes in whole units.
    pub(super) fn is_counted(&self, lift: &[f64]) -> bool {
        if !self.profile.class.is_intermittent() {
            return false;
        }
        let is_whole = |demand: f64| off_whole(demand) < WHOLE_WITHIN;
        if lift.is_empty() && self.seen.is_empty() {
            // All of them are looked at, many side by side: most are whole.
            let both = |all, value: &f64| all & is_whole(*value);
            return self.values.iter().fold(true, both);
        }
        let lift = lift.iter().copied().chain(std::iter::repeat(1.0));
        let seen = self.seen.iter().copied().chain(std::iter::repeat(1.0));
        let mut demand = self.values.iter().zip(lift).zip(seen);
        // An estimate comes in no units at all.
        demand.all(|((value, lift), seen)| seen < 1.0 || is_whole(value * lift))
    }

    /// Whether all demand of a period was seen.
    pub(super) fn is_whole(&self, period: usize) -> bool {
        self.seen.get(period).is_none_or(|share| *share == 1.0)
    }

    /// Whether it is told of each period how much of it was seen.
    pub(super) fn misses(&self) -> bool {
        !self.seen.is_empty()
    }

    /// Whether a period was hardly seen, so that it measures no forecast.
    pub(super) fn is_unseen(&self, period: usize) -> bool {
        !is_seen(&self.seen, period)
    }

    /// The history, missing periods filled.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    pub(super) fn origins(&self) -> &[usize] {
        &self.origins
    }

    /// Mean squared step from one period to the next, the series' own season taken out where it shows one; from a
    /// single value, a deviation of half of it: wide, because nothing is known.
    pub(super) fn step_variance(&self) -> f64 {
        let values = self.values.as_slice();
        let squares = match (values, self.profile.season) {
            ([only], _) => 0.25 * only * only,
            (_, SeasonSeen::Full) => self.quiet_steps(),
            _ => {
                let later = values.get(1..).unwrap_or_default();
                let square = |before: f64, value: f64| (value - before) * (value - before);
                sum_of_pairs(values, later, square)
            }
        };
        squares / count_f64(values.len().saturating_sub(1).max(1))
    }

    fn quiet_steps(&self) -> f64 {
        let indices = self.own.whole.indices().iter().cycle();
        let mut quiet = self.values.iter().zip(indices);
        let mut quiet = quiet.by_ref().map(|(value, index)| value / index);
        let mut before = quiet.next().unwrap_or(0.0);
        let step = |value: f64| {
            let step = value - std::mem::replace(&mut before, value);
            step * step
        };
        quiet.map(step).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_leave_a_third_and_reach_the_last_period() {
        let values: Vec<f64> = (0..30).map(|t| f64::from(t % 7)).collect();
        let mut origins = Vec::new();
        let profile = |values: &[f64], season| Profile::of(values, DemandClass::of(values), season);
        profile(&values, 1).origins(1, 4, &mut origins);
        assert_eq!(origins.first(), Some(&10));
        assert_eq!(origins.last(), Some(&29));
        profile(&values[..1], 52).origins(52, 4, &mut origins);
        assert!(origins.is_empty());
    }
}
