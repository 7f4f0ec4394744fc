//! The best purchase of whole packs, by dynamic programming with bounds.

use super::segments::{Cost, Ladder, Segment};
use super::{BudgetPlan, Purchase, Spending};
use crate::order;

/// The best purchase of whole packs.
#[derive(Clone, Debug, PartialEq)]
pub struct Exact {
    /// What to buy.
    pub purchase: Purchase,
    /// Whether nothing can earn more (within 10^-11 of its value); false when the search was cut off.
    pub is_proven: bool,
    /// Purchases that were looked at.
    pub states: usize,
}

/// Differences of value below this share are rounding.
const SLACK: f64 = 1e-11;

/// A purchase of the items up to a stage that no other beats in both money and value.
#[derive(Clone, Copy)]
struct State {
    spent: Cost,
    value: f64,
    /// Its place in the stage before.
    from: usize,
    /// Pieces of the stage's item.
    taken: usize,
}

/// The best purchase so far: a state, and the first pieces of what is left after its stage.
struct Best {
    value: f64,
    at: Option<(usize, usize)>,
    completed: Vec<Segment>,
}

pub(super) fn solve(plan: &BudgetPlan, states_max: usize) -> Exact {
    let items = by_item(&plan.pieces);
    let budget = plan.base.left;
    let start = State {
        spent: Cost::ZERO,
        value: 0.0,
        from: 0,
        taken: 0,
    };
    let mut best = Best {
        value: plan.greedy.value - plan.base.value,
        at: None,
        completed: Vec::new(),
    };
    let mut stages = vec![vec![start]];
    let mut states = 1;
    let mut is_proven = true;
    for (stage, pieces) in items.iter().enumerate() {
        let rest: Vec<Segment> = items.iter().skip(stage + 1).flatten().copied().collect();
        let rest = Rest::new(rest);
        let last = stages.last().map_or(&[][..], Vec::as_slice);
        let (next, is_whole) = next_states(last, pieces, budget, (&rest, &best), states_max);
        best.improve(&next, stage + 1, budget, &rest);
        states += next.len();
        stages.push(next);
        if !is_whole || states > states_max {
            is_proven = false;
            break;
        }
    }
    let purchase = match best.at {
        None => plan.greedy.clone(),
        Some(at) => trace(plan, &items, &stages, at, &best.completed),
    };
    Exact {
        purchase,
        is_proven,
        states,
    }
}

/// The pieces of each item, the item with the best piece first.
fn by_item(pieces: &[Segment]) -> Vec<Vec<Segment>> {
    let mut items: Vec<Vec<Segment>> = Vec::new();
    for piece in pieces {
        let is_its = |item: &&mut Vec<Segment>| item.first().map(|it| it.item) == Some(piece.item);
        match items.iter_mut().find(is_its) {
            Some(item) => item.push(*piece),
            None => items.push(vec![*piece]),
        }
    }
    items
}

/// What the items after a stage can add.
struct Rest {
    /// In an order they can be bought in.
    ranked: Ladder,
    /// In the order that bounds them.
    bound: Ladder,
}

impl Rest {
    fn new(mut pieces: Vec<Segment>) -> Self {
        order::sort_by(&mut pieces, super::by_rank);
        Self {
            bound: Ladder::by_ratio(&pieces),
            ranked: Ladder::new(pieces),
        }
    }
}

/// Every purchase of one more item that may still lead past the best one, beaten ones left out;
/// by money, and so by value. False beside them when there were more than `states_max` to compare.
fn next_states(
    states: &[State],
    pieces: &[Segment],
    budget: Cost,
    (rest, best): (&Rest, &Best),
    states_max: usize,
) -> (Vec<State>, bool) {
    let floor = best.value + SLACK * best.value.abs().max(1.0);
    let mut next: Vec<State> = Vec::new();
    let (mut cost, mut value) = (Cost::ZERO, 0.0);
    for taken in 0..=pieces.len() {
        if let Some(piece) = taken.checked_sub(1).and_then(|last| pieces.get(last)) {
            cost = cost + piece.cost;
            value += piece.benefit;
        }
        for (from, state) in states.iter().enumerate() {
            let spent = state.spent + cost;
            if spent > budget || next.len() > states_max {
                break;
            }
            let value = state.value + value;
            if value + rest.bound.most(budget - spent) > floor {
                next.push(State {
                    spent,
                    value,
                    from,
                    taken,
                });
            }
        }
    }
    let is_whole = next.len() <= states_max;
    order::sort_by(&mut next, |a, b| {
        a.spent.cmp(&b.spent).then(b.value.total_cmp(&a.value))
    });
    let mut highest = f64::NEG_INFINITY;
    next.retain(|state| {
        let is_better = state.value > highest;
        highest = highest.max(state.value);
        is_better
    });
    (next, is_whole)
}

impl Best {
    fn improve(&mut self, states: &[State], stage: usize, budget: Cost, rest: &Rest) {
        for (at, state) in states.iter().enumerate() {
            let (count, added) = rest.ranked.fits(budget - state.spent);
            if state.value + added > self.value {
                let completed = rest.ranked.pieces().iter().take(count);
                self.value = state.value + added;
                self.at = Some((stage, at));
                self.completed = completed.copied().collect();
            }
        }
    }
}

fn trace(
    plan: &BudgetPlan,
    items: &[Vec<Segment>],
    stages: &[Vec<State>],
    (stage, mut at): (usize, usize),
    completed: &[Segment],
) -> Purchase {
    let mut bought = Vec::new();
    for back in (1..=stage).rev() {
        let state = stages.get(back).and_then(|states| states.get(at));
        let (Some(state), Some(pieces)) = (state, items.get(back - 1)) else {
            break;
        };
        bought.extend(pieces.iter().take(state.taken));
        at = state.from;
    }
    let mut spending: Spending = plan.base.clone();
    for piece in bought.into_iter().chain(completed) {
        spending.add(piece);
    }
    spending.purchase()
}
