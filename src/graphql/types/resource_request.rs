//! Resource requests (ICS 213RR), and who waits for whom.

use async_graphql::{ComplexObject, Enum, ID, InputObject, Object, Result, SimpleObject};
use jiff::Timestamp;

use super::codes::FieldGroup;
use super::incident::Incident;
use super::mutual_aid::Offer;
use super::organization::Organization;
use super::place::{BoundingBox, Location, LocationInput};
use super::record::Record;
use crate::domain::resource::{DefinitionRef, Need};
use crate::domain::resource_request::{self as domain, questions};
use crate::graphql::asked::id;
use crate::graphql::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::graphql::page::{Cursor, Page, Paging};
use crate::sharing::seen::{AnswerState as SeenAnswer, OwnQuestion as SeenQuestion};
use crate::sharing::{Seen, View};

/// A request for resources. Whoever was asked sees what is needed, where, when and by whom, and its
/// own answer; neither how much is filled, nor who else was asked, nor what others offer.
#[derive(Clone)]
pub(crate) struct ResourceRequest(pub(in crate::graphql) Seen<domain::ResourceRequest>);

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Status")]
pub(crate) enum RequestStatus {
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
    /// It was closed because nobody could fill it, or the rest of it (UTF).
    Unfilled,
    /// It was closed because it is not needed.
    Cancelled,
}

/// How pressing a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Priority")]
pub(crate) enum RequestPriority {
    /// Lives or the outcome depend on it.
    Urgent,
    /// In the ordinary course.
    Routine,
    /// When there is time.
    Low,
}

/// On which level a request is approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Approver")]
pub(crate) enum Approver {
    /// The section chief of whoever asks.
    SectionChief,
    /// The Logistics Section.
    Logistics,
    /// The Finance/Administration Section.
    Finance,
}

/// Where the answer of an organization that was asked stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "SeenAnswer")]
pub(crate) enum AnswerState {
    /// It has not answered.
    Awaited,
    /// It made an offer.
    Offered,
    /// It declined.
    Declined,
    /// No answer is wanted any more.
    Closed,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "questions::Question")]
pub(crate) enum QuestionKind {
    /// The approvals of a request.
    Approval,
    /// That an approved request is sent, or filled from one's own.
    Sending,
    /// An offer to a request, or that it is declined.
    Answer,
    /// That an offer is accepted, countered or declined.
    Decision,
    /// A signature.
    Signature,
    /// The mission order.
    MissionOrder,
    /// That a claim is paid or returned.
    Payment,
}

/// A kind of resource by its definition, and the type that is wanted.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "ResourceNeedInput")]
pub(crate) struct ResourceNeed {
    /// The definition, such as `engine`.
    definition: String,
    /// Its version; types may mean something else in another.
    version: u16,
    /// The least capable type that will do; 1 is the most capable. Any when null.
    #[graphql(name = "type")]
    wanted_type: Option<u8>,
}

/// That a request was approved on one level.
#[derive(SimpleObject)]
pub(crate) struct Approval {
    /// On which level.
    approver: Approver,
    /// Who approved.
    by: String,
    /// When.
    at: Timestamp,
    /// What they had to say.
    comment: Option<String>,
}

/// That a request was returned to whoever wrote it.
#[derive(SimpleObject)]
pub(crate) struct ReturnedRequest {
    /// On which level.
    approver: Approver,
    /// Who returned it.
    by: String,
    /// When.
    at: Timestamp,
    /// Why.
    reason: String,
}

/// An organization that was asked.
#[derive(SimpleObject)]
pub(crate) struct AskedOrganization {
    /// The organization.
    organization: Organization,
    /// Since when it is asked.
    since: Timestamp,
    /// How many offers it has made.
    offers: u32,
    /// Why it declined; null when it did not.
    declined: Option<String>,
}

/// What your own organization was asked, and where its answer stands.
#[derive(SimpleObject)]
pub(crate) struct OwnQuestion {
    /// Since when it is asked.
    since: Timestamp,
    /// Where the answer stands.
    state: AnswerState,
    /// Why it declined; null when it did not.
    reason: Option<String>,
}

/// That a request was closed before it was filled.
#[derive(SimpleObject)]
pub(crate) struct RequestEnding {
    /// Who closed it.
    by: String,
    /// When.
    at: Timestamp,
    /// Why.
    reason: String,
}

