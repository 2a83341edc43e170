//! Providers.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use jiff::Timestamp;

use super::{Outcome, Refusal, carry_out};
use crate::domain::drill;
use crate::graphql::asked::Asked;
use crate::graphql::fault::fault;
use crate::graphql::scalars::Sequence;
use crate::graphql::types::provider::Provider;

/// Which provider is out for a drill, and until when.
#[derive(InputObject)]
pub(crate) struct DrillProviderInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// Its name in the configuration.
    provider: String,
    /// Until when it is handed nothing, within a day; null brings it back.
    until: Option<Timestamp>,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct DrillProviderPayload {
    /// The provider as it is now; null when the drill was refused.
    provider: Option<Provider>,
    /// Why nothing was changed; null when it was carried out.
    refusal: Option<Refusal>,
    /// Where your picture stands after it, or stood when it was refused.
    sequence: Sequence,
}

#[derive(Default)]
pub(super) struct ProviderMutations;

#[Object]
impl ProviderMutations {
    /// Takes a provider out for a drill, or brings it back: the others have to carry what it
    /// carried. Needs the scope `operate`.
    async fn drill_provider(
        &self,
        context: &Context<'_>,
        input: DrillProviderInput,
    ) -> Result<Option<DrillProviderPayload>> {
        let asked = Asked::from(context);
        let DrillProviderInput { idempotency_key, provider, until } = input;
        let find = || {
            let all = asked.notify.iter().flat_map(|notify| Provider::all(notify));
            all.into_iter().find(|known| known.is_called(&provider))
        };
        // Who may not ask is told that, whether there is such a provider or not.
        if asked.view.viewer().may_operate() && find().is_none() {
            let says = format!("there is no provider `{provider}`; see `providers`");
            return Err(fault("PROVIDER_UNKNOWN", says));
        }
        let command = drill::Drill { provider: provider.clone(), until };
        Ok(Some(match carry_out(context, command, idempotency_key).await? {
            Outcome::Done { sequence, .. } => {
                DrillProviderPayload { provider: find(), refusal: None, sequence }
            }
            Outcome::Refused { refusal, sequence } => {
                DrillProviderPayload { provider: None, refusal: Some(refusal), sequence }
            }
        }))
    }
}
