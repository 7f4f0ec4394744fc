//! One return (RMA): its states, the steps allowed between them, and the refund beside it.

use crate::day::Moment;
use crate::stock::MovementCode;
use RmaState::{
    Authorised, Cancelled, Closed, Disposed, Graded, InTransit, Inspecting, Received, Rejected,
    Requested,
};

/// Where a return stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RmaState {
    /// The customer asked.
    Requested,
    /// Agreed to.
    Authorised,
    /// On its way back.
    InTransit,
    /// In the warehouse, not looked at.
    Received,
    /// Being looked at.
    Inspecting,
    /// Its grade is known.
    Graded,
    /// What becomes of it is done.
    Disposed,
    /// Nothing is left to do.
    Closed,
    /// Not agreed to.
    Rejected,
    /// Withdrawn, or never sent.
    Cancelled,
}

impl RmaState {
    /// Every state, the usual way first.
    pub const ALL: [Self; 10] = [
        Requested, Authorised, InTransit, Received, Inspecting, Graded, Disposed, Closed, Rejected,
        Cancelled,
    ];

    /// The id in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Requested => "requested",
            Authorised => "authorised",
            InTransit => "in_transit",
            Received => "received",
            Inspecting => "inspecting",
            Graded => "graded",
            Disposed => "disposed",
            Closed => "closed",
            Rejected => "rejected",
            Cancelled => "cancelled",
        }
    }

    /// Reads the id in files.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == id)
    }

    /// The states that may follow. Grading may follow receipt without an inspection of its own.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Requested => &[Authorised, Rejected, Cancelled],
            Authorised => &[InTransit, Cancelled],
            InTransit => &[Received, Cancelled],
            Received => &[Inspecting, Graded],
            Inspecting => &[Graded],
            Graded => &[Disposed],
            Disposed => &[Closed],
            Closed | Rejected | Cancelled => &[],
        }
    }

    /// Whether nothing may follow.
    #[must_use]
    pub const fn is_over(self) -> bool {
        self.next().is_empty()
    }

    /// The movement of goods that reaching this state brings; grading has its own
    /// ([`super::Disposition::movements`]).
    #[must_use]
    pub const fn movement(self) -> Option<MovementCode> {
        match self {
            Received => Some(MovementCode::RmaRecv),
            Requested | Authorised | InTransit | Inspecting | Graded | Disposed | Closed
            | Rejected | Cancelled => None,
        }
    }
}

/// The customer's money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RefundState {
    /// Not owed yet.
    #[default]
    None,
    /// Owed.
    Due,
    /// Paid.
    Paid,
}

/// When the refund is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundPolicy {
    /// Once the goods are in the warehouse.
    AtReceipt,
    /// Once their grade is known.
    AfterGrading,
}

impl RefundPolicy {
    const fn is_due_at(self, state: RmaState) -> bool {
        matches!(
            (self, state),
            (Self::AtReceipt, Received) | (Self::AfterGrading, Graded)
        )
    }
}

/// What was found about a line against what was announced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// As announced.
    #[default]
    AsAnnounced,
    /// Other goods.
    WrongItem,
    /// Another quantity.
    QuantityDiffers,
    /// Not in the parcel.
    Missing,
}

/// One step of a return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The state reached.
    pub state: RmaState,
    /// When.
    pub at: Moment,
    /// By whom.
    pub actor: String,
}

/// Why a step is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RmaError {
    /// The state does not follow.
    #[error("{} does not follow {}", to.as_str(), from.as_str())]
    NotAllowed {
        /// Where the return stands.
        from: RmaState,
        /// Where it was to go.
        to: RmaState,
    },
    /// The step lies before the one before it.
    #[error("step of {at} is before the last one")]
    Earlier {
        /// When the step was to be.
        at: Moment,
    },
    /// Nothing is owed.
    #[error("no refund is due")]
    NoRefundDue,
}

impl RmaError {
    /// Stable code, as carried by files and messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAllowed { .. } => "E_RMA_STEP",
            Self::Earlier { .. } => "E_RMA_TIME",
            Self::NoRefundDue => "E_NO_REFUND_DUE",
        }
    }
}

/// A return and every step it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rma {
    steps: Vec<Step>,
    state: RmaState,
    refund: RefundState,
    policy: RefundPolicy,
}

impl Rma {
    /// A return that was just asked for.
    #[must_use]
    pub fn new(policy: RefundPolicy, at: Moment, actor: &str) -> Self {
        let requested = Step {
            state: Requested,
            at,
            actor: actor.to_owned(),
        };
        Self {
            steps: vec![requested],
            state: Requested,
            refund: RefundState::None,
            policy,
        }
    }

    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> RmaState {
        self.state
    }

