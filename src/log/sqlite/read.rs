//! Reading an SQLite log.

use jiff::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::super::decode;
use super::super::entry::{Entry, Hash, Head, Seq};
use super::super::error::LogError;
use super::super::limits::READ_ENTRIES_MAX;
use super::{SqliteLog, packed};

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

/// Fewer entries than this are read row by row.
const PACKED_MIN: u64 = 64;

pub(super) async fn read(log: &SqliteLog, after: Seq, limit: u32) -> Result<Vec<Entry>, LogError> {
    let limit = limit.min(READ_ENTRIES_MAX);
    if u64::from(limit) >= PACKED_MIN
        && let Some(entries) =
            read_packed(log, after, limit).await.map_err(|error| log.error(error))?
    {
        return Ok(entries);
    }
    read_rows(log, after, limit).await
}

/// Reads many entries; `None` if there are few, or if anything is odd about them.
async fn read_packed(
    log: &SqliteLog,
    after: Seq,
    limit: u32,
) -> Result<Option<Vec<Entry>>, sqlx::Error> {
    let last: i64 =
        sqlx::query_scalar("SELECT ifnull(max(seq), 0) FROM log").fetch_one(&log.readers).await?;
    let to = Seq(last.cast_unsigned().min(after.0.saturating_add(limit.into())));
    if to.0.saturating_sub(after.0) < PACKED_MIN {
        return Ok(None);
    }
    packed::read(&log.readers, after, to).await
}

async fn read_rows(log: &SqliteLog, after: Seq, limit: u32) -> Result<Vec<Entry>, LogError> {
    let rows = sqlx::query(
        "SELECT seq, id, recorded_at, principal, organization, on_behalf_of, cause, \
         idempotency_key, request_digest, kind, version, body, prev_hash, hash \
         FROM log WHERE seq > ? ORDER BY seq LIMIT ?",
    )
    .bind(integer(after))
    .bind(limit)
    .fetch_all(&log.readers)
    .await
    .map_err(|error| log.error(error))?;
    Ok(decode::entries(after, &rows)?)
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
