//! From a token or a cookie to a principal, looked up in the World each time.
//!
//! Nothing is remembered between two requests: what was revoked a moment ago is refused now.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::secret::hash_of;
use super::{Identity, SESSION_IDLE_MAX};
use crate::domain::access_token::AccessToken;
use crate::domain::account::Account;
use crate::domain::organization::Organization;
use crate::domain::session::Session;
use crate::domain::{Credential, Id, Principal, Scope, World};

/// How one says that one acts for the hub as a whole, where an organization's code would stand.
pub const HUB_CODE: &str = "-";

/// Why a caller was not recognized.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRecognized {
    /// There is no token and no session.
    #[error(
        "log in, or send a token in the header `Authorization: Bearer mstr_…`; who runs the hub \
         gives it"
    )]
    Missing,
    /// The header is not of the form wanted.
    #[error("the header `Authorization` is not of the form `Bearer mstr_…`")]
    Malformed,
    /// The token is not known.
    #[error("the token is not known to this hub; ask who runs it for a new one")]
    Unknown,
    /// The token was taken back.
    #[error("the token was revoked at {0}; ask for a new one")]
    TokenRevoked(Timestamp),
    /// The token is too old.
    #[error("the token expired at {0}; ask for a new one")]
    TokenExpired(Timestamp),
    /// The account behind a token may not do any of it any more.
    #[error("the account behind this token no longer has these rights; ask for a new one")]
    TokenPowerless,
    /// The session ended, or there never was one.
    #[error("this log-in has ended; log in again")]
    SessionEnded,
    /// The session was not used for long.
    #[error("nothing was done for {} minutes, so this log-in has ended; log in again", SESSION_IDLE_MAX.as_mins())]
    SessionIdle,
    /// The account lets nobody in.
    #[error("the account is disabled; an administrator can enable it")]
    AccountDisabled,
    /// It has to be said for whom one acts.
    #[error("say for which organization you act in the header `Muster-Organization`: {0}")]
    OrganizationNeeded(String),
    /// One may not act for that organization, whether it exists or not.
    #[error("you may not act for `{asked}`; the header `Muster-Organization` may be: {choices}")]
    OrganizationNotYours {
        /// What was asked for.
        asked: String,
        /// For whom one may act.
        choices: String,
    },
    /// The account may do nothing for anybody.
    #[error("this account may not act for any organization yet; ask an administrator")]
    GrantMissing,
    /// A page of another site sent the request, or one that does not know the session.
    #[error(
        "a change by a log-in needs the header `X-Muster-CSRF` from `GET /session` and must come \
         from a page of this hub"
    )]
    CrossSite,
    /// The rights are others than when the connection began.
    #[error("your rights have changed; connect again")]
    RightsChanged,
}

/// An organization that an account may act for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its code, or [`HUB_CODE`].
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the account may do for it.
    pub scopes: Vec<Scope>,
}

/// Somebody who has logged in, whomever they act for.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// Their session.
    pub session: Arc<Session>,
    /// Their account.
    pub account: Arc<Account>,
    /// For whom they may act.
    pub choices: Vec<Choice>,
}

impl Identity {
    /// The principal that a bearer token belongs to.
    ///
    /// # Errors
    /// [`NotRecognized`] says why there is none.
    pub fn by_token(
        &self,
        secret: &str,
        organization: Option<&str>,
    ) -> Result<Arc<Principal>, NotRecognized> {
        let principal = match self.tokens.authenticate(secret) {
            Some(principal) => principal,
            None => {
                let world = &self.hub.picture().world;
                // The hash is looked up, so the time this takes tells nothing of any secret.
                let token = world.token_by_hash(&hash_of(secret)).ok_or(NotRecognized::Unknown)?;
                self.of_token(world, token)?
            }
        };
        match organization {
            Some(asked) if asked != principal.organization.as_deref().unwrap_or(HUB_CODE) => {
                let choices = principal.organization.as_deref().unwrap_or(HUB_CODE).to_owned();
                Err(NotRecognized::OrganizationNotYours { asked: asked.to_owned(), choices })
            }
            _ => Ok(principal),
        }
    }

    /// The principal of a session, who acts for an organization.
    ///
    /// # Errors
    /// [`NotRecognized`] says why there is none.
    pub fn by_session(
        &self,
        secret: &str,
        organization: Option<&str>,
    ) -> Result<Arc<Principal>, NotRecognized> {
        let world = &self.hub.picture().world;
        let session = world.session_by_hash(&hash_of(secret)).ok_or(NotRecognized::SessionEnded)?;
        self.of_session(world, session, organization)
    }

    /// The account that a session belongs to, whomever it acts for, with what it may act for.
    ///
    /// # Errors
    /// [`NotRecognized`] says why there is none.
    pub fn account_by_session(&self, secret: &str) -> Result<LoggedIn, NotRecognized> {
        let world = &self.hub.picture().world;
        let session = world.session_by_hash(&hash_of(secret)).ok_or(NotRecognized::SessionEnded)?;
        let account = self.live_account(world, session)?;
        Ok(LoggedIn {
            session: Arc::clone(session),
            account: Arc::clone(account),
            choices: choices(world, account),
        })
    }

