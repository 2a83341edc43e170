//! How far somebody who manages accounts, tokens and sessions reaches.
//!
//! Whoever runs the hub reaches everything. An administrator of Harbor Fire reaches what belongs
//! to Harbor Fire and nothing else: an account that may also act for another organization cannot
//! be disabled from there. Everybody reaches what is their own.

use serde::Serialize;

use super::account::{Account, Granting};
use super::command::{Command, Context};
use super::ids::Id;
use super::organization::Organization;
use super::principal::Scope;
use super::refusal::Refusal;
use super::world::World;

/// How far a command about accounts, tokens or sessions reaches. Each needs another scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// The whole hub: for the scope `operate`.
    Hub,
    /// One organization: for the scope `administer` of those who act for it.
    Organization(Id<Organization>),
    /// What belongs to one account: for that account itself.
    Own(Id<Account>),
}

impl Reach {
    /// What it takes to reach so far.
    #[must_use]
    pub const fn scope(self) -> Scope {
        match self {
            Self::Hub => Scope::Operate,
            Self::Organization(_) => Scope::Administer,
            Self::Own(_) => Scope::Read,
        }
    }

    /// Checks that whoever asks stands where the reach begins.
    pub(in crate::domain) fn check(
        self,
        world: &World,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        let stands = match self {
            Self::Hub => true,
            Self::Organization(id) => context.by.organization == Some(id),
            // A login never changes hands, so it is as good as the id.
            Self::Own(id) => world.account(id).is_some_and(|a| a.login == context.by.principal),
        };
        if stands { Ok(()) } else { Err(beyond(context)) }
    }

    /// Checks that it covers what may be done for an organization, or for the hub as a whole.
    pub(in crate::domain) fn covers(
        self,
        organization: Option<Id<Organization>>,
        scopes: &[Scope],
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        match self {
            Self::Hub => Ok(()),
            Self::Organization(own) if organization == Some(own) && are_own_to_give(scopes) => {
                Ok(())
            }
            Self::Organization(_) | Self::Own(_) => Err(beyond(context)),
        }
    }

    /// Checks that it covers an account with everything that the account may do.
    pub(in crate::domain) fn covers_account(
        self,
        account: &Account,
        context: &Context<'_>,
    ) -> Result<(), Refusal> {
        match self {
            Self::Hub => Ok(()),
            Self::Own(id) if id == account.id => Ok(()),
            // To an administrator the accounts of others do not exist.
            Self::Organization(own) if account.grant(Some(own)).is_none() => {
                Err(Refusal::AccountUnknown(account.id.to_string()))
            }
            Self::Organization(own) => {
                let covered =
                    |g: &Granting| g.organization == Some(own) && are_own_to_give(&g.scopes);
                if account.grants.iter().all(covered) { Ok(()) } else { Err(beyond(context)) }
            }
            Self::Own(_) => Err(Refusal::AccountUnknown(account.id.to_string())),
        }
    }
}

/// Whether an organization can give all of these to those who act for it. Sight past what others
/// agreed to show is for whoever runs the hub to give.
fn are_own_to_give(scopes: &[Scope]) -> bool {
    !scopes.contains(&Scope::BreakGlass)
}

impl Command {
    /// What it takes to ask for a command about who gets in; none for all other commands, which
    /// are about the picture.
    #[must_use]
    pub const fn admission_scope(&self) -> Option<Scope> {
        Some(match self {
            // Only the hub itself asks for these, for whoever it has recognized.
            Self::StartSession(_) | Self::UseSetupLink(_) => Scope::Operate,
            Self::CreateAccount(command) => command.reach.scope(),
            Self::GrantOrganization(command) => command.reach.scope(),
            Self::RevokeGrant(command) => command.reach.scope(),
            Self::RenameAccount(command) => command.reach.scope(),
            Self::DisableAccount(command) => command.reach.scope(),
            Self::EnableAccount(command) => command.reach.scope(),
            Self::LinkIdentity(command) => command.reach.scope(),
            Self::IssueToken(command) => command.reach.scope(),
            Self::RevokeToken(command) => command.reach.scope(),
            Self::EndSession(command) => command.reach.scope(),
            Self::EndSessions(command) => command.reach.scope(),
            Self::IssueSetupLink(command) => command.reach.scope(),
            Self::LinkPerson(command) => command.reach.scope(),
            _ => return None,
        })
    }
}

/// The refusal of what only those who run the hub may do.
fn beyond(context: &Context<'_>) -> Refusal {
    let principal = context.by.principal.clone();
    Refusal::OutOfReach { principal, scope: Scope::Operate.as_str() }
}
