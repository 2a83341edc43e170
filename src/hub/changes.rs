//! What changes on a viewer's picture, from a cursor on, without a gap.
//!
//! A change is computed from the record as the viewer saw it before and as the viewer sees it
//! after, never from the event behind it: a record that leaves the filter is removed, one that
//! enters it is added, and what was never visible leaves no trace.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::sync::watch;

use super::pace::Pace;
use super::{AsOf, HistoryError, Hub};
use crate::domain::{RecordRef, Seq};
use crate::sharing::{CopFilter, CopRecord, Judged, View, Viewer};

/// Up to where somebody was told of the picture: two pictures of a viewer that were told up to the
/// same are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The last entry that is taken into account: the cursor to resume from.
    pub seq: Seq,
    /// By what it was judged, which changes by the clock alone too.
    pub judged: Judged,
}

/// What changed on the picture.
#[derive(Clone)]
pub struct CopChange {
    /// Up to where it is told.
    pub told: Told,
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
    /// The cursor to resume from cannot be reached.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The hub shuts down.
    #[error("the hub is shutting down; resume after the last change that you have")]
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
    advanced: watch::Receiver<()>,
    /// The picture as it was told last.
    told: View,
    pace: Pace,
}

impl Changes {
    /// Follows the picture from now on.
    #[must_use]
    pub fn follow(hub: &Hub, viewer: Arc<Viewer>, filter: CopFilter) -> Self {
        // What wakes is taken first, so that nothing falls between it and the World.
        let advanced = hub.advanced();
        let told = hub.view(&viewer);
        Self { hub: hub.clone(), viewer, filter, advanced, told, pace: Pace::new() }
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
        let Some(after) = after else {
            return Ok(CopChange { told: Told::by(&hub.view(&viewer)), changes: Vec::new() });
        };
        // What was shown then is gone through first, so that no moment falls between the two.
        let then = hub.views_then(&viewer, AsOf::Seq(after)).await?;
        let now = hub.view(&viewer);
        let told = Told::by(&now);
        if then.iter().all(|then| Told::by(then) == told) {
            return Ok(CopChange { told, changes: Vec::new() });
        }
        Ok(CopChange { told, changes: between(&then, &now, filter) })
    }

    /// Up to where was told.
    #[must_use]
    pub fn told(&self) -> Told {
        Told::by(&self.told)
    }

    /// The next change that the viewer may see. Waits for one, and where changes go on and on, for
    /// what can be told with it.
    ///
    /// # Errors
    /// [`ChangesError`] says how to go on.
    pub async fn next(&mut self) -> Result<CopChange, ChangesError> {
        loop {
            self.pace.wait().await;
            let now = tokio::select! {
                advanced = self.advanced.changed() => match advanced {
                    Ok(()) => self.hub.view(&self.viewer),
                    Err(_) => {
                        return Err(ChangesError::Stopping { resume_after: self.told.seq() });
                    }
                },
                // A term of an agreement begins or ends by the clock alone.
                () = self.hub.boundary(&self.told) => self.hub.judged_now(&self.told),
            };
            let changes = self.tell(now);
            if !changes.is_empty() {
                self.pace.note();
                return Ok(CopChange { told: self.told(), changes });
            }
        }
    }

    /// What changed until a later picture. All that happened meanwhile is one change, so that a
    /// follower gets behind by a moment when much happens, and not by more and more.
    fn tell(&mut self, now: View) -> Vec<Change> {
        let touched = self.hub.touched_between(&self.told, &now);
        let before = std::mem::replace(&mut self.told, now);
        match touched {
            Some(touched) => by_steps(&before, &self.told, &touched, &self.filter),
            None => between(&[before], &self.told, &self.filter),
        }
    }
}

impl Told {
    /// Up to where somebody is told who is shown this.
    #[must_use]
    pub fn by(view: &View) -> Self {
        Self { seq: view.seq(), judged: view.judged() }
    }
}

/// What changed on the picture by steps that changed these records.
pub(super) fn by_steps(
    before: &View,
    after: &View,
    touched: &BTreeSet<RecordRef>,
    filter: &CopFilter,
) -> Vec<Change> {
    // Who is shown what has changed: any record may have come or gone.
    if !after.is_judged_like(before) {
        return between(std::slice::from_ref(before), after, filter);
    }
    let changes = with_beside(before, after, touched.iter().copied()).into_iter();
    let changes = changes.filter_map(|record| of_record(before, after, record, filter));
    let (mut gone, present): (Vec<_>, Vec<_>) =
        changes.partition(|change| matches!(change, Change::Removed(_)));
    gone.extend(present);
    gone
}

/// Whether a viewer's whole picture looks different, where nothing but these records changed; they
/// are not known when absent.
pub(super) fn looks_different(
    before: &View,
    after: &View,
    touched: Option<&BTreeSet<RecordRef>>,
) -> bool {
    let filter = CopFilter::default();
    match touched {
        None => !between(std::slice::from_ref(before), after, &filter).is_empty(),
        Some(touched) => with_beside(before, after, touched.iter().copied())
            .into_iter()
            .any(|record| of_record(before, after, record, &filter).is_some()),
    }
}

/// Records that changed with those that may look different for it, each once.
fn with_beside(
    before: &View,
    after: &View,
    touched: impl Iterator<Item = RecordRef> + Clone,
) -> BTreeSet<RecordRef> {
    let beside = touched.clone().flat_map(|record| after.beside(record, before));
    touched.chain(beside).collect()
}

fn of_record(before: &View, after: &View, record: RecordRef, filter: &CopFilter) -> Option<Change> {
    let on = |view: &View| view.on_cop(record, filter);
    compare(record, on(before), on(after))
}

/// What changed on the picture, for one who was shown any of the pictures before.
fn between(then: &[View], now: &View, filter: &CopFilter) -> Vec<Change> {
    let mut before: BTreeMap<RecordRef, Vec<CopRecord>> = BTreeMap::new();
    for record in then.iter().flat_map(|view| view.cop(filter).records) {
        before.entry(record.reference()).or_default().push(record);
    }
    let mut present = Vec::new();
    for after in now.cop(filter).records {
        let record = after.reference();
        let before = before.remove(&record).unwrap_or_default();
        let same = before.iter().all(|before| before.looks_like(&after));
        // Who may not have it gets it, whether or not they had it for a while.
        match before.len() == then.len() {
            false => present.push(Change::Added(after)),
            true if same => {}
            true => present.push(Change::Updated(after)),
        }
    }
    // What is gone comes first, so that nobody looks longer than they may.
    before.into_keys().map(Change::Removed).chain(present).collect()
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
