//! From which stage leads go where, and after how long.
//!
//! A lead that has not moved yet says that it takes longer, not that it never will. So the
//! chance to move is counted week by week among the leads still there, and moves to several
//! stages compete: cumulative incidence.
//! Source: Aalen & Johansen (1978), Scandinavian Journal of Statistics 5, 141-150.

use super::leads::{LeadHistory, Stage};
use crate::day::Day;
use crate::num::count_f64;

/// Weeks in a stage that are told apart; a lead that stayed longer stays.
pub(super) const WEEKS: usize = 78;
/// Number of stages.
const STAGES: usize = Stage::ALL.len();

/// How leads leave one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaving {
    /// From which stage.
    pub from: Stage,
    /// Leads that were ever in it.
    pub entered: usize,
    /// Moves by next stage.
    pub moves: [usize; STAGES],
    /// Probability to move to each stage, ever.
    pub probability: [f64; STAGES],
    /// Mean days in it of those that moved; `None` where none has.
    pub dwell_days: Option<f64>,
    /// Probability to move to each stage in each week.
    pub(super) weekly: Vec<[f64; STAGES]>,
    /// Probability to be still there at the start of each week.
    pub(super) stays: Vec<f64>,
}

/// The conversion matrix with dwell times, by stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// How leads leave each open stage, in order.
    pub stages: Vec<Leaving>,
}

impl Conversion {
    /// Learns from leads as they stood on `as_of`.
    #[must_use]
    pub fn learn(leads: &[LeadHistory], as_of: Day) -> Self {
        let leaving = |from: Stage| {
            let stays = leads.iter().flat_map(|lead| stays(lead, from, as_of));
            leaving(from, &stays.collect::<Vec<_>>())
        };
        Self {
            stages: Stage::OPEN.into_iter().map(leaving).collect(),
        }
    }

    /// How leads leave a stage; `None` for the last ones.
    #[must_use]
    pub fn from(&self, stage: Stage) -> Option<&Leaving> {
        self.stages.get(stage as usize)
    }

    /// By stage, the probability that a lead which just reached it is won in each week after.
    pub(super) fn win_curves(&self) -> Vec<Vec<f64>> {
        Stage::OPEN
            .into_iter()
            .map(|stage| self.win_curve(stage))
            .collect()
    }

    fn win_curve(&self, start: Stage) -> Vec<f64> {
        let mut reached = vec![[0.0; STAGES]; WEEKS];
        if let Some(slot) = reached
            .first_mut()
            .and_then(|it| it.get_mut(start as usize))
        {
            *slot = 1.0;
        }
        for week in 0..WEEKS {
            for from in &self.stages {
                let here = reached.get(week).and_then(|it| it.get(from.from as usize));
                let here = here.copied().unwrap_or(0.0);
                if here <= 0.0 {
                    continue;
                }
                for (after, moves) in from.weekly.iter().enumerate().take(WEEKS - week) {
                    for (to, share) in Stage::ALL.into_iter().zip(moves) {
                        // A way back takes a week, so that no circle closes inside one.
                        let is_back = after == 0 && to <= from.from;
                        let at = week + after + usize::from(is_back);
                        let slot = reached.get_mut(at).and_then(|it| it.get_mut(to as usize));
                        if let Some(slot) = slot {
                            *slot += here * share;
                        }
                    }
                }
            }
        }
        let won = |it: &[f64; STAGES]| it.get(Stage::Won as usize).copied().unwrap_or(0.0);
        reached.iter().map(won).collect()
    }
}

/// Days a lead stayed in a stage and where it went; `None` where it is still there.
fn stays(
    lead: &LeadHistory,
    from: Stage,
    as_of: Day,
) -> impl Iterator<Item = (i32, Option<Stage>)> {
    let next = lead
        .steps
        .iter()
        .skip(1)
        .map(|(stage, day)| (Some(*stage), *day));
    let next = next.chain([(None, as_of)]);
    let stays = lead.steps.iter().zip(next);
    stays
        .filter(move |((stage, _), _)| *stage == from)
        .map(|((_, start), (to, end))| ((end - *start).max(0), to))
}

