//! The design system: components that know no domain type and never name the engine.
//!
//! Words come in as `Signal<String>`: pass a message constant (`label=shell::UNDO`), a `&str`, a `String`
//! or `Signal::derive(move || fill(...))`. Callbacks take closures of one argument (`on_press=move |()| ...`).
//! Colours and sizes are CSS tokens (`styles/10-tokens.css`); a component has one file here and one block in
//! `styles/40-kit.css`. See the story page at `#/dev/kit` of a `--dev` build.

mod badge;
mod banner;
mod button;
mod checkbox;
mod dialog;
mod drawer;
mod field;
mod file_drop;
mod focus;
mod grid;
mod icon;
mod icon_button;
mod identity;
mod match_text;
mod measure;
mod number_field;
mod palette;
mod panel;
mod popover;
mod progress;
mod ranked;
mod save_file;
mod segmented;
mod select;
mod shape;
mod shortcut_help;
mod state_views;
mod stepper;
mod tabs;
mod toast;
mod tooltip;

pub use badge::{Badge, BadgeTone};
pub use banner::Banner;
pub use button::{Button, ButtonKind};
pub use checkbox::Checkbox;
pub use dialog::Dialog;
pub use drawer::Drawer;
pub use field::TextField;
pub use file_drop::FileDrop;
pub use focus::{focus, focus_child, roving_target};
pub use grid::{
    Align, Cell, CellTone, DataGrid, GridColumn, GridEdit, GridReply, GridRequest, GridRow,
    GridSort, GridSource, RowSelection,
};
pub use icon::{ICONS, Icon, IconView};
pub use icon_button::IconButton;
pub use identity::unique_id;
pub use match_text::match_score;
pub use measure::{css_pixels, css_value, watch_size};
pub use number_field::NumberField;
pub use palette::{CommandPalette, PaletteItem};
pub use panel::Panel;
pub use popover::{Popover, close_popovers};
pub use progress::Progress;
pub use ranked::ranked;
pub use save_file::save_file;
pub use segmented::{Segment, SegmentedControl};
pub use select::{Choice, Select};
pub use shape::{Shape, ShapeView};
pub use shortcut_help::{ShortcutGroup, ShortcutHelp};
pub use state_views::{
    EmptyState, ErrorState, FourStates, LoadingSkeleton, ViewState, WorkingState,
};
pub use stepper::Stepper;
pub use tabs::{Tab, Tabs};
pub use toast::Toaster;
pub use tooltip::Tooltip;
