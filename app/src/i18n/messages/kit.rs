//! Words the components say by themselves.

super::messages! {
    CLOSE: "关闭", "Close";
    CANCEL: "取消", "Cancel";
    FAILED: "没有完成", "Not done";
    RETRY: "重试", "Retry";
    UNDO: "撤销", "Undo";
    LOADING: "正在载入", "Loading";
    WORKING: "正在计算", "Working";
    DONE_OF: "{done} / {total}", "{done} of {total}";
    NO_MATCH: "没有匹配项", "No match";
    STEP: "第 {n} 步，共 {all} 步", "Step {n} of {all}";
    STEP_DONE: "已完成", "done";
    DROP: "把文件放到这里", "Drop files here";
    CHOOSE: "选文件", "Choose files";
    NOT_A_NUMBER: "不是数字", "Not a number";
    BASELINE: "基线 {value}", "Base {value}";
    TARGET: "目标", "Target";
    BETTER: "变好", "better";
    WORSE: "变差", "worse";

    STOCKED_OUT: "已断货", "Stocked out";
    POTENTIAL_STOCK_OUT: "将断货", "At risk";
    SURPLUS_ORDERS: "在途过量", "Surplus orders";
    EXCESS: "积压", "Excess";
    NEW: "新品", "New";
    OK: "正常", "OK";
    GATE_WAITING: "待确认", "Waiting";
    GATE_RELEASED: "已放行", "Released";
    GATE_REJECTED: "已拒绝", "Rejected";
    GATE_SNOOZED: "已推迟", "Snoozed";
    GATE_NONE: "不补货", "No order";
    URGENT: "紧急", "Urgent";
    MUST: "必办", "Must do";
    OPTIONAL: "可选", "Optional";
    NOTE: "知悉", "Note";
    APPROXIMATE: "近似", "Approx.";
    APPROXIMATE_OF: "近似 · {n} 个 SKU", "Approx. · {n} SKUs";
    EXACT: "精确", "Exact";
    COVER: "覆盖 {before} 天，之后 {after} 天，策略 {policy} 天", "Cover {before} days, after {after} days, policy {policy} days";

    GRID_ROWS: "{n} 行", "{n} rows";
    GRID_SELECTED: "已选 {n} 行", "{n} rows selected";
    GRID_COPIED: "已复制 {rows} 行 × {columns} 列", "Copied {rows} rows × {columns} columns";
    GRID_PICK_ROW: "选中这一行", "Select this row";
    GRID_PICK_ALL: "选中全部行", "Select all rows";
    GRID_EMPTY: "没有符合条件的行", "No rows match";
}
