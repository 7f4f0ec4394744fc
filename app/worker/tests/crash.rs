//! Crashes, lost answers and stale writers at every write of random work: no acknowledged
//! operation is lost, none is applied twice (ST-01..03, 06, 07, LG-11 in small).
#![cfg(not(target_arch = "wasm32"))]

use protocol::request::{BatchSource, Gesture};
use protocol::storage::Witness;
use protocol::{Code, Command, Hash32, OpId, ProposalStatus, WorkspaceId};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use worker::session::Session;
use worker::store::failure::Failure;
use worker::store::head::Head;
use worker::store::memory::{Disk, MemoryStore};
use worker::store::{Row, Store, StoreError, StrictWrite};
use worker::testing::block_on;
use worker::workspace::{Op, Workspace};

const WORKSPACE: WorkspaceId = WorkspaceId([1; 16]);

struct Dice(u64);

impl Dice {
    /// SplitMix64.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }
}

/// A connection that fails as told by the dice. Strict writes make all earlier relaxed ones
/// durable; a crash loses the relaxed ones since.
#[derive(Clone)]
struct Faulty {
    medium: MemoryStore,
    durable: Rc<RefCell<Disk>>,
    dice: Rc<RefCell<Dice>>,
    is_dead: Rc<RefCell<bool>>,
}

impl Faulty {
    fn connect(durable: &Rc<RefCell<Disk>>, dice: &Rc<RefCell<Dice>>) -> Self {
        let medium = MemoryStore::new();
        medium.with_disk(|disk| *disk = durable.borrow().clone());
        Self {
            medium,
            durable: durable.clone(),
            dice: dice.clone(),
            is_dead: Rc::default(),
        }
    }

    fn alive(&self) -> Result<(), StoreError> {
        if *self.is_dead.borrow() {
            return Err(StoreError::Failed {
                failure: Failure::Closed,
                detail: "crashed".into(),
            });
        }
        // Other connections may have written.
        let durable = self.durable.borrow();
        let (head, rows, ops) = (
            durable.head.clone(),
            durable.rows.clone(),
            durable.ops.clone(),
        );
        self.medium
            .with_disk(|disk| (disk.head, disk.rows, disk.ops) = (head, rows, ops));
        Ok(())
    }

    async fn strict(&self, write: StrictWrite<'_>) -> Result<(), StoreError> {
        self.medium.write(write).await?;
        *self.durable.borrow_mut() = self.medium.with_disk(|disk| disk.clone());
        Ok(())
    }
}

impl Store for Faulty {
    async fn head(&self) -> Result<Option<Head>, StoreError> {
        self.alive()?;
        self.medium.head().await
    }

    async fn write(&self, write: StrictWrite<'_>) -> Result<(), StoreError> {
        self.alive()?;
        let lost = || StoreError::Unknown {
            detail: "no answer".into(),
        };
        let fault = self.dice.borrow_mut().roll(24);
        match fault {
            0 => {
                *self.is_dead.borrow_mut() = true;
                Err(lost())
            }
            1 => {
                self.strict(write).await?;
                *self.is_dead.borrow_mut() = true;
                Err(lost())
            }
            2 => Err(lost()),
            3 => {
                self.strict(write).await?;
                Err(lost())
            }
            4 => Err(StoreError::Failed {
                failure: Failure::Full,
                detail: "quota".into(),
            }),
            _ => self.strict(write).await,
        }
    }

    async fn rows(&self, after: u64, limit: u32) -> Result<Vec<Row>, StoreError> {
        self.alive()?;
        self.medium.rows(after, limit).await
    }

    async fn find_op(&self, op: OpId) -> Result<Option<u64>, StoreError> {
        self.alive()?;
        self.medium.find_op(op).await
    }

    async fn put_chunks(&self, chunks: &[(Hash32, Vec<u8>)]) -> Result<(), StoreError> {
        self.alive()?;
        if self.dice.borrow_mut().one_in(30) {
            *self.is_dead.borrow_mut() = true;
            return Err(StoreError::Unknown {
                detail: "crashed".into(),
            });
        }
        self.medium.put_chunks(chunks).await
    }

    async fn chunk(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        self.alive()?;
        self.medium.chunk(hash).await
    }

    async fn commit(&self, hash: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        self.alive()?;
        self.medium.commit(hash).await
    }

    async fn put_import(&self, batch: Hash32, bytes: &[u8]) -> Result<(), StoreError> {
        self.alive()?;
        self.medium.put_import(batch, bytes).await
    }

    async fn import(&self, batch: Hash32) -> Result<Option<Vec<u8>>, StoreError> {
        self.alive()?;
        self.medium.import(batch).await
    }

    fn close(&self) {}
}

/// What the user did last and whether the page learned the outcome.
#[derive(Clone)]
enum Step {
    Apply(Gesture),
    Undo,
    Redo,
}

