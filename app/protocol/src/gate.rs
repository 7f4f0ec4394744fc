//! The approval gate: what it says of the proposals as a whole.

use serde::{Deserialize, Serialize};

/// What the gate leaves to people.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GateLoad {
    /// Lines and their value that may go out by themselves.
    pub passing: GateShare,
    /// Those that a person has to confirm.
    pub person: GateShare,
    /// Those that a second person has to confirm too.
    pub two: GateShare,
    /// Ids of proposals that may go out by themselves and are not decided.
    pub open: Vec<String>,
}

/// Lines and their value in the company's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GateShare {
    /// How many.
    pub lines: u32,
    /// Their value.
    pub value: f64,
}

impl GateLoad {
    /// All lines.
    #[must_use]
    pub fn all(&self) -> GateShare {
        sum([self.passing, self.person, self.two])
    }

    /// Lines that people have to look at.
    #[must_use]
    pub fn for_people(&self) -> GateShare {
        sum([self.person, self.two])
    }
}

fn sum<const N: usize>(shares: [GateShare; N]) -> GateShare {
    shares
        .iter()
        .fold(GateShare::default(), |sum, share| GateShare {
            lines: sum.lines + share.lines,
            value: sum.value + share.value,
        })
}
