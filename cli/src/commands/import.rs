//! `ballast import`: any file through a mapping into a dataset folder.

use super::Failure;
use crate::files::write_tables;
use ballast_io::workbook::{Workbook, is_workbook};
use engine::dataset::{Dataset, TABLES, TableId};
use engine::day::Day;
use engine::import::{
    Encoding, HEAD_BYTES, Locale, Mapping, Measure, Proposal, Question, StageError, Staged,
    add_import, complete_company, detect_encoding, inspect_text, read_tables, stage_csv,
    write_report,
};
use engine::issue::{Code, Issue, Place};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Issues printed; all of them are in import_report.csv.
const SHOWN_ISSUES: usize = 20;

/// Read CSV or XLSX files, or a folder of canonical files, into a dataset folder.
#[derive(clap::Args)]
pub struct Import {
    /// File or folder to read; may be given several times.
    #[arg(long = "file", value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Mapping to use; without one the proposed mapping is used if nothing is left open.
    #[arg(long, value_name = "JSON")]
    mapping: Option<PathBuf>,
    /// Date of the stock picture; the last date in the files when not given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Language of the user, which decides between encodings that bytes allow.
    #[arg(long, default_value = "zh", value_parser = ["zh", "en"])]
    locale: String,
    /// Folder to write: the tables, import_report.csv and the mapping used.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// What has been read so far.
#[derive(Default)]
struct Imported {
    dataset: Dataset,
    issues: Vec<Issue>,
    mapping: Option<Mapping>,
    is_unbalanced: bool,
}

impl Import {
    /// Reads the files, writes the folder, prints rows, totals and the dataset's hash.
    ///
    /// # Errors
    /// If a file cannot be used, something about it has to be decided first, or the totals
    /// do not match.
    pub fn run(&self) -> Result<(), Failure> {
        let as_of = self.as_of()?;
        let mapping = self.read_mapping()?;
        let mut imported = Imported::default();
        for file in &self.files {
            let read = self.read_file(file, mapping.as_ref(), &mut imported);
            if let Err(failure) = read {
                self.write_issues(&imported)?;
                return Err(failure);
            }
        }
        complete_company(&mut imported.dataset, as_of);
        self.write(&imported)?;
        for table in imported.dataset.tables() {
            say!("{}.csv  {} rows", table.def().name, table.len());
        }
        say!("dataset hash  {}", imported.dataset.hash());
        if imported.is_unbalanced {
            return Err(Failure::Refused(
                "totals of file and dataset differ".to_owned(),
            ));
        }
        Ok(())
    }

    fn as_of(&self) -> Result<Option<Day>, Failure> {
        let Some(text) = &self.as_of else {
            return Ok(None);
        };
        let day = Day::parse_iso(text);
        day.map(Some)
            .ok_or_else(|| Failure::Usage(format!("--as-of wants YYYY-MM-DD, not {text}")))
    }

    fn read_mapping(&self) -> Result<Option<Mapping>, Failure> {
        let Some(path) = &self.mapping else {
            return Ok(None);
        };
        let text = std::fs::read_to_string(path).map_err(|error| cannot_read(path, &error))?;
        let mapping = serde_json::from_str(&text);
        mapping
            .map(Some)
            .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
    }

    fn read_file(
        &self,
        path: &Path,
        mapping: Option<&Mapping>,
        imported: &mut Imported,
    ) -> Result<(), Failure> {
        if path.is_dir() {
            return read_folder(path, imported);
        }
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        let mut workbook = open_workbook(path, &name, imported)?;
        let mapping = match (mapping, &mut workbook) {
            (Some(mapping), _) => mapping.clone(),
            (None, Some(workbook)) => {
                let inspected = workbook.inspect(&name, "", None, &[]);
                let (_, proposal) =
                    inspected.map_err(|error| imported.refuse(error.issue(&name)))?;
                self.accept(&name, proposal)?
            }
            (None, None) => self.propose(path, &name)?,
        };
        let go_on = |_rows, _bytes| ControlFlow::Continue(());
        let staged = match &mut workbook {
            Some(workbook) => workbook.stage(&name, &mapping, go_on),
            None => stage_csv(&name, open(path)?, &mapping, go_on),
        };
        imported.mapping = Some(mapping);
        imported.take(&name, staged)
    }

