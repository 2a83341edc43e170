//! Folding the log into a World: from the newest snapshot at a start, and onward from there.

use std::sync::Arc;

use jiff::Timestamp;

use super::Picture;
use crate::domain::event::DecodeError;
use crate::domain::world::{Fold, Request};
use crate::domain::{Apply as _, Attribution, Event, Id, RecordRef, Stamp, World};
use crate::log::sealing::SealingError;
use crate::log::{Broken, Entry, Head, LogError, Seq, Store};

/// Entries read at a time.
const READ_ENTRIES: u32 = 4_096;

/// The log could not be folded.
#[derive(Debug, thiserror::Error)]
pub enum RefoldError {
    /// The store did not answer, or holds a broken entry.
    #[error(transparent)]
    Log(#[from] LogError),
    /// An entry cannot be read by this release.
    #[error("entry {seq} of the log cannot be read: {source}")]
    Entry {
        /// Its number.
        seq: Seq,
        /// Why.
        #[source]
        source: DecodeError,
    },
    /// The key of the hub cannot be made.
    #[error(transparent)]
    Key(#[from] SealingError),
    /// Decoding was given up because the hub is ending.
    #[error("folding was interrupted")]
    Interrupted,
}

/// The World at the head of the log.
///
/// # Errors
/// [`RefoldError`] names the entry that cannot be read.
pub async fn newest(store: &dyn Store) -> Result<Picture, RefoldError> {
    until(store, Seq(u64::MAX)).await
}

/// The World as of an entry, or at the head if the log ends before it.
///
/// # Errors
/// [`RefoldError`] names the entry that cannot be read.
pub async fn until(store: &dyn Store, last: Seq) -> Result<Picture, RefoldError> {
    let start = from_snapshot(store, last).await?;
    onward(store, start, last).await
}

/// The same from the first entry on, without a snapshot: for audits, and to measure folding.
///
/// # Errors
/// [`RefoldError`] names the entry that cannot be read.
pub async fn from_genesis(store: &dyn Store) -> Result<Picture, RefoldError> {
    onward(store, genesis(), Seq(u64::MAX)).await
}

fn genesis() -> Picture {
    Picture { world: Arc::default(), head: Head::GENESIS }
}

/// The World of the newest usable snapshot at or before an entry; the empty one if there is none.
async fn from_snapshot(store: &dyn Store, last: Seq) -> Result<Picture, RefoldError> {
    let Some(snapshot) = store.latest_snapshot(last, World::SNAPSHOT_FORMAT).await? else {
        return Ok(genesis());
    };
    let head = Head { seq: snapshot.seq, hash: snapshot.hash };
    let bytes = snapshot.bytes;
    let world = tokio::task::spawn_blocking(move || World::from_snapshot(&bytes)).await;
    match world.map_err(|_| RefoldError::Interrupted)? {
        Ok(world) => Ok(Picture { world: Arc::new(world), head }),
        Err(error) => {
            tracing::warn!(%error, "a snapshot cannot be used; folding the log instead");
            Ok(genesis())
        }
    }
}

/// Folds everything after a World, up to and including an entry.
///
/// Three stretches are in hand at once: one is read and hashed while the one before it is decoded
/// and the one before that is applied.
///
/// # Errors
/// [`RefoldError`] names the entry that cannot be read.
pub async fn onward(store: &dyn Store, from: Picture, last: Seq) -> Result<Picture, RefoldError> {
    let Picture { world, mut head } = from;
    let mut fold = Fold::onto(Arc::unwrap_or_clone(world));
    let mut entries = read_after(store, head, last).await?;
    let (mut decoded, mut applied) = (Vec::new(), Vec::new());
    while !entries.is_empty() || !decoded.is_empty() {
        head = entries.last().map_or(head, |newest| Head { seq: newest.seq, hash: newest.hash });
        let decode = tokio::task::spawn_blocking(move || {
            // Given back here, because to apply takes the longest.
            drop(applied);
            decode(entries)
        });
        let apply = tokio::task::spawn_blocking(move || (apply(fold, &decoded), decoded));
        let (next, ready, done) = tokio::join!(read_after(store, head, last), decode, apply);
        (fold, applied) = done.map_err(|_| RefoldError::Interrupted)?;
        decoded = ready.map_err(|_| RefoldError::Interrupted)??;
        entries = next?;
    }
    Ok(Picture { world: Arc::new(fold.finish()), head })
}

/// Folds one stretch that others appended; tells which records changed, each once.
///
/// # Errors
/// [`RefoldError`] names the entry that cannot be read.
pub(super) async fn one_read(
    store: &dyn Store,
    from: &Picture,
) -> Result<Option<(Picture, Vec<RecordRef>)>, RefoldError> {
    let entries = read_after(store, from.head, Seq(u64::MAX)).await?;
    let Some(newest) = entries.last() else { return Ok(None) };
    let head = Head { seq: newest.seq, hash: newest.hash };
    let decoded = decode(entries)?;
    let mut touched: Vec<_> = decoded.iter().flat_map(|decoded| decoded.event.touches()).collect();
    let world = apply(Fold::onto(World::clone(&from.world)), &decoded).finish();
    touched.sort_unstable();
    touched.dedup();
    Ok(Some((Picture { world: Arc::new(world), head }, touched)))
}

async fn read_after(store: &dyn Store, head: Head, last: Seq) -> Result<Vec<Entry>, LogError> {
    let wanted = last.0.saturating_sub(head.seq.0).min(u64::from(READ_ENTRIES));
    let Ok(wanted @ 1..) = u32::try_from(wanted) else { return Ok(Vec::new()) };
    let entries = store.read(head.seq, wanted).await?;
    match entries.first() {
        // Each stretch must follow the one before it; the store checks only inside a stretch.
        Some(first) if first.prev != head.hash => {
            let what = "it does not follow the entry before it".to_owned();
            Err(Broken { seq: first.seq, what }.into())
        }
        _ => Ok(entries),
    }
}

/// An entry as far as it can be made ready without the World.
struct Decoded {
    event: Event,
    seq: u64,
    at: Timestamp,
    by: Attribution,
    request: Option<Request>,
}

fn decode(entries: Vec<Entry>) -> Result<Vec<Decoded>, RefoldError> {
    let decode = |entry: Entry| {
        let event = Event::decode(&entry.kind, entry.version, &entry.body)
            .map_err(|source| RefoldError::Entry { seq: entry.seq, source })?;
        let by = attribution(&entry);
        let request = entry.request.as_deref();
        let request = request.map(|r| Request::new(&by.principal, &r.key, r.digest));
        Ok(Decoded { event, seq: entry.seq.0, at: entry.recorded_at, by, request })
    };
    entries.into_iter().map(decode).collect()
}

fn apply(mut fold: Fold, decoded: &[Decoded]) -> Fold {
    for Decoded { event, seq, at, by, request } in decoded {
        fold.apply(event, &Stamp { seq: *seq, at: *at, by }, request.as_ref());
    }
    fold
}

fn attribution(entry: &Entry) -> Attribution {
    let actor = &entry.actor;
    let organization = actor.organization.as_ref().and_then(|id| id.parse().ok().map(Id::new));
    Attribution {
        principal: actor.principal.clone(),
        organization,
        on_behalf_of: actor.on_behalf_of.clone(),
    }
}
