//! Bulk bytes: packed into compressed chunks named by the hash of what is stored.
//!
//! Browsers keep values above about 64 KiB in separate files without a checksum and hand a
//! damaged one out as success, so every read is verified here.

use super::{Store, StoreError};
use protocol::{AppError, Code, Hash32};
use serde::{Deserialize, Serialize};

/// Raw bytes a chunk holds at most when written.
pub const CHUNK_RAW: usize = 512 * 1024;

/// Raw bytes a chunk may claim when read: bounds what a hostile backup can make us allocate.
pub const CHUNK_RAW_MAX: u32 = 4 * 1024 * 1024;

/// How a chunk's bytes are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Codec {
    /// As they are.
    Plain,
    /// One LZ4 block.
    Lz4,
}

/// Where one piece of a dataset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkRef {
    /// BLAKE3 of the stored bytes; the chunk's key.
    pub hash: Hash32,
    /// How to read it.
    pub codec: Codec,
    /// Bytes after reading.
    pub raw_len: u32,
}

/// A named run of bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatasetRef {
    /// Name to show when it is damaged.
    pub name: String,
    /// Rows, for information.
    pub rows: u64,
    /// BLAKE3 of the raw bytes.
    pub raw_hash: Hash32,
    /// Pieces, in order.
    pub chunks: Vec<ChunkRef>,
}

impl DatasetRef {
    /// Bytes in all.
    #[must_use]
    pub fn raw_len(&self) -> u64 {
        self.chunks
            .iter()
            .map(|chunk| u64::from(chunk.raw_len))
            .sum()
    }
}

/// BLAKE3 as an id.
#[must_use]
pub fn hash(bytes: &[u8]) -> Hash32 {
    Hash32(*blake3::hash(bytes).as_bytes())
}

/// Cuts bytes into chunks; returns how to find them and what to store.
#[must_use]
pub fn pack(name: &str, rows: u64, raw: &[u8]) -> (DatasetRef, Vec<(Hash32, Vec<u8>)>) {
    let mut refs = Vec::new();
    let mut stored = Vec::new();
    for piece in raw.chunks(CHUNK_RAW) {
        let packed = lz4_flex::block::compress(piece);
        let (codec, bytes) = if packed.len() < piece.len() {
            (Codec::Lz4, packed)
        } else {
            (Codec::Plain, piece.to_vec())
        };
        let hash = hash(&bytes);
        let raw_len = u32::try_from(piece.len()).unwrap_or(CHUNK_RAW_MAX);
        refs.push(ChunkRef {
            hash,
            codec,
            raw_len,
        });
        stored.push((hash, bytes));
    }
    let dataset = DatasetRef {
        name: name.to_owned(),
        rows,
        raw_hash: hash(raw),
        chunks: refs,
    };
    (dataset, stored)
}

/// Reads one stored chunk.
///
/// # Errors
/// `ChunkCorrupt` naming the dataset, when the bytes differ from their hash or do not unpack to
/// the promised length.
pub fn unpack(dataset: &str, chunk: &ChunkRef, stored: &[u8]) -> Result<Vec<u8>, AppError> {
    let corrupt = || {
        AppError::new(Code::ChunkCorrupt)
            .with("dataset", dataset)
            .with("chunk", chunk.hash)
    };
    if hash(stored) != chunk.hash || chunk.raw_len > CHUNK_RAW_MAX {
        return Err(corrupt());
    }
    let raw_len = chunk.raw_len as usize;
    let raw = match chunk.codec {
        Codec::Plain => stored.to_vec(),
        Codec::Lz4 => lz4_flex::block::decompress(stored, raw_len).map_err(|_reason| corrupt())?,
    };
    if raw.len() == raw_len {
        Ok(raw)
    } else {
        Err(corrupt())
    }
}

/// Reads and verifies a dataset.
///
/// # Errors
/// `ChunkMissing` or `ChunkCorrupt` naming the dataset; other codes when the store fails.
pub async fn fetch<S: Store>(store: &S, dataset: &DatasetRef) -> Result<Vec<u8>, AppError> {
    let mut raw = Vec::new();
    for chunk in &dataset.chunks {
        let missing = || {
            AppError::new(Code::ChunkMissing)
                .with("dataset", &dataset.name)
                .with("chunk", chunk.hash)
        };
        let stored = match store.chunk(chunk.hash).await {
            Ok(stored) => stored.ok_or_else(missing)?,
            // A deleted value file reads as an error of the whole request.
            Err(StoreError::Failed {
                failure: super::failure::Failure::Broken,
                ..
            }) => return Err(missing()),
            Err(error) => return Err(error.into()),
        };
        raw.extend_from_slice(&unpack(&dataset.name, chunk, &stored)?);
    }
    if hash(&raw) == dataset.raw_hash {
        Ok(raw)
    } else {
        Err(AppError::new(Code::ChunkCorrupt)
            .with("dataset", &dataset.name)
            .with("chunk", dataset.raw_hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::MemoryStore;
    use crate::testing::block_on;

    /// Compressible and incompressible stretches over several chunks.
    fn sample() -> Vec<u8> {
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let random: Vec<u8> = (0..CHUNK_RAW + 17).map(|_| noise()).collect();
        [vec![7; CHUNK_RAW], random].concat()
    }

    #[test]
    fn bytes_survive_packing() {
        let store = MemoryStore::new();
        for raw in [Vec::new(), vec![1], sample()] {
            let (dataset, chunks) = pack("demand", 3, &raw);
            block_on(store.put_chunks(&chunks)).unwrap();
            assert_eq!(dataset.raw_len(), raw.len() as u64);
            assert_eq!(block_on(fetch(&store, &dataset)), Ok(raw));
        }
    }

    #[test]
    fn st05_a_flipped_chunk_names_its_dataset() {
        let (dataset, chunks) = pack("demand", 3, &sample());
        for index in 0..chunks.len() {
            let store = MemoryStore::new();
            let mut flipped = chunks.clone();
            let middle = flipped[index].1.len() / 2;
            flipped[index].1[middle] ^= 1;
            block_on(store.put_chunks(&flipped)).unwrap();
            let error = block_on(fetch(&store, &dataset)).unwrap_err();
            assert_eq!(
                (error.code, error.param("dataset")),
                (Code::ChunkCorrupt, Some("demand"))
            );
        }
    }

    #[test]
    fn st05_a_deleted_chunk_names_its_dataset() {
        let (dataset, chunks) = pack("demand", 3, &sample());
        let store = MemoryStore::new();
        block_on(store.put_chunks(&chunks[1..])).unwrap();
        let error = block_on(fetch(&store, &dataset)).unwrap_err();
        assert_eq!(
            (error.code, error.param("dataset")),
            (Code::ChunkMissing, Some("demand"))
        );
    }

    #[test]
    fn in07_a_chunk_cannot_inflate_beyond_its_promise() {
        let (dataset, chunks) = pack("demand", 1, &vec![0; CHUNK_RAW]);
        let liar = ChunkRef {
            raw_len: 10,
            ..dataset.chunks[0]
        };
        assert!(unpack("demand", &liar, &chunks[0].1).is_err());
        let bomb = ChunkRef {
            raw_len: u32::MAX,
            ..dataset.chunks[0]
        };
        assert!(unpack("demand", &bomb, &chunks[0].1).is_err());
    }
}
