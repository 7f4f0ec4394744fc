//! Data (数据与落地): import, quality, history of imports.

super::messages! {
    FIRST_TITLE: "从哪里开始", "Where to start";
    FIRST_DEMO: "打开示例企业", "Open the demo company";
    FIRST_DEMO_BODY: "母婴企业 A：约 2,000 个 SKU，8 个仓库，24 个月。由固定种子生成。", "Baby goods company A: about 2,000 SKUs, 8 warehouses, 24 months, made from a fixed seed.";
    FIRST_FILES: "放入我的文件", "Drop my files";
    FIRST_FILES_BODY: "库存导出、销售明细、采购单、盘点表", "Stock export, sales history, purchase orders, count sheets";
    STAYS: "文件只在这个浏览器里读取，不会上传", "Files are read in this browser only; nothing is uploaded";
    MY_COMPANY: "我的企业", "My company";
    DROP_HINT: "CSV、TSV 或 XLSX，可一次放入多个", "CSV, TSV or XLSX, several at once";
    DROP_TITLE: "导入文件", "Import files";

    TABLES: "现有数据", "Data at hand";
    TABLES_EMPTY: "还没有数据。放入文件后，每张表的行数显示在这里。", "No data yet. Drop files to see the rows of each table here.";
    TABLE: "表", "Table";
    ROWS: "行数", "Rows";
    DATASET_HASH: "数据指纹", "Dataset hash";
    PLAN_HASH: "计划指纹", "Plan hash";
    NO_PLAN: "还没有计划", "No plan yet";
    UNAFFECTED: "已有数据没有变化。", "Existing data did not change.";

    HISTORY: "导入记录", "Import history";
    HISTORY_EMPTY: "还没有导入。每次导入列在这里，可撤销。", "No import yet. Each one is listed here and can be undone.";
    TABLE_ROWS: "{table} {rows} 行", "{table} {rows} rows";
    TABLES_ROWS: "{tables} 张表，{rows} 行", "{tables} tables, {rows} rows";
    REFUSED_OF: "{read} 行中 {refused} 行没有导入", "{refused} of {read} rows not imported";
    UNDO_IMPORT: "撤销这次导入", "Undo this import";
    UNDO_IMPORT_OF: "撤销导入 {file}", "Undo the import of {file}";
    UNDONE: "已撤销导入 {file}", "Import of {file} undone";

    STEP_FILE: "读文件", "Read";
    STEP_MAPPING: "对应列", "Map columns";
    STEP_CHECK: "核对", "Check";
    FILES_LEFT: "之后还有 {n} 个文件", "{n} more files after this";
    READING: "正在读 {file}", "Reading {file}";
    STAGING: "正在导入 {file}", "Importing {file}";
    STAGED_ROWS: "{rows} 行，{bytes} / {total}", "{rows} rows, {bytes} of {total}";
    APPLYING: "正在保存", "Saving";
    STOP: "停止导入", "Stop the import";
    LEAVE: "放弃这个文件", "Leave this file out";
    BACK: "返回修改", "Back to the columns";
    NEXT: "读取全部行", "Read all rows";
    TRY_AGAIN: "重试", "Retry";

    PREVIEW: "文件内容", "File";
    ENCODING: "编码", "Encoding";
    SEPARATOR: "分隔符", "Separator";
    COMMA: "逗号", "Comma";
    SEMICOLON: "分号", "Semicolon";
    TAB: "制表符", "Tab";
    PIPE: "竖线", "Pipe";
    SHEET: "工作表", "Sheet";
    HEADER_LINE: "表头", "Header";
    LINE_NUMBER: "第 {n} 行", "Line {n}";
    REUSED: "沿用 {when} 导入 {file} 时的列对应", "Columns as confirmed for {file} on {when}";
    MAP_ANEW: "重新对应", "Map anew";

    MAPPING: "列对应", "Columns";
    MAPPING_NOTE: "{n} 列", "{n} columns";
    INTO_TABLE: "导入到表", "Into table";
    SOURCE_COLUMN: "文件的列", "Column in the file";
    SAMPLE: "示例值", "Sample";
    TARGET: "对应到", "Goes to";
    CONFIDENCE: "把握", "Confidence";
    SURE: "确定", "Sure";
    LIKELY: "很可能", "Likely";
    UNSURE: "待核对", "To check";
    UNKNOWN: "未识别", "Not recognised";
    TARGET_OF: "{header} 对应到", "Target of {header}";
    REQUIRED: "{column}（必需）", "{column} (required)";
    AS_DOCUMENT: "单据号", "Document number";
    AS_SKU_NAME: "商品名称", "SKU name";
    AS_SKU_CATEGORY: "商品类目", "SKU category";
    AS_METRIC: "指标 {metric}，每格一行", "Metric {metric}, a row for each cell";
    AS_ATTRIBUTE: "作为属性保留", "Keep as an attribute";
    AS_IGNORED: "不读取", "Do not read";

    QUESTIONS: "需要决定", "To decide";
    RULES: "读取规则", "How it is read";
    UNAMBIGUOUS: "没有歧义", "Unambiguous";
    QUESTION_TABLE: "看不出这是哪张表。在「列对应」里选一张。", "No table fits this file. Choose one under Columns.";
    QUESTION_MISSING: "缺{column}：选一列，或填一个对所有行相同的值", "{column} is missing: choose a column, or type one value for all rows";
    VALUE_FOR_ALL: "{column}，所有行相同", "{column}, the same for all rows";
    DECIMAL_MARK: "小数点写法", "Decimal mark";
    DECIMAL_EXAMPLE: "小数点写法，例如 {example}", "Decimal mark, as in {example}";
    MARK_UNDECLARED: "未决定", "Not decided";
    MARK_POINT: "1,234.5", "1,234.5";
    MARK_COMMA: "1.234,5", "1.234,5";
    DATE_ORDER: "日期写法", "Date order";
    DATE_EXAMPLE: "日期写法，例如 {example}", "Date order, as in {example}";
    DAY_FIRST: "日/月/年", "Day/month/year";
    MONTH_FIRST: "月/日/年", "Month/day/year";
    SERIAL_1900: "表格序列号（1900）", "Serial number (1900)";
    SERIAL_1904: "表格序列号（1904）", "Serial number (1904)";
    WORD_MEANS: "{column} 里的 {word} 指", "{word} in {column} means";
    SUM_DUPLICATES: "同一主键的行相加，否则只保留第一行", "Add up rows of the same key instead of keeping the first";
    RETURNS_NEGATIVE: "负数量归入退货", "Negative quantities become returns";
    ASIDE_UNPRICED: "没有价格的行单独列出", "Set lines without a price aside";
    REVENUE_FROM_PRICE: "销售额按数量乘单价计算", "Revenue is quantity times price";

    TOTALS: "总数核对", "Totals check";
    TOTALS_NOTE: "{file} · {rows} 行 · {seconds} 秒", "{file} · {rows} rows · {seconds} s";
    GROUP: "去向", "Where it went";
    QUANTITY: "数量", "Quantity";
    VALUE: "金额", "Value";
    IN_FILE: "文件", "File";
    LOADED: "导入", "Loaded";
    RETURNED: "归入退货", "Returns";
    SET_ASIDE: "单独列出", "Set aside";
    REFUSED: "拒绝", "Refused";
    DIFFERENCE: "差额", "Difference";
    BALANCED: "每一行都有去向：{file} = {loaded} + {returns} + {aside} + {refused}", "Every row is accounted for: {file} = {loaded} + {returns} + {aside} + {refused}";
    UNBALANCED: "总数对不上，不能导入。已有数据没有变化。", "The totals do not match, so nothing is imported. Existing data did not change.";
    UNREADABLE: "数量无法识别、不在合计里的行：{n}", "Rows with an unreadable quantity, in no sum: {n}";
    NOTES: "说明", "Notes";

    CHECKS: "跨表检查", "Checks across tables";
    CHECKS_NONE: "各表之间没有发现矛盾", "The tables do not contradict each other";
    CHECKS_COUNT: "{n} 项", "{n} found";
    CHECKS_SOME: "共 {n} 项，显示前 {few} 项", "{n} found, the first {few} shown";

    NOT_ENTERED: "没有导入的行", "Rows not imported";
    NOT_ENTERED_NONE: "全部行都已读入", "Every row was read";
    NOT_ENTERED_NOTE: "{n} 行，其余 {rest} 行不受影响", "{n} rows; the other {rest} are fine";
    FIRST_SHOWN: "显示前 {n} 行，全部在报告里", "The first {n}; all are in the report";
    LINE: "行", "Line";
    COLUMN: "列", "Column";
    REASON: "原因", "Reason";
    LEFT_OVER: "下载这些行", "Download these rows";
    LEFT_OVER_HINT: "原样的行加上原因：改好后再导入", "The rows as they stand, with reasons: correct and import them";
    LEFT_OVER_FILE: "{file}_待改.csv", "{file}_to_correct.csv";
    REPORT: "下载报告", "Download the report";
    REPORT_FILE: "{file}_拒绝的行.csv", "{file}_refused_rows.csv";
    APPLY: "导入 {rows} 行", "Import {rows} rows";
    NOTHING_TO_APPLY: "没有可导入的行", "No row to import";
    APPLIED: "已导入 {file}：{rows} 行", "{file} imported: {rows} rows";
}
