//! What a watchdog asks of the planning of an incident (NIMS checks 7 to 12). It never blocks work.

use jiff::{SignedDuration, Timestamp};

use super::plan::unknown_channels;
use super::{Period, State};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::resource::{Commitment, Stage};
use crate::domain::world::World;

/// Something that is not as it should be, or will not be from a moment on if nobody does anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the check for programs, stable over releases.
    pub code: &'static str,
    /// The period that it is about; the sentence speaks of its plan.
    pub period: Id<Period>,
    /// What is wrong and what to do, in a sentence.
    pub sentence: String,
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
        needs(period, &mut found);
        critical_needs(period, &mut found);
        channels(period, &mut found);
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
    let lacks = match next {
        None => "no next period is planned; plan it".to_owned(),
        Some(next) => {
            format!(
                "the plan of period {} is not approved; have it drafted and signed",
                next.number
            )
        }
    };
    let sentence = format!("period {number} ends at {end}, and {lacks}");
    Some(Finding { code: "NEXT_PLAN_MISSING", period: current.id, sentence, from: Some(from) })
}

/// Check 9: a need is neither ordered nor accepted.
fn needs(period: &Period, found: &mut Vec<Finding>) {
    let bare = period
        .needs
        .iter()
        .filter(|need| need.lacking() > 0 && need.request.is_none() && need.risk.is_none());
    found.extend(bare.map(|need| {
        let level = of_type(need.level);
        let sentence = format!(
            "{} lacks {} of {} {}{level} in period {}; order them (213RR) or accept the risk",
            need.place,
            need.lacking(),
            need.required,
            need.kind,
            period.number
        );
        Finding { code: "NEED_NOT_ORDERED", period: period.id, sentence, from: Some(need.since) }
    }));
}

/// The type wanted, to follow a kind of resource; nothing where any will do.
fn of_type(level: Option<u8>) -> String {
    level.map_or_else(String::new, |level| format!(" Type {level}"))
}

/// Check 12: what is critically needed is not ordered.
fn critical_needs(period: &Period, found: &mut Vec<Finding>) {
    let needs = period.summary.iter().flat_map(|summary| &summary.needs);
    let bare = needs.filter(|need| need.quantity > 0 && need.request.is_none());
    found.extend(bare.map(|need| {
        let level = of_type(need.level);
        let sentence = format!(
            "the status summary of period {} needs {} {}{level} that no request orders; order them \
             (213RR) and name the request there",
            period.number, need.quantity, need.kind
        );
        let from = Some(need.since);
        Finding { code: "CRITICAL_NEED_NOT_ORDERED", period: period.id, sentence, from }
    }));
}

/// Check 10: a channel on an assignment is not in the communications plan.
fn channels(period: &Period, found: &mut Vec<Finding>) {
    found.extend(unknown_channels(period).map(|(channel, place)| {
        let sentence = format!(
            "{place} uses channel `{channel}` in period {}, which is not in the communications \
             plan; add it there or take it off the assignment",
            period.number
        );
        Finding { code: "CHANNEL_UNKNOWN", period: period.id, sentence, from: None }
    }));
}

/// Check 11: what is known of hospitals is older than a period is long.
fn medical(period: &Period) -> Option<Finding> {
    let confirmed = period.medical.confirmed.filter(|_| !period.medical.hospitals.is_empty())?;
    let from = confirmed.saturating_add(period.end.duration_since(period.start)).ok()?;
    let number = period.number;
    let sentence = format!(
        "the hospitals in the medical plan of period {number} were confirmed at {confirmed}; \
             call them and write the medical plan again"
    );
    Some(Finding { code: "MEDICAL_PLAN_STALE", period: period.id, sentence, from: Some(from) })
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
        let sentence = format!(
            "{count} checked-in resources stand on no work assignment of period {}; assign them",
            period.number
        );
        found.push(Finding {
            code: "RESOURCES_NOT_ASSIGNED",
            period: period.id,
            sentence,
            from: None,
        });
    }
}

/// The plan that is worked by is not the one that was signed.
fn changed(period: &Period) -> Option<Finding> {
    let in_force = period.plan_in_force().filter(|_| period.state == State::Current)?;
    period.plan_is_changed().then(|| {
        let sentence = format!(
            "the plan of period {} was changed after revision {} was approved; draft and sign the \
             next revision",
            period.number, in_force.number
        );
        Finding { code: "PLAN_CHANGED", period: period.id, sentence, from: None }
    })
}
