//! What whoever takes over command is told (NIMS: transfer of command, ICS 201).
//!
//! A briefing is what the hub knows at the moment of the proposal. It is kept with the transfer, so
//! that everybody can see later what the incoming commander was told.

mod deadlines;
mod plan;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Delegation, Post, Structure};
use crate::domain::ids::Id;
use crate::domain::incident::{Incident, Status};
use crate::domain::limits::{BRIEFED_POSTS_MAX, BRIEFED_REQUESTS_MAX, BRIEFED_RESOURCES_MAX};
use crate::domain::person::Person;
use crate::domain::record::Seq;
use crate::domain::resource::{Resource, Stage};
use crate::domain::resource_request::ResourceRequest;
use crate::domain::world::World;

pub use deadlines::{Deadline, Due};
pub use plan::BriefedPlan;

use deadlines::deadlines;

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
    /// The operational period that runs, and what is planned for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<BriefedPlan>,
    /// What the outgoing has to say besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// What one agency let another do in its name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<Delegation>,
    /// The posts of the structure and who holds them.
    pub posts: Vec<BriefedPost>,
    /// The open requests for resources of the incident, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<BriefedRequest>,
    /// The resources on the incident, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<BriefedResource>,
    /// What falls due, the next first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
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

/// An open request as it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefedRequest {
    /// The request.
    pub request: Id<ResourceRequest>,
    /// Where it stood, in words: `partly filled`.
    pub status: String,
    /// How many of what was asked for nobody had promised.
    pub outstanding: u32,
}

/// A resource on the incident as it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefedResource {
    /// The resource.
    pub resource: Id<Resource>,
    /// Where its commitment stood.
    pub stage: Stage,
    /// What it worked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned_to: Option<String>,
}

/// Writes the briefing for whoever takes over from somebody who has held command since a moment.
pub(super) fn briefing(
    world: &World,
    structure: &Structure,
    since: Timestamp,
    remarks: Option<String>,
    now: Timestamp,
) -> Briefing {
    let incident = structure.incident();
    let open = world.posts_of(structure.id).filter(|post| post.is_live());
    let posts = open.take(BRIEFED_POSTS_MAX).map(|post| BriefedPost {
        post: post.id,
        name: post.name.clone(),
        holders: post.held_as(super::Capacity::Primary).map(|held| held.person).collect(),
    });
    let delegations = structure.delegations.iter().filter(|one| one.is_in_force(now));
    Briefing {
        since,
        situation: incident.and_then(|incident| situation(world, incident, since)),
        plan: incident.and_then(|incident| plan::plan(world, incident)),
        remarks,
        delegations: delegations.cloned().collect(),
        posts: posts.collect(),
        requests: incident.map_or_else(Vec::new, |incident| requests(world, incident)),
        resources: incident.map_or_else(Vec::new, |incident| resources(world, incident)),
        deadlines: incident.map_or_else(Vec::new, |incident| deadlines(world, incident, now)),
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
    last.dedup();
    Some(Situation {
        incident,
        status: known.status,
        complexity: known.complexity.as_ref().map(|complexity| complexity.level),
        lines: u32::try_from(lines).unwrap_or(u32::MAX),
        last,
    })
}

fn requests(world: &World, incident: Id<Incident>) -> Vec<BriefedRequest> {
    let open =
        world.requests_standing_for(incident).into_iter().filter(|request| request.is_live());
    let briefed = open.map(|request| BriefedRequest {
        request: request.id,
        status: request.status().as_str().to_owned(),
        outstanding: request.outstanding(),
    });
    briefed.take(BRIEFED_REQUESTS_MAX).collect()
}

fn resources(world: &World, incident: Id<Incident>) -> Vec<BriefedResource> {
    let committed = world.resources_on(incident).flat_map(|resource| {
        let here = resource.live_commitments().filter(move |c| c.incident == incident);
        here.map(|commitment| BriefedResource {
            resource: resource.id,
            stage: commitment.stage,
            assigned_to: commitment.assigned_to.as_ref().map(|to| to.name.clone()),
        })
    });
    committed.take(BRIEFED_RESOURCES_MAX).collect()
}
