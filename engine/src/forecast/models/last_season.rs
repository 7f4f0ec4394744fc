//! Smoothing on last season's shape: what a history of less than two seasons
//! still tells about its peaks.

use super::{Basis, ModelDef, smoothing};

pub(super) const MODEL: ModelDef = ModelDef {
    id: "ses_last_season",
    name_zh: "上季形态指数平滑",
    name_en: "Smoothing on last season's shape",
    source: "Miller & Williams (2003), IJF 19, 669-684: shrunken seasonal factors",
    basis: Basis::LastSeason,
    known_min: |season| season + 1,
    ..smoothing::MODEL
};
