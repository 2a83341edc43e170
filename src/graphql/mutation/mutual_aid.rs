//! Offers of mutual aid, and the agreements that they become.

use async_graphql::{Context, ID, InputObject, Object, Result};
use jiff::Timestamp;

use super::{carry_out, payloads};
use crate::domain::mutual_aid as domain;
use crate::graphql::asked::parse_id;
use crate::graphql::types::mutual_aid::{Cost, Offer, OfferItemInput};

payloads! {
    MakeOfferPayload { offer: Offer },
    CounterOfferPayload { offer: Offer },
    AcceptOfferPayload { offer: Offer },
    DeclineOfferPayload { offer: Offer },
    WithdrawOfferPayload { offer: Offer },
    SignAidPayload { offer: Offer },
    IssueMissionOrderPayload { offer: Offer },
    SwapResourcePayload { offer: Offer },
    AmendAidPayload { offer: Offer },
    CancelAidPayload { offer: Offer },
    ClaimReimbursementPayload { offer: Offer },
    ReturnClaimPayload { offer: Offer },
    PayClaimPayload { offer: Offer },
}

/// What is to be offered to a request.
#[derive(InputObject)]
pub(crate) struct MakeOfferInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The request.
    request: ID,
    /// What is offered: your own resources.
    items: Vec<OfferItemInput>,
    /// Lodging, meals, protective equipment and the like, in words.
    conditions: Option<String>,
    /// What it is expected to cost.
    cost: Cost,
    /// From when on it can be had.
    available_from: Timestamp,
    /// Until when.
    available_until: Timestamp,
    /// When the offer is over, unless it is binding by then.
    expires: Timestamp,
}

/// Which other terms are to answer those on the table.
#[derive(InputObject)]
pub(crate) struct CounterOfferInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// A part of the items; all of them when null.
    items: Option<Vec<OfferItemInput>>,
    /// Conditions, in words.
    conditions: Option<String>,
    /// What it is to cost.
    cost: Cost,
    /// From when on it is wanted, or can be had.
    available_from: Timestamp,
    /// Until when.
    available_until: Timestamp,
}

/// Which terms are to be accepted.
#[derive(InputObject)]
pub(crate) struct AcceptOfferInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// A part of the items; all of them when null.
    items: Option<Vec<OfferItemInput>>,
}

/// Which offer is not wanted.
#[derive(InputObject)]
pub(crate) struct DeclineOfferInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// Why, in a sentence that whoever offers will read.
    reason: String,
}

/// Which offer is to be taken back.
#[derive(InputObject)]
pub(crate) struct WithdrawOfferInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// Why, in a sentence that whoever asked will read.
    reason: String,
}

/// Which terms are to be signed.
#[derive(InputObject)]
pub(crate) struct SignAidInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// The version of the terms that you have read and sign: the offer's, or that of its amendment.
    version: u32,
}

/// What is to stand in the mission order.
#[derive(InputObject)]
pub(crate) struct IssueMissionOrderInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// Whom or what to report to, and where.
    report_to: String,
    /// The assignment.
    assignment: String,
    /// When they leave.
    departs: Timestamp,
    /// When they are expected.
    arrives: Timestamp,
}

/// Which resource is to go instead of which.
#[derive(InputObject)]
pub(crate) struct SwapResourceInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// The resource that does not go.
    out: ID,
    /// The one that goes in its place.
    with: ID,
    /// Why, in a sentence that the other side will read.
    reason: String,
}

/// Which other terms a binding agreement is to have.
#[derive(InputObject)]
pub(crate) struct AmendAidInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// Conditions, in words.
    conditions: Option<String>,
    /// What it is to cost.
    cost: Cost,
    /// From when on.
    available_from: Timestamp,
    /// Until when.
    available_until: Timestamp,
}

/// Which agreement is to be cancelled.
#[derive(InputObject)]
pub(crate) struct CancelAidInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// Why, in a sentence that the other side will read.
    reason: String,
}

/// What is to be claimed.
#[derive(InputObject)]
pub(crate) struct ClaimReimbursementInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// The cost, item by item.
    cost: Cost,
    /// What it stands on, such as the numbers of receipts.
    evidence: String,
}

/// Which claim is to be returned.
#[derive(InputObject)]
pub(crate) struct ReturnClaimInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// Why.
    reason: String,
}

/// Which claim was paid.
#[derive(InputObject)]
pub(crate) struct PayClaimInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The offer.
    offer: ID,
    /// The reference of the payment.
    reference: String,
}

#[derive(Default)]
pub(super) struct AidMutations;

