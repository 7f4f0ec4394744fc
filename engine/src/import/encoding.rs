//! Which encoding a text file has, by rule and never by replacement characters.
//!
//! - A byte order mark decides.
//! - Then strict UTF-8, unless the text is not ASCII, holds no CJK character and the user
//!   reads Chinese: short GBK texts are valid UTF-8 by chance about once in thirty, and
//!   never show CJK characters then. A western sign that touches an ASCII letter or digit
//!   (`£40`, `café`) is UTF-8 for a Chinese user, too.
//! - Then strict GB18030, unless the characters it would give are improbable and another
//!   East Asian encoding explains the bytes better.
//!
//! The result is shown with a preview and can be overridden.

use encoding_rs::{BIG5, Decoder, DecoderResult, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

use super::confidence::Confidence;
use super::everyday::Everyday;

/// The language the user reads, which decides between readings that bytes allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Locale {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// The encodings a file may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// GB18030, the superset of GBK and GB2312.
    Gb18030,
    /// UTF-16, little endian.
    Utf16le,
    /// UTF-16, big endian.
    Utf16be,
    /// Big5, traditional Chinese.
    Big5,
    /// Shift-JIS, Japanese.
    ShiftJis,
}

impl Encoding {
    /// Every encoding, for pickers.
    pub const ALL: [Self; 6] = [
        Self::Utf8,
        Self::Gb18030,
        Self::Utf16le,
        Self::Utf16be,
        Self::Big5,
        Self::ShiftJis,
    ];

    /// The name that people know it by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Utf16le => "UTF-16LE",
            Self::Utf16be => "UTF-16BE",
            Self::Big5 => "Big5",
            Self::ShiftJis => "Shift-JIS",
        }
    }

    /// A strict decoder that drops a byte order mark.
    pub(super) fn decoder(self) -> Decoder {
        let encoding = match self {
            Self::Utf8 => UTF_8,
            Self::Gb18030 => GB18030,
            Self::Utf16le => UTF_16LE,
            Self::Utf16be => UTF_16BE,
            Self::Big5 => BIG5,
            Self::ShiftJis => SHIFT_JIS,
        };
        encoding.new_decoder_with_bom_removal()
    }
}

/// What looking at the bytes says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detection {
    /// The encoding to read with.
    pub encoding: Encoding,
    /// How sure that is; anything below [`Confidence::Sure`] should be shown.
    pub confidence: Confidence,
}

/// Looks at the bytes of a file block by block.
#[derive(Debug)]
pub struct EncodingDetector {
    locale: Locale,
    head: [u8; 3],
    seen: u64,
    zeros: [u64; 2],
    has_non_ascii: bool,
    candidates: [Candidate; 4],
}

const UTF8: usize = 0;
const GB: usize = 1;

impl EncodingDetector {
    /// A detector for a user of this language.
    pub fn new(locale: Locale) -> Self {
        let candidates = [
            Encoding::Utf8,
            Encoding::Gb18030,
            Encoding::Big5,
            Encoding::ShiftJis,
        ];
        Self {
            locale,
            head: [0; 3],
            seen: 0,
            zeros: [0; 2],
            has_non_ascii: false,
            candidates: candidates.map(Candidate::new),
        }
    }

    /// Takes the next block.
    pub fn push(&mut self, block: &[u8]) {
        for (at, byte) in (self.seen..3).zip(block) {
            if let Some(slot) = usize::try_from(at)
                .ok()
                .and_then(|at| self.head.get_mut(at))
            {
                *slot = *byte;
            }
        }
        let is_ascii = block.is_ascii();
        self.has_non_ascii |= !is_ascii;
        if block.contains(&0) {
            for (at, byte) in (self.seen..).zip(block) {
                let [even, odd] = &mut self.zeros;
                let zeros = if at % 2 == 0 { even } else { odd };
                *zeros += u64::from(*byte == 0);
            }
        }
        self.seen += block.len() as u64;
        if !(is_ascii && self.candidates.iter().all(|candidate| !candidate.is_inside)) {
            for candidate in &mut self.candidates {
                candidate.push(block);
            }
        }
    }

