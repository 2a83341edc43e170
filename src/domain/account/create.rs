//! Making an account.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::person::check_person;
use super::{Account, Granting};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, LOGIN_CHARS_MAX, NAME_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::principal::{Principal, Scope};
use crate::domain::reach::Reach;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Makes an account with one grant. It has no way in before a password is set for it or an
/// identity is linked to it.
#[derive(Clone, Debug, Serialize)]
pub struct Create {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// What is typed to log in.
    pub login: String,
    /// What colleagues call its owner.
    pub name: String,
    /// The person behind it.
    pub person: Option<Id<Person>>,
    /// For which organization it may act; none for those who run the hub.
    pub organization: Option<Id<Organization>>,
    /// What it may do there.
    pub scopes: Vec<Scope>,
}

/// An account was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Created {
    /// Its new id.
    pub account: Id<Account>,
    /// What is typed to log in.
    pub login: String,
    /// What colleagues call its owner.
    pub name: String,
    /// The person behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id<Person>>,
    /// What it may do.
    pub grant: Granting,
}

impl Decide for Create {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        self.reach.covers(self.organization, &self.scopes, context)?;
        let grant = Granting::checked(world, self.organization, &self.scopes)?;
        check_person(world, self.reach, self.person)?;
        let (login, name) = checked(world, &self.login, &self.name)?;
        let (account, person) = (context.ids.next(), self.person);
        let event = Created { account, login, name, person, grant };
        Ok(Decision::one(RecordRef::Account(account), event))
    }
}

/// The login and the name of a new account, when they can be used.
pub(in crate::domain) fn checked(
    world: &World,
    login: &str,
    name: &str,
) -> Result<(String, String), Refusal> {
    let login = limits::text("login", login, LOGIN_CHARS_MAX)?;
    let name = limits::text("name", name, NAME_CHARS_MAX)?;
    // No `/` and no `:`, which stand in the names of tokens.
    let usable = |c: char| c.is_ascii_alphanumeric() || ".-_@+".contains(c);
    if !login.chars().all(usable) || Account::login_key(&login) == Principal::hub().name {
        return Err(Refusal::LoginUnusable { login });
    }
    if world.account_by_login(&login).is_some() {
        return Err(Refusal::LoginTaken { login });
    }
    Ok((login, name))
}

impl Apply for Created {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_account(Arc::new(Account {
            id: self.account,
            login: self.login.clone(),
            name: self.name.clone(),
            person: self.person,
            grants: vec![self.grant.clone()],
            identity: None,
            enabled: true,
            revision: Revision::new(stamp),
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Account(self.account)]
    }
}
