//! Mutual aid: an offer to a request, the agreement that it becomes, and what follows until it is
//! paid. The model is the Resource Support Agreement (RSA) of EMAC.
//!
//! ```text
//!  offered --counter--> countered --counter--> countered ...       each side answers the other's terms
//!     |                     |
//!     +------- accept ------+   by the side whose answer is awaited; the whole, or a part of it
//!                 v
//!              accepted --sign (one)--> accepted --sign (the other)--> binding
//!                                                                         | mission order
//!                                                                         v
//!              reimbursed <--pay-- claimed <--claim, when all is released-- ordered
//!                                     |                                      ^
//!                                     +------------ return (a reason) -------+
//!
//!  offered, countered, accepted --decline (who asks), withdraw (who offers), expire--> over
//!  binding, ordered --cancel (either, before anything is checked in)--> cancelled
//!  binding, ordered: --swap--> one resource for another; --amend, sign (the other)--> other terms
//! ```
//!
//! A live offer holds nothing: what it names can be offered, committed and used elsewhere, and an
//! offer is over when it expires. A binding agreement holds: with the second signature its
//! resources are committed to the incident, or the signature is refused. When two organizations
//! want the same engine, the second signature fails, and says that the engine is gone, not to whom.
//!
//! Only somebody who administers an organization signs for it, as EMAC has it for authorized
//! representatives, and names the version of the terms that they have read: nobody is bound by what
//! changed in between. A part of an offer that is accepted, and each amendment, is another version.
//! Nothing moves before the mission order.
//!
//! - [`terms`]: what is offered, on which terms, for which cost
//! - [`negotiate`]: made, countered, accepted, declined, withdrawn, expired
//! - [`sign`]: signed, in the version of the terms that was read
//! - [`bind`]: ordered, swapped, amended, cancelled
//! - [`claim`]: claimed, returned, paid

pub mod bind;
pub mod claim;
pub mod negotiate;
pub mod sign;
pub mod terms;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::agreement::Signature;
use super::event::Stamp;
use super::ids::Id;
use super::organization::Organization;
use super::record::Revision;
use super::refusal::Refusal;
use super::resource_request::{Refused, ResourceRequest};
use super::timer::{Due, Timer};
use super::world::{World, under};

pub use bind::{
    Amend, AmendmentProposed, Cancel, IssueMissionOrder, MissionOrdered, Swap, Swapped,
};
pub use claim::{Claim, Claimed, Paid, Pay, ReturnClaim, Returned};
pub use negotiate::{
    Accept, Accepted, Counter, Countered, Decline, Ended, Expire, Made, Make, Withdraw,
};
pub use sign::{Sign, Signed};
pub use terms::{Cost, Item, Terms, Wish};

/// An offer to a request, and the agreement that it becomes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Its id.
    pub id: Id<Offer>,
    /// The request that it answers.
    pub request: Id<ResourceRequest>,
    /// The organization that offers.
    pub by: Id<Organization>,
    /// The organization that asked.
    pub to: Id<Organization>,
    /// Whether it is for an exercise. This never changes.
    pub exercise: bool,
    /// What is on the table, or agreed.
    pub terms: Terms,
    /// Whose terms they are; the other side answers them.
    pub terms_by: Id<Organization>,
    /// The version of the terms, which whoever signs them names: 1 for the first offer, and one more
    /// each time that they became others.
    pub version: u32,
    /// When it is over, unless it is binding by then.
    pub expires: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// Since when it stands there, or since when the other side's answer is awaited.
    pub since: Timestamp,
    /// Who signed the terms for each side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
    /// Other terms that one side has signed and the other has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<Amendment>,
    /// The mission order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mission: Option<Mission>,
    /// What is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimMade>,
    /// How it was over before it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<Ending>,
    /// When it was made and last changed.
    pub revision: Revision,
}

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Whoever asked has to answer.
    Offered,
    /// The other side of whoever changed the terms last has to answer.
    Countered,
    /// Both agree on the terms; signatures are missing.
    Accepted,
    /// Both have signed; the resources are committed.
    Binding,
    /// The mission order is issued; the resources may move.
    Ordered,
    /// The cost is claimed.
    Claimed,
    /// The cost is paid.
    Reimbursed,
    /// Whoever asked did not want it.
    Declined,
    /// Whoever offered took it back.
    Withdrawn,
    /// Its time was over.
    Expired,
    /// One side cancelled the agreement before anything had arrived.
    Cancelled,
}

/// Other terms for a binding agreement, signed by one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amendment {
    /// Their version. Terms that are proposed in their place get another.
    pub version: u32,
    /// The terms as they would be. What is committed stays the same.
    pub terms: Terms,
    /// The side that proposes and has signed them.
    pub by: Id<Organization>,
    /// Who signed them for that side.
    pub signed_by: String,
    /// Since when.
    pub since: Timestamp,
}

/// A mission order (EMAC): what those who move have in their hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mission {
    /// Its number: the request's number and the code of the organization that sends.
    pub number: String,
    /// Whom or what to report to, and where.
    pub report_to: String,
    /// The assignment.
    pub assignment: String,
    /// When they leave.
    pub departs: Timestamp,
    /// When they are expected.
    pub arrives: Timestamp,
    /// Who issued it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What is claimed for a finished mission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimMade {
    /// The cost, item by item.
    pub cost: Cost,
    /// What it stands on, such as the numbers of receipts.
    pub evidence: String,
    /// Who claimed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why it was returned the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<String>,
    /// The reference of the payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<String>,
}

