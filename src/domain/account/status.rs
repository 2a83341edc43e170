//! Renaming, disabling and enabling an account, and linking it to an identity provider.

use serde::{Deserialize, Serialize};

use super::{Account, ProviderIdentity};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, IDENTITY_CHARS_MAX, NAME_CHARS_MAX};
use crate::domain::reach::Reach;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::session;
use crate::domain::world::World;

/// Changes what colleagues call the owner of an account.
#[derive(Clone, Debug, Serialize)]
pub struct Rename {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The account.
    pub account: Id<Account>,
    /// The name from now on.
    pub name: String,
}

/// Lets nobody in by an account any more, and ends its sessions. Its tokens stop working too.
#[derive(Clone, Debug, Serialize)]
pub struct Disable {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The account.
    pub account: Id<Account>,
}

/// Lets its owner in again by a disabled account.
#[derive(Clone, Debug, Serialize)]
pub struct Enable {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The account.
    pub account: Id<Account>,
}

/// Notes who the owner of an account is at an identity provider.
#[derive(Clone, Debug, Serialize)]
pub struct LinkIdentity {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The account.
    pub account: Id<Account>,
    /// Who its owner is there; none takes the link away.
    pub identity: Option<ProviderIdentity>,
}

/// The owner of an account is called something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Renamed {
    /// The account.
    pub account: Id<Account>,
    /// The name.
    pub name: String,
}

/// An account lets nobody in any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disabled {
    /// The account.
    pub account: Id<Account>,
}

/// An account lets its owner in again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Enabled {
    /// The account.
    pub account: Id<Account>,
}

/// An account was linked to an identity provider, or unlinked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IdentityLinked {
    /// The account.
    pub account: Id<Account>,
    /// Who its owner is there; absent when the link was taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<ProviderIdentity>,
}

impl Decide for Rename {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        let account = world.known_account(self.account)?;
        self.reach.covers_account(account, context)?;
        let name = limits::text("name", &self.name, NAME_CHARS_MAX)?;
        let subject = RecordRef::Account(account.id);
        if account.name == name {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Renamed { account: account.id, name }))
    }
}

impl Decide for Disable {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        let account = world.known_account(self.account)?;
        self.reach.covers_account(account, context)?;
        let subject = RecordRef::Account(account.id);
        if !account.enabled {
            return Ok(Decision::unchanged(subject));
        }
        let mut events: Vec<Event> = vec![Disabled { account: account.id }.into()];
        let ended = session::end_all(world, account.id, None, "the account was disabled");
        events.extend(ended.map(Event::from));
        Ok(Decision { subject, events })
    }
}

impl Decide for Enable {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        let account = world.known_account(self.account)?;
        self.reach.covers_account(account, context)?;
        let subject = RecordRef::Account(account.id);
        if account.enabled {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Enabled { account: account.id }))
    }
}

impl Decide for LinkIdentity {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        let account = world.known_account(self.account)?;
        self.reach.covers_account(account, context)?;
        let subject = RecordRef::Account(account.id);
        if account.identity == self.identity {
            return Ok(Decision::unchanged(subject));
        }
        if let Some(identity) = &self.identity {
            limits::text("issuer", &identity.issuer, IDENTITY_CHARS_MAX)?;
            limits::text("subject", &identity.subject, IDENTITY_CHARS_MAX)?;
            if world.account_by_identity(identity).is_some() {
                return Err(Refusal::IdentityTaken);
            }
        }
        let identity = self.identity.clone();
        Ok(Decision::one(subject, IdentityLinked { account: account.id, identity }))
    }
}

impl Apply for Renamed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_account(self.account, stamp, |account| account.name.clone_from(&self.name));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Account(self.account)]
    }
}

impl Apply for Disabled {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_account(self.account, stamp, |account| account.enabled = false);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Account(self.account)]
    }
}

impl Apply for Enabled {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_account(self.account, stamp, |account| account.enabled = true);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Account(self.account)]
    }
}

impl Apply for IdentityLinked {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let before = world.account(self.account).and_then(|account| account.identity.clone());
        if let Some(before) = before {
            world.identities.remove(&before);
        }
        if let Some(identity) = &self.identity {
            world.identities.insert(identity.clone(), self.account);
        }
        world.change_account(self.account, stamp, |account| {
            account.identity.clone_from(&self.identity);
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Account(self.account)]
    }
}
