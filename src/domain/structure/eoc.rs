//! Emergency operations centers: they support incidents from afar and do not command them.
//!
//! A center is activated at a level (3 normal operations, 2 partial, 1 full activation), with a
//! director at its top, and names the incidents that it supports.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::First;
use super::{Commander, Ended, Model, Over, Power, Seat, Structure, StructureRefusal};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, NAME_CHARS_MAX, REASON_CHARS_MAX, SUPPORTED_INCIDENTS_MAX};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::record::{Attribution, RecordRef};
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// An emergency operations center.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eoc {
    /// The organization that runs it.
    pub organization: Id<Organization>,
    /// What it is called.
    pub name: String,
    /// How far it is activated: 3 the least, 1 fully.
    pub level: u8,
    /// The incidents that it supports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supports: Vec<Id<Incident>>,
    /// When it was closed, by whom and why; active when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Ended>,
}

/// Activates a center.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivateEoc {
    /// The organization that runs it.
    pub organization: Id<Organization>,
    /// What it is called.
    pub name: String,
    /// How it is organized; a model of a center.
    pub model: Model,
    /// How far it is activated: 3 the least, 1 fully.
    pub level: u8,
    /// Its director, a member of the organization.
    pub director: Id<Person>,
    /// The incidents that it supports.
    pub supports: Vec<Id<Incident>>,
    /// Whether it belongs to an exercise.
    pub exercise: bool,
    /// Why the director may be it although something speaks against it.
    pub waiver: Option<String>,
}

/// Changes how far a center is activated and what it supports; what is absent stays.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeEoc {
    /// The structure of the center.
    pub structure: Id<Structure>,
    /// How far it is activated.
    pub level: Option<u8>,
    /// All incidents that it supports.
    pub supports: Option<Vec<Id<Incident>>>,
    /// Why.
    pub reason: String,
}

/// Closes a center.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeactivateEoc {
    /// The structure of the center.
    pub structure: Id<Structure>,
    /// Why.
    pub reason: String,
}

/// A center is activated further or less, or supports other incidents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EocChanged {
    /// Where.
    pub seat: Seat,
    /// How far it is activated.
    pub level: u8,
    /// All incidents that it supports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supports: Vec<Id<Incident>>,
    /// Why.
    pub reason: String,
}

/// A center was closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EocDeactivated {
    /// Where.
    pub seat: Seat,
    /// Why.
    pub reason: String,
}

impl Decide for ActivateEoc {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        world.known_organization(self.organization)?;
        let name = limits::text("name", &self.name, NAME_CHARS_MAX)?;
        if matches!(self.model, Model::Incident | Model::Area) {
            return Err(StructureRefusal::OnlyForEoc.into());
        }
        let eoc = Eoc {
            organization: self.organization,
            name,
            level: checked_level(self.level)?,
            supports: checked_supports(world, &self.supports, self.exercise)?,
            closed: None,
        };
        let first = First {
            over: Over::Eoc(eoc),
            model: self.model,
            exercise: self.exercise,
            commander: Commander { person: self.director, organization: self.organization },
            waiver: self.waiver.as_deref(),
        };
        first.establish(world, context)
    }
}

impl Decide for ChangeEoc {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let structure = world.live_structure(self.structure)?;
        let eoc = structure.eoc().ok_or(StructureRefusal::OnlyForEoc)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let level = checked_level(self.level.unwrap_or(eoc.level))?;
        let supports = match &self.supports {
            Some(supports) => checked_supports(world, supports, structure.exercise)?,
            None => eoc.supports.clone(),
        };
        let subject = RecordRef::Structure(self.structure);
        if level == eoc.level && supports == eoc.supports {
            return Ok(Decision::unchanged(subject));
        }
        let seat = Seat::of(structure);
        Ok(Decision::one(subject, EocChanged { seat, level, supports, reason }))
    }
}

impl Decide for DeactivateEoc {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let structure = world.live_structure(self.structure)?;
        structure.eoc().ok_or(StructureRefusal::OnlyForEoc)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let seat = Seat::of(structure);
        Ok(Decision::one(RecordRef::Structure(self.structure), EocDeactivated { seat, reason }))
    }
}

