//! What a plan has to be before it is kept.

use jiff::civil::Date;

use super::{Calendar, Holiday, Hours, Plan, Refused, Rotation, zone};
use crate::domain::ids::Id;
use crate::domain::limits::{
    self, HOLIDAYS_MAX, HOURS_MAX, NAME_CHARS_MAX, ROTATION_MEMBERS_MAX, ROTATIONS_MAX,
    TURN_DAYS_MAX,
};
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

impl Plan {
    /// The plan as it is kept: names without blanks around them, the time zone by its own name,
    /// holidays in order.
    pub(super) fn checked(
        &self,
        world: &World,
        calendars: &[std::sync::Arc<Calendar>],
    ) -> Result<Self, Refusal> {
        let name = limits::text("name", &self.name, NAME_CHARS_MAX)?;
        let unknown = || Refused::TimeZoneUnknown { name: self.time_zone.clone() };
        let zone = zone(&self.time_zone).ok_or_else(unknown)?;
        let time_zone = zone.iana_name().ok_or_else(unknown)?.to_owned();
        limits::count("rotations", self.rotations.len(), ROTATIONS_MAX)?;
        limits::count("holidays", self.holidays.len(), HOLIDAYS_MAX)?;
        let mut taken: Vec<String> = calendars.iter().map(|c| c.name.to_lowercase()).collect();
        let mut rotations = Vec::with_capacity(self.rotations.len());
        for rotation in &self.rotations {
            let rotation = checked_rotation(world, rotation)?;
            let lower = rotation.name.to_lowercase();
            if taken.contains(&lower) {
                return Err(Refused::RotationTwice { name: rotation.name }.into());
            }
            taken.push(lower);
            rotations.push(rotation);
        }
        let mut holidays: Vec<Holiday> = Vec::with_capacity(self.holidays.len());
        for holiday in &self.holidays {
            holidays.push(checked_holiday(world, holiday, &rotations)?);
        }
        holidays.sort_by(|a, b| (a.date, &a.rotation).cmp(&(b.date, &b.rotation)));
        let key = |holiday: &Holiday| (holiday.date, holiday.rotation.clone());
        if let Some([twice, _]) = holidays.array_windows().find(|[a, b]| key(a) == key(b)) {
            return Err(Refused::HolidayTwice { date: twice.date }.into());
        }
        Ok(Self { name, time_zone, rotations, holidays })
    }
}

fn checked_rotation(world: &World, rotation: &Rotation) -> Result<Rotation, Refusal> {
    let name = limits::text("rotations.name", &rotation.name, NAME_CHARS_MAX)?;
    checked_members(world, "rotations.members", &rotation.members)?;
    let turn_days = u32::from(rotation.turn_days);
    limits::number("rotations.turnDays", turn_days, 1, TURN_DAYS_MAX.into())?;
    checked_year(rotation.first.date())?;
    limits::count("rotations.hours", rotation.hours.len(), HOURS_MAX)?;
    let hours = rotation.hours.iter().map(checked_hours).collect::<Result<_, _>>()?;
    Ok(Rotation { name, hours, ..rotation.clone() })
}

fn checked_hours(hours: &Hours) -> Result<Hours, Refused> {
    let mut days = hours.days.clone();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() {
        Err(Refused::HoursWithoutDays)
    } else {
        Ok(Hours { days, ..hours.clone() })
    }
}

fn checked_holiday(
    world: &World,
    holiday: &Holiday,
    rotations: &[Rotation],
) -> Result<Holiday, Refusal> {
    let name = limits::text("holidays.name", &holiday.name, NAME_CHARS_MAX)?;
    checked_members(world, "holidays.members", &holiday.members)?;
    checked_year(holiday.date)?;
    let mut members: Vec<Id<Person>> = Vec::with_capacity(holiday.members.len());
    for member in &holiday.members {
        if !members.contains(member) {
            members.push(*member);
        }
    }
    let rotation = limits::said("holidays.rotation", holiday.rotation.as_deref(), NAME_CHARS_MAX)?;
    if let Some(name) = rotation.as_ref().filter(|name| !rotations.iter().any(|r| r.name == **name))
    {
        return Err(Refused::RotationUnknown { name: name.clone() }.into());
    }
    Ok(Holiday { date: holiday.date, name, rotation, members })
}

fn checked_members(
    world: &World,
    field: &'static str,
    members: &[Id<Person>],
) -> Result<(), Refusal> {
    let (count, count_max) = (members.len(), ROTATION_MEMBERS_MAX);
    if count == 0 || count > count_max {
        return Err(Refusal::CountOutOfRange { field, count, count_min: 1, count_max });
    }
    members.iter().try_for_each(|member| world.known_person(*member).map(|_| ()))
}

/// Within these years every civil time of every zone is a moment that can be written.
fn checked_year(date: Date) -> Result<(), Refused> {
    if (1970..=2200).contains(&date.year()) { Ok(()) } else { Err(Refused::DateUnusable { date }) }
}
