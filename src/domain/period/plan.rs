//! The incident action plan: drafted as a revision, signed by who holds command, then in force.
//!
//! A revision freezes what is planned at the moment of its drafting, and is known by the hash of
//! that. A signature is for that revision alone: when the plan is changed afterwards it takes
//! another revision and all signatures anew, and the revision that was approved last stays in force
//! until then. Under unified command every commander signs (ICS 202 block 8; check 16).
//!
//! Example: revision 1 of period 2 is signed by Harbor Fire at 04:10 and by the police at 04:20,
//! and is in force. At 05:30 a channel changes; the police want to sign what they see and are told
//! to have revision 2 drafted.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::over::digest_of;
use super::{
    Assignment, Communications, Medical, Objective, Period, Refused, Safety, Situation, touched,
};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::REVISIONS_MAX;
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::structure::Commander;
use crate::domain::structure::approval::{Approvals, Signature};
use crate::domain::world::World;

/// The least complex type whose plan has to be written.
const WRITTEN_FROM_TYPE: u8 = 3;

/// A revision of the plan of a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanRevision {
    /// Its number, from 1.
    pub number: u32,
    /// Whether it is given by word of mouth.
    pub oral: bool,
    /// What is planned, as it was when the revision was drafted.
    pub content: Arc<Content>,
    /// SHA-256 of the content, hexadecimal.
    pub digest: String,
    /// Who drafted it.
    pub drafted_by: String,
    /// When.
    pub drafted_at: Timestamp,
    /// Who has to sign it, and who has.
    pub approvals: Approvals,
    /// When all who held command had signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_at: Option<Timestamp>,
}

/// What a plan says. The times of the period are not part of it: starting a little early does not
/// change what people do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// What is to be reached (ICS 202), as it was set.
    pub objectives: Vec<Objective>,
    /// Command emphasis and general situational awareness (ICS 202).
    pub situation: Situation,
    /// Who does what where (ICS 204).
    pub assignments: Vec<Assignment>,
    /// The radio channels (ICS 205).
    pub communications: Communications,
    /// The medical plan (ICS 206).
    pub medical: Medical,
    /// The safety message and hazards (ICS 208, 215A).
    pub safety: Safety,
}

/// Drafts the next revision of the plan of a period from what is planned now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftPlan {
    /// The period.
    pub period: Id<Period>,
    /// Whether the plan is given by word of mouth, which does for Type 5 and 4 incidents.
    pub oral: bool,
}

/// Signs the newest revision for the acting organization, which holds command, and for the agencies
/// that delegated it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApprovePlan {
    /// The period.
    pub period: Id<Period>,
    /// The revision that was read.
    pub revision: u32,
}

/// A revision was drafted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanDrafted {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// The number of the revision.
    pub revision: u32,
    /// Whether it is given by word of mouth.
    pub oral: bool,
    /// SHA-256 of what was planned then, hexadecimal.
    pub digest: String,
}

/// A commander signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanSigned {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// The number of the revision.
    pub revision: u32,
    /// Who has to sign it, and who has by now.
    pub approvals: Approvals,
    /// Whether all who hold command have signed by this.
    pub approves: bool,
}

impl Decide for DraftPlan {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let incident = world.known_incident(period.incident)?;
        let number = period.number;
        let content = period.content();
        if content.objectives.is_empty() {
            return Err(Refused::NoObjectives { number }.into());
        }
        if let Some((channel, place)) = unknown_channels(period).next() {
            return Err(Refused::ChannelUnknown { channel, place }.into());
        }
        let complexity = incident.complexity.as_ref().map(|complexity| complexity.level);
        if let Some(level) = complexity.filter(|level| self.oral && *level <= WRITTEN_FROM_TYPE) {
            return Err(Refused::OralNotEnough { level }.into());
        }
        let subject = RecordRef::Period(self.period);
        let digest = content.digest();
        let last = period.plan.last();
        if last.is_some_and(|last| last.digest == digest && last.oral == self.oral) {
            return Ok(Decision::unchanged(subject));
        }
        let count = period.plan.len();
        if count >= REVISIONS_MAX {
            return Err(Refused::RevisionsFull { number, count }.into());
        }
        let revision = last.map_or(0, |last| last.number) + 1;
        let (incident, oral) = (period.incident, self.oral);
        let event = PlanDrafted { period: self.period, incident, revision, oral, digest };
        Ok(Decision::one(subject, event))
    }
}

