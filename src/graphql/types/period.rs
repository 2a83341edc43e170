//! Operational periods and what is planned for them.

use async_graphql::{ID, Object, SimpleObject};
use jiff::Timestamp;

use super::codes::FieldGroup;
use super::communications::Channel;
use super::incident::Incident;
use super::medical::Medical;
use super::need::Need;
use super::organization::Organization;
use super::plan::{Hazard, Meeting, Objective, PeriodState, Situation, WorkAssignment};
use super::status_summary::StatusSummary;
use crate::domain::period;
use crate::graphql::asked::id;
use crate::graphql::rows::Row;
use crate::sharing::Seen;

/// An operational period of an incident, with all that is planned for it (NIMS, the Planning P).
/// The next one begins when the one before ends.
pub(crate) struct Period(pub(in crate::graphql) Seen<period::Period>);

/// A revision of an incident action plan: what was planned when it was drafted, and who signed
/// that. A plan that is changed afterwards takes another revision and all signatures anew.
pub(crate) struct PlanRevision {
    period: Seen<period::Period>,
    revision: period::PlanRevision,
}

/// What each part of a plan says, as SHA-256, hexadecimal. Who writes a part says with it what they
/// read (`over`), so that nobody writes over what they have not seen.
#[derive(SimpleObject)]
pub(crate) struct PlanDigests {
    /// Of `situation`.
    situation: String,
    /// Of `communications`.
    communications: String,
    /// Of `medical`.
    medical: String,
    /// Of `safetyMessage` and `hazards`.
    safety: String,
    /// Of `needs`.
    needs: String,
    /// Of `statusSummary`.
    status_summary: String,
}

/// That a commander signed a plan.
#[derive(SimpleObject)]
pub(crate) struct PlanSignature {
    /// The agency that holds command.
    agency: Option<Organization>,
    /// The organization that signed: the agency itself, or one that it delegated this to.
    organization: Option<Organization>,
    /// Who signed.
    by: String,
    /// When.
    at: Timestamp,
}

impl Row for Period {}

#[Object]
impl Period {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// Its number within the incident, from 1.
    async fn number(&self) -> u32 {
        self.0.number()
    }

    /// The incident.
    async fn incident(&self) -> Option<Incident> {
        self.0.incident().map(Incident)
    }

    /// Where it stands; null when that is withheld.
    async fn state(&self) -> Option<PeriodState> {
        self.0.state().map(Into::into)
    }

    /// When it begins; null when times are withheld.
    async fn start(&self) -> Option<Timestamp> {
        self.0.start()
    }

    /// When it ends, or ended; null when times are withheld.
    async fn end(&self) -> Option<Timestamp> {
        self.0.end()
    }

    /// What is to be reached, the most urgent first (ICS 202).
    async fn objectives(&self) -> Vec<Objective> {
        self.0.objectives().iter().map(Objective::of).collect()
    }

    /// What command stresses, and what everybody should know (ICS 202).
    async fn situation(&self) -> Option<Situation> {
        self.0.situation().map(Situation::of)
    }

    /// The meetings of its planning, in the order in which they are due.
    async fn meetings(&self) -> Vec<Meeting> {
        self.0.meetings().iter().map(Meeting::of).collect()
    }

    /// Who does what where (ICS 204).
    async fn assignments(&self) -> Vec<WorkAssignment> {
        let (assignments, view) = (self.0.assignments().iter(), self.0.view());
        assignments.map(|assignment| WorkAssignment::of(view, assignment)).collect()
    }

    /// The radio channels (ICS 205, block 4).
    async fn communications(&self) -> Vec<Channel> {
        let plan = self.0.communications();
        plan.iter().flat_map(|plan| &plan.channels).cloned().map(Into::into).collect()
    }

    /// What all who use the channels do (ICS 205, block 5).
    async fn communications_instructions(&self) -> Option<&str> {
        self.0.communications()?.instructions.as_deref()
    }

    /// Where responders are cared for (ICS 206).
    async fn medical(&self) -> Option<Medical> {
        self.0.medical().cloned().map(Into::into)
    }

    /// The safety message (ICS 208).
    async fn safety_message(&self) -> Option<&str> {
        self.0.safety()?.message.as_deref()
    }

    /// Hazards with what is done against them (ICS 215A).
    async fn hazards(&self) -> Vec<Hazard> {
        let hazards = self.0.safety().into_iter().flat_map(|safety| &safety.hazards);
        hazards.cloned().map(Into::into).collect()
    }

    /// What the assignments need, and what there is (ICS 215).
    async fn needs(&self) -> Vec<Need> {
        self.0.needs().iter().map(Need::of).collect()
    }

    /// What was reported of the incident (ICS 209).
    async fn status_summary(&self) -> Option<StatusSummary> {
        self.0.summary().map(|summary| StatusSummary::of(self.0.view(), summary))
    }

