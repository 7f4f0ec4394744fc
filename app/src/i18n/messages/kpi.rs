//! Key figures by their id in the engine's registry.

super::messages! {
    STOCKOUT_RATE: "断货率", "Stock-out rate";
    TURNS: "周转次数", "Turns";
    TURNOVER_DAYS: "周转天数", "Turnover days";
    AGED_SHARE: "库龄 > 90 天", "Older than 90 d";
    OVERSTOCK_RATE: "积压率", "Overstock rate";
    BOOK_VARIANCE: "账实差异率", "Book difference";
    DAYS_OF_COVER: "可售天数", "Days of cover";
    MAPE: "MAPE · 提前 4 周", "MAPE, 4 weeks ahead";
    WAPE: "WAPE · 提前 4 周", "WAPE, 4 weeks ahead";
    BIAS: "偏差 · 提前 4 周", "Bias, 4 weeks ahead";
    PER_YEAR: "次/年", "a year";
    DAYS: "天", "days";
    NEEDS: "缺 {file}", "Needs {file}";
}
