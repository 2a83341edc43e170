//! Watchdogs over the command structure: command itself, span of control, and the Safety Officer.

use std::sync::Arc;

use jiff::SignedDuration;

use super::{Found, Level, Thresholds};
use crate::domain::hazard;
use crate::domain::incident::Incident;
use crate::domain::record::RecordRef;
use crate::domain::resource::Resource;
use crate::domain::sentence::{Sentence, sentence};
use crate::domain::structure::{Capacity, Model, Post, Structure};
use crate::domain::world::World;

/// How long after the first arrival somebody may write down who commands.
const TO_ASSUME_COMMAND: SignedDuration = SignedDuration::from_mins(2);
/// The position of the Safety Officer in the catalogue.
pub(super) const SAFETY_OFFICER: &str = "SOFR";
/// The kinds of hazard that want a Safety Officer at any type of incident.
const ALWAYS_DANGEROUS: [&str; 2] = ["hazmat", "search-and-rescue"];

pub(super) fn look(
    world: &World,
    incident: &Incident,
    structure: &Structure,
    thresholds: &Thresholds,
    found: &mut Vec<Found>,
) {
    let posts = || world.posts_of(structure.id).filter(|post| post.is_live());
    for post in posts() {
        let reports = posts().filter(|other| other.reports_to == Some(post.id)).filter(is_filled);
        let resources = world.resources_at(incident.id, post.id);
        found.extend(span(post, reports.count() + resources.count(), thresholds));
    }
    let wanted = structure.model == Model::Incident && wants_safety_officer(incident, thresholds);
    let mut officers = posts().filter(|post| post.position == SAFETY_OFFICER);
    if wanted && !officers.any(|post| is_filled(&post)) {
        found.push(Found {
            level: Level::Alarm,
            record: RecordRef::Incident(incident.id),
            person: None,
            sentence: vacant(incident, thresholds),
            from: None,
        });
    }
}

/// Check 1: resources work on an incident of which nobody is in command, nor of a complex that it is
/// part of.
pub(super) fn vacancy(world: &World, incident: &Incident) -> Option<Found> {
    let structure = world.structure_above(incident.id);
    if structure.is_some_and(|structure| !world.commanding(structure).is_empty()) {
        return None;
    }
    let arrived = |resource: &Arc<Resource>| {
        let here = resource.live_commitments().filter(|c| c.incident == incident.id);
        let arrivals = here.filter_map(|c| c.check_in.as_ref());
        // Sandbags are led by nobody.
        arrivals.filter(|a| a.people > 0 || resource.supply.is_none()).map(|a| a.at).min()
    };
    let arrivals: Vec<_> = world.resources_on(incident.id).filter_map(arrived).collect();
    let first = arrivals.iter().min()?;
    Some(Found {
        level: Level::Alarm,
        record: RecordRef::Incident(incident.id),
        person: None,
        sentence: sentence!(
            "COMMAND_VACANT",
            "nobody is in command while resources ({count}) are at work; whoever is there assumes \
             command",
            count = arrivals.len(),
        ),
        from: first.checked_add(TO_ASSUME_COMMAND).ok(),
    })
}

/// Whether somebody holds a post as its first: deputies alone do not make a report.
fn is_filled(post: &&Arc<Post>) -> bool {
    post.held_as(Capacity::Primary).next().is_some()
}

/// NIMS, manageable span of control: filled posts that report directly, and resources that are
/// assigned directly; a strike team or task force counts once, by its leader.
fn span(post: &Post, reports: usize, thresholds: &Thresholds) -> Option<Found> {
    let reports = u32::try_from(reports).unwrap_or(u32::MAX);
    let level = match reports {
        n if n >= thresholds.span_warning => Level::Warning,
        n if n >= thresholds.span_notice => Level::Notice,
        _ => return None,
    };
    Some(Found {
        level,
        record: RecordRef::Post(post.id),
        person: None,
        sentence: sentence!(
            "SPAN_OF_CONTROL",
            "{reports} report to {post}; about five is best: open a branch, division or group \
             between",
            reports = reports,
            post = post.name,
        ),
        from: None,
    })
}

/// Check 6: the Safety Officer on an incident of Type 3 or more complex, with hazardous materials or
/// technical rescue.
fn wants_safety_officer(incident: &Incident, thresholds: &Thresholds) -> bool {
    is_complex(incident, thresholds) || is_dangerous(incident)
}

fn is_complex(incident: &Incident, thresholds: &Thresholds) -> bool {
    let level = incident.complexity.as_ref().map(|complexity| complexity.level);
    level.is_some_and(|level| level <= thresholds.safety_officer_from_type)
}

fn is_dangerous(incident: &Incident) -> bool {
    let kinds = ALWAYS_DANGEROUS.into_iter().filter_map(hazard::Kind::from_code);
    kinds.into_iter().any(|kind| incident.kind.is_within(kind))
}

fn vacant(incident: &Incident, thresholds: &Thresholds) -> Sentence {
    match &incident.complexity {
        Some(complexity) if is_complex(incident, thresholds) => sentence!(
            "SAFETY_OFFICER_VACANT",
            "nobody is Safety Officer, and the incident is of Type {level}; assign one, or the \
             commander answers for safety in person",
            level = complexity.level,
        ),
        _ => sentence!(
            "SAFETY_OFFICER_VACANT",
            "nobody is Safety Officer, and the hazard is one that injures responders; assign one, \
             or the commander answers for safety in person",
        ),
    }
}
