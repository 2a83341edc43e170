//! What an event about a structure is about, so that it can name every record that changes.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Post, Structure};
use crate::domain::event::Stamp;
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::record::RecordRef;
use crate::domain::sentence::Sentence;
use crate::domain::world::World;

/// A structure with its incident, and a post where the event is about one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The structure.
    pub structure: Id<Structure>,
    /// Its incident; absent for an emergency operations center.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// The post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Id<Post>>,
}

impl Seat {
    /// A structure as a whole.
    pub(super) const fn of(structure: &Structure) -> Self {
        Self { structure: structure.id, incident: structure.incident(), post: None }
    }

    /// One of its posts.
    pub(super) const fn at(structure: &Structure, post: Id<Post>) -> Self {
        Self { post: Some(post), ..Self::of(structure) }
    }

    /// The records that change, that which the event is about first.
    pub(super) fn touches(&self) -> Vec<RecordRef> {
        let post = self.post.map(RecordRef::Post);
        let incident = self.incident.map(RecordRef::Incident);
        post.into_iter().chain([RecordRef::Structure(self.structure)]).chain(incident).collect()
    }
}

impl World {
    /// Marks the records of a seat as changed, and tells of it in the incident's timeline.
    pub(super) fn change_seat(&mut self, seat: &Seat, stamp: &Stamp<'_>, said: Sentence) {
        self.change_structure(seat.structure, stamp, |_| {});
        if let Some(post) = seat.post {
            self.change_post(post, stamp, |_| {});
        }
        let Some(incident) = seat.incident else { return };
        if self.change_incident(incident, stamp).is_some() {
            // Who is not shown the structure is not told what goes on in it.
            let mention = seat.post.map_or(RecordRef::Structure(seat.structure), RecordRef::Post);
            self.chronicle(incident, stamp, said, &[mention]);
        }
    }

    pub(super) fn change_structure(
        &mut self,
        id: Id<Structure>,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Structure),
    ) {
        if let Some(structure) = self.structures.get_mut(&id) {
            let structure = Arc::make_mut(structure);
            change(structure);
            structure.revision.touch(stamp);
        }
    }

    pub(super) fn change_post(
        &mut self,
        id: Id<Post>,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Post),
    ) {
        if let Some(post) = self.posts.get_mut(&id) {
            let post = Arc::make_mut(post);
            change(post);
            post.revision.touch(stamp);
        }
    }
}
