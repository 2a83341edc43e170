//! The quarantine: inbound documents that were refused, kept for a person to look at and replay.
//!
//! It stands beside the log, not in it: what is here was never believed. It is bounded in bytes
//! and in number, so that a sender gone mad costs the memory of older mistakes and nothing else.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::error::LogError;
use super::limits::QUARANTINE_BYTES_MAX;

/// A document that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantinedItem {
    /// Its id, chosen by the caller. Putting the same id again changes nothing.
    pub id: Uuid,
    /// When it came in.
    pub received_at: Timestamp,
    /// Which way it came in, as the hub names its sources.
    pub source: String,
    /// The format that it was taken for, such as `cap`.
    pub format: String,
    /// Why it was refused, in a sentence.
    pub error: String,
    /// The document. Cut to [`QUARANTINE_BYTES_MAX`] when it is kept.
    pub bytes: Vec<u8>,
}

/// A quarantined document in a list, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantinedSummary {
    /// Its id.
    pub id: Uuid,
    /// When it came in.
    pub received_at: Timestamp,
    /// Which way it came in.
    pub source: String,
    /// The format that it was taken for.
    pub format: String,
    /// Why it was refused, in a sentence.
    pub error: String,
    /// How many bytes of it are kept.
    pub size_bytes: u64,
}

/// Keeps the newest refused documents.
#[async_trait]
pub trait Quarantine: Send + Sync {
    /// Keeps a document, cut to the limit, and drops the oldest beyond the number that is kept.
    async fn quarantine(&self, item: &QuarantinedItem) -> Result<(), LogError>;

    /// The documents kept before the one with the id `before` (the newest if `None`), newest first.
    async fn quarantined(
        &self,
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<QuarantinedSummary>, LogError>;

    /// One document with its bytes; `None` if it is not (or no longer) here.
    async fn quarantined_item(&self, id: Uuid) -> Result<Option<QuarantinedItem>, LogError>;

    /// Drops a document, for instance after it was replayed. Tells whether it was here.
    async fn release_quarantined(&self, id: Uuid) -> Result<bool, LogError>;
}

/// The bytes and the error to keep of a document: cut where it is too long, and saying so.
pub(super) fn cut(item: &QuarantinedItem) -> (&[u8], String) {
    match item.bytes.get(..QUARANTINE_BYTES_MAX) {
        Some(kept) if kept.len() < item.bytes.len() => (
            kept,
            format!(
                "{} (only the first {QUARANTINE_BYTES_MAX} of its {} bytes are kept)",
                item.error,
                item.bytes.len()
            ),
        ),
        _ => (&item.bytes, item.error.clone()),
    }
}
