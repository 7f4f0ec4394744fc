//! Files and standard streams: `-` is standard input or output.

use crate::commands::Failure;
use engine::dataset::{Dataset, write_csv};
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

/// Opens `path` for reading; `-` is standard input.
///
/// # Errors
/// If the file cannot be opened.
pub fn open(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    let file = File::open(path)
        .map_err(|error| Failure::Refused(format!("cannot read {}: {error}", path.display())))?;
    Ok(Box::new(BufReader::new(file)))
}

/// Prints a line on standard output. Whoever reads it may stop reading, as `head` does: that is no
/// failure.
pub fn print_line(line: std::fmt::Arguments<'_>) {
    let mut output = std::io::stdout().lock();
    if let Err(error) = unless_closed(writeln!(output, "{line}")) {
        eprintln!("cannot write standard output: {error}");
    }
}

/// Prints a line on standard error, as [`print_line`] does.
pub fn note_line(line: std::fmt::Arguments<'_>) {
    // There is nowhere to say that it failed.
    writeln!(std::io::stderr().lock(), "{line}").ok();
}

/// The outcome of writing to a stream that its reader may close.
fn unless_closed(outcome: std::io::Result<()>) -> std::io::Result<()> {
    outcome.or_else(|error| match error.kind() {
        ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })
}

/// Writes `table` to `path`; `-` is standard output.
///
/// # Errors
/// If the file cannot be written.
pub fn write(path: &Path, table: &[u8]) -> Result<(), Failure> {
    let outcome = if path.as_os_str() == "-" {
        let mut output = std::io::stdout().lock();
        unless_closed(output.write_all(table).and_then(|()| output.flush()))
    } else {
        File::create(path).and_then(|file| {
            let mut file = BufWriter::new(file);
            file.write_all(table)?;
            file.flush()
        })
    };
    outcome.map_err(|error| Failure::Refused(format!("cannot write {}: {error}", path.display())))
}

/// Writes every table of a dataset into a folder, which is created when missing.
///
/// # Errors
/// If the folder or a file cannot be written.
pub fn write_tables(folder: &Path, dataset: &Dataset) -> Result<(), Failure> {
    let refused = |path: &Path, error: &std::io::Error| {
        Failure::Refused(format!("cannot write {}: {error}", path.display()))
    };
    std::fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    for table in dataset.tables() {
        let path = folder.join(format!("{}.csv", table.def().name));
        File::create(&path)
            .and_then(|file| write_csv(table, BufWriter::new(file)))
            .map_err(|error| refused(&path, &error))?;
    }
    Ok(())
}
