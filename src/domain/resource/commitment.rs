//! To which incident a resource goes: promised, on its way, checked in (ICS 211).

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::assignment::{Assignment, Tactical};
use super::check_in::Arrival;
use super::demobilization::Demobilization;
use super::departure::Departure;
use super::standing::Status;
use super::{Resource, ResourceRefusal};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{
    self, ASSIGNMENTS_KEPT_MAX, COMMITMENTS_KEPT_MAX, COMMITMENTS_LIVE_MAX, REASON_CHARS_MAX,
};
use crate::domain::mutual_aid::Offer;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// That a resource, or so much of a supply, goes to an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Its number among those of the resource, from 1.
    pub number: u32,
    /// The incident.
    pub incident: Id<Incident>,
    /// How much: 1 of what is single.
    pub quantity: u32,
    /// The offer that it follows from; its owner's own dispatch when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Id<Offer>>,
    /// Since when.
    pub since: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// When it is expected to arrive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Timestamp>,
    /// Its check-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_in: Option<Arrival>,
    /// What it works at now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned_to: Option<Tactical>,
    /// What it worked at, the oldest first; the last one is the one now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<Assignment>,
    /// How it leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<Departure>,
    /// Its check-out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demobilization: Option<Demobilization>,
    /// When it was released or cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
}

/// Where a commitment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nobody else can have it.
    Committed,
    /// It gets ready to go.
    Mobilizing,
    /// It is on its way.
    EnRoute,
    /// It is there, and its status counts (NIMS).
    CheckedIn,
    /// Its check-out is going round.
    Demobilizing,
    /// It is let go.
    Released,
    /// It did not go after all.
    Cancelled,
}

impl Stage {
    /// Every stage, in the order of a life.
    pub const ALL: [Self; 7] = [
        Self::Committed,
        Self::Mobilizing,
        Self::EnRoute,
        Self::CheckedIn,
        Self::Demobilizing,
        Self::Released,
        Self::Cancelled,
    ];

    /// Whether a life has a step from here to there. What is on the spot already may check in at
    /// once; who has checked in is demobilized before it goes.
    #[must_use]
    pub fn can_become(self, to: Self) -> bool {
        match to {
            Self::Committed => false,
            Self::Mobilizing | Self::EnRoute | Self::CheckedIn => {
                self < to && to <= Self::CheckedIn
            }
            Self::Demobilizing => self == Self::CheckedIn,
            Self::Released => self == Self::Demobilizing,
            Self::Cancelled => self < Self::CheckedIn,
        }
    }

    /// Whether it is neither released nor cancelled.
    #[must_use]
    pub fn is_live(self) -> bool {
        self < Self::Released
    }

    /// The word for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Mobilizing => "mobilizing",
            Self::EnRoute => "en route",
            Self::CheckedIn => "checked in",
            Self::Demobilizing => "demobilizing",
            Self::Released => "released",
            Self::Cancelled => "cancelled",
        }
    }

    /// What it can become, in words.
    pub(super) fn steps(self) -> String {
        let steps = Self::ALL.into_iter().filter(|to| self.can_become(*to));
        let steps: Vec<_> = steps.map(Self::as_str).collect();
        if steps.is_empty() { "nothing else".to_owned() } else { steps.join(", ") }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Commitment {
    /// Whether it is neither released nor cancelled.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.stage.is_live()
    }

    /// Takes it from what it works at.
    pub(super) fn unassign(&mut self, stamp: &Stamp<'_>) {
        if self.assigned_to.take().is_some() {
            self.note_assignment(None, stamp, None);
        }
    }

    pub(super) fn note_assignment(
        &mut self,
        to: Option<Tactical>,
        stamp: &Stamp<'_>,
        reason: Option<String>,
    ) {
        let by = stamp.by.principal.clone();
        self.assignments.push(Assignment { to, at: stamp.at, by, reason });
        let over = self.assignments.len().saturating_sub(ASSIGNMENTS_KEPT_MAX);
        self.assignments.drain(..over);
    }
}

/// Commits a resource of one's own to an incident that one works on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Commit {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// How much of a supply; 1 of what is single.
    pub quantity: u32,
}

