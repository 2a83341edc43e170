//! Somebody wants no more messages on a channel: everyone can stop their own stream.

use serde::{Deserialize, Serialize};

use crate::domain::command::{Context, Decide, Decision};
use crate::domain::contact::Channel;
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::person::Person;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Stops a channel for a person, by their own word. What is about life safety still goes through.
#[derive(Clone, Debug, Serialize)]
pub struct StopStream {
    /// Who.
    pub person: Id<Person>,
    /// Which channel.
    pub channel: Channel,
}

/// Takes that back.
#[derive(Clone, Debug, Serialize)]
pub struct ResumeStream {
    /// Who.
    pub person: Id<Person>,
    /// Which channel.
    pub channel: Channel,
}

/// A person stopped a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamStopped {
    /// Who.
    pub person: Id<Person>,
    /// Which channel.
    pub channel: Channel,
}

/// A person takes messages on a channel again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamResumed {
    /// Who.
    pub person: Id<Person>,
    /// Which channel.
    pub channel: Channel,
}

impl World {
    /// Whether a person stopped a channel.
    #[must_use]
    pub fn has_stopped(&self, person: Id<Person>, channel: Channel) -> bool {
        self.stopped_streams.contains(&(person, channel))
    }
}

impl Decide for StopStream {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { person, channel } = *self;
        world.known_person(person)?;
        let subject = RecordRef::Person(person);
        if world.has_stopped(person, channel) {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, StreamStopped { person, channel }))
    }
}

impl Decide for ResumeStream {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { person, channel } = *self;
        world.known_person(person)?;
        let subject = RecordRef::Person(person);
        if !world.has_stopped(person, channel) {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, StreamResumed { person, channel }))
    }
}

impl Apply for StreamStopped {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_person(self.person, stamp, |_| {});
        world.stopped_streams.insert((self.person, self.channel));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Person(self.person)]
    }
}

impl Apply for StreamResumed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_person(self.person, stamp, |_| {});
        world.stopped_streams.remove(&(self.person, self.channel));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Person(self.person)]
    }
}
