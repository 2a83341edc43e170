//! Who asks: a principal with the organization it acts for and what it may do.

use serde::{Deserialize, Serialize};

use super::ids::Id;
use super::organization::Organization;
use super::record::Attribution;
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

impl Scope {
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
        Self { name: "muster".to_owned(), organization: None, scopes }
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