/// Who has to approve the requests of an organization, by their priority; nobody where empty.
#[derive(SimpleObject)]
pub(crate) struct ApprovalPolicy {
    /// What is urgent.
    urgent: Vec<Approver>,
    /// What is routine.
    routine: Vec<Approver>,
    /// What has time.
    low: Vec<Approver>,
}

/// Something that somebody waits for.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct OpenQuestion {
    #[graphql(skip)]
    view: View,
    #[graphql(skip)]
    question: domain::OpenQuestion,
    /// What is waited for.
    what: QuestionKind,
    /// Since when it is open.
    since: Timestamp,
}

/// What is asked for, as the form has it (213RR blocks 4 to 8).
#[derive(InputObject)]
pub(crate) struct RequestContentInput {
    /// The kind and type.
    need: ResourceNeed,
    /// How many of them, or how many units of a supply.
    quantity: u32,
    /// Whether something else that does the work is welcome.
    #[graphql(default = false)]
    substitutes: bool,
    /// What has to come with it, such as lodging or fuel.
    special_support: Option<String>,
    /// Where it is to report or to be delivered.
    deliver_to: LocationInput,
    /// By when.
    wanted_by: Option<Timestamp>,
    /// How pressing it is.
    priority: RequestPriority,
    /// What it is for.
    purpose: String,
    /// Under which code it is paid.
    funding_code: Option<String>,
    /// The role that answers questions about it, such as `Ordering Manager, ICP`. Name no person.
    contact: String,
}

impl From<RequestContentInput> for domain::Content {
    fn from(input: RequestContentInput) -> Self {
        let ResourceNeed { definition, version, wanted_type } = input.need;
        let definition = DefinitionRef { id: definition, version };
        Self {
            need: Need { definition, level: wanted_type, quantity: input.quantity },
            substitutes: input.substitutes,
            special_support: input.special_support,
            deliver_to: input.deliver_to.into(),
            wanted_by: input.wanted_by,
            priority: input.priority.into(),
            purpose: input.purpose,
            funding_code: input.funding_code,
            contact: input.contact,
        }
    }
}

impl ApprovalPolicy {
    pub(super) fn of(policy: &domain::ApprovalPolicy) -> Self {
        let codes = |all: &[domain::Approver]| all.iter().map(|a| (*a).into()).collect();
        Self {
            urgent: codes(&policy.urgent),
            routine: codes(&policy.routine),
            low: codes(&policy.low),
        }
    }
}

#[Object]
impl ResourceRequest {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// Its number, such as `HFD-RR-2026-0001`.
    async fn number(&self) -> &str {
        self.0.number()
    }

    /// The kind and type that is needed.
    async fn need(&self) -> ResourceNeed {
        let Need { definition: DefinitionRef { id, version }, level, .. } = self.0.need().clone();
        ResourceNeed { definition: id, version, wanted_type: level }
    }

    /// How many are needed in all.
    async fn quantity(&self) -> u32 {
        self.0.quantity()
    }

    /// Whether something else that does the work is welcome.
    async fn substitutes(&self) -> bool {
        self.0.substitutes()
    }

    /// How pressing it is.
    async fn priority(&self) -> RequestPriority {
        self.0.priority().into()
    }

    /// Whether it is for an exercise. This never changes.
    async fn exercise(&self) -> bool {
        self.0.exercise()
    }

    /// The organization that asks; null when that is withheld.
    async fn asked_by(&self) -> Option<Organization> {
        self.0.asked_by().map(Organization)
    }

    /// The incident that it is for; null when you may not see it.
    async fn incident(&self) -> Option<Incident> {
        self.0.incident().map(Incident)
    }

    /// The number of the incident when the request was last sent, or else written, for those who may
    /// not see the incident too (213RR block 1); null when that is withheld.
    async fn incident_number(&self) -> Option<&str> {
        Some(&self.0.words()?.incident?.number)
    }

    /// The name of the incident at that time.
    async fn incident_name(&self) -> Option<&str> {
        Some(&self.0.words()?.incident?.name)
    }

    /// What it is for; null when that is withheld.
    async fn purpose(&self) -> Option<&str> {
        self.0.words().map(|words| words.purpose)
    }

    /// What has to come with it.
    async fn special_support(&self) -> Option<&str> {
        self.0.words().and_then(|words| words.special_support)
    }

    /// The role that answers questions about it.
    async fn contact(&self) -> Option<&str> {
        self.0.words().map(|words| words.contact)
    }

