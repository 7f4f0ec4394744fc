//! Which rows of a navigator are in sight and where the keys lead. Pure.

use super::selection::{Branch, Selection};
use protocol::view::TreeNode;
use std::collections::{BTreeMap, BTreeSet};

/// SKUs shown under a category at first, and added by each press on the row "more".
pub const FIRST_SKUS: usize = 6;
const MORE_SKUS: usize = 60;

/// What a row stands for; nodes are positions in the list of nodes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowKind {
    /// The sum of the navigator.
    All,
    Node(usize),
    /// So many SKUs more under a node.
    More {
        parent: usize,
        hidden: usize,
    },
}

/// One row in sight.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub kind: RowKind,
    pub depth: usize,
    /// `None` for a row without children.
    pub is_open: Option<bool>,
}

/// What the user has opened; categories by code.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Opened {
    open: BTreeSet<String>,
    /// How many SKUs are shown, where it is not the first few.
    shown: BTreeMap<String, usize>,
}

impl Opened {
    /// Opens or closes a category.
    pub fn toggle(&mut self, code: &str) {
        if !self.open.remove(code) {
            self.open.insert(code.to_owned());
        }
    }

    /// Opens what stands above the chosen row, so that it is in sight.
    pub fn reveal(nodes: &[TreeNode], chosen: &Selection) -> Self {
        let mut opened = Self::default();
        let code = chosen.sku.as_ref().or(chosen.category.as_ref());
        let wanted = if chosen.sku.is_some() {
            "sku"
        } else {
            "category"
        };
        let is_chosen = |node: &TreeNode| node.attribute == wanted && Some(&node.code) == code;
        let Some(index) = nodes.iter().position(is_chosen) else {
            return opened;
        };
        let mut at = (wanted == "category").then_some(index);
        if let Some(parent) = nodes.get(index).and_then(|node| node.parent) {
            let parent = parent as usize;
            let below = children(nodes, Branch::Goods, Some(parent));
            let mut skus = below.filter(|(_, node)| node.attribute == "sku");
            let place = skus.position(|(sku, _)| sku == index).unwrap_or(0);
            if let Some(above) = nodes.get(parent).filter(|_| place >= FIRST_SKUS) {
                opened.shown.insert(above.code.clone(), place + 1);
            }
            at = at.or(Some(parent));
        }
        while let Some(node) = at.and_then(|at| nodes.get(at)) {
            opened.open.insert(node.code.clone());
            at = node.parent.map(|parent| parent as usize);
        }
        opened
    }

    /// Shows more SKUs of a category.
    pub fn more(&mut self, code: &str) {
        *self.shown.entry(code.to_owned()).or_insert(FIRST_SKUS) += MORE_SKUS;
    }

    fn shown(&self, code: &str) -> usize {
        self.shown.get(code).copied().unwrap_or(FIRST_SKUS)
    }
}

/// The rows of a navigator from top to bottom.
pub fn rows(nodes: &[TreeNode], branch: Branch, opened: &Opened) -> Vec<Row> {
    let mut rows = vec![Row {
        kind: RowKind::All,
        depth: 0,
        is_open: None,
    }];
    for (index, _) in children(nodes, branch, None) {
        push(&mut rows, nodes, branch, opened, (index, 1));
    }
    rows
}

fn push(
    rows: &mut Vec<Row>,
    nodes: &[TreeNode],
    branch: Branch,
    opened: &Opened,
    (index, depth): (usize, usize),
) {
    let code = nodes.get(index).map_or("", |node| node.code.as_str());
    let below = || children(nodes, branch, Some(index));
    let has_children = below().next().is_some();
    let is_open = opened.open.contains(code);
    rows.push(Row {
        kind: RowKind::Node(index),
        depth,
        is_open: has_children.then_some(is_open),
    });
    if !has_children || !is_open {
        return;
    }
    let is_sku = |(_, node): &(usize, &TreeNode)| node.attribute == "sku";
    for (child, _) in below().filter(|child| !is_sku(child)) {
        push(rows, nodes, branch, opened, (child, depth + 1));
    }
    let shown = opened.shown(code);
    for (child, _) in below().filter(is_sku).take(shown) {
        push(rows, nodes, branch, opened, (child, depth + 1));
    }
    let hidden = below().filter(is_sku).count().saturating_sub(shown);
    if hidden > 0 {
        rows.push(Row {
            kind: RowKind::More {
                parent: index,
                hidden,
            },
            depth: depth + 1,
            is_open: None,
        });
    }
}