/// Says that a committed resource gets ready, or is on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Advance {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Which of its commitments there; the only live one when absent.
    pub commitment: Option<u32>,
    /// Mobilizing or en route.
    pub to: Stage,
    /// When it is expected to arrive.
    pub expected: Option<Timestamp>,
}

/// Takes a commitment back before the resource has checked in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cancel {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Which of its commitments there; the only live one when absent.
    pub commitment: Option<u32>,
    /// Why.
    pub reason: String,
}

/// A resource was committed to an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Committed {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// How much.
    pub quantity: u32,
    /// The offer that it follows from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Id<Offer>>,
}

/// A committed resource came a step nearer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advanced {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The number of the commitment.
    pub commitment: u32,
    /// Mobilizing or en route.
    pub to: Stage,
    /// When it is expected to arrive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Timestamp>,
}

/// A commitment was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The number of the commitment.
    pub commitment: u32,
    /// The offer that it followed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Id<Offer>>,
    /// Why.
    pub reason: String,
}

/// Checks that so much of a resource can go to an incident, and gives what happens then. Everything
/// by which a resource is committed goes through here: whatever else agrees, a resource has one
/// live commitment and no supply is promised twice.
///
/// # Errors
/// [`Refusal::IncidentClosed`] and [`Refusal::IncidentMerged`]; [`ResourceRefusal`] when it is
/// retired, part of a group, out of service, committed already, short, or of the other world than
/// the incident: exercise or real.
pub fn commit(
    world: &World,
    resource: Id<Resource>,
    incident: Id<Incident>,
    quantity: u32,
    offer: Option<Id<Offer>>,
) -> Result<Committed, Refusal> {
    let incident = world.open_incident(incident)?;
    let resource = world.usable_resource(resource)?;
    let name = || resource.profile.name.clone();
    if resource.exercise != incident.exercise {
        let word = |exercise| if exercise { "for exercises" } else { "real" };
        return Err(ResourceRefusal::ExerciseMixed {
            name: name(),
            resource: word(resource.exercise),
            incident: if incident.exercise { "an exercise" } else { "real" },
        }
        .into());
    }
    world.check_out_of_groups(resource)?;
    for part in std::iter::once(resource).chain(world.members_of(resource)) {
        if let Status::OutOfService(cause) = part.standing.status {
            let (name, cause) = (part.profile.name.clone(), cause.as_str());
            return Err(ResourceRefusal::OutOfService { name, cause }.into());
        }
    }

    // Conservation: what is promised is there and nobody else's.
    let asked = quantity;
    // Of supplies more than is held is refused below, in words of its own.
    let most = resource.supply.as_ref().map_or(1, |supply| supply.held.max(1).max(quantity));
    limits::number("quantity", quantity, 1, most)?;
    let free = resource.free();
    match &resource.supply {
        None if free < quantity => return Err(ResourceRefusal::NotFree { name: name() }.into()),
        Some(supply) if free < quantity => {
            let unit = supply.unit.clone();
            return Err(ResourceRefusal::SupplyShort { name: name(), free, asked, unit }.into());
        }
        _ => {}
    }
    let count = resource.live_commitments().count() + 1;
    limits::count("commitments", count, COMMITMENTS_LIVE_MAX)?;
    Ok(Committed { resource: resource.id, incident: incident.id, quantity, offer })
}

impl Decide for Commit {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let committed = commit(world, self.resource, self.incident, self.quantity, None)?;
        Ok(Decision::one(RecordRef::Resource(self.resource), committed))
    }
}

impl Decide for Advance {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let subject = RecordRef::Resource(self.resource);
        let commitment = world.commitment(self.resource, self.incident, self.commitment)?;
        let same = commitment.stage == self.to && commitment.expected == self.expected;
        if same && self.to < Stage::CheckedIn {
            return Ok(Decision::unchanged(subject));
        }
        // A new time of arrival is told at the same stage.
        let on_the_way = matches!(self.to, Stage::Mobilizing | Stage::EnRoute);
        if !on_the_way || (commitment.stage != self.to && !commitment.stage.can_become(self.to)) {
            return Err(world.no_step(self.resource, commitment.stage, self.to));
        }
        if commitment.expected != self.expected {
            limits::to_come("expected", self.expected, context.now)?;
        }
        world.may_set_out(commitment)?;
        let Self { resource, incident, to, expected, .. } = *self;
        let commitment = commitment.number;
        Ok(Decision::one(subject, Advanced { resource, incident, commitment, to, expected }))
    }
}

