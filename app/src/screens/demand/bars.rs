//! The bars of a waterfall as plain figures: selected weeks summed, rounded so that they still sum. Pure.

use protocol::view::PartsTable;

/// Thousandths of a unit in one.
const THOUSAND: i64 = 1_000;
/// Under so many units a decimal is shown.
const DECIMAL_BELOW: i64 = 20 * THOUSAND;

/// One bar, and the decimals it is shown with.
#[derive(Clone, PartialEq, Debug)]
pub struct Bar {
    /// Id of the part.
    pub part: String,
    /// Units as they are shown.
    pub units: f64,
    /// Share of the forecast; `None` where that is nothing.
    pub share: Option<f64>,
}

/// The bars of some weeks.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Bars {
    pub bars: Vec<Bar>,
    /// The forecast, which the bars sum to as they are shown.
    pub total: f64,
    pub decimals: u8,
}

impl Bars {
    /// Of one week, or of the first `ahead` ones.
    pub fn of(table: &PartsTable, week: Option<i32>, ahead: usize) -> Self {
        let is_meant = |place: usize, day: i32| match week {
            Some(week) => day == week,
            None => place < ahead,
        };
        let meant: Vec<bool> = (0..)
            .zip(&table.weeks)
            .map(|(at, day)| is_meant(at, *day))
            .collect();
        let sum = |units: &[i64]| -> i64 {
            let meant = units.iter().zip(&meant).filter(|(_, is_meant)| **is_meant);
            meant.map(|(units, _)| units).sum()
        };
        let sums: Vec<i64> = table.parts.iter().map(|part| sum(&part.units)).collect();
        let total: i64 = sums.iter().sum();
        let decimals = u8::from(total.abs() < DECIMAL_BELOW);
        let step = if decimals == 0 {
            THOUSAND
        } else {
            THOUSAND / 10
        };
        // What is rounded is where a bar ends, so that no rest is left over.
        let rounded = |units: i64| (units + step / 2).div_euclid(step);
        let shown = |units: i64| units as f64 * step as f64 / THOUSAND as f64;
        let mut end = 0;
        let bars = table.parts.iter().zip(sums).map(|(part, units)| {
            let before = rounded(end);
            end += units;
            Bar {
                part: part.part.clone(),
                units: shown(rounded(end) - before),
                share: (total != 0).then(|| units as f64 / total as f64),
            }
        });
        Self {
            bars: bars.collect(),
            total: shown(rounded(total)),
            decimals,
        }
    }

    /// Share of the forecast that some parts have together.
    pub fn share(&self, parts: &[&str]) -> Option<f64> {
        let meant = self
            .bars
            .iter()
            .filter(|bar| parts.contains(&bar.part.as_str()));
        meant.map(|bar| bar.share).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::view::ForecastPart;

    fn table(parts: &[(&str, &[i64])]) -> PartsTable {
        let part = |(part, units): &(&str, &[i64])| ForecastPart {
            part: (*part).to_owned(),
            units: units.to_vec(),
        };
        PartsTable {
            weeks: vec![7, 14, 21],
            parts: parts.iter().map(part).collect(),
            ..PartsTable::default()
        }
    }

    #[test]
    fn shown_bars_sum_to_the_shown_forecast() {
        let table = table(&[
            ("level", &[33_400, 33_400, 0]),
            ("trend", &[400, -33_400, 0]),
            ("season", &[-9_700, 400, 0]),
        ]);
        for week in [None, Some(7), Some(14)] {
            let bars = Bars::of(&table, week, 13);
            let sum: f64 = bars.bars.iter().map(|bar| bar.units).sum();
            assert!((sum - bars.total).abs() < 1e-9, "{bars:?}");
        }
        let first = Bars::of(&table, Some(7), 13);
        let units: Vec<f64> = first.bars.iter().map(|bar| bar.units).collect();
        // 33.4, 33.8 and 24.1 are where the bars end.
        assert_eq!((units, first.total), (vec![33.0, 1.0, -10.0], 24.0));
        let small = Bars::of(&table, Some(14), 13);
        assert_eq!((small.decimals, small.total), (1, 0.4));
        assert_eq!(first.share(&["level"]), Some(33_400.0 / 24_100.0));
        assert_eq!(Bars::of(&table, Some(21), 13).share(&["level"]), None);
    }
}
