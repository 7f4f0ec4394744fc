//! The totals check as rows of a table: pure, so that it can be tested without a page.

use crate::i18n::messages::data;
use crate::i18n::{Msg, fill, number};
use engine::import::{Measure, Totals};

/// One line of the totals check.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub group: Msg,
    pub measure: Measure,
}

/// What the file held, where it went, and what no group accounts for.
pub(super) fn lines(totals: &Totals) -> Vec<Line> {
    let line = |group, measure| Line { group, measure };
    let groups = [
        (data::LOADED, totals.loaded),
        (data::RETURNED, totals.returns),
        (data::SET_ASIDE, totals.set_aside),
        (data::REFUSED, totals.refused),
    ];
    let mut lines = vec![line(data::IN_FILE, totals.file)];
    // What nothing went to is not worth a line; loaded and refused always are.
    lines.extend(groups.into_iter().filter_map(|(group, measure)| {
        let is_shown = measure.rows > 0 || group == data::LOADED || group == data::REFUSED;
        is_shown.then(|| line(group, measure))
    }));
    lines.push(line(data::DIFFERENCE, totals.difference()));
    lines
}

/// The sum of the rows as a sentence; tracked.
pub(super) fn balance(totals: &Totals) -> String {
    let rows = |measure: Measure| number(measure.rows as f64, 0);
    fill(
        data::BALANCED,
        &[
            ("file", &rows(totals.file)),
            ("loaded", &rows(totals.loaded)),
            ("returns", &rows(totals.returns)),
            ("aside", &rows(totals.set_aside)),
            ("refused", &rows(totals.refused)),
        ],
    )
}

/// A quantity in thousandths, with the decimals it has; tracked.
pub(super) fn quantity(measure: Measure) -> String {
    let decimals = if measure.quantity % 1_000 == 0 { 0 } else { 3 };
    number(measure.quantity as f64 / 1e3, decimals)
}

/// A value in millionths, to the cent; tracked.
pub(super) fn value(measure: Measure) -> String {
    number(measure.value as f64 / 1e6, 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, set_language};

    fn measure(rows: u64, quantity: i128, value: i128) -> Measure {
        Measure {
            rows,
            quantity,
            value,
        }
    }

    #[test]
    fn every_row_of_the_file_is_in_one_line() {
        set_language(Language::En);
        let totals = Totals {
            file: measure(10, 12_500, 3_000_000),
            loaded: measure(3, 10_000, 2_000_000),
            refused: measure(7, 2_500, 1_000_000),
            ..Totals::default()
        };
        let groups: Vec<_> = lines(&totals).iter().map(|line| line.group).collect();
        assert_eq!(
            groups,
            [data::IN_FILE, data::LOADED, data::REFUSED, data::DIFFERENCE]
        );
        assert_eq!(lines(&totals)[3].measure, Measure::default());
        assert_eq!(
            balance(&totals),
            "Every row is accounted for: 10 = 3 + 0 + 0 + 7"
        );
        assert_eq!(quantity(totals.file), "12.500");
        assert_eq!(quantity(totals.loaded), "10");
        assert_eq!(value(totals.refused), "1.00");
    }

    #[test]
    fn a_loss_shows_as_difference() {
        let totals = Totals {
            file: measure(2, 2_000, 0),
            loaded: measure(1, 1_000, 0),
            ..Totals::default()
        };
        let last = lines(&totals).pop();
        assert_eq!(last.map(|line| line.measure.rows), Some(1));
    }
}
