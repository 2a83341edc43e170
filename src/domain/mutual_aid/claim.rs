//! What a finished mission cost is claimed, returned where it is not right, and paid (EMAC step 5).

use serde::{Deserialize, Serialize};

use super::{ClaimMade, Cost, Item, Offer, Stage};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, NAME_CHARS_MAX, REASON_CHARS_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::resource_request::{Refused, ResourceRequest};
use crate::domain::world::World;

/// Claims the cost of a finished mission, for the organization that sent. All of its resources have
/// to be released by then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claim {
    /// The offer.
    pub offer: Id<Offer>,
    /// The cost, item by item.
    pub cost: Cost,
    /// What it stands on, such as the numbers of receipts.
    pub evidence: String,
}

/// Returns a claim that is not right, for the organization that asked for help.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReturnClaim {
    /// The offer.
    pub offer: Id<Offer>,
    /// Why.
    pub reason: String,
}

/// Records that a claim was paid, for the organization that asked for help.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pay {
    /// The offer.
    pub offer: Id<Offer>,
    /// The reference of the payment.
    pub reference: String,
}

/// The cost was claimed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claimed {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// The cost, item by item.
    pub cost: Cost,
    /// What it stands on.
    pub evidence: String,
}

/// A claim was returned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Returned {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// Why.
    pub reason: String,
}

/// A claim was paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paid {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// The reference of the payment.
    pub reference: String,
}

impl Decide for Claim {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        offer.acting(context, offer.by)?;
        if offer.stage != Stage::Ordered {
            return Err(offer.not_now("ordered and all of it released"));
        }
        let mut out = offer.terms.items.iter().filter(|item| world.is_out(offer, item));
        if let Some(item) = out.next() {
            return Err(Refused::StillOut { name: item.name.clone() }.into());
        }
        let cost = self.cost.checked()?;
        let agreed = &offer.terms.cost.currency;
        if cost.currency != *agreed {
            let (agreed, claimed) = (agreed.clone(), cost.currency);
            return Err(Refused::CurrencyOther { agreed, claimed }.into());
        }
        let event = Claimed {
            offer: self.offer,
            request: offer.request,
            cost,
            evidence: limits::text("evidence", &self.evidence, REASON_CHARS_MAX)?,
        };
        Ok(Decision::one(RecordRef::Offer(self.offer), event))
    }
}

impl Decide for ReturnClaim {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.claimed_offer(self.offer, context)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let event = Returned { offer: self.offer, request: offer.request, reason };
        Ok(Decision::one(RecordRef::Offer(self.offer), event))
    }
}

impl Decide for Pay {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.claimed_offer(self.offer, context)?;
        let reference = limits::text("reference", &self.reference, NAME_CHARS_MAX)?;
        let event = Paid { offer: self.offer, request: offer.request, reference };
        Ok(Decision::one(RecordRef::Offer(self.offer), event))
    }
}

impl World {
    /// Whether something of an agreement is still out.
    fn is_out(&self, offer: &Offer, item: &Item) -> bool {
        let resource = self.resource(item.resource);
        let mut live = resource.into_iter().flat_map(|resource| resource.live_commitments());
        live.any(|commitment| commitment.offer == Some(offer.id))
    }

    /// The offer whose claim the side that asked for help may decide on.
    fn claimed_offer(&self, id: Id<Offer>, context: &Context<'_>) -> Result<&Offer, Refusal> {
        let offer = self.known_offer(id)?;
        offer.acting(context, offer.to)?;
        if offer.stage != Stage::Claimed {
            return Err(offer.not_now("claimed"));
        }
        Ok(offer)
    }
}

impl Apply for Claimed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        offer.reach(Stage::Claimed, stamp);
        offer.claim = Some(ClaimMade {
            cost: self.cost.clone(),
            evidence: self.evidence.clone(),
            by: stamp.by.principal.clone(),
            at: stamp.at,
            returned: None,
            paid: None,
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Offer(self.offer), RecordRef::ResourceRequest(self.request)]
    }
}

impl Apply for Returned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        offer.reach(Stage::Ordered, stamp);
        if let Some(claim) = &mut offer.claim {
            claim.returned = Some(self.reason.clone());
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Offer(self.offer), RecordRef::ResourceRequest(self.request)]
    }
}

impl Apply for Paid {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        offer.reach(Stage::Reimbursed, stamp);
        // What is paid is over, and with it what was still to be signed.
        offer.amendment = None;
        if let Some(claim) = &mut offer.claim {
            claim.paid = Some(self.reference.clone());
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Offer(self.offer), RecordRef::ResourceRequest(self.request)]
    }
}
