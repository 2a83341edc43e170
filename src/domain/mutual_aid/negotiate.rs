//! An offer is made, countered, accepted, and over when it is declined, withdrawn or too old.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::bind::committed;
use super::terms::items;
use super::{Cost, Ending, HowEnded, Offer, Stage, Terms, Wish};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, OFFER_VERSIONS_MAX, OFFERS_OF_REQUEST_MAX, REASON_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::resource_request::{Fill, Refused, ResourceRequest};
use crate::domain::world::World;

/// Offers resources of the acting organization to a request that it was asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Make {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// What is offered.
    pub items: Vec<Wish>,
    /// Conditions, in words.
    pub conditions: Option<String>,
    /// What it is expected to cost.
    pub cost: Cost,
    /// From when on it can be had.
    pub available_from: Timestamp,
    /// Until when.
    pub available_until: Timestamp,
    /// When the offer is over, unless it is binding by then.
    pub expires: Timestamp,
}

/// Answers the terms on the table with others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Counter {
    /// The offer.
    pub offer: Id<Offer>,
    /// A part of the items; all of them when empty.
    pub items: Vec<Wish>,
    /// Conditions, in words.
    pub conditions: Option<String>,
    /// What it is to cost.
    pub cost: Cost,
    /// From when on it is wanted, or can be had.
    pub available_from: Timestamp,
    /// Until when.
    pub available_until: Timestamp,
}

/// Accepts the terms that the other side has put on the table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Accept {
    /// The offer.
    pub offer: Id<Offer>,
    /// A part of the items; all of them when empty.
    pub items: Vec<Wish>,
}

/// Says that an offer is not wanted, for the organization that asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Decline {
    /// The offer.
    pub offer: Id<Offer>,
    /// Why, in a sentence that whoever offers will read.
    pub reason: String,
}

/// Takes an offer back, for the organization that made it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Withdraw {
    /// The offer.
    pub offer: Id<Offer>,
    /// Why, in a sentence that whoever asked will read.
    pub reason: String,
}

/// Ends an offer whose time is over. The hub clock asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct Expire {
    /// The offer.
    pub offer: Id<Offer>,
}

/// An offer was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The new offer.
    pub offer: Id<Offer>,
    /// The request.
    pub request: Id<ResourceRequest>,
    /// The organization that offers.
    pub by: Id<Organization>,
    /// The organization that asked.
    pub to: Id<Organization>,
    /// Whether it is for an exercise.
    pub exercise: bool,
    /// What is offered.
    pub terms: Terms,
    /// When it is over.
    pub expires: Timestamp,
}

/// A side put other terms on the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Countered {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// The side.
    pub by: Id<Organization>,
    /// The terms.
    pub terms: Terms,
}

/// A side accepted the other's terms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accepted {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// The side.
    pub by: Id<Organization>,
    /// The terms that both agree on.
    pub terms: Terms,
}

/// An offer is over, or an agreement was cancelled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// How.
    pub how: HowEnded,
    /// Why.
    pub reason: String,
}

impl Decide for Make {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let request = world.known_request(self.request)?;
        let by = context.by.organization.ok_or(Refused::NoOrganization)?;
        request.receiver(by).ok_or(Refused::NotAsked)?;
        if !request.takes_answers() {
            return Err(Refused::NoAnswerWanted { number: request.number.clone() }.into());
        }
        world.check_wanted(request)?;
        // Each organization has its own share, so that nobody learns how many others there are.
        let count = world.offers_of(self.request).filter(|offer| offer.by == by).count() + 1;
        limits::count("offers", count, OFFERS_OF_REQUEST_MAX)?;
        if self.expires <= context.now {
            return Err(Refused::ExpiryUnusable.into());
        }
        let items = items(world, request, by, &self.items)?;
        let dates = (self.available_from, self.available_until);
        let blank = Terms {
            items,
            conditions: None,
            cost: self.cost.clone(),
            available_from: dates.0,
            available_until: dates.1,
        };
        let terms = blank.reworded(self.conditions.as_deref(), &self.cost, dates, context.now)?;
        let offer = context.ids.next();
        let made = Made {
            offer,
            request: self.request,
            by,
            to: request.asked_by,
            exercise: request.exercise,
            terms,
            expires: self.expires,
        };
        Ok(Decision::one(RecordRef::Offer(offer), made))
    }
}

impl Decide for Counter {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        let by = offer.answering(context)?;
        world.check_wanted(world.known_request(offer.request)?)?;
        if offer.version >= OFFER_VERSIONS_MAX {
            let count = usize::try_from(offer.version).unwrap_or(usize::MAX);
            return Err(Refused::TooManyVersions { count }.into());
        }
        let dates = (self.available_from, self.available_until);
        let terms = offer.terms.narrowed(&self.items)?.reworded(
            self.conditions.as_deref(),
            &self.cost,
            dates,
            context.now,
        )?;
        let event = Countered { offer: self.offer, request: offer.request, by, terms };
        Ok(Decision::one(RecordRef::Offer(self.offer), event))
    }
}

impl Decide for Accept {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        let by = offer.answering(context)?;
        let terms = offer.terms.narrowed(&self.items)?;
        // Whoever asked named a price for all of it, and has not been asked about a part.
        if by == offer.by && terms.quantity() < offer.terms.quantity() {
            return Err(Refused::CounterWhole.into());
        }
        let request = world.known_request(offer.request)?;
        world.check_wanted(request)?;
        offer.check_available(context.now)?;
        let (wanted, outstanding) = (terms.quantity(), request.outstanding());
        if wanted > outstanding {
            // How much is promised by others is for the side that asked alone.
            let refused = if by == offer.to {
                Refused::MoreThanOutstanding { wanted, outstanding }
            } else {
                Refused::NoAnswerWanted { number: request.number.clone() }
            };
            return Err(refused.into());
        }
        // What cannot be committed now is not promised either.
        terms.items.iter().try_for_each(|item| committed(world, offer, request, item).map(drop))?;
        let event = Accepted { offer: self.offer, request: offer.request, by, terms };
        Ok(Decision::one(RecordRef::Offer(self.offer), event))
    }
}

