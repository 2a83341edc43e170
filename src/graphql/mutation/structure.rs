//! Command: assumed, shared, handed over, delegated.

use async_graphql::{Context, ID, InputObject, Object, Result};
use jiff::Timestamp;

use super::{carry_out, payloads};
use crate::domain::structure;
use crate::graphql::asked::{parse_id, parse_own};
use crate::graphql::types::structure::{DelegatedPower, Structure};

payloads! {
    AssumeCommandPayload { structure: Structure },
    JoinCommandPayload { structure: Structure },
    LeaveCommandPayload { structure: Structure },
    ProposeTransferPayload { structure: Structure },
    AcceptTransferPayload { structure: Structure },
    DeclineTransferPayload { structure: Structure },
    WithdrawTransferPayload { structure: Structure },
    DelegatePayload { structure: Structure },
    EndDelegationPayload { structure: Structure },
    ProposeJointlyPayload { structure: Structure },
    SignJointlyPayload { structure: Structure },
}

/// Who assumes command of what.
#[derive(InputObject)]
pub(crate) struct AssumeCommandInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident or complex.
    incident: ID,
    /// Who assumes command.
    person: ID,
    /// The agency whose authority they bring; your own when null.
    organization: Option<ID>,
    /// Whether it is an Area Command, over the parts of a complex that each have their own command.
    #[graphql(default = false)]
    area: bool,
    /// Why they may although something speaks against it.
    waiver: Option<String>,
}

/// Who joins command.
#[derive(InputObject)]
pub(crate) struct JoinCommandInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// Who joins.
    person: ID,
    /// The agency whose authority they bring; your own when null.
    organization: Option<ID>,
    /// Why.
    reason: String,
    /// Why they may although something speaks against it.
    waiver: Option<String>,
}

/// Which agency leaves Unified Command.
#[derive(InputObject)]
pub(crate) struct LeaveCommandInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// The agency; your own when null.
    organization: Option<ID>,
    /// Why.
    reason: String,
}

/// Who is to take over command.
#[derive(InputObject)]
pub(crate) struct ProposeTransferInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// The agency whose commander hands over; your own when null.
    from: Option<ID>,
    /// The person who takes over.
    to: ID,
    /// The agency whose authority they bring; your own when null.
    organization: Option<ID>,
    /// Why.
    reason: String,
    /// What the incoming has to know besides what the hub writes: prognosis and concerns, facilities,
    /// what was delegated and its limits.
    remarks: Option<String>,
    /// Why the incoming may although something speaks against it.
    waiver: Option<String>,
}

/// From when on command is taken over.
#[derive(InputObject)]
pub(crate) struct AcceptTransferInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// The transfer.
    transfer: ID,
    /// From when on, at most 24 hours ahead; from now on when null.
    effective: Option<Timestamp>,
}

/// Why command is not taken over, or not handed over.
#[derive(InputObject)]
pub(crate) struct EndTransferInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// The transfer.
    transfer: ID,
    /// Why.
    reason: String,
}

/// What your agency lets another do in its name.
#[derive(InputObject)]
pub(crate) struct DelegateInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// What may be done.
    power: DelegatedPower,
    /// The organization that may.
    organization: ID,
    /// Why.
    reason: String,
    /// Until when at most; until it is ended when null.
    until: Option<Timestamp>,
}

/// Which delegation ends.
#[derive(InputObject)]
pub(crate) struct EndDelegationInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// The delegation.
    delegation: ID,
}

/// What all commanders are to decide.
#[derive(InputObject)]
pub(crate) struct ProposeJointlyInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// What is to be decided.
    what: String,
}

/// What is signed.
#[derive(InputObject)]
pub(crate) struct SignJointlyInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The structure.
    structure: ID,
    /// The joint decision.
    decision: ID,
}

#[derive(Default)]
pub(super) struct StructureMutations;

