//! A file as the rules see it: its text, and the same text with comments and literals blanked.

/// One file of the project.
pub struct Source {
    /// From the workspace's root, with `/`.
    pub path: String,
    /// As it stands on disk.
    pub text: String,
    /// Rust only: comments and the inside of literals are spaces, lines and columns unchanged.
    pub code: String,
    /// Rust only: comments are spaces, literals are kept.
    pub uncommented: String,
}

impl Source {
    /// Reads the forms of a text that the rules need.
    pub fn new(path: &str, text: &str) -> Self {
        let is_rust = path.ends_with(".rs");
        let blank = |keep_literals| match is_rust {
            true => blank_rust(text, keep_literals),
            false => text.to_owned(),
        };
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code: blank(false),
            uncommented: blank(true),
        }
    }

    /// Whether this is Rust source.
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether the file lies below a folder, or is that file.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether all of the file is test code.
    pub fn is_test(&self) -> bool {
        self.path
            .split('/')
            .any(|part| part == "tests" || part == "benches")
            || self.path.ends_with("tests.rs")
    }

    /// The code without comments and tests.
    pub fn product_text(&self) -> String {
        let lines = self.uncommented.lines().take(self.product_lines());
        lines.flat_map(|line| [line, "\n"]).collect()
    }

    /// How many leading lines are not test code: tests stand last in a file.
    pub fn product_lines(&self) -> usize {
        let lines: Vec<&str> = self.code.lines().collect();
        let starts_tests = |(index, line): (usize, &&str)| {
            line.trim_start().starts_with("#[cfg(test)]")
                && lines
                    .iter()
                    .skip(index + 1)
                    .take(3)
                    .any(|next| next.trim_start().starts_with("mod "))
        };
        lines
            .iter()
            .enumerate()
            .position(starts_tests)
            .unwrap_or(lines.len())
    }

    /// Numbered code lines (from 1) that are not test code.
    pub fn product_code(&self) -> impl Iterator<Item = (usize, &str)> {
        let count = if self.is_test() {
            0
        } else {
            self.product_lines()
        };
        self.code
            .lines()
            .take(count)
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    }
}

/// The kind of text at a point of a Rust file.
enum Piece {
    Code,
    Comment,
    Literal,
}

/// Blanks comments, and literals unless they are kept.
fn blank_rust(text: &str, keep_literals: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let (piece, end) = next_piece(&chars, at);
        for &c in chars.get(at..end).unwrap_or_default() {
            let is_kept = match piece {
                Piece::Code => true,
                Piece::Comment => false,
                Piece::Literal => keep_literals || c == '"' || c == '\'',
            };
            out.push(if is_kept || c == '\n' { c } else { ' ' });
        }
        at = end;
    }
    out
}

/// What stands at a position, and where it ends.
fn next_piece(chars: &[char], at: usize) -> (Piece, usize) {
    let c = |offset: usize| chars.get(at + offset).copied().unwrap_or('\0');
    let before = at
        .checked_sub(1)
        .and_then(|index| chars.get(index))
        .copied()
        .unwrap_or(' ');
    let is_word_start = !(before.is_alphanumeric() || before == '_');
    match c(0) {
        '/' if c(1) == '/' => (
            Piece::Comment,
            find(chars, at, |rest| rest.first() == Some(&'\n')),
        ),
        '/' if c(1) == '*' => (Piece::Comment, block_comment_end(chars, at)),
        '"' => (Piece::Literal, string_end(chars, at + 1)),
        'r' if is_word_start && (c(1) == '"' || c(1) == '#') => raw_string(chars, at, 1),
        'b' if is_word_start && c(1) == 'r' && (c(2) == '"' || c(2) == '#') => {
            raw_string(chars, at, 2)
        }
        '\'' if c(1) == '\\' => (
            Piece::Literal,
            find(chars, at + 3, |rest| rest.first() == Some(&'\'')) + 1,
        ),
        '\'' if c(2) == '\'' => (Piece::Literal, at + 3),
        _ => (Piece::Code, at + 1),
    }
}

