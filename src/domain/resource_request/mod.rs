//! Resource requests (ICS 213RR): what an organization asks for on an incident, from its draft to
//! the last unit that came.
//!
//! ```text
//!            return (with a reason)
//!      +-----------------------------+
//!      v                             |
//!    draft --submit--> awaiting-approvals --approve, by all that are needed--> approved
//!      |                                                                          |
//!      +--submit, when the policy of the organization needs nobody--------------->+
//!                                                                                 |
//!    approved --send--> sent --> partly-filled --> filled                         |
//!        |                          ^                ^                            |
//!        +-------- fill from one's own, or by binding agreements -----------------+
//!
//!    sent, partly-filled --close--> unfilled (UTF)
//!    draft, awaiting-approvals, approved, sent, partly-filled --cancel--> cancelled
//! ```
//!
//! How much is filled follows from what fills it: a request is filled while binding agreements and
//! one's own resources cover the quantity, and falls back when such an agreement is cancelled. What
//! was accepted and is not signed yet is promised: it cannot be accepted twice, and fills nothing.
//!
//! Whoever is asked sees what is needed, where, when and by whom, and the state of the own answer.
//! It sees neither approvals, nor who else is asked, nor what others offer.
//!
//! Example: Harbor Fire needs five engines. Its policy wants logistics to approve what is urgent.
//! Lee approves, the request goes to County Fire and Lakeside Fire; County Fire offers two engines
//! (see [`mutual_aid`](super::mutual_aid)), Lakeside Fire declines with a reason, and one engine of
//! Harbor Fire's own is added.
//!
//! - [`draft`]: written and amended
//! - [`approvals`]: who has to agree before it goes out, and who did
//! - [`send`]: whom it goes to, who declines, how it is closed
//! - [`fill`]: one's own resources
//! - [`questions`]: who waits for whom since when

pub mod approvals;
pub mod draft;
pub mod fill;
pub mod questions;
mod refused;
pub mod send;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Stamp;
use super::ids::Id;
use super::incident::Incident;
use super::organization::Organization;
use super::place::Location;
use super::record::Revision;
use super::refusal::Refusal;
use super::resource::Need;
use super::world::{World, under};

pub use super::mutual_aid::Offer;
pub use approvals::{
    Approval, ApprovalPolicy, Approve, Approved, Approver, PolicySet, Return, Returned, SetPolicy,
    Submit, Submitted,
};
pub use draft::{Amend, Amended, Draft, Drafted};
pub use fill::{FillFromOwn, FilledFromOwn};
pub use questions::{OpenQuestion, Question};
pub use refused::Refused;
pub use send::{Cancel, Close, Decline, Declined, Ended, Send, Sent};

/// A request for resources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResourceRequest {
    /// Its id.
    pub id: Id<ResourceRequest>,
    /// The incident that it is for.
    pub incident: Id<Incident>,
    /// What that was called when the request was last sent, or else written (213RR blocks 1 and 2):
    /// whoever is asked is told, and need not see the incident for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident_tag: Option<IncidentTag>,
    /// Its number: the code of the organization that asks, the year, and how many that organization
    /// had written then, `HFD-RR-2026-0001`.
    pub number: String,
    /// The organization that asks, which decides who sees it.
    pub asked_by: Id<Organization>,
    /// What is asked for.
    pub content: Content,
    /// Whether it is for an exercise. This never changes.
    pub exercise: bool,
    /// That it was submitted for approval, and who has to approve it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission: Option<Submission>,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// That it was returned, as long as it was not submitted again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<ReturnedFor>,
    /// The organizations that were asked, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receivers: Vec<Receiver>,
    /// What fills it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fills: Vec<Fill>,
    /// That it was closed before it was filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<Ending>,
    /// When it was written and last changed.
    pub revision: Revision,
}

/// What an incident is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentTag {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
}

