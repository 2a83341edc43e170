//! Who has to approve a request before it goes out, and who did (213RR blocks 9, 14 and 17).

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Priority, Refused, ResourceRequest, ReturnedFor, Status, Submission};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, REASON_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// On which level a request is approved, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Approver {
    /// The section chief of whoever asks.
    SectionChief,
    /// The Logistics Section.
    Logistics,
    /// The Finance/Administration Section.
    Finance,
}

/// Who has to approve the requests of an organization, by their priority. Nobody when empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalPolicy {
    /// What is urgent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urgent: Vec<Approver>,
    /// What is routine.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routine: Vec<Approver>,
    /// What has time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub low: Vec<Approver>,
}

/// That a request was approved on one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// On which level.
    pub approver: Approver,
    /// Who approved.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What they had to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// Says who has to approve the acting organization's requests from now on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetPolicy {
    /// Who has to.
    pub policy: ApprovalPolicy,
}

/// Submits a draft for approval.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Submit {
    /// The request.
    pub request: Id<ResourceRequest>,
}

/// Approves a request on one level.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Approve {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// On which level.
    pub approver: Approver,
    /// What there is to say.
    pub comment: Option<String>,
}

/// Refuses to approve a request and returns it to whoever wrote it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Return {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// On which level.
    pub approver: Approver,
    /// Why.
    pub reason: String,
}

/// An organization said who has to approve its requests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicySet {
    /// The organization.
    pub organization: Id<Organization>,
    /// Who has to.
    pub policy: ApprovalPolicy,
}

/// A request was submitted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submitted {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// Who has to approve it; it is approved at once when empty.
    pub needed: Vec<Approver>,
}

/// A request was approved on one level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Approved {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// On which level.
    pub approver: Approver,
    /// What there was to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A request was returned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Returned {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// On which level.
    pub approver: Approver,
    /// Why.
    pub reason: String,
}

impl Approver {
    /// Every level, in the order of the form.
    pub const ALL: [Self; 3] = [Self::SectionChief, Self::Logistics, Self::Finance];

    /// The word for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SectionChief => "section chief",
            Self::Logistics => "logistics",
            Self::Finance => "finance",
        }
    }
}

impl ApprovalPolicy {
    /// Who has to approve what is of this priority, in the order of the form.
    #[must_use]
    pub fn needed(&self, priority: Priority) -> Vec<Approver> {
        let listed = match priority {
            Priority::Urgent => &self.urgent,
            Priority::Routine => &self.routine,
            Priority::Low => &self.low,
        };
        Approver::ALL.into_iter().filter(|approver| listed.contains(approver)).collect()
    }
}

impl Decide for SetPolicy {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let organization = context.by.organization.ok_or(Refused::NoOrganization)?;
        let subject = RecordRef::Organization(organization);
        // As the form has them, each once.
        let policy = ApprovalPolicy {
            urgent: self.policy.needed(Priority::Urgent),
            routine: self.policy.needed(Priority::Routine),
            low: self.policy.needed(Priority::Low),
        };
        if world.known_organization(organization)?.approvals == policy {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, PolicySet { organization, policy }))
    }
}

impl Decide for Submit {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let request = world.known_request(self.request)?;
        if request.status() != Status::Draft {
            return Err(request.not_now("a draft"));
        }
        world.open_incident(world.incident_of_request(request))?;
        let policy = world.organization(request.asked_by).map(|asking| &asking.approvals);
        let needed = policy.map_or_else(Vec::new, |p| p.needed(request.content.priority));
        let subject = RecordRef::ResourceRequest(self.request);
        Ok(Decision::one(subject, Submitted { request: self.request, needed }))
    }
}

impl Decide for Approve {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { request, approver, .. } = *self;
        world.awaited_approval(request, approver)?;
        let comment = limits::said("comment", self.comment.as_deref(), REASON_CHARS_MAX)?;
        let subject = RecordRef::ResourceRequest(request);
        Ok(Decision::one(subject, Approved { request, approver, comment }))
    }
}

impl Decide for Return {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let Self { request, approver, .. } = *self;
        world.awaited_approval(request, approver)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let subject = RecordRef::ResourceRequest(request);
        Ok(Decision::one(subject, Returned { request, approver, reason }))
    }
}

impl World {
    /// Checks that a request waits for this approval, and for none before it.
    fn awaited_approval(
        &self,
        request: Id<ResourceRequest>,
        approver: Approver,
    ) -> Result<(), Refusal> {
        let request = self.known_request(request)?;
        if request.status() != Status::AwaitingApprovals {
            return Err(request.not_now("awaiting approvals"));
        }
        if !request.approvals_missing().any(|missing| missing == approver) {
            let (number, approver) = (request.number.clone(), approver.as_str());
            return Err(Refused::ApprovalNotAwaited { number, approver }.into());
        }
        // The form goes round in its order: each level decides over what those before it approved.
        let first = request.approvals_missing().next().filter(|first| *first != approver);
        if let Some(first) = first {
            let (number, approver) = (request.number.clone(), approver.as_str());
            let first = first.as_str();
            return Err(Refused::ApprovalOutOfTurn { number, approver, first }.into());
        }
        Ok(())
    }
}

impl Apply for PolicySet {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(organization) = world.organizations.get_mut(&self.organization) else { return };
        let organization = Arc::make_mut(organization);
        organization.approvals = self.policy.clone();
        organization.revision.touch(stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Organization(self.organization)]
    }
}

impl Apply for Submitted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(request) = world.change_request(self.request, stamp) else { return };
        let (by, at) = (stamp.by.principal.clone(), stamp.at);
        request.submission = Some(Submission { by, at, needed: self.needed.clone() });
        request.returned = None;
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceRequest(self.request)]
    }
}

impl Apply for Approved {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(request) = world.change_request(self.request, stamp) else { return };
        request.approvals.push(Approval {
            approver: self.approver,
            by: stamp.by.principal.clone(),
            at: stamp.at,
            comment: self.comment.clone(),
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceRequest(self.request)]
    }
}

impl Apply for Returned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(request) = world.change_request(self.request, stamp) else { return };
        // The next submission is of another text, so what was approved does not count for it.
        request.submission = None;
        request.approvals.clear();
        request.returned = Some(ReturnedFor {
            approver: self.approver,
            by: stamp.by.principal.clone(),
            at: stamp.at,
            reason: self.reason.clone(),
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceRequest(self.request)]
    }
}
