//! A first look at a text file: encoding, separator, sample, proposal.

use std::io::{self, Read};

use super::decode::{DecodeError, decode_sample};
use super::encoding::{Detection, Encoding, EncodingDetector, Locale};
use super::mapping::{FileFormat, Mapping};
use super::propose::{Proposal, propose};
use super::rows::sniff_separator;
use super::sample::Sample;

/// Bytes of a file that a proposal looks at.
pub const HEAD_BYTES: usize = 1 << 20;

/// What a first look at a text file gives.
#[derive(Clone, Debug)]
pub struct TextInspection {
    /// Its header and first rows.
    pub sample: Sample,
    /// The first lines as they stand, decoded.
    pub preview: Vec<String>,
    /// The proposed mapping.
    pub proposal: Proposal,
}

/// How the user wants a text file to be read; what is not given is found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Encoding.
    pub encoding: Encoding,
    /// Separator of cells, an ASCII character.
    pub separator: Option<char>,
    /// Line of the header, from 1.
    pub header_line: Option<u64>,
}

impl From<Encoding> for Reading {
    fn from(encoding: Encoding) -> Self {
        Self {
            encoding,
            separator: None,
            header_line: None,
        }
    }
}

/// Lines of a preview.
const PREVIEW_LINES: usize = 20;

/// Finds the encoding of a source from its first `limit` bytes; `None` when no supported one
/// explains them.
///
/// # Errors
/// When the source cannot be read.
pub fn detect_encoding(
    source: impl Read,
    locale: Locale,
    limit: u64,
) -> io::Result<Option<Detection>> {
    let mut source = source.take(limit);
    let mut detector = EncodingDetector::new(locale);
    let mut block = vec![0; 64 * 1024];
    loop {
        let read = source.read(&mut block)?;
        if read == 0 {
            return Ok(detector.finish(source.limit() > 0));
        }
        detector.push(block.get(..read).unwrap_or_default());
    }
}

/// Proposes a mapping from the head of a text file; `is_whole` tells that it is all of it.
///
/// # Errors
/// When the head is not text of that encoding.
pub fn inspect_text(
    file: &str,
    head: &[u8],
    is_whole: bool,
    reading: impl Into<Reading>,
    remembered: &[Mapping],
) -> Result<TextInspection, DecodeError> {
    let reading = reading.into();
    let text = decode_sample(head, reading.encoding, is_whole)?;
    let (separator, sample) = cut(&text, reading, remembered);
    let format = FileFormat {
        encoding: reading.encoding,
        separator: char::from(separator),
        ..FileFormat::default()
    };
    let proposal = propose(file, &sample, &format, remembered);
    let preview = text
        .lines()
        .take(PREVIEW_LINES)
        .map(str::to_owned)
        .collect();
    Ok(TextInspection {
        sample,
        preview,
        proposal,
    })
}

/// Separator and sample: as the user wants, else as a file of the same header was read before,
/// else as the text itself suggests.
fn cut(text: &str, reading: Reading, remembered: &[Mapping]) -> (u8, Sample) {
    let chosen = reading.separator.and_then(|it| u8::try_from(it).ok());
    let separator = chosen.unwrap_or_else(|| sniff_separator(text));
    let sample = Sample::from_text_at(text, separator, reading.header_line);
    let is_open = chosen.is_none() && reading.header_line.is_none();
    let is_known = |sample: &Sample, known: &Mapping| known.fits(&sample.headers, false);
    if !is_open || remembered.iter().any(|known| is_known(&sample, known)) {
        return (separator, sample);
    }
    let as_before = remembered.iter().rev().find_map(|known| {
        let separator = u8::try_from(known.format.separator).ok()?;
        let sample = Sample::from_text_at(text, separator, Some(known.format.header_line));
        is_known(&sample, known).then_some((separator, sample))
    });
    as_before.unwrap_or((separator, sample))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{SourceColumn, Target};

    // The title row has as many semicolons as the rows have commas.
    const ODD: &str = "a;b;c\nsku|warehouse|quantity\nA|W|5\n";

    fn inspect(reading: Reading, remembered: &[Mapping]) -> TextInspection {
        inspect_text("stock.csv", ODD.as_bytes(), true, reading, remembered).unwrap()
    }

    #[test]
    fn separator_and_header_line_are_the_users_to_choose() {
        let reading = Reading {
            separator: Some('|'),
            header_line: Some(2),
            ..Reading::from(Encoding::Utf8)
        };
        let format = inspect(reading, &[]).proposal.mapping.format;
        assert_eq!((format.separator, format.header_line), ('|', 2));
    }

    #[test]
    fn a_file_is_cut_as_one_of_the_same_header_was_before() {
        let chosen = Reading {
            separator: Some(';'),
            header_line: Some(1),
            ..Reading::from(Encoding::Utf8)
        };
        let mut known = inspect(chosen, &[]).proposal.mapping;
        known.columns = ["a", "b", "c"]
            .map(|header| SourceColumn {
                header: header.to_owned(),
                target: Target::Ignore,
            })
            .to_vec();
        let again = inspect(Encoding::Utf8.into(), &[known.clone()]);
        assert_eq!(again.proposal.mapping, known);
        let otherwise = inspect(Encoding::Utf8.into(), &[]).proposal.mapping;
        assert_ne!(otherwise.format, known.format);
    }
}
