//! One feed: what to fetch, and what was fetched already.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use tokio::time::Instant;
use url::Url;

use super::again::{Again, Found, Version};
use super::entries::{self, Contents, Item, Link};
use super::fetch::{Client, FetchError, Fetched, Validators};
use super::health::Health;
use super::{Feed, shown};
use crate::domain::Principal;
use crate::hub::Clock;
use crate::intake::{DOCUMENT_BYTES_MAX, Document, Intake, Outcome, sha256};

/// Bytes of a feed document.
const FEED_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Alerts of one feed that are fetched and taken at once.
const ITEMS_IN_FLIGHT: usize = 4;
/// The longest time between two tries of a feed that fails.
const BACKOFF_MAX: Duration = Duration::from_secs(300);
/// How long to go on trying what the hub cannot take before the next poll does.
const PATIENCE: Duration = Duration::from_secs(5);

/// The polling of one feed.
pub(super) struct Poll {
    intake: Intake,
    feed: Feed,
    health: Arc<Health>,
    client: Client,
    principal: Arc<Principal>,
    /// The version that was taken to its last entry.
    taken: Validators,
    /// What of the current feed document need not be fetched again. Only entries that still stand
    /// in it are remembered, so it does not grow.
    seen: HashSet<Seen>,
    /// What of it is fetched again all the same.
    again: Again,
}

/// An entry that was dealt with: an embedded alert by its digest, a linked one by its address and
/// the time of its entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Seen {
    Embedded([u8; 32]),
    Linked(Url, String),
}

/// What became of an entry.
enum Done {
    /// Whether the hub has the alert that was embedded.
    Embedded(bool),
    /// What was behind the link.
    Linked(Box<(Link, Found)>),
}

impl Poll {
    pub(super) fn new(intake: Intake, feed: Feed, health: Arc<Health>, client: Client) -> Self {
        let principal = Arc::new(Principal::hub());
        let (taken, seen, again) = Default::default();
        Self { intake, feed, health, client, principal, taken, seen, again }
    }

    /// Polls for ever.
    pub(super) async fn run(mut self) {
        loop {
            let wait = match self.once().await {
                Ok(()) => {
                    self.health.succeeded(self.clock().now());
                    self.feed.every
                }
                Err(error) => self.failed(&error),
            };
            // Feeds that were started together, or failed together, do not stay in step.
            tokio::time::sleep(wait.mul_f64(0.9 + 0.2 * chance(self.clock()))).await;
        }
    }

    /// Notes a failure; tells how long to leave the feed alone.
    fn failed(&self, error: &PollError) -> Duration {
        let failures = self.health.failed(self.clock().now(), error.to_string());
        tracing::warn!(feed = self.feed.name, failures, %error, "a feed cannot be polled");
        let doubled = self.feed.every.saturating_mul(1 << failures.saturating_sub(1).min(16));
        let backoff = doubled.min(BACKOFF_MAX.max(self.feed.every));
        error.retry_after().map_or(backoff, |asked| asked.max(backoff))
    }

    async fn once(&mut self) -> Result<(), PollError> {
        let url = self.feed.url.clone();
        let fetched = self.client.fetch(&self.feed.url, url, &self.taken, FEED_BYTES_MAX).await?;
        if let Fetched::Document { bytes, url, validators } = fetched {
            self.take_contents(bytes, url, validators).await?;
        }
        self.visit_again().await;
        Ok(())
    }

    async fn take_contents(
        &mut self,
        bytes: Vec<u8>,
        url: Url,
        validators: Validators,
    ) -> Result<(), PollError> {
        let (bytes, base) = (Arc::new(bytes), url.clone());
        let to_read = Arc::clone(&bytes);
        let contents = tokio::task::spawn_blocking(move || entries::read(&to_read, &base)).await;
        let contents = contents.map_err(|error| PollError::Unreadable(error.to_string()))?;
        let complete = match contents {
            Ok(Contents::Feed(feed)) => self.take_feed(feed).await,
            Ok(Contents::Other(_)) | Err(_) if entries::may_hold_cap(&bytes) => {
                self.take_bytes(Arc::unwrap_or_clone(bytes), &url).await
            }
            // A page for people in place of the feed is the server's trouble, not a message.
            Ok(Contents::Other(root)) => return Err(PollError::NoFeed(root)),
            Err(message) => return Err(PollError::Unreadable(message)),
        };
        // As long as something is left to do, the server must not answer that nothing changed.
        self.taken = if complete { validators } else { Validators::default() };
        Ok(())
    }

