//! Where demo company A sells and stores: channels, regions, warehouses, lanes.
//!
//! Every list is sorted by code, so positions are the ids of the finished dataset.

/// A sales channel.
pub(super) struct ChannelRule {
    pub(super) code: &'static str,
    pub(super) kind: &'static str,
    pub(super) name_zh: &'static str,
    pub(super) name_en: &'static str,
    pub(super) priority: i64,
    pub(super) fee_rate: f64,
    pub(super) settlement: (&'static str, i64),
    /// Share of units sent back, for a category of average return rate.
    pub(super) return_rate: f64,
    pub(super) sync_minutes: f64,
    /// Share of the demand of a SKU listed everywhere.
    pub(super) share: f64,
    /// How strongly sales events work here.
    pub(super) event_strength: f64,
    /// Extra demand on Saturdays and Sundays.
    pub(super) weekend: f64,
}

/// 抖音, 天猫, 微信小程序.
pub(super) const CHANNELS: [ChannelRule; 3] = [
    ChannelRule {
        code: "douyin",
        kind: "live",
        name_zh: "抖音",
        name_en: "Douyin",
        priority: 2,
        fee_rate: 0.08,
        settlement: ("confirm_plus", 3),
        return_rate: 0.11,
        sync_minutes: 5.0,
        share: 0.27,
        event_strength: 0.8,
        weekend: 0.28,
    },
    ChannelRule {
        code: "tmall",
        kind: "marketplace",
        name_zh: "天猫",
        name_en: "Tmall",
        priority: 1,
        fee_rate: 0.055,
        settlement: ("confirm_plus", 0),
        return_rate: 0.06,
        sync_minutes: 15.0,
        share: 0.57,
        event_strength: 1.1,
        weekend: 0.02,
    },
    ChannelRule {
        code: "wechat",
        kind: "mini_program",
        name_zh: "微信小程序",
        name_en: "WeChat mini program",
        priority: 3,
        fee_rate: 0.006,
        settlement: ("cycle", 1),
        return_rate: 0.035,
        sync_minutes: 1.0,
        share: 0.16,
        event_strength: 0.6,
        weekend: 0.12,
    },
];

/// A sales region.
pub(super) struct RegionRule {
    pub(super) code: &'static str,
    pub(super) name_zh: &'static str,
    pub(super) name_en: &'static str,
    /// Share of the demand of a SKU sold everywhere.
    pub(super) share: f64,
    /// Regional warehouse that serves it.
    pub(super) home: usize,
    /// Forward warehouse that serves its mini-program orders.
    pub(super) forward: Option<usize>,
}

/// The seven regions; their parent is the whole country.
pub(super) const REGIONS: [RegionRule; 7] = [
    RegionRule {
        code: "central",
        name_zh: "华中",
        name_en: "Central China",
        share: 0.12,
        home: WH,
        forward: None,
    },
    RegionRule {
        code: "east",
        name_zh: "华东",
        name_en: "East China",
        share: 0.32,
        home: JX,
        forward: Some(SHF),
    },
    RegionRule {
        code: "north",
        name_zh: "华北",
        name_en: "North China",
        share: 0.17,
        home: TJ,
        forward: Some(BJF),
    },
    RegionRule {
        code: "northeast",
        name_zh: "东北",
        name_en: "Northeast China",
        share: 0.06,
        home: TJ,
        forward: None,
    },
    RegionRule {
        code: "northwest",
        name_zh: "西北",
        name_en: "Northwest China",
        share: 0.04,
        home: CD,
        forward: None,
    },
    RegionRule {
        code: "south",
        name_zh: "华南",
        name_en: "South China",
        share: 0.19,
        home: DG,
        forward: Some(SZF),
    },
    RegionRule {
        code: "southwest",
        name_zh: "西南",
        name_en: "Southwest China",
        share: 0.10,
        home: CD,
        forward: None,
    },
];

/// A warehouse.
pub(super) struct WarehouseRule {
    pub(super) code: &'static str,
    pub(super) kind: &'static str,
    pub(super) region: &'static str,
    pub(super) name_zh: &'static str,
    pub(super) name_en: &'static str,
    pub(super) capacity_m3: f64,
    /// Where a forward warehouse gets its goods.
    pub(super) parent: Option<usize>,
    /// Days before `as_of` of the last stock count.
    pub(super) counted_days_ago: i32,
}

const BJF: usize = 0;
const CD: usize = 1;
const DG: usize = 2;
const JX: usize = 3;
const SHF: usize = 4;
const SZF: usize = 5;
const TJ: usize = 6;
const WH: usize = 7;

/// Regional warehouses in the order in which goods of limited distribution are listed.
pub(super) const REGIONAL: [usize; 5] = [JX, DG, TJ, WH, CD];
/// Warehouses that hold a pool of frozen goods before 双11.
pub(super) const POOLED: [usize; 3] = [JX, DG, TJ];

/// Five regional and three forward warehouses.
pub(super) const WAREHOUSES: [WarehouseRule; 8] = [
    forward("BJF", "north", ("北京前置仓", "Beijing forward"), TJ, 33),
    regional("CD", "southwest", ("成都仓", "Chengdu"), 9_000.0, 31),
    regional("DG", "south", ("东莞仓", "Dongguan"), 14_000.0, 30),
    regional("JX", "east", ("嘉兴仓", "Jiaxing"), 22_000.0, 28),
    forward("SHF", "east", ("上海前置仓", "Shanghai forward"), JX, 33),
    forward("SZF", "south", ("深圳前置仓", "Shenzhen forward"), DG, 32),
    regional("TJ", "north", ("天津仓", "Tianjin"), 13_000.0, 29),
    regional("WH", "central", ("武汉仓", "Wuhan"), 8_000.0, 31),
];

const fn regional(
    code: &'static str,
    region: &'static str,
    names: (&'static str, &'static str),
    capacity_m3: f64,
    counted_days_ago: i32,
) -> WarehouseRule {
    WarehouseRule {
        code,
        kind: "regional",
        region,
        name_zh: names.0,
        name_en: names.1,
        capacity_m3,
        parent: None,
        counted_days_ago,
    }
}

const fn forward(
    code: &'static str,
    region: &'static str,
    names: (&'static str, &'static str),
    parent: usize,
    counted_days_ago: i32,
) -> WarehouseRule {
    WarehouseRule {
        code,
        kind: "forward",
        region,
        name_zh: names.0,
        name_en: names.1,
        capacity_m3: 600.0,
        parent: Some(parent),
        counted_days_ago,
    }
}

/// Position of the mini program, which forward warehouses serve.
pub(super) const WECHAT: usize = 2;

/// Days of a transfer between two warehouses.
pub(super) fn transfer_days(origin: usize, destination: usize) -> i32 {
    let parent = WAREHOUSES
        .get(destination)
        .and_then(|warehouse| warehouse.parent);
    match (origin, destination) {
        _ if parent == Some(origin) => 1,
        (JX, WH) | (WH, JX) | (JX, DG) | (DG, JX) | (JX, TJ) | (TJ, JX) => 2,
        (CD, TJ) | (TJ, CD) => 4,
        _ => 3,
    }
}
