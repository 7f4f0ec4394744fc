//! The frame around the screens: rail, header, search, shortcuts.

super::messages! {
    PRODUCT: "压舱石", "Ballast";
    HOME: "驾驶舱", "Home";
    DEMAND: "需求", "Demand";
    INVENTORY: "库存", "Inventory";
    REPLENISH: "补货", "Replenish";
    DATA: "数据与落地", "Data";
    SETTINGS: "设置", "Settings";
    KIT: "组件", "Components";
    PLACES: "主导航", "Places";
    SKIP: "跳到正文", "Skip to content";
    PAGE_TITLE: "{screen} · 压舱石", "{screen} · Ballast";
    UPDATE_READY: "新版本已下载，换上后页面会重新载入一次。", "A newer version is ready; the page reloads once when it takes over.";
    UPDATE: "换上新版本", "Switch to it";
    UPDATE_HINT: "没有任务在运行时才能换", "Possible while no task runs";
    NO_SUCH_PAGE: "没有这个页面，已回到驾驶舱", "No such page, back at Home";

    ENGINE: "引擎 {version}", "Engine {version}";
    STORAGE_USED: "存储 {used} / {quota}", "{used} of {quota} used";
    DATA_STAYS: "数据不出本机", "Data stays here";

    NO_WORKSPACE: "未打开工作区", "No workspace";
    AS_OF: "数据日期 {day}", "As of {day}";
    NO_AS_OF: "无数据日期", "No date";
    FRESHNESS: "结果新鲜度", "Freshness of results";
    PLAN: "计划", "Plan";
    FRESH: "最新", "up to date";
    STALE: "已过期", "stale";
    NOT_YET: "还没有", "none yet";
    RUNNING: "计算中", "running";
    SEARCH: "搜索 SKU、单据、指标、动作", "Search SKU, document, metric, action";
    UNDO: "撤销", "Undo";
    REDO: "重做", "Redo";
    UNDO_WHAT: "撤销：{what}", "Undo: {what}";
    REDO_WHAT: "重做：{what}", "Redo: {what}";
    LANGUAGE: "语言", "Language";
    OFFLINE_READY: "离线可用", "Offline ready";
    OFFLINE: "离线中", "Offline";
    SAVED: "已保存", "Saved";
    SAVING: "正在保存", "Saving";
    NOT_SAVED: "未保存", "Not saved";
    MEMORY_ONLY: "仅在内存", "In memory only";
    READ_ONLY: "只读", "Read only";
    OPENING: "打开工作区", "Opening the workspace";
    PLANNING: "计算计划", "Planning";
    TASKS: "{n} 项任务", "{n} tasks";
    TASKS_RUNNING: "进行中的任务", "Tasks running";
    CANCEL_TASK: "取消 {what}", "Cancel {what}";

    GROUP_PLACES: "页面", "Places";
    GROUP_ACTIONS: "动作", "Actions";
    GROUP_FOUND: "结果", "Results";
    GO_TO: "打开{screen}", "Go to {screen}";
    LIGHT_THEME: "浅色主题", "Light theme";
    DARK_THEME: "深色主题", "Dark theme";
    SWITCH_LANGUAGE: "切换到英文", "Switch to Chinese";
    SHORTCUTS: "键盘快捷键", "Keyboard shortcuts";
    KEYS_EVERYWHERE: "全局", "Everywhere";
    KEYS_GRID: "表格", "Grid";
    KEYS_CHART: "图表", "Chart";
    KEY_SEARCH: "搜索与命令", "Search and commands";
    KEY_PLACES: "打开页面", "Open a place";
    KEY_HELP: "快捷键列表", "This list";
    KEY_CLOSE: "关闭面板", "Close a panel";
    KEY_MOVE: "移动", "Move";
    KEY_EDGE: "行首与行尾", "Row start and end";
    KEY_JUMP: "到边缘", "To the edge";
    KEY_RANGE: "选一片", "Select a range";
    KEY_COPY: "复制为表格", "Copy as a table";
    KEY_OPEN: "打开或编辑", "Open or edit";
    KEY_TICK: "勾选行", "Tick the row";
    KEY_STEP: "逐点读数", "Step through points";
    KEY_TABLE: "看成表格", "Show as a table";
    KEY_RESET: "复位缩放", "Reset zoom";
}