    /// What the blocks say; `is_whole` tells that the file ended with the last of them.
    /// `None` when no supported encoding explains the bytes.
    pub fn finish(mut self, is_whole: bool) -> Option<Detection> {
        if is_whole {
            self.candidates.iter_mut().for_each(Candidate::end);
        }
        let sure = |encoding| {
            Some(Detection {
                encoding,
                confidence: Confidence::Sure,
            })
        };
        match self.head {
            [0xef, 0xbb, 0xbf] if self.seen >= 3 => return sure(Encoding::Utf8),
            [0xff, 0xfe, _] if self.seen >= 2 => return sure(Encoding::Utf16le),
            [0xfe, 0xff, _] if self.seen >= 2 => return sure(Encoding::Utf16be),
            _ => {}
        }
        let [even, odd] = self.zeros;
        if even + odd > 0 {
            // Text has no zero bytes; UTF-16 has one beside every ASCII character.
            let encoding = if odd > even {
                Encoding::Utf16le
            } else {
                Encoding::Utf16be
            };
            return Some(Detection {
                encoding,
                confidence: Confidence::Likely,
            });
        }
        if !self.has_non_ascii {
            return sure(Encoding::Utf8);
        }
        self.of_multibyte()
    }

    fn of_multibyte(&self) -> Option<Detection> {
        let found = |encoding, confidence| {
            Some(Detection {
                encoding,
                confidence,
            })
        };
        let valid = |at: usize| {
            self.candidates
                .get(at)
                .filter(|candidate| !candidate.is_broken)
        };
        if let Some(utf8) = valid(UTF8) {
            if utf8.has_cjk {
                return found(Encoding::Utf8, Confidence::Sure);
            }
            let is_western = !utf8.western.is_doubtful();
            if self.locale == Locale::En || is_western || valid(GB).is_none() {
                return found(Encoding::Utf8, Confidence::Likely);
            }
            return found(Encoding::Gb18030, Confidence::Likely);
        }
        let gb = valid(GB);
        if let Some(gb) = gb.filter(|gb| gb.plausible() >= PLAUSIBLE) {
            return found(gb.encoding, Confidence::Sure);
        }
        let other = self
            .candidates
            .iter()
            .skip(GB + 1)
            .filter(|candidate| !candidate.is_broken && candidate.plausible() >= PLAUSIBLE);
        let best = other.max_by_key(|candidate| candidate.plausible());
        match (best, gb) {
            (Some(best), _) => found(best.encoding, Confidence::Unsure),
            (None, Some(gb)) => found(gb.encoding, Confidence::Likely),
            (None, None) => None,
        }
    }
}

/// Per cent of non-ASCII characters that must be everyday ones.
const PLAUSIBLE: u64 = 70;

/// One reading of the bytes.
#[derive(Debug)]
struct Candidate {
    encoding: Encoding,
    decoder: Decoder,
    is_broken: bool,
    /// Whether the last byte was not ASCII, so that a character may be open.
    is_inside: bool,
    has_cjk: bool,
    wide: u64,
    everyday: u64,
    ordinary: Everyday,
    western: Western,
    text: String,
}

impl Candidate {
    fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            decoder: encoding.decoder(),
            is_broken: false,
            is_inside: false,
            has_cjk: false,
            wide: 0,
            everyday: 0,
            ordinary: Everyday::of(encoding),
            western: Western::default(),
            text: String::with_capacity(8 * 1024),
        }
    }

    fn push(&mut self, block: &[u8]) {
        self.is_inside = block.last().is_some_and(|byte| !byte.is_ascii());
        self.read(block, false);
    }

    fn end(&mut self) {
        self.read(&[], true);
    }

    fn read(&mut self, mut block: &[u8], is_last: bool) {
        while !self.is_broken {
            self.text.clear();
            let (result, used) =
                self.decoder
                    .decode_to_string_without_replacement(block, &mut self.text, is_last);
            self.count();
            block = block.get(used..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.is_broken = true,
            }
        }
    }

    fn count(&mut self) {
        if self.encoding == Encoding::Utf8 && !self.has_cjk {
            self.western.push(&self.text);
        }
        if self.text.is_ascii() {
            return;
        }
        for character in self.text.chars().filter(|character| !character.is_ascii()) {
            self.wide += 1;
            self.has_cjk |= is_cjk(character);
            self.everyday += u64::from(self.is_everyday(character));
        }
    }

    /// Whether a text in this encoding would often hold the character.
    fn is_everyday(&self, character: char) -> bool {
        match self.encoding {
            Encoding::Gb18030 | Encoding::Big5 => self.ordinary.contains(character),
            // Japanese without kana is rare.
            Encoding::ShiftJis => matches!(character, '\u{3040}'..='\u{30ff}'),
            Encoding::Utf8 | Encoding::Utf16le | Encoding::Utf16be => true,
        }
    }

    /// Everyday characters in a hundred; for Shift-JIS one kana in three is as good.
    fn plausible(&self) -> u64 {
        let share = self.everyday * 100 / self.wide.max(1);
        if self.encoding == Encoding::ShiftJis {
            (share * 3).min(100)
        } else {
            share
        }
    }
}

