//! On-call schedules.

use std::collections::BTreeSet;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use muster_ical::{Outgoing, Shift};

use super::organization::Organization;
use super::person::Person;
use crate::domain::schedule::{self, OnCall, Why};
use crate::domain::{Id, person};
use crate::graphql::asked::{Asked, id, parse_id};
use crate::graphql::fault::fault;
use crate::graphql::limits::SHIFT_DAYS_MAX;
use crate::graphql::rows::Row;
use crate::sharing::{Seen, View};

/// Who is on call when, in the civil time of a place. Nobody but its organization is shown it.
pub(crate) struct Schedule(pub(in crate::graphql) Seen<schedule::Schedule>);

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "schedule::Weekday")]
pub(crate) enum Weekday {
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

/// By which rule somebody is on call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Why")]
pub(crate) enum OnCallReason {
    /// It is their turn.
    Rotation,
    /// It is a holiday, and they are on call on it.
    Holiday,
    /// They stand in for somebody, or come in addition.
    Override,
    /// A calendar that is kept elsewhere says so.
    Calendar,
}

/// That somebody is on call.
#[derive(SimpleObject)]
pub(crate) struct Duty {
    /// Who; null when you may not see them any more.
    person: Option<Person>,
    /// The rotation or imported calendar; null for who comes in addition.
    rotation: Option<String>,
    /// By which rule.
    why: OnCallReason,
    /// Since when.
    from: Timestamp,
    /// Until when. The next stretch may be theirs, too.
    until: Timestamp,
}

/// Persons who take turns.
#[derive(SimpleObject)]
pub(crate) struct Rotation {
    /// What it is called.
    name: String,
    /// Who takes turns, in order, as far as you may see them.
    members: Vec<Person>,
    /// The day on which the first of them begins.
    first_day: Date,
    /// The time of day of each handover.
    handover: Time,
    /// How long a turn is, in days.
    turn_days: u16,
    /// When somebody is on call at all; around the clock when empty.
    hours: Vec<DutyHours>,
}

/// Hours of some days of the week.
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "DutyHoursInput")]
pub(crate) struct DutyHours {
    /// The days on which they begin.
    days: Vec<Weekday>,
    /// When they begin.
    from: Time,
    /// When they end: on the next day unless this is later in the day than `from`.
    to: Time,
}

/// A day on which others are on call.
#[derive(SimpleObject)]
pub(crate) struct Holiday {
    /// The day, from midnight to midnight.
    date: Date,
    /// What it is called.
    name: String,
    /// The rotation that it is for; all of them when null.
    rotation: Option<String>,
    /// Who is on call instead, as far as you may see them.
    members: Vec<Person>,
}

/// That somebody stands in for somebody, comes in addition, or is not on call for a while.
#[derive(SimpleObject)]
pub(crate) struct DutyOverride {
    /// Its id.
    id: ID,
    /// Since when.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// The rotation or calendar that it is for; all of them when null.
    rotation: Option<String>,
    /// Who is not on call in that time; null when nobody is out, or when you may not see them.
    person_out: Option<Person>,
    /// Who is on call instead or in addition; null when nobody is, or when you may not see them.
    person_in: Option<Person>,
    /// Why.
    reason: String,
    /// Who said so.
    by: String,
}

/// Shifts from a calendar that is kept elsewhere.
#[derive(SimpleObject)]
pub(crate) struct ImportedCalendar {
    /// What it is called.
    name: String,
    /// How many shifts came.
    shifts: usize,
    /// When.
    imported_at: Timestamp,
}

/// How duty goes round.
#[derive(InputObject)]
pub(crate) struct SchedulePlanInput {
    /// What the schedule is called, once in the organization.
    name: String,
    /// The IANA name of the time zone in which its times are read, such as `America/New_York`.
    time_zone: String,
    /// Those who take turns.
    rotations: Vec<RotationInput>,
    /// Days on which others are on call.
    #[graphql(default)]
    holidays: Vec<HolidayInput>,
}

