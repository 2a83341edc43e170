//! Who is on call: turns of rotations, less what holidays and overrides make of them.
//!
//! Both questions are answered from the same stretches: those of the turns that touch the time
//! asked about, cut by hours and holidays, then by each override in order. A stretch is always given
//! whole, so the answer for a moment and the answer for a year agree.

use std::sync::Arc;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Unit};
use serde::{Deserialize, Serialize};

use super::{Calendar, Override, Plan, Rotation, Schedule, Weekday};
use crate::domain::ids::Id;
use crate::domain::person::Person;

/// That somebody is on call for a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OnCall {
    /// Since when.
    pub from: Timestamp,
    /// Until when; not on call any more at this moment. The next stretch may be theirs, too.
    pub until: Timestamp,
    /// Who.
    pub person: Id<Person>,
    /// By which rotation or imported calendar; none for who comes in addition.
    pub rotation: Option<String>,
    /// By which rule.
    pub why: Why,
}

/// By which rule somebody is on call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It is their turn.
    Rotation,
    /// It is a holiday, and they are on call on it.
    Holiday,
    /// They stand in for somebody, or come in addition.
    Override,
    /// A calendar that is kept elsewhere says so.
    Calendar,
}

/// A half-open stretch of time.
type Window = (Timestamp, Timestamp);

/// Who is on call at a moment, in the order of the rotations.
#[must_use]
pub fn on_call(schedule: &Schedule, at: Timestamp) -> Vec<OnCall> {
    let Ok(after) = at.checked_add(SignedDuration::from_nanos(1)) else { return Vec::new() };
    stretches(schedule, (at, after))
}

/// Who is on call between two moments, in order of time. Stretches that reach beyond them are given
/// whole.
#[must_use]
pub fn shifts(schedule: &Schedule, from: Timestamp, to: Timestamp) -> Vec<OnCall> {
    let mut stretches = stretches(schedule, (from, to));
    stretches.sort();
    stretches
}

/// The stretches that touch a window.
fn stretches(schedule: &Schedule, asked: Window) -> Vec<OnCall> {
    if schedule.ended || asked.0 >= asked.1 {
        return Vec::new();
    }
    let zone = schedule.plan.zone();
    let rotations = schedule.plan.rotations.iter();
    let mut all: Vec<OnCall> =
        rotations.flat_map(|rotation| turns(&schedule.plan, rotation, &zone, asked)).collect();
    all.extend(schedule.calendars.iter().flat_map(|calendar| of_calendar(calendar, asked)));
    // Also one that is not in the window cuts a stretch that reaches out of it.
    all = schedule.overrides.iter().fold(all, overridden);
    all.retain(|stretch| overlaps((stretch.from, stretch.until), asked));
    all
}

/// The turns of a rotation that touch a window, cut by its hours and the holidays.
fn turns(plan: &Plan, rotation: &Rotation, zone: &TimeZone, asked: Window) -> Vec<OnCall> {
    let holidays = holidays_of(plan, rotation, zone, asked);
    let mut stretches = Vec::new();
    let mut turn = turn_at(rotation, zone, asked.0).unwrap_or(0);
    while let (Some(from), Some(until)) =
        (turn_start(rotation, zone, turn), turn_start(rotation, zone, turn + 1))
    {
        if from >= asked.1 {
            break;
        }
        let members = rotation.members.len().max(1);
        let index = usize::try_from(turn).unwrap_or_default() % members;
        let Some(person) = rotation.members.get(index).copied() else { break };
        for window in windows(rotation, zone, (from, until), asked) {
            with_holidays(rotation, person, window, &holidays, &mut stretches);
        }
        turn += 1;
    }
    stretches
}

/// Which turn a moment is in, counted from 0; none before the first.
fn turn_at(rotation: &Rotation, zone: &TimeZone, at: Timestamp) -> Option<i64> {
    let today = zone.to_datetime(at).date();
    let days = rotation.first.date().until((Unit::Day, today)).ok()?.get_days();
    let near = i64::from(days).div_euclid(i64::from(rotation.turn_days.max(1)));
    // The clock on the wall may be off by hours from one day to the next, not by a turn.
    let is_begun = |turn: &i64| turn_start(rotation, zone, *turn).is_some_and(|from| from <= at);
    [near + 1, near, near - 1].into_iter().find(is_begun).filter(|turn| *turn >= 0)
}

/// When a turn begins: at the time of the first handover by the clock on the wall.
fn turn_start(rotation: &Rotation, zone: &TimeZone, turn: i64) -> Option<Timestamp> {
    let days = turn.checked_mul(i64::from(rotation.turn_days))?;
    let date = rotation.first.date().checked_add(i32::try_from(days).ok()?.days()).ok()?;
    moment(zone, date.to_datetime(rotation.first.time()))
}

/// The moment of a civil time: as much later as clocks go forward where it does not exist, the first
/// of two.
fn moment(zone: &TimeZone, civil: DateTime) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(civil).compatible().ok()
}

