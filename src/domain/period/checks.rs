//! What a watchdog asks of the planning of an incident (NIMS checks 7 to 12). It never blocks work.

use jiff::{SignedDuration, Timestamp};

use super::plan::unknown_channels;
use super::summary::CriticalNeed;
use super::{Need, Period, State};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::resource::{Commitment, Resource, Stage, Tactical};
use crate::domain::sentence::{Sentence, minute, sentence};
use crate::domain::world::World;

/// From which type of incident on the standard wants a written plan (section 5).
const WRITTEN_PLAN_FROM_TYPE: u8 = 3;

/// Something that is not as it should be, or will not be from a moment on if nobody does anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The period that it is about; the sentence speaks of its plan.
    pub period: Id<Period>,
    /// What is wrong and what to do, with the name of the check.
    pub sentence: Sentence,
    /// From when on, where the clock makes it so; from the change that made it so when absent.
    pub from: Option<Timestamp>,
    /// Whether somebody has to act at once; it can be dealt with in its turn otherwise.
    pub is_alarm: bool,
}

impl Finding {
    fn of(period: &Period, sentence: Sentence, from: Option<Timestamp>) -> Self {
        Self { period: period.id, sentence, from, is_alarm: false }
    }

    fn alarm(self) -> Self {
        Self { is_alarm: true, ..self }
    }
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
        found.extend(no_plan(world, period));
        needs(world, period, &mut found);
        critical_needs(world, period, &mut found);
        channels(period, &mut found);
        found.extend(objective(period));
        found.extend(medical(period));
        found.extend(changed(period));
        unassigned(world, period, &mut found);
        found.extend(elsewhere(world, period));
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
    Some(Finding::of(current, sentence, Some(from)).alarm())
}

/// Check 7, when the period has begun all the same. The first one is worked by the incident briefing
/// (ICS 201); a small incident never needs a written plan, unless it had one before.
fn no_plan(world: &World, period: &Period) -> Option<Finding> {
    let runs = period.state == State::Current && period.number > 1;
    if !runs || period.plan_in_force().is_some() {
        return None;
    }
    let level = world.incident(period.incident)?.complexity.as_ref().map(|one| one.level);
    let mut others = world.periods_of(period.incident).filter(|other| other.id != period.id);
    let wants_one = level.is_some_and(|level| level <= WRITTEN_PLAN_FROM_TYPE)
        || others.any(|other| other.plan_in_force().is_some());
    wants_one.then(|| {
        let sentence = sentence!(
            "PERIOD_WITHOUT_PLAN",
            "period {number} runs without an approved plan; have it drafted and signed",
            number = period.number,
        );
        Finding::of(period, sentence, Some(period.start)).alarm()
    })
}

/// Check 9: a need is neither ordered nor accepted. What was cancelled since orders nothing.
fn needs(world: &World, period: &Period, found: &mut Vec<Finding>) {
    let ordered = |need: &Need| {
        let number = need.request.as_ref();
        let order = number.and_then(|number| world.order_of_number(period.incident, number));
        order.is_some_and(|order| world.is_of_kind(order, &need.kind))
    };
    let bare = period
        .needs
        .iter()
        .filter(|need| need.lacking() > 0 && need.risk.is_none() && !ordered(need));
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
        Finding::of(period, sentence, Some(need.since))
    }));
}

/// A kind of resource, with the type that is wanted where not any will do.
fn of_type(kind: &str, level: Option<u8>) -> String {
    level.map_or_else(|| kind.to_owned(), |level| format!("{kind} Type {level}"))
}

/// Check 12: what is critically needed is not ordered.
fn critical_needs(world: &World, period: &Period, found: &mut Vec<Finding>) {
    let ordered = |need: &CriticalNeed| {
        let request = need.request.and_then(|request| world.resource_request(request));
        request.is_some_and(|request| {
            world.is_ordered_by(period.incident, request) && world.is_of_kind(request, &need.kind)
        })
    };
    let needs = period.summary.iter().flat_map(|summary| &summary.needs);
    let bare = needs.filter(|need| need.quantity > 0 && !ordered(need));
    found.extend(bare.map(|need| {
        let sentence = sentence!(
            "CRITICAL_NEED_NOT_ORDERED",
            "the status summary of period {number} needs {quantity} {kind} that no request orders; \
             order them (213RR) and name the request there",
            number = period.number,
            quantity = need.quantity,
            kind = of_type(&need.kind, need.level),
        );
        Finding::of(period, sentence, Some(need.since))
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
        Finding::of(period, sentence, None)
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
    Some(Finding::of(period, sentence, Some(deadline)))
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
    Some(Finding::of(period, sentence, Some(from)))
}

/// Check 8: a resource that has checked in stands on no work assignment of the period that runs.
fn unassigned(world: &World, period: &Period, found: &mut Vec<Finding>) {
    // What has no written plan assigns by word of mouth.
    let is_written = !period.assignments.is_empty() || !period.plan.is_empty();
    if period.state != State::Current || !is_written {
        return;
    }
    let here = at_work(world, period).filter(|(id, _)| period.assignment_of(*id).is_none());
    let count = here.count();
    if count > 0 {
        let sentence = sentence!(
            "RESOURCES_NOT_ASSIGNED",
            "{count} checked-in resources stand on no work assignment of period {number}; assign \
             them",
            count = count,
            number = period.number,
        );
        found.push(Finding::of(period, sentence, None));
    }
}

/// Check 8: a resource works at something else than its work assignment. They are counted only: who
/// sees what stands out need not know each of them.
fn elsewhere(world: &World, period: &Period) -> Option<Finding> {
    let differs = |(id, commitment): &(Id<Resource>, &Commitment)| {
        let planned = period.assignment_of(*id).map(|assignment| &assignment.work.place);
        commitment.assigned_to.as_ref().zip(planned).is_some_and(|(works_at, place)| {
            let planned = Tactical { post: place.post, name: place.name.clone() };
            !works_at.is_same(&planned)
        })
    };
    let count = at_work(world, period).filter(differs).count();
    (period.state == State::Current && count > 0).then(|| {
        let sentence = sentence!(
            "RESOURCES_ELSEWHERE",
            "{count} resources work at something else than their work assignment of period {number} \
             says; reassign them, or change it",
            count = count,
            number = period.number,
        );
        Finding::of(period, sentence, None)
    })
}

/// The resources that have checked in on the incident of a period, each with its commitment there.
fn at_work<'a>(
    world: &'a World,
    period: &'a Period,
) -> impl Iterator<Item = (Id<Resource>, &'a Commitment)> {
    let is_in = |c: &&Commitment| c.incident == period.incident && c.stage == Stage::CheckedIn;
    world
        .resources_on(period.incident)
        .filter_map(move |resource| Some((resource.id, resource.live_commitments().find(is_in)?)))
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
        Finding::of(period, sentence, None)
    })
}
