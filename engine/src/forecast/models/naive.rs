//! Naive: the last value, for ever.

use super::{Basis, ModelDef, ModelKind, ProjectInput, no_params};
use crate::forecast::lanes::Lane;

pub(super) const MODEL: ModelDef = ModelDef {
    id: "naive",
    name_zh: "朴素法",
    name_en: "Naive",
    source: "Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, section 5.2",
    kind: ModelKind::Benchmark,
    basis: Basis::Raw,
    known_min: |_| 1,
    fit: no_params,
    project,
};

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    for origin in input.origins() {
        let last = input.known(origin).last().copied().unwrap_or(Lane::ZERO);
        out.extend(std::iter::repeat_n(last, input.horizon));
    }
}
