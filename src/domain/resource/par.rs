//! Personnel accountability report: is everybody there who should be.
//!
//! Somebody calls it for an incident or one division; each resource that is checked in there says
//! how many of its people it has. Who has not answered is missing, with every minute that passes.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::check_in::people;
use super::{Resource, ResourceRefusal, Stage, Tactical};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::PARS_KEPT_MAX;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::{World, under};

/// One accountability check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Par {
    /// Its id.
    pub id: Id<Par>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The part of the organization that was called; everybody when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Tactical>,
    /// When it was called.
    pub called_at: Timestamp,
    /// By whom.
    pub called_by: String,
    /// Who was called, in the order of their ids.
    pub lines: Vec<Line>,
}

/// One resource in an accountability check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The resource.
    pub resource: Id<Resource>,
    /// How many people it had when it checked in.
    pub expected: u32,
    /// What it answered; missing when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// When it was let go while the check stood; its check-out accounts for whom nobody missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Timestamp>,
}

/// What a resource answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How many people are there.
    pub present: u32,
    /// When it said so.
    pub at: Timestamp,
    /// Who wrote it down.
    pub by: String,
}

impl Par {
    /// The lines that nobody answered and whose resource is still there, or where people are missing.
    pub fn missing(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.is_complete())
    }

    /// Whether everybody is accounted for.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing().next().is_none()
    }
}

impl Line {
    /// Whether all people of the resource are there, or have gone home before anybody asked again.
    /// Who was missing stays so, wherever the others go.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        match &self.answer {
            Some(answer) => answer.present >= self.expected,
            None => self.left.is_some(),
        }
    }
}

/// Calls for an accountability report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Call {
    /// The incident.
    pub incident: Id<Incident>,
    /// The part of the organization that is called; everybody when absent.
    pub of: Option<Tactical>,
}

/// Answers for one resource.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The incident.
    pub incident: Id<Incident>,
    /// Which check; the last one when absent.
    pub par: Option<Id<Par>>,
    /// The resource.
    pub resource: Id<Resource>,
    /// How many of its people are there.
    pub present: u32,
}

/// An accountability report was called for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// Its new id.
    pub par: Id<Par>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The part of the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Tactical>,
    /// Who was called, with the people that each had when it checked in.
    pub expected: Vec<(Id<Resource>, u32)>,
}

/// A resource answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// The check.
    pub par: Id<Par>,
    /// The incident.
    pub incident: Id<Incident>,
    /// The resource.
    pub resource: Id<Resource>,
    /// How many of its people are there.
    pub present: u32,
}

impl Decide for Call {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        world.open_incident(self.incident)?;
        let of = self.of.as_ref().map(|of| of.placed(world, self.incident)).transpose()?;
        let called = |resource: &Arc<Resource>| {
            let here = resource.live_commitments().find(|commitment| {
                commitment.incident == self.incident
                    && matches!(commitment.stage, Stage::CheckedIn | Stage::Demobilizing)
                    && of.as_ref().is_none_or(|of| {
                        commitment.assigned_to.as_ref().is_some_and(|to| to.is_same(of))
                    })
            })?;
            let people = here.check_in.as_ref().map_or(0, |arrival| arrival.people);
            // Sandbags do not answer the radio.
            (people > 0 || resource.supply.is_none()).then_some((resource.id, people))
        };
        let expected: Vec<_> = world.resources_on(self.incident).filter_map(called).collect();
        if expected.is_empty() {
            return Err(ResourceRefusal::NobodyToCall.into());
        }
        let (par, incident) = (context.ids.next(), self.incident);
        let event = Called { par, incident, of, expected };
        Ok(Decision::one(RecordRef::Incident(incident), event))
    }
}

impl Decide for Report {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.known_incident(self.incident)?;
        let resource = world.known_resource(self.resource)?;
        world.check_answers_for(context, self.resource, self.incident)?;
        let par = match self.par {
            Some(id) => world.pars.get(&(self.incident, id)),
            None => world.pars_of(self.incident).next_back(),
        };
        let number = || incident.number.clone();
        let par = par.ok_or_else(|| ResourceRefusal::ParUnknown { number: number() })?;
        let present = people("present", self.present)?;
        let Some(line) = par.lines.iter().find(|line| line.resource == self.resource) else {
            let name = resource.profile.name.clone();
            return Err(ResourceRefusal::NotCalled { name }.into());
        };
        if present > line.expected {
            let (name, expected) = (resource.profile.name.clone(), line.expected);
            return Err(ResourceRefusal::MoreThanCheckedIn { name, present, expected }.into());
        }
        let subject = RecordRef::Incident(self.incident);
        if line.answer.as_ref().is_some_and(|answer| answer.present == present) {
            return Ok(Decision::unchanged(subject));
        }
        let (par, incident, resource) = (par.id, self.incident, self.resource);
        Ok(Decision::one(subject, Reported { par, incident, resource, present }))
    }
}

