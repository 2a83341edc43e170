//! Appending to a PostgreSQL log, in one statement and so in one round trip.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::super::chain;
use super::super::entry::{Draft, Hash, Head, Seq};
use super::super::error::{AppendError, LogError};
use super::super::limits::{self, WAIT_MAX};
use super::open::explain;
use super::read;

/// How long the server may take to answer an append before the connection is given up.
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// Moves the head if it is still the expected one, inserts the rows if the head was moved, and
/// gives one row if so. A rival's uncommitted append makes the first part wait for it. The listener
/// hears of it when it is committed.
const APPEND: &str = "\
    WITH moved AS ( \
        UPDATE log_head SET seq = $1, hash = $2 WHERE seq = $3 AND hash = $4 RETURNING seq \
    ), added AS ( \
        INSERT INTO log SELECT entry.* FROM moved, unnest( \
            $5::bigint[], $6::uuid[], $7::bigint[], $8::text[], $9::text[], $10::text[], \
            $11::text[], $12::text[], $13::bytea[], $14::text[], $15::integer[], $16::bytea[], \
            $17::bytea[], $18::bytea[]) AS entry \
    ) \
    SELECT pg_notify($19, seq::text) FROM moved";

/// The one connection that appends, and what may still be going on in one that was lost.
#[derive(Debug)]
pub(super) struct Writer {
    options: PgConnectOptions,
    connected: Option<Connected>,
    /// The server's process that was last sent an append and has not answered.
    unanswered: Option<Backend>,
}

#[derive(Debug)]
struct Connected {
    connection: PgConnection,
    backend: Backend,
}

/// A process of the server. Its number may be given to another one, its start may not.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Backend {
    pid: i32,
    started: String,
}

pub(super) async fn append(
    writer: &Mutex<Writer>,
    expected: Head,
    drafts: &[Draft],
) -> Result<Head, AppendError> {
    if let Some(excess) = limits::excess(drafts) {
        return Err(AppendError::TooLarge(excess));
    }
    let (hashes, new) = chain::link(expected, drafts);
    let mut writer = writer.lock().await;
    let mut connected = writer.connected().await.map_err(AppendError::Unavailable)?;
    writer.unanswered = Some(connected.backend.clone());
    let written = write(&mut connected.connection, expected, drafts, &hashes, new);
    let answer = timeout(ANSWER_MAX, written)
        .await
        .unwrap_or_else(|elapsed| Err(sqlx::Error::Io(elapsed.into())));
    match answer {
        Ok(moved) => {
            let head = match moved {
                true => Ok(new),
                false => Err(read::head(&mut connected.connection).await),
            };
            writer.unanswered = None;
            writer.connected = Some(connected);
            head.map_err(|head| match head {
                Ok(head) => AppendError::Conflict { head },
                Err(error) => AppendError::Unavailable(explain(error)),
            })
        }
        // The connection is dropped, since nobody knows what state it is in.
        Err(error) => match writer.settle(new).await {
            Ok(true) => Ok(new),
            Ok(false) => Err(AppendError::Unavailable(explain(error))),
            Err(_) => Err(AppendError::InDoubt { would_be: new, source: explain(error) }),
        },
    }
}

/// Sends the append; tells whether the head was the expected one.
///
/// It is one statement outside a transaction, so the server commits it before it says that it is
/// done, and `fetch_optional` waits for that.
async fn write(
    connection: &mut PgConnection,
    expected: Head,
    drafts: &[Draft],
    hashes: &[Hash],
    new: Head,
) -> Result<bool, sqlx::Error> {
    let columns = Columns::of(&expected, drafts, hashes);
    let moved = sqlx::query(APPEND)
        .bind(read::integer(new.seq))
        .bind(new.hash.0.as_slice())
        .bind(read::integer(expected.seq))
        .bind(expected.hash.0.as_slice())
        .bind(columns.seq)
        .bind(columns.id)
        .bind(columns.recorded_at)
        .bind(columns.principal)
        .bind(columns.organization)
        .bind(columns.on_behalf_of)
        .bind(columns.cause)
        .bind(columns.idempotency_key)
        .bind(columns.request_digest)
        .bind(columns.kind)
        .bind(columns.version)
        .bind(columns.body)
        .bind(columns.prev_hash)
        .bind(columns.hash)
        .bind(super::follow::CHANNEL)
        .fetch_optional(connection)
        .await?;
    Ok(moved.is_some())
}

