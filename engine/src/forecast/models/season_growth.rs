//! Last season's shape at last season's level, grown by what the last quarter shows.

use super::{Basis, FitInput, ModelDef, ModelKind, ProjectInput};
use crate::forecast::season::{growth, quarter};
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
