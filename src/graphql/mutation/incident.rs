//! Incidents and their journal.

use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{carry_out, payloads};
use crate::domain::{incident, journal};
use crate::graphql::asked::{parse_id, parse_id_option};
use crate::graphql::types::codes::{IncidentStatus, Marking};
use crate::graphql::types::hazard::parse_kind;
use crate::graphql::types::incident::Incident;
use crate::graphql::types::journal::{Note, log_of};
use crate::graphql::types::place::LocationInput;

payloads! {
    OpenIncidentPayload { incident: Incident },
    AmendIncidentPayload { incident: Incident },
    ChangeStatusPayload { incident: Incident },
    ReopenIncidentPayload { incident: Incident },
    AssessComplexityPayload { incident: Incident },
    LocateIncidentPayload { incident: Incident },
    ChangeLeadPayload { incident: Incident },
    SetParentPayload { incident: Incident },
    MergeIncidentPayload { incident: Incident },
    UnmergeIncidentPayload { incident: Incident },
    WriteNotePayload { note: Note },
}

/// How complex an incident is.
#[derive(InputObject)]
pub(crate) struct ComplexityInput {
    /// The NIMS type: 5 is the least complex, 1 the most.
    #[graphql(name = "type")]
    level: u8,
    /// Why.
    reason: String,
}

/// What a new incident is like.
#[derive(InputObject)]
pub(crate) struct OpenIncidentInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// What people call it.
    name: String,
    /// What kind of hazard it is, by code.
    kind: String,
    /// Whether it is confirmed; it begins as REPORTED when false.
    #[graphql(default = true)]
    confirmed: bool,
    /// Where it is.
    location: LocationInput,
    /// How complex it is.
    complexity: Option<ComplexityInput>,
    /// The organization in the lead; your own when null.
    lead: Option<ID>,
    /// The complex that it is a part of.
    parent: Option<ID>,
    /// The signal that led to it, which is attached.
    signal: Option<ID>,
    /// Whether it is an exercise.
    #[graphql(default = false)]
    exercise: bool,
}

/// What is to change about an incident; what is null stays.
#[derive(InputObject)]
pub(crate) struct AmendIncidentInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// The new name.
    name: Option<String>,
    /// The new kind of hazard, by code.
    kind: Option<String>,
}

/// Where an incident is to stand in its life cycle.
#[derive(InputObject)]
pub(crate) struct ChangeStatusInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// Where it stands now.
    to: IncidentStatus,
    /// Why; needed for going back and for closing.
    reason: Option<String>,
}

/// Which incident is to be taken up again.
#[derive(InputObject)]
pub(crate) struct ReopenIncidentInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// Why.
    reason: String,
}

/// How complex an incident is.
#[derive(InputObject)]
pub(crate) struct AssessComplexityInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// How complex it is.
    complexity: ComplexityInput,
}

/// Where an incident is.
#[derive(InputObject)]
pub(crate) struct LocateIncidentInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// The whole place as it is known now.
    location: LocationInput,
}

/// Who is to lead an incident.
#[derive(InputObject)]
pub(crate) struct ChangeLeadInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// The organization that takes the lead.
    lead: ID,
    /// Why.
    reason: String,
}

/// Which complex an incident is to be a part of.
#[derive(InputObject)]
pub(crate) struct SetParentInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The part.
    incident: ID,
    /// The complex; null to stand alone.
    parent: Option<ID>,
}

/// Which incident is a duplicate of which.
#[derive(InputObject)]
pub(crate) struct MergeIncidentInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The duplicate.
    incident: ID,
    /// The one that stands for both.
    into: ID,
    /// Why they are the same.
    reason: String,
}

/// Which incident is no duplicate after all.
#[derive(InputObject)]
pub(crate) struct UnmergeIncidentInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident.
    incident: ID,
    /// Why they are not the same.
    reason: String,
}

/// What is to be kept in a journal.
#[derive(InputObject)]
pub(crate) struct WriteNoteInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The incident that it is about; a closed one may still be written about.
    incident: ID,
    /// The text.
    text: String,
    /// The position in whose log it stands (ICS 214).
    post: Option<ID>,
    /// The resource in whose log it stands (ICS 214). A note stands in one log at the most.
    resource: Option<ID>,
    /// The note that this one puts right.
    corrects: Option<ID>,
    /// How far it may go; TLP:GREEN when null.
    marking: Option<Marking>,
}

