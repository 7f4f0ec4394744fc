//! Short facts shown for six seconds, one at a time.

use super::from_context;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use std::time::Duration;

const SHOWN_FOR: Duration = Duration::from_secs(6);

/// How a notice or banner is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    #[default]
    Info,
    Good,
    Warn,
    Bad,
}

impl Tone {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// The one button of a notice.
#[derive(Clone, Copy)]
pub struct NoticeAction {
    pub label: Signal<String>,
    pub run: Callback<()>,
}

/// A done fact, and perhaps a way to undo it.
#[derive(Clone, Copy)]
pub struct Notice {
    pub tone: Tone,
    pub text: Signal<String>,
    pub action: Option<NoticeAction>,
}

impl Notice {
    pub fn done(text: impl Into<Signal<String>>) -> Self {
        Self {
            tone: Tone::Good,
            text: text.into(),
            action: None,
        }
    }

    pub fn warn(text: impl Into<Signal<String>>) -> Self {
        Self {
            tone: Tone::Warn,
            text: text.into(),
            action: None,
        }
    }

    pub fn bad(text: impl Into<Signal<String>>) -> Self {
        Self {
            tone: Tone::Bad,
            text: text.into(),
            action: None,
        }
    }

    #[must_use]
    pub fn with_action(mut self, label: impl Into<Signal<String>>, run: Callback<()>) -> Self {
        self.action = Some(NoticeAction {
            label: label.into(),
            run,
        });
        self
    }
}

/// The notice on screen. A new one replaces the old.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Option<Notice>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}
from_context!(Notices);

impl Notices {
    pub(super) fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            timer: StoredValue::new(None),
        }
    }

    /// The notice on screen; tracked.
    pub fn current(self) -> Option<Notice> {
        self.shown.get()
    }

    pub fn show(self, notice: Notice) {
        self.shown.set(Some(notice));
        self.resume();
    }

    pub fn dismiss(self) {
        self.hold();
        self.shown.set(None);
    }

    /// Stops the clock while the pointer or the focus is on the notice.
    pub fn hold(self) {
        self.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    }

    /// Starts the clock again.
    pub fn resume(self) {
        self.hold();
        let timer = set_timeout_with_handle(move || self.shown.set(None), SHOWN_FOR);
        self.timer.set_value(timer.ok());
    }
}
