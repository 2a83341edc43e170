//! Set-up links: the way in for who has no other yet. Each works once, and not for long.
//!
//! The first start of a hub prints one, by which whoever runs the hub makes the first account. An
//! administrator makes one for a colleague, who sets a password by it that nobody else knows.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::account::{Account, Created, Granting, checked};
use super::command::{Context, Decide, Decision};
use super::event::{Apply, Event, Stamp};
use super::ids::Id;
use super::limits::SETUP_LINK_HOURS_MAX;
use super::principal::Scope;
use super::reach::Reach;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::secret::SecretHash;
use super::session;
use super::world::World;

/// A way in that works once. The World holds those that were not used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetupLink {
    /// Its id.
    pub id: Id<SetupLink>,
    /// The hash of the secret in it.
    pub hash: SecretHash,
    /// The account whose password is set by it; absent when it makes one that runs the hub.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Id<Account>>,
    /// Until when it works.
    pub expires: Timestamp,
    /// The entry that made it.
    pub revision: Revision,
}

/// Makes a link. Earlier links for the same account no longer work.
#[derive(Clone, Debug, Serialize)]
pub struct Issue {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The account whose password is to be set by it; none to make one that runs the hub.
    pub account: Option<Id<Account>>,
    /// The hash of the secret in it. It differs each time, so it does not tell whether a request
    /// is a repeated one.
    #[serde(skip)]
    pub hash: SecretHash,
    /// Until when it works.
    #[serde(skip)]
    pub expires: Timestamp,
}

/// Uses a link. Only the hub itself asks for this, for whoever has the link.
#[derive(Clone, Debug, Serialize)]
pub struct Use {
    /// The hash of the secret that was shown.
    pub hash: SecretHash,
    /// Login and name of the account to be made, where the link makes one.
    pub new_account: Option<(String, String)>,
}

/// A link was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Issued {
    /// The new link.
    pub link: Id<SetupLink>,
    /// The hash of its secret.
    pub hash: SecretHash,
    /// The account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Id<Account>>,
    /// Until when it works.
    pub expires: Timestamp,
    /// Earlier links that no longer work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<Id<SetupLink>>,
}

/// A link was used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Used {
    /// The link.
    pub link: Id<SetupLink>,
    /// The account that was made, or whose password was set.
    pub account: Id<Account>,
}

impl Decide for Issue {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        match self.account {
            None => self.reach.covers(None, &[], context)?,
            Some(account) => self.reach.covers_account(world.known_account(account)?, context)?,
        }
        let same = world.setup_links.values().filter(|link| link.account == self.account);
        let event = Issued {
            link: context.ids.next(),
            hash: self.hash,
            account: self.account,
            expires: self
                .expires
                .min(context.now + SignedDuration::from_hours(SETUP_LINK_HOURS_MAX)),
            replaced: same.map(|link| link.id).collect(),
        };
        Ok(Decision::one(RecordRef::SetupLink(event.link), event))
    }
}

impl Decide for Use {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        // Used, replaced, expired or never made: whoever has a bad link is told the same.
        let link = world.setup_link_by_hash(&self.hash).filter(|link| context.now < link.expires);
        let link = link.ok_or(Refusal::SetupLinkUnusable)?;
        let (account, mut events) = match (link.account, &self.new_account) {
            (Some(account), _) => (account, Vec::new()),
            (None, None) => return Err(Refusal::SetupLinkUnusable),
            (None, Some((login, name))) => {
                let (login, name) = checked(world, login, name)?;
                let scopes = vec![Scope::Read, Scope::Write, Scope::Operate];
                let grant = Granting { organization: None, scopes };
                let account = context.ids.next();
                let created = Created { account, login, name, person: None, grant };
                (account, vec![Event::from(created)])
            }
        };
        events.push(Used { link: link.id, account }.into());
        // Whoever set the old password, or stole it, is out.
        let ended = session::end_all(world, account, None, "the password was set by a link");
        events.extend(ended.map(Event::from));
        Ok(Decision { subject: RecordRef::Account(account), events })
    }
}

impl Apply for Issued {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        self.replaced.iter().for_each(|link| world.remove_setup_link(*link));
        world.insert_setup_link(Arc::new(SetupLink {
            id: self.link,
            hash: self.hash,
            account: self.account,
            expires: self.expires,
            revision: Revision::new(stamp),
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        let replaced = self.replaced.iter().copied().map(RecordRef::SetupLink);
        std::iter::once(RecordRef::SetupLink(self.link)).chain(replaced).collect()
    }
}

impl Apply for Used {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.remove_setup_link(self.link);
        // The password is kept elsewhere; that it was set shows on the account.
        world.change_account(self.account, stamp, |_| {});
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Account(self.account), RecordRef::SetupLink(self.link)]
    }
}

impl World {
    /// The link whose secret has this hash, if it was not used. It may have expired.
    #[must_use]
    pub fn setup_link_by_hash(&self, hash: &SecretHash) -> Option<&Arc<SetupLink>> {
        match self.secrets.get(hash)? {
            RecordRef::SetupLink(id) => self.setup_links.get(id),
            _ => None,
        }
    }

    pub(in crate::domain) fn insert_setup_link(&mut self, link: Arc<SetupLink>) {
        self.secrets.insert(link.hash, RecordRef::SetupLink(link.id));
        self.setup_links.insert(link.id, link);
    }

    fn remove_setup_link(&mut self, id: Id<SetupLink>) {
        if let Some(link) = self.setup_links.remove(&id) {
            self.secrets.remove(&link.hash);
        }
    }
}
