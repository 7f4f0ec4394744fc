//! Which sums there are of which series.

use std::collections::BTreeMap;

use crate::forecast::panel::{Kinship, Panel};
use crate::num::{index_u32, index_usize};

/// Sums of some series, nested or crossed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hierarchy {
    series: usize,
    /// The series of each sum, rising.
    parts: Vec<Vec<u32>>,
}

impl Hierarchy {
    /// Sums of `series` series by their places; sums of one series or of none, and those that
    /// another one repeats, are left out.
    #[must_use]
    pub fn new(series: usize, sums: impl IntoIterator<Item = Vec<u32>>) -> Self {
        let mut parts: Vec<Vec<u32>> = Vec::new();
        for mut sum in sums {
            sum.retain(|place| index_usize(*place) < series);
            crate::order::sort(&mut sum);
            sum.dedup();
            if sum.len() > 1 && !parts.contains(&sum) {
                parts.push(sum);
            }
        }
        Self { series, parts }
    }

    /// The whole, categories, regions and categories in regions of a panel's series.
    pub(super) fn of(panel: &Panel) -> Self {
        let kin: Vec<Option<Kinship>> = panel.members().map(|member| member.kin).collect();
        let places = || {
            kin.iter()
                .enumerate()
                .filter_map(|(at, kin)| Some((index_u32(at)?, kin)))
        };
        let mut groups: BTreeMap<(Option<u32>, Option<u32>), Vec<u32>> = BTreeMap::new();
        let whole = places().map(|(place, _)| place).collect();
        for (place, kin) in places() {
            let Some(kin) = kin else { continue };
            for key in [
                (Some(kin.category), None),
                (None, Some(kin.region)),
                (Some(kin.category), Some(kin.region)),
            ] {
                groups.entry(key).or_default().push(place);
            }
        }
        Self::new(kin.len(), [whole].into_iter().chain(groups.into_values()))
    }

    /// Number of sums.
    #[must_use]
    pub fn sums(&self) -> usize {
        self.parts.len()
    }

    /// Number of sums and series.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.parts.len() + self.series
    }

    /// The series of each sum.
    pub(super) fn parts(&self) -> &[Vec<u32>] {
        &self.parts
    }

    /// Number of series.
    pub(super) fn series(&self) -> usize {
        self.series
    }

    /// Each sum less its parts.
    pub(super) fn discrepancies(&self, values: &[f64]) -> Vec<f64> {
        let bottom = values.get(self.sums()..).unwrap_or_default();
        let sums = values.iter().zip(&self.parts);
        sums.map(|(value, parts)| value - total(parts, bottom))
            .collect()
    }

    /// Makes negative series zero and every sum that of its series.
    pub(super) fn settle(&self, values: &mut [f64]) {
        let (sums, bottom) = values.split_at_mut(self.sums().min(values.len()));
        for value in bottom.iter_mut() {
            *value = f64::max(*value, 0.0);
        }
        for (sum, parts) in sums.iter_mut().zip(&self.parts) {
            *sum = total(parts, bottom);
        }
    }

    /// The histories of the sums, each from its first series' first period; missing values count
    /// as nothing.
    pub(super) fn panel_of_sums(&self, panel: &Panel) -> Panel {
        let series: Vec<&[f64]> = panel.series().collect();
        let mut sums = Panel::new(panel.frequency(), panel.season());
        for parts in &self.parts {
            let own = || {
                parts
                    .iter()
                    .filter_map(|place| series.get(index_usize(*place)))
            };
            let length = own().map(|values| values.len()).max().unwrap_or(0);
            let mut total = vec![0.0; length];
            for values in own() {
                let late = total.iter_mut().skip(length - values.len());
                for (sum, value) in late.zip(*values) {
                    *sum += if value.is_nan() { 0.0 } else { *value };
                }
            }
            // As many periods as the panel itself holds always fit.
            let _fits = sums.push(total);
        }
        sums
    }
}

fn total(parts: &[u32], bottom: &[f64]) -> f64 {
    let values = parts
        .iter()
        .filter_map(|place| bottom.get(index_usize(*place)));
    values.sum()
}
