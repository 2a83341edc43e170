//! SMPP 3.4: one long-lived connection to a short message centre, or a pair of them.
//!
//! [`Smpp`] hands messages to a task that owns the connection (`link`, and `session` while it is
//! bound) and waits for what became of them. `outgoing` makes PDUs, `frame` reads them, `status`
//! knows the centre's refusals, `receipt` its receipts; `tracker` folds the receipts of parts, and
//! `joining` puts the parts of long replies together.

mod frame;
mod joining;
mod link;
mod outgoing;
mod receipt;
mod session;
mod settings;
mod status;
mod tracker;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use muster_contract::channel::{Channel, Failure, FailureKind, Inbox, Outgoing, Submitted, Task};
use rusmpp::pdus::SubmitSm;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, timeout_at};

use self::joining::Joining;
use self::link::{Answer, Claim, Job, Link, Origin, Probe, Shared, State, technical};
use self::outgoing::Role;
use self::session::lock;
pub use self::settings::{Alphabet, BadSettings, Bind, Ids, Long, SmppSettings};
use self::tracker::Tracker;

/// Signs of life that may be asked for at once.
const PROBES_MAX: usize = 16;

/// A client of one short message centre.
///
/// It connects when it is made, comes back when the connection is lost, and says goodbye when it is
/// dropped. What the centre brings goes to the inbox that it was made with.
pub struct Smpp {
    shared: Arc<Shared>,
    sending: Line,
    /// The receiver of a pair.
    receiving: Option<Line>,
    /// Numbers the messages of several parts.
    number: AtomicU8,
    _alive: watch::Sender<()>,
}

/// The client's ends of a connection.
struct Line {
    jobs: mpsc::Sender<Job>,
    probes: mpsc::Sender<Probe>,
    state: watch::Receiver<State>,
}

impl Smpp {
    /// A client that begins to connect at once, inside a Tokio runtime.
    ///
    /// # Errors
    ///
    /// [`BadSettings`] says everything that is wrong with them.
    pub fn start(settings: SmppSettings, inbox: Arc<dyn Inbox>) -> Result<Self, BadSettings> {
        settings.check()?;
        let bind = settings.bind;
        let (tracker, joining) = (Tracker::default().into(), Joining::default().into());
        let shared = Arc::new(Shared { settings, inbox, tracker, joining });
        let (alive_to, alive) = watch::channel(());
        let line = |role| Line::start(role, Arc::clone(&shared), alive.clone());
        let (sending, receiving) = match bind {
            Bind::Transceiver => (line(Role::Both), None),
            Bind::Pair => (line(Role::Transmitter), Some(line(Role::Receiver))),
        };
        Ok(Self { shared, sending, receiving, number: AtomicU8::new(0), _alive: alive_to })
    }

    /// Tells the client of a message that was submitted before this process began, by its
    /// [`Submitted::reference`], so that the receipts of its parts are told of the whole again. It
    /// is needed only for references that join several names with `,`; others change nothing.
    pub fn expect(&self, reference: &str) {
        lock(&self.shared.tracker).follow_reference(reference);
    }

