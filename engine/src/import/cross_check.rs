//! What only a whole dataset tells of the files it was read from.

use crate::dataset::{CodeUse, CsvRead, Dataset, TableId};
use crate::events::unknown_scopes;
use crate::issue::{Code, Issue, Place};
use crate::master::{Catalog, KnownCodes, successor_issues};
use crate::units::Qty;

/// What a file names of other tables.
#[derive(Clone, Debug)]
pub struct FileNames {
    file: String,
    table: TableId,
    scopes: Vec<(u64, String)>,
    codes: Vec<CodeUse>,
}

impl FileNames {
    /// Takes what is needed out of a file that was read.
    pub fn take(file: &str, read: &mut CsvRead) -> Self {
        Self {
            file: file.to_owned(),
            table: read.table.id(),
            scopes: std::mem::take(&mut read.scopes),
            codes: std::mem::take(&mut read.codes),
        }
    }
}

/// What should be known of a dataset whose files are not at hand: as [`cross_check`], without lines.
#[must_use]
pub fn check_tables(dataset: &Dataset) -> Vec<Issue> {
    let names = dataset.tables().map(|table| {
        let scopes = Some(table).filter(|table| table.id() == TableId::Events);
        let scopes = scopes.and_then(|table| table.texts("scope"));
        let scopes = scopes.map_or(&[][..], |scopes| &scopes.words);
        FileNames {
            file: format!("{}.csv", table.id().name()),
            table: table.id(),
            scopes: scopes.iter().map(|scope| (0, scope.clone())).collect(),
            codes: table.code_uses(),
        }
    });
    let names: Vec<FileNames> = names.collect();
    cross_check(dataset, &names)
}

/// What should be known of the files of a dataset: codes and scopes that name nothing, successors
/// that cannot be followed, demand from after its date.
#[must_use]
pub fn cross_check(dataset: &Dataset, files: &[FileNames]) -> Vec<Issue> {
    let catalog = Catalog::new(dataset);
    let known = KnownCodes::new(dataset, &catalog);
    let mut issues = Vec::new();
    for of in files {
        issues.extend(known.unknown((&of.file, of.table), &of.codes));
        issues.extend(unknown_scopes(dataset, &of.file, &of.scopes));
    }
    let mut skus = files.iter().filter(|of| of.table == TableId::Skus);
    if let Some(of) = skus.next() {
        let is_sku = |named: &&CodeUse, sku: &str| named.column.name == "sku" && named.code == sku;
        // Lines of a second file would be those of another file.
        let known = || of.codes.iter().filter(|_| skus.clone().next().is_none());
        let line_of = |sku: &str| known().find(|it| is_sku(it, sku)).map_or(0, |it| it.line);
        issues.extend(successor_issues(dataset, &catalog, (&of.file, &line_of)));
    }
    issues.extend(after_date(dataset));
    issues
}

/// Demand dated after the day of the data, which no plan looks at.
fn after_date(dataset: &Dataset) -> Option<Issue> {
    let (as_of, table) = (dataset.as_of()?, dataset.table(TableId::Demand)?);
    let rows = table.days("date").iter().zip(table.numbers("quantity"));
    let late = rows.filter(|(day, _)| **day > as_of.number());
    let (count, units) = late.fold((0_usize, Qty::ZERO), |(count, units), (_, quantity)| {
        (count + 1, units + Qty::from_thousandths(*quantity))
    });
    let place = Place {
        file: "demand.csv".to_owned(),
        line: 0,
        column: "date".to_owned(),
    };
    let issue = Issue::new(Code::AfterDate, place)
        .with("count", count)
        .with("day", as_of)
        .with("value", units);
    Some(issue).filter(|_| count > 0)
}

#[cfg(test)]
mod tests {
    use super::check_tables;
    use crate::import::read_tables;

    fn check(files: &[(&str, &str)], said: &[&str]) {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes()));
        let read = read_tables(files);
        let issues: Vec<String> = read.issues.iter().map(ToString::to_string).collect();
        assert_eq!(issues, said);
        // The tables alone say the same, but for the lines.
        let mut known: Vec<_> = read.issues.clone();
        for issue in &mut known {
            issue.place.line = 0;
        }
        let mut found = check_tables(&read.dataset);
        for issues in [&mut known, &mut found] {
            crate::order::sort_by(issues, |a, b| a.to_string().cmp(&b.to_string()));
        }
        assert_eq!(found, known);
    }

    const DEMAND: (&str, &str) = (
        "demand.csv",
        "date,sku,channel,region,quantity\n\
         2026-01-01,A,t,e,1\n2026-01-02,A,t,e,2\n2026-01-03,A,t,e,3\n2026-01-04,B,t,w,4.5\n",
    );
    const SKUS: (&str, &str) = ("skus.csv", "sku,category,successor\nA,c,A\n");

    #[test]
    fn each_unknown_code_is_said_once_with_its_first_line() {
        let stock = "sku,warehouse,bucket,quantity\nA,W,blocked,1\nX,W,blocked,1\nX,V,scrap,1\n";
        let leads = "lead,stage,region,sku\nL,won,moon,A\n";
        let keywords = "keyword,sku,category\nk,,c\nk,,d\nl,,d\n";
        check(
            &[
                DEMAND,
                SKUS,
                ("regions.csv", "region\ne\n"),
                ("stock.csv", stock),
                ("leads.csv", leads),
                ("keywords.csv", keywords),
                ("campaigns.csv", "post,skus\nP,A;Z\nR,Z B\n"),
                (
                    "campaign_days.csv",
                    "post,date\nP,2026-01-01\nQ,2026-01-01\n",
                ),
            ],
            &[
                "demand.csv:5: sku: W_UNKNOWN_CODE sku not in skus.csv, 1 rows: B",
                "demand.csv:5: region: W_UNKNOWN_CODE region not in regions.csv, 1 rows: w",
                "stock.csv:3: sku: W_UNKNOWN_CODE sku not in skus.csv, 2 rows: X",
                "leads.csv:2: region: W_UNKNOWN_CODE region not in regions.csv, 1 rows: moon",
                "keywords.csv:3: category: W_UNKNOWN_CODE category not in categories.csv, 2 rows: d",
                "campaigns.csv:3: skus: W_UNKNOWN_CODE skus not in skus.csv, 1 rows: B",
                "campaigns.csv:2: skus: W_UNKNOWN_CODE skus not in skus.csv, 2 rows: Z",
                "campaign_days.csv:3: post: W_UNKNOWN_CODE post not in campaigns.csv, 1 rows: Q",
                "skus.csv:2: successor: W_OWN_SUCCESSOR A is its own successor, so nothing takes over from it: A",
            ],
        );
    }

    #[test]
    fn demand_after_the_date_is_said_with_its_units() {
        check(
            &[
                DEMAND,
                ("skus.csv", "sku,category\nA,c\nB,c\n"),
                ("company.csv", "key,value\nas_of,2026-01-02\n"),
            ],
            &["demand.csv: date: W_AFTER_DATE 2 rows after 2026-01-02 are left out, 7.5 units"],
        );
    }
}