#[Object]
impl AidMutations {
    /// Offers resources of the acting organization to a request that it was asked. An offer holds
    /// nothing until it is binding.
    async fn make_offer(
        &self,
        context: &Context<'_>,
        input: MakeOfferInput,
    ) -> Result<Option<MakeOfferPayload>> {
        let command = domain::Make {
            request: parse_id("request", &input.request)?,
            items: OfferItemInput::wishes(Some(&input.items))?,
            conditions: input.conditions,
            cost: input.cost.into(),
            available_from: input.available_from,
            available_until: input.available_until,
            expires: input.expires,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Answers the terms on the table with others.
    async fn counter_offer(
        &self,
        context: &Context<'_>,
        input: CounterOfferInput,
    ) -> Result<Option<CounterOfferPayload>> {
        let command = domain::Counter {
            offer: parse_id("offer", &input.offer)?,
            items: OfferItemInput::wishes(input.items.as_deref())?,
            conditions: input.conditions,
            cost: input.cost.into(),
            available_from: input.available_from,
            available_until: input.available_until,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Accepts the terms of the other side, or a part of what is offered.
    async fn accept_offer(
        &self,
        context: &Context<'_>,
        input: AcceptOfferInput,
    ) -> Result<Option<AcceptOfferPayload>> {
        let offer = parse_id("offer", &input.offer)?;
        let items = OfferItemInput::wishes(input.items.as_deref())?;
        let command = domain::Accept { offer, items };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Says that an offer is not wanted, for the organization that asked.
    async fn decline_offer(
        &self,
        context: &Context<'_>,
        input: DeclineOfferInput,
    ) -> Result<Option<DeclineOfferPayload>> {
        let offer = parse_id("offer", &input.offer)?;
        let command = domain::Decline { offer, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes an offer back, for the organization that made it.
    async fn withdraw_offer(
        &self,
        context: &Context<'_>,
        input: WithdrawOfferInput,
    ) -> Result<Option<WithdrawOfferPayload>> {
        let offer = parse_id("offer", &input.offer)?;
        let command = domain::Withdraw { offer, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Signs an accepted offer for the acting organization, or the other side's amendment of a
    /// binding one. With the second signature it is binding and its resources are committed. Terms
    /// that changed since they were read are not signed.
    async fn sign_aid(
        &self,
        context: &Context<'_>,
        input: SignAidInput,
    ) -> Result<Option<SignAidPayload>> {
        let offer = parse_id("offer", &input.offer)?;
        let command = domain::Sign { offer, version: input.version };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Orders the mission, for the organization that sends. Nothing moves before.
    async fn issue_mission_order(
        &self,
        context: &Context<'_>,
        input: IssueMissionOrderInput,
    ) -> Result<Option<IssueMissionOrderPayload>> {
        let command = domain::IssueMissionOrder {
            offer: parse_id("offer", &input.offer)?,
            report_to: input.report_to,
            assignment: input.assignment,
            departs: input.departs,
            arrives: input.arrives,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Sends another resource than the agreed one, for the organization that sends.
    async fn swap_resource(
        &self,
        context: &Context<'_>,
        input: SwapResourceInput,
    ) -> Result<Option<SwapResourcePayload>> {
        let command = domain::Swap {
            offer: parse_id("offer", &input.offer)?,
            out: parse_id("out", &input.out)?,
            with: parse_id("with", &input.with)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Proposes other terms for a binding agreement and signs them; they are in force when the other
    /// side signs too.
    async fn amend_aid(
        &self,
        context: &Context<'_>,
        input: AmendAidInput,
    ) -> Result<Option<AmendAidPayload>> {
        let command = domain::Amend {
            offer: parse_id("offer", &input.offer)?,
            conditions: input.conditions,
            cost: input.cost.into(),
            available_from: input.available_from,
            available_until: input.available_until,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Cancels a binding agreement before anything has arrived, for either side.
    async fn cancel_aid(
        &self,
        context: &Context<'_>,
        input: CancelAidInput,
    ) -> Result<Option<CancelAidPayload>> {
        let offer = parse_id("offer", &input.offer)?;
        let command = domain::Cancel { offer, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Claims the cost of a finished mission, for the organization that sent.
    async fn claim_reimbursement(
        &self,
        context: &Context<'_>,
        input: ClaimReimbursementInput,
    ) -> Result<Option<ClaimReimbursementPayload>> {
        let command = domain::Claim {
            offer: parse_id("offer", &input.offer)?,
            cost: input.cost.into(),
            evidence: input.evidence,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Returns a claim that is not right, for the organization that asked for help.
    async fn return_claim(
        &self,
        context: &Context<'_>,
        input: ReturnClaimInput,
    ) -> Result<Option<ReturnClaimPayload>> {
        let offer = parse_id("offer", &input.offer)?;
        let command = domain::ReturnClaim { offer, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Records that a claim was paid, for the organization that asked for help.
    async fn pay_claim(
        &self,
        context: &Context<'_>,
        input: PayClaimInput,
    ) -> Result<Option<PayClaimPayload>> {
        let offer = parse_id("offer", &input.offer)?;
        let command = domain::Pay { offer, reference: input.reference };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
