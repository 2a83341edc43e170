//! Who arrived on an incident, where, and how (ICS 211).
//!
//! Example: Engine 7 checks in at Staging East with 4 people under Captain Ito. A fifth comes after
//! them, so it checks in again, with 5.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Resource, ResourceRefusal, Stage};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, CREW_MAX, NAME_CHARS_MAX, REASON_CHARS_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Who arrived where: a line of the check-in list (ICS 211).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// When.
    pub at: Timestamp,
    /// Where they checked in: `Staging Area East`.
    pub place: String,
    /// How many people.
    pub people: u32,
    /// Who leads them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<String>,
    /// What else the list says of them.
    #[serde(default, flatten)]
    pub details: CheckInDetails,
    /// Who wrote it down.
    pub by: String,
}

/// What else the check-in list says of who arrived (ICS 211, blocks 10, 12, 13 and 15).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckInDetails {
    /// How it is reached on the incident, such as its call sign or channel; a person's own number is
    /// sealed with that person instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Where it set out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub departed_from: Option<String>,
    /// When it set out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub departed_at: Option<Timestamp>,
    /// How it travelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel: Option<String>,
    /// What else its people are qualified for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifications: Option<String>,
}

/// Checks a resource in (ICS 211).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckIn {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Which of its commitments there; the only live one when absent.
    pub commitment: Option<u32>,
    /// Where.
    pub place: String,
    /// How many people came.
    pub people: u32,
    /// Who leads them.
    pub leader: Option<String>,
    /// What else the list says of them.
    #[serde(default)]
    pub details: CheckInDetails,
}

/// A resource checked in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedIn {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The number of the commitment.
    pub commitment: u32,
    /// Who arrived where.
    pub arrival: Arrival,
}

impl Decide for CheckIn {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let commitment = world.commitment(self.resource, self.incident, self.commitment)?;
        world.check_answers_for(context, self.resource, self.incident)?;
        // Who has checked in and counted wrongly, or has another crew now, checks in again.
        let before = commitment.check_in.as_ref().filter(|_| commitment.stage == Stage::CheckedIn);
        if before.is_none() && !commitment.stage.can_become(Stage::CheckedIn) {
            return Err(world.no_step(self.resource, commitment.stage, Stage::CheckedIn));
        }
        world.may_set_out(commitment)?;
        let arrival = Arrival {
            at: before.map_or(context.now, |before| before.at),
            place: limits::text("place", &self.place, NAME_CHARS_MAX)?,
            people: people("people", self.people)?,
            leader: limits::said("leader", self.leader.as_deref(), NAME_CHARS_MAX)?,
            details: self.details.checked(context)?,
            by: context.by.principal.clone(),
        };
        if before.is_some_and(|before| arrival.says_the_same(before)) {
            return Ok(Decision::unchanged(RecordRef::Resource(self.resource)));
        }
        let (resource, incident, commitment) = (self.resource, self.incident, commitment.number);
        let event = CheckedIn { resource, incident, commitment, arrival };
        Ok(Decision::one(RecordRef::Resource(self.resource), event))
    }
}

impl CheckInDetails {
    fn checked(&self, context: &Context<'_>) -> Result<Self, Refusal> {
        if self.departed_at.is_some_and(|at| at > context.now) {
            return Err(ResourceRefusal::TimeInFuture { field: "departedAt" }.into());
        }
        let said =
            |field, text: &Option<String>| limits::said(field, text.as_deref(), REASON_CHARS_MAX);
        Ok(Self {
            contact: said("contact", &self.contact)?,
            departed_from: said("departedFrom", &self.departed_from)?,
            departed_at: self.departed_at,
            travel: said("travel", &self.travel)?,
            qualifications: said("qualifications", &self.qualifications)?,
        })
    }
}

impl Arrival {
    /// Whether another says the same, whoever wrote it down.
    fn says_the_same(&self, other: &Self) -> bool {
        Self { by: other.by.clone(), ..self.clone() } == *other
    }
}

/// A number of people, if it can be.
///
/// # Errors
/// [`Refusal::NumberOutOfRange`], naming the field.
pub(super) fn people(field: &'static str, people: u32) -> Result<u32, Refusal> {
    limits::number(field, people, 0, CREW_MAX)
}

impl Apply for CheckedIn {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let mut is_again = false;
        world.change_commitment(self.resource, self.commitment, stamp, |commitment, _| {
            commitment.stage = Stage::CheckedIn;
            is_again = commitment.check_in.replace(self.arrival.clone()).is_some();
        });
        let Arrival { place, people, .. } = &self.arrival;
        let resource = world.name_of_resource(self.resource);
        let said = if is_again {
            sentence!(
                "RESOURCE_CHECKED_IN_AGAIN",
                "the check-in of {resource} now says {place} with {people} people",
                resource = resource,
                place = place,
                people = people,
            )
        } else {
            sentence!(
                "RESOURCE_CHECKED_IN",
                "{resource} checked in at {place} with {people} people",
                resource = resource,
                place = place,
                people = people,
            )
        };
        world.tell_of(self.resource, self.incident, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource), RecordRef::Incident(self.incident)]
    }
}
