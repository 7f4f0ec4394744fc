//! The files of a plan, to compare plans by every byte that leaves them.

use engine::plan::{OutputFile, Plan, output_files};

/// The bytes of every file of a plan, in the order of the files.
///
/// # Panics
/// Never: memory takes all that is written.
#[must_use]
pub fn bytes(plan: &Plan) -> Vec<Vec<u8>> {
    let write = |file: &OutputFile| {
        let mut bytes = Vec::new();
        (file.write)(plan, &mut bytes).expect("memory takes everything");
        bytes
    };
    output_files().iter().map(write).collect()
}
