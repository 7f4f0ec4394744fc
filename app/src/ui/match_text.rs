//! How well a typed text matches a title.

use protocol::text::lower_case;

/// A score, higher is better; `None` when the letters do not occur in order. Case is ignored.
pub fn match_score(query: &str, title: &str) -> Option<u32> {
    let query: Vec<char> = lower_case(query.trim()).chars().collect();
    if query.is_empty() {
        return Some(0);
    }
    let title: Vec<char> = lower_case(title).chars().collect();
    let whole = title.windows(query.len()).position(|part| part == query);
    if let Some(at) = whole {
        let starts_word = at == 0 || !title.get(at - 1).is_some_and(char::is_ascii_alphanumeric);
        return Some(if at == 0 {
            400
        } else if starts_word {
            300
        } else {
            200
        });
    }
    let mut wanted = query.iter().peekable();
    let mut gaps = 0;
    for letter in &title {
        match wanted.peek() {
            Some(next) if *next == letter => {
                wanted.next();
            }
            Some(_) => gaps += 1,
            None => break,
        }
    }
    wanted.peek().is_none().then(|| 100u32.saturating_sub(gaps))
}

#[cfg(test)]
mod tests {
    use super::match_score;

    #[test]
    fn starts_beat_words_beat_middles_beat_scattered_letters() {
        let score = |title| match_score("de", title).expect("the letters occur");
        assert!(score("Demand") > score("Open demand"));
        assert!(score("Open demand") > score("Wide"));
        assert!(score("Wide") > score("Dates"));
        assert_eq!(match_score("xq", "Demand"), None);
        assert_eq!(match_score("补", "补货"), Some(400));
        assert_eq!(match_score("", "anything"), Some(0));
    }
}
