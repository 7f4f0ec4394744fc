//! The approval gate on the list of proposals.

super::messages! {
    GATE: "安全闸", "Approval gate";
    FILTER: "按安全闸筛选", "Filter by the gate";
    AUTO: "放行", "Passes";
    MANUAL: "需人工确认", "Needs a person";
    BLOCK: "需两人确认", "Needs two people";
    LOAD: "{lines} 行中 {people} 行需人工确认，占金额 {share}", "{people} of {lines} lines need a person, {share} of value";
    APPROVE_PASSING: "批准放行的 {n} 行", "Approve the {n} that pass";
    APPROVED_PASSING: "已批准放行的 {n} 行", "{n} passing lines approved";
    AND: "，", ", ";
    BECAUSE: "{decision}：{reasons}", "{decision}: {reasons}";
    VALUE: "金额超过品类上限", "value above the category's limit";
    COVER: "补货后库存撑得过久", "stock would last too long";
    RATIO: "远大于平均订单", "large against the average order";
    NO_HISTORY: "没有可比的订单或误差", "no order or error to compare with";
    LOW_CONFIDENCE: "预测误差大", "forecast is often wrong";
    SIGNAL: "热度、投放或线索占订单较大部分", "heat, campaigns or leads bring a good part";
}
