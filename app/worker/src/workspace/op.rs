//! The payload of a journal row. A disk format: append only.

use super::{BatchInfo, KnownBatch, PastGesture, Workspace};
use protocol::{AppError, Code, Command, ViewKind};
use serde::{Deserialize, Serialize};

/// One operation of the journal. Undo and redo are operations themselves, so that what they
/// offer survives a reload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// A gesture.
    Do {
        /// Locale key.
        label: String,
        /// Applied together.
        commands: Vec<Command>,
        /// Batches the commands name for the first time.
        batches: Vec<BatchInfo>,
    },
    /// Takes a gesture back.
    Undo {
        /// Operation number of the gesture.
        target: u64,
    },
    /// Does a gesture again.
    Redo {
        /// Operation number of the gesture.
        target: u64,
    },
}

impl Op {
    /// Stored form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Reads the stored form; `None` if it is none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

impl Workspace {
    /// Performs an operation and returns the views it makes stale.
    ///
    /// # Errors
    /// What [`Workspace::apply`] says, or `NothingToUndo`. The workspace may be half changed
    /// then: callers work on a copy.
    pub fn perform(&mut self, seq: u64, op: Op) -> Result<Vec<ViewKind>, AppError> {
        let gesture = match op {
            Op::Do {
                label,
                commands,
                batches,
            } => {
                for info in batches {
                    self.learn(info);
                }
                let inverse = self.apply_all(seq, &commands)?;
                let gesture = PastGesture {
                    seq,
                    label,
                    commands,
                    inverse,
                };
                let dirty = gesture.dirty();
                self.past.push(gesture);
                return Ok(dirty);
            }
            Op::Undo { target } => {
                let mut gesture = self.past.take_undo(target).ok_or(Code::NothingToUndo)?;
                gesture.commands = self.apply_all(seq, &gesture.inverse)?;
                self.past.put_redo(gesture.clone());
                gesture
            }
            Op::Redo { target } => {
                let mut gesture = self.past.take_redo(target).ok_or(Code::NothingToUndo)?;
                gesture.inverse = self.apply_all(seq, &gesture.commands)?;
                self.past.put_undo(gesture.clone());
                gesture
            }
        };
        Ok(gesture.dirty())
    }

    /// Applies in order; what it returns takes them back in order.
    fn apply_all(&mut self, seq: u64, commands: &[Command]) -> Result<Vec<Command>, AppError> {
        let mut inverse = Vec::with_capacity(commands.len());
        for command in commands {
            inverse.push(self.apply(seq, command)?);
        }
        inverse.reverse();
        Ok(inverse)
    }

