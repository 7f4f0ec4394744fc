//! Classes of demand and open orders, on Demand.

super::messages! {
    CLASSES: "需求类型", "Classes";
    MAP: "需求类型图：间隔与波动", "Map of classes: interval and variation";
    INTERVAL: "平均间隔（周，ADI）", "Mean interval (weeks, ADI)";
    VARIATION: "用量波动（CV²）", "Variation of size (CV²)";
    SHOWN: "图上 {n} 条序列，共 {all} 条。点一个点看它的预测；键盘用方向键选点，回车打开。", "{n} of {all} series on the map. Press a point to see its forecast; by keyboard, arrows choose a point and Enter opens it.";
    SMOOTH: "平稳", "Smooth";
    ERRATIC: "波动", "Erratic";
    INTERMITTENT: "间歇", "Intermittent";
    LUMPY: "块状", "Lumpy";
    CLASS: "类型", "Class";
    SERIES: "序列", "Series";
    RATE: "件/周", "Units/wk";
    INSIDE80: "80% 区间命中", "Inside 80 %";
    INSIDE95: "95% 区间命中", "Inside 95 %";
    OUTCOMES: "回测点", "Outcomes";
    BASIS: "间隔 ≥ {interval} 周为间歇，CV² ≥ {variation} 为波动大（Syntetos、Boylan、Croston 2005）；活动影响已剔除。命中率：在 13 个更早的时点只用这个范围的 {tried} 条序列重做整个预测，看之后 4 周落在区间内的比例。间歇需求只有 0、1、2 件几种取值，区间必然偏宽。", "Seldom from an interval of {interval} weeks, varying from a CV² of {variation} (Syntetos, Boylan & Croston 2005); events are taken out. Inside: the whole forecast repeated from 13 earlier dates, learning from {tried} series of this scope alone, and the share of the next 4 weeks that came inside. Seldom demand is 0, 1 or 2 units: its bands hold more than they say.";
    NONE_TITLE: "这个范围没有需求", "No demand in this scope";
    NONE_BODY: "在左边选更大的范围。", "Choose a wider scope on the left.";

    ORDERS: "订单", "Orders";
    EARLY: "向前消耗", "Takes earlier forecast";
    LATE: "向后消耗", "Takes later forecast";
    DAYS: "{n} 天内", "within {n} days";
    WEEK: "周", "Week";
    FORECAST: "预测", "Forecast";
    ORDERED: "未结订单", "Open orders";
    NET: "净预测", "Net forecast";
    TOTAL: "合计需求", "Demand in all";
    SUM: "合计", "Sum";
    LINES: "{n} 行未结订单。超出预测 {unforecast} 件；更晚到期 {later} 件；没有预测的 {unknown} 件。", "{n} lines of open orders. Beyond the forecast: {unforecast} units; due later: {later}; without a forecast: {unknown}.";
    UNDATED: "{n} 行（{units} 件）没有到期日，未消耗预测：在 sales_orders 补上 due_on。", "{n} lines ({units} units) have no due date and take nothing: give due_on in sales_orders.";
    DUE_BEFORE: "{n} 行（{units} 件）到期日早于下单日，未消耗预测：请核对日期。", "{n} lines ({units} units) are due before they were placed and take nothing: check the dates.";
    DUE_SOON: "{n} 行（{units} 件）下单后 7 天内到期，已算作当天的需求。", "{n} lines ({units} units) are due within 7 days of being placed: demand of that day already.";
    ORDERS_BASIS: "订单先消耗到期那一周的预测，再消耗更早的，再消耗更晚的；按 SKU × 渠道 × 区域。下单后 7 天内到期的订单已算作当天的需求，不再消耗。", "An order takes the forecast of the week it is due, then of earlier ones, then of later ones, by SKU, channel and region. Orders due within 7 days of being placed are demand of that day already and take nothing.";
    NO_ORDERS_TITLE: "没有消耗预测的订单", "No orders that take forecast";
    NO_ORDERS_BODY: "这里显示下单 7 天以后才到期的未结订单（预订、批发）。在「数据」导入 sales_orders。", "Open orders due more than 7 days after they were placed appear here: pre-orders, wholesale. Import sales_orders on Data.";
}