/// The hours within a turn that touch a window; the whole turn when it has no hours.
fn windows(rotation: &Rotation, zone: &TimeZone, turn: Window, asked: Window) -> Vec<Window> {
    if rotation.hours.is_empty() {
        return vec![turn];
    }
    let (from, to) = (turn.0.max(asked.0), turn.1.min(asked.1));
    // Hours are at most a day long, and one that overlaps another begins when that one ends, so
    // those of the days before settle where the first one begins.
    const DAYS_BEFORE: i32 = 4;
    let first = zone.to_datetime(from).date().saturating_sub(DAYS_BEFORE.days());
    let last = zone.to_datetime(to).date();
    let mut all: Vec<Window> = first
        .series(1.day())
        .take_while(|date| *date <= last)
        .flat_map(|date| hours_of(rotation, zone, date))
        .collect();
    all.sort_unstable();
    let mut reached = Timestamp::MIN;
    all.retain_mut(|window| {
        window.0 = window.0.max(reached);
        reached = reached.max(window.1);
        *window = (window.0.max(turn.0), window.1.min(turn.1));
        window.0 < window.1 && overlaps(*window, asked)
    });
    all
}

/// The hours that begin on a day.
fn hours_of(rotation: &Rotation, zone: &TimeZone, date: Date) -> Vec<Window> {
    let day = Weekday::from(date.weekday());
    let on_day = rotation.hours.iter().filter(|hours| hours.days.contains(&day));
    let window = |from: Time, to: Time| {
        let last = if to > from { date } else { date.tomorrow().ok()? };
        Some((moment(zone, date.to_datetime(from))?, moment(zone, last.to_datetime(to))?))
    };
    on_day.filter_map(|hours| window(hours.from, hours.to)).collect()
}

/// The holidays of a rotation in the turns that touch a window, in order, with who is on call on
/// them. Of two on the same day the one for this rotation holds.
fn holidays_of<'p>(
    plan: &'p Plan,
    rotation: &Rotation,
    zone: &TimeZone,
    asked: Window,
) -> Vec<(Window, &'p [Id<Person>])> {
    let reach = (i32::from(rotation.turn_days) + 2).days();
    let first = zone.to_datetime(asked.0).date().saturating_sub(reach);
    let last = zone.to_datetime(asked.1).date().saturating_add(reach);
    let is_for = |name: &Option<String>| name.as_ref().is_none_or(|name| *name == rotation.name);
    let mut near: Vec<_> = plan
        .holidays
        .iter()
        .filter(|day| (first..=last).contains(&day.date) && is_for(&day.rotation))
        .collect();
    near.sort_by_key(|holiday| (holiday.date, holiday.rotation.is_none()));
    near.dedup_by_key(|holiday| holiday.date);
    let midnight = |date: Date| moment(zone, date.to_datetime(Time::midnight()));
    near.into_iter()
        .filter_map(|holiday| {
            let day = (midnight(holiday.date)?, midnight(holiday.date.tomorrow().ok()?)?);
            Some((day, holiday.members.as_slice()))
        })
        .collect()
}

/// Cuts a stretch of a turn by holidays.
fn with_holidays(
    rotation: &Rotation,
    person: Id<Person>,
    (mut from, until): Window,
    holidays: &[(Window, &[Id<Person>])],
    stretches: &mut Vec<OnCall>,
) {
    let name = || Some(rotation.name.clone());
    for ((begins, ends), members) in holidays {
        let (begins, ends) = ((*begins).max(from), (*ends).min(until));
        if begins >= ends {
            continue;
        }
        if from < begins {
            let why = Why::Rotation;
            stretches.push(OnCall { from, until: begins, person, rotation: name(), why });
        }
        stretches.extend(members.iter().map(|member| OnCall {
            from: begins,
            until: ends,
            person: *member,
            rotation: name(),
            why: Why::Holiday,
        }));
        from = ends;
    }
    if from < until {
        stretches.push(OnCall { from, until, person, rotation: name(), why: Why::Rotation });
    }
}

fn of_calendar(calendar: &Arc<Calendar>, asked: Window) -> impl Iterator<Item = OnCall> {
    let touching = calendar.shifts.iter().take_while(move |shift| shift.from < asked.1);
    touching.filter(move |shift| shift.to > asked.0).map(|shift| OnCall {
        from: shift.from,
        until: shift.to,
        person: shift.person,
        rotation: Some(calendar.name.clone()),
        why: Why::Calendar,
    })
}

/// The stretches after one override.
fn overridden(stretches: Vec<OnCall>, each: &Override) -> Vec<OnCall> {
    let mut after = Vec::with_capacity(stretches.len() + 2);
    for stretch in stretches {
        let is_meant = each.person_out == Some(stretch.person)
            && (each.rotation.is_none() || each.rotation == stretch.rotation)
            && overlaps((stretch.from, stretch.until), (each.from, each.to));
        if !is_meant {
            after.push(stretch);
            continue;
        }
        let (from, until) = (stretch.from.max(each.from), stretch.until.min(each.to));
        if stretch.from < from {
            after.push(OnCall { until: from, ..stretch.clone() });
        }
        if let Some(person) = each.person_in {
            after.push(OnCall { from, until, person, why: Why::Override, ..stretch.clone() });
        }
        if until < stretch.until {
            after.push(OnCall { from: until, ..stretch });
        }
    }
    if let (None, Some(person)) = (each.person_out, each.person_in) {
        let (from, until, rotation) = (each.from, each.to, each.rotation.clone());
        after.push(OnCall { from, until, person, rotation, why: Why::Override });
    }
    after
}

fn overlaps(a: Window, b: Window) -> bool {
    a.0 < b.1 && b.0 < a.1
}
