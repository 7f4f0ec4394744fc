//! Mean of theta and damped trend: two views of the trend, errors that differ.

use super::{
    Basis, FitInput, Fitted, ModelDef, ModelKind, ProjectInput, Scratch, damped_holt, theta,
};
use crate::forecast::lanes::{Lane, splat};

pub(super) const MODEL: ModelDef = ModelDef {
    id: "theta_holt",
    name_zh: "Theta 与阻尼趋势平均",
    name_en: "Theta and damped trend",
    source: "Makridakis & Hibon (2000), IJF 16, 451-476: combinations beat their members",
    kind: ModelKind::Combination,
    basis: Basis::Adjusted,
    known_min: |_| 4,
    fit,
    project,
};

/// Places 0 to 2: damped trend. Place 3: theta.
fn fit(input: &FitInput<'_>, scratch: &mut Scratch, out: &mut Fitted) {
    let start = out.params.len();
    (theta::MODEL.fit)(input, scratch, out);
    for (params, known) in out.params.iter_mut().skip(start).zip(input.known()) {
        let [alpha, ..] = *params;
        let [level, slope, phi] = damped_holt::fit_to(known, input);
        *params = super::params_of([level, slope, phi, alpha]);
    }
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<Lane>) {
    let start = out.len();
    damped_holt::project(input, out);
    let mut other = Vec::with_capacity(out.len() - start);
    theta::project_with(input, |[_, _, _, alpha, ..]| *alpha, &mut other);
    for (mean, theta) in out.iter_mut().skip(start).zip(other) {
        *mean = splat(0.5) * (*mean + theta);
    }
}
