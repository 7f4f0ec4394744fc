//! What a failed request is called; each message is found by the error's code.

super::messages! {
    OTHER: "出现未知错误", "Unknown error";
    BAD_MESSAGE: "页面和引擎的版本不一致，重新载入即可。", "Page and engine are of different versions. Reload the page.";
    CANCELLED: "已取消", "Cancelled";
    WORKER_CRASHED: "引擎停止后已重启，已保存的改动都在。", "The engine stopped and was restarted. Saved edits are all there.";
    NO_WORKSPACE: "还没有打开工作区", "No workspace is open";
    UNKNOWN_WORKSPACE: "没有这个工作区", "No such workspace";
    READ_ONLY: "另一个标签页正在编辑，这里只读。", "Another tab is editing. This one is read only.";
    STALE_LEADER: "编辑权已转到另一个标签页", "Another tab has taken over editing";
    NOTHING_TO_UNDO: "没有可撤销的改动", "Nothing to undo";
    COMMAND_REFUSED: "改动被拒绝：{reason}", "The edit was refused: {reason}";
    ALREADY_IMPORTED: "这个文件已经导入过", "This file has been imported before";
    UNKNOWN_BATCH: "没有这个导入批次", "No such import";
    CHUNK_CORRUPT: "存储损坏：{dataset} 校验不一致", "Storage damaged: {dataset} fails its check";
    CHUNK_MISSING: "存储缺失：{dataset} 的一块不见了", "Storage damaged: a part of {dataset} is gone";
    JOURNAL_BROKEN: "改动记录断开，停在第 {seq} 条", "The edit log breaks at entry {seq}";
    STORAGE_WIPED: "浏览器清空了这个工作区。这不是新安装，可用备份文件恢复。", "The browser wiped this workspace. This is not a fresh install: restore it from a backup file.";
    STORAGE_ROLLED_BACK: "存储退回到较早的状态，少了最近的改动。", "Storage went back to an earlier state. The latest edits are missing.";
    STORAGE_NEWER: "数据由更新的版本写入，这里只读，不会改动。", "The data was written by a newer version. It is read only here and stays unchanged.";
    STORAGE_UNAVAILABLE: "浏览器不给存储，改动只在内存里。", "The browser gives no storage. Edits live in memory only.";
    STORAGE_FULL: "存储空间已满，最近一次改动没有保存。", "Storage is full. The last edit was not saved.";
    STORAGE_BLOCKED: "另一个标签页占用着旧版存储，关闭它后继续。", "Another tab holds an older store. Close it to go on.";
    STORAGE_FAILED: "存储出错：{detail}", "Storage failed: {detail}";
    BAD_BACKUP: "不是压舱石备份文件：{reason}", "Not a Ballast backup: {reason}";
    ENGINE_REFUSED: "数据无法计算：{detail}", "The data cannot be planned: {detail}";
    NO_PLAN: "还没有计算结果", "Nothing computed yet";
    UNKNOWN_NAME: "数据里没有这个编码：{name}", "The data has no such code: {name}";
}