fn find(chars: &[char], from: usize, is_end: impl Fn(&[char]) -> bool) -> usize {
    (from..chars.len())
        .find(|&at| chars.get(at..).is_some_and(&is_end))
        .unwrap_or(chars.len())
}

fn block_comment_end(chars: &[char], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = at;
    while at < chars.len() {
        match chars.get(at..at + 2) {
            Some(['/', '*']) => (depth, at) = (depth + 1, at + 2),
            Some(['*', '/']) => (depth, at) = (depth.saturating_sub(1), at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn string_end(chars: &[char], from: usize) -> usize {
    let mut at = from;
    while let Some(c) = chars.get(at) {
        match c {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// A raw string, or one character of code when it is a raw identifier.
fn raw_string(chars: &[char], at: usize, prefix: usize) -> (Piece, usize) {
    let rest = chars.get(at + prefix..).unwrap_or_default();
    let hashes = rest.iter().take_while(|c| **c == '#').count();
    if rest.get(hashes) != Some(&'"') {
        return (Piece::Code, at + 1);
    }
    let closes = |rest: &[char]| {
        rest.first() == Some(&'"')
            && rest
                .iter()
                .skip(1)
                .take(hashes)
                .filter(|c| **c == '#')
                .count()
                == hashes
    };
    let end = find(chars, at + prefix + hashes + 1, closes);
    (Piece::Literal, (end + 1 + hashes).min(chars.len()))
}

/// A string literal and the byte its opening quote stands at.
pub struct Literal<'text> {
    pub at: usize,
    pub value: &'text str,
}

/// String literals of a text whose comments are blank already.
pub fn literals(text: &str) -> Vec<Literal<'_>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find('"')) {
        let open = at + offset;
        let mut close = open + 1;
        while bytes.get(close).is_some_and(|byte| *byte != b'"') {
            close += if bytes.get(close) == Some(&b'\\') {
                2
            } else {
                1
            };
        }
        let is_char =
            bytes.get(open.wrapping_sub(1)) == Some(&b'\'') && bytes.get(open + 1) == Some(&b'\'');
        if is_char {
            at = open + 1;
            continue;
        }
        found.push(Literal {
            at: open,
            value: text.get(open + 1..close).unwrap_or_default(),
        });
        at = close + 1;
    }
    found
}

/// Chinese in every language: the product's name, the language's own and the way back to it.
const CHINESE_EVERYWHERE: [&str; 4] = ["压舱石", "切换到中文", "中文", "中"];

/// Whether a text holds Chinese beyond the names that stay Chinese everywhere.
pub fn has_chinese(text: &str) -> bool {
    let mut text = text.to_owned();
    for name in CHINESE_EVERYWHERE {
        text = text.replace(name, "");
    }
    text.chars().any(is_cjk)
}

/// Whether a character is Chinese, punctuation included.
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_in_place() {
        let source = Source::new(
            "a.rs",
            "let a = \"x // {\"; // note {\nlet b = '{'; /* { /* { */ */ c\n",
        );
        assert_eq!(
            source.code,
            "let a = \"      \";          \nlet b = ' ';                 c\n"
        );
        assert_eq!(
            source.uncommented.lines().next(),
            Some("let a = \"x // {\";          ")
        );
    }

    #[test]
    fn raw_strings_lifetimes_and_escapes_are_told_apart() {
        let source = Source::new(
            "a.rs",
            "f::<'a>(r#\"} \" }\"#, '\\'', '\\u{7b}', r#type, \"\\\"}\") }",
        );
        assert_eq!(source.code.matches('}').count(), 1, "{}", source.code);
        assert!(source.code.starts_with("f::<'a>("), "{}", source.code);
        assert!(source.code.contains("r#type"), "{}", source.code);
    }

    #[test]
    fn tests_at_the_end_do_not_count() {
        let source = Source::new("a.rs", "fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n");
        assert_eq!(source.product_lines(), 2);
    }
}
