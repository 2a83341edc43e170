//! The parts of a complex under the branches of its one command.

use serde::{Deserialize, Serialize};

use super::{Level, Post, Seat, Structure, StructureRefusal};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Puts a part of a complex under a branch of the complex's structure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlacePart {
    /// The branch, or the command itself.
    pub post: Id<Post>,
    /// The part.
    pub incident: Id<Incident>,
}

/// A part was put under a branch, and taken from where it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartPlaced {
    /// Where.
    pub seat: Seat,
    /// The branch.
    pub post: Id<Post>,
    /// The part.
    pub incident: Id<Incident>,
    /// The branch that it was under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Id<Post>>,
}

impl Decide for PlacePart {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let (structure, post) = world.open_post(self.post)?;
        let part = world.known_incident(self.incident)?;
        if part.parent.is_none() || part.parent != structure.incident() {
            let number = part.number.clone();
            return Err(StructureRefusal::NotAPart { number }.into());
        }
        if !matches!(post.level, Level::Branch | Level::Command) {
            return Err(StructureRefusal::SupervisorImpossible {
                title: part.name.clone(),
                above: post.title.clone(),
                allowed: "a branch director, or the command".to_owned(),
            }
            .into());
        }
        let subject = RecordRef::Post(self.post);
        let mut posts = world.posts_of(structure.id);
        let before = posts.find(|other| other.parts.contains(&self.incident)).map(|p| p.id);
        if before == Some(self.post) {
            return Ok(Decision::unchanged(subject));
        }
        let seat = Seat::at(structure, self.post);
        let event = PartPlaced { seat, post: self.post, incident: self.incident, before };
        Ok(Decision::one(subject, event))
    }
}

impl Apply for PartPlaced {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        if let Some(before) = self.before {
            world.change_post(before, stamp, |post| post.parts.retain(|p| *p != self.incident));
        }
        world.change_post(self.post, stamp, |post| post.parts.push(self.incident));
        let name = world.post(self.post).map_or_else(String::new, |post| post.name.clone());
        let part = world.incident(self.incident).map_or_else(String::new, |i| i.number.clone());
        if let Some(incident) = self.seat.incident {
            world.change_incident(incident, stamp);
            let mentions = [RecordRef::Post(self.post), RecordRef::Incident(self.incident)];
            let said = sentence!("PART_PLACED", "{part} is under {post}", part = part, post = name);
            world.chronicle(incident, stamp, said, &mentions);
        }
        world.change_structure(self.seat.structure, stamp, |_| {});
    }

    fn touches(&self) -> Vec<RecordRef> {
        let mut touches = self.seat.touches();
        touches.extend(self.before.map(RecordRef::Post));
        touches
    }
}

impl World {
    /// The parts of the complex that are under a post. Who left the complex is under it no more.
    pub fn parts_under<'w>(
        &'w self,
        structure: &'w Structure,
        post: &'w Post,
    ) -> impl Iterator<Item = Id<Incident>> + 'w {
        let complex = structure.incident();
        let parts = post.parts.iter().copied();
        parts.filter(move |part| self.incident(*part).is_some_and(|p| p.parent == complex))
    }
}