    /// Where its refund stands.
    #[must_use]
    pub const fn refund(&self) -> RefundState {
        self.refund
    }

    /// Every step, oldest first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Takes a step. The refund becomes due when the policy says so.
    ///
    /// # Errors
    /// A state that does not follow, or a time before the last step; nothing has changed then.
    pub fn advance(&mut self, to: RmaState, at: Moment, actor: &str) -> Result<(), RmaError> {
        let from = self.state;
        if !from.next().contains(&to) {
            return Err(RmaError::NotAllowed { from, to });
        }
        if self.last().is_some_and(|last| at < last) {
            return Err(RmaError::Earlier { at });
        }
        self.steps.push(Step {
            state: to,
            at,
            actor: actor.to_owned(),
        });
        self.state = to;
        if self.policy.is_due_at(to) && self.refund == RefundState::None {
            self.refund = RefundState::Due;
        }
        Ok(())
    }

    /// Pays the refund.
    ///
    /// # Errors
    /// If none is due; nothing has changed then.
    pub fn pay_refund(&mut self) -> Result<(), RmaError> {
        if self.refund != RefundState::Due {
            return Err(RmaError::NoRefundDue);
        }
        self.refund = RefundState::Paid;
        Ok(())
    }

    /// Whether goods that were to come are still missing more than `wait_days` after the last step:
    /// time to cancel.
    #[must_use]
    pub fn is_overdue(&self, now: Moment, wait_days: i32) -> bool {
        let waits = matches!(self.state, Authorised | InTransit);
        let days = self.last().map_or(0, |last| now.day() - last.day());
        waits && days > wait_days
    }

    fn last(&self) -> Option<Moment> {
        self.steps.last().map(|step| step.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(day: i64) -> Moment {
        Moment::parse(&format!("2026-05-{:02}", day + 1)).unwrap()
    }

    #[test]
    fn the_usual_way_ends_closed_and_pays_once() {
        let mut rma = Rma::new(RefundPolicy::AfterGrading, at(0), "customer");
        let way = [Authorised, InTransit, Received, Inspecting];
        for (day, state) in (1..).zip(way) {
            rma.advance(state, at(day), "desk").unwrap();
        }
        assert_eq!(rma.pay_refund(), Err(RmaError::NoRefundDue));
        rma.advance(Graded, at(5), "inspector").unwrap();
        assert_eq!(rma.refund(), RefundState::Due);
        rma.pay_refund().unwrap();
        assert_eq!(rma.pay_refund(), Err(RmaError::NoRefundDue));
        let early = rma.advance(Disposed, at(4), "desk");
        assert_eq!(early, Err(RmaError::Earlier { at: at(4) }));
        rma.advance(Disposed, at(6), "desk").unwrap();
        rma.advance(Closed, at(6), "desk").unwrap();
        assert_eq!((rma.state(), rma.steps().len()), (Closed, 8));
    }

    #[test]
    fn goods_that_do_not_come_are_overdue_after_the_wait() {
        let mut rma = Rma::new(RefundPolicy::AtReceipt, at(0), "customer");
        assert!(!rma.is_overdue(at(20), 14));
        rma.advance(Authorised, at(1), "desk").unwrap();
        assert!(!rma.is_overdue(at(15), 14));
        assert!(rma.is_overdue(at(16), 14));
    }

    #[test]
    fn ids_are_read_back() {
        for state in RmaState::ALL {
            assert_eq!(RmaState::parse(state.as_str()), Some(state));
        }
    }

    proptest! {
        #[test]
        fn only_listed_steps_are_taken(
            steps in prop::collection::vec(prop::sample::select(&RmaState::ALL[..]), 0..30),
        ) {
            let mut rma = Rma::new(RefundPolicy::AtReceipt, at(0), "a");
            for to in steps {
                let before = rma.clone();
                let result = rma.advance(to, at(1), "a");
                if before.state().next().contains(&to) {
                    prop_assert!(result.is_ok() && rma.state() == to);
                } else {
                    let from = before.state();
                    prop_assert_eq!(result, Err(RmaError::NotAllowed { from, to }));
                    prop_assert_eq!(&rma, &before);
                }
                let was_received = rma.steps().iter().any(|step| step.state == Received);
                prop_assert_eq!(rma.refund() != RefundState::None, was_received);
            }
        }
    }
}
