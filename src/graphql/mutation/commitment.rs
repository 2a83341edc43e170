//! Resources on an incident: committed, checked in, assigned, signed off, accounted for.

use async_graphql::{Context, ID, InputObject, Object, Result};
use jiff::Timestamp;

use super::{carry_out, payloads};
use crate::domain::resource::{self, Stage};
use crate::graphql::asked::{parse_id, parse_id_option};
use crate::graphql::types::check_in::{CheckInDetails, Departure};
use crate::graphql::types::codes::SignOffBox;
use crate::graphql::types::incident::Incident;
use crate::graphql::types::resource::Resource;

payloads! {
    CommitResourcePayload { resource: Resource },
    MobilizeResourcePayload { resource: Resource },
    DepartResourcePayload { resource: Resource },
    CancelCommitmentPayload { resource: Resource },
    CheckInResourcePayload { resource: Resource },
    AssignResourcePayload { resource: Resource },
    PlanDeparturePayload { resource: Resource },
    StartDemobilizationPayload { resource: Resource },
    SignDemobilizationPayload { resource: Resource },
    ReleaseResourcePayload { resource: Resource },
    CallParPayload { incident: Incident },
    ReportParPayload { incident: Incident },
}

/// A part of the organization of an incident.
#[derive(InputObject)]
pub(crate) struct TacticalInput {
    /// The post whose holder it reports to.
    post: Option<ID>,
    /// What people call it: `Division A`.
    name: String,
}

impl TacticalInput {
    fn checked(&self) -> Result<resource::Tactical> {
        let post = parse_id_option("post", self.post.as_ref())?;
        Ok(resource::Tactical { post, name: self.name.clone() })
    }
}

/// What is to be committed where.
#[derive(InputObject)]
pub(crate) struct CommitResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource: one of your own.
    resource: ID,
    /// The incident, on which you work.
    incident: ID,
    /// How much of what is counted; 1 of what is single.
    #[graphql(default = 1)]
    quantity: u32,
}

/// What gets ready to go.
#[derive(InputObject)]
pub(crate) struct MobilizeResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The incident.
    incident: ID,
    /// Which of its commitments there, by number; the only live one when null.
    commitment: Option<u32>,
    /// When it is expected to arrive.
    expected: Option<Timestamp>,
}

/// What is on its way.
#[derive(InputObject)]
pub(crate) struct DepartResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The incident.
    incident: ID,
    /// Which of its commitments there, by number; the only live one when null.
    commitment: Option<u32>,
    /// When it is expected to arrive.
    expected: Option<Timestamp>,
}

/// What does not go after all.
#[derive(InputObject)]
pub(crate) struct CancelCommitmentInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The incident.
    incident: ID,
    /// Which of its commitments there, by number; the only live one when null.
    commitment: Option<u32>,
    /// Why.
    reason: String,
}

/// Who arrived where (ICS 211).
#[derive(InputObject)]
pub(crate) struct CheckInResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The incident.
    incident: ID,
    /// Which of its commitments there, by number; the only live one when null.
    commitment: Option<u32>,
    /// Where they checked in.
    place: String,
    /// How many people came.
    people: u32,
    /// Who leads them.
    leader: Option<String>,
    /// What else the list says of them.
    #[graphql(default)]
    details: CheckInDetails,
}

/// What is to work at what.
#[derive(InputObject)]
pub(crate) struct AssignResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The incident.
    incident: ID,
    /// Which of its commitments there, by number; the only live one when null.
    commitment: Option<u32>,
    /// What it works at from now on.
    to: TacticalInput,
    /// Why.
    reason: Option<String>,
}

/// How a resource leaves (ICS 221).
#[derive(InputObject)]
pub(crate) struct PlanDepartureInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The incident.
    incident: ID,
    /// Which of its commitments there, by number; the only live one when null.
    commitment: Option<u32>,
    /// The whole plan, in place of what was planned before.
    departure: Departure,
}

/// Whose check-out begins (ICS 221).
#[derive(InputObject)]
pub(crate) struct StartDemobilizationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The incident.
    incident: ID,
    /// Which of its commitments there, by number; the only live one when null.
    commitment: Option<u32>,
    /// The boxes that have to be signed.
    boxes: Vec<SignOffBox>,
    /// How it leaves; as was planned before when null.
    departure: Option<Departure>,
}

/// Which box is signed.
#[derive(InputObject)]
pub(crate) struct SignDemobilizationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The incident.
    incident: ID,
    /// Which of its commitments there, by number; the only live one when null.
    commitment: Option<u32>,
    /// The box.
    #[graphql(name = "box")]
    sign_off: SignOffBox,
}

/// What is let go.
#[derive(InputObject)]
pub(crate) struct ReleaseResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The resource.
    resource: ID,
    /// The incident.
    incident: ID,
    /// Which of its commitments there, by number; the only live one when null.
    commitment: Option<u32>,
    /// How much of what is counted comes back; all when null. The rest was used up.
    returned: Option<u32>,
}

