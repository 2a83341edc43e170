//! Posts: places in a structure, opened as the incident grows and dissolved when it shrinks.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Assignment, Capacity, Element, Level, Position, Seat, Structure, StructureRefusal, tree,
};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{
    self, ASSIGNMENTS_OF_POST_MAX, NAME_CHARS_MAX, POSTS_MAX, REASON_CHARS_MAX,
};
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// A place in a structure, filled or vacant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Post {
    /// Its id.
    pub id: Id<Post>,
    /// The structure that it belongs to.
    pub structure: Id<Structure>,
    /// The code of its position.
    pub position: String,
    /// What its holder is called.
    pub title: String,
    /// Where it stands.
    pub level: Level,
    /// What its holder leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<Element>,
    /// What it is called: “Division A”.
    pub name: String,
    /// The one post that it reports to; none at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<Id<Post>>,
    /// Everybody who held it or holds it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<Assignment>,
    /// The parts of the complex that are under it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Id<Incident>>,
    /// When it was dissolved; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissolved: Option<Timestamp>,
    /// When it was opened and last changed.
    pub revision: Revision,
}

/// Opens a post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenPost {
    /// The structure.
    pub structure: Id<Structure>,
    /// The code of its position.
    pub position: String,
    /// What it is called; the title of its position when absent.
    pub name: Option<String>,
    /// The post that it reports to; the nearest up the line when absent.
    pub reports_to: Option<Id<Post>>,
}

/// Puts a post under another supervisor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MovePost {
    /// The post.
    pub post: Id<Post>,
    /// The one that it reports to from now on.
    pub reports_to: Id<Post>,
    /// Why.
    pub reason: Option<String>,
}

/// Takes a post out of the structure. Its history stays.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DissolvePost {
    /// The post.
    pub post: Id<Post>,
    /// Why.
    pub reason: Option<String>,
}

/// A post was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostOpened {
    /// Where.
    pub seat: Seat,
    /// The new post.
    pub post: Id<Post>,
    /// The code of its position.
    pub position: String,
    /// What its holder is called.
    pub title: String,
    /// Where it stands.
    pub level: Level,
    /// What its holder leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<Element>,
    /// What it is called.
    pub name: String,
    /// The post that it reports to.
    pub reports_to: Id<Post>,
}

/// A post was put under another supervisor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostMoved {
    /// Where.
    pub seat: Seat,
    /// The post.
    pub post: Id<Post>,
    /// The one that it reports to now.
    pub reports_to: Id<Post>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A post was dissolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostDissolved {
    /// Where.
    pub seat: Seat,
    /// The post.
    pub post: Id<Post>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Post {
    /// Whether it is open.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.dissolved.is_none()
    }

    /// Those who hold it now, in whatever capacity.
    pub fn held(&self) -> impl Iterator<Item = &Assignment> {
        self.assignments.iter().filter(|assignment| assignment.ended.is_none())
    }

    /// Those who hold it now in one capacity.
    pub fn held_as(&self, capacity: Capacity) -> impl Iterator<Item = &Assignment> {
        self.held().filter(move |assignment| assignment.capacity == capacity)
    }

    /// Checks that it can take another assignment.
    pub(super) fn check_room(&self) -> Result<(), Refusal> {
        limits::room("assignments", self.assignments.len(), ASSIGNMENTS_OF_POST_MAX)
    }

    /// The assignment with this id that has not ended.
    #[must_use]
    pub fn holding(&self, id: Id<Assignment>) -> Option<&Assignment> {
        self.held().find(|assignment| assignment.id == id)
    }
}

impl Decide for OpenPost {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let structure = world.live_structure(self.structure)?;
        let owner = world.owner_of_structure(structure);
        let unknown = || StructureRefusal::PositionUnknown { code: self.position.clone() };
        let position = world.position(owner, &self.position).ok_or_else(unknown)?;
        let name = self.name.as_deref().unwrap_or(&position.title);
        let name = limits::text("name", name, NAME_CHARS_MAX)?;
        check_opening(world, structure, position, &name)?;
        let reports_to = tree::supervisor(world, structure, position, self.reports_to)?;
        let post = context.ids.next();
        let Position { code, title, level, element, .. } = position.clone();
        let seat = Seat::at(structure, post);
        let event =
            PostOpened { seat, post, position: code, title, level, element, name, reports_to };
        Ok(Decision::one(RecordRef::Post(post), event))
    }
}

