//! Broken glass.

use async_graphql::{ID, Object};
use jiff::Timestamp;

use super::organization::Organization;
use crate::domain::break_glass;
use crate::graphql::asked::id;
use crate::graphql::rows::Row;
use crate::sharing::Seen;

/// That somebody took sight of what no agreement shows them, in an emergency, for a reason and for
/// a limited time. The owner of the records sees it at once.
pub(crate) struct BreakGlass(pub(in crate::graphql) Seen<break_glass::BreakGlass>);

impl Row for BreakGlass {}

#[Object]
impl BreakGlass {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// The account that broke it, and that alone sees more by it.
    async fn principal(&self) -> &str {
        self.0.principal()
    }

    /// The organization that the account acted for.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization().map(Organization)
    }

    /// The organization whose records are seen.
    async fn owner(&self) -> Option<Organization> {
        self.0.owner().map(Organization)
    }

    /// Why.
    async fn reason(&self) -> &str {
        self.0.reason()
    }

    /// Until when.
    async fn until(&self) -> Timestamp {
        self.0.until()
    }
}
