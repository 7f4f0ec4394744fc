//! Home (驾驶舱).

super::messages! {
    EMPTY_TITLE: "还没有数据", "No data yet";
    EMPTY_BODY: "放入库存导出和销售明细，这里显示断货率、周转、库龄和待办。", "Drop a stock export and sales history: stock-out rate, turns, ageing and work to do appear here.";
    GO_IMPORT: "去导入", "Go to import";
    OPEN_DEMO: "打开示例企业", "Open the demo company";
    DEMO_NAME: "母婴品牌 A", "Baby brand A";
    SIZE: "{skus} SKU × {sites} 仓 · {places} 项 · {channels} 渠道", "{skus} SKUs × {sites} sites · {places} items · {channels} channels";
    BASE_DAY: "基线日 {day}", "Baseline {day}";
    KPIS: "关键指标", "Key figures";
    STATUS: "库存状态", "Stock status";
    STATUS_CAPTION: "按交期内投影判定，每项只有一个状态 · 在库成本 {value}", "By projection over the lead time, one status an item · stock at cost {value}";
    WARM_COOL: "暖色 = 缺 · 冷色 = 多", "Warm = short · cool = long";
    ITEMS: "{n} 项", "{n} items";
    LOST_A_WEEK: "/周 缺货毛利损失", "margin lost a week";
    AT_RISK: "交期内风险毛利", "margin at risk";
    CANCELLABLE: "可取消在途", "orders to cancel";
    OVER: "超额库存", "excess stock";
    NEW_STOCK: "在库，满 8 周转策略", "in stock, first 8 weeks";
    IN_STOCK: "在库", "in stock";
    WORK: "待办", "Work to do";
    WORK_CAPTION: "前 {n} 项 · 先看金额", "Top {n} · by money";
    WORK_NONE: "没有待办", "Nothing to do";
    ORDER_OUT: "补货 {n} 项已断货", "Order {n} stocked-out items";
    ORDER_OUT_WHY: "每周损失毛利，先下单", "Margin is lost every week, order first";
    ORDER_RISK: "补货 {n} 项将断货", "Order {n} items at risk";
    ORDER_RISK_WHY: "交期内会断，今天下单还来得及一部分", "They run out within the lead time";
    CANCEL_SURPLUS: "核对 {n} 项在途过量", "Review {n} surplus orders";
    CANCEL_SURPLUS_WHY: "在途超出目标，可取消或推迟", "Open orders above target can be cancelled or moved";
    CLEAR_EXCESS: "处理 {n} 项积压", "Work off {n} excess items";
    CLEAR_EXCESS_WHY: "高于目标加一批，停止补货、清仓或调拨", "Above target and one lot: stop, clear or transfer";
    FILE_MISSING: "补上 {file}", "Add {file}";
    FILE_MISSING_WHY: "缺它就算不出：{kpi}", "Without it there is no {kpi}";
    UNAFFECTED: "其他面板不受影响。", "The other panels are fine.";
    OPENING: "正在生成示例企业", "Making the demo company";
}
