//! What changes on a viewer's picture, from a cursor on, without a gap.
//!
//! A change is computed from the record as the viewer saw it before and as the viewer sees it
//! after, never from the event behind it: a record that leaves the filter is removed, one that
//! enters it is added, and what was never visible leaves no trace.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::sync::broadcast;

use super::{AsOf, HistoryError, Hub, Step};
use crate::domain::{RecordRef, Seq};
use crate::sharing::{CopFilter, CopRecord, View, Viewer};

/// What changed on the picture up to a log entry.
#[derive(Clone)]
pub struct CopChange {
    /// The last entry that is taken into account: the cursor to resume from.
    pub seq: Seq,
    /// What changed, each record once.
    pub changes: Vec<Change>,
}

/// One record that changed on the picture.
#[derive(Clone)]
pub enum Change {
    /// It is new on the picture.
    Added(CopRecord),
    /// It was there and looks different.
    Updated(CopRecord),
    /// It is not on the picture any more.
    Removed(RecordRef),
}

/// Following the picture ended.
#[derive(Debug, thiserror::Error)]
pub enum ChangesError {
    /// The follower was too slow; it has to resume from the last cursor that it saw.
    #[error("changes came faster than they were taken; resume after cursor {resume_after}")]
    TooSlow {
        /// The last entry that was delivered.
        resume_after: Seq,
    },
    /// The cursor to resume from cannot be reached.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The hub shuts down.
    #[error("the hub is shutting down; resume after cursor {resume_after}")]
    Stopping {
        /// The last entry that was delivered.
        resume_after: Seq,
    },
}

/// A viewer's picture, followed.
pub struct Changes {
    hub: Hub,
    viewer: Arc<Viewer>,
    filter: CopFilter,
    steps: broadcast::Receiver<Arc<Step>>,
    /// What was missed before the first step, not yet handed out.
    missed: VecDeque<CopChange>,
    /// The picture as it was told last.
    told: View,
}

impl Changes {
    /// Follows the picture from now on, or from a cursor on.
    ///
    /// # Errors
    /// [`ChangesError::History`] when the log does not reach the cursor or cannot be read.
    pub async fn follow(
        hub: &Hub,
        viewer: Arc<Viewer>,
        filter: CopFilter,
        after: Option<Seq>,
    ) -> Result<Self, ChangesError> {
        // The steps are taken first, so that nothing falls between them and the World.
        let steps = hub.steps();
        let told = hub.view(&viewer);
        let mut missed = VecDeque::new();
        if let Some(after) = after.filter(|after| *after != told.seq()) {
            let then = hub.view_then(&viewer, AsOf::Seq(after)).await?;
            missed.extend(between(&then, &told, &filter));
        }
        Ok(Self { hub: hub.clone(), viewer, filter, steps, missed, told })
    }

    /// Where the picture is now, with all that changed since a cursor, if there is one.
    ///
    /// # Errors
    /// [`ChangesError::History`] when the log does not reach the cursor or cannot be read.
    pub async fn catch_up(
        hub: &Hub,
        viewer: Arc<Viewer>,
        filter: &CopFilter,
        after: Option<Seq>,
    ) -> Result<CopChange, ChangesError> {
        let now = hub.view(&viewer);
        let seq = now.seq();
        let Some(after) = after.filter(|after| *after != seq) else {
            return Ok(CopChange { seq, changes: Vec::new() });
        };
        let then = hub.view_then(&viewer, AsOf::Seq(after)).await?;
        Ok(between(&then, &now, filter).unwrap_or(CopChange { seq, changes: Vec::new() }))
    }

    /// The last entry that was taken into account.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.told.seq()
    }

    /// The next change that the viewer may see. Waits for one.
    ///
    /// # Errors
    /// [`ChangesError`] says how to go on.
    pub async fn next(&mut self) -> Result<CopChange, ChangesError> {
        if let Some(change) = self.missed.pop_front() {
            return Ok(change);
        }
        loop {
            let resume_after = self.seq();
            let step = tokio::select! {
                step = self.steps.recv() => Some(step.map_err(|error| match error {
                    broadcast::error::RecvError::Lagged(_) => {
                        ChangesError::TooSlow { resume_after }
                    }
                    broadcast::error::RecvError::Closed => ChangesError::Stopping { resume_after },
                })?),
                // A term of an agreement begins or ends by the clock alone.
                () = self.hub.boundary(&self.told) => None,
            };
            let change = match step {
                // A step that the World at the start already held.
                Some(step) if step.after.seq() <= self.told.seq() => continue,
                Some(step) => self.take_step(&step),
                None => self.judge_again(),
            };
            if let Some(change) = change {
                return Ok(change);
            }
        }
    }

    fn take_step(&mut self, step: &Step) -> Option<CopChange> {
        let before = self.told.clone();
        self.told = self.hub.view_of(Arc::clone(&step.after), &self.viewer);
        // Who is shown what has changed: any record may have come or gone.
        if !self.told.is_judged_like(&before) {
            return between(&before, &self.told, &self.filter);
        }
        let changes = step.touched.iter().filter_map(|record| {
            let on = |view: &View| view.on_cop(*record, &self.filter);
            compare(*record, on(&before), on(&self.told))
        });
        let changes: Vec<_> = changes.collect();
        (!changes.is_empty()).then_some(CopChange { seq: step.after.seq(), changes })
    }

    fn judge_again(&mut self) -> Option<CopChange> {
        let before = self.told.clone();
        self.told = self.hub.judged_now(&before);
        between(&before, &self.told, &self.filter)
    }
}

/// What changed on the picture between two moments.
fn between(then: &View, now: &View, filter: &CopFilter) -> Option<CopChange> {
    let by_reference = |view: &View| -> BTreeMap<RecordRef, CopRecord> {
        view.cop(filter).records.into_iter().map(|r| (r.reference(), r)).collect()
    };
    let (mut before, after) = (by_reference(then), by_reference(now));
    let mut changes = Vec::new();
    let mut present = Vec::new();
    for (record, value) in after {
        present.extend(compare(record, before.remove(&record), Some(value)));
    }
    // What is gone comes first, so that nobody looks longer than they may.
    changes.extend(before.into_keys().map(Change::Removed));
    changes.append(&mut present);
    (!changes.is_empty()).then_some(CopChange { seq: now.seq(), changes })
}

/// What a viewer is told of a record. A change in what they are not shown is none.
fn compare(
    record: RecordRef,
    before: Option<CopRecord>,
    after: Option<CopRecord>,
) -> Option<Change> {
    match (before, after) {
        (None, Some(after)) => Some(Change::Added(after)),
        (Some(before), Some(after)) => {
            (!before.looks_like(&after)).then_some(Change::Updated(after))
        }
        (Some(_), None) => Some(Change::Removed(record)),
        (None, None) => None,
    }
}
