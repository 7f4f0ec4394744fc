//! What the workers report as failed: one text for each code of `protocol::Code`.

super::messages! {
    BAD_MESSAGE: "页面与引擎版本不一致。数据未改动。刷新页面后重试。", "Page and engine are of different versions. No data changed. Reload the page.";
    CANCELLED: "已取消", "Cancelled";
    WORKER_CRASHED: "引擎停止了，已重新启动。已保存的修改没有丢失。", "The engine stopped and was started again. Saved changes are safe.";
    NO_WORKSPACE: "没有打开的工作区", "No workspace is open";
    UNKNOWN_WORKSPACE: "找不到这个工作区", "No such workspace";
    READ_ONLY: "另一个标签页正在写入，这里只读", "Another tab writes to this workspace; this one only reads";
    STALE_LEADER: "另一个标签页接管了写入。这次修改没有保存。", "Another tab took over. This change was not saved.";
    NOTHING_TO_UNDO: "没有可撤销的操作", "Nothing to undo";
    COMMAND_REFUSED: "这个操作与当前数据不符，没有执行", "The change does not fit the data and was not made";
    ALREADY_IMPORTED: "这个文件已经导入过，数据没有变化", "This file was imported before; the data did not change";
    UNKNOWN_BATCH: "暂存的导入已失效。重新选择文件。", "The staged import is gone. Choose the file again.";
    CHUNK_CORRUPT: "一块已存数据与校验值不符。其余数据不受影响。", "A stored block does not match its hash. The other data is fine.";
    CHUNK_MISSING: "一块已存数据丢失。其余数据不受影响。", "A stored block is gone. The other data is fine.";
    JOURNAL_BROKEN: "操作日志不连续。断点之前的修改仍在。", "The journal has a gap. Changes before it are still here.";
    STORAGE_WIPED: "浏览器清空了这个工作区的存储", "The browser emptied the storage of this workspace";
    STORAGE_ROLLED_BACK: "存储回到了较早的状态", "The storage went back to an earlier state";
    STORAGE_NEWER: "数据由更新的版本写入。数据完好，刷新到新版后可打开。", "The data was written by a newer version. It is intact; reload to get that version.";
    STORAGE_UNAVAILABLE: "浏览器不提供存储。修改仅保留在内存中。", "The browser gives no storage. Changes stay in memory only.";
    STORAGE_FULL: "存储空间已满。这次修改没有保存。", "The storage is full. This change was not saved.";
    STORAGE_BLOCKED: "另一个标签页占用了旧版存储。关闭它后重试。", "Another tab holds the older storage open. Close it and retry.";
    STORAGE_FAILED: "写入存储失败。这次修改没有保存。", "Writing to storage failed. This change was not saved.";
    BAD_BACKUP: "这不是完好的压舱石备份文件。现有工作区没有变化。", "This is not an intact Ballast backup. Existing workspaces did not change.";
    ENGINE_REFUSED: "引擎拒绝了这份数据。现有数据没有变化。", "The engine refused this data. Existing data did not change.";
    NO_PLAN: "还没有计划结果", "No plan yet";
    UNKNOWN_NAME: "数据里没有这个名称", "The data has no such name";
    FILE_UNREADABLE: "文件无法读取。现有数据没有变化。", "The file cannot be read. Existing data did not change.";
    EXPORT_FAILED: "导出失败。现有数据没有变化。", "The export failed. Existing data did not change.";
    ENGINE_AWAY: "这个功能所需的引擎部件没有取到。数据没有变化。连上服务器后再试。", "The part of the engine for this could not be fetched. No data changed. Try again once the server can be reached.";
}