    /// Where it is to report or to be delivered; null when that is withheld.
    async fn deliver_to(&self) -> Option<Location<'_>> {
        self.0.deliver_to().map(Location)
    }

    /// The box around that place.
    async fn bounding_box(&self) -> Option<BoundingBox> {
        self.0.bounding_box().map(Into::into)
    }

    /// By when it is needed.
    async fn wanted_by(&self) -> Option<Timestamp> {
        self.0.wanted_by()
    }

    /// Where it stands; null when that is withheld, as it is from those who were asked.
    async fn status(&self) -> Option<RequestStatus> {
        self.0.status().map(Into::into)
    }

    /// How much of it is filled; null when that is withheld.
    async fn filled(&self) -> Option<u32> {
        self.0.filled()
    }

    /// How much of it is neither filled nor promised; null when that is withheld.
    async fn outstanding(&self) -> Option<u32> {
        self.0.outstanding()
    }

    /// That it was closed before it was filled.
    async fn ending(&self) -> Option<RequestEnding> {
        let domain::Ending { by, at, reason, .. } = self.0.ending()?.clone();
        Some(RequestEnding { by, at, reason })
    }

    /// Under which code it is paid; null when that is withheld.
    async fn funding_code(&self) -> Option<&str> {
        self.0.funding_code()
    }

    /// Who has to approve it; null before it is submitted, and when that is withheld.
    async fn approvals_needed(&self) -> Option<Vec<Approver>> {
        let submission = self.0.submission()?;
        Some(submission.needed.iter().map(|approver| (*approver).into()).collect())
    }

    /// Who approved it.
    async fn approvals(&self) -> Vec<Approval> {
        let approvals = self.0.approvals().iter().cloned();
        let approval = |domain::Approval { approver, by, at, comment }| Approval {
            approver: approver.into(),
            by,
            at,
            comment,
        };
        approvals.map(approval).collect()
    }

    /// That it was returned to whoever wrote it, until it is submitted again.
    async fn returned(&self) -> Option<ReturnedRequest> {
        let domain::ReturnedFor { approver, by, at, reason } = self.0.returned()?.clone();
        Some(ReturnedRequest { approver: approver.into(), by, at, reason })
    }

    /// The organizations that were asked, in order.
    async fn receivers(&self) -> Vec<AskedOrganization> {
        let receivers = self.0.receivers().map(|(organization, receiver)| AskedOrganization {
            organization: Organization(organization),
            since: receiver.since,
            offers: receiver.offers,
            declined: receiver.declined.as_ref().map(|declined| declined.reason.clone()),
        });
        receivers.collect()
    }

    /// The offers to it that you may see: all where you asked, your own where you were asked.
    async fn offers(&self, first: Option<i32>, after: Option<String>) -> Result<Page<Offer>> {
        let paging = Paging::check(first, after.as_deref(), PAGE_DEFAULT, PAGE_MAX)?;
        Ok(paging.page(self.0.offers(), |offer| Cursor::of_id(offer.id().uuid()), Offer))
    }

    /// What your own organization was asked; null when it was not.
    async fn question(&self) -> Option<OwnQuestion> {
        let SeenQuestion { since, state, reason } = self.0.question()?;
        Some(OwnQuestion { since, state: state.into(), reason })
    }

    /// The groups of fields that are withheld from you, as far as their owner lets you know. What
    /// is withheld is null or empty.
    async fn withheld(&self) -> Vec<FieldGroup> {
        self.0.decision().withheld().into_iter().map(Into::into).collect()
    }

    /// When it changed last; null when times are withheld.
    async fn changed_at(&self) -> Option<Timestamp> {
        self.0.changed_at()
    }
}

impl OpenQuestion {
    pub(in crate::graphql) fn of(view: &View, question: domain::OpenQuestion) -> Self {
        let (what, since) = (question.what.into(), question.since);
        Self { view: view.clone(), question, what, since }
    }
}

#[ComplexObject]
impl OpenQuestion {
    /// Who has to do it.
    async fn owner(&self) -> Option<Organization> {
        self.view.organization(self.question.owner).map(Organization)
    }

    /// Who waits for it.
    async fn waits(&self) -> Option<Organization> {
        self.view.organization(self.question.waits).map(Organization)
    }

    /// The request or offer that it is about.
    async fn record(&self) -> Option<Record> {
        Record::named(&self.view, self.question.record)
    }
}
