//! Watching the store: what other nodes append, and whether it answers at all.

use std::sync::Arc;
use std::time::Duration;

use super::Shared;
use crate::log::Seq;

/// How often the store is asked whether it is there.
const HEALTH_EVERY: Duration = Duration::from_millis(500);
/// How long it may take to answer that before it counts as away.
const HEALTH_WITHIN: Duration = Duration::from_secs(3);
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

/// Notes within seconds that the store went away, and that it came back, when nothing is written.
pub(super) async fn store_health(shared: Arc<Shared>) {
    let mut every = tokio::time::interval(HEALTH_EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shared.stop.cancelled() => return,
            _ = every.tick() => {}
        }
        let was_away = shared.stale_since().is_some();
        match tokio::time::timeout(HEALTH_WITHIN, shared.store.head()).await {
            Ok(Ok(head)) => {
                let behind = head.seq.0 > shared.picture.load().seq();
                // What was missed is read first; reads stay marked stale until it is there, and
                // the head task says when.
                if was_away || behind {
                    shared.foreign.notify_one();
                }
            }
            Ok(Err(error)) => shared.store_failed(&error),
            Err(elapsed) => shared.store_failed(&elapsed),
        }
    }
}
