//! What waits to be handed over, since when, and why.

use async_graphql::{Enum, SimpleObject};
use jiff::Timestamp;

use super::message::{AttemptState, HoldReason, Message, MessageChannel, MessageDelivery};
use crate::domain::message as domain;
use crate::graphql::rows::Row;
use crate::notify::Notify;
use crate::notify::providers::Readiness;
use crate::sharing::seen::Waiting;

/// Why something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum OutboxReason {
    /// For its turn.
    Turn,
    /// For a provider of the channel that has a place free.
    ProvidersBusy,
    /// For a provider of the channel that can be used: all are left alone or out for a drill.
    ProvidersOut,
    /// It was handed over and no answer came.
    InDoubt,
    /// It failed and is tried again, by this channel or the next.
    Failed,
    /// Something about the recipient holds it back.
    Held,
}

/// What waits to be handed over.
#[derive(SimpleObject)]
pub(crate) struct OutboxItem {
    /// The message.
    message: Message,
    /// Whom it is for.
    delivery: Option<MessageDelivery>,
    /// The channel of the attempt; null where the next one is held back.
    channel: Option<MessageChannel>,
    /// The state of the attempt; null where the next one is held back.
    state: Option<AttemptState>,
    /// Why it waits.
    reason: OutboxReason,
    /// The provider's code for what went wrong with the attempt.
    code: Option<String>,
    /// When it is tried again; null where it did not fail.
    retry_at: Option<Timestamp>,
    /// What holds it back; null where it only waits for its turn.
    held: Option<HoldReason>,
    /// Until when it is held back.
    held_until: Option<Timestamp>,
    /// Since when it waits.
    since: Timestamp,
    /// How many seconds that is.
    age_seconds: i64,
}

impl Row for OutboxItem {}

impl OutboxItem {
    pub(in crate::graphql) fn of(
        waiting: Waiting,
        now: Timestamp,
        notify: Option<&Notify>,
    ) -> Self {
        let attempt = waiting.attempt();
        Self {
            delivery: waiting.delivery().map(MessageDelivery),
            channel: attempt.map(|attempt| attempt.channel.into()),
            state: attempt.map(|attempt| AttemptState::of(attempt.state).0),
            reason: OutboxReason::of(attempt, notify),
            code: attempt.and_then(|attempt| attempt.code.clone()),
            retry_at: waiting.retry,
            held: waiting.hold.map(|hold| hold.why.into()),
            held_until: waiting.hold.map(|hold| hold.until),
            since: waiting.since,
            age_seconds: now.duration_since(waiting.since).as_secs().max(0),
            message: Message(waiting.message),
        }
    }
}

impl OutboxReason {
    fn of(attempt: Option<&domain::Attempt>, notify: Option<&Notify>) -> Self {
        match attempt.map(|attempt| attempt.state) {
            None => Self::Held,
            Some(domain::AttemptState::Submitted) => Self::InDoubt,
            Some(domain::AttemptState::Intended) => {
                let of = |attempt: &domain::Attempt| Some(notify?.readiness(attempt.channel));
                match attempt.and_then(of) {
                    Some(Readiness::Busy) => Self::ProvidersBusy,
                    Some(Readiness::Out) => Self::ProvidersOut,
                    Some(Readiness::Ready) | None => Self::Turn,
                }
            }
            Some(_) => Self::Failed,
        }
    }
}
