//! The loop that turns commands into durable events and publishes the World that results.
//!
//! ```text
//!  submit ──> bounded queue ──> decide a batch ──> one append ──> publish ──> answer
//!                                    ^ (World + command -> events)   │
//!                                    │                               └─> steps: what changed
//!                timers, other nodes ┘
//! ```
//!
//! One task ([`head`]) owns the head of the log; everything that can wake it is one closed list.
//! Readers take the current [`Picture`] from an atomic pointer and never wait for a writer.
//!
//! Two dispatchers press a button in the same millisecond: both commands land in one batch, the
//! second is decided against the World that the first one makes, both become durable with one
//! disk flush, and then both are answered.

mod answer;
mod aside;
mod changes;
pub mod clock;
mod contacts;
mod decide;
pub mod duty;
mod follow;
mod head;
mod health;
mod history;
mod pace;
mod positions;
mod progress;
mod reads;
pub mod refold;
#[cfg(test)]
mod unseen;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use arc_swap::ArcSwap;
use tokio::runtime::Handle;
use tokio::sync::{Notify, Semaphore, broadcast, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::domain::organization::Organization;
use crate::domain::reading::Reading;
use crate::domain::{Command, Id, Principal, RecordRef, Refusal, Seq, World};
use crate::log::{Head, Store};
use crate::sharing::{Change as PolicyChange, Sharing, Simulation, View, Viewer};

pub use answer::{Answer, SubmitError};
pub use changes::{Change, Changes, ChangesError, CopChange, Told};
pub use clock::Clock;
pub use contacts::ContactError;
pub use health::{StoreHealth, Unwritable};
pub use history::{AsOf, HistoryError};
pub use positions::{NotAPosition, Position};
pub use progress::MessageProgress;
pub use refold::RefoldError;

/// Commands that may wait; past that a caller is told at once to come back later.
pub const QUEUE_COMMANDS_MAX: usize = 4_096;
/// Steps that whoever takes up what changed may lag behind before they look at everything.
const STEPS_KEPT: usize = 1_024;
/// Dry runs of changed agreements that are carried out at the same time.
const SIMULATIONS_AT_ONCE: usize = 1;
/// Entries between two snapshots.
pub const SNAPSHOT_EVERY: u64 = 100_000;

/// A handle to the running hub; clones share it.
#[derive(Clone)]
pub struct Hub {
    shared: Arc<Shared>,
}

/// What the tasks of the hub share.
pub(crate) struct Shared {
    queue: mpsc::Sender<Submission>,
    /// The World that readers get; only the head task stores here.
    picture: ArcSwap<Picture>,
    /// Whether the store answers and can be written.
    health: watch::Sender<StoreHealth>,
    /// How often the store was found to answer.
    answers: AtomicU64,
    /// The records that each step changed, for those who take up every one of them.
    steps: broadcast::Sender<Touched>,
    /// Wakes those who follow a picture and look for themselves what changed on it.
    advanced: watch::Sender<()>,
    store: Arc<dyn Store>,
    /// Who sees and does what.
    sharing: Sharing,
    clock: Clock,
    /// Wakes the head task to read what other nodes appended.
    foreign: Notify,
    history: history::History,
    /// How many principals may be shown what the rest of their organization is not.
    personal: watch::Sender<usize>,
    /// Where each viewer's picture stands.
    positions: positions::Positions,
    /// How people are reached, as far as it was opened.
    contacts: contacts::Contacts,
    /// Who looked at what, not yet written.
    reads: reads::Reads,
    /// Dry runs that go on; each looks at all records of an owner.
    simulations: Arc<Semaphore>,
    /// Where those who watch are served.
    aside: aside::Aside,
    stop: CancellationToken,
}

/// The World at the head of the log.
#[derive(Debug)]
pub struct Picture {
    /// Everything that is known.
    pub world: Arc<World>,
    /// The head of the log that it is folded up to.
    pub head: Head,
}

/// The records that one advance of the World changed, each once.
pub type Touched = Arc<[RecordRef]>;

/// What the head task is asked.
struct Submission {
    command: Command,
    principal: Arc<Principal>,
    cause: String,
    key: Option<String>,
    answer: oneshot::Sender<Result<Answer, SubmitError>>,
}

/// A running hub, with what is needed to stop it.
pub struct Running {
    /// The handle.
    pub hub: Hub,
    head: JoinHandle<()>,
}

impl Running {
    /// Takes no more commands, finishes those that were accepted, saves a snapshot, and ends.
    pub async fn stop(self) {
        reads::write(&self.hub, &Arc::new(Principal::hub())).await;
        self.hub.shared.stop.cancel();
        // The head task only ends by itself; a join error means that it panicked, which was logged.
        drop(self.head.await);
    }
}

impl Hub {
    /// Folds the log and starts the tasks of the hub.
    ///
    /// # Errors
    /// [`RefoldError`] when the store cannot be read or holds what this release cannot read.
    pub async fn start(store: Arc<dyn Store>, clock: Clock) -> Result<Running, RefoldError> {
        let picture = refold::newest(store.as_ref()).await?;
        let positions = positions::Positions::of_store(store.as_ref()).await?;
        let (queue, waiting) = mpsc::channel(QUEUE_COMMANDS_MAX);
        let personal = watch::Sender::new(picture.world.personal_principals());
        let shared = Arc::new(Shared {
            queue,
            personal,
            picture: ArcSwap::from_pointee(picture),
            health: watch::Sender::default(),
            answers: AtomicU64::default(),
            steps: broadcast::channel(STEPS_KEPT).0,
            advanced: watch::Sender::new(()),
            store,
            sharing: Sharing::default(),
            clock,
            foreign: Notify::new(),
            history: history::History::default(),
            positions,
            contacts: contacts::Contacts::default(),
            reads: reads::Reads::default(),
            simulations: Arc::new(Semaphore::new(SIMULATIONS_AT_ONCE)),
            aside: aside::Aside::start(),
            stop: CancellationToken::new(),
        });
        let head = tokio::spawn(head::run(Arc::clone(&shared), waiting));
        tokio::spawn(follow::other_nodes(Arc::clone(&shared)));
        tokio::spawn(follow::store_health(Arc::clone(&shared)));
        let hub = Self { shared };
        tokio::spawn(reads::keep(hub.clone()));
        Ok(Running { hub, head })
    }

    /// The World now. Never waits.
    #[must_use]
    pub fn picture(&self) -> Arc<Picture> {
        self.shared.picture.load_full()
    }

    /// What changes from now on. Take it before [`Hub::picture`] to miss nothing between the two.
    #[must_use]
    pub fn steps(&self) -> broadcast::Receiver<Touched> {
        self.shared.steps.subscribe()
    }

    /// Wakes whenever the picture has changed. Take it before [`Hub::picture`] too.
    fn advanced(&self) -> watch::Receiver<()> {
        self.shared.advanced.subscribe()
    }

    /// The records that changed from one View to a later one; none when nobody knows any more.
    fn touched_between(&self, before: &View, after: &View) -> Option<BTreeSet<RecordRef>> {
        self.shared.positions.touched(before.seq(), after.seq())
    }

    /// The World as of a past entry or time.
    ///
    /// # Errors
    /// [`HistoryError`] when the moment is ahead of the log, the store does not answer, or too many
    /// such questions are being answered.
    pub async fn world_at(&self, as_of: AsOf) -> Result<Arc<World>, HistoryError> {
        history::world_at(&self.shared, as_of).await
    }

    /// Wakes when somebody becomes another viewer than they were, such as by breaking the glass.
    #[must_use]
    pub fn personal(&self) -> watch::Receiver<usize> {
        self.shared.personal.subscribe()
    }

    /// Where a viewer's picture of now stands: the same as long as nothing changes on it.
    #[must_use]
    pub fn position(&self, view: &View) -> Position {
        self.shared.positions.of(view)
    }

    /// A position for a moment of the log, another one each time.
    #[must_use]
    pub fn position_at(&self, seq: Seq) -> Position {
        self.shared.positions.seal(seq)
    }

    /// The entry that a position stands for; none when no hub of this log gave it.
    #[must_use]
    pub fn seq_of(&self, position: &Position) -> Option<Seq> {
        self.shared.positions.open(position)
    }

    /// A key for one use, the same on all nodes of the hub and kept by none: it follows from the
    /// hub's own, which lies in the vault.
    #[must_use]
    pub fn derived_key(&self, what: &str) -> [u8; 32] {
        self.shared.positions.derive(what)
    }

    /// Who the principal is as a viewer, now.
    #[must_use]
    pub fn viewer(&self, principal: &Principal) -> Arc<Viewer> {
        Arc::new(Viewer::of(principal, &self.picture().world))
    }

    /// Whether the principal may ask for this command now, before anything is prepared for it.
    ///
    /// # Errors
    /// The refusal that the command would get.
    pub fn authorise(&self, principal: &Principal, command: &Command) -> Result<(), Refusal> {
        let (world, now) = (&self.picture().world, self.shared.clock.now());
        self.shared.sharing.authorise(principal, command, world, now)
    }

    /// What the viewer may see now. Never waits.
    #[must_use]
    pub fn view(&self, viewer: &Arc<Viewer>) -> View {
        self.view_of(Arc::clone(&self.picture().world), viewer)
    }

    /// What the viewer may see of a World that the hub answered with.
    #[must_use]
    pub fn view_of(&self, world: Arc<World>, viewer: &Arc<Viewer>) -> View {
        self.shared.sharing.view(world, viewer, self.shared.clock.now())
    }

    /// What the viewer may see of a past moment, by the policies of today.
    ///
    /// # Errors
    /// [`HistoryError`] when the moment cannot be shown.
    pub async fn view_at(&self, viewer: &Arc<Viewer>, as_of: AsOf) -> Result<View, HistoryError> {
        let past = self.world_at(as_of).await?;
        let today = Arc::clone(&self.picture().world);
        Ok(self.shared.sharing.view_of_past(past, today, viewer, self.shared.clock.now()))
    }

    /// What the viewer was shown at a past moment, by the policies of that moment, and of the same
    /// World until now: what a client that was there then may have on its screen. It is compared
    /// and never shown.
    ///
    /// # Errors
    /// [`HistoryError`] when the moment cannot be reached.
    async fn views_then(
        &self,
        viewer: &Arc<Viewer>,
        as_of: AsOf,
    ) -> Result<Vec<View>, HistoryError> {
        let past = self.world_at(self.latest_like(viewer, as_of)).await?;
        Ok(View::alone(&past, viewer, self.shared.clock.now()))
    }

    /// The latest moment at which the viewer's picture looked the same. Where little happens that
    /// they see, a position is old soon, and a World that is kept need not be folded.
    fn latest_like(&self, viewer: &Arc<Viewer>, as_of: AsOf) -> AsOf {
        let AsOf::Seq(seq) = as_of else { return as_of };
        let positions = &self.shared.positions;
        let before = positions.same_until(viewer, seq);
        // Finds out whether it still does now, for one whose position it is.
        drop(before.map(|_| positions.of(&self.view(viewer))));
        AsOf::Seq(positions.same_until(viewer, seq).or(before).unwrap_or(seq))
    }

    /// What an organization is shown, as far as the asker may see it too.
    #[must_use]
    pub fn view_through(&self, asker: &View, organization: Id<Organization>) -> View {
        self.shared.sharing.view_through(asker, organization, self.shared.clock.now())
    }

    /// Notes that somebody looked at something. Never waits.
    pub fn note_reading(&self, reading: Reading) {
        self.shared.reads.note(reading);
    }

    /// Tries a change of agreements or policies, and tells who would gain or lose sight of what.
    ///
    /// # Errors
    /// [`SubmitError`]: the refusal that the change itself would get, or that too much goes on.
    pub async fn simulate(
        &self,
        asker: &View,
        principal: &Arc<Principal>,
        change: PolicyChange,
    ) -> Result<Simulation, SubmitError> {
        let turn = Arc::clone(&self.shared.simulations).acquire_owned().await;
        let turn = turn.map_err(|_| SubmitError::Stopping)?;
        let (shared, asker) = (Arc::clone(&self.shared), asker.clone());
        let principal = Arc::clone(principal);
        let run = self.aside().clone().spawn_blocking(move || {
            // Held until it is done, also when nobody waits for it any more.
            let _turn = turn;
            let (now, seed) = (shared.clock.now(), shared.clock.new_id());
            shared.sharing.simulate(&asker, &principal, &change, now, seed)
        });
        Ok(run.await.map_err(|_| SubmitError::Stopping)??)
    }

    /// Waits until a term of an agreement begins or ends, after what a View was judged by.
    async fn boundary(&self, told: &View) {
        let now = self.shared.clock.now();
        match told.next_boundary() {
            None => std::future::pending().await,
            Some(due) => {
                let left = due.duration_since(now).try_into().unwrap_or_default();
                tokio::time::sleep(left).await;
            }
        }
    }

    /// The same moment of the log, judged by the time of now.
    fn judged_now(&self, view: &View) -> View {
        self.shared.sharing.judged_again(view, self.shared.clock.now())
    }

    /// Asks the hub to carry out a command, and waits until what follows is durable.
    ///
    /// `cause` names what led to the command, such as `request:…` or `feed:…`; it stands in the log.
    ///
    /// # Errors
    /// [`SubmitError`] says whether the command was refused or could not be carried out.
    pub async fn submit(
        &self,
        principal: &Arc<Principal>,
        command: impl Into<Command>,
        key: Option<String>,
        cause: String,
    ) -> Result<Answer, SubmitError> {
        let (answer, answered) = oneshot::channel();
        let principal = Arc::clone(principal);
        let submission = Submission { command: command.into(), principal, cause, key, answer };
        if self.shared.stop.is_cancelled() {
            return Err(SubmitError::Stopping);
        }
        if let Some(refusal) = self.shared.refusal() {
            return Err(refusal);
        }
        self.shared.queue.try_send(submission).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => SubmitError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => SubmitError::Stopping,
        })?;
        answered.await.unwrap_or(Err(SubmitError::Stopping))
    }

    /// How many commands wait.
    #[must_use]
    pub fn queue_length(&self) -> usize {
        QUEUE_COMMANDS_MAX - self.shared.queue.capacity()
    }

    /// The clock and the source of ids.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Threads for work that gives way to commands and questions, such as telling those who watch.
    #[must_use]
    pub fn aside(&self) -> &Handle {
        self.shared.aside.handle()
    }

    /// The stores beside the log: the vault, the quarantine, the leases.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.shared.store
    }
}

impl Shared {
    /// Makes a World the one that readers get, and tells the followers what changed.
    fn publish(&self, world: &Arc<World>, head: Head, touched: Vec<RecordRef>) {
        let touched = Touched::from(touched);
        // Before anybody can see the World: who does must find what changed in it.
        self.positions.note(world.seq(), &touched);
        self.picture.store(Arc::new(Picture { world: Arc::clone(world), head }));
        self.history.keep(world);
        // Before the step is told: whoever looks with other eyes must not take it with the old ones.
        let personal = world.personal_principals();
        self.personal.send_if_modified(|known| std::mem::replace(known, personal) != personal);
        // Nobody following is not an error.
        drop(self.steps.send(touched));
        self.advanced.send_replace(());
    }
}

impl Picture {
    /// The number of the last entry in it.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.world.seq()
    }
}
