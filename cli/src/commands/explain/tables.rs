//! Tables that `ballast explain` writes.

use super::Failure;
use engine::plan::view::{AccuracyRow, CutRow, PriceRow, PricedGoods, SHOWN_CUT};
use engine::plan::{Cause, ErrorShares, Ladder, Rung};
use engine::units::Amount;

type Writer = csv::Writer<Vec<u8>>;

/// What is written, as bytes.
fn written(write: impl FnOnce(&mut Writer) -> Result<(), csv::Error>) -> Result<Vec<u8>, Failure> {
    let refused = |error: String| Failure::Refused(format!("cannot write the table: {error}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    write(&mut writer).map_err(|error| refused(error.to_string()))?;
    writer
        .into_inner()
        .map_err(|error| refused(error.to_string()))
}

/// Units to the thousandth, and fractions of demand.
pub(super) fn share(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| {
        Amount::round_from_f64(value).to_string()
    })
}

const PRICE_COLUMNS: [&str; 11] = [
    "scope",
    "code",
    "evidence",
    "episodes",
    "elasticity",
    "low80",
    "high80",
    "change_max",
    "factor_cut10",
    "units",
    "gained_cut10",
];

/// Elasticities with their intervals and what a cut by a tenth would do over four weeks.
pub(super) fn prices(rows: &[PriceRow]) -> Result<Vec<u8>, Failure> {
    written(|writer| {
        writer.write_record(PRICE_COLUMNS)?;
        let figure = |figure: f64| format!("{figure:.4}");
        for row in rows {
            let scope = match row.goods {
                PricedGoods::All => "all",
                PricedGoods::Category(_) => "category",
                PricedGoods::Sku(_) => "sku",
            };
            let learnt = &row.learnt;
            writer.write_record([
                scope.to_owned(),
                row.code.clone(),
                learnt.level.as_str().to_owned(),
                learnt.episodes.to_string(),
                figure(learnt.elasticity),
                figure(learnt.interval80.low),
                figure(learnt.interval80.high),
                figure(learnt.change_max),
                figure(learnt.factor(SHOWN_CUT)),
                row.units.to_string(),
                figure(row.gained),
            ])?;
        }
        Ok(())
    })
}

/// Errors of each rung in units, then in shares of demand.
pub(super) fn ladders(rows: &[CutRow<Ladder>]) -> Result<Vec<u8>, Failure> {
    written(|writer| {
        let of_demand = Rung::ALL.map(|rung| format!("{}_wape", rung.as_str()));
        let names = ["code", "series", "weeks", "demand"].into_iter();
        let names = names.chain(Rung::ALL.map(Rung::as_str));
        writer.write_record(names.chain(of_demand.iter().map(String::as_str)))?;
        for CutRow { code, sums, .. } in rows {
            let mut record = vec![code.clone()];
            record.extend([sums.series, sums.cells].map(|count| count.to_string()));
            record.push(share(Some(sums.actual)));
            record.extend(sums.errors.map(|units| share(Some(units))));
            record.extend(Rung::ALL.map(|rung| share(sums.wape(rung))));
            writer.write_record(record)?;
        }
        Ok(())
    })
}

/// Causes in units, then in shares of demand; each set sums to the error.
pub(super) fn misses(rows: &[CutRow<ErrorShares>]) -> Result<Vec<u8>, Failure> {
    written(|writer| {
        let of_demand = Cause::ALL.map(|cause| format!("{}_wape", cause.as_str()));
        let before = ["code", "series", "weeks", "demand", "error"];
        let names = before.into_iter().chain(Cause::ALL.map(Cause::as_str));
        let after = of_demand.iter().map(String::as_str);
        writer.write_record(names.chain(["wape"]).chain(after).chain(["largest"]))?;
        for CutRow {
            code, sums: shares, ..
        } in rows
        {
            let units = |units: f64| share(Some(units));
            let of_demand =
                |units: f64| share((shares.actual > 0.0).then(|| units / shares.actual));
            let counts = [shares.series.to_string(), shares.cells.to_string()];
            let mut record = vec![code.clone()];
            record.extend(counts);
            record.extend([shares.actual, shares.error].map(units));
            record.extend(shares.shares.map(units));
            record.push(of_demand(shares.error));
            record.extend(shares.shares.map(of_demand));
            record.push(shares.largest().map_or("", Cause::as_str).to_owned());
            writer.write_record(record)?;
        }
        Ok(())
    })
}

/// Errors in units and in shares, the largest first, as they come.
pub(super) fn errors(rows: &[AccuracyRow]) -> Result<Vec<u8>, Failure> {
    let total: f64 = rows.iter().map(|row| row.holdout.absolute_error).sum();
    let columns = [
        "code",
        "error",
        "share",
        "wape",
        "mape",
        "mase",
        "bias",
        "sum_wape",
        "tracking_signal",
    ];
    written(|writer| {
        writer.write_record(columns)?;
        for row in rows {
            let holdout = row.holdout;
            let of = |part: f64, whole: f64| share((whole > 0.0).then(|| part / whole));
            writer.write_record([
                row.code.clone(),
                share(Some(holdout.absolute_error)),
                of(holdout.absolute_error, total),
                of(holdout.absolute_error, holdout.actual),
                of(holdout.percent_error, holdout.percent_count),
                share(row.mase()),
                of(-holdout.error, holdout.actual),
                share(row.sum_wape()),
                share(row.tracking_signal()),
            ])?;
        }
        Ok(())
    })
}
