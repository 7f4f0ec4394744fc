//! Words of the charts: legends, readouts, summaries.

super::messages! {
    AS_TABLE: "看成表格", "Show as table";
    SAVE_PICTURE: "存为图片", "Save picture";
    RESET_ZOOM: "复位缩放", "Reset zoom";
    ROLE: "图表", "chart";
    BUCKET: "期间", "Period";
    STEP_HINT: "左右键逐点读数，T 看成表格", "Left and right step through points, T shows the table";
    HISTORY: "历史", "History";
    FORECAST: "预测", "Forecast";
    BAND: "{level}%", "{level} %";
    EMPTY: "没有可画的点", "Nothing to draw";
    SUMMARY: "{name}：{n} 个期间，最低 {min}（{min_at}），最高 {max}（{max_at}），最后 {last}。", "{name}: {n} periods, lowest {min} ({min_at}), highest {max} ({max_at}), last {last}.";
    SUMMARY_FORECAST: "预测 {n} 个期间，最高 {max}（{max_at}）。", "Forecast of {n} periods, highest {max} ({max_at}).";
    SUMMARY_PARTS: "{name}：{n} 段，合计 {total}，最大 {max}（{max_at}）。", "{name}: {n} parts, total {total}, largest {max} ({max_at}).";
    LAST_YEAR: "去年", "Last year";
    STATISTICAL: "统计预测", "Statistical";
    UNCENSORED: "还原断货", "Uncensored";
    AVAILABLE: "可用", "Available";
    POSITION: "位势", "Position";
    WITHOUT_ORDER: "不下单", "Without this order";
    RECEIPTS_OPEN: "在途", "On order";
    RECEIPTS_ORDER: "本单", "This order";
    RECEIPTS_PLANNED: "计划", "Planned";
    TARGET: "目标", "Target";
    SAFETY: "安全", "Safety";
}
