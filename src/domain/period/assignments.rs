//! Who does what where (ICS 204): one assignment for each branch, division, group or staging area.
//!
//! A resource stands on exactly one of them in a period (check 8).

use serde::{Deserialize, Serialize};

use super::over::check_over;
use super::{Period, Refused, touched};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{
    self, ASSIGNMENT_CHANNELS_MAX, ASSIGNMENT_RESOURCES_MAX, ASSIGNMENTS_MAX, LABEL_CHARS_MAX,
    NAME_CHARS_MAX, NOTE_CHARS_MAX, REASON_CHARS_MAX,
};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::resource::{Resource, ResourceRefusal};
use crate::domain::structure::{Post, StructureRefusal};
use crate::domain::world::World;

/// A work assignment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its id.
    pub id: Id<Assignment>,
    /// What is to be done, where, by whom.
    #[serde(flatten)]
    pub work: Work,
}

/// What is to be done, where, by whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// The branch, division, group or staging area.
    pub place: Place,
    /// Who supervises it, and how they are reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<String>,
    /// The resources that do it.
    pub resources: Vec<Id<Resource>>,
    /// Where resources report, with what equipment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporting: Option<String>,
    /// What is to be done.
    pub tasks: String,
    /// What to look out for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_instructions: Option<String>,
    /// The channels, by their names in the communications plan.
    pub channels: Vec<String>,
}

/// A branch, division, group or staging area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its post in the command structure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Id<Post>>,
    /// What people call it, such as `Division A`.
    pub name: String,
}

/// Writes a work assignment, or another in its place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssignWork {
    /// The period.
    pub period: Id<Period>,
    /// The assignment to be changed; a new one when absent.
    pub assignment: Option<Id<Assignment>>,
    /// The digest of the assignment as its writer read it; written over whatever is there when
    /// absent.
    pub over: Option<String>,
    /// All of it as it should be.
    pub work: Work,
}

/// Takes a work assignment out of the plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DropWork {
    /// The period.
    pub period: Id<Period>,
    /// The assignment.
    pub assignment: Id<Assignment>,
    /// The digest of the assignment as it was read; taken out whatever it says when absent.
    pub over: Option<String>,
}

/// A work assignment was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkAssigned {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// The assignment as it is now.
    pub assignment: Assignment,
}

/// A work assignment was taken out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkDropped {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// The assignment.
    pub assignment: Id<Assignment>,
}

impl Decide for AssignWork {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let work = self.work.checked()?;
        work.place.check_post(world, period.incident)?;
        let before = self.assignment.map(|id| period.known_assignment(id)).transpose()?;
        if before.is_none() {
            limits::count("assignments", period.assignments.len() + 1, ASSIGNMENTS_MAX)?;
        }

        // One assignment a place, and one a resource (check 8).
        let id = before.map(|before| before.id);
        let others = || period.assignments.iter().filter(|other| Some(other.id) != id);
        if others().any(|other| other.work.place.is_like(&work.place)) {
            return Err(Refused::PlaceTaken { place: work.place.name }.into());
        }
        for resource in &work.resources {
            // One that was released since may stay, so that the rest can still be changed.
            let stays = before.is_some_and(|before| before.work.resources.contains(resource));
            let name = check_committed(world, period.incident, *resource, stays)?;
            let taken = others().find(|other| other.work.resources.contains(resource));
            if let Some(taken) = taken {
                let (resource, place) = (name, taken.work.place.name.clone());
                return Err(Refused::ResourceTaken { resource, place }.into());
            }
        }

        let subject = RecordRef::Period(self.period);
        if before.is_some_and(|before| before.work == work) {
            return Ok(Decision::unchanged(subject));
        }
        if let Some(before) = before {
            check_over("the work assignment (ICS 204)", before, self.over.as_deref())?;
        }
        let assignment = Assignment { id: id.unwrap_or_else(|| context.ids.next()), work };
        let (period, incident) = (self.period, period.incident);
        Ok(Decision::one(subject, WorkAssigned { period, incident, assignment }))
    }
}

impl Decide for DropWork {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let known = period.known_assignment(self.assignment)?;
        check_over("the work assignment (ICS 204)", known, self.over.as_deref())?;
        let (incident, assignment) = (period.incident, known.id);
        let event = WorkDropped { period: self.period, incident, assignment };
        Ok(Decision::one(RecordRef::Period(self.period), event))
    }
}

