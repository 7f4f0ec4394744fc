//! Effects reach outside; what follows from a signal is a memo.

use super::Finding;
use super::source::Source;

/// Signals written inside `Effect::new`, outside what it starts and does not wait for. The ratchet
/// list may excuse so many in a file.
pub fn effects(source: &Source) -> Vec<Finding> {
    if !source.is_in("app/src") || !source.is_rust() || source.is_test() {
        return Vec::new();
    }
    let code: String = source
        .product_code()
        .flat_map(|(_, line)| [line, "\n"])
        .collect();
    let mut found = Vec::new();
    for (start, _) in code.match_indices("Effect::new(") {
        let body = call(code.get(start..).unwrap_or_default());
        for write in [".set(", ".update("] {
            for (at, _) in body.match_indices(write) {
                let before = body.get(..at).unwrap_or_default();
                if DEFERRED.iter().any(|deferred| is_inside(before, deferred)) {
                    continue;
                }
                let above = code.get(..start + at).unwrap_or_default();
                let line = above.matches('\n').count() + 1;
                let message = format!("`{write}..)` in an effect: derive it with a memo");
                found.push((line, message));
            }
        }
    }
    let count = found.len();
    let finding =
        |(line, message)| Finding::measured(source, line, "effects", message, "effects", count);
    found.into_iter().map(finding).collect()
}

/// What answers later is the outside.
const DEFERRED: [&str; 4] = [
    "spawn_local(",
    "set_timeout(",
    "async move",
    "Callback::new(",
];

/// A call up to the parenthesis that closes it.
fn call(code: &str) -> &str {
    let mut depth = 0_usize;
    for (at, c) in code.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth <= 1 => return code.get(..=at).unwrap_or(code),
            ')' => depth -= 1,
            _ => {}
        }
    }
    code
}

/// Whether the end of a text is inside a bracket that opened after a word.
fn is_inside(before: &str, word: &str) -> bool {
    before.match_indices(word).any(|(at, _)| {
        let rest = before.get(at..).unwrap_or_default();
        let opened = rest.matches(['(', '{']).count();
        opened > rest.matches([')', '}']).count()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> usize {
        effects(&Source::new("app/src/screens/a.rs", text)).len()
    }

    #[test]
    fn an_effect_that_writes_a_signal_is_found() {
        assert_eq!(
            findings("Effect::new(move || { total.set(a.get() + 1); });"),
            1
        );
        assert_eq!(
            findings("Effect::new(move || list.update(|l| l.push(a.get())));"),
            1
        );
    }

    #[test]
    fn memos_events_and_answers_are_free() {
        assert_eq!(findings("let total = Memo::new(move |_| a.get() + 1);"), 0);
        assert_eq!(findings("let press = move |_| open.set(true);"), 0);
        let answer = "Effect::new(move || { let a = b.get(); spawn_local(async move { c.set(ask(a).await); }); });";
        assert_eq!(findings(answer), 0);
    }
}
