//! Incidents among themselves: a complex and its parts, and duplicates.
//!
//! Merging loses nothing: the duplicate keeps its number, notes, signals and timeline, and only
//! points to the incident that stands for both. Un-merging takes the pointer away.

use serde::{Deserialize, Serialize};

use super::{Incident, Status};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, COMPLEX_DEPTH_MAX, REASON_CHARS_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// How many duplicates of duplicates are followed.
const MERGED_MAX: usize = 100;

/// Makes an incident a part of a complex, or takes it out.
#[derive(Clone, Debug, Serialize)]
pub struct SetParent {
    /// The part.
    pub incident: Id<Incident>,
    /// The complex; none to stand alone.
    pub parent: Option<Id<Incident>>,
}

/// An incident became a part of a complex, or left it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParentSet {
    /// The part.
    pub incident: Id<Incident>,
    /// The complex that it was a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Id<Incident>>,
    /// The complex that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id<Incident>>,
}

/// Declares an incident a duplicate of another.
#[derive(Clone, Debug, Serialize)]
pub struct Merge {
    /// The duplicate.
    pub incident: Id<Incident>,
    /// The one that stands for both.
    pub into: Id<Incident>,
    /// Why they are the same.
    pub reason: String,
}

/// An incident was declared a duplicate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merged {
    /// The duplicate.
    pub incident: Id<Incident>,
    /// The one that stands for both.
    pub into: Id<Incident>,
    /// Why they are the same.
    pub reason: String,
}

/// Takes the declaration back.
#[derive(Clone, Debug, Serialize)]
pub struct Unmerge {
    /// The incident that is no duplicate after all.
    pub incident: Id<Incident>,
    /// Why they are not the same.
    pub reason: String,
}

/// The declaration was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unmerged {
    /// The incident that is no duplicate after all.
    pub incident: Id<Incident>,
    /// The one that it was merged into.
    pub from: Id<Incident>,
    /// Why they are not the same.
    pub reason: String,
}

impl Decide for SetParent {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.open_incident(self.incident)?;
        let subject = RecordRef::Incident(self.incident);
        if incident.parent == self.parent {
            return Ok(Decision::unchanged(subject));
        }
        if let Some(parent) = self.parent {
            let parent = world.open_incident(parent)?;
            check_same_reality(incident, parent)?;
            let above = world.complexes_above(parent.id);
            let impossible = above.contains(&self.incident)
                || above.len() + world.depth_below(self.incident) > COMPLEX_DEPTH_MAX;
            if impossible {
                let (number, parent) = (incident.number.clone(), parent.number.clone());
                return Err(Refusal::ComplexImpossible { number, parent });
            }
        }
        let before = incident.parent;
        let event = ParentSet { incident: self.incident, before, parent: self.parent };
        Ok(Decision::one(subject, event))
    }
}

impl Decide for Merge {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.unmerged_incident(self.incident)?;
        let into = world.unmerged_incident(self.into)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        if self.incident == self.into {
            return Err(Refusal::IncidentMergedIntoItself { number: incident.number.clone() });
        }
        check_same_reality(incident, into)?;
        world.check_no_resources(incident)?;
        world.check_merging_command(incident, into)?;
        let event = Merged { incident: self.incident, into: self.into, reason };
        Ok(Decision::one(RecordRef::Incident(self.incident), event))
    }
}

impl Decide for Unmerge {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.known_incident(self.incident)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let Some(from) = incident.merged_into else {
            return Err(Refusal::IncidentNotMerged { number: incident.number.clone() });
        };
        // A part does not come alive inside a complex that is over.
        if let Some(complex) = incident.parent.and_then(|parent| world.incident(parent))
            && complex.status == Status::Closed
            && incident.status != Status::Closed
        {
            return Err(Refusal::IncidentClosed { number: complex.number_beside(incident) });
        }
        let event = Unmerged { incident: self.incident, from, reason };
        Ok(Decision::one(RecordRef::Incident(self.incident), event))
    }
}

