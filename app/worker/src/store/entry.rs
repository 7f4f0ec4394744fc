//! Journal rows: sealed by a hash that covers the row before, so that a missing, swapped or
//! altered row breaks the chain.

use super::{Row, StoreError};
use protocol::{Hash32, OpId};

/// Rows stay inside the browser's checksummed log only while they are small; larger things go
/// into chunks and are referenced.
pub const PAYLOAD_MAX: usize = 48 * 1024;

const MAGIC: &[u8; 4] = b"BJ1\0";
const HASH_CONTEXT: &str = "ballast journal entry 1";

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Operation number, counted from 1.
    pub seq: u64,
    /// Operation id.
    pub op: OpId,
    /// Version of the payload's types.
    pub schema: u16,
    /// What happened.
    pub payload: Vec<u8>,
    /// Chain hash of the operation before; zero for the first.
    pub prev: Hash32,
}

impl Entry {
    /// The chain hash of this entry.
    #[must_use]
    pub fn hash(&self) -> Hash32 {
        Hash32(blake3::derive_key(HASH_CONTEXT, &self.body()))
    }

    /// The row to store.
    #[must_use]
    pub fn seal(&self) -> Row {
        let mut bytes = self.body();
        bytes.extend_from_slice(&self.hash().0);
        Row {
            seq: self.seq,
            op: self.op,
            bytes,
        }
    }

    fn body(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(128 + self.payload.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.seq.to_le_bytes());
        bytes.extend_from_slice(&self.op.0);
        bytes.extend_from_slice(&self.schema.to_le_bytes());
        bytes.extend_from_slice(&self.prev.0);
        bytes.extend_from_slice(&self.payload);
        bytes
    }

    /// Reads a row that must follow the operation `seq` with chain hash `tail`.
    ///
    /// # Errors
    /// `Corrupt` naming the operation, when the row is not the next link of the chain.
    pub fn unseal_next(row: &Row, seq: u64, tail: Hash32) -> Result<(Self, Hash32), StoreError> {
        let corrupt = || StoreError::Corrupt {
            what: format!("journal {}", seq + 1),
        };
        let (entry, hash) = Self::decode(&row.bytes).ok_or_else(corrupt)?;
        let follows = entry.seq == seq + 1 && row.seq == entry.seq && row.op == entry.op;
        if follows && entry.prev == tail && entry.hash() == hash {
            Ok((entry, hash))
        } else {
            Err(corrupt())
        }
    }

    fn decode(bytes: &[u8]) -> Option<(Self, Hash32)> {
        let (body, hash) = bytes.split_last_chunk::<32>()?;
        let rest = body.strip_prefix(MAGIC)?;
        let (seq, rest) = rest.split_first_chunk::<8>()?;
        let (op, rest) = rest.split_first_chunk::<16>()?;
        let (schema, rest) = rest.split_first_chunk::<2>()?;
        let (prev, payload) = rest.split_first_chunk::<32>()?;
        let entry = Self {
            seq: u64::from_le_bytes(*seq),
            op: OpId(*op),
            schema: u16::from_le_bytes(*schema),
            payload: payload.to_vec(),
            prev: Hash32(*prev),
        };
        Some((entry, Hash32(*hash)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: u64, prev: Hash32) -> Entry {
        let op = OpId([u8::try_from(seq).unwrap(); 16]);
        Entry {
            seq,
            op,
            schema: 1,
            payload: b"rename".to_vec(),
            prev,
        }
    }

    #[test]
    fn a_chain_reads_back() {
        let first = entry(1, Hash32([0; 32]));
        let second = entry(2, first.hash());
        let (read, tail) = Entry::unseal_next(&first.seal(), 0, Hash32([0; 32])).unwrap();
        assert_eq!((read, tail), (first.clone(), first.hash()));
        assert_eq!(
            Entry::unseal_next(&second.seal(), 1, tail).unwrap().0,
            second
        );
    }

    #[test]
    fn lg04_every_flipped_bit_breaks_the_chain() {
        let row = entry(1, Hash32([0; 32])).seal();
        for bit in 0..row.bytes.len() * 8 {
            let mut flipped = row.clone();
            flipped.bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(
                Entry::unseal_next(&flipped, 0, Hash32([0; 32])).is_err(),
                "bit {bit}"
            );
        }
    }

    #[test]
    fn a_missing_or_swapped_row_breaks_the_chain() {
        let first = entry(1, Hash32([0; 32]));
        let second = entry(2, first.hash());
        let third = entry(3, second.hash());
        let corrupt = |seq: u64| {
            Err(StoreError::Corrupt {
                what: format!("journal {seq}"),
            })
        };
        assert_eq!(
            Entry::unseal_next(&third.seal(), 1, first.hash()),
            corrupt(2)
        );
        assert_eq!(
            Entry::unseal_next(&second.seal(), 0, Hash32([0; 32])),
            corrupt(1)
        );
        let forged = Row {
            seq: 2,
            ..third.seal()
        };
        assert_eq!(Entry::unseal_next(&forged, 1, first.hash()), corrupt(2));
    }
}
