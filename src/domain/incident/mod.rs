//! Incidents: what a command structure exists for.
//!
//! - [`open`]: an incident begins
//! - [`status`]: its life cycle, from reported to closed, and back when it flares up
//! - [`amend`]: name, kind, complexity, place, lead
//! - [`complex`]: an incident as a part of another, and duplicates

mod amend;
mod complex;
mod open;
mod status;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use muster_contract::BoundingBox;
use serde::{Deserialize, Serialize};

use super::hazard;
use super::ids::Id;
use super::marking::Marking;
use super::organization::Organization;
use super::place::Location;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::structure::Ended;
use super::world::{World, under};

/// Incidents merged into one whose ground is compared with that of a message.
const MERGED_COMPARED_MAX: usize = 16;

pub use amend::{
    Amend, Amended, AssessComplexity, ChangeLead, ComplexityAssessed, LeadChanged, Locate, Located,
};
pub use complex::{Merge, Merged, ParentSet, SetParent, Unmerge, Unmerged};
pub use open::{Open, Opened};
pub use status::{ChangeStatus, Reopen, Status, StatusChanged};

/// An event, caused by people or nature, that needs a response to protect life or property (NIMS).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Its id.
    pub id: Id<Incident>,
    /// Its number, unique in the hub: the code of the organization that opened it, the year, and
    /// how many that organization had opened then, `HFD-2026-00042`; without a code when a rule
    /// opened it for nobody. Each organization counts for itself, so that a number does not tell
    /// how much goes on elsewhere.
    pub number: String,
    /// What people call it.
    pub name: String,
    /// What kind of hazard it is.
    pub kind: hazard::Kind,
    /// Where it stands in its life cycle.
    pub status: Status,
    /// How complex it is; unassessed when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complexity: Option<Complexity>,
    /// Where it is.
    pub location: Location,
    /// The box around its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounding_box: Option<BoundingBox>,
    /// The organization in the lead; vacant when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Id<Organization>>,
    /// The organization that opened it, or whose signal did; none when a rule opened it from a
    /// public message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_for: Option<Id<Organization>>,
    /// How far it may go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<Marking>,
    /// The complex that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id<Incident>>,
    /// The incident that it is a duplicate of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Id<Incident>>,
    /// Whether it is an exercise. This never changes.
    pub exercise: bool,
    /// The rule that opened it; a person did when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_by_rule: Option<String>,
    /// How it was closed; nobody has closed it, or it was reopened, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Ended>,
    /// When it was opened and last changed.
    pub revision: Revision,
}

/// How complex an incident is (NIMS Incident Complexity Guide), and whose judgement that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complexity {
    /// The type: 5 is the least complex, 1 the most.
    #[serde(rename = "type")]
    pub level: u8,
    /// Who chose it.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What is asked of every open incident when a message arrives, kept small and close together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::domain) struct Glance {
    pub(in crate::domain) kind: hazard::Kind,
    pub(in crate::domain) exercise: bool,
    pub(in crate::domain) owner: Option<Id<Organization>>,
    pub(in crate::domain) bounding_box: Option<BoundingBox>,
    pub(in crate::domain) changed_at: jiff::Timestamp,
}

impl Complexity {
    /// Checks that NIMS has such a type.
    ///
    /// # Errors
    /// [`Refusal::ComplexityUnknown`].
    pub const fn check_level(level: u8) -> Result<u8, Refusal> {
        match level {
            1..=5 => Ok(level),
            other => Err(Refusal::ComplexityUnknown(other)),
        }
    }
}

