//! Home (驾驶舱).

super::messages! {
    EMPTY_TITLE: "还没有数据", "No data yet";
    EMPTY_BODY: "放入库存导出和销售明细，这里显示断货率、周转、库龄和待办。", "Drop a stock export and sales history: stock-out rate, turns, ageing and work to do appear here.";
    GO_IMPORT: "去导入", "Go to import";
}
