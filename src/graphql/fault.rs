//! Errors of the API: a sentence for people, and a code in `extensions` for programs.
//!
//! What a duty officer can act on is not an error but data, in the `refusal` of a payload.

use async_graphql::{Error, ErrorExtensions as _};

use crate::hub::{HistoryError, SubmitError};

/// An error with a code.
pub(super) fn fault(code: &'static str, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// An error with a code that says when to try again.
pub(super) fn fault_for_now(code: &'static str, message: String, retry_after_ms: u64) -> Error {
    fault(code, message).extend_with(|_, extensions| extensions.set("retryAfterMs", retry_after_ms))
}

/// A command that was not carried out, other than by a refusal.
pub(super) fn of_submit(error: &SubmitError) -> Error {
    match error.retry_after_ms() {
        Some(retry_after_ms) => fault_for_now(error.code(), error.to_string(), retry_after_ms),
        None => fault(error.code(), error.to_string()),
    }
}

/// A past moment that cannot be shown.
pub(super) fn of_history(error: &HistoryError) -> Error {
    match error {
        // Another node of the hub is further; where either stands is nobody's business.
        HistoryError::Ahead { .. } => {
            let message = "this node of the hub has not come as far as that sequence yet";
            fault_for_now("AHEAD_OF_LOG", message.to_owned(), 1_000)
        }
        HistoryError::Busy => fault_for_now("BUSY", error.to_string(), 1_000),
        HistoryError::Log(_) => {
            // What the store says may name hosts and files; the log of the hub has it.
            tracing::warn!(%error, "a past moment could not be read");
            let message = "the store does not answer, so the past cannot be shown now".to_owned();
            fault_for_now("STORE_UNAVAILABLE", message, 2_000)
        }
        HistoryError::Refold(_) => {
            tracing::error!(%error, "a past moment could not be folded");
            fault("PAST_UNREADABLE", "the log could not be folded up to that moment")
        }
    }
}
