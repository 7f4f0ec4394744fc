//! Dataset folders and result folders on disk.

use engine::dataset::{Dataset, TABLES, read_csv};
use engine::import::{FileNames, cross_check};
use engine::issue::Issue;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Reads every table of a folder; unknown files are left alone.
///
/// # Errors
/// When the folder holds no table or a file cannot be opened.
pub fn read_dataset(folder: &Path) -> Result<(Dataset, Vec<Issue>), String> {
    let mut dataset = Dataset::default();
    let mut issues = Vec::new();
    let mut names = Vec::new();
    for table in TABLES {
        let name = format!("{}.csv", table.name);
        let path = folder.join(&name);
        if !path.exists() {
            continue;
        }
        let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut read = read_csv(table.id, &name, io::BufReader::with_capacity(1 << 20, file));
        names.push(FileNames::take(&name, &mut read));
        issues.extend(read.issues);
        dataset.insert(read.table);
    }
    if dataset.tables().next().is_none() {
        return Err(format!("no table of a dataset in {}", folder.display()));
    }
    issues.extend(cross_check(&dataset, &names));
    Ok((dataset, issues))
}

/// Writes one file of a folder, making the folder if needed.
///
/// # Errors
/// When the folder or file cannot be written.
pub fn write_file(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), String> {
    let path = folder.join(name);
    let named = |error: io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(folder).map_err(named)?;
    let mut target = BufWriter::with_capacity(1 << 20, File::create(&path).map_err(named)?);
    write(&mut target)
        .and_then(|()| target.flush())
        .map_err(named)
}