impl Decide for ApprovePlan {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let incident = world.known_incident(period.incident)?;
        let number = period.number;
        let revision = period.revision_to_sign(self.revision)?;
        if revision.digest != period.content().digest() {
            return Err(Refused::PlanChanged { number, revision: revision.number }.into());
        }
        let subject = RecordRef::Period(self.period);
        if revision.approved_at.is_some() {
            // Who came into command since may think to have signed what they never did.
            let agency = context.by.organization.filter(|agency| {
                signers(world, incident).needed.contains(agency) && !revision.is_signed_for(*agency)
            });
            return match agency {
                Some(_) => Err(Refused::PlanInForce { number, revision: revision.number }.into()),
                None => Ok(Decision::unchanged(subject)),
            };
        }
        let approvals = revision.approvals_now(world, incident);
        let structure = world.structure_of(incident.id);
        let delegations = structure.map_or(&[][..], |structure| &structure.delegations);
        let (by, organization) = (&context.by.principal, context.by.organization);
        let signed = organization.and_then(|organization| {
            approvals.signed_by(organization, delegations, by, context.now)
        });
        // By the organization, or for it by one that it delegated this to.
        let is_theirs = |given: &Signature| {
            [given.organization, given.agency].map(Some).contains(&organization)
        };
        let stands = || approvals.given.iter().any(is_theirs);
        let approvals = match signed {
            Some(signed) => signed,
            // The others who had yet to sign may hold command no longer.
            None if stands() && approvals.is_complete() => approvals,
            None if stands() => return Ok(Decision::unchanged(subject)),
            None => {
                let commanders = in_words(world, &approvals.needed);
                return Err(Refused::NotCommander { commanders }.into());
            }
        };
        let approves = approvals.is_complete();
        let (period, incident, revision) = (self.period, period.incident, self.revision);
        Ok(Decision::one(subject, PlanSigned { period, incident, revision, approvals, approves }))
    }
}

/// The agencies that hold command of an incident, each of which signs. While nobody has assumed
/// command it is with the organization that the incident belongs to.
#[must_use]
pub fn signers(world: &World, incident: &Incident) -> Approvals {
    let commanders = world.commanders(incident.id);
    if commanders.is_empty() {
        return Approvals { needed: incident.owner().into_iter().collect(), given: Vec::new() };
    }
    Approvals::needed_of(&commanders)
}

impl PlanRevision {
    fn is_signed_for(&self, agency: Id<Organization>) -> bool {
        self.approvals
            .given
            .iter()
            .any(|given| [given.agency, given.organization].contains(&agency))
    }

    /// What it needs by those who hold command now, with what was signed for them; once it is
    /// approved, what it needed then.
    #[must_use]
    pub fn approvals_now(&self, world: &World, incident: &Incident) -> Approvals {
        if self.approved_at.is_some() {
            return self.approvals.clone();
        }
        let Approvals { needed, .. } = signers(world, incident);
        let given = self.approvals.given.iter().filter(|given| needed.contains(&given.agency));
        Approvals { given: given.cloned().collect(), needed }
    }
}

/// That the newest revision of a period is approved once only these are in command: all of them have
/// signed it.
pub(in crate::domain) fn approved_by(period: &Period, stay: &[Commander]) -> Option<PlanSigned> {
    let revision = period.plan.last().filter(|revision| revision.approved_at.is_none())?;
    let approvals = revision.approvals.renewed(stay);
    let stands = period.is_open() && revision.digest == period.content().digest();
    (stands && approvals.is_complete()).then_some(PlanSigned {
        period: period.id,
        incident: period.incident,
        revision: revision.number,
        approvals,
        approves: true,
    })
}

