//! Watchdogs over questions between agencies that nobody answers.

use std::sync::Arc;

use jiff::SignedDuration;

use super::{Found, Level, Thresholds};
use crate::domain::incident::Incident;
use crate::domain::record::RecordRef;
use crate::domain::resource_request::{Priority, questions};
use crate::domain::sentence::sentence;
use crate::domain::structure::JointDecision;
use crate::domain::structure::transfer::Stage;
use crate::domain::world::World;

pub(super) fn look(
    world: &World,
    incident: &Incident,
    thresholds: &Thresholds,
    found: &mut Vec<Found>,
) {
    requests(world, incident, thresholds, found);
    transfers(world, incident, thresholds, found);
    joint_decisions(world, incident, thresholds, found);
}

/// Requests, offers and agreements that wait for somebody.
fn requests(world: &World, incident: &Incident, thresholds: &Thresholds, found: &mut Vec<Found>) {
    for request in world.requests_standing_for(incident.id) {
        let minutes = match request.content.priority {
            Priority::Urgent => thresholds.answer_urgent_minutes,
            Priority::Routine | Priority::Low => thresholds.answer_minutes,
        };
        let allowed = SignedDuration::from_mins(minutes.into());
        // One line a request: who is asked sees their own questions in a list of their own.
        let since = questions::of(world, request).map(|question| question.since).min();
        let Some(since) = since else { continue };
        found.push(Found {
            level: Level::Warning,
            record: RecordRef::ResourceRequest(request.id),
            person: None,
            sentence: sentence!(
                "QUESTION_UNANSWERED",
                "request {number} waits for somebody for more than {minutes} minutes; look at its \
                 open questions",
                number = request.number,
                minutes = minutes,
            ),
            from: since.checked_add(allowed).ok(),
        });
    }
}

/// Proposals to hand command over, or to join it, that nobody answers.
fn transfers(world: &World, incident: &Incident, thresholds: &Thresholds, found: &mut Vec<Found>) {
    let Some(structure) = world.structure_of(incident.id) else { return };
    let minutes = thresholds.answer_urgent_minutes;
    let allowed = SignedDuration::from_mins(minutes.into());
    let open = structure.open_transfers().filter(|transfer| transfer.stage == Stage::Proposed);
    let said = |joins: bool| {
        if joins {
            sentence!(
                "JOINING_UNANSWERED",
                "an agency was asked to join command more than {minutes} minutes ago; accept, or \
                 decline",
                minutes = minutes,
            )
        } else {
            sentence!(
                "TRANSFER_UNANSWERED",
                "a transfer of command was proposed more than {minutes} minutes ago; accept it, or \
                 decline it",
                minutes = minutes,
            )
        }
    };
    found.extend(open.map(|transfer| Found {
        level: Level::Warning,
        record: RecordRef::Structure(structure.id),
        person: Some(transfer.to.person),
        sentence: said(transfer.joins),
        from: transfer.steps.last().and_then(|step| step.at.checked_add(allowed).ok()),
    }));
}

/// Decisions of all commanders that not all have signed (check 16).
fn joint_decisions(
    world: &World,
    incident: &Incident,
    thresholds: &Thresholds,
    found: &mut Vec<Found>,
) {
    let Some(structure) = world.structure_of(incident.id) else { return };
    let minutes = thresholds.answer_urgent_minutes;
    let allowed = SignedDuration::from_mins(minutes.into());
    let mut open = structure.decisions.iter().filter(|one| one.agreed.is_none()).peekable();
    if open.peek().is_none() {
        return;
    }
    let commanders = world.commanding(structure);
    let waits = |one: &&Arc<JointDecision>| !one.approvals.renewed(&commanders).is_complete();
    // One line for all of them: each commander sees in the room which they have not signed.
    let oldest = open.filter(waits).map(|decision| decision.at).min();
    found.extend(oldest.map(|since| Found {
        level: Level::Warning,
        record: RecordRef::Structure(structure.id),
        person: None,
        sentence: sentence!(
            "JOINT_DECISION_UNSIGNED",
            "a joint decision waits for signatures for more than {minutes} minutes; all commanders \
             sign it",
            minutes = minutes,
        ),
        from: since.checked_add(allowed).ok(),
    }));
}
