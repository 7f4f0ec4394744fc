//! Counter-based random numbers: SplitMix64 streams keyed by what is drawn for.
//!
//! A draw depends only on (seed, ids, counter), never on who drew before, so a
//! simulation gives the same bytes with any number of workers, and two
//! scenarios under one seed see the same random events.
//!
//! Source: Steele, Lea & Flood (2014), Fast splittable pseudorandom number
//! generators, OOPSLA.

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
const TWO_POW_MINUS_53: f64 = 1.0 / 9_007_199_254_740_992.0;

/// A stream of independent draws, addressed by counter.
///
/// ```
/// use engine::rng::Stream;
/// let stream = Stream::from_seed(1_234_567);
/// assert_eq!(stream.u64_at(0), 6_457_827_717_110_365_317);
/// assert_eq!(stream.f64_at(1), 0.173_644_096_670_912_63);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    key: u64,
}

impl Stream {
    /// The plain SplitMix64 sequence started at `seed`.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        Self { key: seed }
    }

    /// The stream of one purpose: `ids` name it, in a fixed order
    /// (sku, location, replication for the simulation).
    ///
    /// key = mix(seed + gamma), then key = mix(key xor (id + 1) gamma) per id.
    #[must_use]
    pub fn keyed(seed: u64, ids: &[u64]) -> Self {
        let start = mix(seed.wrapping_add(GAMMA));
        let key = ids.iter().fold(start, |key, id| {
            mix(key ^ id.wrapping_add(1).wrapping_mul(GAMMA))
        });
        Self { key }
    }

    /// The key that identifies this stream.
    #[must_use]
    pub fn key(self) -> u64 {
        self.key
    }

    /// Draw number `n` (from 0), uniform over all 64-bit values.
    #[must_use]
    pub fn u64_at(self, n: u64) -> u64 {
        mix(self.key.wrapping_add(n.wrapping_add(1).wrapping_mul(GAMMA)))
    }

    /// Draw number `n` (from 0), uniform in \[0, 1) on a grid of 2^-53.
    #[must_use]
    pub fn f64_at(self, n: u64) -> f64 {
        (self.u64_at(n) >> 11) as f64 * TWO_POW_MINUS_53
    }

    /// The draws from the first on, in order.
    #[must_use]
    pub fn draws(self) -> Draws {
        Draws {
            stream: self,
            next: 0,
        }
    }
}

/// The draws of a stream in order.
#[derive(Clone, Debug)]
pub struct Draws {
    stream: Stream,
    next: u64,
}

impl Draws {
    /// The next draw, uniform over all 64-bit values.
    pub fn next_u64(&mut self) -> u64 {
        let value = self.stream.u64_at(self.next);
        self.next = self.next.wrapping_add(1);
        value
    }

    /// The next draw, uniform in \[0, 1).
    pub fn next_f64(&mut self) -> f64 {
        let value = self.stream.f64_at(self.next);
        self.next = self.next.wrapping_add(1);
        value
    }
}

/// The finaliser of SplitMix64.
pub(crate) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
