//! Texts that a spreadsheet would run as formulas (IN-05).
//!
//! A text cell of a CSV file for people that starts like a formula gets an apostrophe
//! before it; numbers never do, so negatives stay numbers. Import takes it off again.
//! Workbooks need none of this: their cells have types.

use std::borrow::Cow;

/// Whether a spreadsheet may read the text as a formula.
pub fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The text as it may stand in a CSV file for people.
pub fn guard_formula(text: &str) -> Cow<'_, str> {
    if is_marked(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that [`guard_formula`] was given.
pub(super) fn unguard_formula(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| is_marked(rest))
        .unwrap_or(text)
}

/// Apostrophes that already stand before a formula sign need one more, or the way back
/// would take them off.
fn is_marked(text: &str) -> bool {
    starts_formula(text.trim_start_matches('\''))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::cells::unwrap_text;

    #[test]
    fn formulas_are_marked_in_all_widths() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "＝cmd", "－1", "'=1"] {
            assert!(guard_formula(text).starts_with('\''), "{text}");
        }
        for text in ["A-1", "奶粉", "1+1", "'tis", ""] {
            assert_eq!(guard_formula(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_guarded_reads_back(text in "[-=+@'＝a1]{0,6}") {
            let text = text.trim().to_owned();
            prop_assume!(!(text.starts_with("=\"") && text.ends_with('"')));
            let back = unwrap_text(&guard_formula(&text)).to_owned();
            prop_assert_eq!(back, text);
        }
    }
}
