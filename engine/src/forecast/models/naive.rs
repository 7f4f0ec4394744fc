//! Naive: the last value, for ever.

use super::{Basis, ModelDef, ModelKind, ProjectInput, walk};

pub(super) const MODEL: ModelDef = ModelDef {
    id: "naive",
    name_zh: "朴素法",
    name_en: "Naive",
    source: "Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice, section 5.2",
    kind: ModelKind::Benchmark,
    basis: Basis::Raw,
    known_min: |_| 1,
    fit: |_| [0.0; 16],
    project,
};

fn project(input: &ProjectInput<'_>, out: &mut Vec<f64>) {
    walk(
        input,
        &mut 0.0,
        |last, value| *last = value,
        |last| {
            out.extend((0..input.horizon).map(|_| *last));
        },
    );
}
