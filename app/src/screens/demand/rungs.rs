//! The steps of the ladder as plain figures, rounded so that they sum to the whole change. Pure.

use protocol::view::LadderTable;

/// One step.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Step {
    pub rung: String,
    /// Error over demand at its end, per cent with one decimal.
    pub wape: f64,
    /// What it changes in that, points.
    pub points: f64,
    /// What it changes in the error, units.
    pub units: f64,
    /// The error at its end, whole units.
    pub error: f64,
}

/// All steps from the ground up.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Climb {
    /// The first one only stands there.
    pub steps: Vec<Step>,
    /// From the first to the last.
    pub total: Step,
}

/// The steps of a ladder; `None` until it is known, and where there is no demand.
pub fn climb(table: &LadderTable) -> Option<Climb> {
    if table.actual <= 0.0 {
        return None;
    }
    // Tenths of a point and whole units, where a step ends.
    let ends: Vec<(f64, f64)> = table
        .rungs
        .iter()
        .map(|rung| {
            (
                (1_000.0 * rung.error / table.actual).round(),
                rung.error.round(),
            )
        })
        .collect();
    let step = |rung: &str, from: (f64, f64), to: (f64, f64)| Step {
        rung: rung.to_owned(),
        wape: to.0 / 10.0,
        points: (to.0 - from.0) / 10.0,
        units: to.1 - from.1,
        error: to.1,
    };
    let (first, last) = (*ends.first()?, *ends.last()?);
    let before = std::iter::once(&first).chain(&ends);
    let steps = table.rungs.iter().zip(before.zip(&ends));
    Some(Climb {
        steps: steps
            .map(|(rung, (from, to))| step(&rung.rung, *from, *to))
            .collect(),
        total: step("", first, last),
    })
}

/// The steps of a part, whose errors at the rungs are these.
pub fn climb_of(mut part: LadderTable, errors: &[f64]) -> Option<Climb> {
    for (rung, error) in part.rungs.iter_mut().zip(errors) {
        rung.error = *error;
    }
    climb(&part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::view::LadderRung;

    #[test]
    fn steps_sum_to_the_whole_change() {
        let rungs = [980.4, 861.2, 845.0, 845.0, 850.7].map(|error| LadderRung {
            rung: "r".into(),
            error,
        });
        let table = LadderTable {
            actual: 1_000.0,
            rungs: rungs.to_vec(),
            ..LadderTable::default()
        };
        let climb = climb(&table).unwrap();
        let points: f64 = climb.steps.iter().map(|step| step.points).sum();
        let units: f64 = climb.steps.iter().map(|step| step.units).sum();
        // 98.0 to 85.1 per cent, 980 to 851 units.
        assert!((points - climb.total.points).abs() < 1e-9 && (points + 12.9).abs() < 1e-9);
        assert_eq!((units, climb.total.units), (-129.0, -129.0));
        assert_eq!(climb.steps[3].points, 0.0);
        assert_eq!(super::climb(&LadderTable::default()), None);
    }
}