    async fn submit_parts(&self, message: &Outgoing) -> Result<Submitted, Failure> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let parts = outgoing::submissions(&self.shared.settings, message, number)?;
        let key: Arc<str> = message.key.as_str().into();
        let total = parts.len();
        let origin = |place| Origin { key: Arc::clone(&key), total, place };
        let parts = parts.into_iter().enumerate();
        let mut parts = parts.map(|(place, pdu)| self.submit_part(pdu, origin(place)));
        // The first goes alone: what is wrong with the number or the account shows before any other
        // part is taken.
        let mut answers = Vec::with_capacity(total);
        if let Some(first) = parts.next() {
            answers.push(Ok(first.await?));
        }
        answers.extend(join_all(parts).await);
        fold(answers)
    }

    async fn submit_part(&self, pdu: SubmitSm, origin: Origin) -> Answer {
        let until = Instant::now() + self.patience();
        self.sending.bound(until).await?;
        let (reply, mut answer) = oneshot::channel();
        let claim = Arc::new(Claim::default());
        let job = Job { pdu, origin, claim: Arc::clone(&claim), reply };
        match timeout_at(until, self.sending.jobs.send(job)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Err(technical("stopped", "the channel was shut down")),
            Err(_) => return Err(busy()),
        }
        match timeout_at(until, &mut answer).await {
            Ok(answer) => answer.unwrap_or_else(|_| Err(unknown())),
            // It never left its place in the queue.
            Err(_) if claim.take() => Err(self.sending.down().unwrap_or_else(busy)),
            // It is on its way; the connection sees to it that an answer comes.
            Err(_) => answer.await.unwrap_or_else(|_| Err(unknown())),
        }
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(self.shared.settings.answer_seconds)
    }

    async fn probe_lines(&self) -> Result<(), Failure> {
        let until = Instant::now() + self.patience();
        for line in std::iter::once(&self.sending).chain(&self.receiving) {
            line.bound(until).await?;
            let (reply, answer) = oneshot::channel();
            let silent = || technical("timeout", "the centre gives no sign of life");
            timeout_at(until, line.probes.send(reply))
                .await
                .map_err(|_| silent())?
                .map_err(|_| silent())?;
            timeout_at(until, answer).await.map_err(|_| silent())?.map_err(|_| silent())??;
        }
        Ok(())
    }
}

impl Channel for Smpp {
    fn submit<'a>(&'a self, message: &'a Outgoing) -> Task<'a, Result<Submitted, Failure>> {
        Box::pin(self.submit_parts(message))
    }

    fn probe(&self) -> Task<'_, Result<(), Failure>> {
        Box::pin(self.probe_lines())
    }
}

impl Line {
    fn start(role: Role, shared: Arc<Shared>, alive: watch::Receiver<()>) -> Self {
        let (jobs_to, jobs) = mpsc::channel(shared.settings.window);
        let (probes_to, probes) = mpsc::channel(PROBES_MAX);
        let (state_to, state) = watch::channel(State::Connecting);
        tokio::spawn(link::run(Link { shared, role, jobs, probes, state: state_to, alive }));
        Self { jobs: jobs_to, probes: probes_to, state }
    }

    /// Waits until the connection is bound, unless the last attempt to bind it failed.
    async fn bound(&self, until: Instant) -> Result<(), Failure> {
        let mut state = self.state.clone();
        let decided = state.wait_for(|state| !matches!(state, State::Connecting));
        match timeout_at(until, decided).await {
            Ok(Ok(state)) => match &*state {
                State::Down(failure) => Err(failure.clone()),
                State::Connecting | State::Bound => Ok(()),
            },
            Ok(Err(_)) => Err(technical("stopped", "the channel was shut down")),
            Err(_) => Err(technical("timeout", "the centre cannot be reached in time")),
        }
    }

    fn down(&self) -> Option<Failure> {
        match &*self.state.borrow() {
            State::Down(failure) => Some(failure.clone()),
            State::Connecting | State::Bound => None,
        }
    }
}

impl fmt::Debug for Smpp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smpp").field("host", &self.shared.settings.host).finish_non_exhaustive()
    }
}

/// What the answers for its parts say of a message.
fn fold(answers: Vec<Answer>) -> Result<Submitted, Failure> {
    let total = answers.len();
    let mut ids = Vec::with_capacity(total);
    let mut failures = Vec::new();
    for answer in answers {
        match answer {
            Ok(id) => ids.push(id),
            Err(failure) => failures.push(failure),
        }
    }
    // `Permanent` is the first in the order of kinds.
    let Some(worst) = failures.into_iter().min_by_key(|failure| failure.kind) else {
        let reference = tracker::reference(&ids);
        return Ok(Submitted { reference, delivered: false });
    };
    // Some parts are out, so that nothing was taken is no longer true.
    let kind = match worst.kind {
        FailureKind::Permanent => FailureKind::Permanent,
        _ => FailureKind::InDoubt,
    };
    let says = format!("{} of {total} parts were taken, then: {}", ids.len(), worst.says);
    Err(Failure { kind, says, ..worst })
}

fn busy() -> Failure {
    let says = "the centre is slow and the message had no turn; nothing was sent";
    Failure::new(FailureKind::Temporary, "window full", says)
}

fn unknown() -> Failure {
    let says = "the connection ended without a word about the message";
    Failure::new(FailureKind::InDoubt, "stopped", says)
}
