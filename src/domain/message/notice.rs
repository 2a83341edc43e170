//! Short answers to one person: that their reply was taken, or why it could not be.
//!
//! A notice is an effect on the outside world like any other, so it is recorded as intended before it
//! is sent and with what came of it. It is tried once: who misses one loses nothing but a courtesy.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::content::Meaning;
use super::delivery::AttemptState;
use super::{Message, Refused};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::contact::Channel;
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::NOTICES_KEPT_MAX;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// A short answer to one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its id.
    pub id: Id<Notice>,
    /// To whom.
    pub person: Id<Person>,
    /// By which channel.
    pub channel: Channel,
    /// What it says.
    pub says: Says,
    /// When it was intended.
    pub at: Timestamp,
    /// How far it came.
    pub state: AttemptState,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "says")]
pub enum Says {
    /// Their answer was recorded.
    Recorded {
        /// To which message.
        message: Id<Message>,
        /// As what.
        meaning: Meaning,
        /// With which arrival.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        arrival: Option<Timestamp>,
        /// Whether the message was over already.
        late: bool,
    },
    /// Several messages wait for an answer of theirs; they have to say which one they mean.
    Which {
        /// The letters of those.
        codes: Vec<char>,
    },
    /// Nothing waits for an answer of theirs, or what they wrote is none of the answers.
    NotUnderstood {
        /// The message that they may have meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Id<Message>>,
    },
    /// What they can write.
    Help {
        /// The organization that told them something last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sender: Option<Id<Organization>>,
    },
    /// They get no more on this channel.
    StreamStopped {
        /// The organization that told them something last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sender: Option<Id<Organization>>,
    },
    /// They get messages on this channel again.
    StreamResumed,
    /// Their line stands in the journal of an incident.
    Noted {
        /// Which.
        incident: Id<Incident>,
    },
    /// Their line could not be put into a journal: they work on no incident, or on several.
    NotNoted,
    /// Their report that all are well was taken.
    ParTaken {
        /// For how many resources.
        resources: u32,
    },
    /// No accountability report waits for them.
    NoPar,
}

/// Intends a notice. The hub's own dispatcher asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct IntendNotice {
    /// To whom.
    pub person: Id<Person>,
    /// By which channel.
    pub channel: Channel,
    /// What it says.
    pub says: Says,
}

/// Records what came of a notice. The hub's own dispatcher asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct SettleNotice {
    /// The notice.
    pub notice: Id<Notice>,
    /// How far it came.
    pub state: AttemptState,
}

/// A notice is to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeIntended {
    /// The new notice.
    pub notice: Id<Notice>,
    /// To whom.
    pub person: Id<Person>,
    /// By which channel.
    pub channel: Channel,
    /// What it says.
    pub says: Says,
}

/// What came of a notice was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSettled {
    /// The notice.
    pub notice: Id<Notice>,
    /// To whom.
    pub person: Id<Person>,
    /// How far it came.
    pub state: AttemptState,
}

impl World {
    /// The notices, oldest first, those settled long ago left out.
    pub fn notices(&self) -> impl DoubleEndedIterator<Item = &Arc<Notice>> {
        self.notices.values()
    }

    /// The notices that have to be handed over, oldest first.
    pub fn outstanding_notices(&self) -> impl Iterator<Item = &Arc<Notice>> {
        self.outstanding_notices.iter().filter_map(|id| self.notices.get(id))
    }

    /// The notice with this id.
    #[must_use]
    pub fn notice(&self, id: Id<Notice>) -> Option<&Arc<Notice>> {
        self.notices.get(&id)
    }

    pub(in crate::domain) fn insert_notice(&mut self, notice: Arc<Notice>) {
        if notice.state.is_outstanding() {
            self.outstanding_notices.insert(notice.id);
        } else {
            self.outstanding_notices.remove(&notice.id);
        }
        self.notices.insert(notice.id, notice);
    }
}

impl Decide for IntendNotice {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { person, channel, ref says } = *self;
        world.known_person(person)?;
        let (notice, says) = (context.ids.next(), says.clone());
        let event = NoticeIntended { notice, person, channel, says };
        Ok(Decision::one(RecordRef::Person(person), event))
    }
}

impl Decide for SettleNotice {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { notice, state } = *self;
        let known = world.notice(notice).ok_or(Refused::NoticeUnknown(notice))?;
        let (person, subject) = (known.person, RecordRef::Person(known.person));
        if known.state == state {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, NoticeSettled { notice, person, state }))
    }
}

impl Apply for NoticeIntended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let notice = Notice {
            id: self.notice,
            person: self.person,
            channel: self.channel,
            says: self.says.clone(),
            at: stamp.at,
            state: AttemptState::Intended,
        };
        world.insert_notice(Arc::new(notice));
        if world.notices.len() > NOTICES_KEPT_MAX {
            let settled = world.notices.values().find(|notice| !notice.state.is_outstanding());
            if let Some(oldest) = settled.map(|notice| notice.id) {
                world.notices.remove(&oldest);
            }
        }
    }

    /// The person looks the same to everybody who is shown them.
    fn touches(&self) -> Vec<RecordRef> {
        Vec::new()
    }
}

impl Apply for NoticeSettled {
    fn apply(&self, world: &mut World, _: &Stamp<'_>) {
        if let Some(mut notice) = world.notices.remove(&self.notice) {
            Arc::make_mut(&mut notice).state = self.state;
            world.insert_notice(notice);
        }
    }

    /// The person looks the same to everybody who is shown them.
    fn touches(&self) -> Vec<RecordRef> {
        Vec::new()
    }
}
