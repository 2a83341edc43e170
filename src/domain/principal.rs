//! Who asks: a principal with the organization it acts for and what it may do.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::access_token::{AccessToken, StoredQuery};
use super::account::Account;
use super::ids::Id;
use super::organization::Organization;
use super::record::Attribution;
use super::session::Session;
use super::world::World;

/// Somebody or something that was recognized.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Principal {
    /// Its name, which stands in the log.
    pub name: String,
    /// The code of the organization that it acts for.
    pub organization: Option<String>,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// By what it was recognized.
    pub credential: Credential,
}

/// By what somebody was recognized, which is looked up again before each thing they do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Credential {
    /// What cannot end while the hub runs: the hub itself, or a token of the operator's file.
    Lasting,
    /// A log-in.
    Session {
        /// The session.
        session: Id<Session>,
        /// Whose it is.
        account: Id<Account>,
        /// When it ends at the latest.
        expires: Timestamp,
    },
    /// An access token.
    Token {
        /// The token.
        token: Id<AccessToken>,
        /// From when on it no longer works.
        expires: Timestamp,
        /// The only documents that it may send; none when it may send any.
        stored_queries: Option<Arc<[StoredQuery]>>,
    },
}

/// A thing that a principal may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// See the picture.
    Read,
    /// Work on incidents, notes and persons.
    Write,
    /// Hand in documents from senders.
    Ingest,
    /// Run the hub: organizations, rules, quarantine.
    Operate,
    /// Sign agreements and write policies for one's own organization, and manage its accounts.
    Administer,
    /// See everything that every organization has, to check on the hub. Each look is recorded.
    Audit,
    /// Break the glass in an emergency. Each time is recorded and the owner is told.
    BreakGlass,
    /// Read the numbers at `/metrics`, and nothing else.
    Metrics,
}

impl Credential {
    /// When it ends at the latest; none when it does not end by itself.
    #[must_use]
    pub const fn expires(&self) -> Option<Timestamp> {
        match self {
            Self::Lasting => None,
            Self::Session { expires, .. } | Self::Token { expires, .. } => Some(*expires),
        }
    }
}

impl Scope {
    /// Whether it reaches over all organizations, so that it is held for none of them.
    #[must_use]
    pub const fn is_hub_wide(self) -> bool {
        match self {
            // These look across organizations, or into the hub.
            Self::Operate | Self::Audit | Self::Metrics => true,
            Self::Read | Self::Write | Self::Ingest | Self::Administer | Self::BreakGlass => false,
        }
    }

    /// The word in the tokens file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Ingest => "ingest",
            Self::Operate => "operate",
            Self::Administer => "administer",
            Self::Audit => "audit",
            Self::BreakGlass => "break-glass",
            Self::Metrics => "metrics",
        }
    }
}

impl Principal {
    /// The hub itself, for timers and feeds.
    #[must_use]
    pub fn hub() -> Self {
        let scopes = vec![Scope::Read, Scope::Write, Scope::Ingest, Scope::Operate];
        Self::new("muster", None, scopes)
    }

    /// A principal whose credential lasts.
    #[must_use]
    pub fn new(name: impl Into<String>, organization: Option<String>, scopes: Vec<Scope>) -> Self {
        Self { name: name.into(), organization, scopes, credential: Credential::Lasting }
    }

    /// The account that is logged in, if it is one.
    #[must_use]
    pub const fn account(&self) -> Option<Id<Account>> {
        match self.credential {
            Credential::Session { account, .. } => Some(account),
            Credential::Lasting | Credential::Token { .. } => None,
        }
    }

    /// Whether it may do this.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// The organization that it acts for, as the World knows it.
    #[must_use]
    pub fn organization_in(&self, world: &World) -> Option<Id<Organization>> {
        world
            .organization_by_code(self.organization.as_deref()?)
            .map(|organization| organization.id)
    }

    /// How the principal stands behind an event.
    #[must_use]
    pub fn attribution(&self, world: &World) -> Attribution {
        Attribution {
            principal: self.name.clone(),
            organization: self.organization_in(world),
            on_behalf_of: None,
        }
    }
}
