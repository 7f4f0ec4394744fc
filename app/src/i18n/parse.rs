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
    Some(parse_decimal(digits)? * factor)
}

/// Reads `-12.5`: the nearest number up to 15 digits. `str::parse` reads every float exactly, and
/// its table of powers of five is 12 KiB of the download.
pub fn parse_decimal(text: &str) -> Option<f64> {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (mut value, mut scale) = (0.0, 1.0);
    for letter in whole.chars().chain(fraction.chars()) {
        value = value * 10.0 + f64::from(letter.to_digit(10)?);
    }
    for _place in fraction.chars() {
        scale *= 10.0;
    }
    let size = value / scale;
    Some(if text.starts_with('-') { -size } else { size })
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
    use super::{parse_decimal, parse_number};

    #[test]
    fn decimals_are_the_nearest_numbers() {
        for text in [
            "0",
            "-0.1",
            "+7",
            ".5",
            "5.",
            "97.35",
            "123456789.012345",
            "0.000000000000001",
        ] {
            assert_eq!(parse_decimal(text), text.parse().ok(), "{text}");
        }
        for text in ["", ".", "-", "1-2", "--1", "1.2.3", "1e5", "NaN"] {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }

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
