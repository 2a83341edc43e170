//! The embedded store: one SQLite file for the log, one beside it for the vault.
//!
//! One connection writes, behind a lock; a pool of others only reads and never waits for it (WAL).
//! Every commit is flushed to the disk before it is answered (`synchronous=FULL`).

mod append;
mod beside;
mod checkpoint;
mod credentials;
mod file;
mod open;
mod packed;
mod read;
mod snapshot;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqlitePool;
use tokio::sync::{Mutex, MutexGuard};

use super::{AppendError, Draft, Entry, Head, Log, LogError, Seq, Snapshot};

/// How often a waiter looks whether another process has appended.
const POLL: Duration = Duration::from_millis(100);

/// A log in an SQLite file.
#[derive(Debug)]
pub struct SqliteLog {
    file: file::File,
    /// The only connection that writes the file, in this process.
    writer: Mutex<SqliteConnection>,
    /// Whether an append has begun and not ended: it is under way, or was dropped half-way.
    unfinished: AtomicBool,
    readers: SqlitePool,
    checkpoints: checkpoint::Checkpoints,
    /// The vault's own file, which is written so rarely that one connection does.
    vault: Mutex<SqliteConnection>,
}

impl SqliteLog {
    /// Opens the log at `path` and its vault, or makes both.
    ///
    /// The vault of `muster.db` is `muster.vault.db`, readable by its owner only.
    ///
    /// # Errors
    /// When the file is not ours, is newer than this program, is locked or cannot be written.
    pub async fn open(path: &Path) -> Result<Self, LogError> {
        open::open(path).await
    }

    /// The connection that writes, with nothing left open by an append that was dropped half-way.
    async fn writer(&self) -> MutexGuard<'_, SqliteConnection> {
        let mut writer = self.writer.lock().await;
        if self.unfinished.swap(false, Ordering::Relaxed) {
            append::roll_back(&mut writer).await;
        }
        writer
    }

    fn error(&self, error: sqlx::Error) -> LogError {
        open::explain(self.file.path(), error)
    }
}

#[async_trait]
impl Log for SqliteLog {
    async fn head(&self) -> Result<Head, LogError> {
        self.file.check()?;
        let mut reader = self.readers.acquire().await.map_err(|error| self.error(error))?;
        read::head(&mut reader).await.map_err(|error| self.error(error))
    }

    async fn append(&self, expected: Head, drafts: &[Draft]) -> Result<Head, AppendError> {
        append::append(self, expected, drafts).await
    }

    async fn settle(&self, would_be: Head) -> Result<bool, LogError> {
        // The writer's turn comes after everything that was begun, so nothing is left to happen.
        let mut writer = self.writer().await;
        append::settle(&mut writer, would_be).await.map_err(|error| self.error(error))
    }

    async fn read(&self, after: Seq, limit: u32) -> Result<Vec<Entry>, LogError> {
        read::read(self, after, limit).await
    }

    async fn seq_at(&self, time: Timestamp) -> Result<Seq, LogError> {
        read::seq_at(self, time).await.map_err(|error| self.error(error))
    }

    async fn wait_beyond(&self, seq: Seq) -> Result<(), LogError> {
        while self.head().await?.seq <= seq {
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }

    async fn save_snapshot(&self, seq: Seq, format: u32, bytes: &[u8]) -> Result<(), LogError> {
        snapshot::save(self, seq, format, bytes).await
    }

    async fn latest_snapshot(&self, seq: Seq, format: u32) -> Result<Option<Snapshot>, LogError> {
        snapshot::latest(self, seq, format).await.map_err(|error| self.error(error))
    }
}
