//! Operational periods come and go: planned, started, adjusted, ended.
//!
//! They are contiguous: the next one begins when the one before ends, whichever of the two moves.
//! Only when an incident was closed in between is there a gap.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::meetings::Meeting;
use super::{Medical, Period, Refused, Safety, Situation, State, touched};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{
    PERIOD_AHEAD_DAYS_MAX, PERIOD_HOURS_MAX, PERIOD_HOURS_MIN, PERIODS_MAX,
};
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::sentence::{minute, sentence};
use crate::domain::world::World;

/// Plans the next operational period of an incident.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The incident.
    pub incident: Id<Incident>,
    /// When it begins: the end of the current one, or now for the first.
    pub start: Option<Timestamp>,
    /// When it ends.
    pub end: Timestamp,
}

/// Starts a period before its time: the one before ends at this moment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// The period.
    pub period: Id<Period>,
}

/// Starts a period whose time has come; the hub's clock asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct StartDue {
    /// The period.
    pub period: Id<Period>,
}

/// Moves the start of a period that follows no other, or the end of one that is not over. The next
/// one moves with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Adjust {
    /// The period.
    pub period: Id<Period>,
    /// When it begins; as it was when absent.
    pub start: Option<Timestamp>,
    /// When it ends; as it was when absent.
    pub end: Option<Timestamp>,
}

/// A period was planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    /// The new period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// Its number.
    pub number: u32,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// The meetings of its planning.
    pub meetings: Vec<Meeting>,
    /// The period whose open objectives, channels and medical plan it takes over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id<Period>>,
}

/// A period started, and the one before ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// When.
    pub start: Timestamp,
    /// The one that ended by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Id<Period>>,
}

/// The times of a period changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adjusted {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// The one that begins with its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Id<Period>>,
}

/// A period ended, or was called off, because its incident was closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// Whether it had not started.
    pub called_off: bool,
}

impl Decide for Plan {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let incident = world.open_incident(self.incident)?;
        let last = world.periods_of(self.incident).next_back();
        let number = last.map_or(0, |period| period.number) + 1;
        if number as usize > PERIODS_MAX {
            return Err(Refused::TooMany { count: PERIODS_MAX }.into());
        }
        if let Some(draft) = world.draft_period(self.incident) {
            return Err(Refused::Planned { number: draft.number }.into());
        }
        let current = world.current_period(self.incident);
        let start = match current {
            Some(current) => {
                let Period { number, end, .. } = **current;
                if self.start.is_some_and(|start| start != end) {
                    return Err(Refused::NotContiguous { number, end }.into());
                }
                end
            }
            None => free_start(world, self.incident, self.start.unwrap_or(context.now), context)?,
        };
        check_times(number, start, self.end, context.now)?;
        let period = context.ids.next();
        let first = current.is_none();
        let template = world.meeting_template(incident.owner());
        let meetings = template.scheduled(start, context.now, first);
        // What was prepared goes on, also over a time in which the incident was closed.
        let mut before = world.periods_of(self.incident).rev();
        let after = before.find(|period| period.state != State::CalledOff).map(|before| before.id);
        let incident = self.incident;
        let event = Planned { period, incident, number, start, end: self.end, meetings, after };
        Ok(Decision::one(RecordRef::Period(period), event))
    }
}

impl Decide for Start {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let subject = RecordRef::Period(self.period);
        if period.state == State::Current {
            return Ok(Decision::unchanged(subject));
        }
        // Late is as late as it was planned for; early is now.
        let start = period.start.min(context.now);
        let current = world.current_period(period.incident);
        if let Some(current) = current.filter(|_| start < period.start) {
            check_length(current.number, current.start, start)?;
        }
        check_length(period.number, start, period.end)?;
        Ok(Decision::one(subject, started(world, period, start)))
    }
}

impl Decide for StartDue {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.known_period(self.period)?;
        let subject = RecordRef::Period(self.period);
        if period.state != State::Draft || context.now < period.start {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, started(world, period, period.start)))
    }
}

impl Decide for Adjust {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let Period { number, incident, .. } = **period;
        let start = self.start.unwrap_or(period.start);
        let end = self.end.unwrap_or(period.end);
        let subject = RecordRef::Period(self.period);
        if (start, end) == (period.start, period.end) {
            return Ok(Decision::unchanged(subject));
        }
        let current = world.current_period(incident);
        if start != period.start {
            match current {
                Some(current) if current.id == period.id => {
                    return Err(Refused::HasStarted { number }.into());
                }
                Some(current) => {
                    let Period { number, end, .. } = **current;
                    return Err(Refused::NotContiguous { number, end }.into());
                }
                None => drop(free_start(world, incident, start, context)?),
            }
        }
        check_times(number, start, end, context.now)?;
        let draft = world.draft_period(incident).filter(|draft| draft.id != period.id);
        if let Some(draft) = draft {
            check_length(draft.number, end, draft.end)?;
        }
        let next = draft.map(|draft| draft.id);
        Ok(Decision::one(subject, Adjusted { period: self.period, incident, start, end, next }))
    }
}