impl Work {
    fn checked(&self) -> Result<Self, Refusal> {
        let Self { place, supervisor, resources, reporting, tasks, special_instructions, channels } =
            self;
        let name = limits::text("place", &place.name, NAME_CHARS_MAX)?;
        limits::count("resources", resources.len(), ASSIGNMENT_RESOURCES_MAX)?;
        limits::count("channels", channels.len(), ASSIGNMENT_CHANNELS_MAX)?;
        let channels: Result<Vec<_>, _> =
            channels.iter().map(|name| limits::text("channels", name, LABEL_CHARS_MAX)).collect();
        let channels = channels?;
        once("channels", &channels)?;
        once("resources", &resources.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        let special = special_instructions.as_deref();
        Ok(Self {
            place: Place { post: place.post, name },
            supervisor: limits::said("supervisor", supervisor.as_deref(), NAME_CHARS_MAX)?,
            resources: resources.clone(),
            reporting: limits::said("reporting", reporting.as_deref(), REASON_CHARS_MAX)?,
            tasks: limits::text("tasks", tasks, NOTE_CHARS_MAX)?,
            special_instructions: limits::said("specialInstructions", special, NOTE_CHARS_MAX)?,
            channels,
        })
    }
}

/// Checks that a resource is one that the incident has, or is getting, unless it only stays where it
/// is; gives its name.
fn check_committed(
    world: &World,
    incident: Id<Incident>,
    resource: Id<Resource>,
    stays: bool,
) -> Result<String, Refusal> {
    let known = world.resource(resource).ok_or(ResourceRefusal::Unknown(resource))?;
    let name = known.profile.name.clone();
    if stays || known.live_commitments().any(|commitment| commitment.incident == incident) {
        return Ok(name);
    }
    Err(Refused::ResourceNotHere { name }.into())
}

/// Checks that nothing stands in a list twice.
pub(super) fn once(field: &'static str, names: &[String]) -> Result<(), Refused> {
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort_unstable();
    let twice = sorted.array_windows().find(|[a, b]| a == b);
    twice.map_or(Ok(()), |[name, _]| Err(Refused::Twice { field, name: (*name).clone() }))
}

impl Place {
    /// Checks that its post is one of the incident's command structure, and open.
    fn check_post(&self, world: &World, incident: Id<Incident>) -> Result<(), Refusal> {
        let Some(id) = self.post else { return Ok(()) };
        let structure = world.structure_of(incident).map(|structure| structure.id);
        let post = world.post(id).filter(|post| Some(post.structure) == structure);
        let post = post.ok_or(StructureRefusal::PostUnknown(id))?;
        if post.dissolved.is_some() {
            return Err(Refused::PostDissolved { name: post.name.clone() }.into());
        }
        Ok(())
    }

    /// Whether both are the same place: the same post, or the same name.
    fn is_like(&self, other: &Self) -> bool {
        let same_post = self.post.is_some() && self.post == other.post;
        same_post || self.name.to_lowercase() == other.name.to_lowercase()
    }
}

impl Period {
    fn known_assignment(&self, id: Id<Assignment>) -> Result<&Assignment, Refused> {
        let found = self.assignments.iter().find(|assignment| assignment.id == id);
        found.ok_or(Refused::AssignmentUnknown(id))
    }

    /// The assignment of a resource, if it has one.
    #[must_use]
    pub fn assignment_of(&self, resource: Id<Resource>) -> Option<&Assignment> {
        self.assignments.iter().find(|assignment| assignment.work.resources.contains(&resource))
    }
}

impl Apply for WorkAssigned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(period) = world.change_period(self.period, stamp) else { return };
        let assignments = &mut period.assignments;
        match assignments.iter_mut().find(|other| other.id == self.assignment.id) {
            Some(assignment) => *assignment = self.assignment.clone(),
            None => assignments.push(self.assignment.clone()),
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.period, self.incident)
    }
}

impl Apply for WorkDropped {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(period) = world.change_period(self.period, stamp) else { return };
        period.assignments.retain(|assignment| assignment.id != self.assignment);
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.period, self.incident)
    }
}
