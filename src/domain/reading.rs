//! Reading: who looked at the records of another organization.
//!
//! Example: at 14:02 Memorial Hospital's duty officer opens the Mill Street fire, which Harbor Fire
//! owns. Harbor Fire finds that in its list of readings: who, for which organization, when, what.
//! Readings are gathered and recorded some at a time; the hub waits for none of them.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::ids::Id;
use super::limits::{READINGS_KEPT_MAX, READINGS_MAX};
use super::organization::Organization;
use super::record::{RecordRef, Seq};
use super::refusal::Refusal;
use super::world::World;

/// That somebody looked at something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Who looked.
    pub principal: String,
    /// The organization that they looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
    /// Whose it was then; nobody's when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Id<Organization>>,
    /// What they looked at.
    #[serde(flatten)]
    pub record: RecordRef,
    /// By which way.
    pub way: Way,
    /// When.
    pub at: Timestamp,
}

/// By which way somebody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// They opened the record.
    Opened,
    /// They looked at the picture as the organization sees it.
    SeenAs,
    /// They asked why another is shown the record or not.
    Explained,
    /// They tried what a change to the organization's agreements would show to whom.
    Simulated,
    /// They looked at the picture of a past moment, with records of the organization on it.
    LookedBack,
    /// They took a copy of the whole log.
    Exported,
}

/// A reading as its owner finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Whose list it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Id<Organization>>,
    /// Its number; later readings have greater ones.
    pub number: Seq,
    /// Who looked at what.
    #[serde(flatten)]
    pub reading: Reading,
}

/// Records some readings.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// The readings, oldest first; 1 to 100.
    pub readings: Vec<Reading>,
}

/// Somebody looked at records of others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The readings, oldest first.
    pub readings: Vec<Reading>,
}

impl Decide for Record {
    fn decide(&self, _: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let count = self.readings.len();
        let Some(first) = self.readings.first().filter(|_| count <= READINGS_MAX) else {
            let (field, count_min, count_max) = ("readings", 1, READINGS_MAX);
            return Err(Refusal::CountOutOfRange { field, count, count_min, count_max });
        };
        Ok(Decision::one(first.record, Recorded { readings: self.readings.clone() }))
    }
}

impl Apply for Recorded {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let first = stamp.seq * READINGS_MAX as Seq;
        for (number, reading) in (first..).zip(&self.readings).take(READINGS_MAX) {
            let keep = |owner| Arc::new(Read { owner, number, reading: reading.clone() });
            if reading.owners.is_empty() {
                world.insert_read(keep(None));
            }
            reading.owners.iter().for_each(|owner| world.insert_read(keep(Some(*owner))));
        }
    }

    /// Nothing that others are shown looks different for being looked at.
    fn touches(&self) -> Vec<RecordRef> {
        Vec::new()
    }
}

impl World {
    /// The last readings of an owner's records, oldest first.
    pub fn reads_of(
        &self,
        owner: Option<Id<Organization>>,
    ) -> impl DoubleEndedIterator<Item = &Arc<Read>> {
        self.reads.get(&owner).into_iter().flatten()
    }

    /// The last readings of all owners' records, by owner.
    pub fn reads(&self) -> impl Iterator<Item = &Arc<Read>> {
        self.reads.values().flatten()
    }

    /// The organizations that decide who sees a record; none when it is everybody's, or not there.
    #[must_use]
    pub fn owners_of(&self, record: RecordRef) -> Vec<Id<Organization>> {
        let one = |owner: Option<Id<Organization>>| owner.into_iter().collect();
        match record {
            RecordRef::Organization(id) | RecordRef::Policies(id) => vec![id],
            RecordRef::Incident(id) => one(self.incident(id).and_then(|record| record.owner())),
            RecordRef::Signal(id) => one(self.signal(id).and_then(|record| record.owner)),
            RecordRef::Note(id) => one(self.note(id).and_then(|record| record.organization)),
            RecordRef::BreakGlass(id) => one(self.break_glass(id).map(|record| record.owner)),
            RecordRef::Period(id) => {
                let incident = self.period(id).and_then(|record| self.incident(record.incident));
                one(incident.and_then(|incident| incident.owner()))
            }
            RecordRef::Agreement(id) => {
                self.agreement(id).map_or_else(Vec::new, |record| record.text.parties.clone())
            }
            RecordRef::Person(id) => self.person(id).map_or_else(Vec::new, |record| {
                let current = record.memberships.iter().filter(|m| m.until.is_none());
                let owners: Vec<_> = current.map(|membership| membership.organization).collect();
                if owners.is_empty() { one(record.registered_for) } else { owners }
            }),
            RecordRef::Structure(id) => {
                one(self.structure(id).and_then(|record| self.owner_of_structure(record)))
            }
            RecordRef::Post(id) => {
                let structure = self.post(id).and_then(|post| self.structure(post.structure));
                one(structure.and_then(|record| self.owner_of_structure(record)))
            }
            RecordRef::Qualification(id) => {
                one(self.qualification(id).map(|record| record.authority))
            }
            RecordRef::Resource(id) => one(self.resource(id).map(|record| record.owner)),
            RecordRef::ResourceRequest(id) => one(self.resource_request(id).map(|r| r.asked_by)),
            RecordRef::Offer(id) => {
                self.offer(id).map_or_else(Vec::new, |offer| vec![offer.by, offer.to])
            }
            RecordRef::Message(id) => one(self.message(id).map(|record| record.organization)),
            RecordRef::Group(id) => one(self.group(id).map(|record| record.organization)),
            RecordRef::Schedule(id) => one(self.schedule(id).map(|record| record.organization)),
            RecordRef::Account(_)
            | RecordRef::AccessToken(_)
            | RecordRef::Session(_)
            | RecordRef::SetupLink(_)
            | RecordRef::ResourceDefinitions
            | RecordRef::Rules => Vec::new(),
        }
    }

    pub(in crate::domain) fn insert_read(&mut self, read: Arc<Read>) {
        let reads = self.reads.entry(read.owner).or_default();
        reads.push_back(read);
        while reads.len() > READINGS_KEPT_MAX {
            reads.pop_front();
        }
    }
}
