//! Smoothing on the season of the group: what many series show that one alone cannot.

use super::{Basis, ModelDef, smoothing};

const SOURCE: &str = "Dekker, van Donselaar & Ouwehand (2004), IJPE 90, 151-167: product-aggregated seasonal indices";

pub(super) const WHOLE: ModelDef = ModelDef {
    id: "ses_group",
    name_zh: "同类季节指数平滑",
    name_en: "Smoothing on the group's season",
    source: SOURCE,
    basis: Basis::Group,
    ..smoothing::MODEL
};

pub(super) const HALF: ModelDef = ModelDef {
    id: "ses_half_group",
    name_zh: "半同类季节指数平滑",
    name_en: "Smoothing on half the group's season",
    basis: Basis::HalfGroup,
    ..WHOLE
};

pub(super) const WITH_OWN: ModelDef = ModelDef {
    id: "ses_own_and_group",
    name_zh: "自身与同类季节指数平滑",
    name_en: "Smoothing on own and the group's season",
    basis: Basis::OwnAndGroup,
    known_min: |season| season + 1,
    ..WHOLE
};
