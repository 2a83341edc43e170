//! What falls due on an incident after command has changed hands.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::BRIEFED_DEADLINES_MAX;
use crate::domain::record::RecordRef;
use crate::domain::world::World;

/// A moment by which something is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Deadline {
    /// When.
    pub at: Timestamp,
    /// What falls due.
    pub due: Due,
    /// The record that it is about.
    pub record: RecordRef,
}

/// What falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// The operational period ends.
    PeriodEnds,
    /// An objective of the operational period is to be reached.
    Objective,
    /// What was requested is wanted.
    Request,
    /// An offer is over unless it is answered.
    OfferExpires,
    /// What came by mutual aid goes back.
    AidEnds,
    /// A resource is expected.
    Arrival,
}

/// What falls due on an incident from a moment on, the next first.
pub(super) fn deadlines(world: &World, incident: Id<Incident>, now: Timestamp) -> Vec<Deadline> {
    let mut all: Vec<_> = of_period(world, incident)
        .into_iter()
        .chain(of_requests(world, incident))
        .chain(of_resources(world, incident))
        .filter(|deadline| deadline.at >= now)
        .collect();
    all.sort_unstable();
    all.truncate(BRIEFED_DEADLINES_MAX);
    all
}

fn of_period(world: &World, incident: Id<Incident>) -> Vec<Deadline> {
    let Some(period) = world.current_period(incident) else { return Vec::new() };
    let record = RecordRef::Period(period.id);
    let open = period.objectives.iter().filter(|objective| objective.closed.is_none());
    let objectives = open.filter_map(|objective| objective.deadline);
    let objectives = objectives.map(|at| Deadline { at, due: Due::Objective, record });
    objectives.chain([Deadline { at: period.end, due: Due::PeriodEnds, record }]).collect()
}

fn of_requests(world: &World, incident: Id<Incident>) -> Vec<Deadline> {
    let mut deadlines = Vec::new();
    for request in world.requests_standing_for(incident) {
        let wanted = request.content.wanted_by.filter(|_| request.is_live());
        let record = RecordRef::ResourceRequest(request.id);
        deadlines.extend(wanted.map(|at| Deadline { at, due: Due::Request, record }));
        for offer in world.offers_of(request.id).filter(|offer| offer.is_live()) {
            let record = RecordRef::Offer(offer.id);
            deadlines.push(match offer.is_open() {
                true => Deadline { at: offer.expires, due: Due::OfferExpires, record },
                false => Deadline { at: offer.terms.available_until, due: Due::AidEnds, record },
            });
        }
    }
    deadlines
}

fn of_resources(world: &World, incident: Id<Incident>) -> Vec<Deadline> {
    let mut deadlines = Vec::new();
    for resource in world.resources_on(incident) {
        let record = RecordRef::Resource(resource.id);
        let on_the_way = resource.live_commitments().filter(|c| c.check_in.is_none());
        let expected = on_the_way.filter(|c| c.incident == incident).filter_map(|c| c.expected);
        deadlines.extend(expected.map(|at| Deadline { at, due: Due::Arrival, record }));
    }
    deadlines
}