fn in_words(world: &World, commanders: &[Id<Organization>]) -> String {
    let organizations = commanders.iter().filter_map(|id| world.organization(*id));
    let names: Vec<_> =
        organizations.map(|organization| organization.profile.name.as_str()).collect();
    match names.as_slice() {
        [] => "nobody; let somebody assume command first".to_owned(),
        all => all.join(", "),
    }
}

/// The channels on assignments that the communications plan does not have (check 10), each with
/// the place.
pub(super) fn unknown_channels(period: &Period) -> impl Iterator<Item = (String, String)> {
    let known =
        |name: &String| period.communications.channels.iter().any(|channel| channel.name == *name);
    period.assignments.iter().flat_map(move |assignment| {
        let unknown = assignment.work.channels.iter().filter(move |name| !known(name));
        unknown.map(|name| (name.clone(), assignment.work.place.name.clone()))
    })
}

impl Period {
    /// What its plan says as it stands. What was closed before the period began is not part of it;
    /// what is closed while it runs was.
    #[must_use]
    pub fn content(&self) -> Content {
        let planned = |objective: &&Objective| {
            objective.closed.as_ref().is_none_or(|closed| closed.at >= self.start)
        };
        let objectives = self.objectives.iter().filter(planned);
        Content {
            objectives: objectives.map(|o| Objective { closed: None, ..o.clone() }).collect(),
            situation: self.situation.clone(),
            assignments: self.assignments.clone(),
            communications: self.communications.clone(),
            medical: self.medical.clone(),
            safety: self.safety.clone(),
        }
    }

    /// The revision that is in force: the one that was approved last.
    #[must_use]
    pub fn plan_in_force(&self) -> Option<&PlanRevision> {
        self.plan.iter().rev().find(|revision| revision.approved_at.is_some())
    }

    /// Whether the plan as it stands is not the one in force.
    #[must_use]
    pub fn plan_is_changed(&self) -> bool {
        self.plan_in_force().is_some_and(|in_force| in_force.digest != self.content().digest())
    }

    fn revision_to_sign(&self, wanted: u32) -> Result<&PlanRevision, Refused> {
        let unknown = Refused::RevisionUnknown { number: self.number, revision: wanted };
        match self.plan.last() {
            Some(last) if last.number == wanted => Ok(last),
            Some(last) if wanted > 0 && wanted < last.number => {
                Err(Refused::RevisionOld { revision: wanted, last: last.number })
            }
            _ => Err(unknown),
        }
    }
}

impl Content {
    /// SHA-256 over its JSON, hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        digest_of(self)
    }
}

impl Apply for PlanDrafted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let approvals = world.incident(self.incident).map(|incident| signers(world, incident));
        let Some(period) = world.change_period(self.period, stamp) else { return };
        let revision = PlanRevision {
            number: self.revision,
            oral: self.oral,
            content: Arc::new(period.content()),
            digest: self.digest.clone(),
            drafted_by: stamp.by.principal.clone(),
            drafted_at: stamp.at,
            approvals: approvals.unwrap_or_default(),
            approved_at: None,
        };
        period.plan.push(revision);
        let said = sentence!(
            "PLAN_DRAFTED",
            "plan of period {number} drafted, revision {revision}",
            number = period.number,
            revision = self.revision,
        );
        world.chronicle(self.incident, stamp, said, &[RecordRef::Period(self.period)]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.period, self.incident)
    }
}

impl Apply for PlanSigned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(period) = world.change_period(self.period, stamp) else { return };
        let number = period.number;
        let mut revisions = period.plan.iter_mut();
        let Some(revision) = revisions.find(|other| other.number == self.revision) else { return };
        revision.approvals = self.approvals.clone();
        if self.approves {
            revision.approved_at.get_or_insert(stamp.at);
        }
        let said = if self.approves {
            sentence!(
                "PLAN_APPROVED",
                "plan of period {number} approved, revision {revision}",
                number = number,
                revision = self.revision,
            )
        } else {
            sentence!(
                "PLAN_SIGNED",
                "plan of period {number} signed, revision {revision}",
                number = number,
                revision = self.revision,
            )
        };
        world.chronicle(self.incident, stamp, said, &[RecordRef::Period(self.period)]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.period, self.incident)
    }
}
