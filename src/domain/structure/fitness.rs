//! Whether somebody may hold a post by their qualifications (NQS). The authority decides what
//! follows from it: a warning, or that a waiver is needed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Assignment, Capacity, Level, Post, Structure};
use crate::domain::ids::Id;
use crate::domain::person::Person;
use crate::domain::qualification::{Qualification, Standing, Status};
use crate::domain::world::World;

/// What the qualifications of somebody say of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fitness {
    /// They are qualified.
    Fit,
    /// They learn it beside somebody who is qualified.
    Trainee {
        /// Who coaches them.
        coach: Id<Person>,
    },
    /// They are not qualified.
    Short {
        /// Why not.
        reasons: Vec<Shortfall>,
    },
}

/// What somebody lacks for a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Shortfall {
    /// There is no qualification.
    #[error("no qualification as {position} is recorded")]
    None {
        /// The code of the position.
        position: String,
    },
    /// The qualification is for less complex incidents.
    #[error("qualified as {position} type {has}, and type {needs} is needed")]
    TypeTooLow {
        /// The code of the position.
        position: String,
        /// The best type that they have.
        has: u8,
        /// The type that is needed.
        needs: u8,
    },
    /// A deputy is less qualified than whom they back up.
    #[error("qualified as {position} type {has}, and whom they back up is type {needs}")]
    BelowPrincipal {
        /// The code of the position.
        position: String,
        /// The best type that they have.
        has: u8,
        /// The type of the holder.
        needs: u8,
    },
    /// The qualification is over.
    #[error("the qualification as {position} has expired")]
    Expired {
        /// The code of the position.
        position: String,
    },
    /// The authority took it back.
    #[error("the qualification as {position} was revoked")]
    Revoked {
        /// The code of the position.
        position: String,
    },
    /// They are learning it.
    #[error("a trainee as {position}, who cannot hold it alone")]
    StillTrainee {
        /// The code of the position.
        position: String,
    },
    /// Nobody coaches them.
    #[error("no qualified {position} holds the post to coach a trainee")]
    NoCoach {
        /// The code of the position.
        position: String,
    },
}

/// What a post wants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) position: &'a str,
    pub(super) level: Level,
    /// Those who hold or held the post.
    pub(super) assignments: &'a [Assignment],
}

impl<'a> Wanted<'a> {
    pub(super) fn at(post: &'a Post) -> Self {
        Self { position: &post.position, level: post.level, assignments: &post.assignments }
    }
}

/// What the qualifications of somebody say of a post, for a moment.
pub(super) fn assess(
    world: &World,
    structure: &Structure,
    wanted: &Wanted<'_>,
    person: Id<Person>,
    capacity: Capacity,
    now: Timestamp,
) -> Fitness {
    let position = || wanted.position.to_owned();
    let needs = type_needed(world, structure, wanted.level);
    let holder = wanted
        .assignments
        .iter()
        .find(|assignment| assignment.ended.is_none() && assignment.capacity == Capacity::Primary);
    let of_holder = holder.map(|holder| best(world, holder.person, wanted.position, now));
    let own = best(world, person, wanted.position, now);
    let shortfall = match capacity {
        Capacity::Primary => lacks(own, needs, position),
        // Assistants need less than whom they help.
        Capacity::Assistant => lacks(own, None, position),
        Capacity::Deputy => lacks(own, needs, position).or_else(|| below(own, of_holder, position)),
        Capacity::Trainee => match lacks(own, needs, position) {
            None => None,
            Some(_) => {
                let qualified =
                    of_holder.is_some_and(|best| lacks(best, needs, position).is_none());
                match holder.filter(|_| qualified) {
                    Some(holder) => return Fitness::Trainee { coach: holder.person },
                    None => Some(Shortfall::NoCoach { position: position() }),
                }
            }
        },
    };
    shortfall.map_or(Fitness::Fit, |shortfall| Fitness::Short { reasons: vec![shortfall] })
}

/// The best that somebody has for a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Best {
    /// In force, for a type; for all types when none.
    Usable(Option<u8>),
    Trainee,
    Expired,
    Revoked,
    Nothing,
}

/// The type of qualification that the command and general staff need: that of the incident.
fn type_needed(world: &World, structure: &Structure, level: Level) -> Option<u8> {
    let incident = structure.incident().and_then(|id| world.incident(id));
    let complexity = incident.and_then(|incident| incident.complexity.as_ref());
    complexity.filter(|_| level.is_staff()).map(|complexity| complexity.level)
}

fn best(world: &World, person: Id<Person>, position: &str, now: Timestamp) -> Best {
    let all = || world.qualifications_of(person).filter(|q| q.position == position);
    let usable = all().filter(|q| q.standing(now) == Standing::InForce);
    let usable = usable.filter(|q| q.status != Status::Trainee);
    // Without a type it is for all of them, so it comes first.
    if let Some(level) = usable.map(|q| q.level).min() {
        return Best::Usable(level);
    }
    let any = |standing: Standing| all().any(|q: &Qualification| q.standing(now) == standing);
    if any(Standing::InForce) {
        Best::Trainee
    } else if any(Standing::Expired) {
        Best::Expired
    } else if any(Standing::Revoked) {
        Best::Revoked
    } else {
        Best::Nothing
    }
}

/// What is lacking for a type; 1 is the most demanding.
fn lacks(best: Best, needs: Option<u8>, position: impl Fn() -> String) -> Option<Shortfall> {
    let position = position();
    match (best, needs) {
        (Best::Usable(Some(has)), Some(needs)) if has > needs => {
            Some(Shortfall::TypeTooLow { position, has, needs })
        }
        (Best::Usable(_), _) => None,
        (Best::Trainee, _) => Some(Shortfall::StillTrainee { position }),
        (Best::Expired, _) => Some(Shortfall::Expired { position }),
        (Best::Revoked, _) => Some(Shortfall::Revoked { position }),
        (Best::Nothing, _) => Some(Shortfall::None { position }),
    }
}

/// What a deputy lacks beside whom they back up (check 5).
fn below(own: Best, holder: Option<Best>, position: impl Fn() -> String) -> Option<Shortfall> {
    match (own, holder) {
        (Best::Usable(Some(has)), Some(Best::Usable(Some(needs)))) if has > needs => {
            Some(Shortfall::BelowPrincipal { position: position(), has, needs })
        }
        _ => None,
    }
}
