//! Mappings confirmed before, kept as settings of the workspace: one for each shape of file.

use crate::ui::ranked;
use engine::import::Mapping;
use protocol::Command;
use serde::{Deserialize, Serialize};

/// What the names of these settings start with.
const PREFIX: &str = "mapping.";
/// Form of the value; another form is not read.
const FORM: &str = "1 ";
/// Longest value: an operation of the journal has to hold it.
const LENGTH_MAX: usize = 40_000;

/// A mapping and the import that confirmed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Remembered {
    /// Milliseconds since 1970.
    pub saved_ms: u64,
    /// Name of the file.
    pub file: String,
    /// Shape of the file, as the import worker names it: reading headers is its business.
    pub shape: String,
    /// The mapping as it was used.
    pub mapping: Mapping,
}

/// Mappings among the settings of a workspace, oldest first.
pub(super) fn among(settings: &[(String, String)]) -> Vec<Remembered> {
    let mappings = settings
        .iter()
        .filter(|(key, _)| key.starts_with(PREFIX))
        .filter_map(|(_, value)| Remembered::parse(value));
    ranked(mappings, |one, other| one.saved_ms < other.saved_ms)
}

impl Remembered {
    /// Keeps it for the next file of its shape; `None` for one too large to keep.
    pub fn keep(&self) -> Option<Command> {
        let bytes = postcard::to_stdvec(self).ok()?;
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let value = format!("{FORM}{hex}");
        (value.len() <= LENGTH_MAX).then(|| Command::SettingSet {
            key: self.key(),
            value: Some(value),
        })
    }

    /// Forgets it.
    pub fn forget(&self) -> Command {
        Command::SettingSet {
            key: self.key(),
            value: None,
        }
    }

    fn key(&self) -> String {
        format!("{PREFIX}{}", self.shape)
    }

    fn parse(value: &str) -> Option<Self> {
        let hex = value.strip_prefix(FORM)?;
        let digits = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(digits).collect();
        postcard::from_bytes(&bytes?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::dataset::TableId;
    use engine::import::{FileFormat, SourceColumn, Target};

    fn remembered(header: &str, saved_ms: u64) -> Remembered {
        let mut mapping = Mapping::new(TableId::Stock, FileFormat::default());
        mapping.columns = vec![SourceColumn {
            header: header.to_owned(),
            target: Target::Column("sku".to_owned()),
        }];
        let file = format!("库存 {saved_ms}.csv");
        Remembered {
            saved_ms,
            file,
            shape: mapping.shape(),
            mapping,
        }
    }

    fn setting(command: Option<Command>) -> (String, String) {
        match command {
            Some(Command::SettingSet { key, value }) => (key, value.unwrap_or_default()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn mappings_come_back_oldest_first_and_other_settings_are_none() {
        let (new, old) = (remembered("货号", 20), remembered("SKU", 10));
        let mut settings = vec![setting(new.keep()), setting(old.keep())];
        settings.push(("mapping.text-0".to_owned(), "9 zz".to_owned()));
        settings.push(("look".to_owned(), "1 00".to_owned()));
        assert_eq!(among(&settings), [old, new]);
    }

    #[test]
    fn a_shape_has_one_mapping_and_forgetting_takes_it() {
        let (first, second) = (remembered("货号", 1), remembered(" 货号", 2));
        assert_eq!(setting(first.keep()).0, setting(second.keep()).0);
        assert_eq!(setting(Some(first.forget())), (first.key(), String::new()));
    }

    #[test]
    fn what_no_operation_could_hold_is_not_kept() {
        let mut large = remembered("货号", 1);
        large.file = "x".repeat(LENGTH_MAX);
        assert_eq!(large.keep(), None);
    }
}
