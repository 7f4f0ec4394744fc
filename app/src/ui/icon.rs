//! The icons, drawn on a 16 px grid with a 1.4 px stroke. Decorative: the word beside them names the thing.

use leptos::prelude::*;

/// An icon of the set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    Brand,
    Home,
    List,
    Chart,
    Box,
    Share,
    Flag,
    Back,
    Ledger,
    Branch,
    Database,
    Gear,
    Search,
    Undo,
    Redo,
    Calendar,
    Down,
    Right,
    Left,
    Up,
    Close,
    Check,
    Plus,
    Minus,
    Dots,
    Info,
    Warning,
    Shield,
    Clock,
    Lock,
    Offline,
    Saved,
    Download,
    Upload,
    File,
    Folder,
    Filter,
    Table,
    Image,
    Zoom,
    Sun,
    Moon,
    Keyboard,
    Edit,
    Trash,
    Refresh,
    Stop,
    Building,
    Play,
    Arrow,
    External,
}

/// Every icon with its path.
pub const ICONS: [(Icon, &str); 51] = [
    (
        Icon::Brand,
        "M2 3.4h12M3.2 6.6h9.6l-.8 2H4zM5.2 11.4h5.6l-.7 2H5.9z",
    ),
    (
        Icon::Home,
        "M2 12.2a6.2 6.2 0 1 1 12 0M2 12.2h12M8 10.4l2.6-3.6M8 4.2v1M3.6 7.6l.8.5",
    ),
    (
        Icon::List,
        "M2.2 3.8l1 1 1.8-2M2.2 8.2l1 1L5 7.2M2.2 12.4l1 1 1.8-2M7.4 4.2H14M7.4 8.4H14M7.4 12.6H14",
    ),
    (
        Icon::Chart,
        "M2 2.4v11.2h12M4.4 10.2l2.8-3.4 2.4 1.8L13.2 4",
    ),
    (
        Icon::Box,
        "M8 1.8l5.6 3v6.4L8 14.2l-5.6-3V4.8zM2.4 4.8L8 7.8l5.6-3M8 7.8v6.4",
    ),
    (
        Icon::Share,
        "M5.4 7.1l5.2-2.6M5.4 8.9l5.2 2.6M5.6 8a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0zM14 3.8a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0zM14 12.2a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0z",
    ),
    (Icon::Flag, "M3.2 14.2V2.2M3.2 2.8h9.2l-2 3 2 3H3.2"),
    (
        Icon::Back,
        "M5.6 3.2L2.8 6l2.8 2.8M2.8 6h7a3.4 3.4 0 0 1 0 6.8H6.4",
    ),
    (Icon::Ledger, "M2.2 3h11.6v10H2.2zM2.2 6h11.6M4.8 9h3.6"),
    (
        Icon::Branch,
        "M4.4 5.4v5.2M4.4 10.6c0-3.4 7.2-1.4 7.2-4.8M6 3.8a1.6 1.6 0 1 1-3.2 0 1.6 1.6 0 0 1 3.2 0zM6 12.2a1.6 1.6 0 1 1-3.2 0 1.6 1.6 0 0 1 3.2 0zM13.2 4.2a1.6 1.6 0 1 1-3.2 0 1.6 1.6 0 0 1 3.2 0z",
    ),
    (
        Icon::Database,
        "M13.4 4c0 1.1-2.4 2-5.4 2s-5.4-.9-5.4-2S5 2 8 2s5.4.9 5.4 2zM2.6 4v8c0 1.1 2.4 2 5.4 2s5.4-.9 5.4-2V4M2.6 8c0 1.1 2.4 2 5.4 2s5.4-.9 5.4-2",
    ),
    (
        Icon::Gear,
        "M10.2 8a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6L5 5M11 11l1.4 1.4M3.6 12.4L5 11M11 5l1.4-1.4",
    ),
    (
        Icon::Search,
        "M11 6.8a4.2 4.2 0 1 1-8.4 0 4.2 4.2 0 0 1 8.4 0zM10 9.8l3.8 3.8",
    ),
    (
        Icon::Undo,
        "M5.4 3.4L2.6 6.2 5.4 9M2.6 6.2h7.2a3.2 3.2 0 0 1 0 6.4H7",
    ),
    (
        Icon::Redo,
        "M10.6 3.4l2.8 2.8L10.6 9M13.4 6.2H6.2a3.2 3.2 0 0 0 0 6.4H9",
    ),
    (
        Icon::Calendar,
        "M2.4 3.4h11.2v10.2H2.4zM2.4 6.4h11.2M5.2 2v2.6M10.8 2v2.6",
    ),
    (Icon::Down, "M4.2 6.2L8 10l3.8-3.8"),
    (Icon::Right, "M6.2 4.2L10 8l-3.8 3.8"),
    (Icon::Left, "M9.8 4.2L6 8l3.8 3.8"),
    (Icon::Up, "M4.2 9.8L8 6l3.8 3.8"),
    (Icon::Close, "M4 4l8 8M12 4l-8 8"),
    (Icon::Check, "M3.2 8.4l3.2 3.2 6.4-7"),
    (Icon::Plus, "M8 3v10M3 8h10"),
    (Icon::Minus, "M3 8h10"),
    (Icon::Dots, "M3.4 8h.01M8 8h.01M12.6 8h.01"),
    (
        Icon::Info,
        "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 7.2v3.6M8 5.1v.01",
    ),
    (Icon::Warning, "M8 2.2l6.2 11.2H1.8zM8 6.4v3.2M8 11.5v.01"),
    (
        Icon::Shield,
        "M8 1.8l5 1.8v4c0 3.2-2 5.4-5 6.6-3-1.2-5-3.4-5-6.6v-4z",
    ),
    (
        Icon::Clock,
        "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.6V8l2.4 1.4",
    ),
    (
        Icon::Lock,
        "M3.4 7.2h9.2v6.4H3.4zM5.4 7.2V5a2.6 2.6 0 0 1 5.2 0v2.2",
    ),
    (
        Icon::Offline,
        "M2 2l12 12M1.8 6.2a9 9 0 0 1 3-1.8M7.4 3.6a9 9 0 0 1 6.8 2.6M4.2 8.8a5.6 5.6 0 0 1 2-1.3M10.2 7.8a5.6 5.6 0 0 1 1.6 1M8 12.2v.01",
    ),
    (
        Icon::Saved,
        "M2.6 2.6h8.8l2 2v8.8H2.6zM5 2.6v3.6h5V2.6M5 13.4V9.2h6v4.2",
    ),
    (
        Icon::Download,
        "M8 2.2v7.6M4.8 6.8L8 10l3.2-3.2M2.6 13.4h10.8",
    ),
    (
        Icon::Upload,
        "M8 10.2V2.6M4.8 5.6L8 2.4l3.2 3.2M2.6 13.4h10.8",
    ),
    (Icon::File, "M3.6 1.8h5.6l3.2 3.2v9.2H3.6zM9.2 1.8V5h3.2"),
    (Icon::Folder, "M1.8 3.4h4.6l1.6 1.8h6.2v7.8H1.8z"),
    (Icon::Filter, "M2 3.2h12L9.4 8.6v4.6L6.6 12V8.6z"),
    (
        Icon::Table,
        "M2.2 2.8h11.6v10.4H2.2zM2.2 6.2h11.6M2.2 9.8h11.6M6.4 6.2v7",
    ),
    (
        Icon::Image,
        "M2.2 2.8h11.6v10.4H2.2zM2.2 11l3.6-3.8 3 3 2-1.8 3 2.8M10.6 5.6v.01",
    ),
    (
        Icon::Zoom,
        "M11 6.8a4.2 4.2 0 1 1-8.4 0 4.2 4.2 0 0 1 8.4 0zM10 9.8l3.8 3.8M5 6.8h3.6M6.8 5v3.6",
    ),
    (
        Icon::Sun,
        "M10.6 8a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0zM8 1.6v1.6M8 12.8v1.6M1.6 8h1.6M12.8 8h1.6M3.5 3.5l1.1 1.1M11.4 11.4l1.1 1.1M3.5 12.5l1.1-1.1M11.4 4.6l1.1-1.1",
    ),
    (
        Icon::Moon,
        "M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z",
    ),
    (
        Icon::Keyboard,
        "M1.6 4h12.8v8H1.6zM4 6.6v.01M6.6 6.6v.01M9.2 6.6v.01M12 6.6v.01M5 9.6h6",
    ),
    (
        Icon::Edit,
        "M2.6 13.4l.6-2.8 7.4-7.4 2.2 2.2-7.4 7.4zM9 4.8L11.2 7",
    ),
    (
        Icon::Trash,
        "M2.8 4.2h10.4M6 4.2V2.4h4v1.8M4 4.2l.7 9.4h6.6l.7-9.4",
    ),
    (
        Icon::Refresh,
        "M13.2 8a5.2 5.2 0 1 1-1.6-3.8M13.4 2v3.2h-3.2",
    ),
    (Icon::Stop, "M4 4h8v8H4z"),
    (
        Icon::Building,
        "M2.2 13.8V6.2L8 2.4l5.8 3.8v7.6M2.2 13.8h11.6M5.4 13.8V9h5.2v4.8",
    ),
    (Icon::Play, "M5 3l7.4 5L5 13z"),
    (Icon::Arrow, "M2.6 8h10.6M9.6 4.4L13.2 8l-3.6 3.6"),
    (
        Icon::External,
        "M9 2.6h4.4V7M13.4 2.6L7.4 8.6M11.4 9.4v4H2.6V4.6h4",
    ),
];

impl Icon {
    fn path(self) -> &'static str {
        ICONS
            .iter()
            .find(|(icon, _)| *icon == self)
            .map_or("", |(_, path)| path)
    }
}

/// Draws an icon in the colour of the text around it.
#[component]
pub fn IconView(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" class:icon-solid=icon == Icon::Brand viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=icon.path()></path>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_is_drawn_once_in_the_order_of_the_set() {
        for (index, (icon, path)) in ICONS.iter().enumerate() {
            assert_eq!(*icon as usize, index, "{icon:?}");
            assert!(path.starts_with('M'), "{icon:?}");
        }
    }
}
