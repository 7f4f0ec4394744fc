//! Demand (需求).

super::messages! {
    EMPTY_TITLE: "还没有销售历史", "No sales history yet";
    EMPTY_BODY: "放入销售明细（SKU、日期、数量），这里显示预测和区间。", "Drop sales history (SKU, date, quantity): forecasts and intervals appear here.";
    GO_DATA: "去导入", "Go to import";
    NO_PLAN_TITLE: "有销售历史，还没有计算", "Sales history is here, nothing computed yet";
    NO_PLAN_BODY: "计算一次，得到预测、区间和补货建议。", "Compute once to get forecasts, intervals and order proposals.";
    COMPUTE: "计算", "Compute";
    FAILED: "没有取到需求数据（{code}）", "Demand figures did not arrive ({code})";
    UNAFFECTED: "数据和改动都在，没有丢失。", "Data and edits are fine; nothing is lost.";
    NO_SERIES_TITLE: "这个范围没有需求", "No demand in this scope";
    NO_SERIES_BODY: "在左边选更大的范围。", "Choose a wider scope on the left.";

    NAVIGATORS: "范围", "Scope";
    CATEGORY: "类目", "Category";
    CHANNEL: "渠道", "Channel";
    REGION: "区域", "Region";
    NAV_UNITS: "件/周 · WAPE %", "units/wk · WAPE %";
    ALL_CATEGORIES: "全部类目", "All categories";
    ALL_CHANNELS: "全部渠道", "All channels";
    ALL_REGIONS: "全部区域", "All regions";
    MORE_SKUS: "还有 {n} 个 SKU", "{n} more SKUs";
    MET: "达标", "Met";
    NEAR: "接近", "Near";
    MISSED: "未达", "Missed";
    MET_LIMIT: "≤ 20", "≤ 20";
    NEAR_LIMIT: "20–30", "20–30";
    MISSED_LIMIT: "> 30", "> 30";
    WAPE_BASIS: "WAPE：提前 4 周的回测误差；件/周为未来 4 周", "WAPE: back-test, 4 weeks ahead; units: next 4 weeks";

    SERIES: "{n} 条序列", "{n} series";
    GRAIN: "粒度", "Grain";
    DAY: "日", "Day";
    WEEK: "周", "Week";
    UNITS_A_WEEK: "件/周", "Units/week";
    UNITS_A_DAY: "件/日", "Units per day";
    NO_DAILY_BAND: "预测按周；日值按星期和活动分摊，没有区间。", "Forecasts are weekly; days share a week by weekday and events, without intervals.";
    BAND_BASIS: "合计的区间按最近 13 周的实际误差放宽。周以数据日期那天结束。", "Intervals of a sum are widened to its errors over the last 13 weeks. Weeks end on the date of the data.";

    VIEWS: "内容", "Views";
    FACTORS: "因素", "Factors";
    EVENT: "活动", "Event";
    NEXT_TIME: "下一次", "Next";
    LIFT: "倍数", "Lift";
    INTERVAL80: "80% 区间", "80 % interval";
    SEEN: "次数", "Seen";
    BY_DAY: "逐日", "By day";
    PEAK_DAY: "峰值 ×{factor}", "peak ×{factor}";
    CONCERNS: "仅 {whom}", "Only {whom}";
    CONCERNS_UNKNOWN: "没有叫 {code} 的范围，不起作用", "Nothing is called {code}: does nothing";
    FACTORS_BASIS: "活动期间的需求与没有活动时之比，从本类目的历史学得；次数少时向全部商品和 1 收缩；只涉及部分商品的活动，只从这些商品学，也只作用于它们。预测先去掉活动，再按日期加回。", "Demand during the event over its level without it, learnt from this category's history; with few occurrences drawn towards all goods and towards 1. An event of some goods is learnt from them and lifts only them. Forecasts are made without events and get them back on their dates.";
    ACCURACY: "准确度", "Accuracy";
    CUT: "按", "By";
    SKU: "SKU", "SKU";
    NAME: "名称", "Name";
    ERROR_SHARE: "误差占比", "Share of error";
    CUMULATIVE: "累计", "Cumulative";
    MAPE: "MAPE", "MAPE";
    SUM_WAPE: "合计 WAPE", "WAPE of sum";
    SIGNAL: "跟踪信号", "Tracking";
    SIGNAL_ALARM: "超过 ±4：需求已偏离预测", "Beyond ±4: demand has left the forecast";
    WHOLE: "整个范围", "Whole scope";
    MOST_OF_ERROR: "{all} 行中 {n} 行占误差的 80%", "{n} of {all} make 80 % of the error";
    ACCURACY_BASIS: "提前 4 周的回测。WAPE、MAPE、偏差按序列；合计 WAPE 与跟踪信号按合计、最近 13 周。", "Back-test, 4 weeks ahead. WAPE, MAPE and bias over series; WAPE of sum and tracking signal of the sum, last 13 weeks.";
    NO_ERRORS_TITLE: "这个范围还没有误差", "No errors in this scope yet";
    NO_ERRORS_BODY: "历史太短，还不能回测。", "The history is too short for a back-test.";
    NO_FACTORS_TITLE: "还没有学到活动的作用", "No event effects learnt yet";
    NO_FACTORS_BODY: "导入 events.csv（活动、开始、结束）和按日的销售历史，这里显示每个活动的倍数。", "Import events.csv (event, start, end) and daily sales: the lift of each event appears here.";

    PLAN: "分时计划", "Time-phased plan";
    LAST_YEAR: "去年", "Last year";
    BASELINE: "基线", "Baseline";
    EVENTS: "活动", "Events";
    FORECAST: "预测", "Forecast";
    P10: "P10", "P10";
    P90: "P90", "P90";
    TOTAL: "{n} 周合计", "{n}-week total";
    TOTAL_LAST_YEAR: "去年 {value}", "last year {value}";

    MODEL: "模型", "Model";
    MODEL_CAPTION: "回测，提前 4 周", "back-test, 4 weeks ahead";
    BEST_OF_EACH: "{n} 条序列各选最优", "Best of each of {n} series";
    WAPE: "WAPE", "WAPE";
    BIAS: "偏差", "Bias";
    HEALTH: "健康度", "Health";
    SPREAD: "80% 区间，未来 13 周", "80 % interval, next 13 weeks";
    HISTORY_WEEKS: "历史周数", "Weeks of history";
    EMPTY_WEEKS: "无需求的周", "Weeks without demand";
    OF_WEEKS: "{n} / {all}", "{n} of {all}";

    MODEL_LAUNCH: "新品：上市类比与自身销量", "New item: past launches and own sales";
    MODEL_NAIVE: "朴素法", "Naive";
    MODEL_SEASONAL_NAIVE: "季节朴素法", "Seasonal naive";
    MODEL_SES: "简单指数平滑", "Simple exponential smoothing";
    MODEL_SES_LAST_SEASON: "上季形态指数平滑", "Smoothing on last season's shape";
    MODEL_SES_GROUP: "同类季节指数平滑", "Smoothing on the group's season";
    MODEL_SES_HALF_GROUP: "半同类季节指数平滑", "Smoothing on half the group's season";
    MODEL_SES_OWN_AND_GROUP: "自身与同类季节指数平滑", "Smoothing on own and the group's season";
    MODEL_SEASON_GROWTH: "上季形态加增长", "Last season's shape with growth";
    MODEL_TSB: "TSB 间歇需求法", "Teunter-Syntetos-Babai";
    MODEL_THETA: "Theta 法", "Theta";
    MODEL_THETA_HOLT: "Theta 与阻尼趋势平均", "Theta and damped trend";
}
