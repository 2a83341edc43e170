//! A binding agreement is ordered, and changed or cancelled where it must be.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::terms::item;
use super::{Amendment, Cost, Ended, HowEnded, Item, Mission, Offer, Stage, Terms, Wish};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, NAME_CHARS_MAX, REASON_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::resource::{self, Commitment, Resource};
use crate::domain::resource_request::{Refused, ResourceRequest};
use crate::domain::sentence::{Sentence, sentence};
use crate::domain::world::World;

/// Orders the mission, for the organization that sends. Nothing moves before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IssueMissionOrder {
    /// The offer.
    pub offer: Id<Offer>,
    /// Whom or what to report to, and where.
    pub report_to: String,
    /// The assignment.
    pub assignment: String,
    /// When they leave.
    pub departs: Timestamp,
    /// When they are expected.
    pub arrives: Timestamp,
}

/// Sends another resource than the agreed one, for the organization that sends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Swap {
    /// The offer.
    pub offer: Id<Offer>,
    /// The resource that does not go.
    pub out: Id<Resource>,
    /// The one that goes in its place.
    pub with: Id<Resource>,
    /// Why, in a sentence that the other side will read.
    pub reason: String,
}

/// Proposes other terms for a binding agreement, which signs them for the proposer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Amend {
    /// The offer.
    pub offer: Id<Offer>,
    /// Conditions, in words.
    pub conditions: Option<String>,
    /// What it is to cost.
    pub cost: Cost,
    /// From when on.
    pub available_from: Timestamp,
    /// Until when.
    pub available_until: Timestamp,
}

/// Cancels a binding agreement before anything has arrived.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cancel {
    /// The offer.
    pub offer: Id<Offer>,
    /// Why, in a sentence that the other side will read.
    pub reason: String,
}

/// The mission order was issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissionOrdered {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// The incident of the request.
    pub incident: Id<Incident>,
    /// The number of the order.
    pub number: String,
    /// Whom or what to report to, and where.
    pub report_to: String,
    /// The assignment.
    pub assignment: String,
    /// When they leave.
    pub departs: Timestamp,
    /// When they are expected.
    pub arrives: Timestamp,
}

/// One resource goes instead of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swapped {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// The incident of the request.
    pub incident: Id<Incident>,
    /// The resource that does not go.
    pub out: Id<Resource>,
    /// What goes in its place.
    pub with: Item,
    /// Why.
    pub reason: String,
}

/// A side proposed and signed other terms for a binding agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AmendmentProposed {
    /// The offer.
    pub offer: Id<Offer>,
    /// Its request.
    pub request: Id<ResourceRequest>,
    /// The side.
    pub by: Id<Organization>,
    /// The terms.
    pub terms: Terms,
}

impl Decide for IssueMissionOrder {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        offer.acting(context, offer.by)?;
        if offer.stage != Stage::Binding {
            return Err(offer.not_now("binding, before its mission order"));
        }
        if self.arrives < self.departs {
            return Err(Refused::DatesUnusable.into());
        }
        limits::to_come("departs", Some(self.departs), context.now)?;
        let request = world.known_request(offer.request)?;
        let event = MissionOrdered {
            offer: self.offer,
            request: request.id,
            incident: world.incident_of_request(request),
            number: world.mission_number(offer, request),
            report_to: limits::text("reportTo", &self.report_to, NAME_CHARS_MAX)?,
            assignment: limits::text("assignment", &self.assignment, REASON_CHARS_MAX)?,
            departs: self.departs,
            arrives: self.arrives,
        };
        Ok(Decision::one(RecordRef::Offer(self.offer), event))
    }
}

impl Decide for Swap {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        offer.acting(context, offer.by)?;
        offer.in_force()?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let mut agreed = offer.terms.items.iter();
        let out = agreed.find(|item| item.resource == self.out).ok_or(Refused::NotInOffer)?;
        if offer.terms.items.iter().any(|item| item.resource == self.with) {
            return Err(Refused::NamedTwice.into());
        }
        let request = world.known_request(offer.request)?;
        let wish = Wish { resource: self.with, quantity: out.quantity };
        let with = item(world, request, offer.by, wish)?;
        let given_back = given_back(world, offer, out, &reason)?;
        let taken = committed(world, offer, request, &with)?;
        let event = Swapped {
            offer: self.offer,
            request: request.id,
            incident: world.incident_of_request(request),
            out: self.out,
            with,
            reason,
        };
        let mut decision = Decision::one(RecordRef::Offer(self.offer), event);
        decision.events.extend(given_back);
        decision.events.push(taken);
        Ok(decision)
    }
}