struct World {
    durable: Rc<RefCell<Disk>>,
    dice: Rc<RefCell<Dice>>,
    acknowledged: BTreeSet<OpId>,
    sent: BTreeSet<OpId>,
    witness: Option<Witness>,
    next_op: u128,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            durable: Rc::default(),
            dice: Rc::new(RefCell::new(Dice(seed))),
            acknowledged: BTreeSet::new(),
            sent: BTreeSet::new(),
            witness: None,
            next_op: 1,
        }
    }

    fn roll(&self, sides: u64) -> u64 {
        self.dice.borrow_mut().roll(sides)
    }

    /// Starts the tab again until it is the writer.
    fn start(&self) -> Session<Faulty> {
        loop {
            let store = Faulty::connect(&self.durable, &self.dice);
            let is_new = block_on(store.head()).is_ok_and(|head| head.is_none());
            let session = if is_new {
                block_on(Session::create(store, WORKSPACE))
            } else {
                block_on(async {
                    let mut session = Session::open(store, WORKSPACE, self.witness).await?;
                    session.claim().await?;
                    Ok(session)
                })
            };
            match session {
                Ok(session) => return session,
                Err(error) => {
                    let is_expected = matches!(
                        error.code,
                        Code::StorageFailed | Code::StorageFull | Code::StaleLeader
                    );
                    assert!(is_expected, "{error}");
                }
            }
        }
    }

    fn step(&self) -> Step {
        match self.roll(8) {
            0 => Step::Undo,
            1 => Step::Redo,
            _ => {
                let count = 1 + self.roll(3);
                let commands = (0..count).map(|_| self.command()).collect();
                Step::Apply(Gesture {
                    label: "edit".into(),
                    commands,
                })
            }
        }
    }

    fn command(&self) -> Command {
        let number = self.roll(1_000);
        match self.roll(3) {
            0 => Command::WorkspaceRename {
                name: format!("name {number}"),
            },
            1 => Command::SettingSet {
                key: format!("key {}", number % 5),
                value: (!number.is_multiple_of(3)).then(|| number.to_string()),
            },
            _ => Command::ProposalStatus {
                proposal: format!("p{}", number % 9),
                status: if number.is_multiple_of(2) {
                    ProposalStatus::Approved
                } else {
                    ProposalStatus::Open
                },
                quantity: number.is_multiple_of(7).then_some(5_000),
            },
        }
    }

    fn send(&mut self, session: &mut Session<Faulty>, op: OpId, step: &Step) -> Result<(), Code> {
        self.sent.insert(op);
        let saved = block_on(async {
            match step {
                Step::Apply(gesture) => session.apply(op, gesture.clone()).await,
                Step::Undo => session.undo(op).await,
                Step::Redo => session.redo(op).await,
            }
        });
        match saved {
            Ok(_) => {
                self.acknowledged.insert(op);
                self.witness = Some(session.witness(1));
                Ok(())
            }
            Err(error) => Err(error.code),
        }
    }

    /// One gesture, re-sent with the same id over as many restarts as it takes.
    fn gesture(&mut self, session: &mut Session<Faulty>) {
        let op = OpId(self.next_op.to_be_bytes());
        self.next_op += 1;
        let step = self.step();
        loop {
            match self.send(session, op, &step) {
                Ok(()) => return,
                Err(Code::NothingToUndo) => {
                    self.sent.remove(&op);
                    return;
                }
                Err(Code::StorageFull) => {}
                Err(Code::StorageFailed | Code::StaleLeader | Code::ReadOnly) => {
                    *session = self.start()
                }
                Err(code) => panic!("unexpected {code:?}"),
            }
        }
    }

    /// The journal read as plainly as possible.
    fn check(&self) {
        let disk = self.durable.borrow();
        let stored: Vec<OpId> = disk.rows.values().map(|row| row.op).collect();
        let distinct: BTreeSet<OpId> = stored.iter().copied().collect();
        assert_eq!(distinct.len(), stored.len(), "doubled");
        assert!(self.acknowledged.is_subset(&distinct), "lost");
        assert!(distinct.is_subset(&self.sent), "invented");
    }

    fn replayed(&self) -> Option<Workspace> {
        let mut state = Workspace::default();
        for row in self.durable.borrow().rows.values() {
            let payload = &row.bytes[62..row.bytes.len() - 32];
            state.perform(row.seq, Op::from_bytes(payload)?).ok()?;
        }
        Some(state)
    }
}

#[test]
fn st01_st02_st03_no_acknowledged_operation_is_lost_or_doubled() {
    let mut operations = 0;
    for seed in 0..1_500 {
        let mut world = World::new(seed);
        let mut session = world.start();
        for _ in 0..24 {
            world.gesture(&mut session);
            if world.roll(10) == 0 {
                drop(block_on(session.checkpoint(2)));
            }
            if world.roll(12) == 0 {
                session = world.start();
            }
        }
        world.check();
        let survivor = world.start();
        assert_eq!(
            Some(survivor.state()),
            world.replayed().as_ref(),
            "seed {seed}"
        );
        operations += world.acknowledged.len();
    }
    println!("{operations} operations over 1500 crash schedules: 0 lost, 0 doubled");
}

