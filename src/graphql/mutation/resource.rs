//! What organizations have.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use jiff::Timestamp;

use super::{Outcome, Refusal, carry_out, payloads};
use crate::domain::resource::{self, Capability, Crew, DefinitionRef, Profile, Rate};
use crate::graphql::asked::{parse_id, parse_id_option};
use crate::graphql::fault::fault;
use crate::graphql::scalars::{Position, Sequence};
use crate::graphql::types::codes::{OutOfServiceCause, RatePer, ResourceGrouping, ResourceStatus};
use crate::graphql::types::place::LocationInput;
use crate::graphql::types::resource::Resource;

payloads! {
    RegisterResourcePayload { resource: Resource },
    AmendResourcePayload { resource: Resource },
    RetireResourcePayload { resource: Resource },
    ChangeResourceStatusPayload { resource: Resource },
    ReportPositionPayload { resource: Resource },
    AdjustSupplyPayload { resource: Resource },
}

/// Which version of which definition.
#[derive(InputObject)]
pub(crate) struct ResourceKindInput {
    /// The id of the definition: `fire-engine`.
    id: String,
    /// The version.
    version: u16,
}

/// What a resource has in one metric: one of the two.
#[derive(InputObject)]
pub(crate) struct CapabilityInput {
    /// The code of the metric in the definition.
    metric: String,
    /// How much.
    amount: Option<f64>,
    /// Whether it is there.
    present: Option<bool>,
}

/// What a resource costs.
#[derive(InputObject)]
pub(crate) struct CostRateInput {
    /// How much, in hundredths of the currency's unit.
    cents: u64,
    /// The currency (ISO 4217).
    currency: String,
    /// For what.
    per: RatePer,
}

/// What a resource is.
#[derive(InputObject)]
pub(crate) struct ResourceProfileInput {
    /// What people call it on the radio.
    name: String,
    /// Its kind.
    kind: ResourceKindInput,
    /// The NIMS type that is claimed for it: 1 is the most capable.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// How it is put together.
    #[graphql(default_with = "ResourceGrouping::SingleResource")]
    grouping: ResourceGrouping,
    /// The resources that it is made of, for a strike team or task force.
    #[graphql(default)]
    members: Vec<ID>,
    /// The one among them that leads.
    leader: Option<ID>,
    /// Where it is at home.
    home: Option<LocationInput>,
    /// How many people come with it.
    people: Option<u32>,
    /// Who leads them.
    crew_leader: Option<String>,
    /// What it has.
    #[graphql(default)]
    capabilities: Vec<CapabilityInput>,
    /// What it costs.
    #[graphql(default)]
    rates: Vec<CostRateInput>,
}

/// What a new resource is like.
#[derive(InputObject)]
pub(crate) struct RegisterResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// What it is.
    profile: ResourceProfileInput,
    /// How much there is, for what is counted.
    held: Option<u32>,
    /// Whether it is for exercises alone.
    #[graphql(default = false)]
    exercise: bool,
}

/// What a resource is to be like.
#[derive(InputObject)]
pub(crate) struct AmendResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// All of it as it should be.
    profile: ResourceProfileInput,
}

/// What the organization does not have any more.
#[derive(InputObject)]
pub(crate) struct RetireResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// Why.
    reason: String,
}

/// Whether a resource can be used.
#[derive(InputObject)]
pub(crate) struct ChangeResourceStatusInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The status now.
    to: ResourceStatus,
    /// Why it is out of service; needed for that and for nothing else.
    out_of_service: Option<OutOfServiceCause>,
    /// The reason in words; needed for going out of service.
    reason: Option<String>,
    /// Where it is meanwhile.
    place: Option<String>,
    /// When it is expected back.
    expected_return: Option<Timestamp>,
}

/// Where a resource is.
#[derive(InputObject)]
pub(crate) struct ReportPositionInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// Where.
    position: Position,
    /// When it was there; now when null.
    at: Option<Timestamp>,
    /// Where that comes from: `AVL`, `radio`.
    source: String,
    /// Whether somebody asked for it; else one position a minute is kept.
    #[graphql(default = false)]
    asked: bool,
}

/// How much there is.
#[derive(InputObject)]
pub(crate) struct AdjustSupplyInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The supply.
    resource: ID,
    /// How much there is, what is committed included.
    held: u32,
    /// Why it is another number.
    reason: String,
}

/// Which definitions are to be known.
#[derive(InputObject)]
pub(crate) struct AdoptResourceDefinitionsInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The definitions, in YAML. Those that are known already stay as they are.
    source: String,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct AdoptResourceDefinitionsPayload {
    /// Why nothing was changed; null when it was carried out.
    refusal: Option<Refusal>,
    /// The last log entry that was written for it, or that was known when it was refused.
    sequence: Sequence,
}

