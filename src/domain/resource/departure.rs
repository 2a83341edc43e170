//! How a resource leaves an incident: when it is to be released, how it travels, where it goes
//! (ICS 221, blocks 3, 8 and 9). It is planned before its check-out begins, or while that goes round.
//!
//! Example: Engine 61 came from 140 km away. It is to be released at 18:00, leaves at 18:30 by road,
//! and is expected at Pine Flat at 20:30; on its way it is reached on Command 7.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Resource, ResourceRefusal, Stage};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, NAME_CHARS_MAX, REASON_CHARS_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// How a resource leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Departure {
    /// When it is to be released (block 3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_at: Option<Timestamp>,
    /// Where it goes next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// When it is expected to leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaves_at: Option<Timestamp>,
    /// When it is expected there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrives_at: Option<Timestamp>,
    /// Whether it rests overnight on its way.
    pub overnight: bool,
    /// How it travels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel: Option<String>,
    /// How it is reached on its way; a person's own number is sealed with that person instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Which area or dispatch centre was notified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notified: Option<String>,
    /// The incident that it goes to instead of home, as its people know it (block 9).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reassigned_to: Option<String>,
}

/// Plans how a resource leaves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlanDeparture {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Which of its commitments there; the only live one when absent.
    pub commitment: Option<u32>,
    /// The whole plan, in place of what was planned before.
    pub departure: Departure,
}

/// It was planned how a resource leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeparturePlanned {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The number of the commitment.
    pub commitment: u32,
    /// The plan.
    pub departure: Departure,
}

impl Departure {
    /// The same, if it can be.
    ///
    /// # Errors
    /// The refusal that names the part.
    pub(super) fn checked(&self) -> Result<Self, Refusal> {
        if self.arrives_at.is_some_and(|arrives| self.leaves_at.is_some_and(|at| at > arrives)) {
            return Err(ResourceRefusal::ArrivesBeforeLeaving.into());
        }
        let said =
            |field, text: &Option<String>| limits::said(field, text.as_deref(), NAME_CHARS_MAX);
        Ok(Self {
            destination: said("destination", &self.destination)?,
            travel: said("travel", &self.travel)?,
            contact: limits::said("contact", self.contact.as_deref(), REASON_CHARS_MAX)?,
            notified: said("notified", &self.notified)?,
            reassigned_to: said("reassignedTo", &self.reassigned_to)?,
            ..self.clone()
        })
    }
}

impl Decide for PlanDeparture {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let subject = RecordRef::Resource(self.resource);
        let commitment = world.commitment(self.resource, self.incident, self.commitment)?;
        if !matches!(commitment.stage, Stage::CheckedIn | Stage::Demobilizing) {
            return Err(world.no_step(self.resource, commitment.stage, Stage::Demobilizing));
        }
        let departure = self.departure.checked()?;
        if commitment.departure.as_ref() == Some(&departure) {
            return Ok(Decision::unchanged(subject));
        }
        let (resource, incident, commitment) = (self.resource, self.incident, commitment.number);
        Ok(Decision::one(subject, DeparturePlanned { resource, incident, commitment, departure }))
    }
}

impl Apply for DeparturePlanned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_commitment(self.resource, self.commitment, stamp, |commitment, _| {
            commitment.departure = Some(self.departure.clone());
        });
        let resource = world.name_of_resource(self.resource);
        let said = sentence!(
            "DEPARTURE_PLANNED",
            "it is planned how {resource} leaves",
            resource = resource,
        );
        world.tell_of(self.resource, self.incident, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource), RecordRef::Incident(self.incident)]
    }
}