#[Object]
impl StructureMutations {
    /// Establishes command of an incident, with its first commander.
    async fn assume_command(
        &self,
        context: &Context<'_>,
        input: AssumeCommandInput,
    ) -> Result<Option<AssumeCommandPayload>> {
        let command = structure::AssumeCommand {
            incident: parse_id("incident", &input.incident)?,
            person: parse_id("person", &input.person)?,
            organization: parse_own(context, "organization", input.organization.as_ref())?,
            area: input.area,
            waiver: input.waiver,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Asks another agency to join command, which makes it unified; it accepts or declines as it does
    /// a transfer (`Transfer.joins`), and is in command from then on. Each agency has one commander.
    /// For a commander and their organization.
    async fn join_command(
        &self,
        context: &Context<'_>,
        input: JoinCommandInput,
    ) -> Result<Option<JoinCommandPayload>> {
        let command = structure::JoinCommand {
            structure: parse_id("structure", &input.structure)?,
            person: parse_id("person", &input.person)?,
            organization: parse_own(context, "organization", input.organization.as_ref())?,
            reason: input.reason,
            waiver: input.waiver,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes an agency out of Unified Command. The last one cannot leave.
    async fn leave_command(
        &self,
        context: &Context<'_>,
        input: LeaveCommandInput,
    ) -> Result<Option<LeaveCommandPayload>> {
        let command = structure::LeaveCommand {
            structure: parse_id("structure", &input.structure)?,
            organization: parse_own(context, "organization", input.organization.as_ref())?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Proposes to hand command over, with a briefing that the hub writes. For the outgoing
    /// commander and their organization.
    async fn propose_transfer(
        &self,
        context: &Context<'_>,
        input: ProposeTransferInput,
    ) -> Result<Option<ProposeTransferPayload>> {
        let command = structure::ProposeTransfer {
            structure: parse_id("structure", &input.structure)?,
            from: parse_own(context, "from", input.from.as_ref())?,
            to: parse_id("to", &input.to)?,
            organization: parse_own(context, "organization", input.organization.as_ref())?,
            reason: input.reason,
            remarks: input.remarks,
            waiver: input.waiver,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Accepts command, or to join it, for now or for a moment within a day. Until then the outgoing
    /// holds it. For the incoming commander and their organization.
    async fn accept_transfer(
        &self,
        context: &Context<'_>,
        input: AcceptTransferInput,
    ) -> Result<Option<AcceptTransferPayload>> {
        let command = structure::AcceptTransfer {
            structure: parse_id("structure", &input.structure)?,
            transfer: parse_id("transfer", &input.transfer)?,
            effective: input.effective,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Does not accept command. For the incoming commander and their organization.
    async fn decline_transfer(
        &self,
        context: &Context<'_>,
        input: EndTransferInput,
    ) -> Result<Option<DeclineTransferPayload>> {
        let command = structure::DeclineTransfer {
            structure: parse_id("structure", &input.structure)?,
            transfer: parse_id("transfer", &input.transfer)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes a transfer back, an accepted one too until its moment has come. For the outgoing
    /// commander and their organization.
    async fn withdraw_transfer(
        &self,
        context: &Context<'_>,
        input: EndTransferInput,
    ) -> Result<Option<WithdrawTransferPayload>> {
        let command = structure::WithdrawTransfer {
            structure: parse_id("structure", &input.structure)?,
            transfer: parse_id("transfer", &input.transfer)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Lets another organization do something in the name of yours, which is in command.
    async fn delegate(
        &self,
        context: &Context<'_>,
        input: DelegateInput,
    ) -> Result<Option<DelegatePayload>> {
        let command = structure::Delegate {
            structure: parse_id("structure", &input.structure)?,
            power: input.power.into(),
            to: parse_id("organization", &input.organization)?,
            reason: input.reason,
            until: input.until,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Ends a delegation by your organization.
    async fn end_delegation(
        &self,
        context: &Context<'_>,
        input: EndDelegationInput,
    ) -> Result<Option<EndDelegationPayload>> {
        let command = structure::EndDelegation {
            structure: parse_id("structure", &input.structure)?,
            delegation: parse_id("delegation", &input.delegation)?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Proposes something for all commanders to sign. Your organization, in command, has signed.
    async fn propose_jointly(
        &self,
        context: &Context<'_>,
        input: ProposeJointlyInput,
    ) -> Result<Option<ProposeJointlyPayload>> {
        let structure = parse_id("structure", &input.structure)?;
        let command = structure::ProposeJointly { structure, what: input.what };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Signs it, for your organization and those that delegated their signature to it.
    async fn sign_jointly(
        &self,
        context: &Context<'_>,
        input: SignJointlyInput,
    ) -> Result<Option<SignJointlyPayload>> {
        let structure = parse_id("structure", &input.structure)?;
        let decision = parse_id("decision", &input.decision)?;
        let command = structure::SignJointly { structure, decision };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
