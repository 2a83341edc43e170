//! Signals, and the rules that turn them into incidents.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::{Outcome, Refusal, carry_out, payloads};
use crate::domain::{rules, signal};
use crate::graphql::asked::parse_id;
use crate::graphql::scalars::Sequence;
use crate::graphql::types::signal::Signal;

payloads! {
    AttachSignalPayload { signal: Signal },
    DetachSignalPayload { signal: Signal },
}

/// Which signal belongs to which incident.
#[derive(InputObject)]
pub(crate) struct AttachSignalInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The signal.
    signal: ID,
    /// The incident.
    incident: ID,
    /// Why they belong together.
    reason: String,
}

/// Which signal does not belong to which incident.
#[derive(InputObject)]
pub(crate) struct DetachSignalInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The signal.
    signal: ID,
    /// The incident.
    incident: ID,
    /// Why they do not belong together.
    reason: String,
}

/// Which rules are to be in force.
#[derive(InputObject)]
pub(crate) struct AdoptRulesInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The whole set of rules, in YAML.
    source: String,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct AdoptRulesPayload {
    /// The text of the rules that are in force now; null when the command was refused.
    source: Option<String>,
    /// Why nothing was changed; null when it was carried out.
    refusal: Option<Refusal>,
    /// Where your picture stands after it, or stood when it was refused.
    sequence: Sequence,
}

impl From<Outcome> for AdoptRulesPayload {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done { view, sequence, .. } => {
                let source = view.rules_source().map(ToOwned::to_owned);
                Self { source, refusal: None, sequence }
            }
            Outcome::Refused { refusal, sequence } => {
                Self { source: None, refusal: Some(refusal), sequence }
            }
        }
    }
}

#[derive(Default)]
pub(super) struct SignalMutations;

#[Object]
impl SignalMutations {
    /// Puts a signal to an incident.
    async fn attach_signal(
        &self,
        context: &Context<'_>,
        input: AttachSignalInput,
    ) -> Result<Option<AttachSignalPayload>> {
        let command = signal::Attach {
            signal: parse_id("signal", &input.signal)?,
            incident: parse_id("incident", &input.incident)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes a signal from an incident. Both stay as they are otherwise.
    async fn detach_signal(
        &self,
        context: &Context<'_>,
        input: DetachSignalInput,
    ) -> Result<Option<DetachSignalPayload>> {
        let command = signal::Detach {
            signal: parse_id("signal", &input.signal)?,
            incident: parse_id("incident", &input.incident)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Adopts a set of rules from signals to incidents in place of the one in force. Needs the
    /// scope `operate`.
    async fn adopt_rules(
        &self,
        context: &Context<'_>,
        input: AdoptRulesInput,
    ) -> Result<Option<AdoptRulesPayload>> {
        let command = rules::Adopt { source: input.source };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
