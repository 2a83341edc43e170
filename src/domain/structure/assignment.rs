//! Who holds a post: from when to when, in which capacity, by whom and why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Capacity, Commander, Fitness, Post, Seat, Shortfall, Structure, StructureRefusal, fitness,
};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, REASON_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::qualification::OnShortfall;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::{Sentence, sentence};
use crate::domain::world::World;

/// That somebody holds or held a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its id.
    pub id: Id<Assignment>,
    /// Who.
    pub person: Id<Person>,
    /// The organization that they come for.
    pub organization: Id<Organization>,
    /// In which capacity.
    pub capacity: Capacity,
    /// Since when.
    pub from: Timestamp,
    /// The principal who assigned them.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether they were fit for it when they were assigned.
    pub fitness: Fitness,
    /// What was waived for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Waiver>,
    /// How it ended; goes on when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
}

/// That somebody may hold a post although something speaks against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub by: String,
    /// Whether they hold a post elsewhere too.
    #[serde(default)]
    pub elsewhere: bool,
}

/// How an assignment ended, or what it was on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// The principal who ended it.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Ended {
    /// That something ends with an event.
    pub(in crate::domain) fn now(stamp: &Stamp<'_>, reason: Option<&str>) -> Self {
        let (by, reason) = (stamp.by.principal.clone(), reason.map(str::to_owned));
        Self { at: stamp.at, by, reason }
    }
}

/// Assigns somebody to a post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssignPost {
    /// The post.
    pub post: Id<Post>,
    /// Who.
    pub person: Id<Person>,
    /// The organization that they come for.
    pub organization: Id<Organization>,
    /// In which capacity.
    pub capacity: Capacity,
    /// Why.
    pub reason: Option<String>,
    /// Why they may hold it although something speaks against it.
    pub waiver: Option<String>,
}

/// Relieves somebody of a post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RelievePost {
    /// The post.
    pub post: Id<Post>,
    /// The assignment that ends.
    pub assignment: Id<Assignment>,
    /// Why.
    pub reason: Option<String>,
}

/// Somebody was assigned to a post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assigned {
    /// Where.
    pub seat: Seat,
    /// The post.
    pub post: Id<Post>,
    /// The assignment.
    pub assignment: Assignment,
}

/// Somebody was relieved of a post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relieved {
    /// Where.
    pub seat: Seat,
    /// The post.
    pub post: Id<Post>,
    /// The assignment that ended.
    pub assignment: Id<Assignment>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Assignment {
    /// The person with the agency that they come for.
    #[must_use]
    pub const fn commander(&self) -> Commander {
        Commander { person: self.person, organization: self.organization }
    }
}

/// Who is to hold a post, before it is checked.
pub(super) struct Appointment<'a> {
    pub(super) structure: &'a Structure,
    /// The code and level of the position, and those who hold the post already.
    pub(super) wanted: fitness::Wanted<'a>,
    pub(super) person: Id<Person>,
    pub(super) organization: Id<Organization>,
    pub(super) capacity: Capacity,
    pub(super) reason: Option<&'a str>,
    pub(super) waiver: Option<&'a str>,
}

impl Appointment<'_> {
    /// The assignment, if nothing speaks against it or what does is waived.
    pub(super) fn checked(
        &self,
        world: &World,
        context: &Context<'_>,
    ) -> Result<Assignment, Refusal> {
        let Self { structure, person, organization, capacity, .. } = *self;
        let reason = limits::text_option("reason", self.reason, REASON_CHARS_MAX)?;
        let waiver = limits::text_option("waiver", self.waiver, REASON_CHARS_MAX)?;
        let known = world.known_person(person)?;
        world.known_organization(organization)?;
        if known.membership(organization).is_none() {
            return Err(Refusal::MembershipMissing { person, organization });
        }
        let fitness =
            fitness::assess(world, structure, &self.wanted, person, capacity, context.now);
        let elsewhere = holds_elsewhere(world, structure, person);
        if waiver.is_none() {
            if let Some(elsewhere) = elsewhere {
                let (name, elsewhere) = (known.name.clone(), elsewhere);
                return Err(StructureRefusal::HoldsElsewhere { name, elsewhere }.into());
            }
            let authority = world.owner_of_structure(structure).unwrap_or(organization);
            if let Fitness::Short { reasons } = &fitness
                && world.on_shortfall(authority) == OnShortfall::Block
            {
                let reasons: Vec<_> = reasons.iter().map(Shortfall::to_string).collect();
                let (name, reasons) = (known.name.clone(), reasons.join("; "));
                return Err(StructureRefusal::WaiverNeeded { name, reasons }.into());
            }
        }
        let speaks_against = elsewhere.is_some() || matches!(fitness, Fitness::Short { .. });
        let by = context.by.principal.clone();
        let waiver = waiver.filter(|_| speaks_against);
        let waiver =
            waiver.map(|reason| Waiver { reason, by: by.clone(), elsewhere: elsewhere.is_some() });
        let (id, from) = (context.ids.next(), context.now);
        let ended = None;
        Ok(Assignment {
            id,
            person,
            organization,
            capacity,
            from,
            by,
            reason,
            fitness,
            waiver,
            ended,
        })
    }
}

