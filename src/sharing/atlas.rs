//! Where the live records of a World lie, beside each other in memory.
//!
//! Whoever asks for the picture of a box is shown a small part of it. To follow the pointer to each
//! record of the hub, only to find that it lies elsewhere, takes longer than all the rest; so that
//! is done once for a World, when the first box of it is asked for.

use std::sync::{Arc, OnceLock, PoisonError, Weak};

use muster_contract::BoundingBox;

use super::{Sharing, precision};
use crate::domain::World;
use crate::domain::incident::Incident;
use crate::domain::resource::Resource;
use crate::domain::resource_request::ResourceRequest;
use crate::domain::signal::Signal;

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

/// Records of one kind, the oldest first, each with the box that it is shown within, however
/// coarsely.
pub(super) struct Layer<T>(Vec<(BoundingBox, Arc<T>)>);

impl Sharing {
    /// The atlas of a World, which is made when it is opened.
    pub(super) fn atlas(&self, world: &Arc<World>) -> Arc<OnceLock<Atlas>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let of_this = |(of, _): &&(Weak<World>, _)| std::ptr::eq(of.as_ptr(), Arc::as_ptr(world));
        if let Some((_, atlas)) = kept.atlas.as_ref().filter(of_this) {
            return Arc::clone(atlas);
        }
        let atlas = Arc::default();
        let before = kept.atlas.replace((Arc::downgrade(world), Arc::clone(&atlas)));
        // It lets go of thousands of records, for which nobody waits who wants the lock.
        drop(kept);
        drop(before);
        atlas
    }
}

impl Atlas {
    /// Of a World.
    pub(super) fn of(world: &World) -> Self {
        let incidents = world.incidents().filter(|incident| incident.is_live());
        let signals = world.signals().filter(|signal| signal.is_live());
        let resources = world.resources().filter(|resource| resource.retired.is_none());
        let committed = world.committed_resources().into_iter();
        let requests = world.resource_requests().filter(|request| request.is_live());
        Self {
            incidents: Layer::of(incidents, |incident| incident.bounding_box),
            signals: Layer::of(signals, |signal| signal.bounding_box),
            resources: Layer::of(resources, Resource::bounding_box),
            committed: Layer::of(committed, Resource::bounding_box),
            requests: Layer::of(requests, |request| request.content.deliver_to.bounding_box()),
        }
    }
}

impl<T> Layer<T> {
    fn of<'a>(
        records: impl Iterator<Item = &'a Arc<T>>,
        around: impl Fn(&T) -> Option<BoundingBox>,
    ) -> Self
    where
        T: 'a,
    {
        let placed = |record: &'a Arc<T>| {
            Some((precision::shown_within(around(record)?), Arc::clone(record)))
        };
        Self(records.filter_map(placed).collect())
    }

    /// Those that may meet a box when they are shown.
    pub(super) fn near(&self, wanted: &BoundingBox) -> impl Iterator<Item = &Arc<T>> {
        self.0.iter().filter(|(within, _)| wanted.intersects(within)).map(|(_, record)| record)
    }
}
