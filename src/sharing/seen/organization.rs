//! An organization as a viewer sees it.

use jiff::Timestamp;
use muster_contract::MultiPolygon;

use super::Seen;
use crate::domain::Id;
use crate::domain::organization::{Kind, Organization};
use crate::domain::resource_request::ApprovalPolicy;

impl Seen<Organization> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id<Organization> {
        self.record.id
    }

    /// Its short, unique name.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.record.profile.code
    }

    /// Its full name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.profile.name
    }

    /// What it does.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.record.profile.kind
    }

    /// The area it is responsible for.
    #[must_use]
    pub fn jurisdiction(&self) -> Option<&MultiPolygon> {
        self.record.profile.jurisdiction.as_ref()
    }

    /// The organizations it belongs to.
    pub fn parents(&self) -> impl Iterator<Item = Self> {
        self.record.profile.parents.iter().filter_map(|parent| self.view.organization(*parent))
    }

    /// Who has to approve its resource requests, for its own people alone.
    #[must_use]
    pub fn approvals(&self) -> Option<&ApprovalPolicy> {
        let own = self.view.viewer().organization() == Some(self.record.id);
        own.then_some(&self.record.approvals)
    }

    /// When it changed last.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        self.time(self.record.revision.changed_at)
    }
}