    fn learn(&mut self, info: BatchInfo) {
        if self
            .batches
            .iter()
            .all(|known| known.info.batch() != info.batch())
        {
            self.batches.push(KnownBatch {
                info,
                applied_by: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::adjustment::{Adjustment, Change};
    use protocol::{Hash32, ProposalStatus};

    fn info(source: u8) -> BatchInfo {
        let source = Hash32([source; 32]);
        BatchInfo {
            file: "sales.csv".into(),
            source,
            rows_read: 1,
            rows_refused: 0,
            tables: Vec::new(),
        }
    }

    fn rename(name: &str) -> Op {
        let commands = vec![Command::WorkspaceRename { name: name.into() }];
        Op::Do {
            label: "rename".into(),
            commands,
            batches: Vec::new(),
        }
    }

    fn import(source: u8) -> Op {
        let commands = vec![Command::ImportApply {
            batch: info(source).batch(),
        }];
        Op::Do {
            label: "import".into(),
            commands,
            batches: vec![info(source)],
        }
    }

    fn run(ops: Vec<Op>) -> Result<Workspace, AppError> {
        let mut workspace = Workspace::default();
        for (seq, op) in (1..).zip(ops) {
            workspace.perform(seq, op)?;
        }
        Ok(workspace)
    }

    fn applied(workspace: &Workspace) -> Vec<u8> {
        workspace
            .applied()
            .map(|known| known.info.source.0[0])
            .collect()
    }

    #[test]
    fn undo_and_redo_walk_the_gestures() {
        let ops = vec![rename("a"), rename("b"), Op::Undo { target: 2 }];
        assert_eq!(run(ops.clone()).unwrap().name, "a");
        assert_eq!(
            run([ops.clone(), vec![Op::Redo { target: 2 }]].concat())
                .unwrap()
                .name,
            "b"
        );
        assert_eq!(
            run([ops.clone(), vec![Op::Undo { target: 1 }]].concat())
                .unwrap()
                .name,
            ""
        );
        let forked = run([ops, vec![rename("c"), Op::Redo { target: 2 }]].concat());
        assert_eq!(forked.unwrap_err().code, Code::NothingToUndo);
    }

    #[test]
    fn an_import_taken_back_and_redone_keeps_its_place() {
        let undo_first = Op::Do {
            label: "import_undo".into(),
            commands: vec![Command::ImportUndo {
                batch: info(1).batch(),
            }],
            batches: Vec::new(),
        };
        let ops = vec![import(1), import(2), undo_first];
        assert_eq!(applied(&run(ops.clone()).unwrap()), [2]);
        assert_eq!(
            applied(&run([ops, vec![Op::Undo { target: 3 }]].concat()).unwrap()),
            [1, 2]
        );
    }

    #[test]
    fn lg10_the_same_source_twice_is_refused() {
        assert_eq!(
            run(vec![import(1), import(1)]).unwrap_err().code,
            Code::AlreadyImported
        );
        let renamed = BatchInfo {
            file: "copy.csv".into(),
            ..info(1)
        };
        let commands = vec![Command::ImportApply {
            batch: renamed.batch(),
        }];
        let twin = Op::Do {
            label: "import".into(),
            commands,
            batches: vec![renamed],
        };
        assert_eq!(
            run(vec![import(1), twin]).unwrap_err().code,
            Code::AlreadyImported
        );
        let unknown = Command::ImportApply {
            batch: Hash32([9; 32]),
        };
        let unknown = Op::Do {
            label: "import".into(),
            commands: vec![unknown],
            batches: Vec::new(),
        };
        assert_eq!(run(vec![unknown]).unwrap_err().code, Code::UnknownBatch);
    }

    #[test]
    fn a_decision_back_to_open_leaves_no_trace() {
        let decide = |status| Command::ProposalStatus {
            proposal: "p1".into(),
            status,
            quantity: None,
        };
        let mut workspace = Workspace::default();
        let inverse = workspace
            .apply(1, &decide(ProposalStatus::Approved))
            .unwrap();
        assert_eq!(inverse, decide(ProposalStatus::Open));
        workspace.apply(2, &inverse).unwrap();
        assert_eq!(workspace, Workspace::default());
    }

    #[test]
    fn an_adjustment_keeps_its_number_and_old_states_their_hash() {
        let adjustment = |units| Adjustment {
            category: None,
            sku: Some("s".into()),
            channel: None,
            region: None,
            from: 8,
            to: 14,
            change: Change::Add(units),
            reason: "r".into(),
            author: "a".into(),
            expires: None,
            made_on: 7,
            noted: vec![(1, 2)],
        };
        let set = |id, units: Option<i64>| Op::Do {
            label: "adjust".into(),
            commands: vec![Command::AdjustmentSet {
                id,
                adjustment: units.map(adjustment),
            }],
            batches: Vec::new(),
        };
        let ops = vec![set(1, Some(5)), set(2, Some(6)), set(1, None)];
        let removed = run(ops.clone()).unwrap();
        let ids = |workspace: &Workspace| -> Vec<u64> {
            let decisions = workspace.hand.decisions();
            decisions.adjustments.iter().map(|one| one.id).collect()
        };
        assert_eq!(ids(&removed), [2]);
        let back = run([ops, vec![Op::Undo { target: 3 }]].concat()).unwrap();
        assert_eq!(ids(&back), [1, 2]);
        let stored = back.to_bytes();
        assert_eq!(Workspace::from_bytes(&stored), Some(back));
        // A state without decisions is stored as it was before there were any.
        let plain = run(vec![rename("a")]).unwrap();
        assert_eq!(plain.to_bytes(), postcard::to_stdvec(&plain).unwrap());
    }

    #[test]
    fn a_planned_price_is_stored_behind_the_rest() {
        let change = protocol::prices::PriceChange {
            category: Some("c".into()),
            sku: None,
            channel: None,
            from: 8,
            to: 14,
            percent: -1_000,
            reason: "r".into(),
            author: "a".into(),
            made_on: 7,
        };
        let set = |change| Op::Do {
            label: "PRICE_PLANNED".into(),
            commands: vec![Command::PriceSet { id: 5, change }],
            batches: Vec::new(),
        };
        let ops = vec![rename("a"), set(Some(change))];
        let planned = run(ops.clone()).unwrap();
        assert_eq!(planned.hand.decisions().prices[0].percent, -1_000);
        assert_eq!(
            Workspace::from_bytes(&planned.to_bytes()),
            Some(planned.clone())
        );
        let back = run([ops, vec![Op::Undo { target: 2 }]].concat()).unwrap();
        assert!(back.hand.is_empty() && back.hand != planned.hand);
    }

    #[test]
    fn operations_and_states_survive_storage() {
        for op in [
            rename("a"),
            import(1),
            Op::Undo { target: 1 },
            Op::Redo { target: 1 },
        ] {
            assert_eq!(Op::from_bytes(&op.to_bytes()), Some(op));
        }
        let workspace = run(vec![rename("a"), import(1), Op::Undo { target: 2 }]).unwrap();
        assert_eq!(
            Workspace::from_bytes(&workspace.to_bytes()),
            Some(workspace)
        );
    }
}
