//! Last season's shape at last season's level, grown by what the last quarter shows.

use super::{Basis, FitInput, ModelDef, ModelKind, ProjectInput};
use crate::num::{count_f64, sqrt};

pub(super) const MODEL: ModelDef = ModelDef {
    id: "season_growth",
    name_zh: "上季形态加增长",
    name_en: "Last season's shape with growth",
    source: "Hyndman & Athanasopoulos (2021), section 5.2, seasonal naive; growth shrunk halfway to the group's",
    kind: ModelKind::Trend,
    basis: Basis::Growth,
    known_min: |season| season + quarter(season),
    fit: |_: &FitInput<'_>| [0.0; 16],
    project,
};

/// Growth beyond which a season is no guide to the next.
pub(in super::super) const GROWTH_LIMITS: (f64, f64) = (0.5, 2.0);

/// Periods whose sum is compared with a season before.
pub(in super::super) fn quarter(season: usize) -> usize {
    (season / 4).max(1)
}

/// Sum of the last quarter over that of a season before, within limits; 1 when either is not
/// known or there was no demand.
pub(in super::super) fn growth(known: &[f64], season: usize) -> f64 {
    let sum = |end: usize| -> Option<f64> {
        let start = end.checked_sub(quarter(season))?;
        Some(known.get(start..end)?.iter().sum())
    };
    let now = sum(known.len());
    let before = known.len().checked_sub(season).and_then(sum);
    match (now, before) {
        (Some(now), Some(before)) if now > 0.0 && before > 0.0 => {
            (now / before).clamp(GROWTH_LIMITS.0, GROWTH_LIMITS.1)
        }
        _ => 1.0,
    }
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<f64>) {
    for origin in input.origins {
        let known = input.values.get(..*origin).unwrap_or(input.values);
        let start = known.len().saturating_sub(input.season.max(1));
        let last = known.get(start..).unwrap_or_default();
        let mean = last.iter().sum::<f64>() / count_f64(last.len().max(1));
        let level = mean * sqrt(growth(known, input.season));
        out.extend((0..input.horizon).map(|_| level));
    }
}
