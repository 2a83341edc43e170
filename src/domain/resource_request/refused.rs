//! Why something about a request or an offer was refused.

use jiff::Timestamp;
use serde::Serialize;

use super::ResourceRequest;
use crate::domain::ids::Id;
use crate::domain::mutual_aid::Offer;

/// A refusal about requests and mutual aid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum Refused {
    /// There is no such request.
    #[error("there is no resource request {0}; check the id")]
    RequestUnknown(Id<ResourceRequest>),
    /// There is no such offer.
    #[error("there is no offer {0}; check the id")]
    OfferUnknown(Id<Offer>),
    /// Requests and offers are an organization's.
    #[error("you act for no organization; requests and offers are made for one")]
    NoOrganization,
    /// A request is not ready for a step.
    #[error("request {number} is {status}; this can be done while it is {allowed}")]
    RequestStep {
        /// The number of the request.
        number: String,
        /// Where it stands.
        status: &'static str,
        /// Where it would have to stand.
        allowed: &'static str,
    },
    /// An offer is not ready for a step.
    #[error("the offer is {stage}; this can be done while it is {allowed}")]
    OfferStep {
        /// Where it stands.
        stage: &'static str,
        /// Where it would have to stand.
        allowed: &'static str,
    },
    /// Nobody waits for this approval.
    #[error("request {number} does not wait for the approval of {approver}")]
    ApprovalNotAwaited {
        /// The number of the request.
        number: String,
        /// The level.
        approver: &'static str,
    },
    /// Somebody else approves first.
    #[error("request {number} waits for the approval of {first} first, and then of {approver}")]
    ApprovalOutOfTurn {
        /// The number of the request.
        number: String,
        /// The level.
        approver: &'static str,
        /// The level whose turn it is.
        first: &'static str,
    },
    /// A quantity is out of bounds.
    #[error("a quantity of {quantity} cannot be asked for or offered; give 1 to {quantity_max}")]
    QuantityUnusable {
        /// The quantity.
        quantity: u32,
        /// The bound.
        quantity_max: u32,
    },
    /// A request was to be sent to whoever asks.
    #[error("your own organization is among the receivers; fill from your own resources instead")]
    SentToOneself,
    /// It is not clear whom a request is to go to.
    #[error("`toAll` says whom it goes to; leave out `to` and `withinKm`, or `toAll`")]
    ReceiversUnclear,
    /// A distance cannot be meant.
    #[error("`withinKm` is no distance; give kilometres, more than 0")]
    DistanceUnusable,
    /// Nobody is near.
    #[error(
        "nobody who shows you such a resource is within `withinKm` of where it is to be \
         delivered; widen it, or name organizations in `to`"
    )]
    NobodyInRange,
    /// The organization was not asked.
    #[error("your organization was not asked; answer only what was sent to you")]
    NotAsked,
    /// The request is over.
    #[error("request {number} takes no more answers; nothing more is wanted")]
    NoAnswerWanted {
        /// The number of the request.
        number: String,
    },
    /// An incident with requests was about to end.
    #[error("incident {number} still has open requests: {which}; close or cancel them first")]
    RequestsOpen {
        /// The number of the incident.
        number: String,
        /// Which they are.
        which: String,
    },
    /// An organization declines and offers at the same time.
    #[error("your offer to this request stands; withdraw it before you decline")]
    OfferStands,
    /// What is offered or sent belongs to somebody else.
    #[error("only your own resources can be offered; ask their owner to offer the others")]
    ResourceOfAnother,
    /// What is offered is not what is wanted.
    #[error("`{name}` is not what is wanted, and substitutes are not: {why}")]
    NotWanted {
        /// What its owner calls the resource.
        name: String,
        /// How it differs.
        why: String,
    },
    /// There is not so much to be had.
    #[error("`{name}` cannot be had: {free} of it is free and {wanted} is named")]
    NotFree {
        /// What its owner calls the resource.
        name: String,
        /// How much is free.
        free: u32,
        /// How much is named.
        wanted: u32,
    },
    /// A list names a resource twice.
    #[error("a resource is named twice; name each once, with its quantity")]
    NamedTwice,
    /// A part of an offer was named that is not in it.
    #[error("a resource, or so much of it, is not in the offer; choose from what is offered")]
    NotInOffer,
    /// A part of what the other side asks for was to be accepted.
    #[error("the other side named a price for all of it; accept all, or counter with a part")]
    CounterWhole,
    /// What was offered can be had no more.
    #[error("it was to be had until {until}, which is past; agree on later dates")]
    AvailabilityOver {
        /// Until when.
        until: Timestamp,
    },
    /// More was to be accepted than is wanted.
    #[error(
        "{wanted} would be accepted and {outstanding} is outstanding; accept no more than that, or decline"
    )]
    MoreThanOutstanding {
        /// How much would be accepted.
        wanted: u32,
        /// How much is neither filled nor promised.
        outstanding: u32,
    },
    /// The other side has to answer.
    #[error("these are your own terms; the other side has to answer them")]
    AnswerOfOther,
    /// The step is the other side's.
    #[error("this is for the other side of the offer to do")]
    StepOfOther,
    /// The terms that were to be signed are not on the table any more.
    #[error("the terms changed since you read them; read version {version} and sign that")]
    TermsOvertaken {
        /// The version that can be signed.
        version: u32,
    },
    /// Terms went back and forth too often.
    #[error("terms were put on the table {count} times; accept, decline or withdraw the offer")]
    TooManyVersions {
        /// How often.
        count: usize,
    },
    /// What was offered is gone.
    #[error(
        "`{name}` cannot be committed any more: an offer does not hold a resource, and it was \
         committed, changed or taken out of service since; ask for another offer"
    )]
    ItemGone {
        /// What its owner called it in the offer.
        name: String,
    },
    /// Something is there already.
    #[error("`{name}` has arrived; demobilize it instead")]
    Arrived {
        /// What its owner called it in the offer.
        name: String,
    },
    /// Something is not released yet.
    #[error("`{name}` is not released yet; claim the cost when all of the mission is released")]
    StillOut {
        /// What its owner called it in the offer.
        name: String,
    },
    /// What comes by an agreement does not stay away without it.
    #[error("`{name}` comes by a signed agreement; cancel that, or swap the resource")]
    ByAgreement {
        /// What its owner calls it.
        name: String,
    },
    /// Nothing moves before the mission order.
    #[error("nothing moves before the mission order; issue it first")]
    MissionOrderMissing,
    /// A cost cannot be meant.
    #[error("the cost cannot be used: {0}")]
    CostUnusable(&'static str),
    /// A claim is in another currency than the agreement.
    #[error("the cost is claimed in {claimed} and was agreed on in {agreed}; claim it in {agreed}")]
    CurrencyOther {
        /// The currency of the agreement.
        agreed: String,
        /// That of the claim.
        claimed: String,
    },
    /// Dates cannot be meant.
    #[error("the dates cannot be used: the end has to be later than the beginning and than now")]
    DatesUnusable,
    /// An offer would be over at once.
    #[error("`expires` is over already; choose a later time")]
    ExpiryUnusable,
}