/// The drafts turned on their side: one array for each column.
struct Columns<'a> {
    seq: Vec<i64>,
    id: Vec<uuid::Uuid>,
    recorded_at: Vec<i64>,
    principal: Vec<&'a str>,
    organization: Vec<Option<&'a str>>,
    on_behalf_of: Vec<Option<&'a str>>,
    cause: Vec<&'a str>,
    idempotency_key: Vec<Option<&'a str>>,
    request_digest: Vec<Option<&'a [u8]>>,
    kind: Vec<&'a str>,
    version: Vec<i32>,
    body: Vec<&'a [u8]>,
    prev_hash: Vec<&'a [u8]>,
    hash: Vec<&'a [u8]>,
}

impl<'a> Columns<'a> {
    fn of(expected: &'a Head, drafts: &'a [Draft], hashes: &'a [Hash]) -> Self {
        let first = read::integer(expected.seq.next());
        let request = |draft: &'a Draft| draft.request.as_deref();
        // Each entry carries the hash of the one before it.
        let prev_hash = std::iter::once(&expected.hash).chain(hashes);
        Self {
            seq: (first..).take(drafts.len()).collect(),
            id: drafts.iter().map(|draft| draft.id).collect(),
            recorded_at: drafts.iter().map(|draft| draft.recorded_at.as_microsecond()).collect(),
            principal: drafts.iter().map(|draft| draft.actor.principal.as_str()).collect(),
            organization: drafts.iter().map(|draft| draft.actor.organization.as_deref()).collect(),
            on_behalf_of: drafts.iter().map(|draft| draft.actor.on_behalf_of.as_deref()).collect(),
            cause: drafts.iter().map(|draft| draft.cause.as_str()).collect(),
            idempotency_key: drafts.iter().map(|d| Some(request(d)?.key.as_str())).collect(),
            request_digest: drafts.iter().map(|d| Some(request(d)?.digest.as_slice())).collect(),
            kind: drafts.iter().map(|draft| &*draft.kind).collect(),
            version: drafts.iter().map(|draft| i32::from(draft.version)).collect(),
            body: drafts.iter().map(|draft| draft.body.as_slice()).collect(),
            prev_hash: prev_hash.take(drafts.len()).map(|hash| hash.0.as_slice()).collect(),
            hash: hashes.iter().map(|hash| hash.0.as_slice()).collect(),
        }
    }
}

impl Writer {
    pub(super) fn new(options: PgConnectOptions) -> Self {
        Self { options, connected: None, unanswered: None }
    }

    /// Takes the connection, or makes one when it is gone. Whatever was unanswered is over then.
    async fn connected(&mut self) -> Result<Connected, LogError> {
        if let Some(connected) = self.connected.take()
            && self.unanswered.is_none()
        {
            return Ok(connected);
        }
        let mut connection = timeout(WAIT_MAX, self.options.connect())
            .await
            .unwrap_or_else(|elapsed| Err(sqlx::Error::Io(elapsed.into())))
            .map_err(explain)?;
        self.end_unanswered(&mut connection).await.map_err(explain)?;
        let backend = sqlx::query_as(
            "SELECT pid, backend_start::text AS started FROM pg_stat_activity \
             WHERE pid = pg_backend_pid()",
        )
        .fetch_one(&mut connection)
        .await
        .map_err(explain)?;
        Ok(Connected { connection, backend })
    }

    /// Ends the server's process that was lost while it had an append, and waits until it is gone:
    /// it could otherwise still commit after we said that it had not.
    async fn end_unanswered(&mut self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        let Some(backend) = &self.unanswered else { return Ok(()) };
        let gone: Option<bool> = sqlx::query_scalar(
            "SELECT pg_terminate_backend(pid, $3) FROM pg_stat_activity \
             WHERE pid = $1 AND backend_start::text = $2",
        )
        .bind(backend.pid)
        .bind(&backend.started)
        .bind(i64::try_from(WAIT_MAX.as_millis()).unwrap_or(i64::MAX))
        .fetch_optional(connection)
        .await?;
        if gone == Some(false) {
            return Err(sqlx::Error::Protocol("a lost connection is still at work".into()));
        }
        self.unanswered = None;
        Ok(())
    }

    /// Tells for good whether the log has exactly this entry.
    pub(super) async fn settle(&mut self, would_be: Head) -> Result<bool, LogError> {
        if would_be.seq == Seq(0) {
            return Ok(would_be == Head::GENESIS);
        }
        let mut connected = self.connected().await?;
        let hash: Option<Vec<u8>> = sqlx::query_scalar("SELECT hash FROM log WHERE seq = $1")
            .bind(read::integer(would_be.seq))
            .fetch_optional(&mut connected.connection)
            .await
            .map_err(explain)?;
        self.connected = Some(connected);
        Ok(hash.is_some_and(|hash| hash == would_be.hash.0))
    }
}
