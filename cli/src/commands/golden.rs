//! `ballast golden`: runs a directory of golden cases.

use super::Failure;
use crate::golden::{Verdict, run_directory};
use std::path::PathBuf;

/// Run golden cases (JSON) and compare with their expected values.
#[derive(clap::Args)]
pub struct Golden {
    /// Directory of case files.
    directory: PathBuf,
}

impl Golden {
    /// Prints a line for each case and the totals.
    ///
    /// # Errors
    /// If a case fails, its kind is unknown, or the directory holds no case.
    pub fn run(&self) -> Result<(), Failure> {
        let results = run_directory(&self.directory).map_err(|error| {
            Failure::Refused(format!("cannot read {}: {error}", self.directory.display()))
        })?;
        for (id, verdict) in &results {
            match verdict {
                Verdict::Passed => say!("{id} ok"),
                Verdict::Failed(reason) => say!("{id} FAILED {reason}"),
            }
        }
        let failed = results
            .iter()
            .filter(|(_, verdict)| *verdict != Verdict::Passed)
            .count();
        say!("{} passed, {failed} failed", results.len() - failed);
        if results.is_empty() {
            return Err(Failure::Refused("no golden case found".to_owned()));
        }
        if failed > 0 {
            Err(Failure::Refused(String::new()))
        } else {
            Ok(())
        }
    }
}
