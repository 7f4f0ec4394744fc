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
    encoding: Encoding,
    remembered: &[Mapping],
) -> Result<TextInspection, DecodeError> {
    let text = decode_sample(head, encoding, is_whole)?;
    let separator = sniff_separator(&text);
    let sample = Sample::from_text(&text, separator);
    let format = FileFormat {
        encoding,
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
