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
    LEFT_OUT: "不计入", "left out";
    LEVEL: "水平", "Level";
    TREND: "趋势", "Trend";
    SEASON: "季节", "Season";
    LIFECYCLE: "停售与接替", "End and successor";
    ADJUSTMENT: "人工调整", "Adjustment";
    LEVEL_MEANS: "第一周的预测，去掉季节、活动和信号", "Forecast of the first week without season, events and signals";
    TREND_MEANS: "之后各周与水平的差", "How the weeks after it depart from the level";
    SEASON_MEANS: "模型还回去的季节系数", "The season that the model gives back";
    EVENTS_MEAN: "活动带来或减少的", "What events add or take";
    SIGNALS_MEAN: "信号法庭采信的信号带来或减少的", "What signals the court accepted add or take";
    LIFECYCLE_MEANS: "停售之后不再卖的，或从前代商品接来的", "What is no longer sold after an end of sale, or comes from goods before";
    ADJUSTMENT_MEANS: "人工改动", "Changed by hand";
    PARTS_BASIS: "预测 = 水平 × 趋势 × 季节 × 活动 × 信号，之后是停售、接替和人工调整。每一条是再乘一个系数所增加的件数，按此顺序；各条之和就是预测。去掉勾选，该流不计入以后各周，预测正好减少这一条；可撤销。", "Forecast = level × trend × season × events × signals, then ends of sale, successors and adjustments. A bar is what one more factor adds, in this order, so bars sum to the forecast. Untick a stream to leave it out of the weeks ahead: the forecast loses exactly its bar. Undo brings it back.";
}
