//! The dynamic programme over the tree: best service times of everything behind a link, for each time on the link.

use super::Tree;

/// Costs that differ by less, relatively, are equal.
const SLACK: f64 = 1e-12;

/// Times of a stage and the cost of it and all that lies behind it.
#[derive(Clone, Copy, Debug)]
struct Choice {
    cost: f64,
    inbound: usize,
    outbound: usize,
}

impl Choice {
    const NONE: Self = Self {
        cost: f64::INFINITY,
        inbound: 0,
        outbound: 0,
    };

    /// The cheaper one, this one if they are equal.
    fn or(self, other: Self) -> Self {
        let is_better = if self.cost.is_finite() {
            other.cost < self.cost - SLACK * self.cost
        } else {
            other.cost < self.cost
        };
        if is_better { other } else { self }
    }
}

struct Search<'a> {
    tree: &'a Tree<'a>,
    /// The neighbour of each stage on the way to stage 0.
    parents: Vec<Option<usize>>,
    /// By the time on the link to the parent: what it allows at most cost.
    tables: Vec<Vec<Choice>>,
}

/// Outbound service time of each stage in the cheapest plan.
pub(super) fn outbound_times(tree: &Tree<'_>) -> Vec<usize> {
    let count = tree.stages.len();
    let mut search = Search {
        tree,
        parents: vec![None; count],
        tables: vec![Vec::new(); count],
    };
    let order = search.walk();
    for at in order.iter().rev() {
        let table = search.table(*at);
        if let Some(place) = search.tables.get_mut(*at) {
            *place = table;
        }
    }
    let mut chosen = vec![Choice::NONE; count];
    for at in order {
        let choice = search.pick(at, &chosen);
        if let Some(place) = chosen.get_mut(at) {
            *place = choice;
        }
    }
    chosen.iter().map(|choice| choice.outbound).collect()
}

impl Search<'_> {
    /// Every stage after its parent.
    fn walk(&mut self) -> Vec<usize> {
        let mut order = Vec::new();
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            order.push(at);
            let parent = self.parents.get(at).copied().flatten();
            for next in self
                .tree
                .neighbours(at)
                .filter(|next| Some(*next) != parent)
            {
                if let Some(place) = self.parents.get_mut(next) {
                    *place = Some(at);
                }
                open.push(next);
            }
        }
        order
    }

    fn has_customer(&self, at: usize, other: usize) -> bool {
        let customers = self.tree.customers.get(at);
        customers.is_some_and(|customers| customers.contains(&other))
    }

    fn table(&self, at: usize) -> Vec<Choice> {
        let Some(longest) = self.tree.longest.get(at).copied() else {
            return Vec::new();
        };
        let processing = self.tree.stages.get(at).map_or(0, |stage| stage.processing);
        let parent = self.parents.get(at).copied().flatten();
        let to_customer = parent.is_some_and(|parent| self.has_customer(at, parent));
        let mut table = vec![Choice::NONE; longest + 1];
        for inbound in 0..=longest - processing {
            for outbound in 0..=inbound + processing {
                let key = if to_customer { outbound } else { inbound };
                if let (Some(cost), Some(best)) =
                    (self.cost(at, inbound, outbound), table.get_mut(key))
                {
                    *best = best.or(Choice {
                        cost,
                        inbound,
                        outbound,
                    });
                }
            }
        }
        let mut best = Choice::NONE;
        if to_customer {
            // A customer waits at least as long as its supplier promises.
            for choice in &mut table {
                best = best.or(*choice);
                *choice = best;
            }
        } else {
            // A stage waits at least as long as its supplier promises; of equal times the shorter.
            for choice in table.iter_mut().rev() {
                best = choice.or(best);
                *choice = best;
            }
        }
        table
    }

    /// Cost of a stage and of all behind it but its parent; `None` where it may not have these times.
    fn cost(&self, at: usize, inbound: usize, outbound: usize) -> Option<f64> {
        let stage = self.tree.stages.get(at)?;
        if inbound < stage.inbound || stage.outbound_max.is_some_and(|most| outbound > most) {
            return None;
        }
        let parent = self.parents.get(at).copied().flatten();
        let own = self.tree.cost(at, inbound, outbound)?;
        let behind = self
            .tree
            .neighbours(at)
            .filter(|next| Some(*next) != parent);
        let mut costs = behind.map(|next| {
            let time = if self.has_customer(at, next) {
                outbound
            } else {
                inbound
            };
            let table = self.tables.get(next).filter(|table| !table.is_empty())?;
            // Beyond its longest time a supplier has nothing more to gain.
            let last = table.len() - 1;
            table.get(time.min(last)).map(|choice| choice.cost)
        });
        costs.try_fold(own, |sum, cost| Some(sum + cost?))
    }

    /// The best choice that the parent's times leave to a stage.
    fn pick(&self, at: usize, chosen: &[Choice]) -> Choice {
        let parent = self.parents.get(at).copied().flatten();
        let time = match parent.and_then(|parent| Some((parent, chosen.get(parent)?))) {
            None => 0,
            Some((parent, choice)) if self.has_customer(at, parent) => choice.inbound,
            Some((_, choice)) => choice.outbound,
        };
        let table = self.tables.get(at).map_or(&[][..], Vec::as_slice);
        let place = time.min(table.len().saturating_sub(1));
        table.get(place).copied().unwrap_or(Choice::NONE)
    }
}
