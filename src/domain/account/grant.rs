//! What an account may do for whom.

use serde::{Deserialize, Serialize};

use super::{Account, Granting};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, GRANTS_MAX};
use crate::domain::organization::Organization;
use crate::domain::principal::Scope;
use crate::domain::reach::Reach;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Lets an account act for an organization, or changes what it may do there.
#[derive(Clone, Debug, Serialize)]
pub struct Grant {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The account.
    pub account: Id<Account>,
    /// The organization; none for the hub as a whole.
    pub organization: Option<Id<Organization>>,
    /// All that the account may do there from now on.
    pub scopes: Vec<Scope>,
}

/// Takes from an account that it may act for an organization.
#[derive(Clone, Debug, Serialize)]
pub struct RevokeGrant {
    /// How far whoever asks reaches.
    pub reach: Reach,
    /// The account.
    pub account: Id<Account>,
    /// The organization; none for the hub as a whole.
    pub organization: Option<Id<Organization>>,
}

/// An account may act for an organization, or may do other things there than before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Granted {
    /// The account.
    pub account: Id<Account>,
    /// All that it may do there.
    pub grant: Granting,
}

/// An account may no longer act for an organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GrantRevoked {
    /// The account.
    pub account: Id<Account>,
    /// The organization; absent for the hub as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
}

impl Granting {
    /// The grant with its scopes in order, when it can be given.
    pub(in crate::domain) fn checked(
        world: &World,
        organization: Option<Id<Organization>>,
        scopes: &[Scope],
    ) -> Result<Self, Refusal> {
        let mut scopes = scopes.to_vec();
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() {
            return Err(Refusal::ScopesEmpty);
        }
        if let Some(id) = organization {
            world.organization(id).ok_or_else(|| Refusal::OrganizationUnknown(id.to_string()))?;
            if let Some(scope) = scopes.iter().find(|scope| scope.is_hub_wide()) {
                return Err(Refusal::ScopeOfHubOnly { scope: scope.as_str() });
            }
        }
        Ok(Self { organization, scopes })
    }
}

impl Decide for Grant {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        self.reach.covers(self.organization, &self.scopes, context)?;
        let account = world.known_account(self.account)?;
        let grant = Granting::checked(world, self.organization, &self.scopes)?;
        let subject = RecordRef::Account(account.id);
        match account.grant(self.organization) {
            Some(known) if *known == grant => return Ok(Decision::unchanged(subject)),
            Some(_) => {}
            None => limits::room("grants", account.grants.len(), GRANTS_MAX)?,
        }
        Ok(Decision::one(subject, Granted { account: account.id, grant }))
    }
}

impl Decide for RevokeGrant {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        self.reach.check(world, context)?;
        self.reach.covers(self.organization, &[], context)?;
        let Self { account, organization, .. } = *self;
        let subject = RecordRef::Account(account);
        if world.known_account(account)?.grant(organization).is_none() {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, GrantRevoked { account, organization }))
    }
}

impl Apply for Granted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_account(self.account, stamp, |account| {
            let of_same = |g: &&mut Granting| g.organization == self.grant.organization;
            match account.grants.iter_mut().find(of_same) {
                Some(known) => *known = self.grant.clone(),
                None => account.grants.push(self.grant.clone()),
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Account(self.account)]
    }
}

impl Apply for GrantRevoked {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_account(self.account, stamp, |account| {
            account.grants.retain(|grant| grant.organization != self.organization);
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Account(self.account)]
    }
}
