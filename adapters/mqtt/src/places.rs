//! The places of messages that wait for the broker, urgent ones having some of their own.

use std::sync::Arc;

use muster_contract::channel::{Failure, FailureKind};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

pub(crate) struct Places {
    urgent: Arc<Semaphore>,
    ordinary: Arc<Semaphore>,
    /// How many of each there are.
    many: (u32, u32),
}

impl Places {
    pub(crate) fn new(in_flight: u16) -> Self {
        let urgent = (in_flight / 4).max(1);
        let ordinary = in_flight - urgent;
        Self {
            urgent: Arc::new(Semaphore::new(urgent.into())),
            ordinary: Arc::new(Semaphore::new(ordinary.into())),
            many: (urgent.into(), ordinary.into()),
        }
    }

    pub(crate) async fn take(
        &self,
        urgent: bool,
        deadline: Instant,
    ) -> Result<OwnedSemaphorePermit, Failure> {
        let ordinary = Arc::clone(&self.ordinary).acquire_owned();
        let place = async {
            if !urgent {
                return ordinary.await;
            }
            tokio::select! {
                place = Arc::clone(&self.urgent).acquire_owned() => place,
                place = ordinary => place,
            }
        };
        match timeout_at(deadline, place).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => {
                let says = "too many messages wait for the broker";
                Err(Failure::new(FailureKind::Temporary, "busy", says))
            }
        }
    }

    /// Waits until all are free.
    pub(crate) async fn all_free(&self) {
        let (urgent, ordinary) = self.many;
        let _ =
            tokio::join!(self.urgent.acquire_many(urgent), self.ordinary.acquire_many(ordinary));
    }
}
