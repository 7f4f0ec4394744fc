//! What a category says about returns: how long they are taken, and when they are sold again.

use crate::dataset::{Cell, Column, Dataset, Table, TableId};
use crate::ids::CategoryId;
use crate::master::Catalog;

/// The rules of one category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CategoryRules {
    /// Days after the sale in which a return is taken; `None` when not stated.
    pub window_days: Option<i64>,
    /// Least life an item must have left to be sold again, days; `None` when not stated.
    pub min_life_days: Option<i64>,
    /// Whether returns are sold again only sealed.
    pub is_sealed_only: bool,
}

/// The rules of every category; what one does not state it has from the node above.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnRules {
    by_category: Vec<CategoryRules>,
}

/// The column of `categories.csv`, beside those of the format, that names sealed-only categories.
const SEALED_ONLY: &str = "sealed_only";
/// Levels of a category tree that are followed; a longer way up is a circle.
const LEVELS_MAX: usize = 16;

impl ReturnRules {
    /// Reads `categories.csv`: `return_window_days`, `resell_min_life_days`, and the additional
    /// column `sealed_only` (`true` or `1`).
    #[must_use]
    pub fn new(dataset: &Dataset, catalog: &Catalog) -> Self {
        let stated = stated(dataset, catalog);
        let of = |at: usize| {
            let mut rules = CategoryRules::default();
            let mut here = Some(CategoryId::from_index(at));
            for _ in 0..LEVELS_MAX {
                let Some(id) = here else { break };
                let own = stated.get(id.index()).copied().unwrap_or_default();
                rules.window_days = rules.window_days.or(own.window_days);
                rules.min_life_days = rules.min_life_days.or(own.min_life_days);
                rules.is_sealed_only |= own.is_sealed_only;
                here = catalog.categories.get(id.index()).and_then(|it| it.parent);
            }
            rules
        };
        Self {
            by_category: (0..catalog.categories.len()).map(of).collect(),
        }
    }

    /// The rules of a category.
    #[must_use]
    pub fn of(&self, category: CategoryId) -> CategoryRules {
        let rules = self.by_category.get(category.index());
        rules.copied().unwrap_or_default()
    }
}

fn stated(dataset: &Dataset, catalog: &Catalog) -> Vec<CategoryRules> {
    let mut stated = vec![CategoryRules::default(); catalog.categories.len()];
    let Some(table) = dataset.table(TableId::Categories) else {
        return stated;
    };
    let sealed = table.attributes().iter().find(|it| it.0 == SEALED_ONLY);
    for row in 0..table.len() {
        let category = table.text("category", row);
        let id = category.and_then(|code| catalog.category_id(code));
        if let Some(rules) = id.and_then(|id| stated.get_mut(id.index())) {
            *rules = read(table, sealed.map(|it| &it.1), row);
        }
    }
    stated
}

fn read(table: &Table, sealed: Option<&Column>, row: usize) -> CategoryRules {
    let word = match sealed.and_then(|column| column.cell(row)) {
        Some(Cell::Text(word)) => word,
        Some(Cell::Number(_) | Cell::Day(_)) | None => "".into(),
    };
    CategoryRules {
        window_days: table.number("return_window_days", row),
        min_life_days: table.number("resell_min_life_days", row),
        is_sealed_only: matches!(&*word, "true" | "1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::read_csv;

    #[test]
    fn a_category_has_from_above_what_it_does_not_state() {
        let text = "category,parent,return_window_days,resell_min_life_days,sealed_only\n\
                    food,,7,90,true\nmilk,food,,180,\ntoys,,30,,\n";
        let table = read_csv(TableId::Categories, "categories.csv", text.as_bytes()).table;
        let dataset = Dataset::from_tables([table]);
        let catalog = Catalog::new(&dataset);
        let rules = ReturnRules::new(&dataset, &catalog);
        let of = |code: &str| rules.of(catalog.category_id(code).unwrap());
        let milk = CategoryRules {
            window_days: Some(7),
            min_life_days: Some(180),
            is_sealed_only: true,
        };
        assert_eq!(of("milk"), milk);
        let toys = CategoryRules {
            window_days: Some(30),
            ..CategoryRules::default()
        };
        assert_eq!(of("toys"), toys);
    }
}