/// How an offer was over before it was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// The side that ended it; nobody did when its time was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// How an offer comes to be over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowEnded {
    /// Whoever asked did not want it.
    Declined,
    /// Whoever offered took it back.
    Withdrawn,
    /// Its time was over.
    Expired,
    /// One side cancelled the agreement.
    Cancelled,
}

impl Stage {
    /// Every stage, in the order of the life cycle.
    pub const ALL: [Self; 11] = [
        Self::Offered,
        Self::Countered,
        Self::Accepted,
        Self::Binding,
        Self::Ordered,
        Self::Claimed,
        Self::Reimbursed,
        Self::Declined,
        Self::Withdrawn,
        Self::Expired,
        Self::Cancelled,
    ];

    /// The word for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Countered => "countered",
            Self::Accepted => "accepted and not signed by both",
            Self::Binding => "binding",
            Self::Ordered => "binding, with its mission order issued",
            Self::Claimed => "claimed",
            Self::Reimbursed => "reimbursed",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Offer {
    /// Whether it is on the table: nobody is bound by it yet, and it is not over.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Offered | Stage::Countered | Stage::Accepted)
    }

    /// Whether both have signed, and it is neither paid nor cancelled.
    #[must_use]
    pub const fn is_binding(&self) -> bool {
        matches!(self.stage, Stage::Binding | Stage::Ordered | Stage::Claimed)
    }

    /// Whether somebody has still to do something about it.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.is_open() || self.is_binding()
    }

    /// Whether the organization is one of the two sides.
    #[must_use]
    pub fn is_side(&self, organization: Id<Organization>) -> bool {
        self.by == organization || self.to == organization
    }

    /// The other side.
    #[must_use]
    pub fn other(&self, side: Id<Organization>) -> Id<Organization> {
        if side == self.by { self.to } else { self.by }
    }

    /// The side whose answer to the terms is awaited.
    #[must_use]
    pub fn answers(&self) -> Option<Id<Organization>> {
        matches!(self.stage, Stage::Offered | Stage::Countered).then(|| self.other(self.terms_by))
    }

    /// The sides that have to sign and have not.
    pub fn signatures_missing(&self) -> impl Iterator<Item = Id<Organization>> {
        let accepted = self.stage == Stage::Accepted;
        let sides = [self.to, self.by].into_iter().filter(move |_| accepted);
        let first = sides.filter(|side| self.signatures.iter().all(|s| s.organization != *side));
        let amendment = self.amendment_to_sign().into_iter();
        first.chain(amendment.map(|amendment| self.other(amendment.by)))
    }

    /// The other terms that can be signed. While the cost is claimed they cannot: it is claimed by
    /// the terms in force.
    #[must_use]
    pub fn amendment_to_sign(&self) -> Option<&Amendment> {
        let in_force = matches!(self.stage, Stage::Binding | Stage::Ordered);
        self.amendment.as_ref().filter(|_| in_force)
    }

    /// The timer that ends it; it runs while the offer is open.
    #[must_use]
    pub const fn expiry_timer(&self) -> Timer {
        Timer { due: self.expires, what: Due::OfferExpiry(self.id) }
    }

    /// The refusal of a step that it is not ready for.
    fn not_now(&self, allowed: &'static str) -> Refusal {
        Refused::OfferStep { stage: self.stage.as_str(), allowed }.into()
    }

    /// Puts it to a stage.
    fn reach(&mut self, stage: Stage, stamp: &Stamp<'_>) {
        self.stage = stage;
        self.since = stamp.at;
    }
}

impl World {
    /// The offer with this id.
    #[must_use]
    pub fn offer(&self, id: Id<Offer>) -> Option<&Arc<Offer>> {
        self.offers.get(&id)
    }

    /// All offers, oldest first.
    pub fn offers(&self) -> impl DoubleEndedIterator<Item = &Arc<Offer>> {
        self.offers.values()
    }

    /// The offers to a request, oldest first.
    pub fn offers_of(
        &self,
        request: Id<ResourceRequest>,
    ) -> impl DoubleEndedIterator<Item = &Arc<Offer>> {
        self.request_offers.range(under(request)).filter_map(|(_, offer)| self.offers.get(offer))
    }

    /// The offer, or the refusal that there is none.
    pub(in crate::domain) fn known_offer(&self, id: Id<Offer>) -> Result<&Arc<Offer>, Refusal> {
        self.offer(id).ok_or_else(|| Refused::OfferUnknown(id).into())
    }

    /// The offer for changing, marked as changed by this event, and with it its request, which
    /// shows it.
    pub(in crate::domain) fn change_offer(
        &mut self,
        id: Id<Offer>,
        stamp: &Stamp<'_>,
    ) -> Option<&mut Offer> {
        let offer = Arc::make_mut(self.offers.get_mut(&id)?);
        offer.revision.touch(stamp);
        let request = self.resource_requests.get_mut(&offer.request);
        request.into_iter().for_each(|request| Arc::make_mut(request).revision.touch(stamp));
        Some(offer)
    }

    pub(in crate::domain) fn insert_offer(&mut self, offer: Arc<Offer>) {
        self.request_offers.insert((offer.request, offer.id));
        self.offers.insert(offer.id, offer);
    }
}