fn children(
    nodes: &[TreeNode],
    branch: Branch,
    parent: Option<usize>,
) -> impl Iterator<Item = (usize, &TreeNode)> {
    nodes.iter().enumerate().filter(move |(_, node)| {
        let is_of_branch = match branch {
            Branch::Goods => node.attribute == "category" || node.attribute == "sku",
            Branch::Channel => node.attribute == "channel",
            Branch::Region => node.attribute == "region",
        };
        is_of_branch && node.parent.map(|parent| parent as usize) == parent
    })
}

/// The sum of the slice, which is the last node.
pub fn sum(nodes: &[TreeNode]) -> Option<&TreeNode> {
    nodes.iter().rev().find(|node| node.attribute == "all")
}

/// The selection after choosing a row; `More` changes nothing.
pub fn choose(nodes: &[TreeNode], branch: Branch, kind: RowKind, now: &Selection) -> Selection {
    let mut next = now.clone();
    match kind {
        RowKind::More { .. } => return next,
        RowKind::All => return next.without(branch),
        RowKind::Node(_) => {}
    }
    let RowKind::Node(index) = kind else {
        return next;
    };
    let Some(node) = nodes.get(index) else {
        return next;
    };
    let code = Some(node.code.clone());
    match branch {
        Branch::Channel => next.channel = code,
        Branch::Region => next.region = code,
        Branch::Goods if node.attribute == "sku" => {
            let above = node.parent.and_then(|parent| nodes.get(parent as usize));
            next.category = above.map(|above| above.code.clone());
            next.sku = code;
        }
        Branch::Goods => {
            next.category = code;
            next.sku = None;
        }
    }
    next
}

/// Whether a row is the chosen one.
pub fn is_chosen(nodes: &[TreeNode], branch: Branch, kind: RowKind, now: &Selection) -> bool {
    match kind {
        RowKind::More { .. } => false,
        RowKind::All => now.clone().without(branch) == *now,
        RowKind::Node(index) => {
            let chosen = match branch {
                Branch::Goods => now.sku.as_ref().or(now.category.as_ref()),
                Branch::Channel => now.channel.as_ref(),
                Branch::Region => now.region.as_ref(),
            };
            let node = nodes.get(index);
            let is_sku = node.is_some_and(|node| node.attribute == "sku");
            let is_same_kind = branch != Branch::Goods || is_sku == now.sku.is_some();
            is_same_kind && node.map(|node| &node.code) == chosen
        }
    }
}

/// What a key does in a tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TreeStep {
    /// Moves the focus to a row.
    Focus(usize),
    /// Opens or closes the row.
    Toggle,
    /// Chooses the row.
    Choose,
}

