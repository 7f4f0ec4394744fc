//! What a grid is made of: columns, rows of formatted cells, the order of the rows.

use leptos::prelude::*;
use std::sync::Arc;

/// The side a column leans to: text left, numbers right.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Align {
    #[default]
    Start,
    End,
}

/// One column.
#[derive(Clone)]
pub struct GridColumn {
    /// Names the column in the order and in addresses.
    pub id: &'static str,
    pub title: Signal<String>,
    /// Printed in the header in regular weight.
    pub unit: Signal<String>,
    /// Width in pixels; the least width if the column grows.
    pub width: f64,
    pub grows: bool,
    pub align: Align,
    pub sortable: bool,
    /// Stays in view when the grid scrolls sideways; only leading columns.
    pub sticky: bool,
    /// Takes typed values.
    pub editable: bool,
}

impl GridColumn {
    /// A text column of a fixed width.
    pub fn text(id: &'static str, title: impl Into<Signal<String>>, width: f64) -> Self {
        Self {
            id,
            title: title.into(),
            unit: Signal::default(),
            width,
            grows: false,
            align: Align::Start,
            sortable: false,
            sticky: false,
            editable: false,
        }
    }

    /// A column of numbers.
    pub fn number(id: &'static str, title: impl Into<Signal<String>>, width: f64) -> Self {
        Self {
            align: Align::End,
            ..Self::text(id, title, width)
        }
    }

    #[must_use]
    pub fn unit(mut self, unit: impl Into<Signal<String>>) -> Self {
        self.unit = unit.into();
        self
    }

    /// Takes the width the others leave.
    #[must_use]
    pub fn grows(mut self) -> Self {
        self.grows = true;
        self
    }

    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    #[must_use]
    pub fn sticky(mut self) -> Self {
        self.sticky = true;
        self
    }

    #[must_use]
    pub fn editable(mut self) -> Self {
        self.editable = true;
        self
    }

    pub(super) fn track(&self) -> String {
        if self.grows {
            format!("minmax({}px,1fr)", self.width)
        } else {
            format!("{}px", self.width)
        }
    }
}

/// How a cell is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CellTone {
    #[default]
    Plain,
    /// The figure that is asked for.
    Strong,
    Faint,
    /// Changed by the user.
    Edited,
    /// Refused; the old value is kept and the reason stands in the second line.
    Wrong,
}

impl CellTone {
    pub(super) fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("strong"),
            Self::Faint => Some("faint"),
            Self::Edited => Some("edited"),
            Self::Wrong => Some("wrong"),
        }
    }
}

type CellView = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// One formatted cell. `text` is what is copied and, without a view, what is shown.
#[derive(Clone, Default)]
pub struct Cell {
    pub text: String,
    pub second: Option<String>,
    pub tone: CellTone,
    pub(super) view: Option<CellView>,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A cell drawn by a component, such as a status word; `text` is copied instead.
    pub fn view(
        text: impl Into<String>,
        view: impl Fn() -> AnyView + Send + Sync + 'static,
    ) -> Self {
        Self {
            text: text.into(),
            view: Some(Arc::new(view)),
            ..Self::default()
        }
    }

    /// The second line of a two-line row.
    #[must_use]
    pub fn second(mut self, second: impl Into<String>) -> Self {
        self.second = Some(second.into());
        self
    }

    #[must_use]
    pub fn tone(mut self, tone: CellTone) -> Self {
        self.tone = tone;
        self
    }
}

/// One row: its identity for selection, and a cell for each column.
#[derive(Clone, Default)]
pub struct GridRow {
    pub key: u64,
    pub cells: Vec<Cell>,
}

/// The order of the rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GridSort {
    pub column: &'static str,
    pub descending: bool,
}

impl GridSort {
    /// The order after a press on a header: ascending, descending, none.
    pub fn pressed(now: Option<Self>, column: &'static str) -> Option<Self> {
        match now {
            Some(Self {
                column: same,
                descending: false,
            }) if same == column => Some(Self {
                column,
                descending: true,
            }),
            Some(Self {
                column: same,
                descending: true,
            }) if same == column => None,
            _ => Some(Self {
                column,
                descending: false,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::GridSort;

    #[test]
    fn a_header_goes_up_down_off() {
        let up = GridSort::pressed(None, "a");
        assert_eq!(
            up,
            Some(GridSort {
                column: "a",
                descending: false
            })
        );
        let down = GridSort::pressed(up, "a");
        assert_eq!(
            down,
            Some(GridSort {
                column: "a",
                descending: true
            })
        );
        assert_eq!(GridSort::pressed(down, "a"), None);
        assert_eq!(GridSort::pressed(down, "b"), GridSort::pressed(None, "b"));
    }
}
