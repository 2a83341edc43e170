//! Who sees what: agreements, policies, markings, broken glass.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Union};

use super::{Outcome, Refusal, Shown, carry_out, payloads};
use crate::domain::{RecordRef, agreement, break_glass, marking, policies};
use crate::graphql::asked::parse_id;
use crate::graphql::scalars::Sequence;
use crate::graphql::types::agreement::Agreement;
use crate::graphql::types::break_glass::BreakGlass;
use crate::graphql::types::codes::Marking;
use crate::graphql::types::incident::Incident;
use crate::graphql::types::journal::Note;
use crate::graphql::types::proposal::AgreementInput;
use crate::graphql::types::record::RecordInput;
use crate::graphql::types::signal::Signal;
use crate::sharing::View;

payloads! {
    ProposeAgreementPayload { agreement: Agreement },
    SignAgreementPayload { agreement: Agreement },
    EndAgreementPayload { agreement: Agreement },
    MarkRecordPayload { record: MarkedRecord },
    BreakGlassPayload { break_glass: BreakGlass },
    MendGlassPayload { break_glass: BreakGlass },
}

/// What organizations are to agree on.
#[derive(InputObject)]
pub(crate) struct ProposeAgreementInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// What is proposed.
    agreement: AgreementInput,
}

/// Which agreement is to be signed.
#[derive(InputObject)]
pub(crate) struct SignAgreementInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The agreement.
    agreement: ID,
}

/// Which agreement is to be ended.
#[derive(InputObject)]
pub(crate) struct EndAgreementInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The agreement.
    agreement: ID,
    /// Why, in a sentence that the other parties will read.
    reason: String,
}

/// Which policies are to be in force for the acting organization's own records.
#[derive(InputObject)]
pub(crate) struct AdoptPoliciesInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The whole text, in Cedar; empty to take the policies away.
    source: String,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct AdoptPoliciesPayload {
    /// The text that is in force now; null when the command was refused.
    source: Option<String>,
    /// Why nothing was changed; null when it was carried out.
    refusal: Option<Refusal>,
    /// Where your picture stands after it, or stood when it was refused.
    sequence: Sequence,
}

/// How far a record may go.
#[derive(InputObject)]
pub(crate) struct MarkRecordInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident, signal or note.
    record: RecordInput,
    /// How far it may go from now on.
    marking: Marking,
    /// Why.
    reason: String,
}

/// A record that can be marked.
#[derive(Union)]
pub(crate) enum MarkedRecord {
    /// An incident.
    Incident(Incident),
    /// A signal that is not public.
    Signal(Signal),
    /// A journal note.
    Note(Note),
}

/// Before whose records the glass is to be broken.
#[derive(InputObject)]
pub(crate) struct BreakGlassInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The organization whose records are needed.
    owner: ID,
    /// Why, in a sentence that the owner will read.
    reason: String,
    /// For how many minutes: 1 to 480.
    minutes: u32,
}

/// Which broken glass is to be mended.
#[derive(InputObject)]
pub(crate) struct MendGlassInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The broken glass.
    break_glass: ID,
}

impl From<Outcome> for AdoptPoliciesPayload {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done { view, subject, sequence } => {
                let RecordRef::Policies(organization) = subject else {
                    return Self { source: None, refusal: None, sequence };
                };
                let source = view.policies_of(organization).map(ToOwned::to_owned);
                Self { source: Some(source.unwrap_or_default()), refusal: None, sequence }
            }
            Outcome::Refused { refusal, sequence } => {
                Self { source: None, refusal: Some(refusal), sequence }
            }
        }
    }
}

impl Shown for MarkedRecord {
    fn shown(view: &View, subject: RecordRef) -> Option<Self> {
        match subject {
            RecordRef::Incident(_) => Incident::shown(view, subject).map(Self::Incident),
            RecordRef::Signal(_) => Signal::shown(view, subject).map(Self::Signal),
            RecordRef::Note(_) => Note::shown(view, subject).map(Self::Note),
            _ => None,
        }
    }
}

#[derive(Default)]
pub(super) struct AgreementMutations;

#[Object]
impl AgreementMutations {
    /// Proposes a data-sharing agreement and signs it for the acting organization, which has to be
    /// a party. Needs the scope `administer`. Ask `simulate` first who would see what by it.
    async fn propose_agreement(
        &self,
        context: &Context<'_>,
        input: ProposeAgreementInput,
    ) -> Result<Option<ProposeAgreementPayload>> {
        let command = agreement::Propose { text: input.agreement.text()? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Signs an agreement for the acting organization. With the last signature it is in force.
    /// Needs the scope `administer`.
    async fn sign_agreement(
        &self,
        context: &Context<'_>,
        input: SignAgreementInput,
    ) -> Result<Option<SignAgreementPayload>> {
        let command = agreement::Sign { agreement: parse_id("agreement", &input.agreement)? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Ends an agreement for all parties at once, or declines one that is proposed. Needs the scope
    /// `administer`.
    async fn end_agreement(
        &self,
        context: &Context<'_>,
        input: EndAgreementInput,
    ) -> Result<Option<EndAgreementPayload>> {
        let agreement = parse_id("agreement", &input.agreement)?;
        let command = agreement::End { agreement, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Adopts policies in Cedar for the acting organization's own records in place of those it
    /// had. They are checked strictly against the schema that `policies` shows. Needs the scope
    /// `administer`.
    async fn adopt_policies(
        &self,
        context: &Context<'_>,
        input: AdoptPoliciesInput,
    ) -> Result<Option<AdoptPoliciesPayload>> {
        let command = policies::Adopt { source: input.source };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Marks an incident, a signal or a note (TLP 2.0). No agreement widens a marking.
    async fn mark_record(
        &self,
        context: &Context<'_>,
        input: MarkRecordInput,
    ) -> Result<Option<MarkRecordPayload>> {
        let record = input.record.reference()?;
        let command = marking::Mark { record, tlp: input.marking.into(), reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Breaks the glass: shows this account the records of an organization for a while, whatever
    /// was agreed. The organization sees that, and why. Needs the scope `break-glass`.
    async fn break_glass(
        &self,
        context: &Context<'_>,
        input: BreakGlassInput,
    ) -> Result<Option<BreakGlassPayload>> {
        let owner = parse_id("owner", &input.owner)?;
        let command = break_glass::Break { owner, reason: input.reason, minutes: input.minutes };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Mends broken glass before its time is over. Needs the scope `break-glass`.
    async fn mend_glass(
        &self,
        context: &Context<'_>,
        input: MendGlassInput,
    ) -> Result<Option<MendGlassPayload>> {
        let command =
            break_glass::Mend { break_glass: parse_id("breakGlass", &input.break_glass)? };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
