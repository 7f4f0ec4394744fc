//! Settings (设置).

super::messages! {
    LOOK: "外观", "Look";
    LOOK_NOTE: "只影响这个浏览器", "For this browser only";
    THEME: "主题", "Theme";
    THEME_SYSTEM: "随系统", "System";
    THEME_LIGHT: "浅色", "Light";
    THEME_DARK: "深色", "Dark";
    DENSITY: "密度", "Density";
    COMPACT: "紧凑", "Compact";
    DEFAULT: "默认", "Default";
    COMFORTABLE: "宽松", "Comfortable";
    LANGUAGE: "语言", "Language";

    STORAGE: "存储", "Storage";
    STORAGE_NONE: "打开工作区后，这里显示保存状态和备份。", "Open a workspace to see how it is stored and backed up.";
    MODE: "修改写到", "Changes go to";
    MODE_WRITER: "这个浏览器，由本标签页写入", "This browser, written by this tab";
    MODE_FOLLOWER: "只读，另一个标签页在写入", "Read only, another tab writes";
    MODE_NEWER: "只读，数据由更新的版本写入", "Read only, written by a newer version";
    MODE_MEMORY: "仅内存，关闭页面后丢失", "Memory only, lost when the page closes";
    EVICTION: "浏览器清理", "Eviction";
    EVICTION_NO: "浏览器不会自行清理", "The browser will not evict it";
    EVICTION_MAY: "空间不足时浏览器可能清理", "The browser may evict it when space is short";
    EVICTION_UNKNOWN: "浏览器没有说明", "The browser does not say";
    KEEP: "要求保留", "Ask to keep";
    SAVED_SEQ: "已保存的操作", "Saved changes";
    SAVED_TO: "第 {seq} 号", "Number {seq}";
    SAVING_BEHIND: "第 {seq} 号，另有 {n} 个正在保存", "Number {seq}, {n} more being saved";
    BYTES: "占用", "Space";
    BYTES_OF: "{used}，上限 {quota}", "{used} of {quota}";
    INTEGRITY: "完整性", "Integrity";
    HEALTH_GOOD: "全部校验通过", "Everything verified";
    HEALTH_WIPED: "存储被清空，曾保存到第 {seq} 号操作", "Emptied; it once held change {seq}";
    HEALTH_ROLLED_BACK: "存储只到第 {found} 号，曾保存到第 {seq} 号", "Holds change {found}, once held {seq}";
    HEALTH_FORKED: "从第 {seq} 号起与已确认的记录不同", "Differs from what was confirmed at change {seq}";
    HEALTH_DAMAGED: "损坏的数据：{names}", "Damaged: {names}";
    ACCEPT_LOSS: "接受现状并继续", "Go on with what is left";
    LAST_BACKUP: "上次备份", "Last backup";
    BACKUP_NEVER: "还没有离开这台电脑的副本", "No copy outside this browser yet";
    BACKUP_CURRENT: "{when}，包含全部修改", "{when}, holds every change";
    BACKUP_BEHIND: "{when}，之后有 {n} 个修改", "{when}, {n} changes since";
    RETRY_UNAFFECTED: "数据没有变化。", "No data changed.";

    BACKUP: "备份", "Backup";
    BACKUP_NOTE: "一个文件包含整个工作区", "One file holds the whole workspace";
    BACKUP_OUT: "导出备份", "Save a backup";
    BACKUP_SAVED: "已导出 {file}", "Saved {file}";
    BACKUP_REFUSED: "浏览器拒绝保存文件", "The browser refused to save the file";
    BACKUP_IN: "放入 .ballast 备份文件，另存为一个工作区", "Drop a .ballast file to restore it as a workspace";

    WORKSPACES: "工作区", "Workspaces";
    NO_WORKSPACES: "还没有工作区", "No workspace yet";
    NO_WORKSPACES_BODY: "新建一个，打开示例企业，或放入备份文件。", "Make one, open the demo company, or drop a backup file.";
    UNNAMED: "未命名", "Unnamed";
    OPEN_NOW: "已打开", "Open";
    OPEN: "打开", "Open";
    OPEN_ONE: "打开 {name}", "Open {name}";
    DELETE: "删除", "Delete";
    DELETE_ONE: "删除 {name}", "Delete {name}";
    DELETE_TITLE: "删除工作区 {name}", "Delete workspace {name}";
    DELETE_BODY: "数据、计划和操作记录会从这个浏览器中清除，无法撤销。先导出备份可保留副本。", "Its data, plan and history are removed from this browser. This cannot be undone; a backup keeps a copy.";
    SAVED_AT: "保存于 {when}", "Saved {when}";
    LOST: "存储与记录不符", "Storage does not match its record";
    NEW_NAME: "新工作区名称", "Name of the new workspace";
    NEW: "新建", "New workspace";
    OPEN_DEMO: "打开示例企业 A", "Open demo company A";
    DEMO_NAME: "示例企业 A（母婴）", "Demo company A (baby goods)";
}
