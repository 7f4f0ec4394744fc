//! Data (数据与落地): import, quality, history of imports.

super::messages! {
    EMPTY_TITLE: "还没有导入", "Nothing imported yet";
    EMPTY_BODY: "接受 CSV 和 XLSX：库存导出、销售明细、采购单、盘点表。", "CSV and XLSX are read: stock exports, sales history, purchase orders, count sheets.";
}
