//! The clients of the configured providers.

use std::sync::Arc;

use super::provider::{Provider, Providers, Terms};
use super::sandbox::{Sandbox, Shelf};
use crate::domain::message::Channel;

/// Messages that the sandbox is handed at the same time.
const SANDBOX_AT_ONCE: usize = 64;

/// The sandbox as the provider of every channel.
#[must_use]
pub fn sandbox(shelf: &Arc<Shelf>) -> Providers {
    let of = |channel| {
        let terms = Terms {
            name: "sandbox".to_owned(),
            channel,
            weight: 1,
            per_second: None,
            at_once: SANDBOX_AT_ONCE,
        };
        Provider::new(terms, Sandbox::new(channel, Arc::clone(shelf)))
    };
    Providers::new(Channel::ALL.into_iter().map(of).collect())
}
