//! The vault: the keys that seal personal data, kept outside the log.
//!
//! Rosa's telephone number is in the log, sealed with a key that only the vault has. When Rosa
//! asks to be forgotten the key is destroyed: every copy of the log, old exports included, still
//! verifies, and none can tell the number any more.

use async_trait::async_trait;
use uuid::Uuid;

use super::error::LogError;
use super::sealing::SealingKey;

/// What became of a key that was put into the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The key is now the person's.
    Stored,
    /// The person has a key already, which stays. Read it with [`Vault::key`].
    AlreadyThere,
    /// The person was forgotten and gets no key any more.
    Forgotten,
}

/// Keeps one sealing key for each person, and one of the hub itself under the nil id.
#[async_trait]
pub trait Vault: Send + Sync {
    /// Gives a person a key, once. Durable when it answers.
    async fn put_key(&self, person: Uuid, key: &SealingKey) -> Result<Kept, LogError>;

    /// The key of a person; `None` if there never was one or the person was forgotten.
    async fn key(&self, person: Uuid) -> Result<Option<SealingKey>, LogError>;

    /// Destroys the key of a person for good and leaves a mark, so that a node that is late cannot
    /// give them another. Tells whether there was a key. Durable when it answers.
    ///
    /// The bytes are overwritten in an SQLite vault. PostgreSQL keeps dead rows until it vacuums
    /// and both may be in backups: let backups of the vault expire within the time that the law
    /// gives you for forgetting.
    async fn forget(&self, person: Uuid) -> Result<bool, LogError>;
}
