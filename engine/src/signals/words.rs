//! Words as keywords are compared: normal form, pairs of letters, distance.

use unicode_normalization::UnicodeNormalization;

/// Compatibility forms composed, lower case, letters and digits only.
#[must_use]
pub(super) fn normal_form(text: &str) -> Vec<char> {
    let letters = text.nfkc().flat_map(char::to_lowercase);
    letters.filter(|letter| letter.is_alphanumeric()).collect()
}

/// Neighbouring letters of a word.
pub(super) fn pairs(word: &[char]) -> impl Iterator<Item = (char, char)> {
    word.iter().copied().zip(word.iter().skip(1).copied())
}

/// Whether one word stands inside the other.
pub(super) fn holds(whole: &[char], part: &[char]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}

/// Least number of letters to put in, take out, change or swap with a neighbour.
///
/// Source: Damerau (1964), Communications of the ACM 7, 171-176, in the form that edits no letter
/// twice.
///
/// ```
/// let letters = |word: &str| word.chars().collect::<Vec<_>>();
/// assert_eq!(engine::signals::edit_distance(&letters("kitten"), &letters("sitting")), 3);
/// ```
#[must_use]
pub fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, left) in a.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, right) in b.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX);
            let changed = at(&last, column) + usize::from(left != right);
            let mut least = changed
                .min(at(&last, column + 1) + 1)
                .min(at(&line, column) + 1);
            let is_swap = row > 0
                && column > 0
                && a.get(row - 1) == Some(right)
                && b.get(column - 1) == Some(left);
            if is_swap {
                least = least.min(at(&before, column - 1) + 1);
            }
            line.push(least);
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn distance(a: &str, b: &str) -> usize {
        edit_distance(&normal_form(a), &normal_form(b))
    }

    #[test]
    fn distances_of_known_words() {
        assert_eq!(distance("saturday", "sunday"), 3);
        assert_eq!(distance("婴儿奶粉", "婴儿粉奶"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("ＡＢＣ-1", "abc 1"), 0);
    }

    proptest! {
        #[test]
        fn it_is_a_symmetric_distance(a in "[ab]{0,6}", b in "[ab]{0,6}") {
            let (a, b) = (normal_form(&a), normal_form(&b));
            prop_assert_eq!(edit_distance(&a, &b), edit_distance(&b, &a));
            prop_assert_eq!(edit_distance(&a, &b) == 0, a == b);
            prop_assert!(edit_distance(&a, &b) >= a.len().abs_diff(b.len()));
            prop_assert!(edit_distance(&a, &b) <= a.len().max(b.len()));
        }
    }
}
