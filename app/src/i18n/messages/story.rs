//! The story page of the components: headings and sample words.

super::messages! {
    COLOURS: "颜色", "Colour";
    TYPE: "字号", "Type";
    BUTTONS: "按钮", "Buttons";
    CHOICES: "分段、页签、选择", "Segments, tabs, choices";
    FIELDS: "输入", "Fields";
    WORDS: "状态词：形状 + 颜色；闸；精度；变化", "Status words: shape + colour; gate; precision; change";
    STATES: "空 / 进行 / 出错", "Empty / working / error";
    PANELS: "提示、对话框、抽屉、浮层", "Toast, dialog, drawer, popover";
    FIGURES: "指标", "Key figures";
    STEPS: "步骤与文件", "Steps and files";
    ICON_SET: "图标", "Icons";
    TABLE: "表格", "Grid";

    APPROVE: "批准", "Approve";
    EDIT: "改数量", "Edit";
    SKIP: "跳过", "Skip";
    VOID: "作废", "Void";
    DISABLED: "不可用", "Disabled";
    DAY: "日", "Day";
    WEEK: "周", "Week";
    MONTH: "月", "Month";
    FORECAST: "预测", "Forecast";
    FACTORS: "因子", "Factors";
    ACCURACY: "准确度", "Accuracy";
    ORDER_QTY: "建议量", "Order quantity";
    SERVICE: "服务水平", "Service level";
    RULE_FIELD: "再订货点", "Reorder point";
    RULE: "规则 R7", "Rule R7";
    UNITS: "件", "units";
    NEGATIVE: "数量不能为负。要退供请用「退供单」。", "Quantity cannot be negative. Use a supplier return.";
    WAREHOUSE: "仓库", "Warehouse";
    EAST: "华东仓", "East China";
    SOUTH: "华南仓", "South China";
    ONLY_RISK: "只看缺货风险", "Only at risk";

    STOCK_OUT_RATE: "断货率", "Stock-out rate";
    TURNS: "周转次数", "Turns";
    CASH_LOW: "现金最低点", "Cash low";
    VARIANCE: "账实差异率", "Book difference";
    PER_YEAR: "次/年", "a year";
    TEN_THOUSAND: "万元", "¥10K";
    NEEDS_COUNT: "缺盘点表", "Needs a count file";

    EMPTY_TITLE: "还没有盘点数据", "No stock counts yet";
    EMPTY_BODY: "放入盘点表，才能算账实差异。", "Drop a count file to get book–physical difference.";
    SAMPLE: "下载样例", "Sample";
    WORKING_TITLE: "正在重算 1,204 行", "Recomputing 1,204 lines";
    FAILED_TITLE: "有 7 行没有导入", "7 rows not imported";
    FAILED_BODY: "日期无法识别。其余 41,201 行不受影响。", "Unreadable dates. The other 41,201 rows are fine.";
    FIX: "修这 7 行", "Fix 7 rows";
    TOAST: "已批准 3 行，50.0 万", "Approved 3 lines, ¥500K";
    SHOW_TOAST: "显示提示", "Show toast";
    DIALOG_TITLE: "冲销凭证 JV-0512-018？", "Reverse entry JV-0512-018?";
    DIALOG_BODY: "原凭证保留，新增一张反向凭证。影响库存科目 ¥18,640。", "The entry stays; a reversing entry is added. Stock account changes by ¥18,640.";
    REVERSE: "冲销", "Reverse";
    BACK: "返回", "Back";
    OPEN_DRAWER: "打开抽屉", "Open drawer";
    FILTER: "筛选", "Filter";
    IN_MEMORY: "浏览器不给存储空间，改动只留到关闭页面。", "This browser gives no storage. Edits last until the page closes.";
    EXPORT: "导出备份", "Export a backup";
    STEP_FILES: "选文件", "Files";
    STEP_COLUMNS: "对列", "Columns";
    STEP_CHECK: "核对", "Check";
    FILE_HINT: "CSV、XLSX，最大 200 MB", "CSV, XLSX, up to 200 MB";
    WIPES: "婴儿湿巾 80抽×24", "Baby wipes 80×24";

    STATUS: "状态", "Status";
    ITEM: "商品与理由", "Item and reason";
    REASON: "位势低于目标，06-08 转负", "Position below target, negative on 8 Jun";
    COVER: "覆盖 前→后", "Cover before→after";
    DAYS: "天", "days";
    GATE: "安全闸", "Gate";
    TOTAL: "合计", "Total";
    DIAPERS: "纸尿裤 L 54片", "Diapers L 54";
    MAT: "爬行垫 XPE", "Play mat XPE";
    MONEY: "金额", "Money";
}
