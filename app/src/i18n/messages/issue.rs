//! Why a row or a file was not read: one text for each code of `engine::issue::Code`.

super::messages! {
    E_BAD_NUMBER: "不是数字：{value}", "Not a number: {value}";
    E_AMBIGUOUS_NUMBER: "数字有两种读法：{value}", "Number reads two ways: {value}";
    E_NUMBER_RANGE: "数字超出范围：{value}", "Number out of range: {value}";
    E_BAD_DATE: "不是日期：{value}", "Not a date: {value}";
    E_AMBIGUOUS_DATE: "日期有两种读法：{value}", "Date reads two ways: {value}";
    E_UNKNOWN_CHOICE: "不认识的取值：{value}", "Unknown word: {value}";
    E_NEGATIVE: "不能为负：{value}", "Below zero: {value}";
    E_MISSING_VALUE: "缺{column}", "No value for {column}";
    E_MISSING_COLUMN: "文件里没有必需的列：{column}", "The file lacks a required column: {column}";
    E_DUPLICATE_KEY: "与第 {first_line} 行主键相同", "Same key as line {first_line}";
    E_REPEATED_KEY: "之前的文件里已有：{value}", "An earlier file has this key: {value}";
    E_TOO_MANY_COLUMNS: "这一行 {found} 格，表头 {expected} 格", "{found} cells, the header has {expected}";
    E_TOO_FEW_COLUMNS: "这一行只有 {found} 格，表头 {expected} 格", "Only {found} cells, the header has {expected}";
    E_TOO_LONG: "超过 {limit} 个字符：{value}", "Longer than {limit} characters: {value}";
    E_DUPLICATE_COLUMN: "表头重复：{column}", "Header stands twice: {column}";
    E_ENCODING: "无法按 {encoding} 解读", "Cannot be read as {encoding}";
    E_ENCODING_LOST: "文字在导入之前已转换错误：{value}", "The text was converted wrongly before: {value}";
    E_ENCODING_NONE: "不是任何已知编码的文本", "Not text in any known encoding";
    E_QUOTING: "引号没有闭合，或一行超过 {limit} 字节", "A quote never closes, or a row is longer than {limit} bytes";
    E_UNKNOWN_TABLE: "看不出是哪张表：{value}", "No table fits this file: {value}";
    E_EMPTY_FILE: "文件里没有数据行", "The file holds no rows";
    E_FILE_LIMIT: "文件超过上限：{limit}", "The file is past the limit: {limit}";
    E_WORKBOOK: "无法作为工作簿打开。在表格软件中另存为不加密的 XLSX", "Cannot be opened as a workbook. Save it as XLSX without a password";
    E_EXPECTED_BUCKET: "在途货物由采购单提供：{value}", "Expected goods come from open orders: {value}";
    E_LOST_DIGITS: "超过 15 位的数字，表格软件已丢失末位：{value}", "More than 15 digits, the spreadsheet lost the last ones: {value}";
    W_UNKNOWN_CODE: "主数据里没有{column}：{value}", "{column} not in the masters: {value}";
    W_AGGREGATED: "{count} 行按主键合并求和", "{count} rows summed into their key";
    W_ROUTED: "{count} 行归入{table}", "{count} rows went to {table}";
    W_SET_ASIDE: "{count} 行单独列出：价格不大于零", "{count} rows set aside: price not above zero";
    W_NOT_DEMAND: "单独列出，价格不大于零：{value}", "Set aside, price not above zero: {value}";
    W_IGNORED_COLUMN: "不读取的列：{column}", "Column not read: {column}";
    W_UNKNOWN_COLUMN: "未识别的列，作为属性保留：{column}", "Unknown column, kept as an attribute: {column}";
    W_NO_SERVES: "没有覆盖关系表：全部需求归 {warehouse}", "No table of who serves whom: all demand goes to {warehouse}";
    W_DEFAULT_LEAD_TIME: "没有提前期：按 14 天、标准差 4 天、订货周期 7 天", "No lead time: 14 days, deviation 4 days, review 7 days";
    W_FEW_ORIGINS: "回测起点少于 12 个：改用模型方差", "Fewer than 12 backtest origins: model variance used";
    E_BAD_SCOPE: "范围只能是 category、channel、region、sku，如 category=a;channel in (b,c)：{value}", "A scope is of category, channel, region or sku, as category=a;channel in (b,c): {value}";
    W_UNKNOWN_SCOPE: "没有叫 {code} 的范围，这一行不起作用：{value}", "Nothing is called {code}, so the row does nothing: {value}";
    W_REPLACED: "替换了较早文件的同键行：{value}", "Replaces the row of an earlier file: {value}";
}
