//! The `.ballast` file: one checkpoint with all its chunks.
//!
//! `BALLAST1`, then length-prefixed (u32) manifest, number of chunks (u32), per chunk its hash,
//! length (u32) and bytes, and the BLAKE3 of everything before. Chunks are byte-equal to what a
//! remote copy stores, so the same file can be checked against one.

use super::chunks::{self, CHUNK_RAW_MAX};
use super::manifest::Manifest;
use protocol::{AppError, Code, Hash32};
use std::collections::BTreeMap;

const MAGIC: &[u8; 8] = b"BALLAST1";

/// What a backup file holds, verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The checkpoint.
    pub manifest: Manifest,
    /// Its chunks by hash.
    pub chunks: BTreeMap<Hash32, Vec<u8>>,
}

fn bad(reason: &str) -> AppError {
    AppError::new(Code::BadBackup).with("reason", reason)
}

fn put_length(file: &mut Vec<u8>, length: usize) -> Result<(), AppError> {
    let length = u32::try_from(length).map_err(|_too_large| bad("too_large"))?;
    file.extend_from_slice(&length.to_le_bytes());
    Ok(())
}

impl Backup {
    /// The file's bytes.
    ///
    /// # Errors
    /// `BadBackup` when a part is longer than the format can say (4 GiB).
    pub fn to_bytes(&self) -> Result<Vec<u8>, AppError> {
        let (_, manifest) = self.manifest.seal();
        let mut file = MAGIC.to_vec();
        put_length(&mut file, manifest.len())?;
        file.extend_from_slice(&manifest);
        put_length(&mut file, self.chunks.len())?;
        for (hash, bytes) in &self.chunks {
            file.extend_from_slice(&hash.0);
            put_length(&mut file, bytes.len())?;
            file.extend_from_slice(bytes);
        }
        let seal = chunks::hash(&file);
        file.extend_from_slice(&seal.0);
        Ok(file)
    }

    /// Reads and verifies a file of unknown origin.
    ///
    /// # Errors
    /// `BadBackup` with a reason, `StorageNewer`, or the damage of a chunk by name.
    pub fn from_bytes(file: &[u8]) -> Result<Self, AppError> {
        let rest = file
            .strip_prefix(MAGIC)
            .ok_or_else(|| bad("not_a_backup"))?;
        let (body, seal) = file
            .split_last_chunk::<32>()
            .ok_or_else(|| bad("cut_off"))?;
        if chunks::hash(body).0 != *seal {
            return Err(bad("cut_off_or_altered"));
        }
        let end = rest
            .len()
            .checked_sub(seal.len())
            .ok_or_else(|| bad("cut_off"))?;
        let mut reader = Reader {
            rest: rest.get(..end).unwrap_or_default(),
        };
        let manifest = reader.block(u32::MAX)?;
        let manifest = Manifest::unseal(chunks::hash(manifest), manifest)?;
        let mut found = BTreeMap::new();
        for _ in 0..reader.length()? {
            let hash = Hash32(*reader.take::<32>()?);
            found.insert(hash, reader.block(CHUNK_RAW_MAX)?.to_vec());
        }
        if !reader.rest.is_empty() {
            return Err(bad("trailing_bytes"));
        }
        let backup = Self {
            manifest,
            chunks: found,
        };
        backup.verify()?;
        Ok(backup)
    }

    fn verify(&self) -> Result<(), AppError> {
        for dataset in &self.manifest.datasets {
            let mut hasher = blake3::Hasher::new();
            for chunk in &dataset.chunks {
                let missing = || {
                    AppError::new(Code::ChunkMissing)
                        .with("dataset", &dataset.name)
                        .with("chunk", chunk.hash)
                };
                let stored = self.chunks.get(&chunk.hash).ok_or_else(missing)?;
                hasher.update(&chunks::unpack(&dataset.name, chunk, stored)?);
            }
            if hasher.finalize().as_bytes() != &dataset.raw_hash.0 {
                let corrupt = AppError::new(Code::ChunkCorrupt).with("dataset", &dataset.name);
                return Err(corrupt.with("chunk", dataset.raw_hash));
            }
        }
        Ok(())
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Result<&'a [u8; N], AppError> {
        let (head, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or_else(|| bad("cut_off"))?;
        self.rest = rest;
        Ok(head)
    }

    fn length(&mut self) -> Result<u32, AppError> {
        self.take::<4>().map(|bytes| u32::from_le_bytes(*bytes))
    }

    fn block(&mut self, max: u32) -> Result<&'a [u8], AppError> {
        let length = self.length()?;
        if length > max {
            return Err(bad("too_large"));
        }
        let (head, rest) = self
            .rest
            .split_at_checked(length as usize)
            .ok_or_else(|| bad("cut_off"))?;
        self.rest = rest;
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::head::FORMAT;
    use protocol::WorkspaceId;

    fn sample() -> Backup {
        let (dataset, stored) = chunks::pack("state", 1, b"some state, some state, some state");
        let manifest = Manifest {
            format: FORMAT,
            workspace: WorkspaceId([1; 16]),
            parent: None,
            created_ms: 5,
            seq: 3,
            tail: Hash32([2; 32]),
            state_hash: Hash32([3; 32]),
            datasets: vec![dataset],
        };
        Backup {
            manifest,
            chunks: stored.into_iter().collect(),
        }
    }

    #[test]
    fn st14_a_backup_reads_back_byte_for_byte() {
        let file = sample().to_bytes().unwrap();
        let read = Backup::from_bytes(&file).unwrap();
        assert_eq!(read, sample());
        assert_eq!(read.to_bytes().unwrap(), file);
    }

    #[test]
    fn in07_every_cut_and_every_flipped_bit_is_refused() {
        let file = sample().to_bytes().unwrap();
        for length in 0..file.len() {
            assert!(
                Backup::from_bytes(&file[..length]).is_err(),
                "cut at {length}"
            );
        }
        for bit in 0..file.len() * 8 {
            let mut flipped = file.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(Backup::from_bytes(&flipped).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn in07_a_well_sealed_lie_is_refused() {
        let reseal = |mut body: Vec<u8>| {
            let seal = chunks::hash(&body);
            body.extend_from_slice(&seal.0);
            body
        };
        let file = sample().to_bytes().unwrap();
        let body = &file[..file.len() - 32];
        let mut trailing = body.to_vec();
        trailing.push(0);
        let mut huge = body.to_vec();
        huge[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
        let mut altered = body.to_vec();
        let last = altered.len() - 1;
        altered[last] ^= 1;
        for lie in [trailing, huge, altered] {
            assert!(Backup::from_bytes(&reseal(lie)).is_err());
        }
    }
}
