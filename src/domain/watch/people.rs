//! Watchdogs over people: silent commanders, two places at once, hours on duty.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::structure::SAFETY_OFFICER;
use super::{Found, Level, Thresholds};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::record::RecordRef;
use crate::domain::sentence::sentence;
use crate::domain::structure::{Assignment, Capacity, Post, Structure};
use crate::domain::world::World;

/// How many of the last lines are searched for a commander's word.
const LINES_SEARCHED: usize = 200;

pub(super) fn look(
    world: &World,
    incident: &Incident,
    structure: &Structure,
    thresholds: &Thresholds,
    found: &mut Vec<Found>,
) {
    let posts = || world.posts_of(structure.id).filter(|post| post.is_live());
    let command = posts().filter(|post| post.id == structure.command);
    for (post, commander) in command.flat_map(|post| holders(post)) {
        found.extend(silence(world, incident, post, commander, thresholds));
    }
    for (post, held) in posts().flat_map(|post| holders(post)) {
        found.extend(on_duty(post, held, thresholds));
        found.extend(elsewhere(world, incident, post, held));
        found.extend(two_posts(world, incident, post, held));
    }
}

/// The live incidents on which those who hold a post, or held it, hold one.
pub(super) fn incidents_of_all(world: &World, post: &Post) -> Vec<Id<Incident>> {
    post.assignments.iter().flat_map(|held| incidents_of(world, held.person)).collect()
}

/// The live incidents on which somebody holds a post.
fn incidents_of(world: &World, person: Id<Person>) -> Vec<Id<Incident>> {
    let structures = world.posts_held_by(person).filter_map(|post| world.structure(post.structure));
    let live = structures.filter(|structure| world.is_live(structure));
    let mut incidents: Vec<_> = live.filter_map(|structure| structure.incident()).collect();
    incidents.sort_unstable();
    incidents.dedup();
    incidents
}

fn holders(post: &Post) -> impl Iterator<Item = (&Post, &Assignment)> {
    post.held_as(Capacity::Primary).map(move |held| (post, held))
}

/// No word from a commander: neither a note for their agency nor anything done by them.
fn silence(
    world: &World,
    incident: &Incident,
    post: &Post,
    held: &Assignment,
    thresholds: &Thresholds,
) -> Option<Found> {
    let minutes = thresholds.commander_silent_minutes;
    let last = last_word(world, incident.id, held).max(held.from);
    let from = last.checked_add(SignedDuration::from_mins(minutes.into())).ok()?;
    Some(Found {
        level: Level::Warning,
        record: RecordRef::Post(post.id),
        person: Some(held.person),
        sentence: sentence!(
            "COMMANDER_SILENT",
            "no word from the commander for {agency} for {minutes} minutes; call them, and write \
             down what they say",
            agency = agency(world, held.organization),
            minutes = minutes,
        ),
        from: Some(from),
    })
}

/// When somebody wrote for the commander's agency last, or they did something themselves.
fn last_word(world: &World, incident: Id<Incident>, held: &Assignment) -> Timestamp {
    let by_agency = |organization| organization == Some(held.organization);
    let mut notes = world.notes_of(incident).rev().take(LINES_SEARCHED);
    let note = notes.find(|note| by_agency(note.organization)).map(|n| n.revision.created_at);
    let mut lines = world.timeline_of(incident).rev().take(LINES_SEARCHED);
    let is_theirs = |login: &str| {
        let account = world.account_by_login(login);
        account.is_some_and(|account| account.person == Some(held.person))
    };
    let line = lines.find(|line| is_theirs(&line.principal)).map(|line| line.at);
    note.max(line).unwrap_or(Timestamp::MIN)
}

/// Somebody holds posts for longer than is safe.
fn on_duty(post: &Post, held: &Assignment, thresholds: &Thresholds) -> Option<Found> {
    let hours = thresholds.on_duty_hours;
    let from = held.from.checked_add(SignedDuration::from_hours(hours.into())).ok()?;
    Some(Found {
        level: Level::Warning,
        record: RecordRef::Post(post.id),
        person: Some(held.person),
        sentence: sentence!(
            "ON_DUTY_TOO_LONG",
            "{post} is held by the same person for {hours} hours; relieve them",
            post = post.name,
            hours = hours,
        ),
        from: Some(from),
    })
}

/// Check 13: somebody holds posts on two incidents at once.
fn elsewhere(world: &World, here: &Incident, post: &Post, held: &Assignment) -> Option<Found> {
    let others = incidents_of(world, held.person);
    if others.iter().all(|incident| *incident == here.id) {
        return None;
    }
    Some(Found {
        level: if is_waived(world, here, held) { Level::Notice } else { Level::Warning },
        record: RecordRef::Post(post.id),
        person: Some(held.person),
        // The other incident may be one that is not shown to those who see this one.
        sentence: sentence!(
            "PERSON_ON_TWO_INCIDENTS",
            "whoever holds {post} holds a post on another incident too; relieve them of one",
            post = post.name,
        ),
        from: None,
    })
}

/// Whether somebody answers for it that a person holds posts here and elsewhere. It was waived where
/// they went later, and counts at both.
fn is_waived(world: &World, here: &Incident, held: &Assignment) -> bool {
    let by_waiver = |a: &Assignment| a.waiver.as_ref().is_some_and(|waiver| waiver.elsewhere);
    let is_live = |post: &&Arc<Post>| {
        let structure = world.structure(post.structure).filter(|s| world.is_live(s));
        let incident = structure.and_then(|structure| structure.incident());
        incident.is_some_and(|incident| incident != here.id)
    };
    let mut others = world.posts_held_by(held.person).filter(is_live);
    let mut waived =
        |post: &Arc<Post>| post.held().any(|a| a.person == held.person && by_waiver(a));
    by_waiver(held) || others.all(&mut waived)
}

/// The Safety Officer may stop what others order, so nobody can be that and something else.
fn two_posts(world: &World, here: &Incident, post: &Post, held: &Assignment) -> Option<Found> {
    if post.position != SAFETY_OFFICER {
        return None;
    }
    let mut others = world.posts_held_by(held.person).filter(|other| {
        other.id != post.id
            && world.is_on(other, here.id)
            && other.held_as(Capacity::Primary).any(|also| also.person == held.person)
    });
    let other = others.next()?;
    Some(Found {
        level: Level::Alarm,
        record: RecordRef::Post(post.id),
        person: Some(held.person),
        sentence: sentence!(
            "POSTS_INCOMPATIBLE",
            "one person holds {post} and {other} at once; a Safety Officer has no other post",
            post = post.name,
            other = other.name,
        ),
        from: None,
    })
}

fn agency(world: &World, organization: Id<Organization>) -> &str {
    world.organization(organization).map_or("an agency", |known| &known.profile.code)
}
