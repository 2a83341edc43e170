//! Reading many entries of an SQLite log at once.
//!
//! The driver hands over every column of every row in pieces of memory of their own, which makes
//! ten microseconds a row. A refold reads millions; so here the database packs some hundred rows
//! into one value, and they are taken apart again on our side of it.
//!
//! Nothing depends on the packing being right: an entry counts only if its hash does. When
//! anything at all is odd the caller reads the plain way, which can say what is wrong.

use std::ffi::CStr;

use futures_util::stream::{self, StreamExt, TryStreamExt};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqlitePool};
use uuid::Uuid;

use super::super::chain::Checker;
use super::super::decode::{Decoder, Raw};
use super::super::entry::{Entry, Seq};
use super::read::integer;

/// Rows in one value: enough to spread the cost of a query, and at their largest well below the
/// billion bytes that SQLite takes for one value.
const ROWS: u64 = 512;
/// Queries under way: one is computed while the one before it is taken apart.
const AHEAD: usize = 2;

/// A row is its numbers and texts, each ended by a zero byte (which no text has; see
/// [`limits`](super::super::limits)), those that may be null with a byte before them if they are
/// not, and then its bytes: digest if there is a key, id, hashes, body. The number of the entry is
/// not in it, since the hash is right for one number only.
///
/// The function `concat` takes null for an empty text, and is several times as fast as `||`.
const PACKED: &str = "\
    SELECT CAST(group_concat(row, '') AS BLOB) FROM ( \
        SELECT concat(recorded_at, x'00', version, x'00', length(body), x'00', \
            principal, x'00', '+' || organization, x'00', '+' || on_behalf_of, x'00', \
            cause, x'00', '+' || idempotency_key, x'00', kind, x'00', \
            request_digest, id, prev_hash, hash, body) AS row \
        FROM log WHERE seq > ? AND seq <= ? ORDER BY seq)";

/// The entries after `after` up to `to`, whole and checked; `None` if there is anything odd.
pub(super) async fn read(
    pool: &SqlitePool,
    after: Seq,
    to: Seq,
) -> Result<Option<Vec<Entry>>, sqlx::Error> {
    let starts = (after.0..to.0).step_by(usize::try_from(ROWS).unwrap_or(usize::MAX));
    let mut values = stream::iter(starts)
        .map(|start| fetch(pool, Seq(start), Seq(to.0.min(start + ROWS))))
        .buffered(AHEAD);
    let mut entries = Vec::with_capacity(usize::try_from(to.0 - after.0).unwrap_or_default());
    let mut unpacker =
        Unpacker { last: after, decoder: Decoder::default(), checker: Checker::after(after) };
    while let Some(value) = values.try_next().await? {
        // Borrowed from the driver, since a copy takes half a megabyte of fresh memory each time.
        let mut rest = value.try_get::<Option<&[u8]>, _>(0)?.unwrap_or_default();
        while !rest.is_empty() {
            let Some(entry) = unpacker.next(&mut rest) else { return Ok(None) };
            entries.push(entry);
        }
    }
    let whole = entries.last().is_some_and(|entry| entry.seq == to);
    Ok(whole.then_some(entries))
}

async fn fetch(pool: &SqlitePool, after: Seq, to: Seq) -> Result<SqliteRow, sqlx::Error> {
    sqlx::query(PACKED).bind(integer(after)).bind(integer(to)).fetch_one(pool).await
}

struct Unpacker {
    last: Seq,
    decoder: Decoder,
    checker: Checker,
}

impl Unpacker {
    /// Takes the next row off the front.
    fn next(&mut self, rest: &mut &[u8]) -> Option<Entry> {
        let recorded_at = text(rest)?.parse().ok()?;
        let version = text(rest)?.parse().ok()?;
        let length = text(rest)?.parse().ok()?;
        let principal = text(rest)?;
        let organization = text(rest)?.strip_prefix('+');
        let on_behalf_of = text(rest)?.strip_prefix('+');
        let cause = text(rest)?;
        let idempotency_key = text(rest)?.strip_prefix('+');
        let kind = text(rest)?;
        let request_digest = match idempotency_key {
            Some(_) => Some(bytes(rest, 16)?),
            None => None,
        };
        let raw = Raw {
            id: Uuid::from_slice(bytes(rest, 16)?).ok()?,
            recorded_at,
            principal,
            organization,
            on_behalf_of,
            cause,
            idempotency_key,
            request_digest,
            kind,
            version,
            prev_hash: bytes(rest, 32)?,
            hash: bytes(rest, 32)?,
            body: bytes(rest, length)?,
        };
        let entry = self.decoder.entry(self.last.next(), &raw).ok()?;
        self.checker.take(&entry).ok()?;
        self.last = entry.seq;
        Some(entry)
    }
}

/// Takes a text and the zero byte that ends it.
fn text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let text = CStr::from_bytes_until_nul(rest).ok()?;
    *rest = rest.get(text.count_bytes() + 1..)?;
    text.to_str().ok()
}

fn bytes<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (bytes, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::super::{Actor, Draft, Head, Log, RequestKey, SqliteLog};
    use super::*;

    /// The plain way would hide it if the packed one always gave up.
    #[tokio::test]
    async fn rows_of_every_shape_come_out_of_the_packing_as_they_went_in() {
        let folder = tempfile::tempdir().unwrap();
        let log = SqliteLog::open(&folder.path().join("muster.db")).await.unwrap();
        let drafts: Vec<Draft> = (0..1100u32)
            .map(|n| Draft {
                id: Uuid::from_u128(n.into()),
                recorded_at: jiff::Timestamp::from_second(i64::from(n) - 500).unwrap(),
                actor: Arc::new(Actor {
                    principal: "+".repeat(n as usize % 3),
                    organization: n.is_multiple_of(2).then(String::new),
                    on_behalf_of: n.is_multiple_of(5).then(|| "+Ärzte".into()),
                }),
                cause: String::new(),
                request: n
                    .is_multiple_of(3)
                    .then(|| Arc::new(RequestKey { key: String::new(), digest: [0; 16] })),
                kind: "note".into(),
                version: u16::MAX,
                body: vec![0; n as usize % 7],
            })
            .collect();
        log.append(Head::GENESIS, &drafts).await.unwrap();

        let packed = read(&log.readers, Seq(3), Seq(1100)).await.unwrap().unwrap();
        let plain: Vec<Entry> = log.read(Seq(3), 63).await.unwrap();
        assert_eq!(packed[..63], plain);
        assert_eq!(packed.len(), 1097);
        assert_eq!(read(&log.readers, Seq(3), Seq(1101)).await.unwrap(), None);
    }
}
