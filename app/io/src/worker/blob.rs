//! A file of the browser as a source of bytes, read in slices.

use std::io::{self, Read, Seek, SeekFrom};

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, FileReaderSync};

/// Bytes fetched at a time.
const SLICE: u64 = 1 << 20;

/// Reads a blob; clones of the blob are cheap, the bytes stay with the browser.
pub(super) struct BlobReader {
    blob: Blob,
    reader: FileReaderSync,
    position: u64,
    length: u64,
    slice: Vec<u8>,
    slice_at: u64,
}

impl BlobReader {
    /// Reads from the start.
    pub(super) fn new(blob: &Blob) -> io::Result<Self> {
        Ok(Self {
            blob: blob.clone(),
            reader: FileReaderSync::new().map_err(|exception| failure(&exception))?,
            position: 0,
            length: length_of(blob),
            slice: Vec::new(),
            slice_at: 0,
        })
    }

    /// Bytes from the present position that are already here.
    fn at_hand(&self) -> &[u8] {
        let offset = self.position.checked_sub(self.slice_at);
        let offset = offset.and_then(|offset| usize::try_from(offset).ok());
        offset
            .and_then(|offset| self.slice.get(offset..))
            .unwrap_or_default()
    }

    fn fetch(&mut self) -> io::Result<()> {
        let end = (self.position + SLICE).min(self.length);
        // Sizes of files are far below 2^53, where f64 is exact.
        let slice = self
            .blob
            .slice_with_f64_and_f64(self.position as f64, end as f64);
        let slice = slice.map_err(|exception| failure(&exception))?;
        let buffer = self
            .reader
            .read_as_array_buffer(&slice)
            .map_err(|exception| failure(&exception))?;
        let bytes = Uint8Array::new(&buffer);
        self.slice.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut self.slice);
        self.slice_at = self.position;
        Ok(())
    }
}

/// Bytes of a blob.
pub(super) fn length_of(blob: &Blob) -> u64 {
    blob.size() as u64
}

fn failure(exception: &JsValue) -> io::Error {
    io::Error::other(format!("{exception:?}"))
}

impl Read for BlobReader {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.at_hand().is_empty() && self.position < self.length {
            self.fetch()?;
        }
        let bytes = self.at_hand();
        let count = bytes.len().min(target.len());
        target[..count].copy_from_slice(&bytes[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for BlobReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let moved = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = moved.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
