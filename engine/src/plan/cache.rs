//! Results of jobs by the fingerprint of everything they read.

use std::collections::BTreeMap;

use super::Stage;
use crate::dataset::Hash;

/// The last output of every stage and partition.
///
/// A later run takes an output from here instead of handing out a job when the job's
/// fingerprint (stage version and input bytes) is the same.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    entries: BTreeMap<(Stage, usize), (Hash, Vec<u8>)>,
}

impl Cache {
    /// The output of a job with this fingerprint.
    pub(super) fn get(&self, stage: Stage, partition: usize, fingerprint: Hash) -> Option<&[u8]> {
        let (known, output) = self.entries.get(&(stage, partition))?;
        (*known == fingerprint).then_some(output.as_slice())
    }

    /// Remembers an output in place of the one before.
    pub(super) fn put(
        &mut self,
        stage: Stage,
        partition: usize,
        fingerprint: Hash,
        output: Vec<u8>,
    ) {
        self.entries
            .insert((stage, partition), (fingerprint, output));
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.entries.values().map(|(_, output)| output.len()).sum()
    }
}
