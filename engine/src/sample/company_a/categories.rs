//! What demo company A sells, by category.

/// A leaf category and how its goods behave.
pub(super) struct CategoryRule {
    /// Code, and Chinese name.
    pub(super) code: &'static str,
    pub(super) parent: &'static str,
    pub(super) name_en: &'static str,
    pub(super) prefix: &'static str,
    pub(super) skus: usize,
    /// Share of the company's cost of sales.
    pub(super) value_share: f64,
    /// Unit cost from and to, CNY net.
    pub(super) cost: (f64, f64),
    /// Net price over cost.
    pub(super) markup: f64,
    /// Demand by month, mean about one.
    pub(super) season: [f64; 12],
    /// Yearly growth.
    pub(super) growth: f64,
    /// How strongly sales events work.
    pub(super) event_strength: f64,
    /// Mean units of an order.
    pub(super) order_size: f64,
    /// Return rate over the channel's average.
    pub(super) returns: f64,
    pub(super) target_service: f64,
    pub(super) shelf_life_days: Option<i64>,
    /// Litres and kilograms of a unit at mean cost.
    pub(super) size: (f64, f64),
    pub(super) pack: i64,
}

/// Parent categories: code, English name.
pub(super) const PARENTS: [(&str, &str); 6] = [
    ("尿裤湿巾", "Diapering"),
    ("奶粉辅食", "Formula and food"),
    ("喂养洗护", "Feeding and care"),
    ("童装家纺", "Clothing and bedding"),
    ("玩具出行", "Toys and travel"),
    ("孕产", "Maternity"),
];

const FLAT: [f64; 12] = [
    1.0, 0.98, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.01, 1.01, 1.0,
];
const WINTER: [f64; 12] = [
    1.1, 1.0, 0.98, 0.95, 0.92, 0.9, 0.9, 0.92, 1.0, 1.08, 1.14, 1.14,
];
const SUMMER: [f64; 12] = [
    0.86, 0.86, 0.94, 1.02, 1.12, 1.18, 1.18, 1.12, 1.02, 0.94, 0.88, 0.86,
];
const TURN_OF_SEASON: [f64; 12] = [
    0.86, 0.92, 1.12, 1.12, 1.04, 0.92, 0.84, 0.92, 1.12, 1.16, 1.04, 0.92,
];
const GIFTS: [f64; 12] = [
    1.08, 0.96, 0.92, 0.94, 1.08, 1.08, 0.98, 0.96, 0.98, 0.98, 1.02, 1.08,
];
const SPRING_AUTUMN: [f64; 12] = [
    0.84, 0.9, 1.08, 1.16, 1.14, 1.02, 0.96, 0.96, 1.06, 1.08, 0.94, 0.86,
];

