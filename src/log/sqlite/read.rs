//! Reading an SQLite log.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use uuid::Uuid;

use super::super::chain::Checker;
use super::super::decode::{Decoder, Raw, Unreadable};
use super::super::entry::{Entry, Hash, Head, Seq};
use super::super::error::{Broken, LogError};
use super::super::limits::READ_ENTRIES_MAX;
use super::SqliteLog;

/// A number as SQLite keeps it. It will not reach 2^63: that is 9,000 events a second since the
/// mountains were made.
pub(super) fn integer(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

pub(super) async fn head(connection: &mut SqliteConnection) -> Result<Head, sqlx::Error> {
    let row = sqlx::query("SELECT seq, hash FROM log_head").fetch_one(connection).await?;
    let hash: &[u8] = row.try_get(1)?;
    Ok(Head {
        seq: Seq(row.try_get::<i64, _>(0)?.try_into().unwrap_or_default()),
        hash: Hash(hash.try_into().map_err(|error| sqlx::Error::Decode(Box::new(error)))?),
    })
}

pub(super) async fn read(log: &SqliteLog, after: Seq, limit: u32) -> Result<Vec<Entry>, LogError> {
    let rows = sqlx::query(
        "SELECT seq, id, recorded_at, principal, organization, on_behalf_of, cause, \
         idempotency_key, request_digest, kind, version, body, prev_hash, hash \
         FROM log WHERE seq > ? ORDER BY seq LIMIT ?",
    )
    .bind(integer(after))
    .bind(limit.min(READ_ENTRIES_MAX))
    .fetch_all(&log.readers)
    .await
    .map_err(|error| log.error(error))?;
    let mut decoder = Decoder::default();
    let mut checker = Checker::after(after);
    rows.iter()
        .map(|row| {
            let seq = Seq(row.try_get_unchecked::<i64, _>(0).unwrap_or_default().cast_unsigned());
            let raw = raw(row).map_err(|error| Broken { seq, what: error.to_string() })?;
            let entry =
                decoder.entry(seq, &raw).map_err(|Unreadable(what)| Broken { seq, what })?;
            checker.take(&entry)?;
            Ok(entry)
        })
        .collect()
}

/// The columns by number and unchecked: looking up names and types costs as much as all the rest.
fn raw(row: &SqliteRow) -> Result<Raw<'_>, sqlx::Error> {
    Ok(Raw {
        id: Uuid::from_slice(row.try_get_unchecked(1)?)
            .map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
        recorded_at: row.try_get_unchecked(2)?,
        principal: row.try_get_unchecked(3)?,
        organization: row.try_get_unchecked(4)?,
        on_behalf_of: row.try_get_unchecked(5)?,
        cause: row.try_get_unchecked(6)?,
        idempotency_key: row.try_get_unchecked(7)?,
        request_digest: row.try_get_unchecked(8)?,
        kind: row.try_get_unchecked(9)?,
        version: row.try_get_unchecked(10)?,
        body: row.try_get_unchecked(11)?,
        prev_hash: row.try_get_unchecked(12)?,
        hash: row.try_get_unchecked(13)?,
    })
}

/// Searches by halves for the last entry recorded at or before `time`.
pub(super) async fn seq_at(log: &SqliteLog, time: Timestamp) -> Result<Seq, sqlx::Error> {
    let mut connection = log.readers.acquire().await?;
    let (mut low, mut high) = (0, head(&mut connection).await?.seq.0);
    while low < high {
        let middle = high - (high - low) / 2;
        let recorded_at: i64 = sqlx::query_scalar("SELECT recorded_at FROM log WHERE seq = ?")
            .bind(integer(Seq(middle)))
            .fetch_one(&mut *connection)
            .await?;
        if recorded_at <= time.as_microsecond() {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Ok(Seq(low))
}
