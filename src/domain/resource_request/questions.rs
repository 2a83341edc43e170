//! Questions between organizations: who waits for whom, since when.
//!
//! Each has an owner, who has to do something, and an age. Both sides find the same question in
//! their lists: who owes an answer, and who waits for it.

use jiff::Timestamp;

use super::{ResourceRequest, Status};
use crate::domain::ids::Id;
use crate::domain::mutual_aid::{Offer, Stage};
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::world::World;

/// Something that somebody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenQuestion {
    /// Since when it is open.
    pub since: Timestamp,
    /// What is waited for.
    pub what: Question,
    /// Who has to do it.
    pub owner: Id<Organization>,
    /// Who waits for it.
    pub waits: Id<Organization>,
    /// The request or offer that it is about.
    pub record: RecordRef,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
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

impl Question {
    /// Its name for programs, stable over releases.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approval => "APPROVAL",
            Self::Sending => "SENDING",
            Self::Answer => "ANSWER",
            Self::Decision => "DECISION",
            Self::Signature => "SIGNATURE",
            Self::MissionOrder => "MISSION_ORDER",
            Self::Payment => "PAYMENT",
        }
    }

    /// What is waited for and what to do, in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Approval => "a request waits for approval; approve it, or return it",
            Self::Sending => "an approved request waits; send it, or fill it from your own",
            Self::Answer => "a request waits for an answer; make an offer, or decline it",
            Self::Decision => "an offer waits for an answer; accept it, counter it or decline it",
            Self::Signature => "an agreement waits for a signature; sign it, or withdraw from it",
            Self::MissionOrder => "a signed agreement waits for its mission order; issue it",
            Self::Payment => "a claim waits for payment; pay it, or return it",
        }
    }
}

/// The questions that an organization has to answer or waits for, the oldest first.
#[must_use]
pub fn open_questions(world: &World, organization: Id<Organization>) -> Vec<OpenQuestion> {
    let mut questions: Vec<_> = world
        .resource_requests()
        .flat_map(|request| of(world, request))
        .filter(|question| question.owner == organization || question.waits == organization)
        .collect();
    questions.sort_unstable();
    questions
}

/// The questions about a request and the offers to it.
pub fn of<'w>(
    world: &'w World,
    request: &'w ResourceRequest,
) -> impl Iterator<Item = OpenQuestion> + 'w {
    of_request(request).chain(of_offers(world, request))
}

/// The questions about a request itself.
fn of_request(request: &ResourceRequest) -> impl Iterator<Item = OpenQuestion> {
    let record = RecordRef::ResourceRequest(request.id);
    let asks = request.asked_by;
    let own = match request.status() {
        Status::AwaitingApprovals => Some(Question::Approval),
        Status::Approved => Some(Question::Sending),
        _ => None,
    };
    let since = request.approvals.last().map(|approval| approval.at);
    let since = since.or(request.submission.as_ref().map(|submission| submission.at));
    let own = own.zip(since);
    let own =
        own.map(|(what, since)| OpenQuestion { since, what, owner: asks, waits: asks, record });
    let open = request.takes_answers();
    let asked = request.receivers.iter().filter(move |_| open);
    let unanswered = asked.filter(|receiver| receiver.declined.is_none() && receiver.offers == 0);
    own.into_iter().chain(unanswered.map(move |receiver| OpenQuestion {
        since: receiver.since,
        what: Question::Answer,
        owner: receiver.organization,
        waits: asks,
        record,
    }))
}

/// The questions about the offers to a request.
fn of_offers(world: &World, request: &ResourceRequest) -> impl Iterator<Item = OpenQuestion> {
    world.offers_of(request.id).flat_map(|offer| of_offer(offer))
}

fn of_offer(offer: &Offer) -> impl Iterator<Item = OpenQuestion> {
    let question = |what, owner, since| OpenQuestion {
        since,
        what,
        owner,
        waits: offer.other(owner),
        record: RecordRef::Offer(offer.id),
    };
    let answer = offer.answers().map(|side| question(Question::Decision, side, offer.since));
    let signed = offer.amendment.as_ref().map(|amendment| amendment.since);
    let since = signed.unwrap_or(offer.since);
    let signatures: Vec<_> =
        offer.signatures_missing().map(|side| question(Question::Signature, side, since)).collect();
    let next = match offer.stage {
        Stage::Binding => Some(question(Question::MissionOrder, offer.by, offer.since)),
        Stage::Claimed => Some(question(Question::Payment, offer.to, offer.since)),
        _ => None,
    };
    answer.into_iter().chain(signatures).chain(next)
}
