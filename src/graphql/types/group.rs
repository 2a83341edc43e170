//! Groups of persons who are told together.

use async_graphql::{ID, Object};

use super::organization::Organization;
use super::person::Person;
use crate::domain::group;
use crate::graphql::asked::id;
use crate::graphql::rows::Row;
use crate::sharing::Seen;

/// Persons who are told together, under a name of their organization's choosing. Nobody else is
/// shown it.
pub(crate) struct Group(pub(in crate::graphql) Seen<group::Group>);

impl Row for Group {}

#[Object]
impl Group {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// What it is called.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// Whose it is.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization().map(Organization)
    }

    /// Who is in it, as far as you may see them.
    async fn members(&self) -> Vec<Person> {
        self.0.members().map(Person).collect()
    }

    /// How many are in it, those included that you may not see; null when that is withheld.
    async fn size(&self) -> Option<usize> {
        self.0.size()
    }

    /// Whether it was dissolved; null when that is withheld.
    async fn dissolved(&self) -> Option<bool> {
        self.0.is_dissolved()
    }
}
