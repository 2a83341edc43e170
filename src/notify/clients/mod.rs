//! The clients of the configured providers.
//!
//! ```toml
//! [[provider]]
//! name = "relay-1"
//! channel = "email"
//! weight = 3
//! [provider.settings]
//! host = "relay.county.example"
//! from = "County Alerts <alerts@county.example>"
//! user = "muster"
//! password_file = "/etc/muster/relay-1.password"
//! ```
//!
//! - `entry`: a provider as it is written, and the files that its settings name
//! - `build`: from there to a client
//!
//! Clients that keep a connection begin when this node takes up the duty of telling people, and end
//! when it loses it: two nodes with one name would throw each other out at the provider.

mod build;
mod entry;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use muster_contract::Secret;
use muster_contract::channel as contract;
use muster_mqtt::ClientConfig;
use muster_sms::http::Gateway;
use muster_sms::smpp::SmppSettings;
use muster_voice::Callbacks;

use super::inbox::Inboxes;
use super::provider::{Health, Provider, Terms};
use super::providers::Providers;
use super::sandbox::{Sandbox, Shelf};
use crate::domain::World;
use crate::domain::message::{AttemptState, Channel};
use crate::hub::Clock;
use crate::identity::Site;
use build::{Built, build};
pub use entry::{Entry, Kind};

/// Messages that the sandbox is handed at the same time.
const SANDBOX_AT_ONCE: usize = 64;

/// Every provider with what it takes to begin.
pub struct Clients {
    clock: Clock,
    of: Vec<Configured>,
}

/// One of them.
struct Configured {
    terms: Terms,
    client: Client,
    callback: Option<Callback>,
}

/// What it takes to make a client.
enum Client {
    /// It keeps no connection to begin with.
    Ready(Arc<dyn contract::Channel>),
    /// One that is bound to a message centre.
    Smpp(Box<SmppSettings>),
    /// One that is connected to a broker.
    Mqtt(Box<muster_mqtt::Settings>, Option<Arc<ClientConfig>>),
}

/// How a provider's calls to the hub are read.
#[derive(Clone)]
pub(super) enum Callback {
    /// Receipts and replies of short messages.
    Gateway(Arc<Gateway>),
    /// What became of calls, and keys that were pressed.
    Voice(Arc<Callbacks>, Arc<muster_voice::Settings>),
    /// Mails that came back, handed on by the mail server with this secret.
    Bounces {
        /// What whoever hands them on has to know.
        secret: Secret,
        /// What our Message-IDs end in.
        domain: String,
    },
}

impl Clients {
    /// Makes the clients that the configuration says, for a hub with this address. None of them
    /// connects yet.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place.
    pub fn build(entries: &[Entry], site: &Site, clock: &Clock) -> Result<Self, Vec<String>> {
        let mut wrong = Vec::new();
        if entries.len() > entry::ENTRIES_MAX {
            wrong.push(format!("`provider`: there may be {} of them", entry::ENTRIES_MAX));
        }
        let mut of = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            let place = format!("provider[{number}] ({})", entry.name);
            if entries.iter().take(number).any(|other| other.name == entry.name) {
                wrong.push(format!("`{place}`: another one has this name"));
            }
            let address = site.page(&format!("provider/{}", entry.name));
            match build(entry, address.as_str(), clock) {
                Ok(Built { client, callback, at_once }) => {
                    let terms = Terms {
                        name: entry.name.clone(),
                        channel: entry.channel,
                        weight: entry.weight,
                        per_second: entry.per_second,
                        at_once,
                    };
                    of.push(Configured { terms, client, callback });
                }
                Err(mistakes) => wrong.extend(mistakes.iter().map(|m| format!("`{place}`: {m}"))),
            }
        }
        if wrong.is_empty() { Ok(Self { clock: clock.clone(), of }) } else { Err(wrong) }
    }

    /// The sandbox as the provider of every channel.
    #[must_use]
    pub fn sandbox(shelf: &Arc<Shelf>, clock: &Clock) -> Self {
        let of = |channel| {
            let terms = Terms {
                name: "sandbox".to_owned(),
                channel,
                weight: 1,
                per_second: None,
                at_once: SANDBOX_AT_ONCE,
            };
            let client = Client::Ready(Sandbox::new(channel, Arc::clone(shelf)));
            Configured { terms, client, callback: None }
        };
        Self { clock: clock.clone(), of: Channel::ALL.into_iter().map(of).collect() }
    }

    /// Clients that a test made.
    #[must_use]
    pub fn ready(
        clock: &Clock,
        of: impl IntoIterator<Item = (Terms, Arc<dyn contract::Channel>)>,
    ) -> Self {
        let configured =
            |(terms, client)| Configured { terms, client: Client::Ready(client), callback: None };
        Self { clock: clock.clone(), of: of.into_iter().map(configured).collect() }
    }

    /// Begins, with the inboxes for what the providers say, and the picture of what they took before.
    pub(super) fn start(&self, inboxes: &Inboxes, world: &World) -> Providers {
        let started = self.of.iter().filter_map(|Configured { terms, client, .. }| {
            let inbox = inboxes.of(&terms.name, terms.channel);
            let references = || references_of_parts(world, &terms.name);
            match client.start(&inbox, references, &self.clock) {
                Ok(client) => Some(Provider::new(terms.clone(), client)),
                Err(error) => {
                    // It was checked before the hub began.
                    tracing::error!(provider = %terms.name, %error, "a provider cannot be used");
                    None
                }
            }
        });
        Providers::new(started.collect())
    }

    /// What is known of each while none of them is in use here.
    pub(super) fn unused(&self) -> Vec<Health> {
        self.of.iter().map(|of| Health::unused(&of.terms)).collect()
    }

    /// Messages a second that the providers of a channel take together; none where one of them has no
    /// limit, or there is none.
    pub(super) fn rate(&self, channel: Channel) -> Option<f64> {
        let of = self.of.iter().filter(|of| of.terms.channel == channel);
        let rates: Option<Vec<f64>> = of.map(|of| of.terms.per_second).collect();
        rates.map(|rates| rates.iter().sum()).filter(|rate| *rate > 0.0)
    }

    /// How a provider's calls to the hub are read; none where there is no such provider, or it does
    /// not call.
    pub(super) fn callback(&self, name: &str) -> Option<(&Callback, Channel)> {
        let of = self.of.iter().find(|of| of.terms.name == name)?;
        Some((of.callback.as_ref()?, of.terms.channel))
    }
}

/// The references of messages of several parts that a provider took and said no more of.
fn references_of_parts(world: &World, provider: &str) -> Vec<String> {
    let runs = world.messages().filter_map(|message| message.run.as_ref());
    let attempts = runs.flat_map(|run| run.deliveries.values()).flat_map(|d| d.attempts.iter());
    let waits = attempts.filter(|attempt| {
        attempt.state == AttemptState::Accepted && attempt.provider.as_deref() == Some(provider)
    });
    let references = waits.filter_map(|attempt| attempt.reference.clone());
    references.filter(|reference| reference.contains(',')).collect()
}
