//! Organizations.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{carry_out, payloads};
use crate::domain::organization;
use crate::graphql::asked::parse_id;
use crate::graphql::types::organization::{Organization, OrganizationProfileInput};

payloads! {
    RegisterOrganizationPayload { organization: Organization },
    AmendOrganizationPayload { organization: Organization },
}

/// What a new organization is like.
#[derive(InputObject)]
pub(crate) struct RegisterOrganizationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// What it says of itself.
    profile: OrganizationProfileInput,
}

/// What an organization is to say of itself from now on.
#[derive(InputObject)]
pub(crate) struct AmendOrganizationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The organization.
    organization: ID,
    /// All of its data as it should be.
    profile: OrganizationProfileInput,
}

#[derive(Default)]
pub(super) struct OrganizationMutations;

#[Object]
impl OrganizationMutations {
    /// Adds an organization. Needs the scope `operate`.
    async fn register_organization(
        &self,
        context: &Context<'_>,
        input: RegisterOrganizationInput,
    ) -> Result<Option<RegisterOrganizationPayload>> {
        let command = organization::Register { profile: input.profile.profile()? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Replaces what an organization says of itself. Needs the scope `operate`.
    async fn amend_organization(
        &self,
        context: &Context<'_>,
        input: AmendOrganizationInput,
    ) -> Result<Option<AmendOrganizationPayload>> {
        let command = organization::Amend {
            organization: parse_id("organization", &input.organization)?,
            profile: input.profile.profile()?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