    /// The mapping proposed for a text file.
    fn propose(&self, path: &Path, name: &str) -> Result<Mapping, Failure> {
        let locale = if self.locale == "en" {
            Locale::En
        } else {
            Locale::Zh
        };
        let detected = detect_encoding(open(path)?, locale, u64::MAX)
            .map_err(|error| cannot_read(path, &error))?;
        let Some(detected) = detected else {
            return Err(Failure::Refused(format!(
                "{name}: not text in {}",
                encodings()
            )));
        };
        let mut head = Vec::new();
        let limit = HEAD_BYTES as u64;
        open(path)?
            .take(limit)
            .read_to_end(&mut head)
            .map_err(|error| cannot_read(path, &error))?;
        let is_whole = (head.len() as u64) < limit;
        let inspected = inspect_text(name, &head, is_whole, detected.encoding, &[]);
        let inspected = inspected.map_err(|error| Failure::Refused(format!("{name}: {error}")))?;
        say!("{name}: {}", detected.encoding.as_str());
        self.accept(name, inspected.proposal)
    }

    /// The mapping of a proposal, printed; refused with its questions when they cannot wait.
    fn accept(&self, name: &str, proposal: Proposal) -> Result<Mapping, Failure> {
        let Proposal {
            mapping, questions, ..
        } = proposal;
        say!("{name}: {}.csv", mapping.def().name);
        for question in &questions {
            eprintln!("{name}: {}", describe(question));
        }
        if questions.iter().any(Question::is_blocking) {
            self.write_mapping(&mapping)?;
            let path = self.out.join("mapping.json");
            let message = format!(
                "{name}: decide the above in {} and pass it as --mapping",
                path.display()
            );
            return Err(Failure::Refused(message));
        }
        Ok(mapping)
    }

    fn write(&self, imported: &Imported) -> Result<(), Failure> {
        write_tables(&self.out, &imported.dataset)?;
        if let Some(mapping) = &imported.mapping {
            self.write_mapping(mapping)?;
        }
        self.write_issues(imported)
    }

    fn write_mapping(&self, mapping: &Mapping) -> Result<(), Failure> {
        create(&self.out)?;
        let path = self.out.join("mapping.json");
        let text = serde_json::to_string_pretty(mapping).map_err(std::io::Error::other);
        text.and_then(|text| std::fs::write(&path, text + "\n"))
            .map_err(|error| cannot_write(&path, &error))
    }

    fn write_issues(&self, imported: &Imported) -> Result<(), Failure> {
        for issue in imported.issues.iter().take(SHOWN_ISSUES) {
            eprintln!("{issue}");
        }
        if imported.issues.len() > SHOWN_ISSUES {
            eprintln!(
                "... {} in all, see import_report.csv",
                imported.issues.len()
            );
        }
        create(&self.out)?;
        let path = self.out.join("import_report.csv");
        write_report(imported.issues.iter().cloned(), create_file(&path)?)
            .map_err(|error| cannot_write(&path, &error))
    }
}

impl Imported {
    /// Lists what makes a file unusable.
    fn refuse(&mut self, issue: Issue) -> Failure {
        let failure = Failure::Refused(format!("{} cannot be used", issue.place.file));
        self.issues.push(issue);
        failure
    }