impl Apply for ParentSet {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let number = self.parent.and_then(|p| world.incident(p)).map(|p| p.number.clone());
        let Some(incident) = world.change_incident(self.incident, stamp) else { return };
        let before = std::mem::replace(&mut incident.parent, self.parent);
        if let Some(before) = before {
            world.incident_parts.remove(&(before, self.incident));
        }
        world.incident_parts.extend(self.parent.map(|complex| (complex, self.incident)));
        let said = match number {
            None => sentence!("COMPLEX_LEFT", "stands alone"),
            Some(number) => sentence!("COMPLEX_JOINED", "part of {complex}", complex = number),
        };
        let mentions = self.parent.map(RecordRef::Incident);
        world.chronicle(self.incident, stamp, said, mentions.as_slice());
        for complex in self.before.into_iter().chain(self.parent) {
            world.change_incident(complex, stamp);
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        let complexes = self.before.into_iter().chain(self.parent);
        std::iter::once(self.incident).chain(complexes).map(RecordRef::Incident).collect()
    }
}

impl Apply for Merged {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let number = |id| world.incident(id).map_or_else(String::new, |i| i.number.clone());
        let (duplicate, into) = (number(self.incident), number(self.into));
        let Some(incident) = world.change_incident(self.incident, stamp) else { return };
        incident.merged_into = Some(self.into);
        world.incident_duplicates.insert((self.into, self.incident));
        let reason = Some(self.reason.as_str());
        let said = sentence!("INCIDENT_MERGED", "merged into {into}", into = into).because(reason);
        world.chronicle(self.incident, stamp, said, &[RecordRef::Incident(self.into)]);
        world.change_incident(self.into, stamp);
        let said =
            sentence!("INCIDENT_STANDS_FOR", "stands for {duplicate} too", duplicate = duplicate);
        world.chronicle(
            self.into,
            stamp,
            said.because(reason),
            &[RecordRef::Incident(self.incident)],
        );
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident), RecordRef::Incident(self.into)]
    }
}

impl Apply for Unmerged {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let number = |id| world.incident(id).map_or_else(String::new, |i| i.number.clone());
        let (duplicate, from) = (number(self.incident), number(self.from));
        let Some(incident) = world.change_incident(self.incident, stamp) else { return };
        incident.merged_into = None;
        world.incident_duplicates.remove(&(self.from, self.incident));
        let reason = Some(self.reason.as_str());
        let said = sentence!("INCIDENT_UNMERGED", "un-merged from {from}", from = from);
        world.chronicle(
            self.incident,
            stamp,
            said.because(reason),
            &[RecordRef::Incident(self.from)],
        );
        world.change_incident(self.from, stamp);
        let said = sentence!(
            "INCIDENT_STOOD_FOR",
            "no longer stands for {duplicate}",
            duplicate = duplicate,
        );
        world.chronicle(
            self.from,
            stamp,
            said.because(reason),
            &[RecordRef::Incident(self.incident)],
        );
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident), RecordRef::Incident(self.from)]
    }
}

impl World {
    /// The incident and the complexes above it, the nearest first.
    pub(in crate::domain) fn complexes_above(&self, id: Id<Incident>) -> Vec<Id<Incident>> {
        std::iter::successors(Some(id), |id| self.incident(*id).and_then(|i| i.parent))
            .take(COMPLEX_DEPTH_MAX + 1)
            .collect()
    }

    /// The incident that stands for this one: the one that it was merged into, or itself.
    #[must_use]
    pub fn standing_for(&self, id: Id<Incident>) -> Id<Incident> {
        let into = |id: &Id<Incident>| self.incident(*id).and_then(|i| i.merged_into);
        // Nothing is merged into a duplicate, so the line is short; the bound guards a damaged log.
        std::iter::successors(Some(id), into).take(MERGED_MAX).last().unwrap_or(id)
    }

    /// How many levels an incident and its parts make.
    fn depth_below(&self, id: Id<Incident>) -> usize {
        1 + self.parts_of(id).map(|part| self.depth_below(part.id)).max().unwrap_or(0)
    }
}

fn check_same_reality(a: &Incident, b: &Incident) -> Result<(), Refusal> {
    if a.exercise == b.exercise { Ok(()) } else { Err(Refusal::ExerciseMixed) }
}
