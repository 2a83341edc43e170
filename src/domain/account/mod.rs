//! Accounts: how a human being gets in, and what they may do for whom.
//!
//! Dana has one account and two grants: she may write for Harbor Fire, where she works, and read
//! for the county's emergency management, where she sits in on weekends. In each request she says
//! for which of the two she acts. The log holds who had which rights when; it does not hold her
//! password, nor a hash of it, because a password can be guessed from its hash.
//!
//! An account is never deleted and its login never changes, so that a name in the log always means
//! the same human being.

mod create;
mod grant;
mod person;
mod status;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::Stamp;
use super::ids::Id;
use super::organization::Organization;
use super::person::Person;
use super::principal::Scope;
use super::record::Revision;
use super::refusal::Refusal;
use super::world::World;

pub(in crate::domain) use create::checked;
pub use create::{Create, Created};
pub use grant::{Grant, GrantRevoked, Granted, RevokeGrant};
pub use person::{LinkPerson, PersonLinked};
pub use status::{
    Disable, Disabled, Enable, Enabled, IdentityLinked, LinkIdentity, Rename, Renamed,
};

/// The account of a human being.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: Id<Account>,
    /// What is typed to log in, and what stands in the log as the principal. Unique without
    /// regard to case; never changed.
    pub login: String,
    /// What colleagues call its owner.
    pub name: String,
    /// The person behind it, where the hub knows one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Id<Person>>,
    /// What it may do for whom, one for each organization at most.
    pub grants: Vec<Granting>,
    /// Who its owner is at an identity provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<ProviderIdentity>,
    /// Whether it lets anybody in.
    pub enabled: bool,
    /// When it was made and last changed.
    pub revision: Revision,
}

/// What an account may do for one organization, or for the hub as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granting {
    /// The organization; absent for those who run the hub.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
    /// What the account may do there, in order and without repeats.
    pub scopes: Vec<Scope>,
}

/// Who somebody is at an identity provider (OpenID Connect Core 1.0 section 2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProviderIdentity {
    /// The provider's address, the claim `iss`.
    pub issuer: String,
    /// The provider's name for the human being, the claim `sub`, which it never gives to another.
    pub subject: String,
}

impl Account {
    /// What the account may do for an organization, or for the hub as a whole.
    #[must_use]
    pub fn grant(&self, organization: Option<Id<Organization>>) -> Option<&Granting> {
        self.grants.iter().find(|grant| grant.organization == organization)
    }

    /// The login without regard to case.
    #[must_use]
    pub fn login_key(login: &str) -> String {
        login.trim().to_ascii_lowercase()
    }
}

impl World {
    /// The account with this id.
    #[must_use]
    pub fn account(&self, id: Id<Account>) -> Option<&Arc<Account>> {
        self.accounts.get(&id)
    }

    /// The account with this login, without regard to case.
    #[must_use]
    pub fn account_by_login(&self, login: &str) -> Option<&Arc<Account>> {
        self.logins.get(&Account::login_key(login)).and_then(|id| self.accounts.get(id))
    }

    /// The account that a human being at an identity provider was linked to.
    #[must_use]
    pub fn account_by_identity(&self, identity: &ProviderIdentity) -> Option<&Arc<Account>> {
        self.identities.get(identity).and_then(|id| self.accounts.get(id))
    }

    /// All accounts, oldest first.
    pub fn accounts(&self) -> impl DoubleEndedIterator<Item = &Arc<Account>> {
        self.accounts.values()
    }

    /// The account, or the refusal that there is none.
    pub(in crate::domain) fn known_account(
        &self,
        id: Id<Account>,
    ) -> Result<&Arc<Account>, Refusal> {
        self.account(id).ok_or_else(|| Refusal::AccountUnknown(id.to_string()))
    }

    pub(in crate::domain) fn insert_account(&mut self, account: Arc<Account>) {
        self.logins.insert(Account::login_key(&account.login), account.id);
        if let Some(identity) = &account.identity {
            self.identities.insert(identity.clone(), account.id);
        }
        self.accounts.insert(account.id, account);
    }

    pub(in crate::domain) fn change_account(
        &mut self,
        id: Id<Account>,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Account),
    ) {
        if let Some(account) = self.accounts.get_mut(&id) {
            let account = Arc::make_mut(account);
            change(account);
            account.revision.touch(stamp);
        }
    }
}