impl From<Outcome> for AdoptResourceDefinitionsPayload {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done { sequence, .. } => Self { refusal: None, sequence },
            Outcome::Refused { refusal, sequence } => Self { refusal: Some(refusal), sequence },
        }
    }
}

impl ResourceProfileInput {
    fn checked(self) -> Result<Profile> {
        let value = |given: CapabilityInput| match (given.amount, given.present) {
            (Some(amount), None) => Ok((given.metric, Capability::Number(amount))),
            (None, Some(present)) => Ok((given.metric, Capability::Flag(present))),
            _ => {
                let message = "`capabilities` want exactly one of `amount` and `present` each";
                Err(fault("BAD_CAPABILITY", message))
            }
        };
        let rate = |rate: CostRateInput| Rate {
            cents: rate.cents,
            currency: rate.currency,
            per: rate.per.into(),
        };
        let crew = (self.people.is_some() || self.crew_leader.is_some())
            .then(|| Crew { people: self.people.unwrap_or(0), leader: self.crew_leader });
        let members: Result<Vec<_>> =
            self.members.iter().map(|member| parse_id("members", member)).collect();
        Ok(Profile {
            name: self.name,
            definition: DefinitionRef { id: self.kind.id, version: self.kind.version },
            level: self.level,
            grouping: self.grouping.into(),
            members: members?,
            leader: parse_id_option("leader", self.leader.as_ref())?,
            home: self.home.map(Into::into),
            crew,
            capabilities: self
                .capabilities
                .into_iter()
                .map(value)
                .collect::<Result<BTreeMap<_, _>>>()?,
            rates: self.rates.into_iter().map(rate).collect(),
        })
    }
}

/// The status of the domain.
fn status(to: ResourceStatus, cause: Option<OutOfServiceCause>) -> Result<resource::Status> {
    match (to, cause) {
        (ResourceStatus::Assigned, None) => Ok(resource::Status::Assigned),
        (ResourceStatus::Available, None) => Ok(resource::Status::Available),
        (ResourceStatus::OutOfService, Some(cause)) => {
            Ok(resource::Status::OutOfService(cause.into()))
        }
        _ => {
            let message = "give `outOfService` with the status OUT_OF_SERVICE, and with no other";
            Err(fault("BAD_STATUS", message))
        }
    }
}

#[derive(Default)]
pub(super) struct ResourceMutations;

#[Object]
impl ResourceMutations {
    /// Adopts definitions of kinds of resource. Needs the scope `operate`.
    async fn adopt_resource_definitions(
        &self,
        context: &Context<'_>,
        input: AdoptResourceDefinitionsInput,
    ) -> Result<Option<AdoptResourceDefinitionsPayload>> {
        let command = resource::AdoptDefinitions { source: input.source };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Adds a resource of your own organization.
    async fn register_resource(
        &self,
        context: &Context<'_>,
        input: RegisterResourceInput,
    ) -> Result<Option<RegisterResourcePayload>> {
        let command = resource::Register {
            owner: None,
            profile: input.profile.checked()?,
            held: input.held,
            exercise: input.exercise,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Changes what a resource is.
    async fn amend_resource(
        &self,
        context: &Context<'_>,
        input: AmendResourceInput,
    ) -> Result<Option<AmendResourcePayload>> {
        let command = resource::Amend {
            resource: parse_id("resource", &input.resource)?,
            profile: input.profile.checked()?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Says that your organization does not have a resource any more.
    async fn retire_resource(
        &self,
        context: &Context<'_>,
        input: RetireResourceInput,
    ) -> Result<Option<RetireResourcePayload>> {
        let command = resource::Retire {
            resource: parse_id("resource", &input.resource)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Says whether a resource can be used.
    async fn change_resource_status(
        &self,
        context: &Context<'_>,
        input: ChangeResourceStatusInput,
    ) -> Result<Option<ChangeResourceStatusPayload>> {
        let command = resource::ChangeStatus {
            resource: parse_id("resource", &input.resource)?,
            to: status(input.to, input.out_of_service)?,
            reason: input.reason,
            place: input.place,
            expected_return: input.expected_return,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Reports where a resource is.
    async fn report_position(
        &self,
        context: &Context<'_>,
        input: ReportPositionInput,
    ) -> Result<Option<ReportPositionPayload>> {
        let command = resource::ReportPosition {
            resource: parse_id("resource", &input.resource)?,
            position: input.position.0,
            at: input.at,
            source: input.source,
            asked: input.asked,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Says how much of a supply there is.
    async fn adjust_supply(
        &self,
        context: &Context<'_>,
        input: AdjustSupplyInput,
    ) -> Result<Option<AdjustSupplyPayload>> {
        let command = resource::AdjustSupply {
            resource: parse_id("resource", &input.resource)?,
            held: input.held,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