    /// The same principal as of now: what was true at the beginning of a connection may not be any
    /// more.
    ///
    /// # Errors
    /// [`NotRecognized`] says what has ended.
    pub fn again(&self, principal: &Arc<Principal>) -> Result<(), NotRecognized> {
        let world = &self.hub.picture().world;
        let now = match &principal.credential {
            Credential::Lasting => return Ok(()),
            Credential::Token { token, .. } => {
                self.of_token(world, world.token(*token).ok_or(NotRecognized::Unknown)?)?
            }
            Credential::Session { session, .. } => {
                let session = world.session(*session).ok_or(NotRecognized::SessionEnded)?;
                let organization = principal.organization.as_deref().unwrap_or(HUB_CODE);
                self.of_session(world, session, Some(organization))?
            }
        };
        if now == *principal { Ok(()) } else { Err(NotRecognized::RightsChanged) }
    }

    fn of_token(
        &self,
        world: &World,
        token: &AccessToken,
    ) -> Result<Arc<Principal>, NotRecognized> {
        let now = self.hub.clock().now();
        if let Some(revoked) = token.revoked {
            return Err(NotRecognized::TokenRevoked(revoked));
        }
        if now >= token.expires {
            return Err(NotRecognized::TokenExpired(token.expires));
        }
        let organization = token.organization.and_then(|id| code_of(world, id));
        let (owner, scopes) = match token.account {
            None => (None, token.scopes.clone()),
            Some(account) => {
                let account = world.account(account).ok_or(NotRecognized::Unknown)?;
                (Some(account), scopes_left(token, account)?)
            }
        };
        // A label holds neither of these characters and a login neither, so no name is that of
        // another, whatever the code of an organization holds.
        let name = match (owner, &organization) {
            (Some(account), _) => format!("{}:{}", account.login, token.label),
            (None, Some(code)) => format!("{code}/{}", token.label),
            (None, None) => format!("{HUB_CODE}/{}", token.label),
        };
        self.uses.note(token.id.uuid(), now);
        let credential = Credential::Token {
            token: token.id,
            expires: token.expires,
            stored_queries: token.stored_queries.clone(),
        };
        Ok(Arc::new(Principal { name, organization, scopes, credential }))
    }

    fn of_session(
        &self,
        world: &World,
        session: &Session,
        organization: Option<&str>,
    ) -> Result<Arc<Principal>, NotRecognized> {
        let account = self.live_account(world, session)?;
        let choice = chosen(choices(world, account), organization)?;
        self.uses.note(session.id.uuid(), self.hub.clock().now());
        let Session { id, account: owner, expires, .. } = *session;
        Ok(Arc::new(Principal {
            name: account.login.clone(),
            organization: Some(choice.code).filter(|code| code != HUB_CODE),
            scopes: choice.scopes,
            credential: Credential::Session { session: id, account: owner, expires },
        }))
    }

    /// The account of a session that still counts.
    fn live_account<'w>(
        &self,
        world: &'w World,
        session: &Session,
    ) -> Result<&'w Arc<Account>, NotRecognized> {
        let now = self.hub.clock().now();
        if now >= session.expires {
            return Err(NotRecognized::SessionEnded);
        }
        let last = self.uses.last(session.id.uuid()).unwrap_or(self.started);
        if now.duration_since(last.max(session.started)) >= SESSION_IDLE_MAX {
            return Err(NotRecognized::SessionIdle);
        }
        let account = world.account(session.account).ok_or(NotRecognized::SessionEnded)?;
        if account.enabled { Ok(account) } else { Err(NotRecognized::AccountDisabled) }
    }

    /// When a token or session was used last, as far as this node knows.
    #[must_use]
    pub fn last_use(&self, credential: uuid::Uuid) -> Option<Timestamp> {
        self.uses.last(credential)
    }

    /// How long a principal is good for by the clock, if its credential expires.
    #[must_use]
    pub fn good_for(&self, principal: &Principal) -> Option<SignedDuration> {
        let expires = principal.credential.expires()?;
        Some(expires.duration_since(self.hub.clock().now()))
    }
}

/// For whom an account may act, in the order of its grants.
fn choices(world: &World, account: &Account) -> Vec<Choice> {
    let choice = |grant: &crate::domain::account::Granting| {
        let (code, name) = match grant.organization {
            None => (HUB_CODE.to_owned(), "the hub as a whole".to_owned()),
            Some(id) => {
                let profile = &world.organization(id)?.profile;
                (profile.code.clone(), profile.name.clone())
            }
        };
        Some(Choice { code, name, scopes: grant.scopes.clone() })
    };
    account.grants.iter().filter_map(choice).collect()
}

fn chosen(mut choices: Vec<Choice>, asked: Option<&str>) -> Result<Choice, NotRecognized> {
    let codes = choices.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>().join(", ");
    match asked {
        None if choices.len() > 1 => Err(NotRecognized::OrganizationNeeded(codes)),
        None => choices.pop().ok_or(NotRecognized::GrantMissing),
        Some(asked) => choices.into_iter().find(|choice| choice.code == asked).ok_or_else(|| {
            NotRecognized::OrganizationNotYours { asked: asked.to_owned(), choices: codes }
        }),
    }
}

/// What the token of an account may still do: no more than the account.
fn scopes_left(token: &AccessToken, account: &Account) -> Result<Vec<Scope>, NotRecognized> {
    if !account.enabled {
        return Err(NotRecognized::AccountDisabled);
    }
    let granted = account.grant(token.organization).map_or(&[][..], |grant| &grant.scopes);
    let scopes: Vec<Scope> =
        token.scopes.iter().copied().filter(|scope| granted.contains(scope)).collect();
    if scopes.is_empty() { Err(NotRecognized::TokenPowerless) } else { Ok(scopes) }
}

fn code_of(world: &World, id: Id<Organization>) -> Option<String> {
    world.organization(id).map(|organization| organization.profile.code.clone())
}
