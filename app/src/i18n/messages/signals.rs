//! Signals on the Demand screen (信号).

super::messages! {
    SIGNALS: "信号", "Signals";
    NONE_TITLE: "还没有信号", "No signals yet";
    NONE_BODY: "导入搜索导出（signals.csv）、投放（campaigns.csv、campaign_days.csv）或线索（leads.csv），这里判断哪些可信。", "Import search exports (signals.csv), campaigns (campaigns.csv, campaign_days.csv) or leads (leads.csv): here it is judged which are to be believed.";

    COURT: "信号法庭", "Signal court";
    COURT_BASIS: "最近 {n} 周，提前 4 周逐周重做预测：有信号与没有信号各一次。只有确实减少误差的才进入预测；落选的列出会多出的误差。", "Forecasts of the last {n} weeks made again 4 weeks ahead, with and without the signal. Only what lowers the error enters the forecast; losers are listed with the error they would have added.";
    KEYWORD: "关键词", "Keyword";
    GOODS: "对应", "Goods";
    VERDICT: "裁决", "Verdict";
    ACCEPTED: "采信", "Accepted";
    REJECTED: "不采信：{reason}", "Rejected: {reason}";
    LEAD: "领先", "Lead";
    WEEKS: "{n} 周", "{n} wk";
    BETA: "弹性 β", "Elasticity β";
    WAPE: "WAPE 无 → 有信号", "WAPE without → with";
    ENGINE: "计划预测", "Plan forecast";
    FROM_TO: "{from} → {to}", "{from} → {to}";
    COST: "误差变化（件）", "Error, units";
    TOO_SHORT: "历史太短", "too short";
    CONSTANT: "没有变化", "never changes";
    CHANCE: "与巧合无异", "no more than chance";
    NO_GAIN: "没有减少误差", "no gain";
    FADED: "近来失效", "faded";
    REDUNDANT: "别的信号已说明", "said by another";
    ENGINE_REASON: "计划预测没有变好", "plan forecast not better";

    YIELD: "预期的每 1 件计入 {n} 件", "{n} counted of each unit expected";
    COUNTED_IN: "计入预测的类目：{n} / {of}，见信号法庭", "In the forecast of {n} of {of} categories; see the signal court";

    HEAT: "热度", "Heat";
    HEAT_BASIS: "100 是该词过去一年的通常水平；不同词、不同来源的指数从不相加。点击的权重高于展示。", "100 is what is usual for the word over the past year; indices of different words or sources are never added. Clicks weigh more than impressions.";
    EVERYWHERE: "全部", "Everywhere";
    HALF_YEAR: "近半年", "Half a year";
    WORDS_BEHIND: "词数", "Words";

    MAP: "词品映射", "Keyword map";
    MAP_COUNT: "已映射 {n} 个词，{open} 个待定", "{n} words mapped, {open} open";
    MAY_MEAN: "可能是", "May stand for";
    ACCEPT: "采用", "Accept";
    ACCEPT_FOR: "把“{word}”映射到 {goods}", "Map “{word}” to {goods}";
    MAPPED: "“{word}”已映射到 {goods}，正在重新计算", "“{word}” stands for {goods}; computing again";
    NO_SUGGESTION: "没有建议", "No suggestion";
    BY_EXACT: "同名", "same name";
    BY_ALIAS: "别名", "alias";
    BY_CONTAINS: "包含", "contains";
    BY_DISTANCE: "相近", "similar";

    COVERAGE: "Top-N 覆盖率", "Top-N coverage";
    COVERAGE_OF: "{source} 前 {n} 名", "{source}, top {n}";
    COVERED: "{n} / {all}", "{n} of {all}";
    BEFORE: "一季前 {share}", "a quarter ago {share}";

    FUNNEL: "漏斗", "Funnel";
    STEP: "环节", "Step";
    COUNT: "数量", "Count";
    RATE: "转化", "Rate";
    COST_EACH: "单位成本", "Cost each";
    IMPRESSIONS: "曝光", "Impressions";
    READS: "阅读", "Reads";
    ENGAGEMENTS: "互动", "Engagements";
    SEARCH_BACK: "回搜", "Search back";
    CLICKS: "点击", "Clicks";
    CARTS: "加购", "Carts";
    ORDERS: "下单", "Orders";
    INVERSE: "反漏斗：{orders} 单需要曝光 {mid}（80%：{low} – {high}）", "Inverse funnel: {orders} orders need {mid} impressions (80 %: {low} – {high})";
    BUDGET: "预算 {mid}（80%：{low} – {high}）", "Budget {mid} (80 %: {low} – {high})";
    HALF_LIFE: "半衰期 {n} 天", "Half-life {n} days";

    HITS: "爆款概率", "Hits";
    HITS_BASIS: "四周内的成绩：不到中位一半为哑火，两倍以上为爆款。概率由首三天学得，帖子少时向历史占比收缩。", "What a post brings in four weeks: at most half of the middle one is a flop, twice or more a hit. Learnt from the first three days; with few posts drawn to the share of hits.";
    POST: "帖子", "Post";
    PUBLISHED: "发布", "Published";
    FLOP: "哑火", "Flop";
    BASE: "平款", "Base";
    HIT: "爆款", "Hit";
    STOCK_FOR: "备货", "Stock";
    REGRET: "平均后悔（备哑火 / 平 / 爆）", "Mean regret (stock for flop / base / hit)";
    SCORE: "{n} 篇已结束：命中 {accuracy}，Brier {brier}（只用占比 {base}）", "{n} finished posts: right side {accuracy}, Brier {brier} (share alone {base})";

    PIPELINE: "线索管道", "Lead pipeline";
    PIPELINE_BASIS: "各阶段的转化与停留时间从历史学得；未结订单消耗线索，不重复计算。", "Conversion and dwell time by stage are learnt from history; open orders consume leads, so nothing counts twice.";
    MONTH: "月份", "Month";
    YEAR_MONTH: "{year} 年 {month} 月", "{year}-{month}";
    COMMITTED: "已承诺", "Committed";
    LIKELY: "预期", "Likely";
    LOW: "低", "Low";
    STRETCH: "乐观", "Stretch";
    ORDERED: "已下单", "Ordered";
    NET: "净增", "Net";
    CAME: "实际", "Came";
    BACKTEST: "回测：当时会说", "Back-test: as it would have been told";
}
