//! What a checked-in resource works at: a division, a group, a staging area (ICS 204).

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::standing::{Standing, Status};
use super::{Resource, ResourceRefusal, Stage};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, NAME_CHARS_MAX, REASON_CHARS_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::structure::{Post, StructureRefusal};
use crate::domain::world::World;

/// A place in the organization of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tactical {
    /// The post whose holder it reports to, where the structure has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Id<Post>>,
    /// What people call it: `Division A`.
    pub name: String,
}

/// What a resource worked at from a time on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// What; available for work when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Tactical>,
    /// From when on.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Tactical {
    /// The same, if it says something.
    ///
    /// # Errors
    /// [`Refusal::TextEmpty`] or [`Refusal::TextTooLong`].
    fn checked(&self) -> Result<Self, Refusal> {
        let name = limits::text("assignedTo.name", &self.name, NAME_CHARS_MAX)?;
        Ok(Self { name, post: self.post })
    }

    /// The same as the incident has it: what names an open post of its structure is called as that
    /// post is, so that nobody reads of a division that the structure has not.
    ///
    /// # Errors
    /// Those of [`Tactical::checked`], and [`StructureRefusal::PostUnknown`].
    pub(super) fn placed(&self, world: &World, incident: Id<Incident>) -> Result<Self, Refusal> {
        let given = self.checked()?;
        let Some(id) = self.post else { return Ok(given) };
        let structure = world.structure_of(incident).map(|structure| structure.id);
        let post = world.post(id).filter(|p| Some(p.structure) == structure && p.is_live());
        let post = post.ok_or(StructureRefusal::PostUnknown(id))?;
        Ok(Self { name: post.name.clone(), ..given })
    }

    /// Whether both mean the same part of the organization.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self.post, other.post) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => self.name.to_lowercase() == other.name.to_lowercase(),
        }
    }
}

/// Assigns a resource that has checked in; one that works at something else is reassigned. One that
/// is being demobilized stays after all, for a reason, and its check-out begins anew another time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assign {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Which of its commitments there; the only live one when absent.
    pub commitment: Option<u32>,
    /// To what.
    pub to: Tactical,
    /// Why.
    pub reason: Option<String>,
}

/// A resource was assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// The resource.
    pub resource: Id<Resource>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The number of the commitment.
    pub commitment: u32,
    /// To what.
    pub to: Tactical,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Decide for Assign {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let subject = RecordRef::Resource(self.resource);
        let resource = world.usable_resource(self.resource)?;
        let commitment = world.commitment(self.resource, self.incident, self.commitment)?;
        let (name, stage) = (resource.profile.name.clone(), commitment.stage);
        // Check-in comes before any assignment, or nobody knows who is on the fireground.
        if !matches!(stage, Stage::CheckedIn | Stage::Demobilizing) {
            return Err(ResourceRefusal::NotCheckedIn { name, stage }.into());
        }
        if let Status::OutOfService(cause) = resource.standing.status {
            return Err(ResourceRefusal::OutOfService { name, cause: cause.as_str() }.into());
        }
        world.check_tactics(context, self.incident)?;
        let to = self.to.placed(world, self.incident)?;
        let reason = limits::said("reason", self.reason.as_deref(), REASON_CHARS_MAX)?;
        if stage == Stage::Demobilizing && reason.is_none() {
            return Err(ResourceRefusal::Demobilizing { name }.into());
        }
        if commitment.assigned_to.as_ref() == Some(&to) {
            return Ok(Decision::unchanged(subject));
        }
        let (resource, incident, commitment) = (self.resource, self.incident, commitment.number);
        let event = Assigned { resource, incident, commitment, to, reason };
        Ok(Decision::one(subject, event))
    }
}

impl Apply for Assigned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_commitment(self.resource, self.commitment, stamp, |commitment, standing| {
            if commitment.stage == Stage::Demobilizing {
                commitment.stage = Stage::CheckedIn;
                commitment.demobilization = None;
            }
            commitment.assigned_to = Some(self.to.clone());
            commitment.note_assignment(Some(self.to.clone()), stamp, self.reason.clone());
            *standing = Standing { status: Status::Assigned, ..Standing::available(stamp.at) };
        });
        let said = sentence!(
            "RESOURCE_ASSIGNED",
            "{resource} is assigned to {post}",
            resource = world.name_of_resource(self.resource),
            post = self.to.name,
        );
        world.tell_of(self.resource, self.incident, stamp, said.because(self.reason.as_deref()));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource), RecordRef::Incident(self.incident)]
    }
}

impl World {
    /// The resources that are assigned to a post on an incident. A strike team or task force counts
    /// once, by itself.
    pub(in crate::domain) fn resources_at(
        &self,
        incident: Id<Incident>,
        post: Id<Post>,
    ) -> impl Iterator<Item = &Arc<Resource>> {
        let works = move |resource: &&Arc<Resource>| {
            let here = resource.live_commitments().filter(|c| c.incident == incident);
            let mut posts = here.filter_map(|c| c.assigned_to.as_ref()?.post);
            resource.member_of.is_none() && posts.any(|at| at == post)
        };
        self.resources_on(incident).filter(works)
    }
}
