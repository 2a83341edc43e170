//! How many messages came in, by which way, and what became of them.

use std::sync::atomic::{AtomicU64, Ordering};

use super::report::Word;
use super::{Document, Outcome};

/// The ways in, as they begin the source of a document; the last stands for any other.
const WAYS: [&str; 6] = ["http", "feed", "folder", "file", "replay", "other"];

/// Counts of messages since the program began.
#[derive(Debug, Default)]
pub struct Tally {
    messages: [[AtomicU64; Word::ALL.len()]; WAYS.len()],
    dropped: AtomicU64,
}

impl Tally {
    /// Counts what became of the messages of a document.
    pub(super) fn count(&self, document: &Document, outcomes: &[Outcome]) {
        let way = document.source.split(':').next().unwrap_or_default();
        let mut rows = WAYS.iter().zip(&self.messages);
        let row = rows.find(|(name, _)| **name == way).map(|(_, row)| row);
        let Some(row) = row.or(self.messages.last()) else { return };
        for outcome in outcomes {
            let word = outcome.word();
            let mut counts = Word::ALL.iter().zip(row);
            if let Some((_, count)) = counts.find(|(one, _)| **one == word) {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Counts documents that were dropped from the quarantine to make room.
    pub(super) fn dropped(&self, documents: u64) {
        self.dropped.fetch_add(documents, Ordering::Relaxed);
    }

    /// Documents that were dropped from the quarantine to make room.
    #[must_use]
    pub fn dropped_from_quarantine(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Every count, with its way in.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, Word, u64)> {
        WAYS.into_iter().zip(&self.messages).flat_map(|(way, row)| {
            let counts = Word::ALL.into_iter().zip(row);
            counts.map(move |(word, count)| (way, word, count.load(Ordering::Relaxed)))
        })
    }
}