impl Decide for Amend {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        let by = offer.side(context)?;
        offer.in_force()?;
        let dates = (self.available_from, self.available_until);
        let conditions = self.conditions.as_deref();
        let terms = offer.terms.reworded(conditions, &self.cost, dates, context.now)?;
        let event = AmendmentProposed { offer: self.offer, request: offer.request, by, terms };
        Ok(Decision::one(RecordRef::Offer(self.offer), event))
    }
}

impl Decide for Cancel {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let offer = world.known_offer(self.offer)?;
        offer.side(context)?;
        offer.in_force()?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let given_back =
            offer.terms.items.iter().map(|item| given_back(world, offer, item, &reason));
        let given_back = given_back.collect::<Result<Vec<_>, _>>()?;
        let (offer, request, how) = (self.offer, offer.request, HowEnded::Cancelled);
        let mut decision =
            Decision::one(RecordRef::Offer(offer), Ended { offer, request, how, reason });
        decision.events.extend(given_back.into_iter().flatten());
        Ok(decision)
    }
}

impl Offer {
    /// The acting side.
    pub(super) fn side(&self, context: &Context<'_>) -> Result<Id<Organization>, Refusal> {
        let by = context.by.organization.ok_or(Refused::NoOrganization)?;
        if self.is_side(by) { Ok(by) } else { Err(Refused::OfferUnknown(self.id).into()) }
    }

    /// Checks that it is binding and not done.
    fn in_force(&self) -> Result<(), Refusal> {
        if matches!(self.stage, Stage::Binding | Stage::Ordered) {
            return Ok(());
        }
        Err(self.not_now("binding"))
    }
}

impl World {
    /// The number of the mission order: it counts only the sender's own agreements on the request,
    /// so that it does not tell of those of others.
    fn mission_number(&self, offer: &Offer, request: &ResourceRequest) -> String {
        let code = self.organization(offer.by).map_or("", |o| o.profile.code.as_str());
        let own = self.offers_of(request.id).filter(|other| other.by == offer.by);
        let before = own.filter(|other| other.mission.is_some()).count();
        format!("{}/{code}-{}", request.number, before + 1)
    }
}

/// A resource of an agreement is committed to the incident of the request. What stands in the way
/// may be another organization's business, so the refusal says only that it is gone.
pub(super) fn committed(
    world: &World,
    offer: &Offer,
    request: &ResourceRequest,
    item: &Item,
) -> Result<Event, Refusal> {
    let gone = || Refused::ItemGone { name: item.name.clone() };
    world.resource(item.resource).filter(|r| r.owner == offer.by).ok_or_else(gone)?;
    let (incident, offer) = (world.incident_of_request(request), Some(offer.id));
    let committed = resource::commit(world, item.resource, incident, item.quantity, offer);
    Ok(committed.map_err(|_| gone())?.into())
}

/// A resource of an agreement does not go after all; nothing happens when it went and was released.
fn given_back(
    world: &World,
    offer: &Offer,
    item: &Item,
    reason: &str,
) -> Result<Option<Event>, Refusal> {
    let Some(resource) = world.resource(item.resource) else { return Ok(None) };
    let mut of_offer = resource.commitments.iter().filter(|c| c.offer == Some(offer.id));
    if of_offer.clone().any(|commitment| commitment.check_in.is_some()) {
        return Err(Refused::Arrived { name: item.name.clone() }.into());
    }
    let live = of_offer.find(|commitment| commitment.is_live());
    Ok(live.map(|commitment| {
        Event::from(resource::Cancelled {
            resource: item.resource,
            incident: commitment.incident,
            commitment: commitment.number,
            offer: Some(offer.id),
            reason: reason.to_owned(),
        })
    }))
}

