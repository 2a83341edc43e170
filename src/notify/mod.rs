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
//! - [`clients`], [`provider`]: clients of channels with their weights, rates and health
//! - [`links`], [`pages`]: the pages on which messages are answered
//! - [`words`]: what is said, by language and channel
//! - [`dispatch`]: from what is intended to what came of it
//! - [`replies`], [`inbox`]: what people write back
//! - [`sandbox`]: a provider for newcomers, whose telephone is a page of the hub

pub mod clients;
pub mod dispatch;
pub mod inbox;
pub mod links;
pub mod outcomes;
pub mod pages;
pub mod provider;
pub mod replies;
pub mod sandbox;
pub mod words;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::domain::Principal;
use crate::hub::{Hub, duty};
use inbox::Inboxes;
use links::Links;
use outcomes::Outcomes;
use provider::Providers;

/// The name of the lease.
const LEASE: &str = "notify";

/// Everything that telling people takes.
pub struct Notify {
    hub: Hub,
    principal: Arc<Principal>,
    providers: Providers,
    outcomes: Outcomes,
    links: Links,
    references: inbox::References,
}

impl Notify {
    /// Makes it for a hub, with the providers of its channels and the address of its answer pages.
    /// Clients that hear things later are made with the inboxes.
    #[must_use]
    pub fn new(hub: Hub, links: Links, providers: impl FnOnce(&Inboxes) -> Providers) -> Arc<Self> {
        Arc::new_cyclic(|this| Self {
            principal: Arc::new(Principal::hub()),
            outcomes: Outcomes::default(),
            references: inbox::References::default(),
            providers: providers(&Inboxes::new(this.clone())),
            links,
            hub,
        })
    }

    /// Tells people whenever this node holds the lease, until it is told to stop.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        duty::hold(&self.hub, LEASE, &stop, || dispatch::run(Arc::clone(&self))).await;
    }

    /// The providers.
    #[must_use]
    pub fn providers(&self) -> &Providers {
        &self.providers
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
}
