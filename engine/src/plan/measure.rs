//! First maps: totals of groups; panels, rolling errors, weekday rhythm and yearly usage of a partition.

use serde::{Deserialize, Serialize};

use super::partition::PartitionInput;
use super::quiet::{Quiet, members, quiet};
use super::signals::group;
use super::streams::{Known, add_inflow};
use crate::dataset::Hash;
use crate::demand::{DemandRow, Series, SeriesKey, WeekdaySums, build_series};
use crate::events::EventLifts;
use crate::forecast::{
    Config, Forecasts, GroupPartial, Groups, Member, Pool, PoolPartial, finish, scan,
};
use crate::ids::{CategoryId, SkuId};
use crate::signals::SignalLifts;

/// Weeks in a season of weekly demand.
pub(super) const SEASON_WEEKS: usize = 52;
/// Days of usage that rank a SKU.
const USAGE_DAYS: i32 = 365;

/// A partition read, with its panel and the errors of every model on it.
pub(super) struct Measured {
    pub(super) input: PartitionInput,
    pub(super) lifts: EventLifts,
    pub(super) signals: SignalLifts,
    groups: Groups,
    pub(super) series: Vec<Series>,
    quiet: Vec<Quiet>,
    pool: PoolPartial,
    /// Forecasts, and the hash of what they were made with.
    forecasts: Option<(Hash, Forecasts)>,
}

/// What a partition contributes to the reduction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct MeasurePartial {
    pub(super) weekday: WeekdaySums,
    pub(super) pool: PoolPartial,
    /// Yearly usage by SKU: value in millionths of base currency, or thousandths of units
    /// where no SKU of the partition has a cost.
    pub(super) usage: Vec<(SkuId, i64)>,
}

/// Keeps what the first stage computed on this thread, so that the second need not repeat it.
#[derive(Default)]
pub struct Scratch {
    kept: Vec<(Hash, Measured)>,
}

impl Scratch {
    /// The measured partition of these input bytes; `None` when they cannot be read.
    pub(super) fn measure(&mut self, bytes: &[u8]) -> Option<&mut Measured> {
        let hash = Hash::of(bytes);
        let known = self.kept.iter().position(|(known, _)| *known == hash);
        let position = match known {
            Some(position) => position,
            None => {
                let (groups, rest) = postcard::take_from_bytes::<Groups>(bytes).ok()?;
                let (lifts, signals, input) = read(rest)?;
                if self.kept.len() >= super::PARTITIONS {
                    self.kept.remove(0);
                }
                let measured = Measured::new(input, (lifts, signals), groups);
                self.kept.push((hash, measured));
                self.kept.len() - 1
            }
        };
        self.kept.get_mut(position).map(|(_, measured)| measured)
    }
}

impl Measured {
    fn new(
        input: PartitionInput,
        (lifts, signals): (EventLifts, SignalLifts),
        groups: Groups,
    ) -> Self {
        let series = series_of(&input);
        let quiet = quiet(&input, (&lifts, &signals), &series);
        let config = config(&input);
        let members = members(&input, &series, &quiet);
        let pool = scan(members, SEASON_WEEKS, &config, &groups);
        Self {
            input,
            lifts,
            signals,
            groups,
            series,
            quiet,
            pool,
            forecasts: None,
        }
    }

    /// Forecasts of the partition's series, in their order. With `keep` they are still there when
    /// decisions change, or the next stage asks.
    pub(super) fn forecast(&mut self, pool: &Pool, hash: Hash, keep: bool) -> Forecasts {
        match &self.forecasts {
            Some((known, forecasts)) if *known == hash => forecasts.clone(),
            _ => {
                let forecasts = self.finish(pool);
                self.forecasts = keep.then(|| (hash, forecasts.clone()));
                forecasts
            }
        }
    }

    fn finish(&self, pool: &Pool) -> Forecasts {
        let mut forecasts = finish(
            members(&self.input, &self.series, &self.quiet),
            SEASON_WEEKS,
            &config(&self.input),
            &self.groups,
            pool,
        );
        for (index, series) in self.series.iter().enumerate() {
            if let Some(inflow) = self.input.inflows.ahead(series.key) {
                add_inflow(&mut forecasts, index, inflow);
            }
        }
        forecasts
    }

