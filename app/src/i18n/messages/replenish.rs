//! Replenishment (库存 > 补货).

super::messages! {
    EMPTY_TITLE: "还没有补货建议", "No proposals yet";
    EMPTY_BODY: "放入库存导出和销售明细，这里逐行给出建议量和理由。", "Drop a stock export and sales history: proposals with reasons appear here.";
}
