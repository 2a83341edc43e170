//! Persons: the identity of a human being, apart from the organizations they belong to.
//!
//! One responder may belong to several organizations: a volunteer fire fighter who is a nurse by
//! day is one person with two memberships. How to reach them is sealed under a key of their own
//! that lives outside the log; destroying the key forgets them and leaves the log whole.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Event, Stamp};
use super::ids::Id;
use super::limits::{self, CONTACT_BYTES_MAX, MEMBERSHIPS_MAX, NAME_CHARS_MAX};
use super::message::{LostWay, Reachability};
use super::organization::Organization;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::structure;
use super::world::World;

/// A human being.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: Id<Person>,
    /// What colleagues call them.
    pub name: String,
    /// The organization that added them, which decides about them until they belong to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_for: Option<Id<Organization>>,
    /// Where they belong, past memberships included.
    pub memberships: Vec<Membership>,
    /// How to reach them, sealed under their key: hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// By which ways that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reachability: Option<Reachability>,
    /// Addresses among those that are of no use any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost_ways: Vec<LostWay>,
    /// Whether their key was destroyed.
    pub forgotten: bool,
    /// When they were added and last changed.
    pub revision: Revision,
}

/// That a person belongs to an organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    /// The organization.
    pub organization: Id<Organization>,
    /// What they are there, in the organization's words.
    pub title: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when; still a member when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// Adds a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Register {
    /// What colleagues call them.
    pub name: String,
}

/// Makes a person a member of an organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Join {
    /// The person.
    pub person: Id<Person>,
    /// The organization.
    pub organization: Id<Organization>,
    /// What they are there.
    pub title: String,
}

/// Ends a membership.
#[derive(Clone, Debug, Serialize)]
pub struct Leave {
    /// The person.
    pub person: Id<Person>,
    /// The organization.
    pub organization: Id<Organization>,
}

/// Records contact data that was sealed before it came here.
#[derive(Clone, Debug, Serialize)]
pub struct SealContact {
    /// The person.
    pub person: Id<Person>,
    /// The sealed bytes, hexadecimal. They differ each time, so they do not tell whether a request
    /// is a repeated one.
    #[serde(skip)]
    pub sealed: String,
    /// A digest of the contact data under the person's key: the same for the same data.
    pub fingerprint: String,
    /// By which ways they can be reached.
    pub reachability: Option<Reachability>,
}

/// Records that a person's key was destroyed.
#[derive(Clone, Debug, Serialize)]
pub struct Forget {
    /// The person.
    pub person: Id<Person>,
}

/// A person was added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registered {
    /// Their new id.
    pub person: Id<Person>,
    /// What colleagues call them.
    pub name: String,
}

/// A person became a member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Joined {
    /// The person.
    pub person: Id<Person>,
    /// The organization.
    pub organization: Id<Organization>,
    /// What they are there.
    pub title: String,
}

/// A membership ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// The person.
    pub person: Id<Person>,
    /// The organization.
    pub organization: Id<Organization>,
}

/// Contact data was sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactSealed {
    /// The person.
    pub person: Id<Person>,
    /// The sealed bytes, hexadecimal.
    pub sealed: String,
    /// By which ways they can be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reachability: Option<Reachability>,
}

/// A person's key was destroyed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forgotten {
    /// The person.
    pub person: Id<Person>,
}

impl Person {
    /// The membership in an organization that has not ended.
    #[must_use]
    pub fn membership(&self, organization: Id<Organization>) -> Option<&Membership> {
        self.memberships.iter().find(|m| m.organization == organization && m.until.is_none())
    }
}

impl Decide for Register {
    fn decide(&self, _: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let name = limits::text("name", &self.name, NAME_CHARS_MAX)?;
        let person = context.ids.next();
        Ok(Decision::one(RecordRef::Person(person), Registered { person, name }))
    }
}

