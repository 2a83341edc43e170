//! Who is told: by name, by what they belong to or hold, by what they can do, or by where they are.
//!
//! An audience is settled when a message is launched: whoever is Operations Section Chief *then* is
//! told, once, however many parts of the audience name them.

use std::sync::Arc;

use geo::{Distance as _, Intersects as _};
use jiff::Timestamp;
use muster_contract::{MultiPolygon, Position};
use serde::{Deserialize, Serialize};

use super::Message;
use super::run::Run;
use crate::domain::group::{self, Group};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{
    self, NEAR_METERS_MAX, POSITION_CODE_CHARS_MAX, RECIPIENTS_MAX, SELECTORS_MAX,
};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::place;
use crate::domain::refusal::Refusal;
use crate::domain::schedule::{self, Schedule, on_call};
use crate::domain::world::World;

/// Who is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Audience {
    /// Whoever one of these names.
    pub any_of: Vec<Selector>,
    /// But nobody whom one of these names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Selector>,
}

/// Some persons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Selector {
    /// These.
    Persons {
        /// Who.
        persons: Vec<Id<Person>>,
    },
    /// The members of an organization.
    Members {
        /// Which.
        organization: Id<Organization>,
    },
    /// Whoever answers for a position on an incident: who holds it, or who holds the one above it.
    Position {
        /// The incident.
        incident: Id<Incident>,
        /// The code of the position.
        position: String,
    },
    /// Whoever holds any post on an incident.
    Staff {
        /// The incident.
        incident: Id<Incident>,
    },
    /// The members of an organization who are qualified for a position.
    Qualified {
        /// The organization.
        organization: Id<Organization>,
        /// The code of the position.
        position: String,
        /// The least demanding type that will do, 5 to 1; any when absent.
        #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
        level: Option<u8>,
    },
    /// The members of a group.
    Group {
        /// Which.
        group: Id<Group>,
    },
    /// Whoever is on call.
    OnCall {
        /// By which schedule.
        schedule: Id<Schedule>,
    },
    /// Whoever has a place inside an outline.
    Inside {
        /// The outline.
        outline: MultiPolygon,
    },
    /// Whoever has a place within a distance.
    Near {
        /// Of here.
        position: Position,
        /// In meters.
        meters: u32,
    },
    /// Whoever an earlier message reached, or may have reached.
    ReachedBy {
        /// The message.
        message: Id<Message>,
    },
}

/// An area in which people are looked for. Where people are is sealed, so the hub looks outside of
/// the World and hands in whom it found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Area<'a> {
    /// Inside of this outline.
    Inside(&'a MultiPolygon),
    /// Within so many meters.
    Near(Position, u32),
}

impl Area<'_> {
    /// Whether a position is in it.
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        let point = geo::Point::new(position.lon, position.lat);
        match self {
            Self::Inside(outline) => outline.to_geo().intersects(&point),
            Self::Near(center, meters) => {
                let center = geo::Point::new(center.lon, center.lat);
                geo::Geodesic.distance(center, point) <= f64::from(*meters)
            }
        }
    }
}

/// Whom the hub found in the areas of a plan, one list for each area, in the order of
/// [`Plan::areas`](super::plan::Plan::areas).
pub type Located = Vec<Vec<Id<Person>>>;

impl Audience {
    /// The areas that it names, in order.
    pub fn areas(&self) -> impl Iterator<Item = Area<'_>> {
        self.any_of.iter().chain(&self.except).filter_map(Selector::area)
    }

    /// The incidents whose posts it names.
    pub(super) fn incidents(&self) -> impl Iterator<Item = Id<Incident>> {
        self.any_of.iter().chain(&self.except).filter_map(|selector| match selector {
            Selector::Position { incident, .. } | Selector::Staff { incident } => Some(*incident),
            Selector::Persons { .. }
            | Selector::Members { .. }
            | Selector::Qualified { .. }
            | Selector::Group { .. }
            | Selector::OnCall { .. }
            | Selector::Inside { .. }
            | Selector::Near { .. }
            | Selector::ReachedBy { .. } => None,
        })
    }

    /// Checks that it can be used.
    pub(super) fn check(&self, world: &World) -> Result<(), Refusal> {
        limits::count("anyOf", self.any_of.len(), SELECTORS_MAX)?;
        limits::count("except", self.except.len(), SELECTORS_MAX)?;
        self.any_of.iter().chain(&self.except).try_for_each(|selector| selector.check(world))
    }

    /// The persons in the order of their ids, each once, those forgotten left out. Takes as many lists
    /// from `located` as it has areas.
    pub(super) fn resolve<'l>(
        &self,
        world: &World,
        located: &mut impl Iterator<Item = &'l Vec<Id<Person>>>,
        now: Timestamp,
    ) -> Vec<Id<Person>> {
        let mut all = each_of(&self.any_of, world, located, now);
        let except = each_of(&self.except, world, located, now);
        all.retain(|person| except.binary_search(person).is_err());
        all
    }
}

