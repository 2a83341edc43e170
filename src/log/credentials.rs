//! What accounts need beside the log: hashes of passwords, and when something was used last.
//!
//! The log is kept for ever and copied to auditors. A password can be guessed from its hash, so
//! that stands here, where it is overwritten when the password changes. When a token was used last
//! changes too often for the log, and losing it does no harm.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::error::LogError;

/// Keeps the hashes of passwords, and when tokens and sessions were used last.
#[async_trait]
pub trait Credentials: Send + Sync {
    /// Sets the hash of an account's password, as a PHC string. Durable when it answers.
    async fn put_password(&self, account: Uuid, phc: &str) -> Result<(), LogError>;

    /// The hash of an account's password; `None` if it has none.
    async fn password(&self, account: Uuid) -> Result<Option<String>, LogError>;

    /// Notes when tokens and sessions were used; the latest time counts, whichever node saw it.
    async fn note_uses(&self, uses: &[(Uuid, Timestamp)]) -> Result<(), LogError>;

    /// When each token and session was used last, as far as it was noted.
    async fn last_uses(&self) -> Result<Vec<(Uuid, Timestamp)>, LogError>;

    /// Forgets when these were used, because they are no more.
    async fn forget_uses(&self, credentials: &[Uuid]) -> Result<(), LogError>;
}
