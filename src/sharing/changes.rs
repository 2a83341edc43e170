//! What changes on a viewer's picture, from a cursor on, without a gap.
//!
//! A change is computed from the record as the viewer saw it before and as the viewer sees it
//! after, never from the event behind it: a record that leaves the filter is removed, one that
//! enters it is added, and what was never visible leaves no trace.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::sync::broadcast;

use super::{CopFilter, CopRecord, View, Viewer};
use crate::domain::{RecordRef, Seq};
use crate::hub::{AsOf, HistoryError, Hub, Step};

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
    viewer: Arc<Viewer>,
    filter: CopFilter,
    steps: broadcast::Receiver<Arc<Step>>,
    /// What was missed before the first step, not yet handed out.
    missed: VecDeque<CopChange>,
    /// The last entry that was taken into account.
    seq: Seq,
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
        let now = View::now(hub, Arc::clone(&viewer));
        let seq = now.seq();
        let mut missed = VecDeque::new();
        if let Some(after) = after.filter(|after| *after != seq) {
            let then = View::at(hub, Arc::clone(&viewer), AsOf::Seq(after)).await?;
            missed.extend(between(&then, &now, &filter));
        }
        Ok(Self { viewer, filter, steps, missed, seq })
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
        let now = View::now(hub, Arc::clone(&viewer));
        let seq = now.seq();
        let Some(after) = after.filter(|after| *after != seq) else {
            return Ok(CopChange { seq, changes: Vec::new() });
        };
        let then = View::at(hub, viewer, AsOf::Seq(after)).await?;
        Ok(between(&then, &now, filter).unwrap_or(CopChange { seq, changes: Vec::new() }))
    }

    /// The last entry that was taken into account.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        self.seq
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
            let resume_after = self.seq;
            let step = self.steps.recv().await.map_err(|error| match error {
                broadcast::error::RecvError::Lagged(_) => ChangesError::TooSlow { resume_after },
                broadcast::error::RecvError::Closed => ChangesError::Stopping { resume_after },
            })?;
            // A step that the World at the start already held.
            if step.after.seq() <= self.seq {
                continue;
            }
            self.seq = step.after.seq();
            if let Some(change) = self.of_step(&step) {
                return Ok(change);
            }
        }
    }

    fn of_step(&self, step: &Step) -> Option<CopChange> {
        let view = |world| View::of_answer(Arc::clone(world), Arc::clone(&self.viewer));
        let (before, after) = (view(&step.before), view(&step.after));
        let changes = step.touched.iter().filter_map(|record| {
            compare(
                *record,
                before.on_cop(*record, &self.filter).is_some(),
                after.on_cop(*record, &self.filter),
            )
        });
        let changes: Vec<_> = changes.collect();
        (!changes.is_empty()).then_some(CopChange { seq: step.after.seq(), changes })
    }
}

/// What changed on the picture between two moments.
fn between(then: &View, now: &View, filter: &CopFilter) -> Option<CopChange> {
    let by_reference = |view: &View| -> BTreeMap<RecordRef, CopRecord> {
        view.cop(filter).records.into_iter().map(|r| (r.reference(), r)).collect()
    };
    let (before, after) = (by_reference(then), by_reference(now));
    let gone = before.keys().filter(|record| !after.contains_key(record));
    let mut changes: Vec<Change> = gone.map(|record| Change::Removed(*record)).collect();
    let since = then.seq();
    for (record, value) in after {
        let was_there = before.contains_key(&record);
        if !was_there || value.changed() > since {
            changes.extend(compare(record, was_there, Some(value)));
        }
    }
    (!changes.is_empty()).then_some(CopChange { seq: now.seq(), changes })
}

fn compare(record: RecordRef, was_there: bool, after: Option<CopRecord>) -> Option<Change> {
    match (was_there, after) {
        (false, Some(after)) => Some(Change::Added(after)),
        (true, Some(after)) => Some(Change::Updated(after)),
        (true, None) => Some(Change::Removed(record)),
        (false, None) => None,
    }
}

impl CopRecord {
    fn changed(&self) -> Seq {
        match self {
            Self::Incident(incident) => incident.changed(),
            Self::Signal(signal) => signal.changed(),
        }
    }
}
