//! Watching the store: what other nodes append, and whether it answers at all.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::Shared;
use crate::log::{LogError, Seq};

/// How often the store is asked whether it is there.
const HEALTH_EVERY: Duration = Duration::from_millis(500);
/// How long it may take to answer that before it counts as away.
const HEALTH_WITHIN: Duration = Duration::from_secs(3);
/// How often it is tried whether a store that could not be written can be.
const TRY_WRITING_EVERY: Duration = Duration::from_secs(2);
/// The lease that is written to find out. Nobody works by it.
const TRIED_LEASE: &str = "try writing";
/// Bytes that are written: as many as a few commands take, or the next one would not fit again.
const TRIED_BYTES: usize = 64 << 10;
/// How long to leave a failing store alone.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// Wakes the head task whenever the log goes on beyond what it knows.
pub(super) async fn other_nodes(shared: Arc<Shared>) {
    let watch = async {
        loop {
            let known = Seq(shared.picture.load().seq());
            match shared.store.wait_beyond(known).await {
                // This node's own appends wake it too; only what it does not know counts.
                Ok(()) if shared.picture.load().seq() > known.0 => {}
                Ok(()) => {
                    shared.foreign.notify_one();
                    wait_until_past(&shared, known).await;
                }
                Err(_) => tokio::time::sleep(RETRY_AFTER).await,
            }
        }
    };
    tokio::select! {
        () = shared.stop.cancelled() => {}
        () = watch => {}
    }
}

/// Waits until the head task has taken in something beyond an entry.
async fn wait_until_past(shared: &Shared, known: Seq) {
    let mut steps = shared.steps.subscribe();
    while shared.picture.load().seq() <= known.0 {
        // A store that fails between the two is asked again by the watch on its health.
        if tokio::time::timeout(RETRY_AFTER, steps.recv()).await.is_err() {
            return;
        }
    }
}

/// Notes within seconds that the store went away, that it came back, and that it can be written
/// again, when nothing is asked.
pub(super) async fn store_health(shared: Arc<Shared>) {
    let mut every = tokio::time::interval(HEALTH_EVERY);
    let mut tried: Option<Instant> = None;
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shared.stop.cancelled() => return,
            _ = every.tick() => {}
        }
        let (was_away, answers) = (shared.stale_since().is_some(), shared.answers());
        match tokio::time::timeout(HEALTH_WITHIN, shared.store.head()).await {
            Ok(Ok(head)) => {
                let behind = head.seq.0 > shared.picture.load().seq();
                // What was missed is read first; reads stay marked stale until it is there, and
                // the head task says when.
                if was_away || behind {
                    shared.foreign.notify_one();
                }
                let rests = tried.is_some_and(|tried| tried.elapsed() < TRY_WRITING_EVERY);
                if shared.health.borrow().unwritable.is_some() && !rests {
                    try_writing(&shared).await;
                    tried = Some(Instant::now());
                }
            }
            Ok(Err(error)) => shared.store_failed_since(answers, &error),
            Err(elapsed) => shared.store_failed_since(answers, &elapsed),
        }
    }
}

/// Writes something of no meaning, to find out whether anything can be written.
async fn try_writing(shared: &Shared) {
    let (holder, now) = ("x".repeat(TRIED_BYTES), shared.clock.now());
    let write = shared.store.acquire_lease(TRIED_LEASE, &holder, now, Duration::ZERO);
    match tokio::time::timeout(HEALTH_WITHIN, write).await {
        Ok(Ok(_)) => shared.written(),
        Ok(Err(error)) => shared.write_failed(&error),
        Err(_) => shared.write_failed(&LogError::Locked("store".to_owned())),
    }
}
