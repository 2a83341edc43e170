//! The hub itself, and who asks it.

use async_graphql::{Enum, Object, SimpleObject};
use jiff::Timestamp;

use super::admission::Account;
use super::organization::Organization;
use crate::domain::{self, RecordRef};
use crate::graphql::asked::Asked;

/// The state of the hub.
pub(crate) struct HubState<'a>(pub(in crate::graphql) &'a Asked);

#[Object(name = "Hub")]
impl HubState<'_> {
    /// The number of the last log entry that it knows. It counts what everybody does, so it is
    /// null unless you may `operate`.
    async fn sequence(&self) -> Option<u64> {
        self.for_operators(|| self.0.view.seq())
    }

    /// When that entry was recorded; null unless you may `operate`.
    async fn head_time(&self) -> Option<Timestamp> {
        self.for_operators(|| self.0.view.at_time())
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

    /// How many commands wait to be carried out; null unless you may `operate`.
    async fn queue_length(&self) -> Option<usize> {
        self.for_operators(|| self.0.hub.queue_length())
    }
}

impl HubState<'_> {
    fn for_operators<T>(&self, tell: impl FnOnce() -> T) -> Option<T> {
        self.0.view.viewer().may_operate().then(tell)
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
    /// The account that is logged in; null for a token.
    account: Option<Account>,
    /// When the log-in or token ends at the latest; null when it does not end by itself.
    expires: Option<Timestamp>,
}

impl Me {
    pub(in crate::graphql) fn of(asked: &Asked) -> Self {
        let organization = asked.view.viewer().organization();
        let directory = asked.identity.directory(&asked.principal);
        let account = asked.principal.account();
        let account = account.and_then(|id| directory.account(RecordRef::Account(id)));
        Self {
            principal: asked.principal.name.clone(),
            organization: organization.and_then(|id| asked.view.organization(id)).map(Organization),
            scopes: asked.principal.scopes.iter().copied().map(Into::into).collect(),
            account: account.map(|account| Account::of(asked, &directory, account)),
            expires: asked.principal.credential.expires(),
        }
    }
}

/// The rules from signals to incidents that are in force.
#[derive(SimpleObject)]
pub(crate) struct Rules<'a> {
    /// Their text, in YAML; empty when there are none.
    pub(in crate::graphql) source: &'a str,
}
