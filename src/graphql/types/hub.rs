//! The hub itself, and who asks it.

use async_graphql::{Enum, Object, SimpleObject};
use jiff::Timestamp;

use super::organization::Organization;
use crate::domain;
use crate::graphql::asked::Asked;
use crate::graphql::scalars::Sequence;

/// The state of the hub.
pub(crate) struct HubState<'a>(pub(in crate::graphql) &'a Asked);

#[Object(name = "Hub")]
impl HubState<'_> {
    /// The last log entry that it knows.
    async fn sequence(&self) -> Sequence {
        Sequence(self.0.view.seq())
    }

    /// When that entry was recorded.
    async fn head_time(&self) -> Timestamp {
        self.0.view.at_time()
    }

    /// Since when the store has not answered: what is shown is of then, and nothing can be
    /// written. Null while it answers.
    async fn stale_since(&self) -> Option<Timestamp> {
        self.0.hub.stale_since()
    }

    /// The version of the program.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// How many commands wait to be carried out.
    async fn queue_length(&self) -> usize {
        self.0.hub.queue_length()
    }
}

/// A thing that a principal may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Scope")]
pub(crate) enum Scope {
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

/// Who asks.
#[derive(SimpleObject)]
pub(crate) struct Me {
    /// The name of the principal, which stands in the log.
    principal: String,
    /// The organization that it acts for.
    organization: Option<Organization>,
    /// What it may do.
    scopes: Vec<Scope>,
}

impl Me {
    pub(in crate::graphql) fn of(asked: &Asked) -> Self {
        let organization = asked.view.viewer().organization();
        Self {
            principal: asked.principal.name.clone(),
            organization: organization.and_then(|id| asked.view.organization(id)).map(Organization),
            scopes: asked.principal.scopes.iter().copied().map(Into::into).collect(),
        }
    }
}

/// The rules from signals to incidents that are in force.
#[derive(SimpleObject)]
pub(crate) struct Rules<'a> {
    /// Their text, in YAML; empty when there are none.
    pub(in crate::graphql) source: &'a str,
}
