//! An organization as a viewer sees it.

use jiff::Timestamp;
use muster_contract::MultiPolygon;

use super::Seen;
use crate::domain::Id;
use crate::domain::organization::{Kind, Organization};
use crate::domain::period::Slot;
use crate::domain::qualification::OnShortfall;
use crate::domain::resource_request::ApprovalPolicy;
use crate::domain::structure::Position;
use crate::domain::watch::Thresholds;

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

    /// How long before a period it holds its meetings, for its own people.
    #[must_use]
    pub fn meeting_template(&self) -> Vec<Slot> {
        let own = self.view.viewer().organization() == Some(self.record.id);
        let template = || self.view.world().meeting_template(Some(self.record.id)).slots;
        if own { template() } else { Vec::new() }
    }

    /// The positions that it has beside those of NIMS.
    #[must_use]
    pub fn positions(&self) -> &[Position] {
        &self.record.positions
    }

    /// What follows in its incidents when somebody falls short of a post.
    #[must_use]
    pub fn on_shortfall(&self) -> OnShortfall {
        self.record.on_shortfall
    }

    /// From when on something stands out on its incidents.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        self.record.thresholds
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
