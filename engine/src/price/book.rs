//! What was learnt of prices, for any goods and any change.

use super::shrink::{Drawn, Elasticities};
use super::windows::{Evidence, Noise};
use crate::events::{Interval, student_quantile};
use crate::ids::{CategoryId, SkuId};
use crate::num::{count_f64, exp, sqrt};

/// Where an elasticity comes from: the nearest level that has stretches of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceLevel {
    /// The goods themselves.
    Sku,
    /// Their category.
    Category,
    /// All goods.
    All,
    /// Nothing: no effect is known.
    Nothing,
}

impl PriceLevel {
    /// The name in views and files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sku => "sku",
            Self::Category => "category",
            Self::All => "all",
            Self::Nothing => "none",
        }
    }
}

/// What was learnt for some goods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LearntPrice {
    /// Demand is multiplied by (price / usual price) to this power. Never above zero.
    pub elasticity: f64,
    /// Holds the true one eight times in ten.
    pub interval80: Interval,
    /// Distinct stretches off the usual price behind it, of the nearest level that has any.
    pub episodes: usize,
    /// Which level that is.
    pub level: PriceLevel,
    /// Largest cut that was seen on any goods, as a share; of rises, the one that undoes it. Changes beyond count as
    /// these.
    pub change_max: f64,
}

impl LearntPrice {
    /// Demand after a change of price (a share, -0.1 a cut of 10 %) over demand without it; exactly 1
    /// where there is no change or no effect. A change larger than any seen counts as the largest.
    #[must_use]
    pub fn factor(&self, change: f64) -> f64 {
        factor(
            self.elasticity,
            change,
            -crate::num::ln(1.0 - self.change_max),
        )
    }
}

/// (1 + change)^e, the logarithm of (1 + change) within `reach`.
pub(super) fn factor(elasticity: f64, change: f64, reach: f64) -> f64 {
    if elasticity == 0.0 || change == 0.0 || change <= -1.0 {
        return 1.0;
    }
    let log = crate::num::ln(1.0 + change).clamp(-reach, reach);
    exp(elasticity * log)
}

/// Elasticities by goods; the default knows none and every factor is 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PriceBook {
    /// Goods with stretches of their own, in order.
    goods: Vec<(SkuId, Drawn)>,
    groups: Vec<Drawn>,
    all: Drawn,
    /// Largest logarithm of a change, either way.
    reach: f64,
    /// Windows at the usual price that noise was taken from.
    quiet_windows: usize,
}

impl PriceBook {
    pub(super) fn new(
        evidence: &[(SkuId, &Evidence)],
        elasticities: Elasticities,
        noise: &Noise,
    ) -> Self {
        let changes = evidence.iter().flat_map(|(_, own)| &own.windows);
        let reach = changes.fold(0.0, |most: f64, it| most.max(it.change.abs()));
        let goods = evidence.iter().zip(elasticities.goods);
        let own = goods.filter(|(_, drawn)| drawn.windows > 0);
        Self {
            goods: own.map(|((sku, _), drawn)| (*sku, drawn)).collect(),
            groups: elasticities.groups,
            all: elasticities.all,
            reach,
            quiet_windows: noise.windows,
        }
    }

    /// Whether nothing was learnt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.windows == 0
    }

    /// What was learnt for some goods.
    #[must_use]
    pub fn of_sku(&self, sku: SkuId, category: CategoryId) -> LearntPrice {
        let own = self.goods.binary_search_by_key(&sku, |(sku, _)| *sku);
        let own = own.ok().and_then(|place| self.goods.get(place));
        match own {
            Some((_, drawn)) => self.learnt(drawn, PriceLevel::Sku),
            None => self.of_category(category),
        }
    }

    /// What was learnt for a category.
    #[must_use]
    pub fn of_category(&self, category: CategoryId) -> LearntPrice {
        match self.groups.get(category.index()) {
            Some(group) if group.windows > 0 => self.learnt(group, PriceLevel::Category),
            Some(group) => {
                let known = Drawn {
                    windows: self.all.windows,
                    ..*group
                };
                self.learnt(&known, PriceLevel::All)
            }
            None => self.of_all(),
        }
    }

    /// What was learnt for all goods together.
    #[must_use]
    pub fn of_all(&self) -> LearntPrice {
        self.learnt(&self.all, PriceLevel::All)
    }

    /// Goods that have stretches of their own, in order.
    pub fn skus(&self) -> impl Iterator<Item = SkuId> {
        self.goods.iter().map(|(sku, _)| *sku)
    }

    /// The elasticity that counts, and the largest logarithm of a change that was seen.
    pub(super) fn counted(&self, sku: SkuId, category: CategoryId) -> (f64, f64) {
        (self.of_sku(sku, category).elasticity, self.reach)
    }

    /// A raised price never sells more here: where chance says so, there is no effect.
    fn learnt(&self, drawn: &Drawn, level: PriceLevel) -> LearntPrice {
        let is_known = self.all.windows > 0;
        let freedom = (2.0 + 2.0 * count_f64(drawn.windows)).min(count_f64(self.quiet_windows));
        let reach = student_quantile(0.9, freedom) * sqrt(drawn.variance);
        LearntPrice {
            elasticity: drawn.elasticity.min(0.0),
            interval80: Interval {
                low: drawn.elasticity - reach,
                high: drawn.elasticity + reach,
            },
            episodes: drawn.windows,
            level: if is_known { level } else { PriceLevel::Nothing },
            change_max: 1.0 - exp(-self.reach),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_by_hand() {
        // 0.9^-2 = 1.2346; 0.5 counts as 0.8, as no more than a fifth was ever cut.
        assert!((factor(-2.0, -0.1, 1.0) - 1.0 / 0.81).abs() < 1e-12);
        let reach = crate::num::ln(1.25);
        assert!((factor(-2.0, -0.5, reach) - 1.0 / 0.64).abs() < 1e-12);
        assert!((factor(-1.0, 0.25, 1.0) - 0.8).abs() < 1e-12);
        assert_eq!(factor(-2.0, 0.0, 1.0), 1.0);
        assert_eq!(factor(0.0, -0.3, 1.0), 1.0);
    }

    #[test]
    fn an_empty_book_knows_no_effect() {
        let book = PriceBook::default();
        let learnt = book.of_sku(SkuId(3), CategoryId(1));
        assert_eq!(learnt.level, PriceLevel::Nothing);
        assert_eq!(learnt.factor(-0.1), 1.0);
        assert!(book.is_empty() && book.skus().count() == 0);
    }
}