impl Apply for Called {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let line = |(resource, expected): &(Id<Resource>, u32)| Line {
            resource: *resource,
            expected: *expected,
            answer: None,
            left: None,
        };
        let par = Par {
            id: self.par,
            incident: self.incident,
            of: self.of.clone(),
            called_at: stamp.at,
            called_by: stamp.by.principal.clone(),
            lines: self.expected.iter().map(line).collect(),
        };
        world.pars.insert((self.incident, self.par), Arc::new(par));
        let over = world.pars_of(self.incident).count().saturating_sub(PARS_KEPT_MAX);
        let oldest: Vec<_> = world.pars_of(self.incident).take(over).map(|par| par.id).collect();
        for par in oldest {
            world.pars.remove(&(self.incident, par));
        }
        world.change_incident(self.incident, stamp);
        let said = match &self.of {
            None => sentence!("PAR_CALLED", "accountability report called for everybody"),
            Some(of) => {
                sentence!("PAR_CALLED", "accountability report called for {post}", post = of.name,)
            }
        };
        world.chronicle(self.incident, stamp, said, &[]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident)]
    }
}

impl Apply for Reported {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let mut expected = None;
        if let Some(par) = world.pars.get_mut(&(self.incident, self.par)) {
            let lines = &mut Arc::make_mut(par).lines;
            if let Some(line) = lines.iter_mut().find(|line| line.resource == self.resource) {
                let (present, by) = (self.present, stamp.by.principal.clone());
                line.answer = Some(Answer { present, at: stamp.at, by });
                expected = Some(line.expected);
            }
        }
        let of = expected.unwrap_or(self.present);
        let name = world.name_of_resource(self.resource);
        let said = if self.present < of {
            sentence!(
                "PEOPLE_MISSING",
                "{resource} has {present} of {expected} people: PEOPLE ARE MISSING",
                resource = name,
                present = self.present,
                expected = of,
            )
        } else {
            sentence!(
                "PAR_ANSWERED",
                "{resource} has {present} of {expected} people",
                resource = name,
                present = self.present,
                expected = of,
            )
        };
        world.tell_of(self.resource, self.incident, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Incident(self.incident)]
    }
}

impl World {
    /// Checks that whoever acts may say of a resource that it and its people are there: those who
    /// have it, and those who work on the incident for its owner, in command or in a post.
    pub(super) fn check_answers_for(
        &self,
        context: &Context<'_>,
        resource: Id<Resource>,
        incident: Id<Incident>,
    ) -> Result<(), Refusal> {
        let Some(by) = context.by.organization else { return Ok(()) };
        let resource = self.known_resource(resource)?;
        let owner = self.known_incident(incident)?.owner();
        let works = || {
            let person = self.person_behind(context.by);
            let mut above = self.complexes_above(incident).into_iter();
            above.any(|incident| self.commands(by, incident))
                || person.is_some_and(|person| self.serves(person, by, incident))
        };
        if resource.owner == by || owner.is_none_or(|owner| owner == by) || works() {
            return Ok(());
        }
        Err(ResourceRefusal::NotYours { name: resource.profile.name.clone() }.into())
    }

    /// Notes in the accountability checks of an incident that a resource was let go there, and tells
    /// it where the last one still waits for its answer.
    pub(super) fn leave_pars(
        &mut self,
        resource: Id<Resource>,
        incident: Id<Incident>,
        stamp: &Stamp<'_>,
    ) {
        let live = self.resource(resource).into_iter().flat_map(|r| r.live_commitments());
        if live.filter(|c| c.incident == incident).any(|c| c.check_in.is_some()) {
            return;
        }
        let is_its = |line: &Line| line.resource == resource && line.left.is_none();
        let last = self.pars_of(incident).next_back();
        let waits = last.is_some_and(|par| par.missing().any(|l| is_its(l) && l.answer.is_none()));
        let called = self.pars_of(incident).filter(|par| par.lines.iter().any(is_its));
        for id in called.map(|par| par.id).collect::<Vec<_>>() {
            let Some(par) = self.pars.get_mut(&(incident, id)) else { continue };
            let lines = Arc::make_mut(par).lines.iter_mut();
            lines.filter(|line| is_its(line)).for_each(|line| line.left = Some(stamp.at));
        }
        if waits {
            let said = sentence!(
                "PAR_LEFT",
                "{resource} went without an answer to the accountability report; its check-out \
                 accounts for its people",
                resource = self.name_of_resource(resource),
            );
            self.tell_of(resource, incident, stamp, said);
        }
    }

    /// The accountability checks of an incident, the oldest first.
    pub fn pars_of(&self, incident: Id<Incident>) -> impl DoubleEndedIterator<Item = &Arc<Par>> {
        self.pars.range(under(incident)).map(|(_, par)| par)
    }
}
