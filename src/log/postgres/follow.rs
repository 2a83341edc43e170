//! Following what other nodes append.
//!
//! PostgreSQL tells listeners at once, and tells nothing to one who is just reconnecting. So a
//! notification only shortens the wait: the head is read again after every loss of the connection,
//! and every second all the same.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::super::entry::Seq;
use super::read;

/// Where appends are announced, with the number of their last entry.
pub(super) const CHANNEL: &str = "muster_log";

const POLL: Duration = Duration::from_secs(1);

/// Tells of every growth of the log, for as long as somebody holds the log.
pub(super) async fn follow(pool: PgPool, known: watch::Sender<Seq>) {
    loop {
        if let Err(error) = listen(&pool, &known).await {
            tracing::debug!(%error, "cannot hear of other nodes' entries; trying again");
        }
        sleep(POLL).await;
    }
}

async fn listen(pool: &PgPool, known: &watch::Sender<Seq>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        raise(known, read::head(pool).await?.seq);
        // Until it is silent for a while or the connection was lost and made again.
        while let Ok(heard) = timeout(POLL, listener.try_recv()).await {
            let Some(notification) = heard? else { break };
            if let Ok(seq) = notification.payload().parse() {
                raise(known, Seq(seq));
            }
        }
    }
}

fn raise(known: &watch::Sender<Seq>, seq: Seq) {
    known.send_if_modified(|known| {
        let further = seq > *known;
        *known = seq.max(*known);
        further
    });
}