/// Whom any of the selectors names, in the order of their ids, each once.
fn each_of<'l>(
    selectors: &[Selector],
    world: &World,
    located: &mut impl Iterator<Item = &'l Vec<Id<Person>>>,
    now: Timestamp,
) -> Vec<Id<Person>> {
    let mut all = Vec::new();
    for selector in selectors {
        let before = all.len();
        selector.each(world, located, now, &mut |person| all.push(person));
        // Those that are named otherwise may have been forgotten since.
        if !matches!(selector, Selector::Members { .. } | Selector::Qualified { .. }) {
            let known = |person: &Id<Person>| world.person(*person).is_some_and(|p| !p.forgotten);
            let kept = all.split_off(before).into_iter().filter(known);
            all.extend(kept);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

impl super::plan::Plan {
    /// The areas in which people have to be looked for, wave by wave.
    pub fn areas(&self) -> impl Iterator<Item = Area<'_>> {
        self.waves.iter().flat_map(|wave| wave.audience.areas())
    }
}

impl Selector {
    fn area(&self) -> Option<Area<'_>> {
        match self {
            Self::Inside { outline } => Some(Area::Inside(outline)),
            Self::Near { position, meters } => Some(Area::Near(*position, *meters)),
            Self::Persons { .. }
            | Self::Members { .. }
            | Self::Position { .. }
            | Self::Staff { .. }
            | Self::Qualified { .. }
            | Self::Group { .. }
            | Self::OnCall { .. }
            | Self::ReachedBy { .. } => None,
        }
    }

    fn check(&self, world: &World) -> Result<(), Refusal> {
        match self {
            Self::Persons { persons } => {
                limits::count("persons", persons.len(), RECIPIENTS_MAX)?;
                persons.iter().try_for_each(|person| world.known_person(*person).map(drop))
            }
            Self::Members { organization } => world.known_organization(*organization).map(drop),
            Self::Position { incident, position } => {
                world.known_incident(*incident)?;
                known_position(position)
            }
            Self::Staff { incident } => world.known_incident(*incident).map(drop),
            Self::Qualified { organization, position, .. } => {
                world.known_organization(*organization)?;
                known_position(position)
            }
            Self::Group { group } => {
                world.group(*group).ok_or(group::Refused::Unknown(*group))?;
                Ok(())
            }
            Self::OnCall { schedule } => {
                world.schedule(*schedule).ok_or(schedule::Refused::Unknown(*schedule))?;
                Ok(())
            }
            Self::Inside { outline } => place::check_area("outline", outline),
            Self::Near { position, meters } => {
                if !position.is_on_globe() {
                    let problem = "the position is not on the globe".to_owned();
                    return Err(Refusal::PlaceUnusable { field: "position", problem });
                }
                limits::number("meters", *meters, 1, NEAR_METERS_MAX).map(drop)
            }
            Self::ReachedBy { message } => world.known_message(*message).map(drop),
        }
    }

    fn each<'l>(
        &self,
        world: &World,
        located: &mut impl Iterator<Item = &'l Vec<Id<Person>>>,
        now: Timestamp,
        tell: &mut impl FnMut(Id<Person>),
    ) {
        match self {
            Self::Persons { persons } => persons.iter().copied().for_each(tell),
            Self::Members { organization } => {
                members(world, *organization).map(|person| person.id).for_each(tell);
            }
            Self::Position { incident, position } => {
                answering(world, *incident, position).into_iter().for_each(tell);
            }
            Self::Staff { incident } => staff(world, *incident).for_each(tell),
            Self::Qualified { organization, position, level } => {
                let fit = members(world, *organization);
                let fit = fit.filter(|p| world.is_qualified(p.id, position, *level, now));
                fit.map(|person| person.id).for_each(tell);
            }
            Self::Group { group } => {
                let members = world.group(*group).into_iter().filter(|group| !group.dissolved);
                members.flat_map(|group| group.members.iter().copied()).for_each(tell);
            }
            Self::OnCall { schedule } => {
                let live = world.schedule(*schedule).into_iter().filter(|known| !known.ended);
                live.flat_map(|known| on_call(known, now)).map(|duty| duty.person).for_each(tell);
            }
            Self::Inside { .. } | Self::Near { .. } => {
                located.next().into_iter().flatten().copied().for_each(tell);
            }
            Self::ReachedBy { message } => {
                let run = world.message(*message).and_then(|message| message.run.as_ref());
                let told = run.into_iter().flat_map(Run::told);
                told.map(|delivery| delivery.person).for_each(tell);
            }
        }
    }
}

/// The members of an organization.
fn members(world: &World, organization: Id<Organization>) -> impl Iterator<Item = &Arc<Person>> {
    let is_member =
        move |person: &&Arc<Person>| !person.forgotten && person.membership(organization).is_some();
    world.persons().filter(is_member)
}

fn known_position(position: &str) -> Result<(), Refusal> {
    limits::text("position", position, POSITION_CODE_CHARS_MAX).map(drop)
}

/// Whoever holds any post of an incident's structure.
fn staff(world: &World, incident: Id<Incident>) -> impl Iterator<Item = Id<Person>> {
    let structure = world.structure_of(incident).map(|structure| structure.id);
    let posts = structure.into_iter().flat_map(|structure| world.posts_of(structure));
    posts.flat_map(|post| post.held().map(|assignment| assignment.person))
}

/// Whoever answers for a position: its holders, or those of the post above where nobody holds it, or
/// the command where there is no such post.
fn answering(world: &World, incident: Id<Incident>, position: &str) -> Vec<Id<Person>> {
    let Some(structure) = world.structure_of(incident) else { return Vec::new() };
    let open = world.posts_of(structure.id).filter(|post| post.dissolved.is_none());
    let mut posts: Vec<_> = open.filter(|post| post.position == position).collect();
    if posts.is_empty() {
        posts.extend(world.post(structure.command));
    }
    let held = posts.into_iter().filter_map(|post| world.held_by(post));
    held.flat_map(|held| held.holders.into_iter().map(|a| a.person).collect::<Vec<_>>()).collect()
}
