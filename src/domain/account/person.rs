//! Which person is behind an account: the posts that the person holds give the account its rights.

use serde::{Deserialize, Serialize};

use super::Account;
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::person::Person;
use crate::domain::reach::Reach;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Notes which person is behind an account, or that the hub does not know.
#[derive(Clone, Debug, Serialize)]
pub struct LinkPerson {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The account.
    pub account: Id<Account>,
    /// The person; none to take the link away.
    pub person: Option<Id<Person>>,
}

/// A person was linked to an account, or unlinked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonLinked {
    /// The account.
    pub account: Id<Account>,
    /// The person; absent when the link was taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id<Person>>,
}

impl Decide for LinkPerson {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        let account = world.known_account(self.account)?;
        self.reach.covers_account(account, context)?;
        check_person(world, self.reach, self.person)?;
        let (subject, person) = (RecordRef::Account(account.id), self.person);
        if account.person == person {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, PersonLinked { account: account.id, person }))
    }
}

/// Checks that whoever asks may say that this person is behind an account: an organization says so
/// of its own members only, since the account may do what the person's posts permit; and nobody
/// says so of their own account.
pub(super) fn check_person(
    world: &World,
    reach: Reach,
    person: Option<Id<Person>>,
) -> Result<(), Refusal> {
    let Some(person) = person else { return Ok(()) };
    let known = world.person(person).ok_or(Refusal::PersonUnknown(person))?;
    let may = match reach {
        Reach::Hub => true,
        Reach::Organization(own) => known.membership(own).is_some(),
        Reach::Own(_) => false,
    };
    if may { Ok(()) } else { Err(Refusal::PersonUnknown(person)) }
}

impl Apply for PersonLinked {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        // What the owner of the account sees may change with it, at once.
        world.policies_changed_at = stamp.seq;
        world.change_account(self.account, stamp, |account| account.person = self.person);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Account(self.account)]
    }
}
