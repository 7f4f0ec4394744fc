//! A drawing as a list of marks in CSS pixels: pure, so that geometry is tested without a canvas.

/// A colour by the name of its token, resolved when painting, so that themes just work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ink(pub &'static str);

impl Ink {
    pub const ACTUAL: Self = Self("--c8");
    pub const FORECAST: Self = Self("--c1");
    pub const REFERENCE: Self = Self("--ref");
    pub const FLOW: Self = Self("--flow");
    pub const BAND80: Self = Self("--band80");
    pub const BAND95: Self = Self("--band95");
    pub const SCENARIO: Self = Self("--sc");
    pub const GRID: Self = Self("--grid");
    pub const ZERO: Self = Self("--line-2");
    pub const TEXT: Self = Self("--text");
    pub const TEXT_2: Self = Self("--text-2");
    pub const TEXT_3: Self = Self("--text-3");
    pub const SURFACE: Self = Self("--surface");
    pub const ZONE: Self = Self("--zone");
    pub const GOOD: Self = Self("--good");
    pub const BAD: Self = Self("--bad");
    pub const WARN: Self = Self("--warn");

    /// The series colours in their fixed order, from 0.
    pub fn series(index: usize) -> Self {
        const SERIES: [&str; 8] = [
            "--c1", "--c2", "--c3", "--c4", "--c5", "--c6", "--c7", "--c8",
        ];
        Self(SERIES[index % SERIES.len()])
    }

    /// The age classes from young to old, from 0.
    pub fn age(index: usize) -> Self {
        const AGES: [&str; 6] = ["--age1", "--age2", "--age3", "--age4", "--age5", "--age6"];
        Self(AGES[index.min(AGES.len() - 1)])
    }
}

/// How a line is broken; never the colour alone tells two lines apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Dash {
    #[default]
    Solid,
    Dashed,
    Dotted,
    DashDot,
}

impl Dash {
    pub(super) fn lengths(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Dashed => &[6.0, 3.0],
            Self::Dotted => &[2.0, 2.0],
            Self::DashDot => &[8.0, 3.0, 2.0, 3.0],
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Dashed => "dashed",
            Self::Dotted => "dotted",
            Self::DashDot => "dash-dot",
        }
    }
}

pub(super) type Point = (f64, f64);

/// Where a label holds on to its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One thing to paint.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Mark {
    Path {
        points: Vec<Point>,
        ink: Ink,
        width: f64,
        dash: Dash,
    },
    Area {
        points: Vec<Point>,
        ink: Ink,
    },
    /// A box from one corner to the other; `opacity` of the fill, or only its outline.
    Box {
        from: Point,
        to: Point,
        ink: Ink,
        opacity: f64,
        outlined: bool,
    },
    Ring {
        centre: Point,
        radius: f64,
        ink: Ink,
    },
    Label(Label),
}

/// A word of the drawing.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Label {
    pub text: String,
    pub at: Point,
    pub anchor: Anchor,
    pub ink: Ink,
    pub strong: bool,
    /// Keeps clear of what lies under it by a rim in the colour of the surface.
    pub halo: bool,
}
