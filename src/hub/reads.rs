//! Who looked at what, gathered in memory and written to the log some at a time.
//!
//! Nobody who reads waits for this, and reading goes on while the store is away. What was gathered
//! and not yet written is lost when the machine loses power: a second of readings at the most.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use super::Hub;
use crate::domain::limits::READINGS_MAX;
use crate::domain::reading::{Reading, Record, Way};
use crate::domain::{Principal, RecordRef};

/// How long readings are gathered before they are written.
const GATHER: Duration = Duration::from_secs(1);
/// The same look by the same principal is recorded once in this time.
const ONCE_IN: SignedDuration = SignedDuration::from_mins(15);
/// Readings that wait for a store that is away; more are not recorded, and the operator is told.
const WAITING_MAX: usize = 100_000;
/// Looks that are remembered so as to be recorded once.
const REMEMBERED_MAX: usize = 200_000;

/// What was gathered.
#[derive(Default)]
pub(super) struct Reads {
    /// The lock is held for a push or a look-up, never across an await.
    gathered: Mutex<Gathered>,
    some: Notify,
    many: Notify,
}

#[derive(Default)]
struct Gathered {
    waiting: VecDeque<Reading>,
    /// When each look was recorded last.
    remembered: HashMap<(String, RecordRef, Way), Timestamp>,
    lost: u64,
}

impl Reads {
    /// Notes a reading, unless the same was noted a short while ago.
    pub(super) fn note(&self, reading: Reading) {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = gathered.note(reading);
        drop(gathered);
        if waiting > 0 {
            self.some.notify_one();
        }
        if waiting >= READINGS_MAX {
            self.many.notify_one();
        }
    }

    fn take(&self) -> Vec<Reading> {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let count = gathered.waiting.len().min(READINGS_MAX);
        gathered.waiting.drain(..count).collect()
    }

    fn put_back(&self, readings: Vec<Reading>) {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        readings.into_iter().rev().for_each(|reading| gathered.waiting.push_front(reading));
    }
}

impl Gathered {
    /// Gives how many wait.
    fn note(&mut self, reading: Reading) -> usize {
        let now = reading.at;
        let fresh = |at: &Timestamp| now.duration_since(*at) < ONCE_IN;
        let look = (reading.principal.clone(), reading.record, reading.way);
        if self.remembered.get(&look).is_some_and(fresh) {
            return 0;
        }
        if self.waiting.len() >= WAITING_MAX {
            self.lost += 1;
            if self.lost.is_power_of_two() {
                tracing::error!(lost = self.lost, "readings cannot be recorded: too many wait");
            }
            return 0;
        }
        if self.remembered.len() >= REMEMBERED_MAX {
            self.remembered.retain(|_, at| fresh(at));
        }
        if self.remembered.len() >= REMEMBERED_MAX {
            self.remembered.clear();
        }
        self.remembered.insert(look, now);
        self.waiting.push_back(reading);
        self.waiting.len()
    }
}

/// Writes what was gathered, until the hub stops.
pub(super) async fn keep(hub: Hub) {
    let principal = Arc::new(Principal::hub());
    let shared = Arc::clone(&hub.shared);
    loop {
        tokio::select! {
            () = shared.stop.cancelled() => return,
            () = shared.reads.some.notified() => {}
        }
        tokio::select! {
            () = shared.stop.cancelled() => return,
            () = shared.reads.many.notified() => {}
            () = tokio::time::sleep(GATHER) => {}
        }
        if !write(&hub, &principal).await {
            tokio::time::sleep(GATHER).await;
            shared.reads.some.notify_one();
        }
    }
}

/// Writes all that was gathered; tells whether that went well. What was not written waits.
pub(super) async fn write(hub: &Hub, principal: &Arc<Principal>) -> bool {
    loop {
        let readings = hub.shared.reads.take();
        if readings.is_empty() {
            return true;
        }
        let command = Record { readings: readings.clone() };
        if let Err(error) = hub.submit(principal, command, None, "reading".to_owned()).await {
            tracing::debug!(%error, "readings wait");
            hub.shared.reads.put_back(readings);
            return false;
        }
    }
}