/// The fourteen leaf categories.
pub(super) const CATEGORIES: [CategoryRule; 14] = [
    CategoryRule {
        code: "纸尿裤",
        parent: "尿裤湿巾",
        name_en: "Diapers",
        prefix: "NK",
        skus: 150,
        value_share: 0.16,
        cost: (42.0, 96.0),
        markup: 0.42,
        season: WINTER,
        growth: 0.06,
        event_strength: 1.15,
        order_size: 1.6,
        returns: 0.5,
        target_service: 0.98,
        shelf_life_days: Some(1_095),
        size: (14.0, 2.2),
        pack: 4,
    },
    CategoryRule {
        code: "拉拉裤",
        parent: "尿裤湿巾",
        name_en: "Pull-up pants",
        prefix: "LL",
        skus: 110,
        value_share: 0.08,
        cost: (45.0, 92.0),
        markup: 0.42,
        season: SUMMER,
        growth: 0.14,
        event_strength: 1.1,
        order_size: 1.5,
        returns: 0.55,
        target_service: 0.97,
        shelf_life_days: Some(1_095),
        size: (13.0, 2.0),
        pack: 4,
    },
    CategoryRule {
        code: "湿巾纸品",
        parent: "尿裤湿巾",
        name_en: "Wipes and tissues",
        prefix: "SJ",
        skus: 100,
        value_share: 0.05,
        cost: (14.0, 38.0),
        markup: 0.5,
        season: FLAT,
        growth: 0.08,
        event_strength: 1.0,
        order_size: 1.5,
        returns: 0.4,
        target_service: 0.96,
        shelf_life_days: Some(1_095),
        size: (6.0, 2.4),
        pack: 6,
    },
    CategoryRule {
        code: "奶粉",
        parent: "奶粉辅食",
        name_en: "Infant formula",
        prefix: "NF",
        skus: 130,
        value_share: 0.30,
        cost: (150.0, 290.0),
        markup: 0.28,
        season: FLAT,
        growth: 0.04,
        event_strength: 0.8,
        order_size: 1.7,
        returns: 0.3,
        target_service: 0.98,
        shelf_life_days: Some(720),
        size: (3.2, 1.1),
        pack: 6,
    },
    CategoryRule {
        code: "辅食",
        parent: "奶粉辅食",
        name_en: "Baby food",
        prefix: "FS",
        skus: 170,
        value_share: 0.06,
        cost: (12.0, 36.0),
        markup: 0.75,
        season: FLAT,
        growth: 0.16,
        event_strength: 0.85,
        order_size: 1.6,
        returns: 0.4,
        target_service: 0.96,
        shelf_life_days: Some(540),
        size: (1.0, 0.4),
        pack: 12,
    },
    CategoryRule {
        code: "营养品",
        parent: "奶粉辅食",
        name_en: "Supplements",
        prefix: "YY",
        skus: 110,
        value_share: 0.05,
        cost: (38.0, 95.0),
        markup: 0.9,
        season: WINTER,
        growth: 0.12,
        event_strength: 0.95,
        order_size: 1.3,
        returns: 0.5,
        target_service: 0.96,
        shelf_life_days: Some(720),
        size: (0.5, 0.2),
        pack: 6,
    },
    CategoryRule {
        code: "喂养",
        parent: "喂养洗护",
        name_en: "Feeding",
        prefix: "WY",
        skus: 190,
        value_share: 0.06,
        cost: (18.0, 90.0),
        markup: 0.95,
        season: SPRING_AUTUMN,
        growth: 0.08,
        event_strength: 0.9,
        order_size: 1.2,
        returns: 1.0,
        target_service: 0.95,
        shelf_life_days: None,
        size: (1.6, 0.3),
        pack: 6,
    },
    CategoryRule {
        code: "洗护",
        parent: "喂养洗护",
        name_en: "Bath and skin care",
        prefix: "XH",
        skus: 170,
        value_share: 0.06,
        cost: (16.0, 52.0),
        markup: 1.1,
        season: TURN_OF_SEASON,
        growth: 0.12,
        event_strength: 1.05,
        order_size: 1.3,
        returns: 0.6,
        target_service: 0.96,
        shelf_life_days: Some(1_095),
        size: (0.9, 0.5),
        pack: 6,
    },
    CategoryRule {
        code: "童装",
        parent: "童装家纺",
        name_en: "Baby clothing",
        prefix: "TZ",
        skus: 320,
        value_share: 0.06,
        cost: (22.0, 78.0),
        markup: 1.2,
        season: TURN_OF_SEASON,
        growth: 0.05,
        event_strength: 1.15,
        order_size: 1.2,
        returns: 2.4,
        target_service: 0.92,
        shelf_life_days: None,
        size: (1.2, 0.25),
        pack: 4,
    },
    CategoryRule {
        code: "童鞋",
        parent: "童装家纺",
        name_en: "Baby shoes",
        prefix: "TX",
        skus: 120,
        value_share: 0.02,
        cost: (28.0, 88.0),
        markup: 1.1,
        season: TURN_OF_SEASON,
        growth: 0.04,
        event_strength: 1.05,
        order_size: 1.1,
        returns: 2.6,
        target_service: 0.92,
        shelf_life_days: None,
        size: (2.4, 0.4),
        pack: 4,
    },
    CategoryRule {
        code: "寝居",
        parent: "童装家纺",
        name_en: "Bedding",
        prefix: "QJ",
        skus: 120,
        value_share: 0.025,
        cost: (35.0, 160.0),
        markup: 0.95,
        season: WINTER,
        growth: 0.06,
        event_strength: 1.0,
        order_size: 1.1,
        returns: 1.5,
        target_service: 0.93,
        shelf_life_days: None,
        size: (6.0, 0.9),
        pack: 2,
    },
    CategoryRule {
        code: "玩具",
        parent: "玩具出行",
        name_en: "Toys",
        prefix: "WJ",
        skus: 180,
        value_share: 0.04,
        cost: (18.0, 110.0),
        markup: 1.0,
        season: GIFTS,
        growth: 0.1,
        event_strength: 1.0,
        order_size: 1.1,
        returns: 1.3,
        target_service: 0.93,
        shelf_life_days: None,
        size: (4.0, 0.6),
        pack: 4,
    },
    CategoryRule {
        code: "出行",
        parent: "玩具出行",
        name_en: "Strollers and car seats",
        prefix: "CX",
        skus: 56,
        value_share: 0.025,
        cost: (180.0, 680.0),
        markup: 0.7,
        season: SPRING_AUTUMN,
        growth: 0.05,
        event_strength: 1.2,
        order_size: 1.0,
        returns: 1.1,
        target_service: 0.94,
        shelf_life_days: None,
        size: (90.0, 8.0),
        pack: 1,
    },
    CategoryRule {
        code: "孕产用品",
        parent: "孕产",
        name_en: "Maternity",
        prefix: "YC",
        skus: 60,
        value_share: 0.01,
        cost: (25.0, 90.0),
        markup: 1.0,
        season: FLAT,
        growth: 0.02,
        event_strength: 0.9,
        order_size: 1.2,
        returns: 1.4,
        target_service: 0.93,
        shelf_life_days: None,
        size: (1.5, 0.3),
        pack: 4,
    },
];

impl CategoryRule {
    /// Demand of a day of the year over the yearly mean, between the middles of months.
    pub(super) fn season_on(&self, month: u32, day: u32) -> f64 {
        let of = |month: u32| {
            let index = usize::try_from((month + 11) % 12).unwrap_or(0);
            self.season.get(index).copied().unwrap_or(1.0)
        };
        let from_middle = (f64::from(day) - 15.5) / 30.5;
        let neighbour = if from_middle < 0.0 {
            month + 11
        } else {
            month + 1
        };
        of(month) + (of(neighbour) - of(month)) * from_middle.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_assortment_has_1986_skus_and_all_of_the_value() {
        assert_eq!(
            CATEGORIES.iter().map(|rule| rule.skus).sum::<usize>(),
            1_986
        );
        let value: f64 = CATEGORIES.iter().map(|rule| rule.value_share).sum();
        assert!((value - 1.0).abs() < 1e-9);
        let known = |rule: &CategoryRule| PARENTS.iter().any(|(code, _)| *code == rule.parent);
        assert!(CATEGORIES.iter().all(known));
    }

    #[test]
    fn seasons_are_smooth_and_average_to_one() {
        for rule in &CATEGORIES {
            let mean = rule.season.iter().sum::<f64>() / 12.0;
            assert!((mean - 1.0).abs() < 0.02, "{} {mean}", rule.code);
            assert!((rule.season_on(1, 31) - rule.season_on(2, 1)).abs() < 0.06);
        }
    }
}
