//! Key figures by their id in the engine's registry.

super::messages! {
    STOCKOUT_RATE: "断货率", "Stock-out rate";
    TURNS: "周转次数", "Turns";
    TURNOVER_DAYS: "周转天数", "Turnover days";
    AGED_SHARE: "库龄 > 90 天", "Older than 90 d";
    OVERSTOCK_RATE: "积压率", "Overstock rate";
    BOOK_VARIANCE: "账实差异率", "Book variance";
    DAYS_OF_COVER: "可售天数", "Days of cover";
    MAPE: "MAPE · 提前 4 周", "MAPE, 4 wk";
    WAPE: "WAPE · 提前 4 周", "WAPE, 4 wk";
    BIAS: "偏差 · 提前 4 周", "Bias, 4 wk";
    PER_YEAR: "次/年", "a year";
    DAYS: "天", "days";
    NEEDS: "缺 {file}", "Needs {file}";
    UNIT: "单位", "Unit";
    TURNS_UNIT: "次/年", "turns a year";
    WINDOW: "区间", "Window";
    WINDOW_SPAN: "{from} 至 {to}", "{from} to {to}";
    WINDOW_NONE: "无日期", "no date";
    LINE: "曲线", "Line";
    LINE_KNOWN: "过去 13 周每周末的同一指标。基线 = {day} 的 {value}。", "The same figure at the end of each of the last 13 weeks. Baseline = {value} on {day}.";
    LINE_BY_MODEL: "过去 13 周每周末的同一指标，用今天选定的模型。基线 = {day} 的 {value}。", "The same figure at the end of each of the last 13 weeks, with the models chosen today. Baseline = {value} on {day}.";
    LINE_SHORT: "没有：文件要再往前多一个季度。", "None: the files would have to reach back a quarter further.";
    LINE_NEVER: "没有：只有当天的库存快照能算，过去没有留存。", "None: only today's picture tells it, the past is not kept.";
}
