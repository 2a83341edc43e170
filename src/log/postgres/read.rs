//! Reading a PostgreSQL log.

use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use sqlx::{PgExecutor, PgPool, Row};

use super::super::decode;
use super::super::entry::{Entry, Hash, Head, Seq};
use super::super::error::LogError;
use super::super::limits::{READ_BYTES_MAX, READ_ENTRIES_MAX};
use super::open::explain;

/// A number as PostgreSQL keeps it.
pub(super) fn integer(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

pub(super) async fn head(connection: impl PgExecutor<'_>) -> Result<Head, sqlx::Error> {
    let row = sqlx::query("SELECT seq, hash FROM log_head").fetch_one(connection).await?;
    let hash: &[u8] = row.try_get(1)?;
    Ok(Head {
        seq: Seq(row.try_get::<i64, _>(0)?.cast_unsigned()),
        hash: Hash(hash.try_into().map_err(|error| sqlx::Error::Decode(Box::new(error)))?),
    })
}

pub(super) async fn read(pool: &PgPool, after: Seq, limit: u32) -> Result<Vec<Entry>, LogError> {
    let mut rows = sqlx::query(
        "SELECT seq, id, recorded_at, principal, organization, on_behalf_of, cause, \
         idempotency_key, request_digest, kind, version, body, prev_hash, hash \
         FROM log WHERE seq > $1 ORDER BY seq LIMIT $2",
    )
    .bind(integer(after))
    .bind(i64::from(limit.min(READ_ENTRIES_MAX)))
    .fetch(pool);
    let (mut taken, mut bytes) = (Vec::new(), 0);
    while bytes < READ_BYTES_MAX
        && let Some(row) = rows.try_next().await.map_err(explain)?
    {
        bytes += row.try_get::<&[u8], _>("body").map_or(0, <[u8]>::len);
        taken.push(row);
    }
    drop(rows);
    Ok(decode::entries(after, &taken)?)
}

/// Searches by halves for the last entry recorded at or before `time`.
pub(super) async fn seq_at(pool: &PgPool, time: Timestamp) -> Result<Seq, sqlx::Error> {
    let (mut low, mut high) = (0, head(pool).await?.seq.0);
    while low < high {
        let middle = high - (high - low) / 2;
        let recorded_at: i64 = sqlx::query_scalar("SELECT recorded_at FROM log WHERE seq = $1")
            .bind(integer(Seq(middle)))
            .fetch_one(pool)
            .await?;
        if recorded_at <= time.as_microsecond() {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Ok(Seq(low))
}
