//! A byte stream as a stream of strictly decoded UTF-8.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::encoding::Encoding;

/// Bytes read from the source at a time.
const BLOCK: usize = 64 * 1024;

/// Why a stream ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Bytes that the encoding does not have, near this offset.
    #[error("bytes near {offset} are not {}", encoding.as_str())]
    Malformed {
        /// The encoding read with.
        encoding: Encoding,
        /// Bytes read before.
        offset: u64,
    },
    /// The source failed.
    #[error("cannot read: {0}")]
    Source(#[from] io::Error),
}

/// Decodes a source block by block; nothing is ever replaced.
#[derive(Debug)]
pub struct Decoding<R> {
    source: R,
    encoding: Encoding,
    decoder: Decoder,
    input: Vec<u8>,
    start: usize,
    end: usize,
    is_source_done: bool,
    is_done: bool,
    bytes_read: u64,
    text: String,
}

impl<R: Read> Decoding<R> {
    /// Reads `source` as `encoding`.
    pub fn new(source: R, encoding: Encoding) -> Self {
        Self {
            source,
            encoding,
            decoder: encoding.decoder(),
            input: vec![0; BLOCK],
            start: 0,
            end: 0,
            is_source_done: false,
            is_done: false,
            bytes_read: 0,
            text: String::with_capacity(3 * BLOCK),
        }
    }

    /// Bytes taken from the source so far.
    pub const fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The next block of text; `None` at the end.
    ///
    /// # Errors
    /// At the first bytes that the encoding does not have, or when the source fails.
    pub fn next_block(&mut self) -> Result<Option<&str>, DecodeError> {
        while !self.is_done {
            if self.start == self.end && !self.is_source_done {
                self.fill()?;
            }
            self.text.clear();
            let block = self.input.get(self.start..self.end).unwrap_or_default();
            let (result, used) = self.decoder.decode_to_string_without_replacement(
                block,
                &mut self.text,
                self.is_source_done,
            );
            self.start += used;
            match result {
                DecoderResult::InputEmpty => self.is_done = self.is_source_done,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    let left = self.end.saturating_sub(self.start) as u64;
                    let offset = self.bytes_read.saturating_sub(left);
                    return Err(DecodeError::Malformed {
                        encoding: self.encoding,
                        offset,
                    });
                }
            }
            if !self.text.is_empty() {
                return Ok(Some(&self.text));
            }
        }
        Ok(None)
    }

    fn fill(&mut self) -> Result<(), DecodeError> {
        (self.start, self.end) = (0, self.source.read(&mut self.input)?);
        self.is_source_done = self.end == 0;
        self.bytes_read += self.end as u64;
        Ok(())
    }
}

/// Decodes a piece of a file for a preview: up to the last whole line of `bytes` when the
/// file goes on after them.
///
/// # Errors
/// At the first bytes that the encoding does not have.
pub fn decode_sample(
    bytes: &[u8],
    encoding: Encoding,
    is_whole: bool,
) -> Result<String, DecodeError> {
    let mut decoder = encoding.decoder();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(capacity.unwrap_or(bytes.len()));
    let (result, used) = decoder.decode_to_string_without_replacement(bytes, &mut text, is_whole);
    if matches!(result, DecoderResult::Malformed(..)) {
        return Err(DecodeError::Malformed {
            encoding,
            offset: used as u64,
        });
    }
    if !is_whole {
        let end = text.rfind(['\n', '\r']).map_or(text.len(), |at| at + 1);
        text.truncate(end);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that gives one byte at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else {
                return Ok(0);
            };
            target[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn decode(bytes: &[u8], encoding: Encoding) -> Result<String, DecodeError> {
        let mut decoding = Decoding::new(Drops(bytes), encoding);
        let mut text = String::new();
        while let Some(block) = decoding.next_block()? {
            text.push_str(block);
        }
        Ok(text)
    }

    #[test]
    fn characters_may_be_split_between_blocks() {
        let gb = encoding_rs::GB18030.encode("库存,𠀀").0;
        assert_eq!(decode(&gb, Encoding::Gb18030).unwrap(), "库存,𠀀");
        assert_eq!(
            decode(b"\xef\xbb\xbf\xe5\xba\x93", Encoding::Utf8).unwrap(),
            "库"
        );
    }

    #[test]
    fn bad_bytes_stop_the_stream() {
        assert!(decode(b"ab\xffcd", Encoding::Utf8).is_err());
        assert!(
            decode(b"ab\xe5\xba", Encoding::Utf8).is_err(),
            "cut inside a character"
        );
        assert!(decode_sample(b"ab\nc\xe5", Encoding::Utf8, false).is_ok());
    }
}
