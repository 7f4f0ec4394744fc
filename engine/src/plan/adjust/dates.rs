//! Events on other days than the data says.

use serde::{Deserialize, Serialize};

use crate::dataset::{Cell, Dataset, DuplicateRule, Table, TableBuilder, TableId};
use crate::day::Day;
use crate::events::promised;
use crate::order;

/// An occurrence of an event that is to be on other days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDates {
    /// Code of the event.
    pub event: String,
    /// First day by the data, or by the recurrence that it states; whatever the limits of its rows.
    pub start: Day,
    /// First day in its place.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Why.
    pub reason: String,
    /// By whom.
    pub author: String,
    /// Date of the data it was made on.
    pub made_on: Day,
}

/// `events.csv` with the days that were decided, and whether each decision found its occurrence. A promised
/// occurrence that is moved becomes a row, and so do the others that the same event promises, so that none is lost.
/// No table where nothing is moved.
#[must_use]
pub(crate) fn moved_events(dataset: &Dataset, moves: &[EventDates]) -> (Option<Table>, Vec<bool>) {
    let mut found = vec![false; moves.len()];
    let Some((table, as_of)) = dataset.table(TableId::Events).zip(dataset.as_of()) else {
        return (None, found);
    };
    let mut rows: Vec<Occurrence> = (0..table.len())
        .filter_map(|row| stated(table, row))
        .collect();
    let mut codes: Vec<&str> = moves.iter().map(|one| one.event.as_str()).collect();
    order::sort_by(&mut codes, |a, b| a.cmp(b));
    codes.dedup();
    for code in codes {
        let of_code = |one: &&EventDates| one.event == code;
        let more = promised(table, code, as_of);
        let is_promised = |one: &EventDates| more.iter().any(|it| it.start == one.start);
        if moves.iter().filter(of_code).any(is_promised) {
            rows.extend(more.iter().map(|it| Occurrence {
                row: it.row,
                days: (it.start, it.end),
                is_moved: false,
            }));
        }
    }
    for (one, found) in moves.iter().zip(&mut found) {
        for row in rows.iter_mut().filter(|row| !row.is_moved) {
            let is_it = table.text("event", row.row) == Some(&one.event);
            if is_it && row.days.0 == one.start {
                (row.days, row.is_moved) = ((one.from, one.to), true);
                *found = true;
            }
        }
    }
    let is_any = found.iter().any(|found| *found);
    (is_any.then(|| rebuilt(table, &rows)), found)
}

/// An occurrence by the row that states or promises it.
struct Occurrence {
    row: usize,
    days: (Day, Day),
    is_moved: bool,
}

fn stated(table: &Table, row: usize) -> Option<Occurrence> {
    let days = (table.day("start", row)?, table.day("end", row)?);
    Some(Occurrence {
        row,
        days,
        is_moved: false,
    })
}

fn rebuilt(table: &Table, rows: &[Occurrence]) -> Table {
    let attributes: Vec<String> = table
        .attributes()
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let mut builder = TableBuilder::new(table.id(), &attributes);
    for (line, occurrence) in (1..).zip(rows) {
        let cell = |column: &crate::dataset::ColumnDef| match column.name {
            "start" => Some(Cell::Day(occurrence.days.0)),
            "end" => Some(Cell::Day(occurrence.days.1)),
            name => table.column(name)?.cell(occurrence.row),
        };
        let stated = table.def().columns.iter().map(cell);
        let more = table.attributes().iter();
        let cells: Vec<Option<Cell<'_>>> = stated
            .chain(more.map(|(_, column)| column.cell(occurrence.row)))
            .collect();
        builder.push(line, &cells);
    }
    builder.finish(DuplicateRule::KeepFirst).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect("a date")
    }

    fn dataset() -> Dataset {
        let events = "event,name_en,start,end,recurring,scope,owner\n\
            618,Mid-year,2026-06-16,2026-06-18,fixed,,Li\n\
            618,Mid-year,2025-06-16,2025-06-18,fixed,,Li\n\
            live,Live,2026-03-01,2026-03-01,none,channel=web,\n";
        let company = "key,value\nas_of,2026-05-01\n";
        Dataset::from_tables([
            read_csv(TableId::Events, "events.csv", events.as_bytes()).table,
            read_csv(TableId::Company, "company.csv", company.as_bytes()).table,
        ])
    }

    fn moved(event: &str, start: &str, from: &str, to: &str) -> EventDates {
        EventDates {
            event: event.to_owned(),
            start: day(start),
            from: day(from),
            to: day(to),
            reason: String::new(),
            author: String::new(),
            made_on: day("2026-05-01"),
        }
    }

    fn starts(table: &Table) -> Vec<(String, Day)> {
        let row = |row| {
            Some((
                table.text("event", row)?.to_owned(),
                table.day("start", row)?,
            ))
        };
        (0..table.len()).filter_map(row).collect()
    }

    #[test]
    fn an_occurrence_of_the_file_is_moved() {
        let dataset = dataset();
        let (table, found) = moved_events(
            &dataset,
            &[moved("618", "2026-06-16", "2026-06-19", "2026-06-21")],
        );
        assert_eq!(found, [true]);
        let table = table.unwrap();
        assert_eq!(table.len(), 3);
        assert!(starts(&table).contains(&("618".to_owned(), day("2026-06-19"))));
        assert_eq!(table.attributes()[0].0, "owner");
    }

    #[test]
    fn a_promised_occurrence_becomes_a_row() {
        let dataset = dataset();
        let (table, found) = moved_events(
            &dataset,
            &[moved("618", "2027-06-16", "2027-06-10", "2027-06-12")],
        );
        assert_eq!(found, [true]);
        let table = table.unwrap();
        let row = (0..table.len()).find(|row| table.day("start", *row) == Some(day("2027-06-10")));
        assert_eq!(table.text("name_en", row.unwrap()), Some("Mid-year"));
        assert_eq!(table.len(), 4);
    }

    #[test]
    fn what_is_not_there_is_told() {
        let dataset = dataset();
        let moves = [
            moved("618", "2026-06-01", "2026-06-19", "2026-06-21"),
            moved("x", "2026-06-16", "2026-06-19", "2026-06-21"),
        ];
        assert_eq!(moved_events(&dataset, &moves), (None, vec![false, false]));
        assert_eq!(moved_events(&Dataset::default(), &moves).1, [false, false]);
    }
}