fn checked_level(level: u8) -> Result<u8, Refusal> {
    match level {
        1..=3 => Ok(level),
        other => Err(StructureRefusal::EocLevelUnknown(other).into()),
    }
}

fn checked_supports(
    world: &World,
    supports: &[Id<Incident>],
    exercise: bool,
) -> Result<Vec<Id<Incident>>, Refusal> {
    limits::count("supports", supports.len(), SUPPORTED_INCIDENTS_MAX)?;
    for incident in supports {
        if world.known_incident(*incident)?.exercise != exercise {
            return Err(Refusal::ExerciseMixed);
        }
    }
    let mut supports = supports.to_vec();
    supports.sort_unstable();
    supports.dedup();
    Ok(supports)
}

impl Apply for EocChanged {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_structure(self.seat.structure, stamp, |structure| {
            if let Over::Eoc(eoc) = &mut structure.over {
                eoc.level = self.level;
                eoc.supports.clone_from(&self.supports);
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for EocDeactivated {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_structure(self.seat.structure, stamp, |structure| {
            if let Over::Eoc(eoc) = &mut structure.over {
                eoc.closed = Some(Ended::now(stamp, Some(&self.reason)));
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl World {
    /// The centers that support an incident now.
    pub fn eocs_of(&self, incident: Id<Incident>) -> impl Iterator<Item = (&Structure, &Eoc)> {
        let centers = self.structures().filter_map(|s| Some((s.as_ref(), s.eoc()?)));
        centers.filter(move |(_, eoc)| eoc.closed.is_none() && eoc.supports.contains(&incident))
    }

    /// Whether a center may assign tactical resources to an incident: only where nobody commands on
    /// the scene, or where they delegated it (check 17).
    #[must_use]
    pub fn may_direct_tactics(&self, eoc: &Eoc, incident: Id<Incident>, now: Timestamp) -> bool {
        let structure = self.structure_above(incident);
        structure.is_none_or(|s| self.delegates(s, Power::Tactics, eoc.organization, now))
    }

    /// The structure under whose command an incident is now: its own, or that of the nearest complex
    /// that it is a part of.
    #[must_use]
    pub fn structure_above(&self, incident: Id<Incident>) -> Option<&Arc<Structure>> {
        let above = self.complexes_above(incident).into_iter();
        above.filter_map(|id| self.structure_of(id)).find(|structure| self.is_live(structure))
    }

    /// Checks that whoever asks does not assign tactical resources from a center that may not.
    pub(in crate::domain) fn check_tactics(
        &self,
        context: &Context<'_>,
        incident: Id<Incident>,
    ) -> Result<(), Refusal> {
        if self.structure_of(incident).is_some_and(|structure| structure.model == Model::Area) {
            return Err(StructureRefusal::AreaDirectsNoTactics.into());
        }
        let Some(eoc) = self.center_behind(context.by, incident) else { return Ok(()) };
        if self.may_direct_tactics(eoc, incident, context.now) {
            return Ok(());
        }
        let (center, organization) = (eoc.name.clone(), self.organization(eoc.organization));
        let code = organization.map(|o| o.profile.code.clone()).unwrap_or_default();
        Err(StructureRefusal::TacticsNotDelegated { center, code }.into())
    }

    /// The center for which somebody acts on an incident: the one in which they hold a post, while
    /// they hold none on the incident. Where nobody knows who they are, it is the center of their
    /// organization that supports the incident, unless the organization is in command there.
    fn center_behind(&self, by: &Attribution, incident: Id<Incident>) -> Option<&Eoc> {
        let (organization, person) = (by.organization?, self.person_behind(by));
        let exercise = self.incident(incident)?.exercise;
        let own = self.structures().filter(|s| s.exercise == exercise && self.is_live(s));
        let mut own = own
            .filter_map(|s| Some((s.as_ref(), s.eoc()?)))
            .filter(|(_, eoc)| eoc.organization == organization);
        let center = match person {
            Some(person) if self.serves(person, organization, incident) => None,
            Some(person) => own.find(|(s, _)| self.serves_in(person, organization, s.id)),
            None if self.commands(organization, incident) => None,
            None => own.find(|(_, eoc)| eoc.supports.contains(&incident)),
        };
        center.map(|(_, eoc)| eoc)
    }
}
