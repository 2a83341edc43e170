//! Accounts, access tokens and sessions, as those who may manage them see them.

use async_graphql::{Enum, ID, SimpleObject};
use jiff::Timestamp;

use super::hub::Scope;
use super::organization::Organization;
use crate::domain::{self, Id, Principal, access_token, account, session};
use crate::graphql::asked::{Asked, id};
use crate::graphql::rows::Row;
use crate::identity::directory::Directory;

/// The account of a human being.
#[derive(SimpleObject)]
pub(crate) struct Account {
    /// Its id.
    id: ID,
    /// What is typed to log in, and what stands in the log. It never changes.
    login: String,
    /// What colleagues call its owner.
    name: String,
    /// The id of the person behind it, where the hub knows one.
    person: Option<ID>,
    /// For whom it may do what, as far as you may see it.
    grants: Vec<Grant>,
    /// Whether it is linked to an identity provider.
    linked: bool,
    /// Whether it lets its owner in.
    enabled: bool,
    /// When it changed last.
    changed_at: Timestamp,
}

/// What an account may do for an organization.
#[derive(SimpleObject)]
pub(crate) struct Grant {
    /// The organization; null for the hub as a whole.
    organization: Option<Organization>,
    /// What the account may do there.
    scopes: Vec<Scope>,
}

/// A way in for a program.
#[derive(SimpleObject)]
pub(crate) struct AccessToken {
    /// Its id.
    id: ID,
    /// What it is for.
    label: String,
    /// The organization that it acts for; null for the hub as a whole.
    organization: Option<Organization>,
    /// The login of the account that it belongs to; null for the system of a partner.
    account: Option<String>,
    /// What it may do; that of an account no more than the account.
    scopes: Vec<Scope>,
    /// The only documents that it may send; null when it may send any.
    stored_queries: Option<Vec<StoredQuery>>,
    /// Since when it is there.
    created: Timestamp,
    /// From when on it no longer works.
    expires: Timestamp,
    /// When it was taken back.
    revoked: Option<Timestamp>,
    /// When it was used last, to the minute or so; null when it never was.
    last_used: Option<Timestamp>,
}

/// A GraphQL document that was stored beforehand.
#[derive(SimpleObject)]
pub(crate) struct StoredQuery {
    /// Its name.
    name: String,
    /// The document.
    document: String,
}

/// That somebody is logged in.
#[derive(SimpleObject)]
pub(crate) struct Session {
    /// Its id.
    id: ID,
    /// The login of the account.
    account: String,
    /// How they logged in.
    way: Way,
    /// Since when.
    started: Timestamp,
    /// When it ends at the latest.
    expires: Timestamp,
    /// When it was used last, to the minute or so.
    last_used: Option<Timestamp>,
    /// Whether it is the one by which you ask.
    current: bool,
}

/// How somebody logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "session::Way", name = "LogInWay")]
pub(crate) enum Way {
    /// With a password.
    Password,
    /// By an identity provider (OpenID Connect).
    Oidc,
    /// By a set-up link.
    SetUp,
}

impl Account {
    pub(in crate::graphql) fn of(
        asked: &Asked,
        directory: &Directory<'_>,
        account: &account::Account,
    ) -> Self {
        let grants = directory.grants_of(account).map(|(organization, scopes)| Grant {
            organization: shown(asked, organization),
            scopes: scopes.iter().copied().map(Into::into).collect(),
        });
        Self {
            id: id(account.id),
            login: account.login.clone(),
            name: account.name.clone(),
            person: account.person.map(id),
            grants: grants.collect(),
            linked: account.identity.is_some(),
            enabled: account.enabled,
            changed_at: account.revision.changed_at,
        }
    }
}

impl AccessToken {
    pub(in crate::graphql) fn of(
        asked: &Asked,
        directory: &Directory<'_>,
        token: &access_token::AccessToken,
    ) -> Self {
        let stored = |query: &access_token::StoredQuery| StoredQuery {
            name: query.name.clone(),
            document: query.document.clone(),
        };
        Self {
            id: id(token.id),
            label: token.label.clone(),
            organization: shown(asked, token.organization),
            account: token.account.and_then(|id| directory.login_of(id)).map(ToOwned::to_owned),
            scopes: token.scopes.iter().copied().map(Into::into).collect(),
            stored_queries: token.stored_queries.as_ref().map(|q| q.iter().map(stored).collect()),
            created: token.created,
            expires: token.expires,
            revoked: token.revoked,
            last_used: asked.identity.last_use(token.id.uuid()),
        }
    }
}

impl Session {
    pub(in crate::graphql) fn of(
        asked: &Asked,
        directory: &Directory<'_>,
        session: &session::Session,
    ) -> Self {
        Self {
            id: id(session.id),
            account: directory.login_of(session.account).unwrap_or_default().to_owned(),
            way: session.way.into(),
            started: session.started,
            expires: session.expires,
            last_used: asked.identity.last_use(session.id.uuid()),
            current: is_current(&asked.principal, session),
        }
    }
}

fn is_current(principal: &Principal, of: &session::Session) -> bool {
    matches!(principal.credential, domain::Credential::Session { session, .. } if session == of.id)
}

fn shown(
    asked: &Asked,
    organization: Option<Id<domain::organization::Organization>>,
) -> Option<Organization> {
    organization.and_then(|id| asked.view.organization(id)).map(Organization)
}

impl Row for Account {}
impl Row for AccessToken {}
impl Row for Session {}
