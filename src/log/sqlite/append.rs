//! Appending to an SQLite log.

use std::sync::LazyLock;

use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Connection, Row, Sqlite, SqliteConnection};

use super::super::chain;
use super::super::entry::{Draft, Hash, Head, Seq};
use super::super::error::AppendError;
use super::super::limits;
use super::{SqliteLog, read};

const COLUMNS: usize = 14;

/// Rows that one statement inserts: as many as fit of these, largest first. Few different sizes, so
/// that each statement is prepared once; the largest keeps below SQLite's 32,766 variables. Each
/// statement is a trip to the driver's thread and back, so any number of rows takes few of them.
const STEPS: [usize; 9] = [256, 128, 64, 32, 16, 8, 4, 2, 1];

static INSERTS: LazyLock<[(usize, String); 9]> = LazyLock::new(|| STEPS.map(|n| (n, insert(n))));

fn insert(rows: usize) -> String {
    let row = format!("({})", vec!["?"; COLUMNS].join(","));
    format!("INSERT INTO log VALUES {}", vec![row; rows].join(","))
}

pub(super) async fn append(
    log: &SqliteLog,
    expected: Head,
    drafts: &[Draft],
) -> Result<Head, AppendError> {
    if let Some(excess) = limits::excess(drafts) {
        return Err(AppendError::TooLarge(excess));
    }
    let (hashes, new) = chain::link(expected, drafts);
    let mut writer = log.writer.lock().await;
    log.file.check().map_err(AppendError::Unavailable)?;
    match write(&mut writer, expected, drafts, &hashes, new).await {
        Ok(None) => Ok(new),
        Ok(Some(head)) => Err(AppendError::Conflict { head }),
        Err(error) => match settle(&mut writer, new).await {
            // The error came after the commit had been made.
            Ok(true) => Ok(new),
            Ok(false) => Err(AppendError::Unavailable(log.error(error))),
            Err(_) => Err(AppendError::InDoubt { would_be: new, source: log.error(error) }),
        },
    }
}

/// Writes all in one transaction, or gives the head that the log has instead of the expected one.
async fn write(
    writer: &mut SqliteConnection,
    expected: Head,
    drafts: &[Draft],
    hashes: &[Hash],
    new: Head,
) -> Result<Option<Head>, sqlx::Error> {
    // Locks at once, so that between here and the commit no other process can move the head.
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let moved = sqlx::query("UPDATE log_head SET seq = ?, hash = ? WHERE seq = ? AND hash = ?")
        .bind(read::integer(new.seq))
        .bind(new.hash.0.as_slice())
        .bind(read::integer(expected.seq))
        .bind(expected.hash.0.as_slice())
        .execute(&mut *transaction)
        .await?;
    if moved.rows_affected() == 0 {
        let head = read::head(&mut transaction).await?;
        transaction.rollback().await?;
        return Ok(Some(head));
    }
    let mut prev = expected;
    let mut rows = drafts.iter().zip(hashes);
    for (size, sql) in &*INSERTS {
        while rows.len() >= *size {
            let mut query = sqlx::query(AssertSqlSafe(sql.as_str()));
            for (draft, hash) in rows.by_ref().take(*size) {
                let next = Head { seq: prev.seq.next(), hash: *hash };
                query = bind(query, draft, next, prev.hash);
                prev = next;
            }
            query.execute(&mut *transaction).await?;
        }
    }
    transaction.commit().await?;
    Ok(None)
}

type Insert<'q> = Query<'q, Sqlite, SqliteArguments>;

fn bind<'q>(query: Insert<'q>, draft: &Draft, at: Head, prev: Hash) -> Insert<'q> {
    let request = draft.request.as_deref();
    query
        .bind(read::integer(at.seq))
        .bind(draft.id.as_bytes().as_slice())
        .bind(draft.recorded_at.as_microsecond())
        .bind(draft.actor.principal.as_str())
        .bind(draft.actor.organization.as_deref())
        .bind(draft.actor.on_behalf_of.as_deref())
        .bind(draft.cause.as_str())
        .bind(request.map(|request| request.key.as_str()))
        .bind(request.map(|request| request.digest.as_slice()))
        .bind(&*draft.kind)
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
