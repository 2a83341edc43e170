//! Transfers of command, with what the incoming commander was told.

use async_graphql::{Enum, ID, Object, SimpleObject};
use jiff::Timestamp;

use super::codes::IncidentStatus;
use super::journal::TimelineItem;
use super::structure::Command;
use crate::domain::structure::{self, Stage};
use crate::graphql::asked::id;
use crate::sharing::Seen;

/// Where a transfer of command stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Stage")]
pub(crate) enum TransferStage {
    /// The incoming has been asked.
    Proposed,
    /// The incoming has said from when on. The outgoing holds command until then.
    Accepted,
    /// The incoming has said no.
    Declined,
    /// The outgoing, or the hub, has taken it back.
    Withdrawn,
    /// Command has changed hands.
    CarriedOut,
}

/// Command on its way from one to another.
pub(crate) struct Transfer(pub(super) Seen<structure::Transfer>);

/// What the incoming commander was told, as it was when the transfer was proposed.
#[derive(SimpleObject)]
pub(crate) struct Briefing {
    /// Since when the outgoing had held command.
    since: Timestamp,
    /// How it stood with the incident; null for an emergency operations center.
    status: Option<IncidentStatus>,
    /// How complex it was, as a type.
    complexity: Option<u8>,
    /// How much had happened since the outgoing took over.
    lines: Option<u32>,
    /// The last of it, as far as you may see it.
    last: Vec<TimelineItem>,
    /// The open posts, and who held them.
    posts: Vec<BriefedPost>,
    /// The names of the posts that nobody held.
    vacancies: Vec<String>,
    /// Open requests for resources.
    open_requests: Option<u32>,
    /// Resources on the incident.
    resources: Option<u32>,
    /// When the operational period ends.
    period_ends: Option<Timestamp>,
}

/// A post as it stood.
#[derive(SimpleObject)]
pub(crate) struct BriefedPost {
    /// The id of the post.
    post: ID,
    /// What it was called.
    name: String,
    /// What those who held it are called; vacant when empty.
    holders: Vec<String>,
}

/// One step of a transfer.
#[derive(SimpleObject)]
pub(crate) struct TransferStep {
    /// Where it stood then.
    stage: TransferStage,
    /// When.
    at: Option<Timestamp>,
    /// The principal.
    by: Option<String>,
    /// Why.
    reason: Option<String>,
}

#[Object]
impl Transfer {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// Where it stands.
    async fn stage(&self) -> TransferStage {
        self.0.stage().into()
    }

    /// Who hands over.
    async fn from(&self) -> Command {
        Command(self.0.from())
    }

    /// Who takes over.
    async fn to(&self) -> Command {
        Command(self.0.to())
    }

    /// When command changes hands, once it was accepted.
    async fn effective(&self) -> Option<Timestamp> {
        self.0.effective()
    }

    /// What the incoming was told; null when that is withheld.
    async fn briefing(&self) -> Option<Briefing> {
        let briefing = self.0.briefing()?;
        let posts = briefing.posts.iter().map(|post| BriefedPost {
            post: id(post.post),
            name: post.name.clone(),
            holders: self.0.names(&post.holders),
        });
        let vacant = briefing.posts.iter().filter(|post| post.holders.is_empty());
        let situation = briefing.situation.as_ref();
        Some(Briefing {
            since: briefing.since,
            status: situation.map(|situation| situation.status.into()),
            complexity: situation.and_then(|situation| situation.complexity),
            lines: situation.map(|situation| situation.lines),
            last: self.0.lines().map(TimelineItem).collect(),
            vacancies: vacant.map(|post| post.name.clone()).collect(),
            posts: posts.collect(),
            open_requests: briefing.open_requests,
            resources: briefing.resources,
            period_ends: briefing.period_ends,
        })
    }

    /// Who has to be told of it, once it was accepted: dispatch, and the command and general staff.
    async fn tells(&self) -> Vec<String> {
        self.0.tells()
    }

    /// What became of it, oldest first.
    async fn steps(&self) -> Vec<TransferStep> {
        let steps = self.0.steps().map(|step| TransferStep {
            stage: step.stage().into(),
            at: step.at(),
            by: step.by().map(str::to_owned),
            reason: step.reason().map(str::to_owned),
        });
        steps.collect()
    }
}
