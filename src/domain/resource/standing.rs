//! Assigned, available or out of service (NIMS), with the reason, the place and the return.

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

/// Whether a resource can be used (NIMS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "cause")]
pub enum Status {
    /// It works at what it was assigned to.
    Assigned,
    /// It is ready.
    Available,
    /// It cannot be used.
    OutOfService(Cause),
}

/// Why a resource is out of service: the marks of the resource status card (ICS 219).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Something is broken: O/S Mech.
    Mechanical,
    /// There is nobody to work it: O/S Pers.
    Personnel,
    /// Its people rest: O/S Rest.
    Rest,
}

/// The status of a resource, with what a dispatcher asks about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// Since when.
    pub since: Timestamp,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where it is meanwhile, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When it is expected back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_return: Option<Timestamp>,
}

impl Cause {
    /// The word for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mechanical => "mechanical",
            Self::Personnel => "personnel",
            Self::Rest => "rest",
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Assigned => f.write_str("assigned"),
            Self::Available => f.write_str("available"),
            Self::OutOfService(cause) => write!(f, "out of service ({})", cause.as_str()),
        }
    }
}

impl Standing {
    /// Ready since a time.
    #[must_use]
    pub const fn available(since: Timestamp) -> Self {
        let status = Status::Available;
        Self { status, since, reason: None, place: None, expected_return: None }
    }
}

/// Says whether a resource can be used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeStatus {
    /// The resource.
    pub resource: Id<Resource>,
    /// The status now. Available takes it from what it was assigned to; assigned is for what comes
    /// back into service and still has its assignment.
    pub to: Status,
    /// Why; needed for going out of service.
    pub reason: Option<String>,
    /// Where it is meanwhile.
    pub place: Option<String>,
    /// When it is expected back.
    pub expected_return: Option<Timestamp>,
}

/// The status of a resource changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusChanged {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident where it is checked in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// The status now.
    pub to: Status,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where it is meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// When it is expected back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_return: Option<Timestamp>,
}

impl Decide for ChangeStatus {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let resource = world.usable_resource(self.resource)?;
        let name = || resource.profile.name.clone();
        let reason = limits::said("reason", self.reason.as_deref(), REASON_CHARS_MAX)?;
        let place = limits::said("place", self.place.as_deref(), NAME_CHARS_MAX)?;
        // One incident that uses a part of a stock has no say in the rest of it.
        let owners = context.by.organization.is_none_or(|by| by == resource.owner);
        if resource.supply.is_some() && !owners {
            return Err(ResourceRefusal::OwnersAlone { name: name() }.into());
        }
        match self.to {
            Status::OutOfService(_) if reason.is_none() => {
                return Err(Refusal::TextEmpty { field: "reason" });
            }
            Status::Assigned if !is_assigned(resource) => {
                return Err(ResourceRefusal::NotAssigned { name: name() }.into());
            }
            Status::OutOfService(_) | Status::Assigned | Status::Available => {}
        }
        let subject = RecordRef::Resource(self.resource);
        let now = &resource.standing;
        let expected_return = self.expected_return;
        if now.expected_return != expected_return {
            limits::to_come("expectedReturn", expected_return, context.now)?;
        }
        let same = (now.status, &now.reason, &now.place, now.expected_return)
            == (self.to, &reason, &place, expected_return);
        if same {
            return Ok(Decision::unchanged(subject));
        }
        let mut checked_in = resource.live_commitments().filter(|c| c.stage == Stage::CheckedIn);
        let incident = checked_in.next().map(|commitment| commitment.incident);
        let (resource, to) = (self.resource, self.to);
        let event = StatusChanged { resource, incident, to, reason, place, expected_return };
        Ok(Decision::one(subject, event))
    }
}

/// Whether it has something to go back to.
fn is_assigned(resource: &Resource) -> bool {
    let mut live = resource.live_commitments();
    live.any(|commitment| commitment.stage == Stage::CheckedIn && commitment.assigned_to.is_some())
}

impl Apply for StatusChanged {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_resource(self.resource, stamp, |resource| {
            resource.standing = Standing {
                status: self.to,
                since: stamp.at,
                reason: self.reason.clone(),
                place: self.place.clone(),
                expected_return: self.expected_return,
            };
            if self.to == Status::Available {
                resource.commitments.iter_mut().for_each(|commitment| commitment.unassign(stamp));
            }
        });
        if let Some(incident) = self.incident {
            let said = sentence!(
                "RESOURCE_STATUS",
                "{resource} is {status}",
                resource = world.name_of_resource(self.resource),
                status = self.to,
            );
            world.tell_of(self.resource, incident, stamp, said.because(self.reason.as_deref()));
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        let incident = self.incident.map(RecordRef::Incident);
        std::iter::once(RecordRef::Resource(self.resource)).chain(incident).collect()
    }
}