    /// What each of these parts says, as digests; null where any of it is withheld.
    async fn digests(&self) -> Option<PlanDigests> {
        self.0.digests().map(Into::into)
    }

    /// The organizations of those who hold command: all of them sign the plan.
    async fn commanders(&self) -> Vec<Organization> {
        self.0.commanders().into_iter().map(Organization).collect()
    }

    /// The revisions of its plan, oldest first.
    async fn plan(&self) -> Vec<PlanRevision> {
        self.0.plan().iter().map(|revision| PlanRevision::of(&self.0, revision)).collect()
    }

    /// The revision that is in force: the one that was approved last; null when none was.
    async fn plan_in_force(&self) -> Option<PlanRevision> {
        self.0.plan_in_force().map(|revision| PlanRevision::of(&self.0, revision))
    }

    /// Whether what is planned now is not what is in force; null when that is withheld.
    async fn plan_changed(&self) -> Option<bool> {
        self.0.plan_is_changed()
    }

    /// The groups of fields that are withheld from you, as far as their owner lets you know. What
    /// is withheld is null or empty.
    async fn withheld(&self) -> Vec<FieldGroup> {
        self.0.decision().withheld().into_iter().map(Into::into).collect()
    }

    /// When it changed last; null when times are withheld.
    async fn changed_at(&self) -> Option<Timestamp> {
        self.0.changed_at()
    }
}

impl From<period::Digests> for PlanDigests {
    fn from(digests: period::Digests) -> Self {
        let period::Digests { situation, communications, medical, safety, needs, summary } =
            digests;
        Self { situation, communications, medical, safety, needs, status_summary: summary }
    }
}

impl PlanRevision {
    fn of(period: &Seen<period::Period>, revision: &period::PlanRevision) -> Self {
        Self { period: period.clone(), revision: revision.clone() }
    }
}

#[Object]
impl PlanRevision {
    /// Its number, from 1.
    async fn number(&self) -> u32 {
        self.revision.number
    }

    /// Whether it is given by word of mouth (Type 5 and 4 incidents).
    async fn oral(&self) -> bool {
        self.revision.oral
    }

    /// SHA-256 of its content, hexadecimal.
    async fn digest(&self) -> &str {
        &self.revision.digest
    }

    /// Who drafted it.
    async fn drafted_by(&self) -> &str {
        &self.revision.drafted_by
    }

    /// When.
    async fn drafted_at(&self) -> Timestamp {
        self.revision.drafted_at
    }

    /// Who signed it, in order.
    async fn signatures(&self) -> Vec<PlanSignature> {
        let organization = |id| self.period.view().organization(id).map(Organization);
        let signatures = self.revision.approvals.given.iter().map(|signature| PlanSignature {
            agency: organization(signature.agency),
            organization: organization(signature.organization),
            by: signature.by.clone(),
            at: signature.at,
        });
        signatures.collect()
    }

    /// The agencies that have yet to sign it.
    async fn unsigned(&self) -> Vec<Organization> {
        self.period.unsigned(&self.revision).into_iter().map(Organization).collect()
    }

    /// When all who held command had signed it; null while they have not.
    async fn approved_at(&self) -> Option<Timestamp> {
        self.revision.approved_at
    }

    /// What was to be reached (ICS 202).
    async fn objectives(&self) -> Vec<Objective> {
        self.revision.content.objectives.iter().map(Objective::of).collect()
    }

    /// What command stressed, and what everybody should know (ICS 202).
    async fn situation(&self) -> Situation {
        Situation::of(&self.revision.content.situation)
    }

    /// Who does what where (ICS 204).
    async fn assignments(&self) -> Vec<WorkAssignment> {
        let assignments = self.revision.content.assignments.iter();
        assignments.map(|assignment| WorkAssignment::of(self.period.view(), assignment)).collect()
    }

    /// The radio channels (ICS 205, block 4).
    async fn communications(&self) -> Vec<Channel> {
        let channels = self.revision.content.communications.channels.iter();
        channels.cloned().map(Into::into).collect()
    }

    /// What all who used the channels did (ICS 205, block 5).
    async fn communications_instructions(&self) -> Option<&str> {
        self.revision.content.communications.instructions.as_deref()
    }

    /// Where responders are cared for (ICS 206).
    async fn medical(&self) -> Medical {
        self.revision.content.medical.clone().into()
    }

    /// The safety message (ICS 208).
    async fn safety_message(&self) -> Option<&str> {
        self.revision.content.safety.message.as_deref()
    }

    /// Hazards with what is done against them (ICS 215A).
    async fn hazards(&self) -> Vec<Hazard> {
        self.revision.content.safety.hazards.iter().cloned().map(Into::into).collect()
    }
}
