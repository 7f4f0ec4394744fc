//! The design system: components that know no domain type and never name the engine.
//!
//! Words come in as `Signal<String>`: pass a message constant (`label=shell::UNDO`), a `&str`, a `String`
//! or `Signal::derive(move || fill(...))`. Colours and sizes are CSS tokens (`styles/10-tokens.css`); a
//! component has one file here and one block in `styles/40-kit.css`. See the story page at `#/dev/kit`.

mod button;
mod focus;
mod icon;
mod icon_button;
mod segmented;
mod state_views;
mod toast;

pub use button::{Button, ButtonKind};
pub use focus::focus;
pub use icon::{ICONS, Icon, IconView};
pub use icon_button::IconButton;
pub use segmented::{Segment, SegmentedControl};
pub use state_views::EmptyState;
pub use toast::Toaster;