fn leaving(from: Stage, stays: &[(i32, Option<Stage>)]) -> Leaving {
    let week_of = |days: i32| usize::try_from(days / 7).unwrap_or(0);
    let mut left = vec![[0_usize; STAGES]; WEEKS];
    let mut ended = vec![0_usize; WEEKS + 1];
    let mut moves = [0_usize; STAGES];
    let (mut days_sum, mut moved) = (0.0, 0_usize);
    for (days, to) in stays {
        let week = week_of(*days);
        if let Some(slot) = ended.get_mut(week.min(WEEKS)) {
            *slot += 1;
        }
        let Some(to) = to else { continue };
        days_sum += f64::from(*days);
        moved += 1;
        let slots = [left.get_mut(week), Some(&mut moves)];
        for slot in slots.into_iter().flatten() {
            if let Some(count) = slot.get_mut(*to as usize) {
                *count += 1;
            }
        }
    }
    let mut at_risk = stays.len();
    let mut stay = 1.0;
    let mut result = Leaving {
        from,
        entered: stays.len(),
        moves,
        probability: [0.0; STAGES],
        dwell_days: (moved > 0).then(|| days_sum / count_f64(moved)),
        weekly: Vec::with_capacity(WEEKS),
        stays: Vec::with_capacity(WEEKS),
    };
    for (left, ended) in left.iter().zip(&ended) {
        let share = |count: &usize| match at_risk {
            0 => 0.0,
            _ => stay * count_f64(*count) / count_f64(at_risk),
        };
        let mut weekly = [0.0; STAGES];
        for (slot, count) in weekly.iter_mut().zip(left) {
            *slot = share(count);
        }
        for (sum, more) in result.probability.iter_mut().zip(&weekly) {
            *sum += more;
        }
        result.stays.push(stay);
        stay -= weekly.iter().sum::<f64>();
        result.weekly.push(weekly);
        at_risk -= ended;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn lead(steps: &[(Stage, i32)]) -> LeadHistory {
        LeadHistory {
            quantity: 1.0,
            steps: steps
                .iter()
                .map(|(stage, day)| (*stage, Day::from_number(*day)))
                .collect(),
            ..LeadHistory::default()
        }
    }

    #[test]
    fn leads_that_are_still_there_count_as_slower_not_as_never() {
        // Of four, one is won in the first week; one was seen for a week only; of the other two,
        // one is lost in the third week: 1/4, then 3/4 x 1/2.
        let leads = [
            lead(&[(Stage::Sql, 0), (Stage::Won, 3)]),
            lead(&[(Stage::Sql, 93)]),
            lead(&[(Stage::Sql, 0), (Stage::Lost, 15)]),
            lead(&[(Stage::Sql, 70)]),
        ];
        let conversion = Conversion::learn(&leads, Day::from_number(100));
        let sql = conversion.from(Stage::Sql).unwrap();
        assert_eq!(sql.entered, 4);
        assert!((sql.probability[Stage::Won as usize] - 0.25).abs() < 1e-12);
        assert!((sql.probability[Stage::Lost as usize] - 0.375).abs() < 1e-12);
        assert_eq!(sql.dwell_days, Some(9.0));
    }

    #[test]
    fn ways_through_several_stages_multiply() {
        let way = |end| lead(&[(Stage::Lead, 0), (Stage::Sql, 14), (end, 35)]);
        let leads = [
            way(Stage::Won),
            way(Stage::Lost),
            lead(&[(Stage::Lead, 0), (Stage::Lost, 7)]),
            lead(&[(Stage::Lead, 0), (Stage::Lost, 7)]),
        ];
        let curves = Conversion::learn(&leads, Day::from_number(900)).win_curves();
        assert_eq!(curves[Stage::Lead as usize][5], 0.25);
        assert_eq!(curves[Stage::Lead as usize].iter().sum::<f64>(), 0.25);
        assert_eq!(curves[Stage::Sql as usize][3], 0.5);
    }
}