/// Checks that a structure may have a post of this position and name.
fn check_opening(
    world: &World,
    structure: &Structure,
    position: &Position,
    name: &str,
) -> Result<(), Refusal> {
    let title = || position.title.clone();
    if position.is_command() {
        return Err(StructureRefusal::CommandPost.into());
    }
    if !position.only_in.contains(&structure.model) {
        let model = structure.model.as_str();
        return Err(StructureRefusal::PositionNotInModel { title: title(), model }.into());
    }
    limits::room("posts", world.posts_of(structure.id).count(), POSTS_MAX)?;
    let open = world.posts_of(structure.id).filter(|post| post.is_live());
    let same: Vec<_> = open.filter(|post| post.position == position.code).collect();
    if !position.many && !same.is_empty() {
        return Err(StructureRefusal::PositionTaken { title: title() }.into());
    }
    if same.iter().any(|post| post.name == name) {
        return Err(StructureRefusal::PostNameTaken { name: name.to_owned() }.into());
    }
    Ok(())
}

impl Decide for MovePost {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let (structure, post) = world.open_post(self.post)?;
        let reason = limits::text_option("reason", self.reason.as_deref(), REASON_CHARS_MAX)?;
        let Some(before) = post.reports_to else {
            return Err(StructureRefusal::CommandPost.into());
        };
        let subject = RecordRef::Post(self.post);
        if before == self.reports_to {
            return Ok(Decision::unchanged(subject));
        }
        let owner = world.owner_of_structure(structure);
        let unknown = || StructureRefusal::PositionUnknown { code: post.position.clone() };
        let position = world.position(owner, &post.position).ok_or_else(unknown)?;
        let reports_to = tree::supervisor(world, structure, position, Some(self.reports_to))?;
        tree::check_acyclic(world, self.post, reports_to)?;
        let seat = Seat::at(structure, self.post);
        Ok(Decision::one(subject, PostMoved { seat, post: self.post, reports_to, reason }))
    }
}

impl Decide for DissolvePost {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let (structure, post) = world.open_post(self.post)?;
        let reason = limits::text_option("reason", self.reason.as_deref(), REASON_CHARS_MAX)?;
        let name = || post.name.clone();
        if post.reports_to.is_none() {
            return Err(StructureRefusal::CommandPost.into());
        }
        let mut open = world.posts_of(structure.id).filter(|post| post.is_live());
        if let Some(below) = open.find(|other| other.reports_to == Some(post.id)) {
            let below = below.name.clone();
            return Err(StructureRefusal::PostHasSubordinates { name: name(), below }.into());
        }
        if post.held().next().is_some() {
            return Err(StructureRefusal::PostFilled { name: name() }.into());
        }
        if world.parts_under(structure, post).next().is_some() {
            return Err(StructureRefusal::PostHasParts { name: name() }.into());
        }
        // Their number is told and not their names: not everybody who leads a post sees each of them.
        let count = structure.incident().map_or(0, |id| world.resources_at(id, post.id).count());
        if count > 0 {
            return Err(StructureRefusal::PostHasResources { name: name(), count }.into());
        }
        let seat = Seat::at(structure, self.post);
        let event = PostDissolved { seat, post: self.post, reason };
        Ok(Decision::one(RecordRef::Post(self.post), event))
    }
}

impl Apply for PostOpened {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_post(Arc::new(Post {
            id: self.post,
            structure: self.seat.structure,
            position: self.position.clone(),
            title: self.title.clone(),
            level: self.level,
            element: self.element,
            name: self.name.clone(),
            reports_to: Some(self.reports_to),
            assignments: Vec::new(),
            parts: Vec::new(),
            dissolved: None,
            revision: Revision::new(stamp),
        }));
        world.change_seat(
            &self.seat,
            stamp,
            sentence!("POST_OPENED", "opened {post}", post = self.name),
        );
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for PostMoved {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let name = |id| world.post(id).map_or_else(String::new, |post| post.name.clone());
        let said = sentence!(
            "POST_MOVED",
            "{post} now reports to {above}",
            post = name(self.post),
            above = name(self.reports_to),
        );
        world.change_post(self.post, stamp, |post| post.reports_to = Some(self.reports_to));
        world.change_seat(&self.seat, stamp, said.because(self.reason.as_deref()));
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for PostDissolved {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let name = world.post(self.post).map_or_else(String::new, |post| post.name.clone());
        let said = sentence!("POST_DISSOLVED", "dissolved {post}", post = name);
        world.change_post(self.post, stamp, |post| post.dissolved = Some(stamp.at));
        world.change_seat(&self.seat, stamp, said.because(self.reason.as_deref()));
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl World {
    /// The post if it is open in a structure that is in force, with that structure.
    pub(super) fn open_post(&self, id: Id<Post>) -> Result<(&Arc<Structure>, &Arc<Post>), Refusal> {
        let unknown = StructureRefusal::PostUnknown(id);
        let post = self.post(id).filter(|post| post.is_live()).ok_or(unknown)?;
        Ok((self.live_structure(post.structure)?, post))
    }
}
