//! What is counted about the ways in: messages by what became of them, and how each feed does.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::intake::feeds::Sources;
use crate::intake::tally::Tally;

type Seconds = Family<SourceLabels, Gauge<u64, AtomicU64>>;

/// The numbers as they are told, and where they are taken from when they are asked for.
#[derive(Default)]
pub(super) struct WaysIn {
    taken_from: OnceLock<(Arc<Tally>, Arc<Sources>)>,
    messages: Family<MessageLabels, Counter>,
    dropped: Counter,
    verified: Seconds,
    answered: Seconds,
    failures: Family<SourceLabels, Gauge>,
}

/// The labels of messages that came in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct MessageLabels {
    /// The way in, such as `http`.
    way: &'static str,
    /// What became of it, such as `accepted`.
    outcome: &'static str,
}

/// The label of a feed: there are as many as are configured.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SourceLabels {
    /// The name of the feed.
    source: String,
}

impl WaysIn {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "ingested_messages",
            "Messages by way in and what became of them",
            self.messages.clone(),
        );
        registry.register(
            "quarantine_dropped_documents",
            "Documents that were dropped from the quarantine to make room",
            self.dropped.clone(),
        );
        registry.register(
            "source_verified_age_seconds",
            "Since when no message of a feed that this node polls was verified",
            self.verified.clone(),
        );
        registry.register(
            "source_answer_age_seconds",
            "Since when a feed that this node polls has not answered as it should",
            self.answered.clone(),
        );
        registry.register(
            "source_failures",
            "Polls of a feed that failed in a row",
            self.failures.clone(),
        );
    }

    /// From now on tells of these.
    pub(super) fn take_from(&self, tally: Arc<Tally>, sources: Arc<Sources>) {
        // There is one pipeline in a program; a second one would not be told of.
        drop(self.taken_from.set((tally, sources)));
    }

    /// Brings the numbers to what they are now.
    pub(super) fn update(&self, now: Timestamp) {
        let Some((tally, sources)) = self.taken_from.get() else { return };
        for (way, word, count) in tally.counts() {
            let labels = MessageLabels { way, outcome: word.as_str() };
            self.messages.get_or_create(&labels).inner().store(count, Ordering::Relaxed);
        }
        self.dropped.inner().store(tally.dropped_from_quarantine(), Ordering::Relaxed);
        for health in sources.health() {
            let labels = SourceLabels { source: health.name };
            // The node that polls it tells how it does; others would only tell that they do not.
            let since = |at: Option<Timestamp>| at.filter(|_| health.polled_here);
            set(&self.verified, &labels, now, since(health.last_verified_item_at));
            set(&self.answered, &labels, now, since(health.last_success_at));
            self.failures.get_or_create(&labels).set(health.consecutive_failures.into());
        }
    }
}

fn set(gauges: &Seconds, labels: &SourceLabels, now: Timestamp, since: Option<Timestamp>) {
    match since {
        Some(since) => {
            let seconds = u64::try_from(now.duration_since(since).as_secs()).unwrap_or(0);
            gauges.get_or_create(labels).set(seconds);
        }
        None => drop(gauges.remove(labels)),
    }
}
