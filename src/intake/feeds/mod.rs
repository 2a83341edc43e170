//! Feeds that the hub polls: CAP documents, and Atom or RSS that hold or link to them.
//!
//! One node of the hub polls, the one that holds the lease; when it dies another takes over within
//! [`duty::LEASE_TERM`]. What is fetched twice by that is found to be a duplicate, so nothing is lost and
//! nothing doubled. A feed that fails is tried again ever more rarely and never stops the others.
//!
//! - `again`: links that are asked for again.
//! - [`entries`]: the alerts and links of a feed document.
//! - `fetch`: one document over HTTP, with bounds on everything.
//! - `guard`: where a feed may send the hub, and where not.
//! - `poll`: one feed: what to fetch, what was fetched already.
//! - [`health`]: how each source does.

mod again;
pub mod entries;
mod fetch;
mod guard;
pub mod health;
mod poll;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::Intake;
use crate::hub::duty;
pub use fetch::FetchError;
use health::Health;
pub use health::SourceHealth;

/// Feeds of one hub.
pub const FEEDS_MAX: usize = 1_000;
/// The least that may be configured for a feed of somebody else.
pub const EVERY_MIN: Duration = Duration::from_secs(60);
/// The same for feeds of this machine.
pub const EVERY_MIN_LOOPBACK: Duration = Duration::from_millis(50);
/// The name of the lease.
const LEASE: &str = "feeds";

/// A feed to poll, as it is configured.
#[derive(Clone, Debug)]
pub struct Feed {
    /// A short name; it stands in the log as `feed:NAME`.
    pub name: String,
    /// Where it is: http or https.
    pub url: Url,
    /// The time between two polls.
    pub every: Duration,
}

/// A feed cannot be polled as it is configured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// The address is of another kind.
    #[error("feed `{0}`: its address must begin with http:// or https://")]
    Scheme(String),
    /// Two feeds have one name, or a feed has none.
    #[error("feed `{0}`: give each feed a name of its own")]
    Name(String),
    /// Somebody else's server would be asked too often.
    #[error("feed `{name}`: ask for it every {seconds_min} s or less often")]
    TooOften {
        /// The feed.
        name: String,
        /// The least number of seconds.
        seconds_min: u64,
    },
    /// There are too many.
    #[error("there are {0} feeds and may be {FEEDS_MAX}")]
    TooMany(usize),
}

/// Every mistake in the configuration of feeds.
#[must_use]
pub fn check(feeds: &[Feed]) -> Vec<FeedError> {
    if feeds.len() > FEEDS_MAX {
        return vec![FeedError::TooMany(feeds.len())];
    }
    let mut names = std::collections::HashSet::new();
    let mut mistakes = Vec::new();
    for feed in feeds {
        mistakes.extend(feed.check().err());
        if feed.name.trim().is_empty() || !names.insert(feed.name.as_str()) {
            mistakes.push(FeedError::Name(feed.name.clone()));
        }
    }
    mistakes
}

/// All feeds, and how they do.
pub struct Sources {
    intake: Intake,
    feeds: Vec<(Feed, Arc<Health>)>,
    client: fetch::Client,
}

impl Sources {
    /// Feeds for a pipeline. Nothing is polled before [`Sources::run`].
    ///
    /// # Errors
    /// [`FeedError`] names the feed and the mistake.
    pub fn new(intake: Intake, feeds: Vec<Feed>) -> Result<Self, FeedError> {
        if let Some(mistake) = check(&feeds).into_iter().next() {
            return Err(mistake);
        }
        let with_health = |feed: Feed| {
            let health = Arc::new(Health::new(&feed));
            (feed, health)
        };
        let feeds = feeds.into_iter().map(with_health).collect();
        Ok(Self { intake, feeds, client: fetch::Client::new() })
    }

    /// How each source does, in the order of the configuration.
    #[must_use]
    pub fn health(&self) -> Vec<SourceHealth> {
        self.feeds.iter().map(|(_, health)| health.snapshot()).collect()
    }

    /// Polls whenever this node holds the lease, until it is told to stop.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        if self.feeds.is_empty() {
            return;
        }
        duty::hold(self.intake.hub(), LEASE, &stop, || self.poll_all()).await;
    }

    /// Polls every feed in a task of its own, until it is dropped.
    async fn poll_all(&self) {
        tracing::info!(feeds = self.feeds.len(), "this node polls the feeds");
        let mut polls = JoinSet::new();
        let _polling = self.polling_here();
        for (feed, health) in &self.feeds {
            let poll = poll::Poll::new(
                self.intake.clone(),
                feed.clone(),
                Arc::clone(health),
                self.client.clone(),
            );
            polls.spawn(poll.run());
        }
        // They only end when this is dropped; what a poll had in hand is fetched again by the next
        // holder.
        while polls.join_next().await.is_some() {}
    }

    fn polling_here(&self) -> Polling<'_> {
        self.feeds.iter().for_each(|(_, health)| health.polled_here(true));
        Polling(self)
    }
}

/// That the feeds are polled here, as long as it lives.
struct Polling<'a>(&'a Sources);

impl Drop for Polling<'_> {
    fn drop(&mut self) {
        self.0.feeds.iter().for_each(|(_, health)| health.polled_here(false));
    }
}

impl Feed {
    fn check(&self) -> Result<(), FeedError> {
        if !matches!(self.url.scheme(), "http" | "https") {
            return Err(FeedError::Scheme(self.name.clone()));
        }
        let min = if guard::is_loopback(&self.url) { EVERY_MIN_LOOPBACK } else { EVERY_MIN };
        if self.every < min {
            let (name, seconds_min) = (self.name.clone(), min.as_secs().max(1));
            return Err(FeedError::TooOften { name, seconds_min });
        }
        Ok(())
    }

    /// Its address as people may see it: without credentials, which also stand in queries.
    fn shown_url(&self) -> String {
        shown(&self.url)
    }
}

/// An address without user, password and query.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // Both only fail for addresses without a host, which have no credentials either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.to_string()
}