impl World {
    /// Checks that what is committed may stay away by its owner's or user's word alone: what comes
    /// by an agreement does so by that agreement.
    pub(in crate::domain) fn may_stay_away(
        &self,
        resource: Id<Resource>,
        commitment: &Commitment,
    ) -> Result<(), Refusal> {
        let offer = commitment.offer.and_then(|offer| self.offer(offer));
        let name = self.resource(resource).map(|resource| resource.profile.name.clone());
        match (offer.filter(|offer| offer.is_binding()), name) {
            (Some(_), Some(name)) => Err(Refused::ByAgreement { name }.into()),
            _ => Ok(()),
        }
    }

    /// Checks that what is committed may set out: what comes by an agreement needs its mission
    /// order first (EMAC: do not move before the Mission Order Authorization).
    pub(in crate::domain) fn may_set_out(&self, commitment: &Commitment) -> Result<(), Refusal> {
        let offer = commitment.offer.and_then(|offer| self.offer(offer));
        match offer {
            Some(offer) if offer.mission.is_none() => Err(Refused::MissionOrderMissing.into()),
            _ => Ok(()),
        }
    }

    /// Whether an agreement that is not done rests on a commitment: by its check-in it is known that
    /// something arrived, and with that the agreement can be paid and no more be cancelled.
    pub(in crate::domain) fn agreement_rests_on(&self, commitment: &Commitment) -> bool {
        let offer = commitment.check_in.as_ref().and(commitment.offer);
        offer.and_then(|offer| self.offer(offer)).is_some_and(|offer| offer.is_binding())
    }
}

impl World {
    /// Adds a line about an offer to the timeline of the incident that it is for.
    pub(super) fn tell_of_offer(
        &mut self,
        offer: Id<Offer>,
        incident: Id<Incident>,
        stamp: &Stamp<'_>,
        said: Sentence,
    ) {
        self.change_incident(incident, stamp);
        self.chronicle(incident, stamp, said, &[RecordRef::Offer(offer)]);
    }
}

/// What looks different after something about an offer that the incident's timeline tells of.
pub(super) fn told(
    offer: Id<Offer>,
    request: Id<ResourceRequest>,
    incident: Id<Incident>,
) -> Vec<RecordRef> {
    vec![
        RecordRef::Offer(offer),
        RecordRef::ResourceRequest(request),
        RecordRef::Incident(incident),
    ]
}

impl Apply for MissionOrdered {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        offer.reach(Stage::Ordered, stamp);
        offer.mission = Some(Mission {
            number: self.number.clone(),
            report_to: self.report_to.clone(),
            assignment: self.assignment.clone(),
            departs: self.departs,
            arrives: self.arrives,
            by: stamp.by.principal.clone(),
            at: stamp.at,
        });
        let said = sentence!(
            "MISSION_ORDERED",
            "mission order {number}: report to {place}",
            number = self.number,
            place = self.report_to,
        );
        world.tell_of_offer(self.offer, self.incident, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        told(self.offer, self.request, self.incident)
    }
}

impl Apply for Swapped {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        let mut items = offer.terms.items.iter_mut();
        let Some(item) = items.find(|item| item.resource == self.out) else { return };
        let said = sentence!(
            "RESOURCE_SWAPPED",
            "{resource} goes instead of {other}",
            resource = self.with.name,
            other = item.name,
        );
        let said = said.because(Some(&self.reason));
        *item = self.with.clone();
        // Whoever is to sign other terms reads them again, with what goes now.
        if let Some(amendment) = &mut offer.amendment {
            amendment.version = amendment.version.saturating_add(1);
            amendment.terms.items.clone_from(&offer.terms.items);
        }
        world.tell_of_offer(self.offer, self.incident, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        told(self.offer, self.request, self.incident)
    }
}

impl Apply for AmendmentProposed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(offer) = world.change_offer(self.offer, stamp) else { return };
        let before = offer.amendment.as_ref().map_or(offer.version, |before| before.version);
        offer.amendment = Some(Amendment {
            version: before.saturating_add(1),
            terms: self.terms.clone(),
            by: self.by,
            signed_by: stamp.by.principal.clone(),
            since: stamp.at,
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Offer(self.offer), RecordRef::ResourceRequest(self.request)]
    }
}