/// Who is to be accounted for.
#[derive(InputObject)]
pub(crate) struct CallParInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// The part of its organization; everybody when null.
    of: Option<TacticalInput>,
}

/// How many are there.
#[derive(InputObject)]
pub(crate) struct ReportParInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// Which accountability report; the last one when null.
    par: Option<ID>,
    /// The resource.
    resource: ID,
    /// How many of its people are there.
    present: u32,
}

#[derive(Default)]
pub(super) struct CommitmentMutations;

#[Object]
impl CommitmentMutations {
    /// Commits a resource of your own to an incident that you work on. Nobody else can have it then.
    async fn commit_resource(
        &self,
        context: &Context<'_>,
        input: CommitResourceInput,
    ) -> Result<Option<CommitResourcePayload>> {
        let command = resource::Commit {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            quantity: input.quantity,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Says that a committed resource gets ready to go.
    async fn mobilize_resource(
        &self,
        context: &Context<'_>,
        input: MobilizeResourceInput,
    ) -> Result<Option<MobilizeResourcePayload>> {
        let command = resource::Advance {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            commitment: input.commitment,
            to: Stage::Mobilizing,
            expected: input.expected,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Says that a committed resource is on its way.
    async fn depart_resource(
        &self,
        context: &Context<'_>,
        input: DepartResourceInput,
    ) -> Result<Option<DepartResourcePayload>> {
        let command = resource::Advance {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            commitment: input.commitment,
            to: Stage::EnRoute,
            expected: input.expected,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes a commitment back before the resource has checked in.
    async fn cancel_commitment(
        &self,
        context: &Context<'_>,
        input: CancelCommitmentInput,
    ) -> Result<Option<CancelCommitmentPayload>> {
        let command = resource::Cancel {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            commitment: input.commitment,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Checks a resource in (ICS 211). Only then it can be assigned.
    async fn check_in_resource(
        &self,
        context: &Context<'_>,
        input: CheckInResourceInput,
    ) -> Result<Option<CheckInResourcePayload>> {
        let command = resource::CheckIn {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            commitment: input.commitment,
            place: input.place,
            people: input.people,
            leader: input.leader,
            details: input.details.into(),
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Assigns a resource that has checked in, or reassigns it.
    async fn assign_resource(
        &self,
        context: &Context<'_>,
        input: AssignResourceInput,
    ) -> Result<Option<AssignResourcePayload>> {
        let command = resource::Assign {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            commitment: input.commitment,
            to: input.to.checked()?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Plans how a resource that has checked in leaves (ICS 221), before or after its check-out begins.
    async fn plan_departure(
        &self,
        context: &Context<'_>,
        input: PlanDepartureInput,
    ) -> Result<Option<PlanDeparturePayload>> {
        let command = resource::PlanDeparture {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            commitment: input.commitment,
            departure: input.departure.into(),
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Begins the check-out of a resource (ICS 221).
    async fn start_demobilization(
        &self,
        context: &Context<'_>,
        input: StartDemobilizationInput,
    ) -> Result<Option<StartDemobilizationPayload>> {
        let command = resource::StartDemobilization {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            commitment: input.commitment,
            ticked: input.boxes.into_iter().map(Into::into).collect(),
            departure: input.departure.map(Into::into),
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Signs one box of a check-out.
    async fn sign_demobilization(
        &self,
        context: &Context<'_>,
        input: SignDemobilizationInput,
    ) -> Result<Option<SignDemobilizationPayload>> {
        let command = resource::SignDemobilization {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            commitment: input.commitment,
            sign_off: input.sign_off.into(),
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Lets a resource go. Every ticked box has to be signed.
    async fn release_resource(
        &self,
        context: &Context<'_>,
        input: ReleaseResourceInput,
    ) -> Result<Option<ReleaseResourcePayload>> {
        let command = resource::Release {
            resource: parse_id("resource", &input.resource)?,
            incident: parse_id("incident", &input.incident)?,
            commitment: input.commitment,
            returned: input.returned,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Calls for a personnel accountability report.
    async fn call_par(
        &self,
        context: &Context<'_>,
        input: CallParInput,
    ) -> Result<Option<CallParPayload>> {
        let command = resource::CallPar {
            incident: parse_id("incident", &input.incident)?,
            of: input.of.as_ref().map(TacticalInput::checked).transpose()?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Answers it for one resource.
    async fn report_par(
        &self,
        context: &Context<'_>,
        input: ReportParInput,
    ) -> Result<Option<ReportParPayload>> {
        let command = resource::ReportPar {
            incident: parse_id("incident", &input.incident)?,
            par: parse_id_option("par", input.par.as_ref())?,
            resource: parse_id("resource", &input.resource)?,
            present: input.present,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