/// What is asked for, as the form has it (213RR blocks 4 to 8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// The kind and type, and how many of them, or how many units of a supply.
    pub need: Need,
    /// Whether something else that does the work is welcome.
    pub substitutes: bool,
    /// What has to come with it, such as lodging or fuel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_support: Option<String>,
    /// Where it is to report or to be delivered.
    pub deliver_to: Location,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted_by: Option<Timestamp>,
    /// How pressing it is.
    pub priority: Priority,
    /// What it is for.
    pub purpose: String,
    /// Under which code it is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funding_code: Option<String>,
    /// The role that answers questions about it, such as `Ordering Manager, ICP`. No person's data.
    pub contact: String,
}

/// How pressing a request is (213RR block 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Lives or the outcome depend on it.
    Urgent,
    /// In the ordinary course.
    Routine,
    /// When there is time.
    Low,
}

/// That a request was submitted for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Who submitted it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Who has to approve it, by the policy of that moment.
    pub needed: Vec<Approver>,
}

/// That a request was returned to whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedFor {
    /// On which level.
    pub approver: Approver,
    /// Who returned it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// An organization that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiver {
    /// The organization.
    pub organization: Id<Organization>,
    /// Since when it is asked.
    pub since: Timestamp,
    /// That it declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<DeclinedFor>,
    /// How many offers it has made.
    pub offers: u32,
}

/// That an organization that was asked declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclinedFor {
    /// Who declined.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Something that fills a part of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// The accepted offer; one's own resources when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Id<Offer>>,
    /// How many.
    pub quantity: u32,
    /// Whether it is certain: one's own, or an agreement that both have signed.
    pub binding: bool,
    /// Since when it stands like this.
    pub since: Timestamp,
}

/// That a request was closed before it was filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// How.
    pub how: HowEnded,
    /// Who closed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// How a request was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowEnded {
    /// Nobody could fill it, or the rest of it (UTF).
    Unfilled,
    /// It is not needed any more.
    Cancelled,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It is being written.
    Draft,
    /// It was submitted, and somebody has still to approve it.
    AwaitingApprovals,
    /// It may go out.
    Approved,
    /// It went out.
    Sent,
    /// A part of the quantity is filled.
    PartlyFilled,
    /// All of it is filled.
    Filled,
    /// It was closed because nobody could fill it (UTF).
    Unfilled,
    /// It was closed because it is not needed.
    Cancelled,
}

impl Status {
    /// Every status, in the order of the life cycle.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::AwaitingApprovals,
        Self::Approved,
        Self::Sent,
        Self::PartlyFilled,
        Self::Filled,
        Self::Unfilled,
        Self::Cancelled,
    ];

    /// The word for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::AwaitingApprovals => "awaiting approvals",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::PartlyFilled => "partly filled",
            Self::Filled => "filled",
            Self::Unfilled => "closed as unfilled",
            Self::Cancelled => "cancelled",
        }
    }
}

impl IncidentTag {
    fn of(world: &World, incident: Id<Incident>) -> Option<Self> {
        let incident = world.incident(incident)?;
        Some(Self { number: incident.number.clone(), name: incident.name.clone() })
    }
}

impl ResourceRequest {
    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> Status {
        let filled = self.filled();
        match (&self.ending, &self.submission) {
            (Some(Ending { how: HowEnded::Unfilled, .. }), _) => Status::Unfilled,
            (Some(Ending { how: HowEnded::Cancelled, .. }), _) => Status::Cancelled,
            (None, _) if filled >= self.content.need.quantity => Status::Filled,
            (None, _) if filled > 0 => Status::PartlyFilled,
            (None, _) if !self.receivers.is_empty() => Status::Sent,
            (None, None) => Status::Draft,
            (None, Some(_)) if self.approvals_missing().next().is_some() => {
                Status::AwaitingApprovals
            }
            (None, Some(_)) => Status::Approved,
        }
    }

    /// How much of the quantity is filled for certain.
    #[must_use]
    pub fn filled(&self) -> u32 {
        let binding = self.fills.iter().filter(|fill| fill.binding);
        binding.fold(0, |sum, fill| sum.saturating_add(fill.quantity))
    }