impl Incident {
    /// Whether it shows on the picture: not over and not a duplicate.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.status != Status::Closed && self.merged_into.is_none()
    }

    /// The organization that decides who sees it: the one in the lead, or else the one that opened
    /// it. None for what a rule opened from a public message; that is everybody's.
    #[must_use]
    pub fn owner(&self) -> Option<Id<Organization>> {
        self.lead.or(self.opened_for)
    }

    /// Whether a record of this owner beside it is known to whoever the incident belongs to: it is
    /// everybody's, or of the same organization.
    pub(in crate::domain) fn is_beside(&self, owner: Option<Id<Organization>>) -> bool {
        owner.is_none() || owner == self.owner()
    }

    /// What is asked of it when a message arrives.
    ///
    /// It changed last when something happened that all who are shown it may know of: what others
    /// put to it for themselves must not show in what a rule makes of the next message.
    pub(in crate::domain) fn glance(&self, world: &World) -> Glance {
        let Self { kind, exercise, .. } = *self;
        let owner = self.owner();
        let merged = world.merged_into(self).filter_map(|one| one.bounding_box);
        let bounding_box = BoundingBox::around_all(self.bounding_box.into_iter().chain(merged));
        let is_known = |mention: &RecordRef| match mention {
            RecordRef::Signal(id) => world.signal(*id).is_some_and(|s| self.is_beside(s.owner)),
            _ => false,
        };
        let mut lines = world.timeline_of(self.id).rev();
        let last = lines.find(|line| line.mentions.iter().all(is_known));
        let changed_at = last.map_or(self.revision.created_at, |line| line.at);
        Glance { kind, exercise, owner, bounding_box, changed_at }
    }
}

impl Incident {
    /// The number for a refusal about another incident, unless this one belongs to another
    /// organization: whoever works on the other one may not be shown it.
    pub(in crate::domain) fn number_beside(&self, other: &Self) -> String {
        let known = self.owner().is_none() || self.owner() == other.owner();
        if known { self.number.clone() } else { "one of another organization".to_owned() }
    }
}

impl World {
    /// The incident in whatever state, or the refusal that there is none.
    pub(in crate::domain) fn known_incident(
        &self,
        id: Id<Incident>,
    ) -> Result<&Arc<Incident>, Refusal> {
        self.incident(id).ok_or(Refusal::IncidentUnknown(id))
    }

    /// The incident if it may be changed: it is neither closed nor a duplicate.
    pub(in crate::domain) fn open_incident(
        &self,
        id: Id<Incident>,
    ) -> Result<&Arc<Incident>, Refusal> {
        let incident = self.unmerged_incident(id)?;
        if incident.status == Status::Closed {
            return Err(Refusal::IncidentClosed { number: incident.number.clone() });
        }
        Ok(incident)
    }

    /// The incident if it is not a duplicate of another.
    pub(in crate::domain) fn unmerged_incident(
        &self,
        id: Id<Incident>,
    ) -> Result<&Arc<Incident>, Refusal> {
        let incident = self.known_incident(id)?;
        match incident.merged_into {
            None => Ok(incident),
            Some(into) => Err(Refusal::IncidentMerged {
                number: incident.number.clone(),
                into: self
                    .incident(into)
                    .map_or_else(|| into.to_string(), |i| i.number_beside(incident)),
            }),
        }
    }

    /// The parts of a complex.
    pub fn parts_of(&self, id: Id<Incident>) -> impl Iterator<Item = &Arc<Incident>> {
        self.incident_parts.range(under(id)).filter_map(|(_, part)| self.incident(*part))
    }

    /// The incidents that were merged into this one, as far as they belong to the same organization:
    /// what another has there must not show in what a rule makes of the next message.
    pub(in crate::domain) fn merged_into(
        &self,
        incident: &Incident,
    ) -> impl Iterator<Item = &Incident> {
        let merged = self.duplicates_of(incident.id).map(AsRef::as_ref);
        merged.take(MERGED_COMPARED_MAX).filter(|one: &&Incident| one.owner() == incident.owner())
    }

    /// The incidents that were declared duplicates of this one.
    pub fn duplicates_of(&self, id: Id<Incident>) -> impl Iterator<Item = &Arc<Incident>> {
        let duplicates = self.incident_duplicates.range(under(id));
        duplicates.filter_map(|(_, duplicate)| self.incident(*duplicate))
    }

    /// An incident that is new here.
    pub(in crate::domain) fn insert_incident(&mut self, incident: Arc<Incident>) {
        let id = incident.id;
        self.incident_parts.extend(incident.parent.map(|complex| (complex, id)));
        self.incident_duplicates.extend(incident.merged_into.map(|into| (into, id)));
        self.incidents.insert(id, incident);
    }
}
