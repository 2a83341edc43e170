//! What people are shown of accounts, tokens and sessions.
//!
//! These are no records of the picture and no agreement shares them. Whoever runs the hub sees
//! them all; an administrator sees those of the organization that they act for; everybody sees
//! their own.

use std::sync::Arc;

use super::Identity;
use crate::domain::access_token::AccessToken;
use crate::domain::account::Account;
use crate::domain::organization::Organization;
use crate::domain::session::Session;
use crate::domain::{Id, Principal, Reach, RecordRef, Scope, World};

/// The part of the directory that a principal may see.
pub struct Directory<'a> {
    world: Arc<World>,
    principal: &'a Principal,
    reach: Option<Reach>,
}

impl Identity {
    /// What a principal may see of accounts, tokens and sessions.
    #[must_use]
    pub fn directory<'a>(&self, principal: &'a Principal) -> Directory<'a> {
        let world = Arc::clone(&self.hub.picture().world);
        Directory { reach: reach_of(principal, &world), world, principal }
    }
}

/// How far a principal reaches at the most.
fn reach_of(principal: &Principal, world: &World) -> Option<Reach> {
    if principal.may(Scope::Operate) {
        return Some(Reach::Hub);
    }
    let organization = principal.organization_in(world);
    organization.filter(|_| principal.may(Scope::Administer)).map(Reach::Organization)
}

impl Directory<'_> {
    /// How far the principal reaches with a command: as an administrator, else to what is their
    /// own. Without either the hub refuses what is asked for the whole hub.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.reach.or_else(|| self.principal.account().map(Reach::Own)).unwrap_or(Reach::Hub)
    }

    /// The reach of whoever manages others; to those who do not, the hub refuses it.
    #[must_use]
    pub fn administrators_reach(&self) -> Reach {
        self.reach.unwrap_or(Reach::Hub)
    }

    /// The accounts that the principal may see, oldest first.
    pub fn accounts(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.world.accounts().filter(|account| self.shows_account(account))
    }

    /// The tokens that the principal may see, those that no longer work included, oldest first.
    pub fn tokens(&self) -> impl Iterator<Item = &Arc<AccessToken>> {
        let own = self.principal.account();
        self.world.tokens().filter(move |token| match self.reach {
            Some(Reach::Hub) => true,
            Some(Reach::Organization(id)) if token.organization == Some(id) => true,
            _ => own.is_some() && token.account == own,
        })
    }

    /// The sessions that the principal may see, oldest first.
    pub fn sessions(&self) -> impl Iterator<Item = &Arc<Session>> {
        self.world.sessions().filter(|session| {
            let account = self.world.account(session.account);
            account.is_some_and(|account| self.manages(account))
        })
    }

    /// The record that a command was about, if the principal may see it.
    #[must_use]
    pub fn account(&self, subject: RecordRef) -> Option<&Arc<Account>> {
        let RecordRef::Account(id) = subject else { return None };
        self.world.account(id).filter(|account| self.shows_account(account))
    }

    /// The token that a command was about, if the principal may see it.
    #[must_use]
    pub fn token(&self, subject: RecordRef) -> Option<&Arc<AccessToken>> {
        self.tokens().find(|token| RecordRef::AccessToken(token.id) == subject)
    }

    /// The login of an account that the principal may see.
    #[must_use]
    pub fn login_of(&self, account: Id<Account>) -> Option<&str> {
        self.account(RecordRef::Account(account)).map(|account| account.login.as_str())
    }

    /// The grants of an account that the principal may see: to an administrator, those for the
    /// own organization.
    pub fn grants_of<'s>(
        &'s self,
        account: &'s Account,
    ) -> impl Iterator<Item = (Option<Id<Organization>>, &'s [Scope])> {
        let whole = self.reach == Some(Reach::Hub) || self.principal.account() == Some(account.id);
        let own = match self.reach {
            Some(Reach::Organization(id)) => Some(id),
            _ => None,
        };
        let grants = account.grants.iter();
        let seen = grants.filter(move |grant| whole || own.is_some() && grant.organization == own);
        seen.map(|grant| (grant.organization, grant.scopes.as_slice()))
    }

    fn shows_account(&self, account: &Account) -> bool {
        let own = self.principal.account() == Some(account.id);
        own || match self.reach {
            Some(Reach::Hub) => true,
            Some(Reach::Organization(id)) => account.grant(Some(id)).is_some(),
            Some(Reach::Own(_)) | None => false,
        }
    }

    /// Whether the principal may end the sessions of an account.
    fn manages(&self, account: &Account) -> bool {
        let own = self.principal.account() == Some(account.id);
        own || match self.reach {
            Some(Reach::Hub) => true,
            Some(Reach::Organization(id)) => {
                !account.grants.is_empty()
                    && account.grants.iter().all(|grant| grant.organization == Some(id))
            }
            Some(Reach::Own(_)) | None => false,
        }
    }
}
