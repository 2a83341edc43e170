//! Who may be told: an organization tells its own people, those who work on its incidents, and those
//! whose organizations let it, whether it may see who they are or not.

use jiff::Timestamp;

use super::authority::is_permitted;
use super::clearance::Clearance;
use crate::domain::message::{self, Message, Refused, Selector};
use crate::domain::person::Person;
use crate::domain::{Command, Id, RecordRef, Refusal, World};

/// The records that a plan names, which its author has to see.
pub(super) fn named(plan: &message::plan::Plan) -> impl Iterator<Item = RecordRef> {
    let audiences = plan.waves.iter().map(|wave| &wave.audience);
    audiences.flat_map(|audience| audience.any_of.iter().chain(&audience.except)).flat_map(named_by)
}

fn named_by(selector: &Selector) -> Vec<RecordRef> {
    match selector {
        Selector::Persons { persons } => persons.iter().copied().map(RecordRef::Person).collect(),
        Selector::Members { organization } | Selector::Qualified { organization, .. } => {
            vec![RecordRef::Organization(*organization)]
        }
        Selector::Position { incident, .. } | Selector::Staff { incident } => {
            vec![RecordRef::Incident(*incident)]
        }
        Selector::Group { group } => vec![RecordRef::Group(*group)],
        Selector::OnCall { schedule } => vec![RecordRef::Schedule(*schedule)],
        Selector::Inside { .. } | Selector::Near { .. } => Vec::new(),
        Selector::ReachedBy { message } => vec![RecordRef::Message(*message)],
    }
}

/// Checks that everybody whom a command would tell may be told by whoever asks.
pub(super) fn check(
    clearance: &Clearance,
    world: &World,
    command: &Command,
    now: Timestamp,
) -> Result<(), Refusal> {
    let (id, located) = match command {
        Command::ReleaseMessage(c) => (c.message, &c.located),
        Command::LaunchMessage(c) => (c.message, &c.located),
        _ => return Ok(()),
    };
    // One that is not there is refused for that.
    let Some(message) = world.message(id) else { return Ok(()) };
    let waves = message.waves(world, located, now);
    let persons = waves.iter().flatten().copied();
    let count = persons.filter(|person| !may_tell(clearance, world, message, *person)).count();
    if count == 0 { Ok(()) } else { Err(Refused::MayNotTell { count }.into()) }
}

fn may_tell(clearance: &Clearance, world: &World, message: &Message, person: Id<Person>) -> bool {
    let works_here = message.incident.is_some_and(|incident| {
        let owner = world.incident(incident).and_then(|incident| incident.owner());
        let runs =
            owner == Some(message.organization) || world.commands(message.organization, incident);
        runs && world.holds(person, incident)
    });
    works_here || is_permitted(clearance, world, "tellPerson", Some(RecordRef::Person(person)))
}
