//! What a watchdog asks of the planning of an incident (NIMS checks 7 to 12). It never blocks work.

use jiff::{SignedDuration, Timestamp};

use super::plan::unknown_channels;
use super::{Period, State};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::resource::{Commitment, Stage};
use crate::domain::sentence::{Sentence, minute, sentence};
use crate::domain::world::World;

/// Something that is not as it should be, or will not be from a moment on if nobody does anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The period that it is about; the sentence speaks of its plan.
    pub period: Id<Period>,
    /// What is wrong and what to do, with the name of the check.
    pub sentence: Sentence,
    /// From when on, where the clock makes it so; from the change that made it so when absent.
    pub from: Option<Timestamp>,
}

/// What is not as it should be with the planning of a live incident, or will not be. The next plan
/// is due so long before the end of a period (check 7).
#[must_use]
pub fn planning_checks(
    world: &World,
    incident: Id<Incident>,
    plan_due: SignedDuration,
) -> Vec<Finding> {
    let mut found = Vec::new();
    if !world.incident(incident).is_some_and(|incident| incident.is_live()) {
        return found;
    }
    found.extend(next_plan(world, incident, plan_due));
    for period in world.periods_of(incident).filter(|period| period.is_open()) {
        needs(world, period, &mut found);
        critical_needs(world, period, &mut found);
        channels(period, &mut found);
        found.extend(objective(period));
        found.extend(medical(period));
        found.extend(changed(period));
        unassigned(world, period, &mut found);
    }
    found
}

/// Check 7: a period ends without an approved plan for the next.
fn next_plan(world: &World, incident: Id<Incident>, plan_due: SignedDuration) -> Option<Finding> {
    let current = world.current_period(incident)?;
    let from = current.end.checked_sub(plan_due).unwrap_or(current.end);
    let next = world.draft_period(incident);
    if next.is_some_and(|next| next.plan_in_force().is_some()) {
        return None;
    }
    let (number, end) = (current.number, current.end);
    let sentence = match next {
        None => sentence!(
            "NEXT_PLAN_MISSING",
            "period {number} ends at {end}, and no next period is planned; plan it",
            number = number,
            end = minute(end),
        ),
        Some(next) => sentence!(
            "NEXT_PLAN_MISSING",
            "period {number} ends at {end}, and the plan of period {next} is not approved; have it \
             drafted and signed",
            number = number,
            end = minute(end),
            next = next.number,
        ),
    };
    Some(Finding { period: current.id, sentence, from: Some(from) })
}

/// Check 9: a need is neither ordered nor accepted. What was cancelled since orders nothing.
fn needs(world: &World, period: &Period, found: &mut Vec<Finding>) {
    let ordered = |number: &String| world.order_of_number(period.incident, number).is_some();
    let bare = period.needs.iter().filter(|need| {
        need.lacking() > 0 && need.risk.is_none() && !need.request.as_ref().is_some_and(ordered)
    });
    found.extend(bare.map(|need| {
        let sentence = sentence!(
            "NEED_NOT_ORDERED",
            "{place} lacks {lacking} of {required} {kind} in period {number}; order them (213RR) or \
             accept the risk",
            place = need.place,
            lacking = need.lacking(),
            required = need.required,
            kind = of_type(&need.kind, need.level),
            number = period.number,
        );
        Finding { period: period.id, sentence, from: Some(need.since) }
    }));
}

/// A kind of resource, with the type that is wanted where not any will do.
fn of_type(kind: &str, level: Option<u8>) -> String {
    level.map_or_else(|| kind.to_owned(), |level| format!("{kind} Type {level}"))
}

