//! The store on a real IndexedDB.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that wasm_bindgen_test functions are tests"
)]

use protocol::request::{BatchSource, Gesture};
use protocol::{Code, Command, Hash32, Health, OpId, WorkspaceId};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use worker::session::Session;
use worker::store::chunks::{self, CHUNK_RAW};
use worker::store::failure::Failure;
use worker::store::head::Head;
use worker::store::idb::{Catalog, CatalogRow, IdbStore};
use worker::store::journal::{Journal, Payload};
use worker::store::{Store, StoreError, StrictWrite};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const PAYLOAD: Payload<'_> = Payload {
    schema: 1,
    bytes: b"x",
};

fn op(number: u8) -> OpId {
    OpId([number; 16])
}

/// Every test has a database of its own.
async fn fresh(number: u8) -> IdbStore {
    let workspace = WorkspaceId([number; 16]);
    IdbStore::delete(workspace).await.unwrap();
    IdbStore::open(workspace).await.unwrap()
}

fn rename(name: &str) -> Gesture {
    Gesture {
        label: "rename".into(),
        commands: vec![Command::WorkspaceRename { name: name.into() }],
    }
}

#[wasm_bindgen_test]
async fn st17_several_awaited_requests_share_one_strict_transaction() {
    let store = fresh(1).await;
    assert_eq!(store.head().await, Ok(None));
    let mut journal = Journal::claim(&store).await.unwrap();
    for number in 1..=20 {
        assert_eq!(
            journal.append(&store, op(number), PAYLOAD).await,
            Ok(u64::from(number))
        );
    }
    assert_eq!(store.head().await, Ok(Some(*journal.head())));
    assert_eq!(store.rows(0, 100).await.unwrap().len(), 20);
    assert_eq!(
        store
            .rows(15, 3)
            .await
            .unwrap()
            .iter()
            .map(|row| row.seq)
            .collect::<Vec<_>>(),
        [16, 17, 18]
    );
    assert_eq!(store.find_op(op(7)).await, Ok(Some(7)));
    assert_eq!(store.find_op(op(99)).await, Ok(None));
}