/// What a key does on row `now`, after the tree pattern of WAI-ARIA.
pub fn tree_step(rows: &[Row], now: usize, key: &str) -> Option<TreeStep> {
    let row = rows.get(now)?;
    let last = rows.len() - 1;
    let focus = |to: usize| (to != now).then_some(TreeStep::Focus(to));
    match (key, row.is_open) {
        ("ArrowDown", _) => focus((now + 1).min(last)),
        ("ArrowUp", _) => focus(now.saturating_sub(1)),
        ("Home", _) => focus(0),
        ("End", _) => focus(last),
        ("ArrowRight", Some(false)) | ("ArrowLeft", Some(true)) => Some(TreeStep::Toggle),
        ("ArrowRight", Some(true)) => focus((now + 1).min(last)),
        ("ArrowLeft", _) => {
            let above = rows.iter().take(now);
            let above = above.enumerate().rev();
            let mut above = above.filter(|(_, other)| other.depth < row.depth);
            above.next().map(|(index, _)| TreeStep::Focus(index))
        }
        ("Enter" | " ", _) => Some(TreeStep::Choose),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(attribute: &str, code: &str, parent: Option<u32>) -> TreeNode {
        TreeNode {
            attribute: attribute.to_owned(),
            code: code.to_owned(),
            names: (String::new(), String::new()),
            parent,
            rate: 1.0,
            wape: None,
        }
    }

    /// One category with eight SKUs and one below it with one; two channels.
    fn nodes() -> Vec<TreeNode> {
        let mut nodes = vec![
            node("category", "care", None),
            node("category", "wipes", Some(0)),
        ];
        nodes.push(node("sku", "W-1", Some(1)));
        nodes.extend((0..8).map(|index| node("sku", &format!("C-{index}"), Some(0))));
        nodes.push(node("channel", "tmall", None));
        nodes.push(node("channel", "douyin", None));
        nodes.push(node("all", "", None));
        nodes
    }

    fn kinds(opened: &Opened) -> Vec<RowKind> {
        let rows = rows(&nodes(), Branch::Goods, opened);
        rows.into_iter().map(|row| row.kind).collect()
    }

    #[test]
    fn closed_categories_hide_what_is_in_them() {
        use RowKind::{All, More, Node};
        assert_eq!(kinds(&Opened::default()), [All, Node(0)]);
        let mut opened = Opened::default();
        opened.toggle("care");
        let mut expected = vec![All, Node(0), Node(1)];
        expected.extend((3..9).map(Node));
        expected.push(More {
            parent: 0,
            hidden: 2,
        });
        assert_eq!(kinds(&opened), expected);
        opened.more("care");
        assert_eq!(kinds(&opened).len(), 11);
        opened.toggle("care");
        assert_eq!(kinds(&opened), [All, Node(0)]);
    }

    #[test]
    fn flat_branches_show_their_own_nodes() {
        let rows = rows(&nodes(), Branch::Channel, &Opened::default());
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().all(|row| row.is_open.is_none()));
        assert_eq!(
            sum(&nodes()).map(|node| node.attribute.clone()),
            Some("all".to_owned())
        );
    }

    #[test]
    fn a_sku_is_chosen_with_its_category() {
        let nodes = nodes();
        let start = Selection::default();
        let chosen = choose(&nodes, Branch::Goods, RowKind::Node(2), &start);
        assert_eq!(chosen.category.as_deref(), Some("wipes"));
        assert_eq!(chosen.sku.as_deref(), Some("W-1"));
        assert!(is_chosen(&nodes, Branch::Goods, RowKind::Node(2), &chosen));
        assert!(!is_chosen(&nodes, Branch::Goods, RowKind::Node(1), &chosen));
        assert!(is_chosen(&nodes, Branch::Channel, RowKind::All, &chosen));
        let all = choose(&nodes, Branch::Goods, RowKind::All, &chosen);
        assert_eq!(all, start);
    }

    #[test]
    fn the_chosen_row_is_revealed() {
        let nodes = nodes();
        let far = Selection {
            sku: Some("C-7".to_owned()),
            category: Some("care".to_owned()),
            ..Selection::default()
        };
        let opened = Opened::reveal(&nodes, &far);
        let rows = rows(&nodes, Branch::Goods, &opened);
        let chosen = |row: &Row| is_chosen(&nodes, Branch::Goods, row.kind, &far);
        assert_eq!(rows.iter().filter(|row| chosen(row)).count(), 1);
        let none = Selection::default();
        assert_eq!(Opened::reveal(&nodes, &none), Opened::default());
    }

    #[test]
    fn arrows_walk_open_and_close() {
        let mut opened = Opened::default();
        opened.toggle("care");
        let rows = rows(&nodes(), Branch::Goods, &opened);
        let step = |now, key| tree_step(&rows, now, key);
        assert_eq!(step(0, "ArrowDown"), Some(TreeStep::Focus(1)));
        assert_eq!(step(0, "ArrowUp"), None);
        assert_eq!(step(1, "ArrowLeft"), Some(TreeStep::Toggle));
        assert_eq!(step(1, "ArrowRight"), Some(TreeStep::Focus(2)));
        assert_eq!(step(2, "ArrowRight"), Some(TreeStep::Toggle));
        assert_eq!(step(5, "ArrowLeft"), Some(TreeStep::Focus(1)));
        assert_eq!(step(3, "Enter"), Some(TreeStep::Choose));
        assert_eq!(step(0, "End"), Some(TreeStep::Focus(9)));
        assert_eq!(step(0, "x"), None);
    }
}
