//! Resource requests.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{carry_out, payloads, refused};
use crate::domain::resource_request as domain;
use crate::domain::{Id, organization};
use crate::graphql::asked::{Asked, parse_id};
use crate::graphql::types::mutual_aid::OfferItemInput;
use crate::graphql::types::organization::Organization;
use crate::graphql::types::resource_request::{Approver, RequestContentInput, ResourceRequest};
use crate::sharing::View;

payloads! {
    SetApprovalPolicyPayload { organization: Organization },
    DraftRequestPayload { request: ResourceRequest },
    AmendRequestPayload { request: ResourceRequest },
    SubmitRequestPayload { request: ResourceRequest },
    ApproveRequestPayload { request: ResourceRequest },
    ReturnRequestPayload { request: ResourceRequest },
    SendRequestPayload { request: ResourceRequest },
    DeclineRequestPayload { request: ResourceRequest },
    CloseRequestPayload { request: ResourceRequest },
    CancelRequestPayload { request: ResourceRequest },
    FillFromOwnPayload { request: ResourceRequest },
}

/// Who has to approve the acting organization's requests, by their priority; nobody where empty.
#[derive(InputObject)]
pub(crate) struct SetApprovalPolicyInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// What is urgent.
    urgent: Vec<Approver>,
    /// What is routine.
    routine: Vec<Approver>,
    /// What has time.
    low: Vec<Approver>,
}

/// What is to be asked for.
#[derive(InputObject)]
pub(crate) struct DraftRequestInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident that it is for.
    incident: ID,
    /// What is asked for.
    content: RequestContentInput,
}

/// What a draft is to ask for.
#[derive(InputObject)]
pub(crate) struct AmendRequestInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
    /// All of it as it should be.
    content: RequestContentInput,
}

/// Which draft is to be submitted.
#[derive(InputObject)]
pub(crate) struct SubmitRequestInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
}

/// Which request is approved on which level.
#[derive(InputObject)]
pub(crate) struct ApproveRequestInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
    /// On which level.
    approver: Approver,
    /// What there is to say.
    comment: Option<String>,
}

/// Which request is returned on which level.
#[derive(InputObject)]
pub(crate) struct ReturnRequestInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
    /// On which level.
    approver: Approver,
    /// Why.
    reason: String,
}

/// Whom a request is to go to: all organizations, or some and those that have it near by. Whoever
/// was asked before is not asked again.
#[derive(InputObject)]
pub(crate) struct SendRequestInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
    /// These organizations.
    to: Option<Vec<ID>>,
    /// All organizations on the hub.
    #[graphql(default = false)]
    to_all: bool,
    /// The organizations that have resources of the wanted kind, which you may see, within so many
    /// kilometres of where it is to be delivered. The list is made now and kept.
    within_km: Option<f64>,
}

/// Which request the acting organization declines.
#[derive(InputObject)]
pub(crate) struct DeclineRequestInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
    /// Why, in a sentence that whoever asks will read.
    reason: String,
}

/// Which request nobody could fill.
#[derive(InputObject)]
pub(crate) struct CloseRequestInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
    /// Why.
    reason: String,
}

/// Which request is not needed any more.
#[derive(InputObject)]
pub(crate) struct CancelRequestInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
    /// Why.
    reason: String,
}

/// Which of one's own resources fill a request.
#[derive(InputObject)]
pub(crate) struct FillFromOwnInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
    /// What fills it.
    items: Vec<OfferItemInput>,
}

#[derive(Default)]
pub(super) struct RequestMutations;

