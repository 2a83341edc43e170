//! Watchdogs over resources: who is missing in an accountability report (check 14).

use jiff::SignedDuration;

use super::{Found, Level, Thresholds};
use crate::domain::incident::Incident;
use crate::domain::record::RecordRef;
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
    let missing = par.missing().count();
    let allowed = SignedDuration::from_mins(thresholds.par_minutes.into());
    if missing > 0 {
        found.push(Found {
            level: Level::Alarm,
            record: RecordRef::Incident(incident.id),
            person: None,
            sentence: sentence!(
                "PAR_INCOMPLETE",
                "{missing} resources have not answered for all their people; call them again, and \
                 treat who does not answer as missing",
                missing = missing,
            ),
            from: par.called_at.checked_add(allowed).ok(),
        });
    }
}
