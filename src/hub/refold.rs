//! Folding the log into a World: from the newest snapshot at a start, and onward from there.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::Picture;
use crate::domain::event::DecodeError;
use crate::domain::world::{Fold, Request};
use crate::domain::{Apply as _, Attribution, Event, Id, RecordRef, Stamp, World};
use crate::log::sealing::SealingError;
use crate::log::{Broken, Entry, Head, LogError, Seq, Store};

/// Entries read at a time.
const READ_ENTRIES: u32 = 4_096;
/// Stretches that wait between two stages of folding, so that neither stands still when the other
/// takes longer for once.
const AHEAD: usize = 1;

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
    let world = spawn_blocking(move || World::from_snapshot(&bytes)).await;
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
/// Three stages work at once: one stretch is read and hashed while one before it is decoded and
/// one before that is applied.
///
/// # Errors
/// [`RefoldError`] names the entry that cannot be read.
pub async fn onward(store: &dyn Store, from: Picture, last: Seq) -> Result<Picture, RefoldError> {
    let fold = Fold::onto(Arc::unwrap_or_clone(from.world));
    let (read, to_decode) = mpsc::channel(AHEAD);
    let (decoded, to_apply) = mpsc::channel(AHEAD);
    let (applied, to_reuse) = mpsc::channel(AHEAD);
    let decode = spawn_blocking(move || decode_all(to_decode, to_reuse, &decoded));
    let apply = spawn_blocking(move || apply_all(fold, to_apply, &applied));
    let (head, decoded, fold) = tokio::join!(read_all(store, from.head, last, read), decode, apply);
    decoded.map_err(|_| RefoldError::Interrupted)??;
    let fold = fold.map_err(|_| RefoldError::Interrupted)?;
    Ok(Picture { world: Arc::new(fold.finish()), head: head? })
}

/// Reads to the end, or until nobody takes the entries any more; tells the last one read.
async fn read_all(
    store: &dyn Store,
    mut head: Head,
    last: Seq,
    read: mpsc::Sender<Vec<Entry>>,
) -> Result<Head, LogError> {
    loop {
        let entries = read_after(store, head, last).await?;
        let Some(newest) = entries.last() else { return Ok(head) };
        head = Head { seq: newest.seq, hash: newest.hash };
        if read.send(entries).await.is_err() {
            return Ok(head);
        }
    }
}

/// Decodes each stretch, into the memory of one that was applied if there is one: fresh memory for
/// each costs as much as decoding.
fn decode_all(
    mut to_decode: mpsc::Receiver<Vec<Entry>>,
    mut to_reuse: mpsc::Receiver<Vec<Decoded>>,
    decoded: &mpsc::Sender<Vec<Decoded>>,
) -> Result<(), RefoldError> {
    while let Some(entries) = to_decode.blocking_recv() {
        let mut stretch = to_reuse.try_recv().unwrap_or_default();
        decode(entries, &mut stretch)?;
        if decoded.blocking_send(stretch).is_err() {
            break;
        }
    }
    Ok(())
}

fn apply_all(
    mut fold: Fold,
    mut to_apply: mpsc::Receiver<Vec<Decoded>>,
    applied: &mpsc::Sender<Vec<Decoded>>,
) -> Fold {
    while let Some(stretch) = to_apply.blocking_recv() {
        apply(&mut fold, &stretch);
        // What is not taken for reuse is given back here.
        drop(applied.try_send(stretch));
    }
    fold
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
    let mut decoded = Vec::new();
    decode(entries, &mut decoded)?;
    let mut touched: Vec<_> = decoded.iter().flat_map(|decoded| decoded.event.touches()).collect();
    let mut fold = Fold::onto(World::clone(&from.world));
    apply(&mut fold, &decoded);
    let world = fold.finish();
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

/// Replaces what is in a stretch with what entries hold.
fn decode(entries: Vec<Entry>, stretch: &mut Vec<Decoded>) -> Result<(), RefoldError> {
    stretch.clear();
    stretch.reserve(entries.len());
    for entry in entries {
        let event = Event::decode(&entry.kind, entry.version, &entry.body)
            .map_err(|source| RefoldError::Entry { seq: entry.seq, source })?;
        let by = attribution(&entry);
        let request = entry.request.as_deref();
        let request = request.map(|r| Request::new(&by.principal, &r.key, r.digest));
        stretch.push(Decoded { event, seq: entry.seq.0, at: entry.recorded_at, by, request });
    }
    Ok(())
}

fn apply(fold: &mut Fold, stretch: &[Decoded]) {
    for Decoded { event, seq, at, by, request } in stretch {
        fold.apply(event, &Stamp { seq: *seq, at: *at, by }, request.as_ref());
    }
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