#[test]
fn st06_st07_two_tabs_never_overwrite_each_other() {
    let mut refused = 0;
    for seed in 0..400 {
        let mut world = World::new(seed);
        let mut old = world.start();
        world.gesture(&mut old);
        for _ in 0..6 {
            let mut new = world.start();
            world.gesture(&mut new);
            let op = OpId(world.next_op.to_be_bytes());
            world.next_op += 1;
            let step = Step::Apply(Gesture {
                label: "edit".into(),
                commands: vec![world.command()],
            });
            let before = world.durable.borrow().rows.len();
            assert!(
                world.send(&mut old, op, &step).is_err(),
                "a stale tab wrote"
            );
            assert_eq!(world.durable.borrow().rows.len(), before);
            world.sent.remove(&op);
            refused += 1;
            world.gesture(&mut new);
            old = new;
        }
        world.check();
    }
    println!("{refused} writes of stale tabs: all refused");
}

#[test]
fn st02_an_import_killed_anywhere_is_whole_or_absent() {
    for seed in 0..600 {
        let world = World::new(seed);
        let mut session = world.start();
        let table = format!("sku,quantity\n{seed},1\n").repeat(50).into_bytes();
        let source = BatchSource {
            file: "a.csv".into(),
            source: Hash32([7; 32]),
            rows_read: 50,
            rows_refused: 0,
        };
        let op = OpId([9; 16]);
        loop {
            let result = block_on(async {
                let info = session
                    .stage(&source, &[("demand".into(), 50, table.clone())])
                    .await?;
                let commands = vec![Command::ImportApply {
                    batch: info.batch(),
                }];
                session
                    .apply(
                        op,
                        Gesture {
                            label: "import".into(),
                            commands,
                        },
                    )
                    .await
            });
            let (tables, damage) = block_on(async {
                let mut reader = world.start();
                reader.load_tables().await.unwrap_or_default()
            });
            assert_eq!(damage, []);
            match result {
                Ok(_) => {
                    assert_eq!(tables.len(), 1);
                    assert_eq!(tables[0].bytes, table);
                    break;
                }
                Err(_) => {
                    assert!(tables.len() <= 1);
                    session = world.start();
                }
            }
        }
    }
}

#[test]
fn st04_st09_lost_and_newer_stores_are_recognised() {
    let mut world = World::new(1);
    let mut session = world.start();
    for _ in 0..5 {
        world.gesture(&mut session);
    }
    let open = |disk: Disk| {
        let store = MemoryStore::new();
        store.with_disk(|target| *target = disk);
        block_on(Session::open(store, WORKSPACE, world.witness))
    };
    let full = world.durable.borrow().clone();
    let wiped = open(Disk::default()).err().map(|error| error.code);
    assert_eq!(wiped, Some(Code::StorageWiped));

    let head = Head::from_bytes(full.head.as_deref().unwrap()).unwrap();
    let newer = Head {
        format: head.format + 1,
        ..head
    };
    let newer = open(Disk {
        head: Some(newer.to_bytes()),
        ..full.clone()
    })
    .err()
    .map(|error| error.code);
    assert_eq!(newer, Some(Code::StorageNewer));

    let mut cut = full.clone();
    let last = cut.rows.pop_last().unwrap().1;
    cut.ops.remove(&last.op);
    let damaged = open(cut).unwrap();
    assert_ne!(
        damaged.health(),
        &protocol::Health::Good,
        "a missing last row is noticed"
    );

    let mut altered = full;
    altered.rows.get_mut(&2).unwrap().bytes[70] ^= 1;
    let mut session = open(altered).unwrap();
    let named = protocol::Health::Damaged {
        datasets: vec!["journal 2".into()],
    };
    assert_eq!(session.health(), &named);
    assert_eq!(block_on(session.claim()).unwrap_err().code, Code::ReadOnly);
}

#[test]
fn st14_export_wipe_import_gives_an_equal_state() {
    for seed in 0..50 {
        let mut world = World::new(seed);
        let mut session = world.start();
        for _ in 0..10 {
            world.gesture(&mut session);
        }
        let backup = block_on(session.export(3)).unwrap();
        let file = backup.to_bytes().unwrap();
        let read = worker::store::backup::Backup::from_bytes(&file).unwrap();
        let mut restored =
            block_on(Session::restore(MemoryStore::new(), WORKSPACE, &read)).unwrap();
        assert_eq!(restored.state().hash(), session.state().hash());
        let rename = Gesture {
            label: "x".into(),
            commands: vec![Command::WorkspaceRename { name: "on".into() }],
        };
        block_on(restored.apply(OpId([255; 16]), rename)).unwrap();
        let reopened = block_on(Session::open(
            restored.store().clone(),
            WORKSPACE,
            Some(restored.witness(4)),
        ))
        .unwrap();
        assert_eq!(reopened.health(), &protocol::Health::Good);
        assert_eq!(reopened.state(), restored.state());
    }
}