#[derive(Default)]
pub(super) struct IncidentMutations;

#[Object]
impl IncidentMutations {
    /// Opens an incident.
    async fn open_incident(
        &self,
        context: &Context<'_>,
        input: OpenIncidentInput,
    ) -> Result<Option<OpenIncidentPayload>> {
        let command = incident::Open {
            name: input.name,
            kind: parse_kind(&input.kind)?,
            confirmed: input.confirmed,
            location: input.location.into(),
            complexity: input.complexity.map(|complexity| (complexity.level, complexity.reason)),
            lead: parse_id_option("lead", input.lead.as_ref())?,
            parent: parse_id_option("parent", input.parent.as_ref())?,
            signal: parse_id_option("signal", input.signal.as_ref())?,
            exercise: input.exercise,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Changes what an incident is called or what kind it is.
    async fn amend_incident(
        &self,
        context: &Context<'_>,
        input: AmendIncidentInput,
    ) -> Result<Option<AmendIncidentPayload>> {
        let command = incident::Amend {
            incident: parse_id("incident", &input.incident)?,
            name: input.name,
            kind: input.kind.as_deref().map(parse_kind).transpose()?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Moves an incident along its life cycle.
    async fn change_status(
        &self,
        context: &Context<'_>,
        input: ChangeStatusInput,
    ) -> Result<Option<ChangeStatusPayload>> {
        let command = incident::ChangeStatus {
            incident: parse_id("incident", &input.incident)?,
            to: input.to.into(),
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes up a closed incident again.
    async fn reopen_incident(
        &self,
        context: &Context<'_>,
        input: ReopenIncidentInput,
    ) -> Result<Option<ReopenIncidentPayload>> {
        let incident = parse_id("incident", &input.incident)?;
        let command = incident::Reopen { incident, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Records how complex an incident is.
    async fn assess_complexity(
        &self,
        context: &Context<'_>,
        input: AssessComplexityInput,
    ) -> Result<Option<AssessComplexityPayload>> {
        let command = incident::AssessComplexity {
            incident: parse_id("incident", &input.incident)?,
            level: input.complexity.level,
            reason: input.complexity.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Records where an incident is.
    async fn locate_incident(
        &self,
        context: &Context<'_>,
        input: LocateIncidentInput,
    ) -> Result<Option<LocateIncidentPayload>> {
        let incident = parse_id("incident", &input.incident)?;
        let command = incident::Locate { incident, location: input.location.into() };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Hands the lead of an incident to another organization.
    async fn change_lead(
        &self,
        context: &Context<'_>,
        input: ChangeLeadInput,
    ) -> Result<Option<ChangeLeadPayload>> {
        let command = incident::ChangeLead {
            incident: parse_id("incident", &input.incident)?,
            lead: parse_id("lead", &input.lead)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Makes an incident a part of a complex, or takes it out.
    async fn set_parent(
        &self,
        context: &Context<'_>,
        input: SetParentInput,
    ) -> Result<Option<SetParentPayload>> {
        let command = incident::SetParent {
            incident: parse_id("incident", &input.incident)?,
            parent: parse_id_option("parent", input.parent.as_ref())?,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Declares an incident a duplicate of another. Nothing is lost.
    async fn merge_incident(
        &self,
        context: &Context<'_>,
        input: MergeIncidentInput,
    ) -> Result<Option<MergeIncidentPayload>> {
        let command = incident::Merge {
            incident: parse_id("incident", &input.incident)?,
            into: parse_id("into", &input.into)?,
            reason: input.reason,
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Takes such a declaration back.
    async fn unmerge_incident(
        &self,
        context: &Context<'_>,
        input: UnmergeIncidentInput,
    ) -> Result<Option<UnmergeIncidentPayload>> {
        let incident = parse_id("incident", &input.incident)?;
        let command = incident::Unmerge { incident, reason: input.reason };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }

    /// Writes a note into the journal of an incident.
    async fn write_note(
        &self,
        context: &Context<'_>,
        input: WriteNoteInput,
    ) -> Result<Option<WriteNotePayload>> {
        let command = journal::Write {
            incident: parse_id("incident", &input.incident)?,
            text: input.text,
            log_of: log_of(input.post.as_ref(), input.resource.as_ref())?,
            corrects: parse_id_option("corrects", input.corrects.as_ref())?,
            tlp: input.marking.map(Into::into),
        };
        Ok(Some(carry_out(context, command, input.idempotency_key).await?.into()))
    }
}
