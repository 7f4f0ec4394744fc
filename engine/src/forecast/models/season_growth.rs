//! Last season's shape at last season's level, grown by what the last quarter shows.

use super::{Basis, ModelDef, ModelKind, ProjectInput, no_params};
use crate::forecast::lanes::{Lane, count_f32, larger, smaller, splat, where_demand};
use crate::forecast::season::{GROWTH_LIMITS, quarter};

pub(super) const MODEL: ModelDef = ModelDef {
    id: "season_growth",
    name_zh: "上季形态加增长",
    name_en: "Last season's shape with growth",
    source: "Hyndman & Athanasopoulos (2021), section 5.2, seasonal naive; growth shrunk halfway to the group's",
    kind: ModelKind::Trend,
    basis: Basis::Growth,
    known_min: |season| season + quarter(season),
    fit: no_params,
    project,
};

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    for origin in input.origins() {
        let known = input.known(origin);
        let start = known.len().saturating_sub(input.season.max(1));
        let last = known.get(start..).unwrap_or_default();
        let mean = sum(last) * splat(1.0 / count_f32(last.len().max(1)));
        let level = mean * growth(known, input.season).sqrt();
        out.extend(std::iter::repeat_n(level, input.horizon));
    }
}

fn sum(values: &[Lane]) -> Lane {
    values.iter().fold(Lane::ZERO, |sum, value| sum + *value)
}

/// Sum of the last quarter over that of a season before, within limits; 1 when either is not
/// known or there was no demand.
fn growth(known: &[Lane], season: usize) -> Lane {
    let part = |end: usize| -> Option<Lane> {
        let start = end.checked_sub(quarter(season))?;
        Some(sum(known.get(start..end)?))
    };
    let now = part(known.len());
    let before = known.len().checked_sub(season).and_then(part);
    let (Some(now), Some(before)) = (now, before) else {
        return Lane::ONE;
    };
    let (low, high) = GROWTH_LIMITS;
    let ratio = now / where_demand(before, before, Lane::ONE);
    let ratio = smaller(larger(ratio, splat(low)), splat(high));
    where_demand(now, where_demand(before, ratio, Lane::ONE), Lane::ONE)
}
