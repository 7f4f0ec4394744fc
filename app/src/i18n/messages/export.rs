//! Tables as files.

super::messages! {
    EXPORT: "导出", "Export";
    WORKBOOK: "工作簿 XLSX", "Workbook, XLSX";
    CSV: "文本 CSV", "Text, CSV";
    EXPORTED: "已导出 {file}：{rows} 行", "{file} saved: {rows} lines";
    ALL_TABLES: "当前视图的所有表格，每个一张工作表", "All tables of this view, a sheet each";
}
