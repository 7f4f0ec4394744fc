//! Decisions by hand: what the coordinator adds to them, and what they change at once.

use super::open::Open;
use engine::plan::Plan;
use engine::plan::adjust::Effect;
use protocol::adjustment::Adjustment;
use protocol::{AppError, Code, Command};
use std::rc::Rc;

/// Days in a week.
const WEEK: i32 = 7;

impl Open {
    /// Fills in what the page cannot know: number, date of the data, totals before and after.
    pub(super) fn complete(&self, command: &mut Command) -> Result<(), AppError> {
        let plan = || self.plan.as_deref().ok_or(Code::NoPlan);
        match command {
            Command::AdjustmentSet {
                id,
                adjustment: Some(adjustment),
            } => {
                if *id == 0 {
                    // Operations are numbered, and a gesture makes at most one adjustment.
                    *id = self.rev() + 1;
                }
                self.note(*id, adjustment, plan()?);
            }
            Command::HistorySet {
                replacement: Some(replacement),
                ..
            } => replacement.made_on = plan()?.as_of.number(),
            Command::LaunchSet {
                launch: Some(launch),
                ..
            } => launch.made_on = plan()?.as_of.number(),
            Command::PriceSet {
                id,
                change: Some(change),
            } => {
                if *id == 0 {
                    *id = self.rev() + 1;
                }
                change.made_on = plan()?.as_of.number();
            }
            Command::EventSet {
                dates: Some(dates), ..
            } => dates.made_on = plan()?.as_of.number(),
            Command::LaunchSet { .. }
            | Command::EventSet { .. }
            | Command::PriceSet { .. }
            | Command::AdjustmentSet { .. }
            | Command::HistorySet { .. }
            | Command::ImportApply { .. }
            | Command::ImportUndo { .. }
            | Command::ProposalStatus { .. }
            | Command::SettingSet { .. }
            | Command::WorkspaceRename { .. } => {}
        }
        Ok(())
    }

    /// Writes down date and totals. Weeks that are history already keep what was noted for them.
    fn note(&self, id: u64, adjustment: &mut Adjustment, plan: &Plan) {
        adjustment.made_on = plan.as_of.number();
        let mut hand = self.session.state().hand.clone();
        let before = hand.set(id, adjustment);
        let before = before.filter(|before| before.from == adjustment.from);
        let effects = plan.effects_of(&hand.decisions());
        let effect = effects.iter().find(|effect| effect.id == id);
        let weeks = (adjustment.to + 1 - adjustment.from) / WEEK;
        let week = |week: i32| {
            let first = adjustment.from + WEEK * week;
            let known = before.as_ref().and_then(|before| {
                let week = usize::try_from(week).ok()?;
                before.noted.get(week).copied()
            });
            let ahead = effect.and_then(|effect| ahead(effect, plan, first));
            ahead.or(known).unwrap_or_default()
        };
        adjustment.noted = (0..weeks).map(week).collect();
    }

    /// Shows the forecasts of the decisions at once; the plan is made anew by the next run.
    pub(super) fn adjust(&mut self) {
        let decisions = self.session.state().decided();
        // Nobody else holds the plan: views are answered one at a time.
        if let (Some(plan), Some(data)) = (&mut self.plan, &self.data)
            && let Some(plan) = Rc::get_mut(plan)
        {
            plan.adjust(&decisions, data);
        }
    }
}

/// The totals of the week that begins on a day, if it is one of the plan.
fn ahead(effect: &Effect, plan: &Plan, first: i32) -> Option<(i64, i64)> {
    let days = first - plan.week_start(effect.first_week).number();
    let week = usize::try_from(days / WEEK).ok()?;
    let totals = effect
        .totals
        .get(week)
        .filter(|_| days % WEEK == 0 && days >= 0)?;
    Some((totals.before.thousandths(), totals.after.thousandths()))
}
