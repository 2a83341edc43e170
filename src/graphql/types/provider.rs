//! Who hands messages to people, and how they do.

use async_graphql::SimpleObject;
use jiff::Timestamp;

use super::message::{AttemptFailure, MessageChannel};
use crate::notify::Notify;
use crate::notify::provider::Health;

/// A provider of a channel, and how it does on the node that was asked.
#[derive(SimpleObject)]
pub(crate) struct Provider {
    /// Its name in the configuration.
    name: String,
    /// Its channel.
    channel: MessageChannel,
    /// Its part of the channel's messages, beside the weights of the others.
    weight: u32,
    /// The share of that weight that it has by how it does, from 0 to 1; null where another node
    /// tells people.
    health: Option<f64>,
    /// Whether it is left alone for a while because it failed again and again.
    paused: bool,
    /// Until when it is out for a drill; null when it is not.
    drilled_until: Option<Timestamp>,
    /// Messages that it took since the node began to tell people.
    taken: u64,
    /// Messages that failed with it since then.
    failed: u64,
    /// The last failure; null when there was none since then.
    last_failure: Option<ProviderFailure>,
}

/// What went wrong with a provider last.
#[derive(SimpleObject)]
pub(crate) struct ProviderFailure {
    /// What it meant.
    kind: AttemptFailure,
    /// The provider's code for it.
    code: String,
    /// How many seconds ago.
    seconds_ago: u64,
}

impl Provider {
    /// All of them, in the order of the configuration.
    pub(in crate::graphql) fn all(notify: &Notify) -> Vec<Self> {
        let here = notify.is_telling();
        notify.health().into_iter().map(|health| Self::of(notify, health, here)).collect()
    }

    fn of(notify: &Notify, health: Health, here: bool) -> Self {
        let last_failure = health.last_failure.map(|last| ProviderFailure {
            kind: last.kind.into(),
            code: last.code,
            seconds_ago: last.ago.as_secs(),
        });
        Self {
            drilled_until: notify.drilled_out(&health.name),
            name: health.name,
            channel: health.channel.into(),
            weight: health.weight,
            health: here.then_some(health.share),
            paused: health.paused,
            taken: health.taken,
            failed: health.failed,
            last_failure,
        }
    }

    /// Whether this is its name.
    pub(in crate::graphql) fn is_called(&self, name: &str) -> bool {
        self.name == name
    }
}
