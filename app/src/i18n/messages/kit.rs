//! Words the components say by themselves.

super::messages! {
    CLOSE: "关闭", "Close";
    UNDO: "撤销", "Undo";
    WORKING: "正在计算", "Working";
    DONE_OF: "{done} / {total}", "{done} of {total}";
}
