//! How forecasts come about (预测分解).

super::messages! {
    PARTS: "预测构成", "What the forecast is made of";
    SHARES: "销售 {sales} · 活动 {events} · 信号 {signals}", "sales {sales} · events {events} · signals {signals}";
    NEXT_WEEKS: "未来 {n} 周", "Next {n} weeks";
    WEEKS: "周", "Weeks";
    SHOW_WEEK: "看这一周的构成；再按回到全部", "Show what this week is made of; again for all weeks";
    PART: "构成", "Part";
    UNITS: "件", "Units";
    SHARE: "占比", "Share";
    STREAMS: "计入的需求流", "Streams that count";
    LEFT_OUT: "不计入", "left out";
    LEVEL: "水平", "Level";
    TREND: "趋势", "Trend";
    SEASON: "季节", "Season";
    LIFECYCLE: "停售与接替", "Life cycle";
    ADJUSTMENT: "人工调整", "Adjustment";
    LEVEL_MEANS: "第一周的预测，去掉季节、活动和信号", "Forecast of the first week without season, events and signals";
    TREND_MEANS: "之后各周与水平的差", "How the weeks after it depart from the level";
    SEASON_MEANS: "模型还回去的季节系数", "The season that the model gives back";
    EVENTS_MEAN: "活动带来或减少的", "What events add or take";
    SIGNALS_MEAN: "信号法庭采信的信号带来或减少的", "What signals the court accepted add or take";
    LIFECYCLE_MEANS: "停售之后不再卖的，或从前代商品接来的", "What is no longer sold after an end of sale, or comes from goods before";
    ADJUSTMENT_MEANS: "人工改动", "Changed by hand";
    PARTS_BASIS: "预测 = 水平 × 趋势 × 季节 × 停售与接替 × 活动 × 信号，之后是人工调整。每一条是再乘一个系数所增加的件数，按此顺序；各条之和就是预测。去掉勾选，该流不计入以后各周，预测正好减少这一条；可撤销。", "Forecast = level × trend × season × life cycle × events × signals, then adjustments. A bar is what one more factor adds, in this order, so bars sum to the forecast. Untick a stream to leave it out of the weeks ahead: the forecast loses exactly its bar. Undo brings it back.";

    MODELS: "模型卡", "Model card";
    MODELS_OF_ONE: "滚动起点回测，提前 4 周", "rolling origins, 4 weeks ahead";
    MODELS_OF_MANY: "{n} 条序列；选中一条可看每个模型的误差", "{n} series; choose a single one for the error of every model";
    CHOSEN: "采用", "In use";
    BENCHMARK: "基准", "Benchmark";
    BENCHMARK_MEANS: "基准只作比较，权重为 0", "A benchmark is compared with: weight 0";
    WEIGHT: "权重", "Weight";
    SERIES: "序列数", "Series";
    MASE: "MASE", "MASE";
    ORIGINS: "起点数", "Origins";
    NOT_SUITED: "不适用", "does not suit";
    CLASS: "需求类型", "Class";
    ADI: "平均间隔 ADI", "Mean interval, ADI";
    CV2: "变异 CV²", "Variation, CV²";
    LIMIT: "{value}（界限 {limit}）", "{value} (limit {limit})";
    MODELS_BASIS: "按需求类型排名，采用在这条序列上可回测的第一名，所以权重为 1 或 0；误差最小的不一定采用，因为同类序列一起更可信。MASE：平均误差除以历史的季节步长。", "The model in use is the best of its class among those that can be scored on the series, so weights are 1 and 0; another may err less here, but all series of the class know better than one. MASE: mean error over the mean step of the history, a season apart.";

    LADDER: "预测增值阶梯", "Forecast value added";
    LADDER_CAPTION: "最近 {weeks} 周，提前 {lag} 周；{series} 条序列的 {cells} 个周", "last {weeks} weeks, {lag} weeks ahead; {cells} weeks of {series} series";
    LADDER_WAPE: "WAPE，百分点", "WAPE, points";
    CLIMBING: "正在重做预测", "Making forecasts again";
    STEP: "台阶", "Step";
    CHANGE_POINTS: "变化，百分点", "Change, points";
    CHANGE_UNITS: "误差变化，件", "Change of error, units";
    NAIVE: "朴素", "Naive";
    STATISTICAL: "统计", "Statistical";
    WITH_EVENTS: "+ 活动", "+ events";
    WITH_SIGNALS: "+ 信号", "+ signals";
    WITH_OVERRIDES: "+ 人工调整", "+ overrides";
    WHOLE_CHANGE: "合计变化", "Total change";
    NO_LADDER: "这个范围在最近 13 周没有可比的预测", "No forecasts to compare in this scope in the last 13 weeks";
    LADDER_BASIS: "每一步都是引擎重做的预测，数据为当时已知，模型选择为今天的：朴素取 4 周前已知的最后一周；统计不知道活动和信号；人工调整只算当周开始前生效的，按当时改动的比例。负数表示误差减少；各步之和等于合计变化。", "Every step is a forecast of the engine made again from the data known then, with today's choice of models: naive repeats the last week known 4 weeks before; statistical knows no events and signals; overrides count where they were in force before the week began, by the share they changed. Negative is less error; steps sum to the total change.";

    VERSIONS: "版本瀑布", "Versions by lag";
    VERSIONS_CAPTION: "{week} 的预测，提前 {lag} 周起", "forecasts of {week}, from {lag} weeks ahead";
    WEEK_OF: "哪一周", "Week";
    LAG: "最长提前期", "Longest lag";
    LAG_OF: "提前 {n} 周", "{n} weeks ahead";
    MAKE_VERSIONS: "重做这些版本", "Make these versions";
    MADE_ON: "数据日期", "Date of data";
    VERSION: "版本", "Version";
    CHANGE: "变化", "Change";
    MISS: "误差", "Error";
    LAG_SHORT: "−{n} 周", "−{n} wk";
    ACTUAL: "实际", "Actual";
    VERSIONS_ASK: "每个版本是一次完整的计划，只用当日已知的数据，约需几秒；做过的留着。", "Each version is a whole plan with only what was known on its date and takes some seconds; versions made are kept.";
    VERSIONS_BASIS: "这些是重做的版本，不是当时存下的：用当日以前的数据按现在的引擎重做，等于 ballast plan --as-of；不含人工调整，历史替换按现在的算。", "These are replays, not forecasts stored then: made again by today's engine with data up to their date, equal to ballast plan --as-of, without adjustments and with today's replacements of history.";
}
