//! Where the live records of a World lie, beside each other in memory.
//!
//! Whoever asks for the picture of a box is shown a small part of it. To follow the pointer to each
//! record of the hub, only to find that it lies elsewhere, takes longer than all the rest; so that
//! is done once for a World, when the first box of it is asked for.

use muster_contract::BoundingBox;

use super::precision;
use crate::domain::incident::Incident;
use crate::domain::resource::Resource;
use crate::domain::resource_request::ResourceRequest;
use crate::domain::signal::Signal;
use crate::domain::{Id, World};

/// The records of a World that are on somebody's picture and have a place.
pub(super) struct Atlas {
    /// Incidents that go on.
    pub(super) incidents: Layer<Incident>,
    /// Signals that count.
    pub(super) signals: Layer<Signal>,
    /// Resources that their owners still have.
    pub(super) resources: Layer<Resource>,
    /// Resources that are committed to an incident.
    pub(super) committed: Layer<Resource>,
    /// Resource requests that go on.
    pub(super) requests: Layer<ResourceRequest>,
}

/// Records of one kind, the oldest first, each with the box around it.
pub(super) struct Layer<T>(Vec<(BoundingBox, Id<T>)>);

impl Atlas {
    /// Of a World.
    pub(super) fn of(world: &World) -> Self {
        let incidents = world.incidents().filter(|incident| incident.is_live());
        let signals = world.signals().filter(|signal| signal.is_live());
        let resources = world.resources().filter(|resource| resource.retired.is_none());
        let committed = world.committed_resources().into_iter();
        let requests = world.resource_requests().filter(|request| request.is_live());
        Self {
            incidents: Layer::of(incidents.map(|i| (i.bounding_box, i.id))),
            signals: Layer::of(signals.map(|s| (s.bounding_box, s.id))),
            resources: Layer::of(resources.map(|r| (r.bounding_box(), r.id))),
            committed: Layer::of(committed.map(|r| (r.bounding_box(), r.id))),
            requests: Layer::of(requests.map(|r| (r.content.deliver_to.bounding_box(), r.id))),
        }
    }
}

impl<T> Layer<T> {
    fn of(records: impl Iterator<Item = (Option<BoundingBox>, Id<T>)>) -> Self {
        Self(records.filter_map(|(around, id)| Some((around?, id))).collect())
    }

    /// Those that may meet a box when they are shown, however coarsely that is.
    pub(super) fn near(&self, wanted: &BoundingBox) -> impl Iterator<Item = Id<T>> {
        let near = |(around, _): &&(BoundingBox, _)| precision::may_reach(*around, wanted);
        self.0.iter().filter(near).map(|(_, id)| *id)
    }
}
