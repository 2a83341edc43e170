//! Who looks.

use std::sync::Arc;

use crate::domain::account::Account;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::{Id, Principal, Scope, World};

/// Who looks. Equal viewers are shown the same, so what was computed for one serves the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    organization: Option<Id<Organization>>,
    /// In their order, each once.
    scopes: Vec<Scope>,
    /// The principal, where it may be shown what the rest of the organization is not.
    personal: Option<Arc<str>>,
    /// The account, where it is linked to a person, whose posts give it rights. Which person that
    /// is, and which posts, is looked up in each World, so that both end at once.
    account: Option<Id<Account>>,
}

impl Viewer {
    /// What the principal is as a viewer.
    #[must_use]
    pub fn of(principal: &Principal, world: &World) -> Self {
        let personal = world.is_personal(&principal.name).then(|| principal.name.as_str().into());
        let mut scopes = principal.scopes.clone();
        scopes.sort_unstable();
        scopes.dedup();
        let account = principal
            .account()
            .filter(|id| world.account(*id).is_some_and(|account| account.person.is_some()));
        Self { organization: principal.organization_in(world), scopes, personal, account }
    }

    /// An organization as its partners would ask what it is shown: somebody there who may read.
    #[must_use]
    pub fn of_organization(organization: Id<Organization>) -> Self {
        let (organization, scopes) = (Some(organization), vec![Scope::Read]);
        Self { organization, scopes, personal: None, account: None }
    }

    /// The organization that the viewer looks for.
    #[must_use]
    pub const fn organization(&self) -> Option<Id<Organization>> {
        self.organization
    }

    /// Whether the viewer runs the hub, and may see its sources and quarantine.
    #[must_use]
    pub fn may_operate(&self) -> bool {
        self.scopes.contains(&Scope::Operate)
    }

    /// What the viewer may do.
    pub fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.scopes.iter().copied()
    }

    /// The person behind the viewer in a World, where their account is linked to one.
    pub(super) fn person(&self, world: &World) -> Option<Id<Person>> {
        world.account(self.account?)?.person
    }

    /// The principal, where it may be shown what the rest of the organization is not.
    pub(super) fn personal(&self) -> Option<&str> {
        self.personal.as_deref()
    }
}
