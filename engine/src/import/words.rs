//! What foreign words mean in columns of choices, in both languages.

/// One canonical word and what else it is called; words are normalised headers
/// ([`super::synonyms::normalise_header`]).
struct Meaning {
    column: &'static str,
    word: &'static str,
    also: &'static [&'static str],
}

const fn means(column: &'static str, word: &'static str, also: &'static [&'static str]) -> Meaning {
    Meaning { column, word, also }
}

#[rustfmt::skip]
const MEANINGS: &[Meaning] = &[
    means("bucket", "unrestricted", &["良品", "可用", "可用库存", "正品", "正常", "合格", "合格品", "在库", "实物", "可售", "a品", "zp", "vendible", "sellable", "good", "available", "normal", "onhand"]),
    means("bucket", "qc_inbound", &["到货质检", "待检", "质检", "质检中", "待上架", "收货中", "到货待检", "待质检", "qc", "receiving", "inspection"]),
    means("bucket", "qc_return", &["退货待检", "退货质检", "销退待检", "退货", "销退", "returnpool"]),
    means("bucket", "blocked", &["暂扣", "封存", "禁用", "质量冻结", "hold", "onhold", "quarantine", "quarantined"]),
    means("bucket", "grade_b", &["残次", "残次品", "次品", "不良", "不良品", "b品", "cc", "defective", "damaged", "残次b", "unsellable"]),
    means("bucket", "grade_c", &["c品", "残次c", "机损", "箱损", "js", "xs", "jishun", "xiangshun"]),
    means("bucket", "scrap", &["报废", "废品", "待报废"]),
    means("bucket", "consign_in", &["代销在库", "代销", "供应商库存", "vmi"]),
    means("bucket", "frozen", &["冻结", "大促冻结", "活动库存", "活动冻结", "freeze"]),
    means("bucket", "locked", &["锁定", "锁库", "锁定库存", "手工锁定", "lock"]),
    means("bucket", "reserved", &["预占", "预扣", "拍下未付", "预留", "prehold"]),
    means("bucket", "allocated", &["已分配", "订单占用", "订单占有", "占用", "已占用", "committed", "occupied"]),
    means("bucket", "consign_out", &["寄售在外", "寄售", "fba", "委外"]),
    means("bucket", "virtual", &["虚拟库存", "虚拟"]),
    // Expected goods are refused with their own reason; the words are known all the same.
    means("bucket", "on_order", &["采购在途", "在途", "在单", "onway", "onroad", "incoming", "intransit", "underway"]),
    means("bucket", "in_transit_in", &["调拨在途", "zt"]),
    means("bucket", "in_transit_return", &["销退在途", "退货在途"]),
    means("kind", "central", &["总仓", "中心仓", "主仓", "cdc"]),
    means("kind", "regional", &["区域仓", "分仓", "rdc"]),
    means("kind", "forward", &["前置仓"]),
    means("kind", "store", &["门店", "店铺", "线下门店", "线下"]),
    means("kind", "overseas", &["海外仓"]),
    means("kind", "bonded", &["保税仓"]),
    means("kind", "third_party", &["三方仓", "第三方仓", "3pl"]),
    means("kind", "return", &["退货仓", "销退仓"]),
    means("kind", "platform", &["平台仓"]),
    means("kind", "marketplace", &["电商平台", "平台"]),
    means("kind", "live", &["直播"]),
    means("kind", "mini_program", &["小程序"]),
    means("kind", "own_site", &["自营", "官网", "独立站"]),
    means("kind", "wholesale", &["批发", "分销"]),
    means("kind", "purchase", &["采购", "采购单", "po"]),
    means("kind", "transfer", &["调拨", "调拨单", "to"]),
    means("kind", "promo", &["大促", "促销", "活动"]),
    means("kind", "holiday", &["节日", "节假日", "假期"]),
    means("kind", "launch", &["上新", "新品"]),
    means("kind", "livestream", &["直播"]),
    means("kind", "weather", &["天气"]),
    means("kind", "price", &["调价", "价格"]),
    means("kind", "opening", &["期初"]),
    means("kind", "payroll", &["工资", "薪资"]),
    means("kind", "tax", &["税", "税费"]),
    means("kind", "other", &["其他", "其它"]),
    means("status", "open", &["待付款", "未付款", "新建"]),
    means("status", "paid", &["已付款", "待发货", "已支付"]),
    means("status", "shipped", &["已发货", "已完成", "交易成功", "已出库"]),
    means("status", "cancelled", &["已取消", "取消", "已关闭", "交易关闭", "canceled", "closed"]),
    means("grade", "a", &["良品", "全新"]),
    means("grade", "b", &["次品", "轻微瑕疵"]),
    means("grade", "c", &["残品", "严重瑕疵"]),
    means("grade", "s", &["报废"]),
    means("costing", "average", &["移动平均", "加权平均", "移动加权平均"]),
    means("costing", "fifo", &["先进先出"]),
    means("costing", "standard", &["标准成本"]),
    means("service_type", "cycle", &["周期服务水平"]),
    means("service_type", "fill", &["满足率"]),
];

/// The canonical word among `words` that a foreign one means in a column.
pub(super) fn meaning(
    column: &str,
    words: &[&'static str],
    normalised: &str,
) -> Option<&'static str> {
    let canonical = words
        .iter()
        .find(|word| super::synonyms::normalise_header(word) == normalised);
    canonical.copied().or_else(|| {
        let known = MEANINGS.iter().filter(|meaning| meaning.column == column);
        let mut known =
            known.filter(|meaning| words.contains(&meaning.word) || is_expected(meaning.word));
        known
            .find(|meaning| meaning.also.contains(&normalised))
            .map(|meaning| meaning.word)
    })
}

/// Whether a bucket belongs to `open_orders.csv`.
pub(super) fn is_expected(word: &str) -> bool {
    matches!(word, "on_order" | "in_transit_in" | "in_transit_return")
}

/// What a foreign word means as a flag.
pub(super) fn flag(normalised: &str) -> Option<bool> {
    match normalised {
        "true" | "1" | "yes" | "y" | "是" | "有" | "启用" => Some(true),
        "false" | "0" | "no" | "n" | "否" | "无" | "停用" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::synonyms::normalise_header;
    use super::*;
    use crate::dataset::{Kind, TABLES};

    #[test]
    fn words_are_normalised_and_canonical() {
        for known in MEANINGS {
            let mut choices = TABLES
                .iter()
                .flat_map(|table| table.columns)
                .filter_map(|column| match column.kind {
                    Kind::Choice(words) if column.name == known.column => Some(words),
                    _ => None,
                });
            let is_choice = choices.any(|words| words.contains(&known.word));
            assert!(
                is_choice || is_expected(known.word),
                "{} {}",
                known.column,
                known.word
            );
            for word in known.also {
                assert_eq!(&normalise_header(word), word, "{}", known.word);
            }
        }
    }

    #[test]
    fn buckets_are_known_in_both_languages() {
        let buckets = ["unrestricted", "grade_b", "frozen", "reserved"];
        let bucket = |text: &str| meaning("bucket", &buckets, &normalise_header(text));
        assert_eq!(bucket("良品"), Some("unrestricted"));
        assert_eq!(bucket(" Unrestricted "), Some("unrestricted"));
        assert_eq!(bucket("残次"), Some("grade_b"));
        assert_eq!(bucket("冻结"), Some("frozen"));
        assert_eq!(bucket("预占"), Some("reserved"));
        assert_eq!(bucket("采购在途"), Some("on_order"));
        assert_eq!(bucket("某处"), None);
    }
}
