//! Kinds of hazard.

use async_graphql::{Object, Result};

use super::codes::Category;
use crate::domain::hazard::Kind;
use crate::graphql::fault::fault;

/// A kind of hazard, one of a small tree: a flash flood is a flood is severe weather.
pub(crate) struct HazardKind(pub(in crate::graphql) Kind);

#[Object]
impl HazardKind {
    /// Its code, such as `wildland-fire`. It stays the same over releases.
    async fn code(&self) -> &'static str {
        self.0.code()
    }

    /// Its name for people.
    async fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The kind above it.
    async fn parent(&self) -> Option<Self> {
        self.0.parent().map(Self)
    }

    /// The category of CAP that it falls into.
    async fn category(&self) -> Category {
        self.0.category().into()
    }

    /// The event codes by which warning systems name it.
    async fn event_codes(&self) -> &'static [&'static str] {
        self.0.event_codes()
    }
}

/// Reads the code of a kind.
pub(in crate::graphql) fn parse_kind(code: &str) -> Result<Kind> {
    Kind::from_code(code).ok_or_else(|| {
        let message = format!("`{code}` is not a kind of hazard; ask `hazardKinds` for the list");
        fault("HAZARD_KIND_UNKNOWN", message)
    })
}

/// Reads the codes of kinds.
pub(in crate::graphql) fn parse_kinds(codes: Option<&[String]>) -> Result<Option<Vec<Kind>>> {
    codes.map(|codes| codes.iter().map(|code| parse_kind(code)).collect()).transpose()
}