    /// Takes what is new in a feed; tells whether nothing is left to be tried again.
    async fn take_feed(&mut self, feed: entries::Feed) -> bool {
        if let Some(first) = feed.skipped.first() {
            let (name, entries) = (&self.feed.name, feed.skipped.len());
            tracing::info!(feed = name, entries, first, "entries of a feed were skipped");
        }
        let unique: HashMap<Seen, Item> =
            feed.items.into_iter().map(|item| (Seen::of(&item), item)).collect();
        let (known, new): (Vec<_>, Vec<_>) =
            unique.into_iter().partition(|(seen, _)| self.seen.contains(seen));
        let done: Vec<(Seen, Done)> = stream::iter(new)
            .map(|(seen, item)| async { (seen, self.take_item(item).await) })
            .buffer_unordered(ITEMS_IN_FLIGHT)
            .collect()
            .await;
        self.seen = known.into_iter().map(|(seen, _)| seen).collect();
        let mut complete = true;
        for (seen, done) in done {
            let dealt_with = match done {
                Done::Embedded(taken) => taken,
                Done::Linked(linked) => {
                    let (link, found) = *linked;
                    self.again.note(seen.clone(), link, found, self.feed.every)
                }
            };
            complete &= dealt_with;
            self.seen.extend(dealt_with.then_some(seen));
        }
        self.again.retain(|seen| self.seen.contains(seen));
        complete
    }

    async fn take_item(&self, item: Item) -> Done {
        match item {
            Item::Embedded(bytes) => Done::Embedded(self.take_bytes(bytes, &self.feed.url).await),
            Item::Linked(link) => {
                let found = self.take_link(&link, &Version::default()).await;
                Done::Linked(Box::new((link, found)))
            }
        }
    }

    /// Asks again for what may be there now, or be another version.
    async fn visit_again(&mut self) {
        let poll = &*self;
        let visited: Vec<_> = stream::iter(poll.again.due(Instant::now()))
            .map(|(seen, link, known)| async move {
                let found = poll.take_link(&link, &known).await;
                (seen, link, found)
            })
            .buffer_unordered(ITEMS_IN_FLIGHT)
            .collect()
            .await;
        for (seen, link, found) in visited {
            self.again.note(seen, link, found, self.feed.every);
        }
    }

    /// Fetches and takes what is behind a link, if it is not what is known.
    async fn take_link(&self, link: &Link, known: &Version) -> Found {
        let feed = &self.feed.url;
        let (url, validators) = (link.url.clone(), &known.validators);
        let fetched = self.client.fetch(feed, url, validators, DOCUMENT_BYTES_MAX).await;
        let (bytes, url, validators) = match fetched {
            Ok(Fetched::Unchanged) => return Found::Unchanged,
            Ok(Fetched::Document { bytes, url, validators }) => (bytes, url, validators),
            Err(error) => {
                self.note(error.to_string());
                return match error {
                    error if error.is_missing() => Found::Missing,
                    error if error.is_permanent() => Found::Nothing,
                    _ => Found::NotYet,
                };
            }
        };
        let version = Version { validators, digest: Some(sha256(&bytes)) };
        if version.digest == known.digest {
            return Found::There(version);
        }
        if !link.sure && !entries::may_hold_cap(&bytes) {
            self.note(format!("`{}` is no CAP document", shown(&url)));
            return Found::There(version);
        }
        if self.take_bytes(bytes, &url).await { Found::There(version) } else { Found::NotYet }
    }

    /// Takes a document; tells whether the hub has all of it.
    async fn take_bytes(&self, bytes: Vec<u8>, url: &Url) -> bool {
        let source = format!("feed:{}", self.feed.name);
        let document = Document { bytes, name: shown(url), source };
        let outcomes = self.intake.take_within(&self.principal, document, PATIENCE).await;
        self.health.took(self.clock().now(), &outcomes);
        for outcome in &outcomes {
            if let Some(error) = outcome.error() {
                self.note(format!("`{}`: {error}", shown(url)));
            }
        }
        !outcomes.iter().any(|outcome| matches!(outcome, Outcome::NotTaken { .. }))
    }

    /// Notes what went wrong with one entry, which does not make the poll a failure.
    fn note(&self, message: String) {
        tracing::warn!(feed = self.feed.name, message, "an entry of a feed was not taken");
        self.health.noted(self.clock().now(), message);
    }

    fn clock(&self) -> &Clock {
        self.intake.hub().clock()
    }
}

impl Seen {
    fn of(item: &Item) -> Self {
        match item {
            Item::Linked(link) => Self::Linked(link.url.clone(), link.updated.clone()),
            Item::Embedded(bytes) => Self::Embedded(sha256(bytes)),
        }
    }
}

/// A feed could not be polled.
#[derive(Debug, thiserror::Error)]
enum PollError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("the document cannot be read: {0}")]
    Unreadable(String),
    #[error("the document is neither a feed nor CAP; its root element is `{0}`")]
    NoFeed(String),
}

impl PollError {
    /// How long the server asked to be left alone.
    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Fetch(FetchError::Status { retry_after, .. }) => *retry_after,
            Self::Fetch(_) | Self::Unreadable(_) | Self::NoFeed(_) => None,
        }
    }
}

/// A number from 0 to 1 by chance.
fn chance(clock: &Clock) -> f64 {
    // The last four bytes of a new id are random.
    let [.., a, b, c, d] = *clock.new_id().as_bytes();
    f64::from(u32::from_be_bytes([a, b, c, d])) / f64::from(u32::MAX)
}
