//! Command of an incident: assumed once, then held without a gap (NIMS: establishment of command).
//!
//! Single and Unified Command are one thing with one or several commanders. Each brings the
//! authority of one agency, and no agency has two (check 1). How another agency comes in is told in
//! [`super::transfer`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::assignment::Appointment;
use super::fitness::Wanted;
use super::leaving;
use super::transfer::check_side;
use super::{
    Assignment, Capacity, Commander, Element, Eoc, Level, Model, Over, Post, Relieved, Seat,
    Structure, StructureRefusal, TransferWithdrawn,
};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, REASON_CHARS_MAX};
use crate::domain::marking::{Marking, Tlp};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Establishes the command structure of an incident, with its first commander.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssumeCommand {
    /// The incident or complex.
    pub incident: Id<Incident>,
    /// Who assumes command.
    pub person: Id<Person>,
    /// The agency whose authority they bring.
    pub organization: Id<Organization>,
    /// Whether it is an Area Command, over the parts of a complex that each have their own command.
    pub area: bool,
    /// Why they may although something speaks against it.
    pub waiver: Option<String>,
}

/// Takes an agency out of Unified Command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LeaveCommand {
    /// The structure.
    pub structure: Id<Structure>,
    /// The agency.
    pub organization: Id<Organization>,
    /// Why.
    pub reason: String,
}

/// A structure was established, and somebody is at its top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Established {
    /// The new structure with its incident, and the post at its top.
    pub seat: Seat,
    /// The center, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eoc: Option<Eoc>,
    /// Which positions it has.
    pub model: Model,
    /// Whether it belongs to an exercise.
    pub exercise: bool,
    /// The post at the top.
    pub post: Id<Post>,
    /// What its holder is called.
    pub title: String,
    /// Who holds it.
    pub assignment: Assignment,
}

impl Decide for AssumeCommand {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.open_incident(self.incident)?;
        if world.structure_of(self.incident).is_some() {
            let number = incident.number.clone();
            return Err(StructureRefusal::CommandHeld { number }.into());
        }
        if self.area && world.parts_of(self.incident).next().is_none() {
            let number = incident.number.clone();
            return Err(StructureRefusal::AreaWithoutParts { number }.into());
        }
        let commander = Commander { person: self.person, organization: self.organization };
        check_side(world, context, commander, "whoever assumes command")?;
        let model = if self.area { Model::Area } else { Model::Incident };
        let over = Over::Incident(self.incident);
        let first = First {
            over,
            model,
            exercise: incident.exercise,
            commander,
            waiver: self.waiver.as_deref(),
        };
        first.establish(world, context)
    }
}

/// A structure to be established, with whoever is first at its top.
pub(super) struct First<'a> {
    pub(super) over: Over,
    pub(super) model: Model,
    pub(super) exercise: bool,
    pub(super) commander: Commander,
    pub(super) waiver: Option<&'a str>,
}

impl First<'_> {
    pub(super) fn establish(
        self,
        world: &World,
        context: &Context<'_>,
    ) -> Result<Decision, Refusal> {
        let Self { over, model, exercise, commander, waiver } = self;
        let (id, post) = (context.ids.next(), context.ids.next());
        let structure = Structure {
            id,
            over,
            model,
            exercise,
            command: post,
            transfers: Vec::new(),
            delegations: Vec::new(),
            decisions: Vec::new(),
            revision: Revision {
                created: 0,
                created_at: context.now,
                changed: 0,
                changed_at: context.now,
            },
        };
        let code = model.command();
        let unknown = || StructureRefusal::PositionUnknown { code: code.to_owned() };
        let title = world.position(None, code).ok_or_else(unknown)?.title.clone();
        let appointment = Appointment {
            structure: &structure,
            wanted: Wanted { position: code, level: Level::Command, assignments: &[] },
            person: commander.person,
            organization: commander.organization,
            capacity: Capacity::Primary,
            reason: None,
            waiver,
        };
        let assignment = appointment.checked(world, context)?;
        let seat = Seat::of(&structure);
        let eoc = structure.eoc().cloned();
        let event = Established { seat, eoc, model, exercise, post, title, assignment };
        Ok(Decision::one(RecordRef::Structure(id), event))
    }
}

