//! What undo and redo would do: one text for each label that a gesture is stored with.

super::messages! {
    CHANGE: "修改", "Change";
    WORKSPACE_CREATED: "新建工作区", "New workspace";
    IMPORT_APPLIED: "导入", "Import";
    KEYWORD_MAPPED: "关键词映射", "Keyword mapped";
    KEYWORD_UNMAPPED: "取消关键词映射", "Keyword unmapped";
    MAPPING_FORGOTTEN: "列对应作废", "Remembered columns dropped";
    ADJUSTED: "调整预测", "Forecast adjusted";
    ADJUSTMENT_REMOVED: "删除调整", "Adjustment removed";
    OUTLIER_ACCEPTED: "替换异常值", "Outlier replaced";
    OUTLIER_RESTORED: "恢复原值", "Original restored";
    STREAM_LEFT_OUT: "不计入一个需求流", "Stream left out";
    STREAM_COUNTS: "重新计入一个需求流", "Stream counts again";
    STOCKOUTS_AS_SOLD: "销量按原样当需求", "Sales taken for demand";
    STOCKOUTS_UNCENSORED: "还原断货", "Stock-outs uncensored";
    PRICE_PLANNED: "计划调价", "Price change planned";
    EVENT_MOVED: "调整活动日期", "Event moved";
    EVENT_MOVED_BACK: "恢复活动日期", "Event put back";
    PRICE_REMOVED: "删除调价", "Price change removed";
    NEW_ITEM: "新品加入计划", "New item planned";
    NEW_ITEM_REMOVED: "删除新品", "New item removed";
    IMPORT_UNDONE: "撤销导入", "Import taken back";
}
