//! Which goods take over from which: links that name nothing, themselves or each other.

use super::Catalog;
use super::catalog::Sku;
use crate::dataset::{Dataset, TableId};
use crate::ids::SkuId;
use crate::issue::{Code, Issue, Place};

/// Takes out links of goods to themselves, and of each circle of links the one of the goods that
/// are sold longest, of several the last by code.
pub(super) fn untangle(skus: &mut [Sku]) {
    for index in 0..skus.len() {
        if next(skus, index) == Some(index) {
            unlink(skus, index);
        }
    }
    // The walk that saw each of the goods first, counted from one.
    let mut seen = vec![0_usize; skus.len()];
    for start in 0..skus.len() {
        let mut place = Some(start);
        while let Some(index) = place {
            match seen.get_mut(index) {
                Some(walk) if *walk == 0 => *walk = start + 1,
                Some(walk) if *walk == start + 1 => {
                    open_circle(skus, index);
                    break;
                }
                _ => break,
            }
            place = next(skus, index);
        }
    }
}

fn next(skus: &[Sku], index: usize) -> Option<usize> {
    skus.get(index)?.successor.map(SkuId::index)
}

fn unlink(skus: &mut [Sku], index: usize) {
    if let Some(sku) = skus.get_mut(index) {
        sku.successor = None;
    }
}

fn open_circle(skus: &mut [Sku], start: usize) {
    let on = std::iter::successors(next(skus, start), |index| next(skus, *index));
    let circle = on.take_while(|index| *index != start).chain([start]);
    let end = |index: &usize| skus.get(*index).and_then(|sku| sku.end);
    let longest = circle.max_by_key(|index| (end(index).is_none(), end(index), *index));
    if let Some(index) = longest {
        unlink(skus, index);
    }
}

/// What is said of the links of `skus.csv` that are not used. `line_of` is the line of a SKU in the
/// file, zero where that is not known.
#[must_use]
pub fn successor_issues(
    dataset: &Dataset,
    catalog: &Catalog,
    (file, line_of): (&str, &dyn Fn(&str) -> u64),
) -> Vec<Issue> {
    let Some(table) = dataset.table(TableId::Skus) else {
        return Vec::new();
    };
    let issue = |row| {
        let (sku, named) = (table.text("sku", row)?, table.text("successor", row)?);
        let used = catalog.sku(catalog.sku_id(sku)?)?.successor;
        let code = match catalog.sku_id(named) {
            None => Code::UnknownSuccessor,
            Some(_) if sku == named => Code::OwnSuccessor,
            Some(_) if used.is_none() => Code::SuccessorCycle,
            Some(_) => return None,
        };
        let place = Place {
            file: file.to_owned(),
            line: line_of(sku),
            column: "successor".to_owned(),
        };
        Some(
            Issue::new(code, place)
                .with("sku", sku)
                .with("value", named),
        )
    };
    (0..table.len()).filter_map(issue).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;

    /// The links that are left, and what is said of the others.
    fn check(rows: &str, links: &[(&str, &str)], said: &[&str]) {
        let skus = format!("sku,category,end_date,successor\n{rows}");
        let read = read_csv(TableId::Skus, "skus.csv", skus.as_bytes());
        let dataset = Dataset::from_tables([read.table]);
        let catalog = Catalog::new(&dataset);
        let code = |id: SkuId| catalog.skus[id.index()].code.as_str();
        let left = catalog.skus.iter();
        let left = left.filter_map(|sku| Some((sku.code.as_str(), code(sku.successor?))));
        assert_eq!(left.collect::<Vec<_>>(), links);
        let issues = successor_issues(&dataset, &catalog, ("skus.csv", &|_| 7));
        let issues: Vec<String> = issues.iter().map(ToString::to_string).collect();
        assert_eq!(issues, said);
    }

    #[test]
    fn links_to_nothing_and_to_themselves_are_said() {
        check(
            "A,c,2026-01-31,NOPE\nB,c,2026-01-31,B\nC,c,2026-01-31,A\n",
            &[("C", "A")],
            &[
                "skus.csv:7: successor: W_UNKNOWN_SUCCESSOR successor of A is in no table, so nothing takes over from it: NOPE",
                "skus.csv:7: successor: W_OWN_SUCCESSOR B is its own successor, so nothing takes over from it: B",
            ],
        );
    }

    #[test]
    fn circles_are_opened_where_goods_are_sold_longest() {
        let said = |sku: &str, next: &str| {
            format!(
                "skus.csv:7: successor: W_SUCCESSOR_CYCLE successors of {sku} lead back to it; this one is not used: {next}"
            )
        };
        check(
            "A,c,2026-03-31,B\nB,c,2026-01-31,A\n",
            &[("B", "A")],
            &[&said("A", "B")],
        );
        check(
            "A,c,2026-01-31,B\nB,c,,A\n",
            &[("A", "B")],
            &[&said("B", "A")],
        );
        // D leads into the circle and stays; equal ends: the last code gives way.
        check(
            "A,c,2026-01-31,B\nB,c,2026-01-31,C\nC,c,2026-01-31,A\nD,c,2026-01-31,A\n",
            &[("A", "B"), ("B", "C"), ("D", "A")],
            &[&said("C", "A")],
        );
    }
}
