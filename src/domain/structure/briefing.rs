//! What whoever takes over command is told (NIMS: transfer of command, ICS 201).
//!
//! A briefing is what the hub knows at the moment of the proposal. It is kept with the transfer, so
//! that everybody can see later what the incoming commander was told.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Post, Structure};
use crate::domain::ids::Id;
use crate::domain::incident::{Incident, Status};
use crate::domain::limits::BRIEFED_POSTS_MAX;
use crate::domain::person::Person;
use crate::domain::record::Seq;
use crate::domain::world::World;

/// Lines of the timeline that a briefing names, the last ones.
const LINES: usize = 20;

/// What the incoming commander is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Briefing {
    /// Since when the outgoing has held command.
    pub since: Timestamp,
    /// How it stands with the incident; absent for a center.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<Situation>,
    /// The posts of the structure and who holds them.
    pub posts: Vec<BriefedPost>,
    /// Open requests for resources, once the incident has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_requests: Option<u32>,
    /// Resources on the incident, once it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<u32>,
    /// When the operational period ends, once one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_ends: Option<Timestamp>,
}

/// How it stands with an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// The incident.
    pub incident: Id<Incident>,
    /// Where it stands in its life cycle.
    pub status: Status,
    /// How complex it is, as a type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complexity: Option<u8>,
    /// How much has happened since the outgoing took over.
    pub lines: u32,
    /// The last of it, as entries of the log: each reader is shown what they may see of them.
    pub last: Vec<Seq>,
}

/// A post as it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefedPost {
    /// The post.
    pub post: Id<Post>,
    /// What it is called.
    pub name: String,
    /// Who holds it; vacant when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<Id<Person>>,
}

/// Writes the briefing for whoever takes over from somebody who has held command since a moment.
pub(super) fn briefing(world: &World, structure: &Structure, since: Timestamp) -> Briefing {
    let incident = structure.incident();
    let open = world.posts_of(structure.id).filter(|post| post.is_live());
    let posts = open.take(BRIEFED_POSTS_MAX).map(|post| BriefedPost {
        post: post.id,
        name: post.name.clone(),
        holders: post.held_as(super::Capacity::Primary).map(|held| held.person).collect(),
    });
    Briefing {
        since,
        situation: incident.and_then(|incident| situation(world, incident, since)),
        posts: posts.collect(),
        open_requests: open_requests(world, structure),
        resources: resources(world, structure),
        period_ends: period_ends(world, structure),
    }
}

fn situation(world: &World, incident: Id<Incident>, since: Timestamp) -> Option<Situation> {
    let known = world.incident(incident)?;
    let lines = world.timeline_of(incident).filter(|line| line.at >= since).count();
    let mut last: Vec<_> = { world.timeline_of(incident).rev() }
        .take(LINES)
        .take_while(|line| line.at >= since)
        .map(|line| line.seq)
        .collect();
    last.reverse();
    Some(Situation {
        incident,
        status: known.status,
        complexity: known.complexity.as_ref().map(|complexity| complexity.level),
        lines: u32::try_from(lines).unwrap_or(u32::MAX),
        last,
    })
}

/// How many requests for resources of the incident wait for an answer. The hub has no requests yet.
const fn open_requests(_: &World, _: &Structure) -> Option<u32> {
    None
}

/// How many resources are on the incident. The hub has no resources yet.
const fn resources(_: &World, _: &Structure) -> Option<u32> {
    None
}

/// When the operational period ends. The hub has no periods yet.
const fn period_ends(_: &World, _: &Structure) -> Option<Timestamp> {
    None
}
