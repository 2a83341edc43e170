//! The quarantine: inbound documents that were refused, kept for a person to look at and replay.
//!
//! It stands beside the log, not in it: what is here was never believed. It is bounded in bytes
//! and in number, and a sender gone mad pushes out its own older mistakes, not those of others.

use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::error::LogError;
use super::limits::{QUARANTINE_BYTES_MAX, QUARANTINE_ITEMS_MAX, QUARANTINE_TOTAL_BYTES_MAX};

/// A document that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantinedItem {
    /// Its id, chosen by the caller. Putting the same id again changes nothing.
    pub id: Uuid,
    /// When it came in.
    pub received_at: Timestamp,
    /// Which way it came in, as the hub names its sources: up to the first space who sent it, such as
    /// `feed:nws`, and then what.
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
    /// Keeps a document, cut to the limit, and drops others beyond what is kept in number and in
    /// bytes: the oldest of whoever has most of it. Tells how many were dropped.
    async fn quarantine(&self, item: &QuarantinedItem) -> Result<u64, LogError>;

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

/// A quarantined document as far as it matters to what is dropped.
pub(super) struct Held {
    /// The later it came, the higher.
    pub(super) number: i64,
    /// As in [`QuarantinedItem::source`].
    pub(super) source: String,
    /// How many bytes of it are kept.
    pub(super) bytes: u64,
}

/// The numbers of the documents to drop of all that are held, given oldest first.
pub(super) fn to_drop(held: &[Held]) -> Vec<i64> {
    let mut shares = HashMap::<&str, VecDeque<&Held>>::new();
    for one in held {
        shares.entry(one.sender()).or_default().push_back(one);
    }
    let (mut items, mut bytes) = (held.len(), held.iter().map(|one| one.bytes).sum::<u64>());
    let mut dropped = Vec::new();
    while items > QUARANTINE_ITEMS_MAX || bytes > QUARANTINE_TOTAL_BYTES_MAX {
        let too_many = items > QUARANTINE_ITEMS_MAX;
        // Of two that have as much, the one whose oldest came first.
        let most = shares.values_mut().max_by_key(|share| {
            let bytes = share.iter().map(|one| one.bytes).sum::<u64>();
            let has = if too_many { share.len() as u64 } else { bytes };
            (has, share.front().map(|one| Reverse(one.number)))
        });
        let Some(oldest) = most.and_then(VecDeque::pop_front) else { break };
        items -= 1;
        bytes -= oldest.bytes;
        dropped.push(oldest.number);
    }
    dropped
}

impl Held {
    fn sender(&self) -> &str {
        self.source.split(' ').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(number: i64, source: &str, bytes: u64) -> Held {
        Held { number, source: source.to_owned(), bytes }
    }

    #[test]
    fn who_sends_junk_pushes_out_their_own_and_not_the_documents_of_others() {
        let mut all = vec![held(1, "feed:nws https://alerts.example/1", 10)];
        let most = i64::try_from(QUARANTINE_ITEMS_MAX).unwrap();
        all.extend((2..=most + 2).map(|n| held(n, &format!("http:mad {n}"), 10)));
        assert_eq!(to_drop(&all), [2, 3]);
    }

    #[test]
    fn a_few_large_documents_are_dropped_like_many_small_ones() {
        let large = QUARANTINE_TOTAL_BYTES_MAX / 4;
        let mut all: Vec<_> = (1..=100).map(|n| held(n, "feed:nws", 10)).collect();
        all.extend((101..=104).map(|n| held(n, "folder", large)));
        assert_eq!(to_drop(&all), [101]);
        assert!(to_drop(&all[..103]).is_empty());
    }
}