impl Refused {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RequestUnknown(_) => "REQUEST_UNKNOWN",
            Self::OfferUnknown(_) => "OFFER_UNKNOWN",
            Self::NoOrganization => "NO_ORGANIZATION",
            Self::RequestStep { .. } => "REQUEST_STEP_MISSING",
            Self::OfferStep { .. } => "OFFER_STEP_MISSING",
            Self::ApprovalNotAwaited { .. } => "APPROVAL_NOT_AWAITED",
            Self::ApprovalOutOfTurn { .. } => "APPROVAL_OUT_OF_TURN",
            Self::QuantityUnusable { .. } => "QUANTITY_UNUSABLE",
            Self::SentToOneself => "SENT_TO_ONESELF",
            Self::ReceiversUnclear => "RECEIVERS_UNCLEAR",
            Self::DistanceUnusable => "DISTANCE_UNUSABLE",
            Self::NobodyInRange => "NOBODY_IN_RANGE",
            Self::NotAsked => "NOT_ASKED",
            Self::NoAnswerWanted { .. } => "NO_ANSWER_WANTED",
            Self::RequestsOpen { .. } => "REQUESTS_OPEN",
            Self::OfferStands => "OFFER_STANDS",
            Self::ResourceOfAnother => "RESOURCE_OF_ANOTHER",
            Self::NotWanted { .. } => "NOT_WANTED",
            Self::NotFree { .. } => "NOT_FREE",
            Self::NamedTwice => "NAMED_TWICE",
            Self::NotInOffer => "NOT_IN_OFFER",
            Self::CounterWhole => "COUNTER_WHOLE",
            Self::AvailabilityOver { .. } => "AVAILABILITY_OVER",
            Self::MoreThanOutstanding { .. } => "MORE_THAN_OUTSTANDING",
            Self::AnswerOfOther => "ANSWER_OF_OTHER",
            Self::StepOfOther => "STEP_OF_OTHER",
            Self::TermsOvertaken { .. } => "AID_TERMS_OVERTAKEN",
            Self::TooManyVersions { .. } => "TOO_MANY_VERSIONS",
            Self::ItemGone { .. } => "ITEM_GONE",
            Self::Arrived { .. } => "ARRIVED",
            Self::StillOut { .. } => "STILL_OUT",
            Self::ByAgreement { .. } => "BY_AGREEMENT",
            Self::MissionOrderMissing => "MISSION_ORDER_MISSING",
            Self::CostUnusable(_) => "COST_UNUSABLE",
            Self::CurrencyOther { .. } => "CURRENCY_OTHER",
            Self::DatesUnusable => "DATES_UNUSABLE",
            Self::ExpiryUnusable => "EXPIRY_UNUSABLE",
        }
    }
}