impl Decide for LeaveCommand {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let (structure, top) = world.live_command(self.structure)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let mut held = top.held_as(Capacity::Primary);
        let leaves = held.find(|held| held.organization == self.organization);
        let leaves = leaves.ok_or(StructureRefusal::AgencyDoesNotCommand)?;
        check_side(world, context, leaves.commander(), "the commander who leaves")?;
        if top.held_as(Capacity::Primary).count() < 2 {
            return Err(StructureRefusal::CommandWouldLapse.into());
        }
        let seat = Seat::at(structure, top.id);
        let relieved =
            Relieved { seat, post: top.id, assignment: leaves.id, reason: Some(reason.clone()) };
        // Who does not hold command any more does not hand it over.
        let from = leaves.commander();
        let open = structure.open_transfers().filter(|transfer| transfer.from == from);
        let withdrawn = open.map(|transfer| {
            let (seat, reason) = (Seat::of(structure), Some(reason.clone()));
            Event::from(TransferWithdrawn { seat, transfer: transfer.id, reason })
        });
        let mut stay = world.commanding(structure);
        stay.retain(|commander| *commander != from);
        let delegations = leaving::delegations(structure, self.organization, context.now);
        let signatures = leaving::signatures(world, structure, &stay);
        let events = std::iter::once(Event::from(relieved))
            .chain(withdrawn)
            .chain(delegations)
            .chain(signatures)
            .collect();
        Ok(Decision { subject: RecordRef::Post(top.id), events })
    }
}

impl World {
    /// Checks that whoever is to command an incident is shown it: what is marked AMBER+STRICT is for
    /// the agency that it belongs to.
    pub(super) fn check_in_sight(
        &self,
        structure: &Structure,
        to: Id<Organization>,
    ) -> Result<(), Refusal> {
        let incident = structure.incident().and_then(|id| self.incident(id));
        let strict = |incident: &&Arc<Incident>| {
            Marking::reach(incident.marking.as_ref()) >= Tlp::AmberStrict
        };
        incident.filter(strict).map_or(Ok(()), |incident| Self::check_owned(incident, [to]))
    }

    /// The same for those who command an incident that is to be marked so.
    pub(in crate::domain) fn check_commanders_own(
        &self,
        incident: &Incident,
    ) -> Result<(), Refusal> {
        let live = Some(incident).filter(|incident| incident.is_live());
        let commanders = live.into_iter().flat_map(|incident| self.commanders(incident.id));
        Self::check_owned(incident, commanders.map(|c| c.organization))
    }

    fn check_owned(
        incident: &Incident,
        agencies: impl IntoIterator<Item = Id<Organization>>,
    ) -> Result<(), Refusal> {
        let owner = incident.owner();
        let number = incident.number.clone();
        match agencies.into_iter().all(|agency| Some(agency) == owner) {
            true => Ok(()),
            false => Err(StructureRefusal::HiddenFromCommand { number }.into()),
        }
    }

    /// Checks that nobody loses command because its incident becomes a duplicate: the one that stands
    /// for both has to be commanded then, and by the same agencies (checks 1 and 2).
    pub(in crate::domain) fn check_merging_command(
        &self,
        duplicate: &Incident,
        into: &Incident,
    ) -> Result<(), Refusal> {
        let agencies = |id| self.commanders(id).into_iter().map(|c| c.organization);
        let kept: Vec<_> = agencies(into.id).collect();
        let lost = agencies(duplicate.id).any(|agency| !kept.contains(&agency));
        let (number, other) = (duplicate.number.clone(), into.number_beside(duplicate));
        match (lost, kept.is_empty()) {
            (false, _) => Ok(()),
            (true, true) => {
                Err(StructureRefusal::CommandWouldLapseByMerging { number, into: other }.into())
            }
            (true, false) => {
                Err(StructureRefusal::AgencyWouldLoseCommand { number, into: other }.into())
            }
        }
    }
}

impl Apply for Established {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Self { seat, eoc, model, exercise, post, title, assignment } = self;
        let over = match (seat.incident, eoc) {
            (Some(incident), _) => Over::Incident(incident),
            (None, Some(eoc)) => Over::Eoc(eoc.clone()),
            (None, None) => return,
        };
        world.insert_structure(Arc::new(Structure {
            id: seat.structure,
            over,
            model: *model,
            exercise: *exercise,
            command: *post,
            transfers: Vec::new(),
            delegations: Vec::new(),
            decisions: Vec::new(),
            revision: Revision::new(stamp),
        }));
        world.insert_post(Arc::new(Post {
            id: *post,
            structure: seat.structure,
            position: model.command().to_owned(),
            title: title.clone(),
            level: Level::Command,
            element: Some(Element::Command),
            name: title.clone(),
            reports_to: None,
            assignments: vec![assignment.clone()],
            parts: Vec::new(),
            dissolved: None,
            revision: Revision::new(stamp),
        }));
        let who = world.who(assignment.commander());
        let said = sentence!("COMMAND_ASSUMED", "{who} assumes command", who = who);
        world.change_seat(seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        let mut touches = self.seat.touches();
        touches.push(RecordRef::Post(self.post));
        touches
    }
}

impl World {
    /// The structure if it is in force, with the post at its top.
    pub(super) fn live_command(
        &self,
        id: Id<Structure>,
    ) -> Result<(&Arc<Structure>, &Arc<Post>), Refusal> {
        let structure = self.live_structure(id)?;
        let top = self.post(structure.command);
        Ok((structure, top.ok_or(StructureRefusal::PostUnknown(structure.command))?))
    }
}