/// Persons who take turns.
#[derive(InputObject)]
pub(crate) struct RotationInput {
    /// What it is called, once in the schedule.
    name: String,
    /// Who takes turns, in order.
    members: Vec<ID>,
    /// The day on which the first of them begins.
    first_day: Date,
    /// The time of day of each handover, such as `08:00:00`.
    handover: Time,
    /// How long a turn is, in days; 7 is a week.
    turn_days: u16,
    /// When somebody is on call at all; around the clock when empty.
    #[graphql(default)]
    hours: Vec<DutyHours>,
}

/// A day on which others are on call.
#[derive(InputObject)]
pub(crate) struct HolidayInput {
    /// The day, from midnight to midnight.
    date: Date,
    /// What it is called.
    name: String,
    /// The rotation that it is for; all of them when null.
    rotation: Option<String>,
    /// Who is on call instead, all of them together.
    members: Vec<ID>,
}

impl Row for Schedule {}

#[Object]
impl Schedule {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.0.id())
    }

    /// What it is called.
    async fn name(&self) -> &str {
        self.0.name()
    }

    /// Whose it is.
    async fn organization(&self) -> Option<Organization> {
        self.0.organization().map(Organization)
    }

    /// The IANA name of the time zone in which its times are read.
    async fn time_zone(&self) -> &str {
        self.0.time_zone()
    }

    /// Whether it was ended; null when that is withheld.
    async fn ended(&self) -> Option<bool> {
        self.0.is_ended()
    }

    /// Those who take turns.
    async fn rotations(&self) -> Vec<Rotation> {
        let kept = self.0.kept().into_iter().flat_map(|kept| &kept.plan.rotations);
        let rotation = |rotation: &schedule::Rotation| Rotation {
            name: rotation.name.clone(),
            members: persons(self.0.view(), &rotation.members),
            first_day: rotation.first.date(),
            handover: rotation.first.time(),
            turn_days: rotation.turn_days,
            hours: rotation.hours.iter().map(DutyHours::of).collect(),
        };
        kept.map(rotation).collect()
    }

    /// Days on which others are on call, in order.
    async fn holidays(&self) -> Vec<Holiday> {
        let kept = self.0.kept().into_iter().flat_map(|kept| &kept.plan.holidays);
        let holiday = |holiday: &schedule::Holiday| Holiday {
            date: holiday.date,
            name: holiday.name.clone(),
            rotation: holiday.rotation.clone(),
            members: persons(self.0.view(), &holiday.members),
        };
        kept.map(holiday).collect()
    }

    /// Who stands in for whom, in the order in which it was said; those of the last months.
    async fn overrides(&self) -> Vec<DutyOverride> {
        let kept = self.0.kept().into_iter().flat_map(|kept| &kept.overrides);
        let person = |of: Option<Id<person::Person>>| self.0.view().person(of?).map(Person);
        let stand_in = |each: &schedule::Override| DutyOverride {
            id: id(each.id),
            from: each.from,
            to: each.to,
            rotation: each.rotation.clone(),
            person_out: person(each.person_out),
            person_in: person(each.person_in),
            reason: each.reason.clone(),
            by: each.by.clone(),
        };
        kept.map(stand_in).collect()
    }

    /// Calendars that are kept elsewhere and were imported.
    async fn calendars(&self) -> Vec<ImportedCalendar> {
        let kept = self.0.kept().into_iter().flat_map(|kept| &kept.calendars);
        let calendar = |calendar: &std::sync::Arc<schedule::Calendar>| ImportedCalendar {
            name: calendar.name.clone(),
            shifts: calendar.shifts.len(),
            imported_at: calendar.imported_at,
        };
        kept.map(calendar).collect()
    }

    /// Who is on call at a moment.
    async fn on_call(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The moment; now when null.")] at: Option<Timestamp>,
    ) -> Vec<Duty> {
        let at = at.unwrap_or_else(|| Asked::from(context).hub.clock().now());
        self.0.on_call(at).into_iter().map(|duty| self.duty(duty)).collect()
    }

    /// Who is on call between two moments, at most 93 days apart, in order of time. What reaches
    /// beyond them is given whole.
    async fn shifts(&self, from: Timestamp, to: Timestamp) -> Result<Vec<Duty>> {
        let shifts = self.within(from, to)?;
        Ok(shifts.into_iter().map(|duty| self.duty(duty)).collect())
    }

    /// The same as a calendar (iCalendar, RFC 5545), with names only of those whom you may see. A
    /// shift keeps its id, so that a calendar that follows it changes entries instead of adding more.
    async fn ical(&self, from: Timestamp, to: Timestamp) -> Result<String> {
        let shifts: Vec<_> =
            self.within(from, to)?.into_iter().map(|duty| self.entry(&duty)).collect();
        let stamped = self.0.view().at_time();
        Ok(muster_ical::write(&Outgoing { name: self.0.name(), stamped, shifts: &shifts }))
    }
}

