//! Who may be told: an organization tells its own people, those who work on its incidents, and those
//! whose organizations let it, whether it may see who they are or not.

use std::borrow::Cow;

use jiff::Timestamp;

use super::authority::{Acting, is_permitted};
use super::class::{Class, Kind};
use super::clearance::Clearance;
use super::{Seen, View};
use crate::domain::message::audience::Located;
use crate::domain::message::preview::Unreachable;
use crate::domain::message::{self, Channel, Message, Preview, Refused, Selector};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::{Command, Id, Principal, RecordRef, Refusal, World};

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
    check_all(clearance, world, message, || Cow::Owned(message.waves(world, located, now)))
}

/// Checks that the viewer may tell everybody in the waves. How many others there are, and whether
/// there are any in an organization that does not let itself be told, is not for them to know.
fn check_all<'a>(
    clearance: &Clearance,
    world: &World,
    message: &Message,
    waves: impl FnOnce() -> Cow<'a, [Vec<Id<Person>>]>,
) -> Result<(), Refusal> {
    let audiences = message.plan.waves.iter().map(|wave| &wave.audience);
    let mut only_members = true;
    for selector in audiences.flat_map(|audience| &audience.any_of) {
        match selector {
            Selector::Members { organization } | Selector::Qualified { organization, .. } => {
                if !is_member_permitted(clearance, world, *organization) {
                    return Err(Refused::MayNotTell.into());
                }
            }
            _ => only_members = false,
        }
    }
    // Whoever may tell the people of an organization may tell each of them.
    let may_tell = |person: &Id<Person>| may_tell(clearance, world, message, *person);
    if only_members || waves().iter().flatten().all(may_tell) {
        Ok(())
    } else {
        Err(Refused::MayNotTell.into())
    }
}

/// Whether the viewer may tell the people of an organization, whoever they are.
fn is_member_permitted(
    clearance: &Clearance,
    world: &World,
    organization: Id<Organization>,
) -> bool {
    let member = Class { owner: Some(organization), ..Class::bare(Kind::Person) };
    clearance.permits("tellPerson", &Acting(member), world)
}

/// What launching a message would do, as those see it who may launch or release it.
pub struct SeenPreview {
    /// The message.
    pub message: Seen<Message>,
    /// What launching it would do.
    pub preview: Preview,
}

/// Somebody who would be told.
#[derive(Clone)]
pub struct Prospect {
    /// In which wave, counted from 0.
    pub wave: usize,
    /// Who, where the viewer sees the person.
    pub person: Option<Seen<Person>>,
    /// The organization by which they are told, where that is shown.
    pub organization: Option<Seen<Organization>>,
    /// By which channel first, or why by none.
    pub channel: Result<Channel, Unreachable>,
}

impl View {
    /// What launching a message would do.
    ///
    /// # Errors
    /// The refusal that a launch by the viewer would meet for who they are, that the message is no
    /// draft, or that there is nobody to tell.
    pub fn preview(
        &self,
        principal: &Principal,
        id: Id<Message>,
        located: &Located,
        now: Timestamp,
    ) -> Result<SeenPreview, Refusal> {
        let seen = self.message(id).ok_or(Refused::MessageUnknown(id))?;
        let (clearance, world) = (&self.0.clearance, self.world());
        let may = |action| is_permitted(clearance, world, action, Some(RecordRef::Message(id)));
        let action = "launchMessage";
        if !may(action) && !may("releaseMessage") {
            return Err(Refusal::NotPermitted { principal: principal.name.clone(), action });
        }
        let (message, preview) = world.preview(id, located, now)?;
        check_all(clearance, world, message, || Cow::Borrowed(preview.waves.as_slice()))?;
        Ok(SeenPreview { message: seen, preview })
    }
}

impl SeenPreview {
    /// Those who would be told, in the order of telling.
    pub fn prospects(&self) -> impl Iterator<Item = (usize, Id<Person>)> {
        let waves = self.preview.waves.iter().enumerate();
        waves.flat_map(|(wave, persons)| persons.iter().map(move |person| (wave, *person)))
    }

    /// Whether somebody cannot be reached.
    #[must_use]
    pub fn is_unreachable(&self, person: Id<Person>) -> bool {
        self.channel_of(person).is_err()
    }

    /// Somebody who would be told.
    #[must_use]
    pub fn prospect(&self, (wave, person): (usize, Id<Person>)) -> Prospect {
        let organization = self.message.organization_of(person);
        let channel = self.channel_of(person);
        Prospect { wave, person: self.message.view().person(person), organization, channel }
    }

    fn channel_of(&self, person: Id<Person>) -> Result<Channel, Unreachable> {
        let world = self.message.view().world();
        let message = world.message(self.message.id()).ok_or(Unreachable::NoAddress)?;
        let channels = world.channels_to(message, person)?;
        channels.first().copied().ok_or(Unreachable::NoAddress)
    }
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
