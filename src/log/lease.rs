//! The lease: which node may act on the outside world.
//!
//! Of several hub nodes on one database only the holder of the lease sends messages and polls
//! feeds. A node that hangs and wakes up late may still believe that it holds the lease; so every
//! change of holder raises a fencing number, and whoever acts states the number it acts under.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use super::error::LogError;

/// A number that rises with each change of holder. What bears an older one is void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fencing(pub u64);

/// Grants leases by name. Time is the caller's, so nodes must keep their clocks together to
/// well within the term of a lease.
#[async_trait]
pub trait Lease: Send + Sync {
    /// Takes the lease if it is free or has run out, or prolongs it if `holder` has it already.
    /// `None` while somebody else holds it. A holder names one run of one process.
    async fn acquire_lease(
        &self,
        name: &str,
        holder: &str,
        now: Timestamp,
        term: Duration,
    ) -> Result<Option<Fencing>, LogError>;

    /// Prolongs a lease that is still held under this number. `false` means that it was lost: the
    /// holder must stop acting at once.
    async fn renew_lease(
        &self,
        name: &str,
        fencing: Fencing,
        now: Timestamp,
        term: Duration,
    ) -> Result<bool, LogError>;

    /// Gives back a lease held under this number, so that another node need not wait it out.
    async fn release_lease(&self, name: &str, fencing: Fencing) -> Result<(), LogError>;
}

/// The moment at which a lease taken now runs out, in microseconds since 1970.
pub(super) fn expiry_us(now: Timestamp, term: Duration) -> i64 {
    now.as_microsecond().saturating_add(i64::try_from(term.as_micros()).unwrap_or(i64::MAX))
}
