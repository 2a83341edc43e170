//! Whom a request goes to, who declines, and how it is closed without being filled.

use serde::{Deserialize, Serialize};

use super::{
    DeclinedFor, Ending, HowEnded, IncidentTag, Receiver, Refused, ResourceRequest, Status,
};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, REASON_CHARS_MAX, RECEIVERS_MAX};
use crate::domain::mutual_aid;
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// How many requests a refusal names; of the others only how many there are.
const NUMBERS_MAX: usize = 5;

/// Sends a request to organizations, which then have to answer. It can be sent again, to more.
///
/// Whoever sends it by distance and kind has the list made first, from what they may see; what is
/// sent is the list, so that everybody can say later who was asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Send {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// The organizations.
    pub to: Vec<Id<Organization>>,
}

/// Says that the acting organization, which was asked, has nothing to offer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Decline {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// Why, in a sentence that whoever asks will read.
    pub reason: String,
}

/// Closes a request that nobody could fill, or the rest of it (unable to fill, UTF).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Close {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// Why.
    pub reason: String,
}

/// Closes a request that is not needed any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cancel {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// Why.
    pub reason: String,
}

/// A request went out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// The organizations that were not asked before.
    pub to: Vec<Id<Organization>>,
}

/// An organization that was asked declined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Declined {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// The organization.
    pub by: Id<Organization>,
    /// Why.
    pub reason: String,
}

/// A request was closed before it was filled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// How.
    pub how: HowEnded,
    /// Why.
    pub reason: String,
}

impl Decide for Send {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let request = world.known_request(self.request)?;
        if !matches!(request.status(), Status::Approved | Status::Sent | Status::PartlyFilled) {
            return Err(request.not_now("approved, sent or partly filled"));
        }
        let incident = world.incident_of_request(request);
        world.open_incident(incident)?;
        let mut to: Vec<Id<Organization>> = Vec::new();
        for organization in &self.to {
            world.known_organization(*organization)?;
            if *organization == request.asked_by {
                return Err(Refused::SentToOneself.into());
            }
            if request.receiver(*organization).is_none() && !to.contains(organization) {
                to.push(*organization);
            }
        }
        limits::count_from(1, "to", request.receivers.len() + to.len(), RECEIVERS_MAX)?;
        let subject = RecordRef::ResourceRequest(self.request);
        if to.is_empty() {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Sent { request: self.request, incident, to }))
    }
}

impl Decide for Decline {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let request = world.known_request(self.request)?;
        let by = context.by.organization.ok_or(Refused::NoOrganization)?;
        let receiver = request.receiver(by).ok_or(Refused::NotAsked)?;
        let subject = RecordRef::ResourceRequest(self.request);
        if receiver.declined.is_some() {
            return Ok(Decision::unchanged(subject));
        }
        if !request.takes_answers() {
            return Err(Refused::NoAnswerWanted { number: request.number.clone() }.into());
        }
        if world.offers_of(self.request).any(|offer| offer.by == by && offer.is_live()) {
            return Err(Refused::OfferStands.into());
        }
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        Ok(Decision::one(subject, Declined { request: self.request, by, reason }))
    }
}

impl Decide for Close {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let request = world.known_request(self.request)?;
        if !matches!(request.status(), Status::Sent | Status::PartlyFilled) {
            return Err(request.not_now("sent or partly filled"));
        }
        ended(world, request, HowEnded::Unfilled, &self.reason)
    }
}

impl Decide for Cancel {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let request = world.known_request(self.request)?;
        if !request.is_live() {
            return Err(request.not_now("neither filled nor closed"));
        }
        ended(world, request, HowEnded::Cancelled, &self.reason)
    }
}

/// The request is closed, and with it the offers that nobody is bound by.
fn ended(
    world: &World,
    request: &ResourceRequest,
    how: HowEnded,
    reason: &str,
) -> Result<Decision, Refusal> {
    let reason = limits::text("reason", reason, REASON_CHARS_MAX)?;
    let incident = world.incident_of_request(request);
    let event = Ended { request: request.id, incident, how, reason };
    let mut decision = Decision::one(RecordRef::ResourceRequest(request.id), event);
    let offers = world.offers_of(request.id).filter(|offer| offer.is_open());
    decision.events.extend(offers.map(|offer| {
        Event::from(mutual_aid::Ended {
            offer: offer.id,
            request: request.id,
            how: mutual_aid::HowEnded::Declined,
            reason: "the request was closed".to_owned(),
        })
    }));
    Ok(decision)
}

impl World {
    /// Checks that an incident that is to end has no requests that somebody still answers: nothing
    /// more can be agreed on for it afterwards. Another organization's are for that one to close,
    /// and may be hidden from whoever ends the incident.
    pub(in crate::domain) fn check_no_requests(&self, incident: &Incident) -> Result<(), Refusal> {
        let open = self.requests_standing_for(incident.id).into_iter().filter(|request| {
            let own = Some(request.asked_by) == incident.owner();
            own && request.is_live() && request.status() != Status::Draft
        });
        let mut numbers: Vec<_> = open.map(|request| request.number.clone()).collect();
        let count = numbers.len();
        if count == 0 {
            return Ok(());
        }
        if count > NUMBERS_MAX {
            numbers.truncate(NUMBERS_MAX);
            numbers.push(format!("{} more", count - NUMBERS_MAX));
        }
        let (number, which) = (incident.number.clone(), numbers.join(", "));
        Err(Refused::RequestsOpen { number, which }.into())
    }
}

impl Apply for Sent {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let tag = IncidentTag::of(world, self.incident);
        let Some(request) = world.change_request(self.request, stamp) else { return };
        request.incident_tag = tag;
        let receiver = |organization: &Id<Organization>| Receiver {
            organization: *organization,
            since: stamp.at,
            declined: None,
            offers: 0,
        };
        let first = request.receivers.is_empty();
        request.receivers.extend(self.to.iter().map(receiver));
        let said =
            sentence!("REQUEST_SENT", "request {request} was sent", request = request.number);
        world.change_incident(self.incident, stamp);
        // To whom, and that it went to more later, is not for everybody who was asked.
        if !first {
            return;
        }
        let mentions = [RecordRef::ResourceRequest(self.request)];
        world.chronicle(self.incident, stamp, said, &mentions);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceRequest(self.request), RecordRef::Incident(self.incident)]
    }
}

impl Apply for Declined {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(request) = world.change_request(self.request, stamp) else { return };
        let mut receivers = request.receivers.iter_mut();
        if let Some(receiver) = receivers.find(|receiver| receiver.organization == self.by) {
            let (by, at) = (stamp.by.principal.clone(), stamp.at);
            receiver.declined = Some(DeclinedFor { by, at, reason: self.reason.clone() });
        }
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceRequest(self.request)]
    }
}

impl Apply for Ended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(request) = world.change_request(self.request, stamp) else { return };
        request.ending = Some(Ending {
            how: self.how,
            by: stamp.by.principal.clone(),
            at: stamp.at,
            reason: self.reason.clone(),
        });
        let number = &request.number;
        let said = match self.how {
            HowEnded::Unfilled => sentence!(
                "REQUEST_UNFILLED",
                "request {request} was closed: unable to fill",
                request = number,
            ),
            HowEnded::Cancelled => {
                sentence!("REQUEST_CANCELLED", "request {request} was cancelled", request = number)
            }
        };
        world.change_incident(self.incident, stamp);
        let mentions = [RecordRef::ResourceRequest(self.request)];
        world.chronicle(self.incident, stamp, said, &mentions);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceRequest(self.request), RecordRef::Incident(self.incident)]
    }
}
