//! Reading numbers the way people type them.

/// Reads `1,824`, `−24`, `97.5`, `１２`, `1.2万`, `3K`; a percent sign is dropped. `None` for anything else.
pub fn parse_number(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|letter| {
            !letter.is_whitespace() && !matches!(letter, ',' | '，' | '%' | '％' | '¥')
        })
        .map(half_width)
        .collect();
    let (digits, factor) = match plain.char_indices().next_back() {
        Some((at, '万')) => (plain.get(..at)?, 1e4),
        Some((at, '亿')) => (plain.get(..at)?, 1e8),
        Some((at, 'K' | 'k')) => (plain.get(..at)?, 1e3),
        Some((at, 'M' | 'm')) => (plain.get(..at)?, 1e6),
        _ => (plain.as_str(), 1.0),
    };
    let is_number = digits
        .chars()
        .all(|letter| letter.is_ascii_digit() || "+-.".contains(letter));
    let value: f64 = digits.parse().ok().filter(|_| is_number)?;
    Some(value * factor)
}

fn half_width(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_digit(letter as u32 - '０' as u32, 10).unwrap_or(letter),
        '\u{2212}' | '－' | '–' => '-',
        '＋' => '+',
        '．' | '。' => '.',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::parse_number;

    #[test]
    fn numbers_as_people_type_them() {
        let read = |text| parse_number(text);
        assert_eq!(read(" 1,824 "), Some(1_824.0));
        assert_eq!(read("−24"), Some(-24.0));
        assert_eq!(read("９７．５％"), Some(97.5));
        assert_eq!(read("1.5万"), Some(15_000.0));
        assert_eq!(read("2K"), Some(2_000.0));
        assert_eq!(read("35O"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("inf"), None);
        assert_eq!(read("1e5"), None);
    }
}
