//! A duty: work on the outside world that one node does at a time, the one that holds its lease.
//!
//! When that node dies another takes over within [`LEASE_TERM`].

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Hub;
use crate::log::Fencing;

/// How long a node that died keeps others from taking over.
pub const LEASE_TERM: Duration = Duration::from_secs(15);
/// How often the lease is renewed or tried for.
const LEASE_EVERY: Duration = Duration::from_secs(4);

/// Does the work whenever this node holds the lease, until it is told to stop. Work is dropped where
/// it stands when the lease is lost.
pub async fn hold<F>(hub: &Hub, lease: &str, stop: &CancellationToken, work: impl Fn() -> F)
where
    F: Future<Output = ()> + Send,
{
    // The lease names one run of one process.
    let holder = hub.clock().new_id().to_string();
    while !stop.is_cancelled() {
        if let Some(fencing) = acquire(hub, lease, &holder).await {
            tracing::info!(lease, "this node has the duty");
            tokio::select! {
                () = work() => {}
                () = lost(hub, lease, fencing, stop) => {}
            }
            if let Err(error) = hub.store().release_lease(lease, fencing).await {
                tracing::warn!(%error, lease, "the lease runs out by itself");
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(LEASE_EVERY) => {}
        }
    }
}

async fn acquire(hub: &Hub, lease: &str, holder: &str) -> Option<Fencing> {
    let held = hub.store().acquire_lease(lease, holder, hub.clock().now(), LEASE_TERM).await;
    held.unwrap_or_else(|error| {
        tracing::warn!(%error, lease, "the lease cannot be asked for");
        None
    })
}

/// Renews the lease, and returns when it is lost or the hub stops.
async fn lost(hub: &Hub, lease: &str, fencing: Fencing, stop: &CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LEASE_EVERY) => {}
        }
        match hub.store().renew_lease(lease, fencing, hub.clock().now(), LEASE_TERM).await {
            Ok(true) => {}
            Ok(false) => return,
            // It may still be held; but while that is unknown, another may work as well.
            Err(error) => {
                tracing::warn!(%error, lease, "the lease cannot be renewed");
                return;
            }
        }
    }
}