/// A start that follows no running period: not before the end of the last one, nor too far away.
fn free_start(
    world: &World,
    incident: Id<Incident>,
    start: Timestamp,
    context: &Context<'_>,
) -> Result<Timestamp, Refused> {
    let over = world.periods_of(incident).rev().find(|period| period.state == State::Over);
    if let Some(over) = over.filter(|over| start < over.end) {
        return Err(Refused::Overlapping { number: over.number, end: over.end });
    }
    if start.duration_since(context.now) > SignedDuration::from_hours(24 * PERIOD_AHEAD_DAYS_MAX) {
        return Err(Refused::TooFar { days_max: PERIOD_AHEAD_DAYS_MAX });
    }
    Ok(start)
}

fn check_times(
    number: u32,
    start: Timestamp,
    end: Timestamp,
    now: Timestamp,
) -> Result<(), Refused> {
    if end <= now {
        return Err(Refused::EndPast { number, end });
    }
    check_length(number, start, end)
}

fn check_length(number: u32, start: Timestamp, end: Timestamp) -> Result<(), Refused> {
    let length = end.duration_since(start);
    let hours = SignedDuration::from_hours;
    if length < hours(PERIOD_HOURS_MIN) || length > hours(PERIOD_HOURS_MAX) {
        return Err(Refused::Length {
            number,
            minutes: length.as_mins().max(0),
            hours_min: PERIOD_HOURS_MIN,
            hours_max: PERIOD_HOURS_MAX,
        });
    }
    Ok(())
}

fn started(world: &World, period: &Period, start: Timestamp) -> Started {
    let Period { id, incident, .. } = *period;
    let ends = world.current_period(incident).map(|current| current.id);
    Started { period: id, incident, start, ends }
}

impl Ended {
    /// What becomes of the periods of an incident that is closed.
    pub(in crate::domain) fn with_incident(
        world: &World,
        incident: Id<Incident>,
    ) -> impl Iterator<Item = Self> {
        let open = world.periods_of(incident).filter(|period| period.is_open());
        open.map(move |period| Self {
            period: period.id,
            incident,
            called_off: period.state == State::Draft,
        })
    }
}

impl Apply for Planned {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let before = self.after.and_then(|after| world.period(after)).cloned();
        let open = before.iter().flat_map(|before| &before.objectives);
        let period = Period {
            id: self.period,
            incident: self.incident,
            number: self.number,
            state: State::Draft,
            start: self.start,
            end: self.end,
            objectives: open.filter(|objective| objective.closed.is_none()).cloned().collect(),
            situation: Situation::default(),
            meetings: self.meetings.clone(),
            assignments: Vec::new(),
            communications: before.as_ref().map(|b| b.communications.clone()).unwrap_or_default(),
            medical: before.as_ref().map_or_else(Medical::default, |b| b.medical.clone()),
            safety: Safety::default(),
            needs: Vec::new(),
            summary: None,
            plan: Vec::new(),
            revision: Revision::new(stamp),
        };
        world.timers.extend(period.timer());
        world.insert_period(Arc::new(period));
        world.change_incident(self.incident, stamp);
        let said = sentence!(
            "PERIOD_PLANNED",
            "operational period {number} planned, from {start} to {end}",
            number = self.number,
            start = minute(self.start),
            end = minute(self.end),
        );
        world.chronicle(self.incident, stamp, said, &[RecordRef::Period(self.period)]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.period, self.incident)
    }
}

impl Apply for Started {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        if let Some(ends) = self.ends {
            world.reset_period(ends, stamp, |period| {
                period.state = State::Over;
                period.end = self.start;
            });
        }
        world.reset_period(self.period, stamp, |period| {
            period.state = State::Current;
            period.start = self.start;
        });
        let Some(number) = world.period(self.period).map(|period| period.number) else { return };
        let said = sentence!("PERIOD_BEGAN", "operational period {number} began", number = number);
        world.chronicle(self.incident, stamp, said, &[RecordRef::Period(self.period)]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        let ended = self.ends.map(RecordRef::Period);
        touched(self.period, self.incident).into_iter().chain(ended).collect()
    }
}

impl Apply for Adjusted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.reset_period(self.period, stamp, |period| {
            period.end = self.end;
            period.move_start(self.start);
        });
        if let Some(next) = self.next {
            world.reset_period(next, stamp, |period| period.move_start(self.end));
        }
        let Some(number) = world.period(self.period).map(|period| period.number) else { return };
        let said = sentence!(
            "PERIOD_ADJUSTED",
            "operational period {number} adjusted: from {start} to {end}",
            number = number,
            start = minute(self.start),
            end = minute(self.end),
        );
        world.chronicle(self.incident, stamp, said, &[RecordRef::Period(self.period)]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        let next = self.next.map(RecordRef::Period);
        touched(self.period, self.incident).into_iter().chain(next).collect()
    }
}

impl Apply for Ended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.reset_period(self.period, stamp, |period| {
            period.state = if self.called_off { State::CalledOff } else { State::Over };
            if !self.called_off {
                // One that was started early for a later time ends no sooner than it began.
                period.end = stamp.at.max(period.start);
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.period, self.incident)
    }
}

impl Period {
    /// Begins at another time; the meetings that were not held move with it.
    fn move_start(&mut self, start: Timestamp) {
        self.start = start;
        for meeting in self.meetings.iter_mut().filter(|meeting| meeting.held.is_none()) {
            meeting.due = meeting.slot.due(start);
        }
        self.meetings.sort_by_key(|meeting| meeting.due);
    }
}
