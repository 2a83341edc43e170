//! The World as of a past moment.
//!
//! Worlds share what did not change between them, so the recent ones are simply kept. Older ones
//! are folded again from the nearest snapshot, a few at a time, and the last few of those are kept
//! too, because people look around in the past rather than jump.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::refold::{self, RefoldError};
use super::{Picture, Shared};
use crate::domain::{Seq, World};
use crate::log::LogError;

/// Worlds of the last steps that are kept, for clients that reconnect after a short break.
const RECENT_MAX: usize = 512;
/// Worlds of the past that are kept once somebody asked for them.
const PAST_MAX: usize = 16;
/// Worlds of the past that are folded at the same time.
const FOLDS_AT_ONCE: usize = 1;
/// Questions about the past that may wait for a fold.
const WAITING_MAX: usize = 64;

/// A moment in the log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AsOf {
    /// After this entry.
    Seq(Seq),
    /// At this time.
    Time(Timestamp),
}

/// The past could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The log does not go as far.
    #[error("the log ends at entry {head}; there is no entry {asked} yet")]
    Ahead {
        /// What was asked for.
        asked: Seq,
        /// Where the log ends.
        head: Seq,
    },
    /// Too many such questions wait.
    #[error("too many questions about the past are being answered; try again in a moment")]
    Busy,
    /// The store does not answer.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The log could not be folded.
    #[error(transparent)]
    Refold(#[from] RefoldError),
}

/// Worlds that need not be folded again.
pub(super) struct History {
    /// The lock is held for a push or a search, never across an await.
    kept: Mutex<Kept>,
    folds: Semaphore,
    waiting: Semaphore,
}

#[derive(Default)]
struct Kept {
    /// Oldest first.
    recent: VecDeque<Arc<World>>,
    /// Last asked for at the end.
    past: VecDeque<Arc<World>>,
}

impl Default for History {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            folds: Semaphore::new(FOLDS_AT_ONCE),
            waiting: Semaphore::new(WAITING_MAX),
        }
    }
}

impl History {
    /// Keeps the World of a step.
    pub(super) fn keep(&self, world: &Arc<World>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        push_bounded(&mut kept.recent, Arc::clone(world), RECENT_MAX);
    }

    fn find(&self, seq: Seq) -> Option<Arc<World>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.recent.iter().chain(&kept.past).find(|world| world.seq() == seq).cloned()
    }

    fn keep_past(&self, world: &Arc<World>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        push_bounded(&mut kept.past, Arc::clone(world), PAST_MAX);
    }
}

/// The World as of a moment.
pub(super) async fn world_at(shared: &Shared, as_of: AsOf) -> Result<Arc<World>, HistoryError> {
    let head = Arc::clone(&shared.picture.load().world);
    let seq = match as_of {
        AsOf::Seq(seq) if seq > head.seq() => {
            return Err(HistoryError::Ahead { asked: seq, head: head.seq() });
        }
        AsOf::Seq(seq) => seq,
        AsOf::Time(time) if time >= head.at() => head.seq(),
        AsOf::Time(time) => shared.store.seq_at(time).await?.0,
    };
    if seq == head.seq() {
        return Ok(head);
    }
    if let Some(world) = shared.history.find(seq) {
        return Ok(world);
    }
    fold_past(shared, seq).await
}

async fn fold_past(shared: &Shared, seq: Seq) -> Result<Arc<World>, HistoryError> {
    let _place = shared.history.waiting.try_acquire().map_err(|_| HistoryError::Busy)?;
    let _turn = shared.history.folds.acquire().await.map_err(|_| HistoryError::Busy)?;
    // Somebody else may have asked for the same while this one waited.
    if let Some(world) = shared.history.find(seq) {
        return Ok(world);
    }
    let Picture { world, .. } = refold::until(shared.store.as_ref(), crate::log::Seq(seq)).await?;
    shared.history.keep_past(&world);
    Ok(world)
}

fn push_bounded<T>(queue: &mut VecDeque<T>, item: T, max: usize) {
    if queue.len() == max {
        queue.pop_front();
    }
    queue.push_back(item);
}
