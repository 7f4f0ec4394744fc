//! Negative sales lines as rows of `returns.csv`.

use crate::order;
use std::collections::BTreeMap;

use crate::dataset::{Cell, DuplicateRule, Interner, Table, TableBuilder, TableId};
use crate::day::{Day, Moment};

/// A negative line; texts as codes. The order is that of the fields: the numbers that
/// rows get must not depend on the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    document: u32,
    sku: u32,
    day: Option<Day>,
    quantity: i64,
    price: Option<i64>,
    channel: u32,
    region: u32,
}

/// What a negative line says.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReturnLine<'a> {
    pub(super) document: &'a str,
    pub(super) sku: &'a str,
    pub(super) channel: &'a str,
    pub(super) region: &'a str,
    pub(super) day: Option<Day>,
    /// Thousandths, above zero.
    pub(super) quantity: i64,
    /// Millionths.
    pub(super) price: Option<i64>,
}

/// Collects the negative lines of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Returned {
    texts: Interner,
    lines: Vec<Line>,
}

impl Returned {
    pub(super) fn push(&mut self, line: &ReturnLine<'_>) {
        self.lines.push(Line {
            document: self.texts.code(line.document),
            sku: self.texts.code(line.sku),
            day: line.day,
            quantity: line.quantity,
            price: line.price,
            channel: self.texts.code(line.channel),
            region: self.texts.code(line.region),
        });
    }

    /// The table: `rma` is the document and a running number within it; price and region of
    /// the line are kept as attributes. `None` when there are no lines.
    pub(super) fn finish(self) -> Option<Table> {
        if self.lines.is_empty() {
            return None;
        }
        let lines = sorted_by_content(self.lines, &self.texts);
        let words = self.texts.into_words();
        let word = |code: u32| words.get(code as usize).map_or("", String::as_str);
        let attributes = ["region".to_owned(), "price".to_owned()];
        let mut builder = TableBuilder::new(TableId::Returns, &attributes);
        let width = builder.width();
        let at = |name: &str| builder.def().column_index(name);
        let places = ["rma", "sku", "channel", "quantity", "requested_at"].map(at);
        let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
        for line in lines {
            let number = numbers.entry(line.document).or_insert(0);
            *number += 1;
            let rma = format!("{}-{number}", word(line.document));
            let moment = line.day.and_then(|day| Moment::parse(&day.to_string()));
            let mut cells: Vec<Option<Cell<'_>>> = vec![None; width];
            let values = [
                text(&rma),
                text(word(line.sku)),
                text(word(line.channel)),
                Some(Cell::Number(line.quantity)),
                moment.map(|moment| Cell::Number(moment.packed())),
            ];
            for (place, value) in places.iter().zip(values) {
                if let Some(slot) = place.and_then(|place| cells.get_mut(place)) {
                    *slot = value;
                }
            }
            let price = line
                .price
                .map(|price| crate::units::Amount::from_millionths(price).to_string());
            let kept = [
                text(word(line.region)),
                price.map(|price| Cell::Text(price.into())),
            ];
            for (slot, value) in cells.iter_mut().rev().zip(kept.into_iter().rev()) {
                *slot = value;
            }
            builder.push(0, &cells);
        }
        Some(builder.finish(DuplicateRule::KeepFirst).0)
    }
}

fn text(text: &str) -> Option<Cell<'_>> {
    Some(text)
        .filter(|text| !text.is_empty())
        .map(|text| Cell::Text(text.into()))
}

/// Codes follow the order of the file; ranks follow the texts.
fn sorted_by_content(lines: Vec<Line>, texts: &Interner) -> Vec<Line> {
    let words = texts.words();
    let mut order: Vec<_> = words.iter().zip(0_u32..).collect();
    order::sort(&mut order);
    let mut ranks = vec![0_u32; words.len()];
    for ((_, code), rank) in order.iter().zip(0_u32..) {
        if let Some(slot) = ranks.get_mut(*code as usize) {
            *slot = rank;
        }
    }
    let rank = |code: u32| ranks.get(code as usize).copied().unwrap_or(u32::MAX);
    let mut lines = lines;
    order::sort_by_key(&mut lines, |line| Line {
        document: rank(line.document),
        sku: rank(line.sku),
        channel: rank(line.channel),
        region: rank(line.region),
        ..*line
    });
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line<'a>(document: &'a str, sku: &'a str, quantity: i64) -> ReturnLine<'a> {
        let day = Day::parse_iso("2010-12-01");
        ReturnLine {
            document,
            sku,
            channel: "online",
            region: "UK",
            day,
            quantity,
            price: Some(2_550_000),
        }
    }

    #[test]
    fn rows_are_numbered_within_their_document_whatever_the_order() {
        let lines = [
            line("C2", "B", 1_000),
            line("C1", "B", 2_000),
            line("C1", "A", 1_000),
            line("C1", "A", 1_000),
        ];
        let table = |lines: &[ReturnLine<'_>]| {
            let mut returned = Returned::default();
            lines.iter().for_each(|line| returned.push(line));
            returned.finish().unwrap()
        };
        let forward = table(&lines);
        let mut reversed = lines;
        reversed.reverse();
        assert_eq!(forward, table(&reversed));
        let rows: Vec<_> = (0..4)
            .map(|row| (forward.text("rma", row), forward.text("sku", row)))
            .collect();
        let row = |rma, sku| (Some(rma), Some(sku));
        assert_eq!(
            rows,
            [
                row("C1-1", "A"),
                row("C1-2", "A"),
                row("C1-3", "B"),
                row("C2-1", "B")
            ]
        );
        assert_eq!(forward.attributes().len(), 2);
    }
}
