//! The list of keys that the frame, the grids and the charts answer to.

use crate::i18n::messages::shell;
use crate::state::Commands;
use crate::ui::{ShortcutGroup, ShortcutHelp};
use leptos::prelude::*;

#[component]
pub(super) fn Help() -> impl IntoView {
    let commands = Commands::here();
    let groups = vec![
        ShortcutGroup {
            title: shell::KEYS_EVERYWHERE.into(),
            keys: vec![
                ("Ctrl K", shell::KEY_SEARCH.into()),
                ("Ctrl Z", shell::UNDO.into()),
                ("Ctrl Shift Z", shell::REDO.into()),
                ("1 … 0", shell::KEY_PLACES.into()),
                ("?", shell::KEY_HELP.into()),
                ("Esc", shell::KEY_CLOSE.into()),
            ],
        },
        ShortcutGroup {
            title: shell::KEYS_GRID.into(),
            keys: vec![
                ("↑ ↓ ← →", shell::KEY_MOVE.into()),
                ("Home End", shell::KEY_EDGE.into()),
                ("Ctrl ↑ ↓ ← →", shell::KEY_JUMP.into()),
                ("Shift ↑ ↓ ← →", shell::KEY_RANGE.into()),
                ("Ctrl C", shell::KEY_COPY.into()),
                ("Enter F2", shell::KEY_OPEN.into()),
                ("X", shell::KEY_TICK.into()),
            ],
        },
        ShortcutGroup {
            title: shell::KEYS_CHART.into(),
            keys: vec![
                ("← →", shell::KEY_STEP.into()),
                ("T", shell::KEY_TABLE.into()),
                ("Esc", shell::KEY_RESET.into()),
            ],
        },
    ];
    view! { <ShortcutHelp open=commands.help_open title=shell::SHORTCUTS groups/> }
}
