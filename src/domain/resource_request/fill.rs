//! A request is filled from one's own resources, which takes no agreement.

use serde::{Deserialize, Serialize};

use super::{Fill, Refused, ResourceRequest, Status};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::mutual_aid::{Item, Wish, terms};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::resource;
use crate::domain::world::World;

/// Fills a request, or a part of it, with resources of the organization that asks. They are
/// committed to the incident at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FillFromOwn {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// What fills it.
    pub items: Vec<Wish>,
}

/// A request was filled from one's own resources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilledFromOwn {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// What fills it.
    pub items: Vec<Item>,
}

impl Decide for FillFromOwn {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let request = world.known_request(self.request)?;
        if !matches!(request.status(), Status::Approved | Status::Sent | Status::PartlyFilled) {
            return Err(request.not_now("approved, sent or partly filled"));
        }
        let items = terms::items(world, request, request.asked_by, &self.items)?;
        let (wanted, outstanding) = (quantity(&items), request.outstanding());
        if wanted > outstanding {
            return Err(Refused::MoreThanOutstanding { wanted, outstanding }.into());
        }
        let committed = items.iter().map(|item| {
            let incident = world.incident_of_request(request);
            resource::commit(world, item.resource, incident, item.quantity, None).map(Event::from)
        });
        let committed = committed.collect::<Result<Vec<_>, _>>()?;
        let subject = RecordRef::ResourceRequest(self.request);
        let mut decision = Decision::one(subject, FilledFromOwn { request: self.request, items });
        decision.events.extend(committed);
        Ok(decision)
    }
}

impl Apply for FilledFromOwn {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(request) = world.change_request(self.request, stamp) else { return };
        let quantity = quantity(&self.items);
        request.fills.push(Fill { offer: None, quantity, binding: true, since: stamp.at });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::ResourceRequest(self.request)]
    }
}

fn quantity(items: &[Item]) -> u32 {
    items.iter().fold(0, |sum, item| sum.saturating_add(item.quantity))
}
