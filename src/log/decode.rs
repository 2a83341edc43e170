//! From the columns of a row to an entry, the same for both stores.

use std::sync::Arc;

use jiff::Timestamp;
use sqlx::{ColumnIndex, Decode, Row};
use uuid::Uuid;

use super::chain::Checker;
use super::entry::{Actor, Entry, Hash, RequestKey, Seq};
use super::error::Broken;

/// The entries in rows that were read in order from after `after`, each checked against the one
/// before it. A row has the columns of the table `log`, in their order.
pub(super) fn entries<'r, R>(after: Seq, rows: &'r [R]) -> Result<Vec<Entry>, Broken>
where
    R: Row,
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database>,
    i32: Decode<'r, R::Database>,
    Uuid: Decode<'r, R::Database>,
    &'r str: Decode<'r, R::Database>,
    &'r [u8]: Decode<'r, R::Database>,
{
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
fn raw<'r, R>(row: &'r R) -> Result<Raw<'r>, sqlx::Error>
where
    R: Row,
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database>,
    i32: Decode<'r, R::Database>,
    Uuid: Decode<'r, R::Database>,
    &'r str: Decode<'r, R::Database>,
    &'r [u8]: Decode<'r, R::Database>,
{
    Ok(Raw {
        id: row.try_get_unchecked(1)?,
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

/// The columns of a row, borrowed from the driver.
pub(super) struct Raw<'a> {
    pub(super) id: Uuid,
    pub(super) recorded_at: i64,
    pub(super) principal: &'a str,
    pub(super) organization: Option<&'a str>,
    pub(super) on_behalf_of: Option<&'a str>,
    pub(super) cause: &'a str,
    pub(super) idempotency_key: Option<&'a str>,
    pub(super) request_digest: Option<&'a [u8]>,
    pub(super) kind: &'a str,
    pub(super) version: i32,
    pub(super) body: &'a [u8],
    pub(super) prev_hash: &'a [u8],
    pub(super) hash: &'a [u8],
}

/// A column holds what the log never wrote; the sentence says which.
pub(super) struct Unreadable(String);

/// Makes entries, sharing what is equal from one to the next.
#[derive(Default)]
pub(super) struct Decoder {
    actor: Option<Arc<Actor>>,
    request: Option<Arc<RequestKey>>,
}

impl Decoder {
    /// The entry that a row holds.
    pub(super) fn entry(&mut self, seq: Seq, raw: &Raw<'_>) -> Result<Entry, Unreadable> {
        Ok(Entry {
            seq,
            id: raw.id,
            recorded_at: Timestamp::from_microsecond(raw.recorded_at)
                .map_err(|_| unreadable("recorded_at", "not a time"))?,
            actor: self.actor(raw),
            cause: raw.cause.to_owned(),
            request: self.request(raw)?,
            kind: raw.kind.to_owned(),
            version: raw
                .version
                .try_into()
                .map_err(|_| unreadable("version", "not from 0 to 65535"))?,
            body: raw.body.to_vec(),
            prev: hash("prev_hash", raw.prev_hash)?,
            hash: hash("hash", raw.hash)?,
        })
    }

    fn actor(&mut self, raw: &Raw<'_>) -> Arc<Actor> {
        let same = |actor: &&Arc<Actor>| {
            actor.principal == raw.principal
                && actor.organization.as_deref() == raw.organization
                && actor.on_behalf_of.as_deref() == raw.on_behalf_of
        };
        if let Some(actor) = self.actor.as_ref().filter(same) {
            return Arc::clone(actor);
        }
        let actor = Arc::new(Actor {
            principal: raw.principal.to_owned(),
            organization: raw.organization.map(str::to_owned),
            on_behalf_of: raw.on_behalf_of.map(str::to_owned),
        });
        self.actor = Some(Arc::clone(&actor));
        actor
    }

    fn request(&mut self, raw: &Raw<'_>) -> Result<Option<Arc<RequestKey>>, Unreadable> {
        let (key, digest) = match (raw.idempotency_key, raw.request_digest) {
            (None, None) => return Ok(None),
            (Some(key), Some(digest)) => (key, digest),
            _ => {
                return Err(unreadable(
                    "request_digest",
                    "null where its key is not, or the reverse",
                ));
            }
        };
        let same = |request: &&Arc<RequestKey>| request.key == key && request.digest == digest;
        if let Some(request) = self.request.as_ref().filter(same) {
            return Ok(Some(Arc::clone(request)));
        }
        let digest =
            digest.try_into().map_err(|_| unreadable("request_digest", "not 16 bytes long"))?;
        let request = Arc::new(RequestKey { key: key.to_owned(), digest });
        self.request = Some(Arc::clone(&request));
        Ok(Some(request))
    }
}

fn hash(column: &str, bytes: &[u8]) -> Result<Hash, Unreadable> {
    bytes.try_into().map(Hash).map_err(|_| unreadable(column, "not 32 bytes long"))
}

fn unreadable(column: &str, how: &str) -> Unreadable {
    Unreadable(format!("its `{column}` is {how}: it was changed after it was written"))
}
