//! Who looks.

use std::sync::Arc;

use crate::domain::organization::Organization;
use crate::domain::{Id, Principal, Scope, World};

/// Who looks. Equal viewers are shown the same, so what was computed for one serves the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Viewer {
    organization: Option<Id<Organization>>,
    /// In their order, each once.
    scopes: Vec<Scope>,
    /// The principal, where it may be shown what the rest of the organization is not.
    personal: Option<Arc<str>>,
}

impl Viewer {
    /// What the principal is as a viewer.
    #[must_use]
    pub fn of(principal: &Principal, world: &World) -> Self {
        let personal = world.is_personal(&principal.name).then(|| principal.name.as_str().into());
        let mut scopes = principal.scopes.clone();
        scopes.sort_unstable();
        scopes.dedup();
        Self { organization: principal.organization_in(world), scopes, personal }
    }

    /// An organization as its partners would ask what it is shown: somebody there who may read.
    #[must_use]
    pub fn of_organization(organization: Id<Organization>) -> Self {
        Self { organization: Some(organization), scopes: vec![Scope::Read], personal: None }
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

    /// The principal, where it may be shown what the rest of the organization is not.
    pub(super) fn personal(&self) -> Option<&str> {
        self.personal.as_deref()
    }
}