#[Object]
impl RequestMutations {
    /// Says who has to approve the acting organization's requests from now on.
    async fn set_approval_policy(
        &self,
        context: &Context<'_>,
        input: SetApprovalPolicyInput,
    ) -> Result<Option<SetApprovalPolicyPayload>> {
        let levels = |all: Vec<Approver>| all.into_iter().map(Into::into).collect();
        let policy = domain::ApprovalPolicy {
            urgent: levels(input.urgent),
            routine: levels(input.routine),
            low: levels(input.low),
        };
        let command = domain::SetPolicy { policy };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Writes a resource request (ICS 213RR).
    async fn draft_request(
        &self,
        context: &Context<'_>,
        input: DraftRequestInput,
    ) -> Result<Option<DraftRequestPayload>> {
        let incident = parse_id("incident", &input.incident)?;
        let command = domain::Draft { incident, content: input.content.into() };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Replaces what a draft asks for.
    async fn amend_request(
        &self,
        context: &Context<'_>,
        input: AmendRequestInput,
    ) -> Result<Option<AmendRequestPayload>> {
        let request = parse_id("request", &input.request)?;
        let command = domain::Amend { request, content: input.content.into() };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Submits a draft for approval. It is approved at once where nobody has to.
    async fn submit_request(
        &self,
        context: &Context<'_>,
        input: SubmitRequestInput,
    ) -> Result<Option<SubmitRequestPayload>> {
        let command = domain::Submit { request: parse_id("request", &input.request)? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Approves a request on one level.
    async fn approve_request(
        &self,
        context: &Context<'_>,
        input: ApproveRequestInput,
    ) -> Result<Option<ApproveRequestPayload>> {
        let command = domain::Approve {
            request: parse_id("request", &input.request)?,
            approver: input.approver.into(),
            comment: input.comment,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Refuses to approve a request and returns it to whoever wrote it.
    async fn return_request(
        &self,
        context: &Context<'_>,
        input: ReturnRequestInput,
    ) -> Result<Option<ReturnRequestPayload>> {
        let command = domain::Return {
            request: parse_id("request", &input.request)?,
            approver: input.approver.into(),
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Sends a request to organizations, which then have to answer.
    async fn send_request(
        &self,
        context: &Context<'_>,
        input: SendRequestInput,
    ) -> Result<Option<SendRequestPayload>> {
        let request = parse_id("request", &input.request)?;
        let to = match receivers(&Asked::from(context).view, request, &input)? {
            Ok(to) => to,
            Err(unclear) => return Ok(Some(refused(context, &unclear.into()).into())),
        };
        let command = domain::Send { request, to };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Declines a request that the acting organization was asked.
    async fn decline_request(
        &self,
        context: &Context<'_>,
        input: DeclineRequestInput,
    ) -> Result<Option<DeclineRequestPayload>> {
        let request = parse_id("request", &input.request)?;
        let command = domain::Decline { request, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Closes a request that nobody could fill, or the rest of it (UTF).
    async fn close_request(
        &self,
        context: &Context<'_>,
        input: CloseRequestInput,
    ) -> Result<Option<CloseRequestPayload>> {
        let request = parse_id("request", &input.request)?;
        let command = domain::Close { request, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Closes a request that is not needed any more.
    async fn cancel_request(
        &self,
        context: &Context<'_>,
        input: CancelRequestInput,
    ) -> Result<Option<CancelRequestPayload>> {
        let request = parse_id("request", &input.request)?;
        let command = domain::Cancel { request, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Fills a request, or a part of it, from the asking organization's own resources.
    async fn fill_from_own(
        &self,
        context: &Context<'_>,
        input: FillFromOwnInput,
    ) -> Result<Option<FillFromOwnPayload>> {
        let request = parse_id("request", &input.request)?;
        let items = OfferItemInput::wishes(Some(&input.items))?;
        let command = domain::FillFromOwn { request, items };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}

/// Whom a request is to go to, or why that cannot be said.
fn receivers(
    view: &View,
    request: Id<domain::ResourceRequest>,
    input: &SendRequestInput,
) -> Result<Result<Vec<Id<organization::Organization>>, domain::Refused>> {
    let named = input.to.iter().flatten().map(|id| parse_id("to", id));
    let mut to = named.collect::<Result<Vec<_>>>()?;
    if input.to_all {
        if !to.is_empty() || input.within_km.is_some() {
            return Ok(Err(domain::Refused::ReceiversUnclear));
        }
        let own = view.viewer().organization();
        to.extend(view.organizations().map(|o| o.id()).filter(|id| Some(*id) != own));
    }
    if let Some(km) = input.within_km {
        if !km.is_finite() || km <= 0.0 {
            return Ok(Err(domain::Refused::DistanceUnusable));
        }
        let near = view.organizations_with(request, km);
        // What may not be seen is refused as what is not there, by the hub.
        if near.is_empty() && to.is_empty() && view.resource_request(request).is_some() {
            return Ok(Err(domain::Refused::NobodyInRange));
        }
        to.extend(near);
    }
    Ok(Ok(to))
}