/// Check 12: what is critically needed is not ordered.
fn critical_needs(world: &World, period: &Period, found: &mut Vec<Finding>) {
    let ordered = |request| {
        let request = world.resource_request(request);
        request.is_some_and(|request| world.is_ordered_by(period.incident, request))
    };
    let needs = period.summary.iter().flat_map(|summary| &summary.needs);
    let bare = needs.filter(|need| need.quantity > 0 && !need.request.is_some_and(ordered));
    found.extend(bare.map(|need| {
        let sentence = sentence!(
            "CRITICAL_NEED_NOT_ORDERED",
            "the status summary of period {number} needs {quantity} {kind} that no request orders; \
             order them (213RR) and name the request there",
            number = period.number,
            quantity = need.quantity,
            kind = of_type(&need.kind, need.level),
        );
        Finding { period: period.id, sentence, from: Some(need.since) }
    }));
}

/// Check 10: a channel on an assignment is not in the communications plan.
fn channels(period: &Period, found: &mut Vec<Finding>) {
    found.extend(unknown_channels(period).map(|(channel, place)| {
        let sentence = sentence!(
            "CHANNEL_UNKNOWN",
            "{place} uses channel `{channel}` in period {number}, which is not in the \
             communications plan; add it there or take it off the assignment",
            place = place,
            channel = channel,
            number = period.number,
        );
        Finding { period: period.id, sentence, from: None }
    }));
}

/// An objective that is neither met nor dropped is past its deadline; the earliest of them is told.
fn objective(period: &Period) -> Option<Finding> {
    let open = period.objectives.iter().filter(|objective| objective.closed.is_none());
    let due = open.filter_map(|objective| Some((objective.deadline?, objective)));
    let (deadline, objective) = due
        .filter(|_| period.state == State::Current)
        .min_by_key(|(deadline, objective)| (*deadline, objective.id))?;
    let sentence = sentence!(
        "OBJECTIVE_OVERDUE",
        "the objective “{objective}” of period {number} was due at {deadline}; say that it is met, \
         drop it, or give it another deadline",
        objective = objective.text,
        number = period.number,
        deadline = minute(deadline),
    );
    Some(Finding { period: period.id, sentence, from: Some(deadline) })
}

/// Check 11: what is known of hospitals is older than a period is long.
fn medical(period: &Period) -> Option<Finding> {
    let confirmed = period.medical.confirmed.filter(|_| !period.medical.hospitals.is_empty())?;
    let from = confirmed.saturating_add(period.end.duration_since(period.start)).ok()?;
    let sentence = sentence!(
        "MEDICAL_PLAN_STALE",
        "the hospitals in the medical plan of period {number} were confirmed at {confirmed}; call \
         them and write the medical plan again",
        number = period.number,
        confirmed = minute(confirmed),
    );
    Some(Finding { period: period.id, sentence, from: Some(from) })
}

/// Check 8: a resource that has checked in stands on no work assignment of the period that runs.
fn unassigned(world: &World, period: &Period, found: &mut Vec<Finding>) {
    if period.state != State::Current || period.assignments.is_empty() {
        return;
    }
    let is_in = |c: &&Commitment| c.incident == period.incident && c.stage == Stage::CheckedIn;
    let here =
        world.resources_on(period.incident).filter(|r| r.live_commitments().any(|c| is_in(&c)));
    let count = here.filter(|resource| period.assignment_of(resource.id).is_none()).count();
    if count > 0 {
        let sentence = sentence!(
            "RESOURCES_NOT_ASSIGNED",
            "{count} checked-in resources stand on no work assignment of period {number}; assign \
             them",
            count = count,
            number = period.number,
        );
        found.push(Finding { period: period.id, sentence, from: None });
    }
}

/// The plan that is worked by is not the one that was signed.
fn changed(period: &Period) -> Option<Finding> {
    let in_force = period.plan_in_force().filter(|_| period.state == State::Current)?;
    period.plan_is_changed().then(|| {
        let sentence = sentence!(
            "PLAN_CHANGED",
            "the plan of period {number} was changed after revision {revision} was approved; draft \
             and sign the next revision",
            number = period.number,
            revision = in_force.number,
        );
        Finding { period: period.id, sentence, from: None }
    })
}
