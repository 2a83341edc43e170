//! How the store does: whether it answers, and whether it takes what is written.
//!
//! The two are kept apart. A store on a full disk answers every question, and would look well again
//! with the next answer although nothing can be saved. So only a write that succeeded says that
//! writing is possible, and while none does the hub tries one by itself: where nobody asks, because a
//! probe took the node out of use, no command would come that could find out.

use std::sync::atomic::Ordering;

use jiff::Timestamp;
use tokio::sync::watch;

use super::{Hub, Shared, SubmitError};
use crate::log::LogError;

/// How the store does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoreHealth {
    /// Since when it has not answered; none while it does.
    pub stale_since: Option<Timestamp>,
    /// Since when nothing could be written; none while it can.
    pub unwritable: Option<Unwritable>,
}

/// Nothing can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritable {
    /// Since when.
    pub since: Timestamp,
    /// Why, in words that strangers may read.
    pub why: &'static str,
}

impl StoreHealth {
    /// Whether it answers and can be written.
    #[must_use]
    pub const fn is_well(&self) -> bool {
        self.stale_since.is_none() && self.unwritable.is_none()
    }

    /// What a caller who wants something written is told; none while all is well.
    fn refusal(&self) -> Option<SubmitError> {
        let stale = self.stale_since.map(|since| SubmitError::StoreUnavailable { since });
        stale.or(self.unwritable.map(|Unwritable { why, .. }| SubmitError::StoreUnwritable { why }))
    }
}

impl Hub {
    /// Since when the store has not answered; none while it does.
    #[must_use]
    pub fn stale_since(&self) -> Option<Timestamp> {
        self.shared.stale_since()
    }

    /// Since when and why nothing can be written; none while it can.
    #[must_use]
    pub fn unwritable(&self) -> Option<Unwritable> {
        self.shared.health.borrow().unwritable
    }

    /// How the store does, to wait on.
    #[must_use]
    pub fn store_health(&self) -> watch::Receiver<StoreHealth> {
        self.shared.health.subscribe()
    }

    /// What the caller is told for whom something beside the log could not be kept.
    #[must_use]
    pub fn not_kept(&self, error: &LogError) -> SubmitError {
        let known = self.shared.health.borrow().refusal();
        known.unwrap_or_else(|| SubmitError::StoreUnwritable { why: error.why_unwritable() })
    }
}

impl Shared {
    pub(super) fn stale_since(&self) -> Option<Timestamp> {
        self.health.borrow().stale_since
    }

    /// What a caller is told while the store is away or cannot be written; none while all is well.
    pub(super) fn refusal(&self) -> Option<SubmitError> {
        self.health.borrow().refusal()
    }

    /// The same for one whose command has just failed.
    pub(super) fn unavailable(&self) -> SubmitError {
        let since = self.clock.now();
        self.refusal().unwrap_or(SubmitError::StoreUnavailable { since })
    }

    /// Notes that the store did not answer; the first such time counts.
    pub(super) fn store_failed(&self, error: &dyn std::error::Error) {
        let now = self.clock.now();
        let first = self.health.send_if_modified(|health| {
            let first = health.stale_since.is_none();
            health.stale_since.get_or_insert(now);
            first
        });
        if first {
            tracing::error!(%error, "the store does not answer; reads go on, writes are refused");
        }
    }

    /// Notes that a question failed which was put when the store had answered so often. If it has
    /// answered another since, the failure is old news.
    pub(super) fn store_failed_since(&self, answers: u64, error: &dyn std::error::Error) {
        if self.answers() == answers {
            self.store_failed(error);
        }
    }

    /// How often the store was found to answer.
    pub(super) fn answers(&self) -> u64 {
        self.answers.load(Ordering::Acquire)
    }

    /// Notes that the store answered.
    pub(super) fn store_answered(&self) {
        self.answers.fetch_add(1, Ordering::AcqRel);
        if self.health.send_if_modified(|health| health.stale_since.take().is_some()) {
            tracing::info!("the store answers again");
        }
    }

    /// Notes that nothing could be written; the first such time counts, and the last reason.
    pub(super) fn write_failed(&self, error: &LogError) {
        if matches!(error, LogError::Unreachable(_) | LogError::Gone(_)) {
            self.store_failed(error);
        }
        let (now, why) = (self.clock.now(), error.why_unwritable());
        let mut first = false;
        self.health.send_if_modified(|health| {
            let before = health.unwritable;
            first = before.is_none();
            let since = before.map_or(now, |before| before.since);
            health.unwritable = Some(Unwritable { since, why });
            health.unwritable != before
        });
        if first {
            tracing::error!(%error, "the store cannot write; reads go on, writes are refused");
        }
    }

    /// Notes that something was written.
    pub(super) fn written(&self) {
        // Asked first, because this is so after every batch and almost never changes anything.
        if self.health.borrow().unwritable.is_some() {
            self.health.send_modify(|health| health.unwritable = None);
            tracing::info!("the store can be written again");
        }
    }
}
