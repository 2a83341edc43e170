//! Calendars that are kept elsewhere, read into on-call schedules.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use muster_ical::{Calendar, Window};

use super::{Outcome, Refusal, Shown as _, carry_out, refused};
use crate::domain::{Id, person, schedule};
use crate::graphql::asked::{Asked, parse_id};
use crate::graphql::fault::fault;
use crate::graphql::scalars::Sequence;
use crate::graphql::types::schedule::{Schedule, distinct};

/// Names that are told of those whose shifts belong to nobody.
const UNMATCHED_MAX: usize = 200;
/// Days that are imported at once.
const DAYS_MAX: i64 = 400;
/// Pairs of a name and a person.
const MATCHES_MAX: usize = 1_000;

/// Which calendar comes into which schedule.
#[derive(InputObject)]
pub(crate) struct ImportCalendarInput {
    /// Repeating the request with the same key has the effect of one.
    idempotency_key: Option<String>,
    /// The schedule.
    schedule: ID,
    /// What the calendar is called there. Under the same name it takes the place of the one before.
    name: String,
    /// The file as text (iCalendar, RFC 5545), as a calendar program exports it.
    file: String,
    /// Shifts are taken since then,
    from: Timestamp,
    /// and until then, at most 400 days later.
    to: Timestamp,
    /// Whose shifts are whose.
    people: Vec<PersonInCalendarInput>,
}

/// Who somebody in a calendar is.
#[derive(InputObject)]
pub(crate) struct PersonInCalendarInput {
    /// What an event of theirs is called, or their name or mailbox as somebody who takes part in it:
    /// the whole of it, in whichever case.
    text: String,
    /// The person.
    person: ID,
}

/// What came of it.
#[derive(SimpleObject)]
pub(crate) struct ImportCalendarPayload {
    /// The schedule as it is now; null when the import was refused, or when you may not see it.
    schedule: Option<Schedule>,
    /// How many shifts came in.
    imported: usize,
    /// What the events are called whose shifts belong to nobody, and which were left out: give
    /// these in `people` to have them.
    unmatched: Vec<String>,
    /// What in the file could not be followed.
    warnings: Vec<CalendarWarning>,
    /// Why nothing was changed; null when it was carried out.
    refusal: Option<Refusal>,
    /// Where your picture stands after it, or stood when it was refused.
    sequence: Sequence,
}

/// What in a calendar could not be followed.
#[derive(SimpleObject)]
pub(crate) struct CalendarWarning {
    /// The line of the file, counted from 1.
    line: usize,
    /// What it was and what was done about it.
    says: String,
}

#[derive(Default)]
pub(super) struct CalendarMutations;

#[Object]
impl CalendarMutations {
    /// Reads a calendar that is kept elsewhere into an on-call schedule: events that recur are
    /// expanded, times without a time zone are read in that of the schedule.
    async fn import_calendar(
        &self,
        context: &Context<'_>,
        input: ImportCalendarInput,
    ) -> Result<Option<ImportCalendarPayload>> {
        let schedule: Id<schedule::Schedule> = parse_id("schedule", &input.schedule)?;
        let people = people(&input.people)?;
        let Some(seen) = Asked::from(context).view.schedule(schedule) else {
            let unknown = schedule::Refused::Unknown(schedule).into();
            return Ok(Some(payload(refused(context, &unknown), 0, Vec::new(), Vec::new())));
        };
        let home = seen.kept().map_or(TimeZone::UTC, |kept| kept.plan.zone());
        let window = window(input.from, input.to)?;
        let calendar = muster_ical::read(input.file.as_bytes(), window, &home)
            .map_err(|error| fault("CALENDAR_UNREADABLE", error.to_string()))?;
        let (shifts, unmatched) = matched(&calendar, &people);
        let imported = shifts.len();
        let command = schedule::ImportCalendar { schedule, name: input.name, shifts };
        let outcome = carry_out(context, command, input.idempotency_key).await?;
        let warning = |w: muster_ical::Warning| CalendarWarning { line: w.line, says: w.says };
        let warnings = calendar.warnings.into_iter().map(warning).collect();
        Ok(Some(payload(outcome, imported, unmatched, warnings)))
    }
}

fn window(from: Timestamp, to: Timestamp) -> Result<Window> {
    if from >= to || to.duration_since(from) > SignedDuration::from_hours(DAYS_MAX * 24) {
        let says = format!("`to` must be after `from`, by at most {DAYS_MAX} days");
        return Err(fault("TIME_OUT_OF_RANGE", says));
    }
    Ok(Window { from, to })
}

fn people(people: &[PersonInCalendarInput]) -> Result<BTreeMap<String, Id<person::Person>>> {
    if people.len() > MATCHES_MAX {
        let says = format!("`people` has {} entries and may have {MATCHES_MAX}", people.len());
        return Err(fault("TOO_MANY_PEOPLE", says));
    }
    let pair = |entry: &PersonInCalendarInput| {
        Ok((entry.text.trim().to_lowercase(), parse_id("people.person", &entry.person)?))
    };
    people.iter().map(pair).collect()
}

/// The shifts of those who are known, and what the other events are called. An event of several
/// people is a shift of each of them.
fn matched(
    calendar: &Calendar,
    people: &BTreeMap<String, Id<person::Person>>,
) -> (Vec<schedule::Shift>, Vec<String>) {
    let find = |text: &str| people.get(&text.trim().to_lowercase()).copied();
    let mut shifts = Vec::new();
    let mut unmatched = Vec::new();
    for event in &calendar.shifts {
        let by_attendee = event.attendees.iter().filter_map(|attendee| {
            find(&attendee.address).or_else(|| find(attendee.name.as_deref()?))
        });
        let mut whose: Vec<_> = find(&event.summary).into_iter().chain(by_attendee).collect();
        whose.sort_unstable();
        whose.dedup();
        if whose.is_empty() {
            unmatched.push(event.summary.clone());
        }
        let shift = |person| schedule::Shift { from: event.from, to: event.to, person };
        shifts.extend(whose.into_iter().map(shift));
    }
    (shifts, distinct(unmatched.into_iter(), UNMATCHED_MAX))
}

fn payload(
    outcome: Outcome,
    imported: usize,
    unmatched: Vec<String>,
    warnings: Vec<CalendarWarning>,
) -> ImportCalendarPayload {
    match outcome {
        Outcome::Done { view, subject, sequence } => {
            let schedule = Schedule::shown(&view, subject);
            let refusal = None;
            ImportCalendarPayload { schedule, imported, unmatched, warnings, refusal, sequence }
        }
        Outcome::Refused { refusal, sequence } => ImportCalendarPayload {
            schedule: None,
            imported: 0,
            unmatched,
            warnings,
            refusal: Some(refusal),
            sequence,
        },
    }
}
