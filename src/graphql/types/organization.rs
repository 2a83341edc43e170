//! Organizations.

use async_graphql::{ID, InputObject, Object, Result};
use jiff::Timestamp;

use super::codes::OrganizationKind;
use super::plan::MeetingSlot;
use super::qualification::{Position, ShortfallPolicy};
use super::resource_request::ApprovalPolicy;
use super::watch::Thresholds;
use crate::domain::organization::{self, Profile};
use crate::graphql::asked::{id, parse_id};
use crate::graphql::scalars::MultiPolygon;
use crate::sharing::Seen;

/// An agency, company or group that takes part.
pub(crate) struct Organization(pub(in crate::graphql) Seen<organization::Organization>);

#[Object]
impl Organization {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// A short, unique name for lists and logs, such as `HFD`.
    async fn code(&self) -> &str {
        self.0.code()
    }

    /// Its full name.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// What it does.
    async fn kind(&self) -> OrganizationKind {
        self.0.kind().into()
    }

    /// The area it is responsible for.
    async fn jurisdiction(&self) -> Option<MultiPolygon> {
        self.0.jurisdiction().cloned().map(MultiPolygon)
    }

    /// The organizations it belongs to, such as a county or a mutual-aid region.
    async fn parents(&self) -> Vec<Self> {
        self.0.parents().map(Self).collect()
    }

    /// How long before the start of an operational period it holds its meetings; empty for other
    /// organizations than your own.
    async fn meeting_template(&self) -> Vec<MeetingSlot> {
        self.0.meeting_template().into_iter().map(MeetingSlot::of).collect()
    }

    /// The positions that it has beside those of NIMS.
    async fn positions(&self) -> Vec<Position> {
        self.0.positions().iter().map(Position::from).collect()
    }

    /// What follows in its incidents when somebody falls short of a post.
    async fn on_shortfall(&self) -> ShortfallPolicy {
        self.0.on_shortfall().into()
    }

    /// From when on something stands out on its incidents.
    async fn thresholds(&self) -> Thresholds {
        self.0.thresholds().into()
    }

    /// Who has to approve its resource requests; null for all but its own people.
    async fn approval_policy(&self) -> Option<ApprovalPolicy> {
        self.0.approvals().map(ApprovalPolicy::of)
    }

    /// When it changed last; null when times are withheld.
    async fn changed_at(&self) -> Option<Timestamp> {
        self.0.changed_at()
    }
}

/// What an organization says of itself.
#[derive(InputObject)]
pub(crate) struct OrganizationProfileInput {
    /// A short, unique name for lists and logs, such as `HFD`; at most 16 characters.
    code: String,
    /// Its full name.
    name: String,
    /// What it does.
    kind: OrganizationKind,
    /// The area it is responsible for.
    jurisdiction: Option<MultiPolygon>,
    /// The ids of the organizations it belongs to.
    #[graphql(default)]
    parents: Vec<ID>,
}

impl OrganizationProfileInput {
    pub(in crate::graphql) fn profile(self) -> Result<Profile> {
        let parents = self.parents.iter().map(|parent| parse_id("parents", parent));
        Ok(Profile {
            parents: parents.collect::<Result<_>>()?,
            code: self.code,
            name: self.name,
            kind: self.kind.into(),
            jurisdiction: self.jurisdiction.map(|area| area.0),
        })
    }
}