impl Decide for Cancel {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let commitment = world.commitment(self.resource, self.incident, self.commitment)?;
        // Its owner may take it back, and whoever runs the incident may do without it.
        let sides = [
            world.resource(self.resource).map(|resource| resource.owner),
            world.incident(self.incident).and_then(|incident| incident.owner()),
        ];
        if context.by.organization.is_some() && !sides.contains(&context.by.organization) {
            return Err(world.not_committed(self.resource, self.incident));
        }
        if !commitment.stage.can_become(Stage::Cancelled) {
            return Err(world.no_step(self.resource, commitment.stage, Stage::Cancelled));
        }
        world.may_stay_away(self.resource, commitment)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let offer = commitment.offer;
        let (resource, incident, commitment) = (self.resource, self.incident, commitment.number);
        let event = Cancelled { resource, incident, commitment, offer, reason };
        Ok(Decision::one(RecordRef::Resource(self.resource), event))
    }
}

impl Apply for Committed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let name = world.name_of_resource(self.resource);
        let mut said = sentence!("RESOURCE_COMMITTED", "{resource} is committed", resource = name);
        world.change_resource(self.resource, stamp, |resource| {
            if let Some(supply) = &resource.supply {
                said = sentence!(
                    "RESOURCE_COMMITTED",
                    "{resource} is committed: {quantity} {unit}",
                    resource = name,
                    quantity = self.quantity,
                    unit = supply.unit,
                );
            }
            resource.commitments_made += 1;
            resource.commitments.push(Commitment {
                number: resource.commitments_made,
                incident: self.incident,
                quantity: self.quantity,
                offer: self.offer,
                since: stamp.at,
                stage: Stage::Committed,
                expected: None,
                check_in: None,
                assigned_to: None,
                assignments: Vec::new(),
                departure: None,
                demobilization: None,
                ended: None,
            });
        });
        world.tell_of(self.resource, self.incident, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource), RecordRef::Incident(self.incident)]
    }
}

impl Apply for Advanced {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_commitment(self.resource, self.commitment, stamp, |commitment, _| {
            commitment.stage = self.to;
            commitment.expected = self.expected;
        });
        let name = world.name_of_resource(self.resource);
        let said = sentence!(
            "RESOURCE_ADVANCED",
            "{resource} is {stage}",
            resource = name,
            stage = self.to,
        );
        world.tell_of(self.resource, self.incident, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource), RecordRef::Incident(self.incident)]
    }
}

impl Apply for Cancelled {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_commitment(self.resource, self.commitment, stamp, |commitment, _| {
            commitment.stage = Stage::Cancelled;
            commitment.ended = Some(stamp.at);
        });
        let name = world.name_of_resource(self.resource);
        let said = sentence!("COMMITMENT_CANCELLED", "{resource} is not coming", resource = name);
        world.tell_of(self.resource, self.incident, stamp, said.because(Some(&self.reason)));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource), RecordRef::Incident(self.incident)]
    }
}

impl Resource {
    /// Forgets the oldest ended commitments when there are many, but for those that something still
    /// rests on.
    pub(super) fn forget_old_commitments(&mut self, rests_on: impl Fn(&Commitment) -> bool) {
        let done = |commitment: &Commitment| !commitment.is_live() && !rests_on(commitment);
        let ended = self.commitments.iter().filter(|commitment| done(commitment)).count();
        let mut over = ended.saturating_sub(COMMITMENTS_KEPT_MAX);
        self.commitments.retain(|commitment| {
            let goes = over > 0 && done(commitment);
            over -= usize::from(goes);
            !goes
        });
    }
}
