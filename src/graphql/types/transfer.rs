//! Transfers of command, with what the incoming commander was told.

use async_graphql::{Enum, ID, Object, SimpleObject};
use jiff::Timestamp;

use super::codes::{CommitmentStage, IncidentStatus};
use super::journal::TimelineItem;
use super::period::Period;
use super::record::Record;
use super::resource::Resource;
use super::resource_request::ResourceRequest;
use super::structure::{Command, Delegation};
use crate::domain::structure::briefing::Due;
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

/// Command on its way from one to another, or to one more.
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
    /// The operational period that ran, and what was planned for it, as far as you may see it.
    plan: Option<BriefedPlan>,
    /// What the outgoing had to say besides.
    remarks: Option<String>,
    /// What one agency let another do in its name, oldest first.
    delegations: Vec<Delegation>,
    /// How much had happened since the outgoing took over.
    lines: Option<u32>,
    /// The last of it, as far as you may see it.
    last: Vec<TimelineItem>,
    /// The open posts, and who held them.
    posts: Vec<BriefedPost>,
    /// The names of the posts that nobody held.
    vacancies: Vec<String>,
    /// The open requests for resources, as far as you may see them, oldest first.
    requests: Vec<BriefedRequest>,
    /// The resources on the incident, as far as you may see them, oldest first.
    resources: Vec<BriefedResource>,
    /// What falls due, as far as you may see it, the next first.
    deadlines: Vec<Deadline>,
}

/// What was planned for the operational period that ran.
#[derive(SimpleObject)]
pub(crate) struct BriefedPlan {
    /// The period as it is now.
    period: Period,
    /// The revision of its plan that was in force; null when none was signed.
    revision: Option<u32>,
    /// What was still to be reached, the most urgent first.
    objectives: Vec<String>,
    /// What command stressed.
    emphasis: Option<String>,
    /// The message of safety.
    safety: Option<String>,
    /// The hazards, each with the area and what was done against it.
    hazards: Vec<String>,
    /// The radio channels, each with what it was for.
    channels: Vec<String>,
    /// The hospitals of the medical plan.
    hospitals: Vec<String>,
}

/// An open request as it stood.
#[derive(SimpleObject)]
pub(crate) struct BriefedRequest {
    /// The request as it is now.
    request: ResourceRequest,
    /// Where it stood, in words.
    status: String,
    /// How many of what was asked for nobody had promised.
    outstanding: u32,
}

/// A resource on the incident as it stood.
#[derive(SimpleObject)]
pub(crate) struct BriefedResource {
    /// The resource as it is now.
    resource: Resource,
    /// Where its commitment stood.
    stage: CommitmentStage,
    /// What it worked at.
    assigned_to: Option<String>,
}

/// A moment by which something was to happen.
#[derive(SimpleObject)]
pub(crate) struct Deadline {
    /// When.
    at: Timestamp,
    /// What.
    what: DeadlineKind,
    /// The record that it is about.
    about: Option<Record>,
}

/// What falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Due")]
pub(crate) enum DeadlineKind {
    /// The operational period ends.
    PeriodEnds,
    /// An objective of the operational period is to be reached.
    Objective,
    /// What was requested is wanted.
    Request,
    /// An offer is over unless it is answered.
    OfferExpires,
    /// What came by mutual aid goes back.
    AidEnds,
    /// A resource is expected.
    Arrival,
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

    /// Whether the incoming joins, and the outgoing stays: command becomes unified.
    async fn joins(&self) -> bool {
        self.0.joins()
    }

    /// Who hands over, or asks the other to join.
    async fn from(&self) -> Command {
        Command(self.0.from())
    }

    /// Who takes over, or joins.
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
            plan: self.0.plan().map(|(plan, period)| BriefedPlan {
                period: Period(period),
                revision: plan.revision,
                objectives: plan.objectives,
                emphasis: plan.emphasis,
                safety: plan.safety,
                hazards: plan.hazards,
                channels: plan.channels,
                hospitals: plan.hospitals,
            }),
            remarks: briefing.remarks.clone(),
            delegations: self.0.delegations().map(Into::into).collect(),
            lines: situation.map(|situation| situation.lines),
            last: self.0.lines().map(TimelineItem).collect(),
            vacancies: vacant.map(|post| post.name.clone()).collect(),
            posts: posts.collect(),
            requests: self.requests(),
            resources: self.resources(),
            deadlines: self.deadlines(),
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

impl Transfer {
    fn requests(&self) -> Vec<BriefedRequest> {
        let briefed = self.0.requests().into_iter();
        let each = briefed.map(|(briefed, request)| BriefedRequest {
            request: ResourceRequest(request),
            status: briefed.status,
            outstanding: briefed.outstanding,
        });
        each.collect()
    }

    fn resources(&self) -> Vec<BriefedResource> {
        let briefed = self.0.resources().into_iter();
        let each = briefed.map(|(briefed, resource)| BriefedResource {
            resource: Resource(resource),
            stage: briefed.stage.into(),
            assigned_to: briefed.assigned_to,
        });
        each.collect()
    }

    fn deadlines(&self) -> Vec<Deadline> {
        let briefed = self.0.deadlines().into_iter();
        let each = briefed.map(|deadline| Deadline {
            at: deadline.at,
            what: deadline.due.into(),
            about: Record::named(self.0.view(), deadline.record),
        });
        each.collect()
    }
}
