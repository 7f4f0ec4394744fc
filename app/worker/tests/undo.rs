//! Undo algebra: taking everything back gives what was there before, redoing gives it again.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use protocol::{Command, Hash32, ProposalStatus};
use worker::workspace::{BatchInfo, Op, Workspace};

fn batch(source: u8) -> BatchInfo {
    let source = Hash32([source; 32]);
    BatchInfo {
        file: "f.csv".into(),
        source,
        rows_read: 1,
        rows_refused: 0,
        tables: Vec::new(),
    }
}

fn command() -> impl Strategy<Value = Command> {
    let status = prop_oneof![
        Just(ProposalStatus::Open),
        Just(ProposalStatus::Approved),
        Just(ProposalStatus::Rejected),
        Just(ProposalStatus::Snoozed)
    ];
    let proposal = (0..4_u8, status, proptest::option::of(any::<i64>()));
    prop_oneof![
        (0..4_u8).prop_map(|source| Command::ImportApply {
            batch: batch(source).batch()
        }),
        (0..4_u8).prop_map(|source| Command::ImportUndo {
            batch: batch(source).batch()
        }),
        proposal.prop_map(|(number, status, quantity)| {
            Command::ProposalStatus {
                proposal: number.to_string(),
                status,
                quantity,
            }
        }),
        (0..4_u8, proptest::option::of("[a-c]{0,2}")).prop_map(|(key, value)| {
            Command::SettingSet {
                key: key.to_string(),
                value,
            }
        }),
        "[a-c]{0,2}".prop_map(|name| Command::WorkspaceRename { name }),
    ]
}

/// What the user sees; the stacks and the memory of batches taken out are not part of it.
fn visible(workspace: &Workspace) -> Vec<u8> {
    let applied: Vec<Hash32> = workspace
        .applied()
        .map(|known| known.info.batch())
        .collect();
    let shown = (
        &workspace.name,
        &workspace.settings,
        &workspace.decisions,
        applied,
    );
    postcard::to_stdvec(&shown).unwrap_or_default()
}

proptest! {
    #[test]
    fn taking_back_and_redoing_are_inverse(gestures in prop::collection::vec(prop::collection::vec(command(), 1..4), 1..20)) {
        let mut workspace = Workspace::default();
        let mut states = vec![visible(&workspace)];
        let mut seq = 0;
        for commands in gestures {
            let op = Op::Do { label: "g".into(), commands, batches: (0..4).map(batch).collect() };
            let mut changed = workspace.clone();
            if changed.perform(seq + 1, op).is_ok() {
                seq += 1;
                workspace = changed;
                states.push(visible(&workspace));
            }
        }
        for state in states.iter().rev().skip(1) {
            seq += 1;
            let target = workspace.past.undo_target().unwrap();
            workspace.perform(seq, Op::Undo { target }).unwrap();
            prop_assert_eq!(&visible(&workspace), state);
        }
        for state in states.iter().skip(1) {
            seq += 1;
            let target = workspace.past.redo_target().unwrap();
            workspace.perform(seq, Op::Redo { target }).unwrap();
            prop_assert_eq!(&visible(&workspace), state);
        }
    }
}
