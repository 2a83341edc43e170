//! What a caller of the hub gets.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::{RecordRef, Refusal, Seq, World};

/// A command was carried out, now or before under the same idempotency key, and is durable.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The record that it was about.
    pub subject: RecordRef,
    /// A World in which it is carried out.
    pub world: Arc<World>,
    /// The last entry that was written for it; the head if nothing had to be written.
    pub seq: Seq,
    /// Whether nothing had to be written: everything was already as asked.
    pub unchanged: bool,
}

/// A command was not carried out.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SubmitError {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Too many commands wait.
    #[error("the hub has more to do than it can; nothing was done, try again in a moment")]
    Overloaded,
    /// The store does not answer, so nothing can be made durable.
    #[error("the store has not answered since {since}; nothing was done, reading goes on")]
    StoreUnavailable {
        /// Since when.
        since: Timestamp,
    },
    /// The store answers but takes nothing, so nothing can be made durable.
    #[error("the store cannot write: {why}; nothing was done, reading goes on")]
    StoreUnwritable {
        /// Why.
        why: &'static str,
    },
    /// It is not known whether the command was carried out.
    #[error("the store broke off while saving; repeat the request with the same idempotency key")]
    InDoubt,
    /// The command leads to more than one append may hold.
    #[error("the command is too large to be saved: {0}")]
    TooLarge(String),
    /// The hub is shutting down.
    #[error("the hub is shutting down; nothing was done, try another node or try again later")]
    Stopping,
}

impl SubmitError {
    /// How long to wait before trying again, where that can help.
    #[must_use]
    pub const fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Overloaded => Some(250),
            Self::StoreUnavailable { .. } | Self::StoreUnwritable { .. } | Self::InDoubt => {
                Some(2_000)
            }
            Self::Stopping => Some(5_000),
            Self::Refused(_) | Self::TooLarge(_) => None,
        }
    }

    /// The name of the error for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Overloaded => "OVERLOADED",
            Self::StoreUnavailable { .. } | Self::StoreUnwritable { .. } => "STORE_UNAVAILABLE",
            Self::InDoubt => "IN_DOUBT",
            Self::TooLarge(_) => "TOO_LARGE",
            Self::Stopping => "STOPPING",
        }
    }
}