    /// How much of the quantity is neither filled nor promised.
    #[must_use]
    pub fn outstanding(&self) -> u32 {
        let covered = self.fills.iter().fold(0_u32, |sum, fill| sum.saturating_add(fill.quantity));
        self.content.need.quantity.saturating_sub(covered)
    }

    /// Whether it goes on: neither filled nor closed.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !matches!(self.status(), Status::Filled | Status::Unfilled | Status::Cancelled)
    }

    /// Whether whoever was asked may still answer.
    #[must_use]
    pub fn takes_answers(&self) -> bool {
        !self.receivers.is_empty() && self.is_live()
    }

    /// The approvals that are needed and missing.
    pub fn approvals_missing(&self) -> impl Iterator<Item = Approver> {
        let needed = self.submission.iter().flat_map(|submission| &submission.needed);
        needed
            .copied()
            .filter(|needed| self.approvals.iter().all(|given| given.approver != *needed))
    }

    /// What was asked of an organization.
    #[must_use]
    pub fn receiver(&self, organization: Id<Organization>) -> Option<&Receiver> {
        self.receivers.iter().find(|receiver| receiver.organization == organization)
    }

    /// The refusal of a step that it is not ready for.
    fn not_now(&self, allowed: &'static str) -> Refusal {
        let (number, status) = (self.number.clone(), self.status().as_str());
        Refused::RequestStep { number, status, allowed }.into()
    }
}

impl World {
    /// The request with this id.
    #[must_use]
    pub fn resource_request(&self, id: Id<ResourceRequest>) -> Option<&Arc<ResourceRequest>> {
        self.resource_requests.get(&id)
    }

    /// All requests, oldest first.
    pub fn resource_requests(&self) -> impl DoubleEndedIterator<Item = &Arc<ResourceRequest>> {
        self.resource_requests.values()
    }

    /// The requests of an incident, oldest first.
    pub fn requests_of(
        &self,
        incident: Id<Incident>,
    ) -> impl DoubleEndedIterator<Item = &Arc<ResourceRequest>> {
        self.incident_requests
            .range(under(incident))
            .filter_map(|(_, request)| self.resource_requests.get(request))
    }

    /// The requests of an incident and of those that were merged into it, oldest first: whoever runs
    /// the one that stands for all has to answer for all.
    #[must_use]
    pub fn requests_standing_for(&self, incident: Id<Incident>) -> Vec<&Arc<ResourceRequest>> {
        let mut incidents = vec![incident];
        let mut next = 0;
        while let Some(of) = incidents.get(next).copied() {
            incidents.extend(self.duplicates_of(of).map(|duplicate| duplicate.id));
            next += 1;
        }
        let mut all: Vec<_> = incidents.into_iter().flat_map(|of| self.requests_of(of)).collect();
        all.sort_unstable_by_key(|request| request.id);
        all
    }

    /// The incident for which a request is answered now: its own, or the one that stands for it.
    #[must_use]
    pub fn incident_of_request(&self, request: &ResourceRequest) -> Id<Incident> {
        self.standing_for(request.incident)
    }

    /// The request, or the refusal that there is none.
    pub(in crate::domain) fn known_request(
        &self,
        id: Id<ResourceRequest>,
    ) -> Result<&Arc<ResourceRequest>, Refusal> {
        self.resource_request(id).ok_or_else(|| Refused::RequestUnknown(id).into())
    }

    /// The request for changing, marked as changed by this event.
    pub(in crate::domain) fn change_request(
        &mut self,
        id: Id<ResourceRequest>,
        stamp: &Stamp<'_>,
    ) -> Option<&mut ResourceRequest> {
        let request = Arc::make_mut(self.resource_requests.get_mut(&id)?);
        request.revision.touch(stamp);
        Some(request)
    }

    pub(in crate::domain) fn insert_request(&mut self, request: Arc<ResourceRequest>) {
        self.incident_requests.insert((request.incident, request.id));
        self.resource_requests.insert(request.id, request);
    }
}
