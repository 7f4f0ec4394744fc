//! One short word for everything the engine computes from a random dataset.

use engine::plan::{Cache, PlanError, Settings, plan_hash};

use crate::random_dataset::random_dataset;
use crate::simulated_workers::plan_with;

/// Digits of a fingerprint.
pub const DIGITS: usize = 16;

/// A hash over the dataset of a seed, the exact bits of every job and the bytes of the plan's
/// files, for each number of workers: one word when they all agree.
///
/// # Errors
/// What the engine says about the dataset, or which number of workers gave other bytes.
pub fn fingerprint(seed: u64, workers: &[usize]) -> Result<String, String> {
    let dataset = random_dataset(seed);
    let settings = Settings::default();
    let mut agreed: Option<String> = None;
    for count in workers {
        let word = (|| {
            let made = plan_with(&dataset, &settings, *count, Cache::default())?;
            let mut hash = blake3::Hasher::new();
            hash.update(&dataset.hash().0);
            for output in made.outputs.values() {
                hash.update(output);
            }
            hash.update(&plan_hash(&made.plan).0);
            let digits = hash.finalize().to_hex();
            Ok::<_, PlanError>(digits.chars().take(DIGITS).collect::<String>())
        })();
        let word = word.map_err(|error| format!("seed {seed}: {error}"))?;
        match agreed.as_ref().filter(|other| **other != word) {
            Some(other) => {
                let first = workers.first().copied().unwrap_or_default();
                return Err(format!(
                    "seed {seed}: {word} with {count} workers, {other} with {first}"
                ));
            }
            None => agreed = Some(word),
        }
    }
    agreed.ok_or_else(|| "no number of workers was asked for".to_owned())
}