/// The other incident or center, of the same reality, at which somebody holds a post (check 13).
fn holds_elsewhere(world: &World, here: &Structure, person: Id<Person>) -> Option<String> {
    let mut others = world.posts_held_by(person).filter_map(|post| world.structure(post.structure));
    let other = others.find(|other| {
        other.id != here.id && other.exercise == here.exercise && world.is_live(other)
    })?;
    let incident = |id: Option<Id<Incident>>| id.and_then(|id| world.incident(id));
    Some(match (incident(here.incident()), incident(other.incident())) {
        (Some(here), Some(other)) => other.number_beside(here),
        _ if world.owner_of_structure(here) == world.owner_of_structure(other) => {
            let center = other.eoc().map(|eoc| eoc.name.clone());
            let number = incident(other.incident()).map(|incident| incident.number.clone());
            center.or(number).unwrap_or_default()
        }
        _ => "an incident or center of another organization".to_owned(),
    })
}

impl Decide for AssignPost {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let (structure, post) = world.open_post(self.post)?;
        if post.reports_to.is_none() && self.capacity == Capacity::Primary {
            return Err(StructureRefusal::CommandWouldLapse.into());
        }
        if post.level.support() != Some(self.capacity)
            && matches!(self.capacity, Capacity::Deputy | Capacity::Assistant)
        {
            let (title, capacity) = (post.title.clone(), self.capacity.as_str());
            return Err(StructureRefusal::CapacityMissing { title, capacity }.into());
        }
        post.check_room()?;
        if self.capacity == Capacity::Primary && post.held_as(Capacity::Primary).next().is_some() {
            return Err(StructureRefusal::PostHeld { name: post.name.clone() }.into());
        }
        if post.held().any(|assignment| assignment.person == self.person) {
            let name = world.known_person(self.person)?.name.clone();
            return Err(StructureRefusal::PersonHolds { name }.into());
        }
        let appointment = Appointment {
            structure,
            wanted: fitness::Wanted::at(post),
            person: self.person,
            organization: self.organization,
            capacity: self.capacity,
            reason: self.reason.as_deref(),
            waiver: self.waiver.as_deref(),
        };
        let assignment = appointment.checked(world, context)?;
        let seat = Seat::at(structure, self.post);
        let event = Assigned { seat, post: self.post, assignment };
        Ok(Decision::one(RecordRef::Post(self.post), event))
    }
}

impl Decide for RelievePost {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let (structure, post) = world.open_post(self.post)?;
        let reason = limits::text_option("reason", self.reason.as_deref(), REASON_CHARS_MAX)?;
        let held = post.holding(self.assignment).ok_or(StructureRefusal::AssignmentUnknown)?;
        if post.reports_to.is_none() && held.capacity == Capacity::Primary {
            return Err(StructureRefusal::CommandWouldLapse.into());
        }
        let seat = Seat::at(structure, self.post);
        let event = Relieved { seat, post: self.post, assignment: self.assignment, reason };
        Ok(Decision::one(RecordRef::Post(self.post), event))
    }
}

/// What is told of an agency that is in command beside others from now on.
pub(super) fn joined(who: &str) -> Sentence {
    sentence!("COMMAND_JOINED", "{who} joins command", who = who)
}

impl Apply for Assigned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Assignment { capacity, reason, .. } = &self.assignment;
        let Some(post) = world.post(self.post) else { return };
        let who = world.who(self.assignment.commander());
        let said = match capacity {
            Capacity::Primary if post.reports_to.is_none() => joined(&who),
            Capacity::Primary => {
                sentence!("POST_TAKEN", "{who} takes {post}", who = who, post = post.name)
            }
            other => sentence!(
                "POST_TAKEN",
                "{who} takes {post} as {capacity}",
                who = who,
                post = post.name,
                capacity = other.as_str(),
            ),
        };
        let said = said.because(reason.as_deref());
        world.begin_assignment(self.post, stamp, self.assignment.clone());
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for Relieved {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(post) = world.post(self.post) else { return };
        let Some(assignment) = post.holding(self.assignment) else { return };
        let commanded = post.reports_to.is_none() && assignment.capacity == Capacity::Primary;
        let who = world.who(assignment.commander());
        let said = if commanded {
            sentence!("COMMAND_LEFT", "{who} leaves command", who = who)
        } else {
            sentence!("POST_LEFT", "{who} leaves {post}", who = who, post = post.name)
        };
        let said = said.because(self.reason.as_deref());
        world.end_assignment(self.post, stamp, self.assignment, self.reason.as_deref());
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl World {
    pub(super) fn begin_assignment(
        &mut self,
        post: Id<Post>,
        stamp: &Stamp<'_>,
        assignment: Assignment,
    ) {
        if self.posts.contains_key(&post) {
            self.holdings.insert((assignment.person, post));
        }
        self.change_post(post, stamp, |post| post.assignments.push(assignment));
    }

    pub(super) fn end_assignment(
        &mut self,
        post: Id<Post>,
        stamp: &Stamp<'_>,
        assignment: Id<Assignment>,
        reason: Option<&str>,
    ) {
        let held = self.post(post).and_then(|post| post.holding(assignment));
        let Some(person) = held.map(|held| held.person) else { return };
        let ended = Ended::now(stamp, reason);
        self.change_post(post, stamp, |post| {
            let mut assignments = post.assignments.iter_mut();
            if let Some(held) = assignments.find(|a| a.id == assignment) {
                held.ended = Some(ended);
            }
        });
        // For a moment, between two events of a transfer, somebody holds one post twice.
        if self.post(post).is_none_or(|post| post.held().all(|held| held.person != person)) {
            self.holdings.remove(&(person, post));
        }
    }

    /// Somebody with their agency, in words: “Sam Ortiz (HFD)”.
    pub(super) fn who(&self, commander: Commander) -> String {
        let person = self.person(commander.person);
        let name = person.map_or_else(|| "somebody".to_owned(), |person| person.name.clone());
        let organization = self.organization(commander.organization);
        match organization {
            Some(organization) => format!("{name} ({})", organization.profile.code),
            None => name,
        }
    }
}
