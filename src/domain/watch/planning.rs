//! Watchdogs over the planning of an incident (checks 7 to 11).

use jiff::SignedDuration;

use super::{Found, Level, Thresholds};
use crate::domain::incident::Incident;
use crate::domain::period::checks::planning_checks;
use crate::domain::record::RecordRef;
use crate::domain::world::World;

pub(super) fn look(
    world: &World,
    incident: &Incident,
    thresholds: &Thresholds,
    found: &mut Vec<Found>,
) {
    let plan_due = SignedDuration::from_mins(thresholds.plan_due_minutes.into());
    found.extend(planning_checks(world, incident.id, plan_due).into_iter().map(|finding| Found {
        level: if finding.is_alarm { Level::Alarm } else { Level::Warning },
        record: RecordRef::Period(finding.period),
        person: None,
        sentence: finding.sentence,
        from: finding.from,
    }));
}
