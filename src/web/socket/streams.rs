//! Live subscriptions, each executed once for all who ask the same.
//!
//! A subscriber first has a place in the shared stream, then its own catch-up is computed up to
//! some log entry and by some policies, then it takes from the shared stream what is after that.
//! As every event tells up to where it goes, nothing is missed and nothing comes twice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use async_graphql::Response;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::domain::Principal;
use crate::graphql::Progress;
use crate::hub::{Position, Told};
use crate::sharing::Viewer;
use crate::web::AppState;
use crate::web::graphql::{Outcome, coded, failure, members, put_codes};
use crate::web::limits::EVENTS_KEPT;

/// What makes two subscriptions the same.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Followed {
    /// Who looks.
    pub(super) viewer: Arc<Viewer>,
    /// The principal, where events depend on it.
    pub(super) principal: Option<Arc<Principal>>,
    /// SHA-256 of document, operation and variables without the cursor.
    pub(super) digest: [u8; 32],
}

/// One event, serialized.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// Up to where it tells; absent when it failed before there was anything to tell.
    pub(super) told: Option<Told>,
    /// The payload of a `next` message; that of an `error` message when it is the last one.
    pub(super) payload: Arc<str>,
    /// Whether the subscription ends with it, because it failed.
    pub(super) failed: bool,
}

/// The live streams that have subscribers.
#[derive(Default)]
pub(super) struct Streams {
    /// The lock is held for a look-up or an insertion.
    live: Mutex<HashMap<Followed, Weak<SharedStream>>>,
}

/// One execution with any number of subscribers. It ends with the last of them.
pub(super) struct SharedStream {
    events: broadcast::Sender<Event>,
    progress: watch::Receiver<Option<Told>>,
    _ends_with_last: DropGuard,
}

impl Streams {
    /// The stream that others follow already, or a new one.
    ///
    /// `execute` is given what the execution tells its progress by.
    pub(super) fn join(
        &self,
        followed: Followed,
        execute: impl FnOnce(Progress) -> BoxStream<'static, Response>,
    ) -> Arc<SharedStream> {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        let there = live.get(&followed).and_then(Weak::upgrade);
        if let Some(stream) = there.filter(|stream| !stream.events_ended()) {
            return stream;
        }
        live.retain(|_, stream| stream.strong_count() > 0);
        let stream = Arc::new(SharedStream::start(execute));
        live.insert(followed, Arc::downgrade(&stream));
        stream
    }
}

impl SharedStream {
    fn start(execute: impl FnOnce(Progress) -> BoxStream<'static, Response>) -> Self {
        let (events, _) = broadcast::channel(EVENTS_KEPT);
        let (progress, seen) = watch::channel(None);
        let end = CancellationToken::new();
        let responses = execute(progress);
        tokio::spawn(end.clone().run_until_cancelled_owned(publish(
            responses,
            seen.clone(),
            events.clone(),
        )));
        Self { events, progress: seen, _ends_with_last: end.drop_guard() }
    }

    /// A place in the stream: all events from now on.
    pub(super) fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Waits until every later change of the picture becomes an event, or until the execution has
    /// failed.
    pub(super) async fn started(&self) {
        let mut progress = self.progress.clone();
        // An error means that it failed; the subscriber's own execution will tell how.
        drop(progress.wait_for(Option::is_some).await);
    }

    /// Whether the execution has ended, so that nobody may join any more.
    fn events_ended(&self) -> bool {
        self.progress.has_changed().is_err()
    }
}

/// Serializes each event once and gives it to all subscribers.
async fn publish(
    mut responses: BoxStream<'static, Response>,
    progress: watch::Receiver<Option<Told>>,
    events: broadcast::Sender<Event>,
) {
    while let Some(mut response) = responses.next().await {
        put_codes(&mut response);
        // The next event is not computed before this one was taken, so the progress is this one's.
        let told = *progress.borrow();
        let event = Event::of(&response, told);
        let failed = event.failed;
        // Nobody listening is not an error: the last one has just left.
        drop(events.send(event));
        if failed {
            return;
        }
    }
}

impl Event {
    /// Serializes one response of a subscription.
    pub(super) fn of(response: &Response, told: Option<Told>) -> Self {
        let failed = !response.errors.is_empty() && is_nothing(&response.data);
        let payload = if failed {
            serde_json::to_string(&response.errors).unwrap_or_else(|_| "[]".to_owned())
        } else {
            let members = members(response, Outcome::Executed);
            let members = String::from_utf8(members).unwrap_or_default();
            format!("{{{members}}}")
        };
        Self { told, payload: payload.into(), failed }
    }

    /// The only event of a subscriber for whom there is nothing to follow.
    pub(super) fn not_started(app: &AppState) -> Self {
        let error = coded("NOT_STARTED", "the subscription gave nothing".to_owned());
        let failed = failure(app, Outcome::Invalid, error);
        let payload = String::from_utf8_lossy(failed.errors()).as_ref().into();
        Self { told: None, payload, failed: true }
    }

    /// The last event of a subscriber that was too slow.
    pub(super) fn too_slow(resume_after: &Position) -> Self {
        let errors = serde_json::json!([{
            "message": "changes came faster than you took them; subscribe again after `resumeAfter`",
            "extensions": { "code": "TOO_SLOW", "resumeAfter": resume_after.as_str() },
        }]);
        Self { told: None, payload: errors.to_string().into(), failed: true }
    }

    /// Whether it is for one who was told so far; none when it can only be understood by one who
    /// was told less.
    pub(super) fn is_after(&self, seen: Told) -> Option<bool> {
        let Some(told) = self.told.filter(|told| told.seq <= seen.seq) else { return Some(true) };
        // By the clock, or by policies that came while the entry waited, things vanish without a
        // new entry.
        match (told.judged > seen.judged, told.seq == seen.seq) {
            (false, _) => Some(false),
            (true, true) => Some(true),
            (true, false) => None,
        }
    }
}

fn is_nothing(data: &async_graphql::Value) -> bool {
    match data {
        async_graphql::Value::Null => true,
        async_graphql::Value::Object(fields) => {
            fields.values().all(|value| *value == async_graphql::Value::Null)
        }
        _ => false,
    }
}