impl Decide for Decline {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        offer.acting(context, offer.to)?;
        offer.over(HowEnded::Declined, &self.reason)
    }
}

impl Decide for Withdraw {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        offer.acting(context, offer.by)?;
        offer.over(HowEnded::Withdrawn, &self.reason)
    }
}

impl Decide for Expire {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        if !offer.is_open() || context.now < offer.expires {
            return Ok(Decision::unchanged(RecordRef::Offer(self.offer)));
        }
        offer.over(HowEnded::Expired, "its time was over")
    }
}

impl Offer {
    /// The acting side, if the answer to the terms is awaited from it.
    fn answering(&self, context: &Context<'_>) -> Result<Id<Organization>, Refusal> {
        let by = context.by.organization.ok_or(Refused::NoOrganization)?;
        if !self.is_side(by) {
            return Err(Refused::OfferUnknown(self.id).into());
        }
        match self.answers() {
            Some(side) if side == by => Ok(by),
            Some(_) => Err(Refused::AnswerOfOther.into()),
            None => Err(self.not_now("offered or countered")),
        }
    }

    /// Checks that the time for which it can be had is not over.
    pub(super) fn check_available(&self, now: Timestamp) -> Result<(), Refused> {
        let until = self.terms.available_until;
        if until <= now { Err(Refused::AvailabilityOver { until }) } else { Ok(()) }
    }

    /// Checks that whoever acts is this one of the two sides.
    pub(super) fn acting(
        &self,
        context: &Context<'_>,
        side: Id<Organization>,
    ) -> Result<(), Refusal> {
        match context.by.organization {
            Some(by) if by == side => Ok(()),
            Some(by) if self.is_side(by) => Err(Refused::StepOfOther.into()),
            Some(_) => Err(Refused::OfferUnknown(self.id).into()),
            None => Err(Refused::NoOrganization.into()),
        }
    }

    fn over(&self, how: HowEnded, reason: &str) -> Result<Decision, Refusal> {
        if !self.is_open() {
            return Err(self.not_now("not binding yet"));
        }
        let reason = limits::text("reason", reason, REASON_CHARS_MAX)?;
        let event = Ended { offer: self.id, request: self.request, how, reason };
        Ok(Decision::one(RecordRef::Offer(self.id), event))
    }
}

impl Apply for Made {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let offer = Offer {
            id: self.offer,
            request: self.request,
            by: self.by,
            to: self.to,
            exercise: self.exercise,
            terms: self.terms.clone(),
            terms_by: self.by,
            version: 1,
            expires: self.expires,
            stage: Stage::Offered,
            since: stamp.at,
            signatures: Vec::new(),
            amendment: None,
            mission: None,
            claim: None,
            ending: None,
            revision: Revision::new(stamp),
        };
        world.timers.insert(offer.expiry_timer());
        world.insert_offer(Arc::new(offer));
        let Some(request) = world.change_request(self.request, stamp) else { return };
        let mut receivers = request.receivers.iter_mut();
        if let Some(receiver) = receivers.find(|receiver| receiver.organization == self.by) {
            receiver.offers = receiver.offers.saturating_add(1);
            // Whoever declined may think again.
            receiver.declined = None;
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Offer(self.offer), RecordRef::ResourceRequest(self.request)]
    }
}

impl Apply for Countered {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        offer.terms = self.terms.clone();
        offer.terms_by = self.by;
        offer.version = offer.version.saturating_add(1);
        offer.reach(Stage::Countered, stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Offer(self.offer), RecordRef::ResourceRequest(self.request)]
    }
}

impl Apply for Accepted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        // Whoever made the offer has not read what becomes of it when a part is accepted.
        if offer.terms != self.terms {
            offer.version = offer.version.saturating_add(1);
        }
        offer.terms = self.terms.clone();
        offer.reach(Stage::Accepted, stamp);
        let quantity = self.terms.quantity();
        let Some(request) = world.change_request(self.request, stamp) else { return };
        let (offer, since) = (Some(self.offer), stamp.at);
        request.fills.push(Fill { offer, quantity, binding: false, since });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Offer(self.offer), RecordRef::ResourceRequest(self.request)]
    }
}

impl Apply for Ended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        let timer = offer.expiry_timer();
        let stage = match self.how {
            HowEnded::Declined => Stage::Declined,
            HowEnded::Withdrawn => Stage::Withdrawn,
            HowEnded::Expired => Stage::Expired,
            HowEnded::Cancelled => Stage::Cancelled,
        };
        offer.reach(stage, stamp);
        offer.amendment = None;
        offer.ending = Some(Ending {
            organization: stamp.by.organization.filter(|_| self.how != HowEnded::Expired),
            by: stamp.by.principal.clone(),
            at: stamp.at,
            reason: self.reason.clone(),
        });
        world.timers.remove(&timer);
        // What it filled, or promised to fill, is wanted again.
        let Some(request) = world.change_request(self.request, stamp) else { return };
        request.fills.retain(|fill| fill.offer != Some(self.offer));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Offer(self.offer), RecordRef::ResourceRequest(self.request)]
    }
}