    fn take(&mut self, file: &str, staged: Result<Staged, StageError>) -> Result<(), Failure> {
        let staged = match staged {
            Ok(staged) => staged,
            Err(StageError::Unusable(issue)) => return Err(self.refuse(issue)),
            Err(StageError::Cancelled) => return Err(Failure::Refused("cancelled".to_owned())),
        };
        print_totals(file, &staged);
        self.is_unbalanced |= !staged.totals.is_balanced();
        self.issues.extend(staged.issues());
        let replaced = add_import(&mut self.dataset, staged.tables);
        let issue = |(table, key): &(TableId, String)| replaced_row(file, *table, key);
        self.issues.extend(replaced.iter().map(issue));
        Ok(())
    }
}

/// The file as a workbook, when its first bytes say so.
fn open_workbook(
    path: &Path,
    name: &str,
    imported: &mut Imported,
) -> Result<Option<Workbook<BufReader<File>>>, Failure> {
    let mut head = Vec::new();
    open(path)?
        .take(8)
        .read_to_end(&mut head)
        .map_err(|error| cannot_read(path, &error))?;
    if !is_workbook(&head) {
        return Ok(None);
    }
    let opened = Workbook::open(BufReader::new(open(path)?));
    opened
        .map(Some)
        .map_err(|error| imported.refuse(error.issue(name)))
}

fn replaced_row(file: &str, table: TableId, key: &str) -> Issue {
    let place = Place {
        file: file.to_owned(),
        ..Place::default()
    };
    let table = TABLES.get(table.index()).map_or("", |table| table.name);
    Issue::new(Code::Replaced, place)
        .with("value", key)
        .with("table", table)
}

fn read_folder(path: &Path, imported: &mut Imported) -> Result<(), Failure> {
    let entries = std::fs::read_dir(path).map_err(|error| cannot_read(path, &error))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "csv"));
    files.sort_unstable();
    let opened: Result<Vec<_>, Failure> = files
        .iter()
        .map(|file| {
            Ok((
                file.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                open(file)?,
            ))
        })
        .collect();
    let read = read_tables(opened?);
    imported.issues.extend(read.issues);
    imported.dataset = read.dataset;
    say!("{}: {} rows", path.display(), read.rows_read);
    Ok(())
}

fn print_totals(file: &str, staged: &Staged) {
    let totals = &staged.totals;
    say!("{file}: {} rows", staged.rows_read);
    let print = |name: &str, group: &Measure| {
        say!(
            "  {name:<11} {:>10} rows  quantity {:>14}  value {:>18}",
            group.rows,
            group.quantity_text(),
            group.value_text()
        );
    };
    print("file", &totals.file);
    print("loaded", &totals.loaded);
    print("returns", &totals.returns);
    print("set aside", &totals.set_aside);
    print("refused", &totals.refused);
    print("difference", &totals.difference());
    if totals.unreadable > 0 {
        say!(
            "  {} refused rows have no readable quantity",
            totals.unreadable
        );
    }
    for (code, count) in staged.refusals.counts() {
        say!("  {:<22} {count}", code.as_str());
    }
}

fn describe(question: &Question) -> String {
    match question {
        Question::Table { is_unknown: true } => "no table fits its header".to_owned(),
        Question::Table { is_unknown: false } => "the table is a guess".to_owned(),
        Question::Required { column } => format!("nothing fills the required column {column}"),
        Question::Constant { column, value } => format!("every row gets {column} = {value}"),
        Question::Column { header } => format!("column {header} is a guess"),
        Question::DecimalMark { example } => format!("{example}: comma or point before decimals?"),
        Question::DateOrder { example } => format!("{example}: day or month first?"),
        Question::Word { column, word } => format!("unknown {column}: {word}"),
    }
}

fn encodings() -> String {
    Encoding::ALL.map(Encoding::as_str).join(", ")
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| cannot_read(path, &error))
}

fn create(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|error| cannot_write(path, &error))
}

fn create_file(path: &Path) -> Result<BufWriter<File>, Failure> {
    File::create(path)
        .map(BufWriter::new)
        .map_err(|error| cannot_write(path, &error))
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Refused(format!("cannot read {}: {error}", path.display()))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Refused(format!("cannot write {}: {error}", path.display()))
}
