//! Telling people: what was intended goes out, and what comes back is recorded.
//!
//! ```text
//!  the World: attempts intended ──> dispatch ──> words ──> a provider of the channel
//!        ^                             │                        │ receipts, replies
//!        │ settled, answered           v                        v
//!        └───────────── commands ── outcomes <────────────── inbox
//! ```
//!
//! Who is told next is a rule of the domain (`domain::message`); here is only the doing of it. One
//! node of a hub does it, the one that holds the lease. What it had in hand when it died is outstanding
//! in the World, and is handed over again under the same key by whoever comes after, marked as
//! possibly repeated.
//!
//! - [`clients`], [`provider`], [`providers`]: clients of channels with their weights, rates and health
//! - [`links`], [`pages`]: the pages on which messages are answered
//! - [`words`]: what is said, by language and channel
//! - [`dispatch`], `handing`, [`outcomes`]: from what is intended to what came of it
//! - [`callbacks`], [`inbox`], `references`, [`replies`]: what providers say, and people write back
//! - [`sandbox`]: a provider for newcomers, whose telephone is a page of the hub

pub mod callbacks;
pub mod clients;
pub mod dispatch;
mod handing;
pub mod inbox;
pub mod links;
pub mod outcomes;
pub mod pages;
pub mod provider;
pub mod providers;
mod references;
pub mod replies;
pub mod sandbox;
pub mod words;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::domain::Principal;
use crate::domain::message::Channel;
use crate::hub::{Hub, duty};
use clients::Clients;
use inbox::Inboxes;
use links::Links;
use outcomes::Outcomes;
use provider::Health;
use providers::{Providers, Readiness};

/// The name of the lease.
const LEASE: &str = "notify";
/// How often it is looked whether a provider is to be out.
const DRILL_EVERY: Duration = Duration::from_millis(250);
/// How long the node may take to put its work down when the hub stops.
const STOP_TIME_MAX: Duration = Duration::from_secs(12);

/// Everything that telling people takes.
pub struct Notify {
    hub: Hub,
    principal: Arc<Principal>,
    clients: Clients,
    inboxes: Inboxes,
    /// Those that this node uses now: none while another node tells people.
    providers: ArcSwap<Providers>,
    /// Whether this node tells people.
    telling: watch::Sender<bool>,
    /// Whether every address was opened, so that whoever is not known is a stranger.
    knows_addresses: AtomicBool,
    /// The hub is going down.
    ending: CancellationToken,
    outcomes: Outcomes,
    links: Links,
    references: references::References,
}

/// That this node tells people: its clients live as long as this.
struct Telling<'a>(&'a Notify);

impl Notify {
    /// Makes it for a hub, with the clients of its providers and the address of its pages.
    #[must_use]
    pub fn new(hub: Hub, links: Links, clients: Clients) -> Arc<Self> {
        Arc::new_cyclic(|this| Self {
            principal: Arc::new(Principal::hub()),
            clients,
            inboxes: Inboxes::new(this.clone()),
            providers: ArcSwap::default(),
            telling: watch::Sender::new(false),
            knows_addresses: AtomicBool::new(false),
            ending: CancellationToken::new(),
            outcomes: Outcomes::default(),
            references: references::References::default(),
            links,
            hub,
        })
    }

    /// Tells people whenever this node holds the lease, until it is told to stop; what is in hand
    /// then may end.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let end = CancellationToken::new();
        let telling = duty::hold(&self.hub, LEASE, &end, || dispatch::run(Arc::clone(&self)));
        let ending = async {
            stop.cancelled().await;
            self.ending.cancel();
            let mut telling = self.telling.subscribe();
            let idle = telling.wait_for(|telling| !telling);
            let _ = tokio::time::timeout(STOP_TIME_MAX, idle).await;
            end.cancel();
        };
        // On every node, for providers call back whichever they reach.
        let writing = self.outcomes.write(&self.hub, &self.principal);
        tokio::select! {
            _ = futures_util::future::join(telling, ending) => {}
            () = writing => {}
        }
        self.outcomes.close();
    }

    /// The providers that this node uses now.
    #[must_use]
    pub fn providers(&self) -> Arc<Providers> {
        self.providers.load_full()
    }

    /// The pages on which messages are answered.
    #[must_use]
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// The hub.
    #[must_use]
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Begins to tell people.
    fn begin(&self) -> Telling<'_> {
        let world = Arc::clone(&self.hub.picture().world);
        self.providers.store(Arc::new(self.clients.start(&self.inboxes, &world)));
        self.telling.send_replace(true);
        Telling(self)
    }

    /// How each configured provider does. Where another node tells people, only what is configured
    /// is known.
    #[must_use]
    pub fn health(&self) -> Vec<Health> {
        if self.is_telling() { self.providers().health() } else { self.clients.unused() }
    }

    /// How long so many messages take at most to be handed over by a channel, by the rates that the
    /// configuration states; zero where it states none.
    #[must_use]
    pub fn handing_time(&self, channel: Channel, count: usize) -> Duration {
        let rate = self.clients.rate(channel);
        // A count of people is far below what a float holds exactly.
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        rate.map_or(Duration::ZERO, |rate| Duration::from_secs_f64(f64::from(count) / rate))
    }

    /// Whether a channel can be used now, as far as this node knows.
    #[must_use]
    pub fn readiness(&self, channel: Channel) -> Readiness {
        if self.is_telling() { self.providers().readiness(channel) } else { Readiness::Ready }
    }

    /// Whether this node tells people.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        *self.telling.borrow()
    }

    /// Until when a provider is out for a drill.
    #[must_use]
    pub fn drilled_out(&self, provider: &str) -> Option<Timestamp> {
        self.hub.picture().world.drilled_out(provider, self.hub.clock().now())
    }

    /// Looks after the providers: asks them for signs of life, and takes out those that are to be.
    async fn watch(&self) {
        let providers = self.providers();
        let drilling = async {
            loop {
                providers.drill(&|name| self.drilled_out(name).is_some());
                tokio::time::sleep(DRILL_EVERY).await;
            }
        };
        tokio::select! {
            () = providers.watch() => {}
            () = drilling => {}
        }
    }
}

impl Telling<'_> {
    fn knows_addresses(&self) {
        self.0.knows_addresses.store(true, Ordering::Relaxed);
    }
}

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        self.0.knows_addresses.store(false, Ordering::Relaxed);
        self.0.providers.store(Arc::default());
        self.0.telling.send_replace(false);
    }
}
