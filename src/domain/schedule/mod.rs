//! On-call schedules: who answers when, in the civil time of the place where they live.
//!
//! Harbor Fire keeps a schedule `Duty officer` in `America/New_York`: Sam, Lee and Kim take a week
//! each, handing over on Mondays at 08:00 by the clock on the wall, also in the weeks in which that
//! clock is changed. On the fourth of July Lou is on call instead, and on Tuesday Kim stands in for
//! Sam for an afternoon. [`on_call`] says who is on call at a moment, [`shifts`] over a time.
//!
//! The time-zone rules come from the database that is built into the hub, so that every node
//! answers the same. A civil time that does not exist because clocks go forward means as much later
//! as they go forward; one that comes twice means the first.

mod calendar;
mod cover;
mod duty;
mod keep;
mod plan;
mod refused;
#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

pub use self::calendar::{CalendarImported, ImportCalendar};
pub use self::cover::{AddOverride, Leg, Overridden, OverrideRemoved, RemoveOverride, Swap};
pub use self::duty::{OnCall, Why, on_call, shifts};
pub use self::keep::{Amend, Amended, End, Ended, Made, Make};
pub use self::refused::Refused;
use super::event::Stamp;
use super::ids::Id;
use super::organization::Organization;
use super::person::Person;
use super::record::Revision;
use super::world::{World, under};

/// Who is on call when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// Its id.
    pub id: Id<Schedule>,
    /// Whose schedule it is.
    pub organization: Id<Organization>,
    /// How duty goes round.
    pub plan: Plan,
    /// Shifts from calendars that are kept elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<Arc<Calendar>>,
    /// Who stands in for whom, in the order in which it was said; a later one sees what the ones
    /// before made of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// Whether it was ended; nobody is on call by it any more.
    pub ended: bool,
    /// When it was made and last changed.
    pub revision: Revision,
}

/// How duty goes round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What the schedule is called.
    pub name: String,
    /// The IANA name of the time zone in which its times are read.
    pub time_zone: String,
    /// Those who take turns; several rotations are on call beside each other.
    pub rotations: Vec<Rotation>,
    /// Days on which others are on call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
}

/// Persons who take turns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// What it is called, such as `First` or `Backup`; once in the schedule.
    pub name: String,
    /// Who takes turns, in order. Somebody who takes more turns stands here more than once.
    pub members: Vec<Id<Person>>,
    /// When the first of them begins; each handover is at this time of day.
    pub first: DateTime,
    /// How long a turn is, in days of the calendar; 7 is a week.
    pub turn_days: u16,
    /// When somebody is on call at all; around the clock when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
}

/// Hours of some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The days on which they begin.
    pub days: Vec<Weekday>,
    /// When they begin.
    pub from: Time,
    /// When they end: on the next day unless this is later in the day than `from`.
    pub to: Time,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weekday {
    /// The first day of the week by ISO 8601.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The seventh.
    Sunday,
}

/// A day on which others are on call, from midnight to midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// What it is called.
    pub name: String,
    /// The rotation that it is for; all of them when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<String>,
    /// Who is on call instead, all of them together.
    pub members: Vec<Id<Person>>,
}

/// Shifts from a calendar that is kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// What it is called; once in the schedule, rotations included.
    pub name: String,
    /// Its shifts, in order of their beginning.
    pub shifts: Vec<Shift>,
    /// When it was imported.
    pub imported_at: Timestamp,
}

/// That somebody is on call from one moment to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shift {
    /// Since when.
    pub from: Timestamp,
    /// Until when; not on call any more at this moment.
    pub to: Timestamp,
    /// Who.
    pub person: Id<Person>,
}

/// That somebody stands in for somebody, comes in addition, or is not on call for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Its id.
    pub id: Id<Override>,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// The rotation or calendar that it is for; all of them when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotation: Option<String>,
    /// Who is not on call in that time; nobody when absent, and who comes in comes in addition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_out: Option<Id<Person>>,
    /// Who is on call instead; nobody when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_in: Option<Id<Person>>,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub by: String,
}

impl Plan {
    /// Everybody who is on call by it.
    pub fn persons(&self) -> impl Iterator<Item = Id<Person>> {
        let of_rotations = self.rotations.iter().flat_map(|rotation| &rotation.members);
        of_rotations.chain(self.holidays.iter().flat_map(|holiday| &holiday.members)).copied()
    }

    /// The rules of its time zone; UTC should the database of a later release not know it.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        zone(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

impl From<jiff::civil::Weekday> for Weekday {
    fn from(day: jiff::civil::Weekday) -> Self {
        use jiff::civil::Weekday as Day;
        match day {
            Day::Monday => Self::Monday,
            Day::Tuesday => Self::Tuesday,
            Day::Wednesday => Self::Wednesday,
            Day::Thursday => Self::Thursday,
            Day::Friday => Self::Friday,
            Day::Saturday => Self::Saturday,
            Day::Sunday => Self::Sunday,
        }
    }
}

/// The time zone with this IANA name.
pub(in crate::domain) fn zone(name: &str) -> Option<TimeZone> {
    static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
    ZONES.get(name).ok()
}

impl World {
    /// The schedule with this id.
    #[must_use]
    pub fn schedule(&self, id: Id<Schedule>) -> Option<&Arc<Schedule>> {
        self.schedules.get(&id)
    }

    /// All schedules, oldest first.
    pub fn schedules(&self) -> impl DoubleEndedIterator<Item = &Arc<Schedule>> {
        self.schedules.values()
    }

    /// The schedules of an organization, ended ones included, oldest first.
    pub fn schedules_of(
        &self,
        organization: Id<Organization>,
    ) -> impl Iterator<Item = &Arc<Schedule>> {
        self.organization_schedules
            .range(under(organization))
            .filter_map(|(_, id)| self.schedules.get(id))
    }

    fn live_schedule(&self, id: Id<Schedule>) -> Result<&Arc<Schedule>, Refused> {
        let schedule = self.schedule(id).ok_or(Refused::Unknown(id))?;
        if schedule.ended {
            return Err(Refused::Ended { name: schedule.plan.name.clone() });
        }
        Ok(schedule)
    }

    pub(in crate::domain) fn insert_schedule(&mut self, schedule: Arc<Schedule>) {
        self.organization_schedules.insert((schedule.organization, schedule.id));
        self.schedules.insert(schedule.id, schedule);
    }

    fn change_schedule(
        &mut self,
        id: Id<Schedule>,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Schedule),
    ) {
        if let Some(schedule) = self.schedules.get_mut(&id) {
            let schedule = Arc::make_mut(schedule);
            change(schedule);
            schedule.revision.touch(stamp);
        }
    }
}
