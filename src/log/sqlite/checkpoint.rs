//! Bringing what was committed from the write-ahead log into the file, beside the commits.
//!
//! SQLite does this by itself, at the end of a commit that leaves 1,000 pages or more in the
//! write-ahead log: some command every second or two then waits for two more flushes of the disk.
//! So another connection does it meanwhile, and the writer only has to when that did not keep up.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::SqliteConnection;
use tokio::sync::Notify;
use tokio_util::task::AbortOnDropHandle;

use super::super::entry::Draft;

/// Bytes of commits after which another connection brings them into the file.
const BYTES: usize = 4 * 1024 * 1024;
/// Pages of 4 kB in the write-ahead log from which the writer does it at the end of a commit, with
/// nobody writing meanwhile: only then can the write-ahead log begin anew, so this bounds it.
pub(super) const PAGES_MAX: &str = "16384";
/// What an entry takes beside its body.
const ENTRY_BYTES: usize = 512;

/// What keeps the write-ahead log short, until it is dropped.
#[derive(Debug)]
pub(super) struct Checkpoints {
    /// Bytes that were committed since one was asked for.
    committed: AtomicUsize,
    wanted: Arc<Notify>,
    _task: AbortOnDropHandle<()>,
}

impl Checkpoints {
    /// With a connection of its own.
    pub(super) fn by(connection: SqliteConnection) -> Self {
        let wanted = Arc::new(Notify::new());
        let task = tokio::spawn(make(connection, Arc::clone(&wanted)));
        Self { committed: AtomicUsize::new(0), wanted, _task: AbortOnDropHandle::new(task) }
    }

    /// Notes that entries were committed.
    pub(super) fn note_entries(&self, drafts: &[Draft]) {
        self.note(drafts.iter().map(|draft| draft.body.len() + ENTRY_BYTES).sum());
    }

    /// Notes that so many bytes were committed.
    pub(super) fn note(&self, bytes: usize) {
        if self.committed.fetch_add(bytes, Ordering::Relaxed) + bytes >= BYTES {
            self.committed.store(0, Ordering::Relaxed);
            self.wanted.notify_one();
        }
    }
}

async fn make(mut connection: SqliteConnection, wanted: Arc<Notify>) {
    loop {
        wanted.notified().await;
        let made = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut connection).await;
        // The writer does it when this goes on failing, and tells why it cannot.
        if let Err(error) = made {
            tracing::debug!(%error, "the write-ahead log stays as long as it is for now");
        }
    }
}