impl Schedule {
    fn duty(&self, duty: OnCall) -> Duty {
        Duty {
            person: self.0.view().person(duty.person).map(Person),
            rotation: duty.rotation,
            why: duty.why.into(),
            from: duty.from,
            until: duty.until,
        }
    }

    fn within(&self, from: Timestamp, to: Timestamp) -> Result<Vec<OnCall>> {
        let longest = SignedDuration::from_hours(SHIFT_DAYS_MAX * 24);
        if from >= to || to.duration_since(from) > longest {
            let says = format!("`to` must be after `from`, by at most {SHIFT_DAYS_MAX} days");
            return Err(fault("TIME_OUT_OF_RANGE", says));
        }
        Ok(self.0.shifts(from, to))
    }

    fn entry(&self, duty: &OnCall) -> Shift {
        let person = self.0.view().person(duty.person);
        let name = person.map_or_else(|| "somebody".to_owned(), |person| person.name().to_owned());
        let rotation = duty.rotation.as_deref();
        Shift {
            from: duty.from,
            to: duty.until,
            uid: uid(self.0.id(), duty),
            summary: rotation
                .map_or_else(|| name.clone(), |rotation| format!("{name} ({rotation})")),
            attendees: Vec::new(),
            all_day: false,
        }
    }
}

/// A shift is the same as long as who, when and in what place of the schedule are.
fn uid(schedule: Id<schedule::Schedule>, duty: &OnCall) -> String {
    let rotation = duty.rotation.as_deref().unwrap_or_default();
    let place = hex::encode(rotation);
    format!("{schedule}-{}-{place}-{}@muster", duty.from.as_second(), duty.person)
}

impl DutyHours {
    fn of(hours: &schedule::Hours) -> Self {
        let days = hours.days.iter().map(|day| (*day).into()).collect();
        Self { days, from: hours.from, to: hours.to }
    }
}

impl SchedulePlanInput {
    /// The plan that was asked for.
    pub(in crate::graphql) fn plan(self) -> Result<schedule::Plan> {
        let rotation = |input: RotationInput| {
            let hours = |hours: DutyHours| schedule::Hours {
                days: hours.days.into_iter().map(Into::into).collect(),
                from: hours.from,
                to: hours.to,
            };
            Ok(schedule::Rotation {
                name: input.name,
                members: parse_ids("rotations.members", &input.members)?,
                first: input.first_day.to_datetime(input.handover),
                turn_days: input.turn_days,
                hours: input.hours.into_iter().map(hours).collect(),
            })
        };
        let holiday = |input: HolidayInput| {
            Ok(schedule::Holiday {
                date: input.date,
                name: input.name,
                rotation: input.rotation,
                members: parse_ids("holidays.members", &input.members)?,
            })
        };
        Ok(schedule::Plan {
            name: self.name,
            time_zone: self.time_zone,
            rotations: self.rotations.into_iter().map(rotation).collect::<Result<_>>()?,
            holidays: self.holidays.into_iter().map(holiday).collect::<Result<_>>()?,
        })
    }
}

/// Reads ids of persons.
pub(in crate::graphql) fn parse_ids(field: &str, ids: &[ID]) -> Result<Vec<Id<person::Person>>> {
    ids.iter().map(|id| parse_id(field, id)).collect()
}

fn persons(view: &View, ids: &[Id<person::Person>]) -> Vec<Person> {
    ids.iter().filter_map(|id| view.person(*id)).map(Person).collect()
}

/// Texts without those that came before.
pub(in crate::graphql) fn distinct(
    texts: impl Iterator<Item = String>,
    most: usize,
) -> Vec<String> {
    texts.collect::<BTreeSet<_>>().into_iter().take(most).collect()
}
