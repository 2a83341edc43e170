//! An address that nobody is reached at any more: a browser ended its subscription, a receiver said
//! that it is gone for good.
//!
//! Addresses are sealed, so the log holds a mark instead, which only this hub can make of an
//! address. Contact data that is written anew begins without marks.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::command::{Context, Decide, Decision};
use crate::domain::contact::Channel;
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, REFERENCE_CHARS_MAX, WAYS_MAX};
use crate::domain::person::Person;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// An address of a person that is of no use any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostWay {
    /// The channel.
    pub channel: Channel,
    /// Which address of theirs it is.
    pub mark: String,
    /// The provider's code for it.
    pub code: String,
    /// Since when that is known.
    pub since: Timestamp,
}

/// Records that an address of a person is gone. The hub's own dispatcher asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct LoseWay {
    /// Whose.
    pub person: Id<Person>,
    /// The channel.
    pub channel: Channel,
    /// Which address of theirs.
    pub mark: String,
    /// The provider's code for it.
    pub code: String,
}

/// An address of a person is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayLost {
    /// Whose.
    pub person: Id<Person>,
    /// The channel.
    pub channel: Channel,
    /// Which address of theirs.
    pub mark: String,
    /// The provider's code for it.
    pub code: String,
}

impl Decide for LoseWay {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { person, channel, .. } = *self;
        let known = world.known_person(person)?;
        let mark = limits::text("mark", &self.mark, REFERENCE_CHARS_MAX)?;
        let code = limits::text("code", &self.code, REFERENCE_CHARS_MAX)?;
        let subject = RecordRef::Person(person);
        let is_known = known.has_lost(channel, &mark);
        // They have no more addresses than that, so more marks would be of former ones.
        if is_known || known.forgotten || known.lost_ways.len() >= WAYS_MAX {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, WayLost { person, channel, mark, code }))
    }
}

impl Apply for WayLost {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Self { channel, ref mark, ref code, .. } = *self;
        let (mark, code, since) = (mark.clone(), code.clone(), stamp.at);
        world.change_person(self.person, stamp, |person| {
            person.lost_ways.push(LostWay { channel, mark, code, since });
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Person(self.person)]
    }
}

impl Person {
    /// Whether an address of theirs is gone.
    #[must_use]
    pub fn has_lost(&self, channel: Channel, mark: &str) -> bool {
        self.lost_ways.iter().any(|lost| lost.channel == channel && lost.mark == mark)
    }
}
