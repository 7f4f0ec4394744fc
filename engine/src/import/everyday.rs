//! Which characters an encoding writes every day: the first level of its standard.

use std::ops::RangeInclusive;

use super::encoding::Encoding;

/// The everyday characters of an encoding, a bit for each of the basic plane.
#[derive(Debug, Default)]
pub(super) struct Everyday(Vec<u64>);

impl Everyday {
    /// Those of an encoding that sorts them into blocks of codes.
    pub(super) fn of(encoding: Encoding) -> Self {
        let (leads, trails): (&[RangeInclusive<u8>], _) = match encoding {
            // Level 1 of GB2312 and its punctuation, digits and letters.
            Encoding::Gb18030 => (&[0xa1..=0xa3, 0xb0..=0xd7], 0xa1..=0xfe),
            // Level 1 of Big5 and its punctuation.
            Encoding::Big5 => (&[0xa1..=0xc6], 0x40..=0xfe),
            Encoding::Utf8 | Encoding::Utf16le | Encoding::Utf16be | Encoding::ShiftJis => {
                return Self::default();
            }
        };
        let leads = leads.iter().cloned().flatten();
        let codes = leads.flat_map(|lead| trails.clone().flat_map(move |trail| [lead, trail]));
        let mut set = Self::default();
        set.decode(encoding, &codes.collect::<Vec<u8>>());
        set
    }

    /// Adds what these codes stand for; codes that stand for nothing are passed over.
    fn decode(&mut self, encoding: Encoding, mut codes: &[u8]) {
        let mut decoder = encoding.decoder();
        let mut text = String::with_capacity(8 * 1024);
        while !codes.is_empty() {
            let (_, used) = decoder.decode_to_string_without_replacement(codes, &mut text, false);
            codes = codes.get(used..).unwrap_or_default();
            for character in text.drain(..) {
                self.insert(character);
            }
        }
    }

    fn insert(&mut self, character: char) {
        let place = character as usize;
        if self.0.is_empty() {
            self.0.resize(1 << 10, 0);
        }
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    /// Whether the character is one of them.
    pub(super) fn contains(&self, character: char) -> bool {
        let place = character as usize;
        let word = self.0.get(place / 64).copied().unwrap_or(0);
        word >> (place % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030};

    #[test]
    fn everyday_characters_are_those_of_the_first_level() {
        let gb = Everyday::of(Encoding::Gb18030);
        let big5 = Everyday::of(Encoding::Big5);
        // Big5 has these twice, and writes the second.
        let is_double = |character| "═╞╡╪".contains(character);
        for character in ('\u{80}'..='\u{ffff}').filter(|character| !is_double(*character)) {
            let text = character.to_string();
            let (code, _, _) = GB18030.encode(&text);
            let is_first = matches!(*code, [0xa1..=0xa3 | 0xb0..=0xd7, 0xa1..=0xfe]);
            assert_eq!(gb.contains(character), is_first, "GB18030 {character}");
            let (code, _, _) = BIG5.encode(&text);
            let is_first = matches!(*code, [0xa1..=0xc6, _]);
            assert_eq!(big5.contains(character), is_first, "Big5 {character}");
        }
        assert!(!gb.contains('𠀀'));
    }
}