#[wasm_bindgen_test]
async fn st07_a_stale_leader_writes_nothing() {
    let store = fresh(2).await;
    let mut old = Journal::claim(&store).await.unwrap();
    old.append(&store, op(1), PAYLOAD).await.unwrap();
    let other_tab = IdbStore::open(WorkspaceId([2; 16])).await.unwrap();
    let mut new = Journal::claim(&other_tab).await.unwrap();
    let refused = old.append(&store, op(2), PAYLOAD).await;
    assert!(
        matches!(refused, Err(StoreError::StaleLeader { .. })),
        "{refused:?}"
    );
    assert_eq!(new.append(&other_tab, op(3), PAYLOAD).await, Ok(2));
    assert_eq!(store.rows(0, 100).await.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn st03_a_doubled_operation_rolls_the_whole_transaction_back() {
    let store = fresh(3).await;
    let mut journal = Journal::claim(&store).await.unwrap();
    journal.append(&store, op(1), PAYLOAD).await.unwrap();
    let head = *journal.head();
    let row = worker::store::Row {
        seq: 2,
        op: op(1),
        bytes: vec![1],
    };
    let moved = Head { seq: 2, ..head };
    let write = StrictWrite {
        expected: Some(head.position()),
        head: &moved,
        row: Some(&row),
        commit: None,
    };
    assert_eq!(
        store.write(write).await,
        Err(StoreError::Duplicate { op: op(1) })
    );
    assert_eq!(store.head().await, Ok(Some(head)));
    assert_eq!(store.rows(0, 100).await.unwrap().len(), 1);
    assert_eq!(journal.append(&store, op(2), PAYLOAD).await, Ok(2));
}

#[wasm_bindgen_test]
async fn st02_what_was_saved_is_there_after_reopening() {
    let store = fresh(4).await;
    let workspace = WorkspaceId([4; 16]);
    let mut session = Session::create(store, workspace).await.unwrap();
    let raw: Vec<u8> = (0..3 * CHUNK_RAW)
        .map(|index| (index % 251) as u8)
        .collect();
    let source = BatchSource {
        file: "a.csv".into(),
        source: Hash32([7; 32]),
        rows_read: 1,
        rows_refused: 0,
    };
    let batch = session
        .stage(&source, &[("demand".into(), 1, raw.clone())])
        .await
        .unwrap()
        .batch();
    let import = Gesture {
        label: "import".into(),
        commands: vec![Command::ImportApply { batch }],
    };
    session.apply(op(1), import).await.unwrap();
    session.checkpoint(5).await.unwrap();
    session
        .apply(op(2), rename("after the checkpoint"))
        .await
        .unwrap();
    let (hash, witness) = (session.state().hash(), session.witness(6));
    session.store().close();
    assert!(session.apply(op(3), rename("closed")).await.is_err());

    let store = IdbStore::open(workspace).await.unwrap();
    let mut session = Session::open(store, workspace, Some(witness))
        .await
        .unwrap();
    assert_eq!(session.health(), &Health::Good);
    assert_eq!(session.state().hash(), hash);
    assert_eq!(session.state().name, "after the checkpoint");
    session.claim().await.unwrap();
    let (tables, damage) = session.load_tables().await.unwrap();
    assert_eq!((tables[0].bytes == raw, damage), (true, Vec::new()));
    session.undo(op(4)).await.unwrap();
    assert_eq!(session.state().name, "");

    IdbStore::delete(workspace).await.unwrap();
    let empty = IdbStore::open(workspace).await.unwrap();
    let wiped = Session::open(empty, workspace, Some(witness))
        .await
        .map(|_| ())
        .unwrap_err();
    assert_eq!(
        (wiped.code, wiped.param("seq")),
        (Code::StorageWiped, Some("2"))
    );
}

#[wasm_bindgen_test]
async fn st05_a_flipped_or_deleted_chunk_names_its_dataset() {
    let store = fresh(5).await;
    let (dataset, stored) = chunks::pack("stock", 1, &[5; 100]);
    store.put_chunks(&stored).await.unwrap();
    assert_eq!(chunks::fetch(&store, &dataset).await, Ok(vec![5; 100]));
    let mut flipped = stored.clone();
    flipped[0].1[3] ^= 1;
    store.put_chunks(&flipped).await.unwrap();
    let error = chunks::fetch(&store, &dataset).await.unwrap_err();
    assert_eq!(
        (error.code, error.param("dataset")),
        (Code::ChunkCorrupt, Some("stock"))
    );
    let error = chunks::fetch(&fresh(6).await, &dataset).await.unwrap_err();
    assert_eq!(
        (error.code, error.param("dataset")),
        (Code::ChunkMissing, Some("stock"))
    );
}

#[wasm_bindgen_test]
async fn st08_an_old_connection_gives_way_to_a_delete() {
    let store = fresh(7).await;
    Journal::claim(&store).await.unwrap();
    // Without a versionchange handler this would wait for ever.
    IdbStore::delete(WorkspaceId([7; 16])).await.unwrap();
    let closed = store.head().await;
    assert!(
        matches!(
            closed,
            Err(StoreError::Failed {
                failure: Failure::Closed,
                ..
            })
        ),
        "{closed:?}"
    );
}

#[wasm_bindgen_test]
async fn the_catalog_keeps_its_rows() {
    let catalog = Catalog::open().await.unwrap();
    let workspace = WorkspaceId([8; 16]);
    let row = CatalogRow {
        workspace,
        name: "母婴 A".into(),
        created_ms: 1,
        backup_ms: None,
        backup_seq: None,
    };
    catalog.put(&row).await.unwrap();
    assert!(
        Catalog::open()
            .await
            .unwrap()
            .rows()
            .await
            .unwrap()
            .contains(&row)
    );
    catalog.remove(workspace).await.unwrap();
    assert!(!catalog.rows().await.unwrap().contains(&row));
}
