//! Calendars that are kept elsewhere: their shifts come in as a whole and replace those before.
//!
//! Reading iCalendar and telling whose shift is whose is done before the command; here stand
//! moments and persons.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Calendar, Refused, Schedule, Shift};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{
    self, CALENDAR_SHIFTS_MAX, CALENDARS_MAX, NAME_CHARS_MAX, OVERRIDE_DAYS_MAX,
};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Puts the shifts of a calendar into a schedule, in the place of those that came under the same
/// name before. Without shifts the calendar is taken out.
#[derive(Clone, Debug, Serialize)]
pub struct ImportCalendar {
    /// The schedule.
    pub schedule: Id<Schedule>,
    /// What the calendar is called there.
    pub name: String,
    /// Who is on call when, by it.
    pub shifts: Vec<Shift>,
}

/// The shifts of a calendar came in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalendarImported {
    /// The schedule.
    pub schedule: Id<Schedule>,
    /// What the calendar is called.
    pub name: String,
    /// Who is on call when.
    pub shifts: Vec<Shift>,
}

impl Decide for ImportCalendar {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let known = world.live_schedule(self.schedule)?;
        let name = limits::text("name", &self.name, NAME_CHARS_MAX)?;
        let lower = name.to_lowercase();
        if known.plan.rotations.iter().any(|rotation| rotation.name.to_lowercase() == lower) {
            return Err(Refused::RotationTwice { name }.into());
        }
        let before = known.calendars.iter().find(|calendar| calendar.name.to_lowercase() == lower);
        let name = before.map_or(name, |before| before.name.clone());
        if before.is_none() {
            limits::count("calendars", known.calendars.len() + 1, CALENDARS_MAX)?;
        }
        limits::count("shifts", self.shifts.len(), CALENDAR_SHIFTS_MAX)?;
        let mut shifts = self.shifts.clone();
        shifts.sort();
        shifts.dedup();
        for shift in &shifts {
            world.known_person(shift.person)?;
            if shift.from >= shift.to {
                let Shift { from, to, .. } = *shift;
                return Err(Refused::TimesUnusable { from, to, days_max: OVERRIDE_DAYS_MAX }.into());
            }
        }
        let subject = RecordRef::Schedule(known.id);
        if before.map_or(shifts.is_empty(), |before| before.shifts == shifts) {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, CalendarImported { schedule: known.id, name, shifts }))
    }
}

impl Apply for CalendarImported {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_schedule(self.schedule, stamp, |schedule| {
            let calendar = Arc::new(Calendar {
                name: self.name.clone(),
                shifts: self.shifts.clone(),
                imported_at: stamp.at,
            });
            let place = schedule.calendars.iter().position(|known| known.name == self.name);
            match place.and_then(|place| schedule.calendars.get_mut(place)) {
                Some(known) => *known = calendar,
                None => schedule.calendars.push(calendar),
            }
            schedule.calendars.retain(|calendar| !calendar.shifts.is_empty());
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Schedule(self.schedule)]
    }
}