impl Decide for Join {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { person, organization, .. } = *self;
        let title = limits::text("title", &self.title, NAME_CHARS_MAX)?;
        let known = world.known_person(person)?;
        world.known_organization(organization)?;
        if known.membership(organization).is_some() {
            return Err(Refusal::MembershipExists { person, organization });
        }
        let count = known.memberships.len();
        if count >= MEMBERSHIPS_MAX {
            return Err(Refusal::MembershipsFull { person, count });
        }
        Ok(Decision::one(RecordRef::Person(person), Joined { person, organization, title }))
    }
}

impl Decide for Leave {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { person, organization } = *self;
        let known = world.known_person(person)?;
        if known.membership(organization).is_none() {
            return Err(Refusal::MembershipMissing { person, organization });
        }
        let mut events: Vec<Event> = vec![Left { person, organization }.into()];
        events.extend(structure::leaving(world, known, organization)?);
        Ok(Decision { subject: RecordRef::Person(person), events })
    }
}

impl Decide for SealContact {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        world.known_person(self.person)?;
        let (bytes, bytes_max) = (self.sealed.len() / 2, CONTACT_BYTES_MAX);
        if bytes > bytes_max {
            return Err(Refusal::ContactTooLong { bytes, bytes_max });
        }
        let Self { person, sealed, reachability, .. } = self.clone();
        let event = ContactSealed { person, sealed, reachability };
        Ok(Decision::one(RecordRef::Person(self.person), event))
    }
}

impl Decide for Forget {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let subject = RecordRef::Person(self.person);
        match world.known_person(self.person) {
            Ok(_) => Ok(Decision::one(subject, Forgotten { person: self.person })),
            Err(Refusal::PersonForgotten(_)) => Ok(Decision::unchanged(subject)),
            Err(refusal) => Err(refusal),
        }
    }
}

impl Apply for Registered {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let person = Person {
            id: self.person,
            name: self.name.clone(),
            registered_for: stamp.by.organization,
            memberships: Vec::new(),
            contact: None,
            reachability: None,
            lost_ways: Vec::new(),
            forgotten: false,
            revision: Revision::new(stamp),
        };
        world.persons.insert(self.person, Arc::new(person));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Person(self.person)]
    }
}

impl Apply for Joined {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let membership = Membership {
            organization: self.organization,
            title: self.title.clone(),
            since: stamp.at,
            until: None,
        };
        world.change_person(self.person, stamp, |person| person.memberships.push(membership));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Person(self.person)]
    }
}

impl Apply for Left {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_person(self.person, stamp, |person| {
            let ended =
                |m: &&mut Membership| m.organization == self.organization && m.until.is_none();
            if let Some(membership) = person.memberships.iter_mut().find(ended) {
                membership.until = Some(stamp.at);
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Person(self.person)]
    }
}

impl Apply for ContactSealed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_person(self.person, stamp, |person| {
            person.contact = Some(self.sealed.clone());
            person.reachability.clone_from(&self.reachability);
            person.lost_ways.clear();
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Person(self.person)]
    }
}

impl Apply for Forgotten {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_person(self.person, stamp, |person| {
            person.contact = None;
            person.reachability = None;
            person.lost_ways.clear();
            person.forgotten = true;
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Person(self.person)]
    }
}

impl World {
    /// The person, or the refusal that there is none or none any more.
    pub(in crate::domain) fn known_person(&self, id: Id<Person>) -> Result<&Arc<Person>, Refusal> {
        let person = self.person(id).ok_or(Refusal::PersonUnknown(id))?;
        if person.forgotten { Err(Refusal::PersonForgotten(id)) } else { Ok(person) }
    }

    pub(in crate::domain) fn change_person(
        &mut self,
        id: Id<Person>,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Person),
    ) {
        if let Some(person) = self.persons.get_mut(&id) {
            let person = Arc::make_mut(person);
            change(person);
            person.revision.touch(stamp);
        }
    }
}