    /// What is known of the weeks ahead of its series.
    pub(super) fn known(&self) -> Known<'_> {
        Known {
            events: &self.lifts,
            prices: &self.input.prices,
            signals: &self.signals,
            inflows: Some(&self.input.inflows),
        }
    }

    /// A series as forecasts see it, with its group.
    pub(super) fn member(&self, index: usize) -> Option<Member<'_>> {
        let series = self.series.get(index..)?;
        members(&self.input, series, self.quiet.get(index..)?).next()
    }

    /// The history of a series as forecasts see it.
    pub(super) fn quiet(&self, index: usize) -> Option<&Quiet> {
        self.quiet.get(index)
    }

    pub(super) fn partial(&self) -> MeasurePartial {
        let categories = self.input.categories as usize;
        let of = |row: &DemandRow| category(&self.input, row.sku);
        // Events have days of their own.
        let is_quiet = |row: &&DemandRow| {
            let age = self.input.as_of - row.day;
            let key = SeriesKey {
                sku: row.sku,
                channel: row.channel,
                region: row.region,
            };
            !self.lifts.touches(group(&self.lifts, of(row), key), age)
        };
        let quiet = self.input.rows.iter().filter(is_quiet);
        MeasurePartial {
            weekday: WeekdaySums::new(quiet, self.input.as_of, categories, of),
            pool: self.pool.clone(),
            usage: self.usage(),
        }
    }

    /// Weeks since the first demand of a SKU anywhere.
    pub(super) fn first_week(&self, sku: SkuId) -> Option<i32> {
        let weeks = self
            .series
            .iter()
            .filter(|series| series.key.sku == sku)
            .map(|series| series.weeks.len());
        weeks.max().and_then(|weeks| i32::try_from(weeks).ok())
    }

    fn usage(&self) -> Vec<(SkuId, i64)> {
        let as_of = self.input.as_of;
        let mut usage: Vec<(SkuId, i64)> = self.input.skus.iter().map(|sku| (sku.id, 0)).collect();
        let recent = self
            .input
            .rows
            .iter()
            .filter(|row| row.day <= as_of && as_of - row.day < USAGE_DAYS);
        for row in recent {
            let Ok(index) = usage.binary_search_by_key(&row.sku, |(sku, _)| *sku) else {
                continue;
            };
            let cost = self.input.sku(row.sku).and_then(|sku| sku.unit_cost);
            let cost = cost.map_or(1_000, |cost| cost.millionths());
            let value = i128::from(row.quantity.thousandths()) * i128::from(cost) / 1_000;
            if let Some((_, sum)) = usage.get_mut(index) {
                *sum = sum.saturating_add(i64::try_from(value).unwrap_or(i64::MAX));
            }
        }
        usage
    }
}

/// The series of a partition; a short history goes on with what was borrowed.
pub(super) fn series_of(input: &PartitionInput) -> Vec<Series> {
    match input.borrowed.is_empty() {
        true => build_series(&input.rows, input.as_of),
        false => {
            let rows = [input.rows.as_slice(), &input.borrowed].concat();
            build_series(&rows, input.as_of)
        }
    }
}

/// Coverage of the two bands of a forecast.
pub(super) const LEVELS: [f64; 2] = [0.80, 0.95];

/// Weeks ahead of the forecasts whose errors the key figures state: orders placed today are
/// covered by what was forecast about this long ago.
pub const LAG_WEEKS: usize = 4;

pub(super) fn config(input: &PartitionInput) -> Config {
    Config {
        horizon: input.settings.horizon_weeks as usize,
        lag: LAG_WEEKS,
        levels: LEVELS.to_vec(),
    }
}

/// What a partition adds to the totals of groups; `None` when its bytes cannot be read.
pub(super) fn gather(bytes: &[u8]) -> Option<GroupPartial> {
    let (lifts, signals, input) = read(bytes)?;
    Some(groups_of(&input, (&lifts, &signals)))
}

/// What a partition adds to the totals of groups, when these events and signals are known.
pub(super) fn groups_of(
    input: &PartitionInput,
    lifts: (&EventLifts, &SignalLifts),
) -> GroupPartial {
    let series = build_series(&input.rows, input.as_of);
    let quiet = quiet(input, lifts, &series);
    GroupPartial::of(members(input, &series, &quiet))
}

fn read(bytes: &[u8]) -> Option<(EventLifts, SignalLifts, PartitionInput)> {
    let ((lifts, signals), rest) = postcard::take_from_bytes(bytes).ok()?;
    Some((lifts, signals, postcard::from_bytes(rest).ok()?))
}

pub(super) fn category(input: &PartitionInput, sku: SkuId) -> CategoryId {
    input.sku(sku).map_or(CategoryId(0), |sku| sku.category)
}
