//! Watchdogs over resources: who is missing in an accountability report (check 14).

use jiff::SignedDuration;

use super::{Found, Level, Thresholds};
use crate::domain::incident::Incident;
use crate::domain::record::RecordRef;
use crate::domain::resource::par::Line;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

pub(super) fn look(
    world: &World,
    incident: &Incident,
    thresholds: &Thresholds,
    found: &mut Vec<Found>,
) {
    // A later call takes the place of an earlier one.
    let Some(par) = world.pars_of(incident.id).last() else { return };
    found.extend(par.missing().filter_map(short));
    let missing = par.missing().filter(|line| line.answer.is_none()).count();
    let allowed = SignedDuration::from_mins(thresholds.par_minutes.into());
    if missing > 0 {
        found.push(Found {
            level: Level::Alarm,
            record: RecordRef::Incident(incident.id),
            person: None,
            sentence: sentence!(
                "PAR_INCOMPLETE",
                "resources that have not answered for their people: {missing}; call them again, and \
                 treat who does not answer as missing",
                missing = missing,
            ),
            from: par.called_at.checked_add(allowed).ok(),
        });
    }
}

/// Somebody counted, and it is not all: nobody waits for the others then. Which resource it is stands
/// beside the sentence, for those who see it.
fn short(line: &Line) -> Option<Found> {
    let present = line.answer.as_ref()?.present;
    Some(Found {
        level: Level::Alarm,
        record: RecordRef::Resource(line.resource),
        person: None,
        sentence: sentence!(
            "PAR_SHORT",
            "{present} of {expected} people of a resource are accounted for; treat it as a Mayday \
             until the others are found",
            present = present,
            expected = line.expected,
        ),
        from: None,
    })
}
