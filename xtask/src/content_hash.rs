//! A name for a file's content: it changes when the content does.

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// 64-bit FNV-1a in hexadecimal. Not a defence against forgery, only against stale caches.
pub fn content_hash(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::content_hash;

    /// Figures of the reference test suite of the Fowler-Noll-Vo hash.
    #[test]
    fn equals_the_published_figures() {
        assert_eq!(content_hash(b""), "cbf29ce484222325");
        assert_eq!(content_hash(b"a"), "af63dc4c8601ec8c");
        assert_eq!(content_hash(b"foobar"), "85944171f73967e8");
    }
}
