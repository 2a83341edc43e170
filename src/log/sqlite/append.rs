//! Appending to an SQLite log, in one trip to the driver's thread and back.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Row, Sqlite, SqliteConnection};

use super::super::chain;
use super::super::entry::{Draft, Hash, Head, Seq};
use super::super::error::AppendError;
use super::super::limits;
use super::{SqliteLog, read};

const COLUMNS: usize = 14;
/// Rows that one statement inserts at the most: below SQLite's 32,766 variables, and more gain
/// nothing.
const ROWS_MAX: usize = 256;

/// Locks at once, so that before the commit no other process can move the head; moves the head if
/// it is still the expected one, and gives a row if so.
const BEGIN: &str = "BEGIN IMMEDIATE; \
    UPDATE log_head SET seq = ?, hash = ? WHERE seq = ? AND hash = ? RETURNING seq; ";

pub(super) async fn append(
    log: &SqliteLog,
    expected: Head,
    drafts: &[Draft],
) -> Result<Head, AppendError> {
    if let Some(excess) = limits::excess(drafts) {
        return Err(AppendError::TooLarge(excess));
    }
    let (hashes, new) = chain::link(expected, drafts);
    let mut writer = log.writer().await;
    log.file.check().map_err(AppendError::Unavailable)?;
    log.unfinished.store(true, Ordering::Relaxed);
    let written = write(&mut writer, expected, drafts, &hashes, new).await;
    if written.is_err() {
        roll_back(&mut writer).await;
    }
    log.unfinished.store(false, Ordering::Relaxed);
    match written {
        Ok(true) => {
            log.checkpoints.note_entries(drafts);
            Ok(new)
        }
        Ok(false) => match read::head(&mut writer).await {
            Ok(head) => Err(AppendError::Conflict { head }),
            Err(error) => Err(AppendError::Unavailable(log.error(error))),
        },
        Err(error) => match settle(&mut writer, new).await {
            // The error came after the commit had been made.
            Ok(true) => Ok(new),
            Ok(false) => Err(AppendError::Unavailable(log.error(error))),
            Err(_) => Err(AppendError::InDoubt { would_be: new, source: log.error(error) }),
        },
    }
}

/// Ends the transaction that a failed or dropped append left open.
pub(super) async fn roll_back(writer: &mut SqliteConnection) {
    // It fails where the database has ended the transaction by itself, which is as good.
    drop(sqlx::query("ROLLBACK").execute(writer).await);
}

/// Writes all in one transaction; tells whether the head was the expected one.
async fn write(
    writer: &mut SqliteConnection,
    expected: Head,
    drafts: &[Draft],
    hashes: &[Hash],
    new: Head,
) -> Result<bool, sqlx::Error> {
    let mut query = sqlx::query(AssertSqlSafe(statements(drafts.len())))
        .bind(read::integer(new.seq))
        .bind(new.hash.0.as_slice())
        .bind(read::integer(expected.seq))
        .bind(expected.hash.0.as_slice());
    let mut prev = expected;
    for (drafts, hashes) in drafts.chunks(ROWS_MAX).zip(hashes.chunks(ROWS_MAX)) {
        query = query.bind(new.hash.0.as_slice());
        for (draft, hash) in drafts.iter().zip(hashes) {
            let next = Head { seq: prev.seq.next(), hash: *hash };
            query = bind(query, draft, next, prev.hash);
            prev = next;
        }
    }
    Ok(!query.fetch_all(writer).await?.is_empty())
}

/// The whole transaction for a number of rows.
fn statements(rows: usize) -> String {
    let full = insert(ROWS_MAX).repeat(rows / ROWS_MAX);
    let rest = match rows % ROWS_MAX {
        0 => String::new(),
        rest => insert(rest.next_power_of_two()),
    };
    format!("{BEGIN}{full}{rest}COMMIT")
}

/// Inserts if the head was moved. It has room for a power of two of rows, so that there are few
/// different statements and each is prepared once; what is not bound is null, and left out.
fn insert(room: usize) -> String {
    let row = format!("({})", ["?"; COLUMNS].join(","));
    let rows = vec![row; room].join(",");
    format!(
        "WITH moved (yes) AS (SELECT hash = ? FROM log_head) \
         INSERT INTO log SELECT * FROM (VALUES {rows}) \
         WHERE (SELECT yes FROM moved) AND column1 IS NOT NULL; "
    )
}

type Insert<'q> = Query<'q, Sqlite, SqliteArguments>;

fn bind<'q>(query: Insert<'q>, draft: &Draft, at: Head, prev: Hash) -> Insert<'q> {
    // The driver needs texts of its own; in this shape each is one piece of memory and not two.
    let text = |text: &str| Arc::<str>::from(text);
    let request = draft.request.as_deref();
    query
        .bind(read::integer(at.seq))
        .bind(draft.id.as_bytes().as_slice())
        .bind(draft.recorded_at.as_microsecond())
        .bind(text(&draft.actor.principal))
        .bind(draft.actor.organization.as_deref().map(text))
        .bind(draft.actor.on_behalf_of.as_deref().map(text))
        .bind(text(&draft.cause))
        .bind(request.map(|request| text(&request.key)))
        .bind(request.map(|request| request.digest.as_slice()))
        .bind(text(&draft.kind))
        .bind(draft.version)
        .bind(draft.body.as_slice())
        .bind(prev.0.as_slice())
        .bind(at.hash.0.as_slice())
}

/// Tells whether the log has exactly this entry. The transaction that may have written it is over:
/// the writer's connection has ended it, or is asked to here.
pub(super) async fn settle(
    writer: &mut SqliteConnection,
    would_be: Head,
) -> Result<bool, sqlx::Error> {
    if would_be.seq == Seq(0) {
        return Ok(would_be == Head::GENESIS);
    }
    let row = sqlx::query("SELECT hash FROM log WHERE seq = ?")
        .bind(read::integer(would_be.seq))
        .fetch_optional(writer)
        .await?;
    row.map(|row| row.try_get::<Vec<u8>, _>(0))
        .transpose()
        .map(|hash| hash == Some(would_be.hash.0.to_vec()))
}
