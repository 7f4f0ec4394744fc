//! Datasets written as text, for tests.

use crate::dataset::{Dataset, TableId, read_csv};

/// A dataset of canonical CSV texts, which must be free of issues.
pub(super) fn dataset(tables: &[(TableId, &str)]) -> Dataset {
    let table = |(id, text): &(TableId, &str)| {
        let read = read_csv(*id, "test.csv", text.as_bytes());
        assert_eq!(read.issues, []);
        read.table
    };
    Dataset::from_tables(tables.iter().map(table))
}
