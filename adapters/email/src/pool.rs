//! The connections to one relay.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use muster_contract::channel::{Failure, FailureKind, Submitted};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::session::{Letter, Relay, Session, Undelivered};

/// How long a connection may rest and be used again; relays hang up after some minutes.
const REST_MAX: Duration = Duration::from_secs(60);
/// How long a message waits for a free connection. The hub hands over as many at once as there are
/// connections, so that it waits only when the relay is slow.
const QUEUE_MAX: Duration = Duration::from_secs(60);

/// A number of connections to one relay, opened as they are needed.
pub(crate) struct Pool {
    relay: Relay,
    slots: Semaphore,
    connections: usize,
    /// The connections between two messages. A plain lock, for it is never held across an await.
    resting: Mutex<Vec<Session>>,
}

impl Pool {
    pub(crate) fn new(relay: Relay, connections: usize) -> Self {
        Self { relay, slots: Semaphore::new(connections), connections, resting: Mutex::default() }
    }

    /// Hands a message over on a connection that is free.
    pub(crate) async fn deliver(&self, letter: &Letter) -> Result<Submitted, Failure> {
        let Ok(_slot) = timeout(QUEUE_MAX, self.slots.acquire()).await else {
            let says = "all connections to the relay are busy";
            return Err(Failure::new(FailureKind::Temporary, "busy", says));
        };
        if let Some(session) = self.rested() {
            match self.deliver_on(session, letter).await {
                // The relay had hung up meanwhile, and knows nothing of this message.
                Err(Undelivered::Stale(_)) => {}
                result => return result.map_err(Undelivered::into_failure),
            }
        }
        let session = Session::open(&self.relay).await?;
        self.deliver_on(session, letter).await.map_err(Undelivered::into_failure)
    }

    /// Hears a sign of life, on a connection that rests or a new one, and lets go of old ones.
    pub(crate) async fn probe(&self) -> Result<(), Failure> {
        for old in self.too_old() {
            old.quit().await;
        }
        if let Some(mut session) = self.rested()
            && session.noop(&self.relay).await.is_ok()
        {
            self.rest(session);
            return Ok(());
        }
        let mut session = Session::open(&self.relay).await?;
        session.noop(&self.relay).await?;
        self.rest(session);
        Ok(())
    }

    async fn deliver_on(
        &self,
        mut session: Session,
        letter: &Letter,
    ) -> Result<Submitted, Undelivered> {
        let result = session.deliver(&self.relay, letter).await;
        if matches!(result, Ok(_) | Err(Undelivered::Refused(_))) {
            self.rest(session);
        }
        result
    }

    fn rested(&self) -> Option<Session> {
        let session = self.resting.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
        (session.last_used.elapsed() < REST_MAX).then_some(session)
    }

    fn rest(&self, session: Session) {
        let mut resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        // A probe may have opened one more.
        if resting.len() < self.connections {
            resting.push(session);
        }
    }

    fn too_old(&self) -> Vec<Session> {
        let mut resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        resting.extract_if(.., |session| session.last_used.elapsed() >= REST_MAX).collect()
    }
}

impl Undelivered {
    fn into_failure(self) -> Failure {
        match self {
            Self::Refused(failure) | Self::Broken(failure) | Self::Stale(failure) => failure,
        }
    }
}
