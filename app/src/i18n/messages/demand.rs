//! Demand (需求).

super::messages! {
    EMPTY_TITLE: "还没有销售历史", "No sales history yet";
    EMPTY_BODY: "放入销售明细（SKU、日期、数量），这里显示预测和区间。", "Drop sales history (SKU, date, quantity): forecasts and intervals appear here.";
}
