//! Whether a zip archive may be opened at all: its directory is read and every entry
//! inflated into nothing first, because sizes in headers may lie.
//!
//! After [`check_archive`] a reader of the same bytes cannot be made to allocate more than
//! the limits allow. Memory used: one small buffer.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;

/// Most entries.
const ENTRY_LIMIT: usize = 2_000;
/// Most bytes of all entries together, inflated.
const TOTAL_LIMIT: u64 = 300 << 20;
/// Most bytes of an entry that is read into memory as a whole (everything but worksheets).
const PART_LIMIT: u64 = 64 << 20;
/// Times an entry may grow when inflated; small ones may grow more.
const RATIO_LIMIT: u64 = 200;
/// Entries up to this size may have any ratio.
const RATIO_FREE: u64 = 1 << 20;
/// Longest end record: 22 bytes and a comment.
const END_SPAN: u64 = 22 + 65_535;

/// Why an archive is not opened.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It is not a zip archive of the plain kind.
    #[error("not a readable archive: {0}")]
    Unreadable(&'static str),
    /// It is larger inside than is safe.
    #[error("past the limit of {0}")]
    Limit(&'static str),
    /// The source failed.
    #[error("cannot read: {0}")]
    Source(#[from] io::Error),
}

/// One entry of the directory.
struct Entry {
    name: Vec<u8>,
    method: u16,
    packed: u64,
    declared: u64,
    header_at: u64,
}

/// Checks an archive against the limits; the source may be read from its start afterwards.
///
/// # Errors
/// When the directory is damaged or ambiguous, or a limit is passed.
pub fn check_archive(source: &mut (impl Read + Seek)) -> Result<(), ArchiveError> {
    let entries = read_directory(source)?;
    let declared: u64 = entries.iter().map(|entry| entry.declared).sum();
    if declared > TOTAL_LIMIT {
        return Err(ArchiveError::Limit("300 MiB"));
    }
    let mut total = 0;
    for entry in &entries {
        check_declared(entry)?;
        total += inflate(source, entry)?;
        if total > TOTAL_LIMIT {
            return Err(ArchiveError::Limit("300 MiB"));
        }
    }
    source.seek(SeekFrom::Start(0))?;
    Ok(())
}

fn check_declared(entry: &Entry) -> Result<(), ArchiveError> {
    let is_sheet = entry.name.starts_with(b"xl/worksheets/");
    if !is_sheet && entry.declared > PART_LIMIT {
        return Err(ArchiveError::Limit("64 MiB for one part"));
    }
    let is_bomb = entry.declared > RATIO_FREE && entry.declared / RATIO_LIMIT > entry.packed;
    if is_bomb {
        return Err(ArchiveError::Limit("200 times the packed size"));
    }
    if entry.name.ends_with(b".bin") && entry.name.starts_with(b"xl/workbook") {
        return Err(ArchiveError::Unreadable("xlsb workbook, save it as xlsx"));
    }
    Ok(())
}

/// Inflates an entry into nothing and returns its true size, which may not pass the declared one.
fn inflate(source: &mut (impl Read + Seek), entry: &Entry) -> Result<u64, ArchiveError> {
    source.seek(SeekFrom::Start(entry.header_at))?;
    let mut header = [0; 30];
    source.read_exact(&mut header)?;
    if !header.starts_with(b"PK\x03\x04") {
        return Err(ArchiveError::Unreadable("entry without a header"));
    }
    let skip = u64::from(number(&header, 26)) + u64::from(number(&header, 28));
    source.seek(SeekFrom::Current(i64::try_from(skip).unwrap_or(0)))?;
    let packed = source.take(entry.packed);
    let size = match entry.method {
        0 => count(packed, entry.declared)?,
        8 => count(DeflateDecoder::new(packed), entry.declared)?,
        _ => return Err(ArchiveError::Unreadable("unknown compression")),
    };
    if size > entry.declared {
        return Err(ArchiveError::Limit("the size an entry declares"));
    }
    Ok(size)
}

/// Counts bytes up to one past the limit.
fn count(source: impl Read, limit: u64) -> Result<u64, ArchiveError> {
    let mut source = source.take(limit + 1);
    let mut buffer = vec![0; 32 * 1024];
    let mut size = 0;
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(size),
            Ok(read) => size += read as u64,
            Err(error)
                if error.kind() == io::ErrorKind::InvalidInput
                    || error.kind() == io::ErrorKind::InvalidData =>
            {
                return Err(ArchiveError::Unreadable("damaged entry"));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// The central directory. The last end record that ends with the file counts, as it does for
/// every other reader.
fn read_directory(source: &mut (impl Read + Seek)) -> Result<Vec<Entry>, ArchiveError> {
    let length = source.seek(SeekFrom::End(0))?;
    let tail_at = length.saturating_sub(END_SPAN);
    source.seek(SeekFrom::Start(tail_at))?;
    let mut tail = Vec::new();
    source.take(END_SPAN).read_to_end(&mut tail)?;
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06");
    let end = end
        .and_then(|at| tail.get(at..))
        .ok_or(ArchiveError::Unreadable("no end record"))?;
    if end.len() < 22 || end.len() != 22 + usize::from(number(end, 20)) {
        return Err(ArchiveError::Unreadable("end record is not at the end"));
    }
    let (count, size, at) = (number(end, 10), wide_number(end, 12), wide_number(end, 16));
    if count == u16::MAX || size == u32::MAX || at == u32::MAX {
        return Err(ArchiveError::Unreadable("zip64 archive"));
    }
    if usize::from(count) > ENTRY_LIMIT {
        return Err(ArchiveError::Limit("2,000 entries"));
    }
    source.seek(SeekFrom::Start(u64::from(at)))?;
    let mut directory = Vec::new();
    source.take(u64::from(size)).read_to_end(&mut directory)?;
    let mut rest = directory.as_slice();
    let mut entries = Vec::new();
    for _ in 0..count {
        let (entry, after) = read_entry(rest)?;
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

fn read_entry(rest: &[u8]) -> Result<(Entry, &[u8]), ArchiveError> {
    let damaged = || ArchiveError::Unreadable("damaged directory");
    let (fixed, rest) = rest.split_at_checked(46).ok_or_else(damaged)?;
    if !fixed.starts_with(b"PK\x01\x02") {
        return Err(damaged());
    }
    if number(fixed, 8) & 1 != 0 {
        return Err(ArchiveError::Unreadable("encrypted entry"));
    }
    let lengths = [28, 30, 32].map(|at| usize::from(number(fixed, at)));
    let [name, extra, comment] = lengths;
    let (name, rest) = rest.split_at_checked(name).ok_or_else(damaged)?;
    let (_, rest) = rest.split_at_checked(extra + comment).ok_or_else(damaged)?;
    let entry = Entry {
        name: name.to_vec(),
        method: number(fixed, 10),
        packed: u64::from(wide_number(fixed, 20)),
        declared: u64::from(wide_number(fixed, 24)),
        header_at: u64::from(wide_number(fixed, 42)),
    };
    Ok((entry, rest))
}

/// Two bytes at a place, little endian; zero past the end.
fn number(bytes: &[u8], at: usize) -> u16 {
    let pair = bytes.get(at..at + 2).and_then(|pair| pair.try_into().ok());
    pair.map_or(0, u16::from_le_bytes)
}

/// Four bytes at a place, little endian; zero past the end.
fn wide_number(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}
