//! Prices (价格弹性).

super::messages! {
    PRICES: "价格", "Prices";
    NOTHING_TITLE: "价格作用未知", "What prices do is not known";
    NOT_GIVEN: "需求数据没有 price 和 revenue 列。", "The demand data has neither price nor revenue.";
    NEVER_CHANGED: "价格从未变动，看不出需求如何随价格变化。", "Prices never left what is usual, so nothing shows how demand follows them.";
    ALL_GOODS: "全部商品", "All goods";
    GOODS: "商品", "Goods";
    ELASTICITY: "弹性", "Elasticity";
    EPISODES: "调价时段", "Stretches";
    EVIDENCE: "依据", "Known from";
    ITSELF: "自身", "itself";
    OF_CATEGORY: "类目", "its category";
    OF_ALL: "全部商品", "all goods";
    CUT_SELLS: "降价 10%", "At −10 %";
    CUT_ADDS: "此处多卖", "Adds here";
    SHOWN_MOST: "只列最多的 {n} 个商品。", "Only the {n} SKUs that a cut adds most to are listed.";
    BASIS: "需求 × (价格 ÷ 平时价格)^弹性；平时价格为前后六周的中位数，活动日不算：活动系数已含其惯常折扣，活动日的计划调价也不起作用。商品向类目、类目向全部、全部向无作用收缩；各渠道同时的调价算一段。仍在持续的变动三周内视为暂时。降价 10% 是需求的倍数，此处多卖是所选范围未来 4 周的件数。", "At −10 % is what demand is multiplied by at a price a tenth lower, and beside it what that would add to the next four weeks, in units. Demand × (price ÷ usual price) to the power of the elasticity. Usual is the median of six weeks either way; days of events do not count, their factors hold the usual cut, so a change planned on them does nothing. A change that is still on is taken for temporary for three weeks. Goods are drawn to their category, categories to all goods, all goods to no effect; a stretch is one of all channels of the goods together.";
    REACH: "最大降价 {change}%，更大的按此计。", "The largest cut seen was {change} %; larger ones count as that.";
    PLAN: "计划调价", "Plan a price change";
    PLAN_NOTE: "预测和建议单按弹性变化；可撤销", "the forecast of these days follows by the elasticity, and orders with it; undo takes it back";
    BY_PERCENT: "变动 %", "Change, %";
    FIRST_DAY: "第一天", "First day";
    LAST_DAY: "最后一天", "Last day";
    REASON_HINT: "例如：店庆", "such as an anniversary";
    SAVE: "计划", "Plan it";
    SAVED: "已计划", "Price change planned; the forecast follows";
    REMOVED: "已删除", "Price change removed";
    REMOVE: "删除调价", "Remove this price change";
    NO_PERCENT: "请填 −95 到 200，不为 0", "A number from −95 to 200 that is not 0";
    REVERSED: "最后一天在先", "The last day is before the first";
    IDLE: "{events} 的日子上不起作用：活动系数已含惯常折扣。", "Does nothing on days of {events}: an event's factor holds its usual cut.";
    AND: "、", ", ";
    PLANNED: "已计划的调价", "Planned price changes";
    DAYS: "日期", "Days";
    ADDS: "增加，件", "Adds, units";
    IS_PAST: "已过去", "past";
}
