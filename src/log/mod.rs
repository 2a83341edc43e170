//! The durable log, which is the truth; everything else the hub knows is a view of it.
//!
//! An entry is an envelope (number, time, actor, cause) around a body of JSON that the log never
//! looks into. Entries are numbered from 1 without gaps and each carries the hash of the one
//! before it ([`chain`]), so that nobody can change, drop or slip in one unnoticed.
//!
//! Two dispatchers press a button at once, on two hub nodes that share one database. Both nodes
//! saw the log end at entry 41 and both ask to append after 41. The store lets one of them have
//! entry 42 and tells the other that the log has moved; that one reads entry 42, decides again
//! with it in mind, and appends after 42. That compare-and-swap on the head is the only way to
//! write.
//!
//! There are two stores: [`SqliteLog`], embedded, for one node; [`PostgresLog`] for several. One
//! suite of tests runs on both. Beside the log each keeps what must not be in it: the [`Vault`] of
//! keys for personal data, the [`Quarantine`] of refused documents, the [`Lease`] on effects, and
//! the [`Credentials`] of accounts.

pub mod chain;
mod credentials;
mod decode;
mod entry;
mod error;
pub mod export;
mod lease;
pub mod limits;
mod postgres;
mod quarantine;
pub mod sealing;
mod sqlite;
mod vault;
pub mod verify;

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

pub use credentials::Credentials;
pub use entry::{Actor, Draft, Entry, Hash, Head, NotAHash, RequestKey, Seq};
pub use error::{AppendError, Broken, LogError};
pub use lease::{Fencing, Lease};
pub use postgres::PostgresLog;
pub use quarantine::{Quarantine, QuarantinedItem, QuarantinedSummary};
pub use sealing::SealingKey;
pub use sqlite::SqliteLog;
pub use vault::{Kept, Vault};
pub use verify::VerifyReport;

/// A saved state of whoever folds the log, so that a start need not read all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Number of the last entry that is folded into it.
    pub seq: Seq,
    /// Hash of that entry: what is read after it must follow this.
    pub hash: Hash,
    /// The state, in a form that only the one who saved it knows.
    pub bytes: Vec<u8>,
}

/// The log: append at the head, read from anywhere.
#[async_trait]
pub trait Log: Send + Sync {
    /// Where the log ends now.
    async fn head(&self) -> Result<Head, LogError>;

    /// Appends all drafts in one transaction if the log still ends at `expected`.
    ///
    /// When it answers with the new head, they are durable: they have the numbers from
    /// `expected.seq + 1` to that of the new head, in order. See [`AppendError`] for what each
    /// failure lets the caller say to its own callers. An append must be awaited to its end: one
    /// that is dropped half-way is in doubt.
    async fn append(&self, expected: Head, drafts: &[Draft]) -> Result<Head, AppendError>;

    /// Tells whether an append that was [in doubt](AppendError::InDoubt) did happen. The answer is
    /// final: after `false` it can no longer happen. An error means that it is still in doubt.
    async fn settle(&self, would_be: Head) -> Result<bool, LogError>;

    /// The entries after `after`, at most `limit` and [`limits::READ_ENTRIES_MAX`] of them.
    ///
    /// Each is checked against its hash and against the one before it; the error names the first
    /// that is broken. The caller compares `prev` of the first with the hash that it knows.
    async fn read(&self, after: Seq, limit: u32) -> Result<Vec<Entry>, LogError>;

    /// Number of the last entry recorded at or before a moment; `Seq(0)` if there is none.
    ///
    /// It searches by halves, which is right as long as recorded times do not run backwards.
    async fn seq_at(&self, time: Timestamp) -> Result<Seq, LogError>;

    /// Returns when the log has entries beyond `seq`, whoever appended them.
    async fn wait_beyond(&self, seq: Seq) -> Result<(), LogError>;

    /// Keeps a snapshot of the state after entry `seq` and drops all but the newest few of its
    /// format. It is not part of the truth and may be lost at any time.
    async fn save_snapshot(&self, seq: Seq, format: u32, bytes: &[u8]) -> Result<(), LogError>;

    /// The newest whole snapshot of a format at or before `seq` whose entry is still in the log.
    async fn latest_snapshot(&self, seq: Seq, format: u32) -> Result<Option<Snapshot>, LogError>;
}

/// A log with what stands beside it.
pub trait Store: Log + Vault + Quarantine + Lease + Credentials {}

impl<T: Log + Vault + Quarantine + Lease + Credentials> Store for T {}

/// Opens the store at `sqlite:PATH` or `postgres://…`, and makes it if it is not there yet.
///
/// # Errors
/// Says what is wrong and what to do: see [`LogError`].
pub async fn open(url: &str) -> Result<Arc<dyn Store>, LogError> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        return Ok(Arc::new(SqliteLog::open(path.as_ref()).await?));
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(Arc::new(PostgresLog::open(url).await?));
    }
    // Only the scheme: what follows may hold a password.
    let scheme = url.split_once(':').map_or(url, |(scheme, _)| scheme);
    Err(LogError::Address(scheme.to_owned()))
}
