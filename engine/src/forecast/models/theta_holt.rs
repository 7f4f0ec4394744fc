//! Mean of theta and damped trend: two views of the trend, errors that differ.

use super::{Basis, FitInput, ModelDef, ModelKind, Params, ProjectInput, damped_holt, theta};

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
fn fit(input: &FitInput<'_>) -> Params {
    let mut params = (damped_holt::MODEL.fit)(input);
    if let (Some(place), Some(alpha)) = (params.get_mut(3), (theta::MODEL.fit)(input).first()) {
        *place = *alpha;
    }
    params
}

fn project(input: &ProjectInput<'_>, out: &mut Vec<f64>) {
    let start = out.len();
    damped_holt::project(input, out);
    let mut params = [0.0; 16];
    if let (Some(place), Some(alpha)) = (params.first_mut(), input.params.get(3)) {
        *place = *alpha;
    }
    let mut other = Vec::with_capacity(out.len() - start);
    theta::project(
        &ProjectInput {
            params: &params,
            ..*input
        },
        &mut other,
    );
    for (mean, theta) in out.iter_mut().skip(start).zip(other) {
        *mean = 0.5 * (*mean + theta);
    }
}
