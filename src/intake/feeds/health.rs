//! How a source does: when it last answered, what came from it, what went wrong.

use std::sync::Mutex;

use jiff::Timestamp;
use serde::Serialize;

use super::Feed;
use crate::intake::Outcome;

/// How a source does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceHealth {
    /// The name of the feed.
    pub name: String,
    /// Its address, without credentials and query.
    pub url: String,
    /// Whether this node polls it; another does, or none, when not.
    pub polled_here: bool,
    /// When it last answered as it should, with news or without.
    pub last_success_at: Option<Timestamp>,
    /// When the last message of it was verified, that is decoded and recorded, or known already.
    pub last_verified_item_at: Option<Timestamp>,
    /// What went wrong last, and when; kept after it is over.
    pub last_error: Option<SourceError>,
    /// Polls that failed since the last that did not.
    pub consecutive_failures: u32,
    /// Messages that became signals.
    pub items_accepted: u64,
    /// Messages that were known already.
    pub items_duplicate: u64,
    /// Messages that are in quarantine.
    pub items_quarantined: u64,
}

/// What went wrong with a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceError {
    /// When.
    pub at: Timestamp,
    /// What, in a sentence.
    pub message: String,
}

/// The health of one source, written by its poll and read by the API.
pub(super) struct Health(Mutex<SourceHealth>);

impl Health {
    pub(super) fn new(feed: &Feed) -> Self {
        Self(Mutex::new(SourceHealth {
            name: feed.name.clone(),
            url: feed.shown_url(),
            polled_here: false,
            last_success_at: None,
            last_verified_item_at: None,
            last_error: None,
            consecutive_failures: 0,
            items_accepted: 0,
            items_duplicate: 0,
            items_quarantined: 0,
        }))
    }

    pub(super) fn snapshot(&self) -> SourceHealth {
        self.change(|health| health.clone())
    }

    pub(super) fn polled_here(&self, polled: bool) {
        self.change(|health| health.polled_here = polled);
    }

    pub(super) fn succeeded(&self, now: Timestamp) {
        self.change(|health| {
            health.last_success_at = Some(now);
            health.consecutive_failures = 0;
        });
    }

    /// Notes a failure; tells how many there were in a row.
    pub(super) fn failed(&self, now: Timestamp, message: String) -> u32 {
        self.change(|health| {
            health.last_error = Some(SourceError { at: now, message });
            health.consecutive_failures = health.consecutive_failures.saturating_add(1);
            health.consecutive_failures
        })
    }

    /// Notes what went wrong with one entry.
    pub(super) fn noted(&self, now: Timestamp, message: String) {
        self.change(|health| health.last_error = Some(SourceError { at: now, message }));
    }

    pub(super) fn took(&self, now: Timestamp, outcomes: &[Outcome]) {
        self.change(|health| {
            for outcome in outcomes {
                match outcome {
                    Outcome::Accepted { .. } => health.items_accepted += 1,
                    Outcome::Duplicate { .. } => health.items_duplicate += 1,
                    Outcome::Quarantined { .. } => health.items_quarantined += 1,
                    Outcome::Refused { .. } | Outcome::NotTaken { .. } => continue,
                }
                if !matches!(outcome, Outcome::Quarantined { .. }) {
                    health.last_verified_item_at = Some(now);
                }
            }
        });
    }

    /// The lock is held for a few assignments and never over an await.
    fn change<T>(&self, change: impl FnOnce(&mut SourceHealth) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}
