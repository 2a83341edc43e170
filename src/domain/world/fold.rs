//! Many events, folded in while nobody looks at the World.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Request, World};
use crate::domain::event::{Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::record::RecordRef;

/// A World in the making, as of its last event but for what rules ask of incidents, and for what
/// its watchdogs wait for.
///
/// To find what stands out on an incident takes as long as all the rest of an event. Only what is
/// found after the last event that touched the incident counts, so it is looked for once, at the
/// end.
pub struct Fold {
    world: World,
    /// The incidents to glance at.
    touched: BTreeSet<RecordRef>,
    /// The incidents to keep watch on, with when they were touched last.
    watched: BTreeMap<Id<Incident>, Timestamp>,
}

impl Fold {
    /// Begins with a World.
    #[must_use]
    pub const fn onto(world: World) -> Self {
        Self { world, touched: BTreeSet::new(), watched: BTreeMap::new() }
    }

    /// Folds one event in.
    pub fn apply(&mut self, event: &Event, stamp: &Stamp<'_>, request: Option<&Request>) {
        let touched = self.world.apply_alone(event, stamp, request);
        let is_incident = |record: &&RecordRef| matches!(record, RecordRef::Incident(_));
        self.touched.extend(touched.iter().filter(is_incident));
        let incidents = self.world.to_watch(&touched).into_iter();
        self.watched.extend(incidents.map(|incident| (incident, stamp.at)));
    }

    /// The World, the same as if it had been watched all along.
    #[must_use]
    pub fn finish(self) -> World {
        let Self { mut world, touched, watched } = self;
        touched.into_iter().for_each(|incident| world.glance_at(incident));
        for (incident, at) in watched {
            world.keep_watch(incident, at);
        }
        world
    }
}
