//! Commands about groups and on-call schedules.

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use super::asks::{organizations, persons};
use super::dice::Dice;
use crate::domain::command::Command;
use crate::domain::group;
use crate::domain::ids::Id;
use crate::domain::person::{self, Person};
use crate::domain::schedule::{
    AddOverride, Amend, End, Holiday, Hours, ImportCalendar, Leg, Make, Plan, RemoveOverride,
    Rotation, Shift, Swap, Weekday, shifts,
};
use crate::domain::world::World;

pub(super) fn audiences(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    // Both need an organization and people.
    if world.organizations().count() == 0 {
        return organizations(dice, world, now);
    }
    if world.persons().filter(|person| !person.forgotten).count() < 3 {
        return person::Register { name: "Sam Ortiz".to_owned() }.into();
    }
    if dice.one_in(16) {
        return persons(dice, world, now);
    }
    if dice.one_in(3) { groups(dice, world) } else { schedules(dice, world, now) }
}

fn groups(dice: &mut Dice<'_>, world: &World) -> Command {
    let group = dice.one_of(world.groups().map(|group| group.id));
    let name = dice.pick(&["Night crew", "Swift water", ""]).to_owned();
    match dice.roll(8) {
        0..3 => group::Make { name, members: several(dice, world) }.into(),
        3 => group::Rename { group, name }.into(),
        4..7 => {
            let (add, remove) = (several(dice, world), several(dice, world));
            group::ChangeMembers { group, add, remove }.into()
        }
        _ => group::Dissolve { group }.into(),
    }
}

fn schedules(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Command {
    let schedule = dice.one_of(world.schedules().map(|schedule| schedule.id));
    let known = world.schedule(schedule);
    let hours = |hours| now + SignedDuration::from_hours(hours);
    let (from, to) = (hours(dice.pick(&[0, 12, 48])), hours(dice.pick(&[96, 100, 1])));
    // Mostly those who are on call.
    let duty = known.map(|known| shifts(known, from, to)).unwrap_or_default();
    let out = duty.first().map(|duty| duty.person).filter(|_| !dice.one_in(6));
    let reason = dice.text();
    match dice.roll(16) {
        0..3 => Make { plan: plan(dice, world, now) }.into(),
        3 | 4 => Amend { schedule, plan: plan(dice, world, now) }.into(),
        5..8 => {
            let person_in = dice.maybe(|dice| person(dice, world));
            let rotation = dice.maybe(|dice| dice.pick(&["First", "Third"]).to_owned());
            let person_out = out.filter(|_| !dice.one_in(3));
            AddOverride { schedule, from, to, rotation, person_out, person_in, reason }.into()
        }
        8 | 9 => {
            let overrides = known.into_iter().flat_map(|known| &known.overrides);
            RemoveOverride { schedule, id: dice.one_of(overrides.map(|each| each.id)) }.into()
        }
        10 | 11 => {
            let leg = |duty: Option<&crate::domain::schedule::OnCall>, other| Leg {
                person: duty.map_or(other, |duty| duty.person),
                from: duty.map_or(from, |duty| duty.from),
                to: duty.map_or(to, |duty| duty.until),
                rotation: None,
            };
            let (first, second) = (person(dice, world), person(dice, world));
            let (first, second) = (leg(duty.first(), first), leg(duty.last(), second));
            Swap { schedule, first, second, reason }.into()
        }
        12..15 => {
            let shift = Shift { from, to, person: person(dice, world) };
            let shifts = vec![shift; dice.roll(3)];
            let name = dice.pick(&["Medics", "First"]).to_owned();
            ImportCalendar { schedule, name, shifts }.into()
        }
        _ => End { schedule }.into(),
    }
}

fn plan(dice: &mut Dice<'_>, world: &World, now: Timestamp) -> Plan {
    let first = now.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let mut members = several(dice, world);
    members.push(person(dice, world));
    let hours = Hours {
        days: vec![Weekday::Monday, Weekday::Friday],
        from: Time::midnight(),
        to: Time::constant(12, 0, 0, 0),
    };
    let hours = dice.maybe(|_| hours).into_iter().collect();
    let turn_days = dice.pick(&[1, 7, 1, 0]);
    let rotation = Rotation { name: "First".to_owned(), members, first, turn_days, hours };
    let holiday = dice.maybe(|dice| Holiday {
        date: first.date(),
        name: "Founding day".to_owned(),
        rotation: None,
        members: vec![person(dice, world)],
    });
    Plan {
        name: dice.pick(&["Duty officer", "Divers", "Pumps"]).to_owned(),
        time_zone: dice.pick(&["America/New_York", "Europe/Berlin", "Mars"]).to_owned(),
        rotations: vec![rotation],
        holidays: holiday.into_iter().collect(),
    }
}

fn several(dice: &mut Dice<'_>, world: &World) -> Vec<Id<Person>> {
    (0..dice.roll(3)).map(|_| person(dice, world)).collect()
}

/// Mostly somebody who was not forgotten.
fn person(dice: &mut Dice<'_>, world: &World) -> Id<Person> {
    let any = dice.one_in(12);
    let known = world.persons().filter(|person| any || !person.forgotten);
    dice.one_of(known.map(|person| person.id))
}
