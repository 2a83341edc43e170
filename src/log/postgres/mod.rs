//! The store for several nodes: one PostgreSQL database.
//!
//! One connection appends; a pool reads; one connection listens for what other nodes append.
//! Commits are synchronous whatever the server's default is.

mod append;
mod beside;
mod credentials;
mod follow;
mod open;
mod read;
mod snapshot;

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::PgPool;
use tokio::sync::{Mutex, watch};
use tokio_util::task::AbortOnDropHandle;

use super::{AppendError, Draft, Entry, Head, Log, LogError, Seq, Snapshot};

/// A log in a PostgreSQL database.
#[derive(Debug)]
pub struct PostgresLog {
    pool: PgPool,
    /// The connection that appends. It is made when it is first needed, and again after it broke.
    writer: Mutex<append::Writer>,
    /// The furthest number that the follower knows to be in the log.
    known: watch::Receiver<Seq>,
    #[expect(dead_code, reason = "held to end the task when the log is dropped")]
    follower: AbortOnDropHandle<()>,
}

impl PostgresLog {
    /// Opens the log in the database at `url`, and makes its tables if they are not there.
    ///
    /// # Errors
    /// When the database cannot be reached, is not ours, or is newer than this program.
    pub async fn open(url: &str) -> Result<Self, LogError> {
        open::open(url).await
    }
}

#[async_trait]
impl Log for PostgresLog {
    async fn head(&self) -> Result<Head, LogError> {
        read::head(&self.pool).await.map_err(open::explain)
    }

    async fn append(&self, expected: Head, drafts: &[Draft]) -> Result<Head, AppendError> {
        append::append(&self.writer, expected, drafts).await
    }

    async fn settle(&self, would_be: Head) -> Result<bool, LogError> {
        self.writer.lock().await.settle(would_be).await
    }

    async fn read(&self, after: Seq, limit: u32) -> Result<Vec<Entry>, LogError> {
        read::read(&self.pool, after, limit).await
    }

    async fn seq_at(&self, time: Timestamp) -> Result<Seq, LogError> {
        read::seq_at(&self.pool, time).await.map_err(open::explain)
    }

    async fn wait_beyond(&self, seq: Seq) -> Result<(), LogError> {
        let mut known = self.known.clone();
        // The follower lives as long as we do, so waiting cannot fail.
        let _ = known.wait_for(|known| *known > seq).await;
        Ok(())
    }

    async fn save_snapshot(&self, seq: Seq, format: u32, bytes: &[u8]) -> Result<(), LogError> {
        snapshot::save(&self.pool, seq, format, bytes).await
    }

    async fn latest_snapshot(&self, seq: Seq, format: u32) -> Result<Option<Snapshot>, LogError> {
        snapshot::latest(&self.pool, seq, format).await.map_err(open::explain)
    }
}