/// Whether every character beyond ASCII is a western sign touching an ASCII letter or digit.
#[derive(Clone, Copy, Debug, Default)]
struct Western {
    last: Option<char>,
    /// The last character is a sign that has touched nothing yet.
    is_loose: bool,
    has_doubt: bool,
}

impl Western {
    fn push(&mut self, text: &str) {
        if self.has_doubt {
            return;
        }
        if text.is_ascii() && !self.is_loose {
            self.last = text.chars().last().or(self.last);
            return;
        }
        for character in text.chars() {
            self.has_doubt |= self.is_loose && !character.is_ascii_alphanumeric();
            self.is_loose = false;
            if !character.is_ascii() {
                let is_sign = matches!(character,
                    '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{203a}' | '\u{20ac}' | '\u{2122}');
                self.has_doubt |= !is_sign;
                self.is_loose = !self.last.is_some_and(|last| last.is_ascii_alphanumeric());
            }
            self.last = Some(character);
        }
    }

    const fn is_doubtful(self) -> bool {
        self.has_doubt || self.is_loose
    }
}

/// Whether a character is an ideograph, kana, bopomofo, Hangul or East Asian punctuation.
pub(super) fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(bytes: &[u8], locale: Locale) -> Option<(Encoding, Confidence)> {
        let mut detector = EncodingDetector::new(locale);
        bytes.chunks(7).for_each(|block| detector.push(block));
        detector
            .finish(true)
            .map(|found| (found.encoding, found.confidence))
    }

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn two_usual_headers_in_gbk_are_not_taken_for_utf8() {
        for header in ["平台", "状态"] {
            let bytes = gbk(header);
            assert!(
                std::str::from_utf8(&bytes).is_ok(),
                "{header} is valid UTF-8 in GBK"
            );
            assert_eq!(
                detect(&bytes, Locale::Zh),
                Some((Encoding::Gb18030, Confidence::Likely))
            );
            assert_eq!(
                detect(&bytes, Locale::En),
                Some((Encoding::Utf8, Confidence::Likely))
            );
        }
    }

    #[test]
    fn western_signs_in_words_are_utf8_for_everyone() {
        let utf8 = Some((Encoding::Utf8, Confidence::Likely));
        for text in ["Gift Voucher £40.00,1", "café,1\n“no”", "25°C"] {
            assert_eq!(detect(text.as_bytes(), Locale::Zh), utf8, "{text}");
        }
        // 猫 is valid UTF-8 in GBK, but stands alone.
        let cat = detect(&gbk("品种\n猫,1").split_off(5), Locale::Zh);
        assert_eq!(cat, Some((Encoding::Gb18030, Confidence::Likely)));
    }

    #[test]
    fn byte_order_marks_and_utf16_are_seen() {
        let utf16 = |text: &str| {
            text.encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>()
        };
        let sure = |encoding| Some((encoding, Confidence::Sure));
        assert_eq!(detect(b"\xef\xbb\xbfa,b", Locale::Zh), sure(Encoding::Utf8));
        assert_eq!(
            detect(&utf16("\u{feff}仓库,数量"), Locale::Zh),
            sure(Encoding::Utf16le)
        );
        assert_eq!(
            detect(b"\xfe\xff\x4e\xd3", Locale::Zh),
            sure(Encoding::Utf16be)
        );
        let likely = Some((Encoding::Utf16le, Confidence::Likely));
        assert_eq!(detect(&utf16("仓库,数量\n上海,5\n"), Locale::Zh), likely);
        assert_eq!(detect(b"sku,qty\nA,1\n", Locale::Zh), sure(Encoding::Utf8));
    }

    #[test]
    fn no_encoding_is_an_answer() {
        assert_eq!(detect(b"caf\xe9,1\n\xff\xff", Locale::Zh), None);
    }
}
