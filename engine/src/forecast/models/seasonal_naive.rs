//! Seasonal naive: the value one season before.

use super::{Basis, ModelDef, ModelKind, ProjectInput, no_params};
use crate::forecast::lanes::Lane;

pub(super) const MODEL: ModelDef = ModelDef {
    id: "seasonal_naive",
    name_zh: "季节朴素法",
    name_en: "Seasonal naive",
    source: "Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, section 5.2",
    kind: ModelKind::Benchmark,
    basis: Basis::Raw,
    known_min: |season| season.max(2),
    fit: no_params,
    project,
};

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    for origin in input.origins() {
        let known = input.known(origin);
        let season = input.season.clamp(1, known.len().max(1));
        let start = known.len().saturating_sub(season);
        let last = known.get(start..).unwrap_or_default();
        out.extend(last.iter().cycle().take(input.horizon));
    }
}
