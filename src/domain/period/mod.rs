//! The planning cycle: operational periods, and what is planned for each (NIMS, the Planning P).
//!
//! An incident is worked on in operational periods. They follow each other without a gap, one of
//! them is current, and the next may be drafted while it runs. A period holds all that its
//! incident action plan is made of, so that each ICS form is a query over it.
//!
//! Example: at 06:00 the Mill Street fire goes into its second period. During the first, at 22:00,
//! the objectives were set; at 00:00 was the tactics meeting; at 02:00 the work assignments of
//! Divisions A and B were written. At 04:00 revision 1 of the plan was drafted, and both unified
//! commanders signed it. At 05:30 Division B got another engine: the plan as it stands is no longer
//! the one that was signed, so revision 2 is drafted and signed again. Until then revision 1 is in
//! force.
//!
//! ```text
//!                 Plan                Start, or its time                 the next one starts,
//!   (nothing) ─────────> draft ──────────────────────────> current ────> over   or the incident
//!                          │                                                    is closed
//!                          └──> called off, when the incident is closed
//! ```
//!
//! - [`life`]: planned, started, adjusted, ended
//! - [`meetings`]: the meetings of the Planning P, scheduled backward from the start
//! - [`objectives`]: what is to be reached (ICS 202)
//! - [`assignments`]: who does what where (ICS 204)
//! - [`sections`]: emphasis, communications, medical, safety, needs (ICS 202, 205, 206, 208, 215)
//! - [`summary`], [`outlook`]: what is reported of the incident (ICS 209)
//! - [`plan`]: revisions of the incident action plan and their signatures
//! - [`checks`]: what watchdogs ask of it
//!
//! # From forms to fields
#![doc = include_str!("forms.md")]

pub mod assignments;
pub mod checks;
pub mod life;
pub mod meetings;
pub mod objectives;
mod ordered;
pub mod outlook;
pub mod over;
pub mod plan;
pub mod refused;
pub mod sections;
pub mod summary;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Stamp;
use super::ids::Id;
use super::incident::Incident;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::timer::{Due, Timer};
use super::world::World;

pub use assignments::{AssignWork, Assignment, DropWork, Place, WorkAssigned, WorkDropped};
pub use checks::Finding;
pub use life::{Adjust, Adjusted, Ended, Plan, Planned, Start, StartDue, Started};
pub use meetings::{
    HoldMeeting, Meeting, MeetingHeld, MeetingKind, MeetingTemplate, SetMeetingTemplate, Slot,
    TemplateSet,
};
pub use objectives::{
    CloseObjective, Objective, ObjectiveClosed, ObjectiveSet, ObjectivesRanked, Outcome, Priority,
    RankObjectives, SetObjective,
};
pub use outlook::{Amount, AreaUnit, Measure, Outlook, Projection, Size};
pub use over::{Digests, digest_of};
pub use plan::{ApprovePlan, Content, DraftPlan, PlanDrafted, PlanRevision, PlanSigned};
pub use refused::Refused;
pub use sections::{
    AidStation, Channel, Communications, Hazard, Hospital, Medical, Need, RadioMode, RiskNote,
    Safety, Section, SectionWritten, Situation, Transport, WriteSection,
};
pub use summary::{Casualties, CriticalNeed, Damage, Horizon, Structures, Summary};

/// An operational period of an incident, with all that is planned for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// Its id.
    pub id: Id<Period>,
    /// The incident.
    pub incident: Id<Incident>,
    /// Its number within the incident, from 1.
    pub number: u32,
    /// Where it stands.
    pub state: State,
    /// When it begins or began: the end of the one before.
    pub start: Timestamp,
    /// When it ends; when it ended, once it is over.
    pub end: Timestamp,
    /// What is to be reached, the most urgent first.
    pub objectives: Vec<Objective>,
    /// Command emphasis and general situational awareness.
    pub situation: Situation,
    /// The meetings of its planning, in the order in which they are due.
    pub meetings: Vec<Meeting>,
    /// Who does what where.
    pub assignments: Vec<Assignment>,
    /// The radio channels, and how they are used.
    pub communications: Communications,
    /// Aid stations, transport and hospitals for responders.
    pub medical: Medical,
    /// The safety message, hazards and mitigations.
    pub safety: Safety,
    /// What the assignments need, and what there is.
    pub needs: Vec<Need>,
    /// What was reported of the incident, once it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// The revisions of its plan, oldest first.
    pub plan: Vec<PlanRevision>,
    /// When it was planned and last changed.
    pub revision: Revision,
}

/// Where a period stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is being planned.
    Draft,
    /// It runs. It goes on past its end while no next one has started.
    Current,
    /// The next one has started, or the incident was closed.
    Over,
    /// The incident was closed before it started.
    CalledOff,
}

impl Period {
    /// Whether it may still be changed.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, State::Draft | State::Current)
    }

    /// The timer that starts it, while it is a draft.
    #[must_use]
    pub const fn timer(&self) -> Option<Timer> {
        match self.state {
            State::Draft => Some(Timer { due: self.start, what: Due::PeriodStart(self.id) }),
            State::Current | State::Over | State::CalledOff => None,
        }
    }
}

impl World {
    /// The operational period with this id.
    #[must_use]
    pub fn period(&self, id: Id<Period>) -> Option<&Arc<Period>> {
        self.periods.get(&id)
    }

    /// All operational periods, oldest first.
    pub fn periods(&self) -> impl DoubleEndedIterator<Item = &Arc<Period>> {
        self.periods.values()
    }

    /// The operational periods of an incident, in their order.
    pub fn periods_of(&self, of: Id<Incident>) -> impl DoubleEndedIterator<Item = &Arc<Period>> {
        let all = self.incident_periods.range((of, 0)..=(of, u32::MAX));
        all.filter_map(|(_, period)| self.periods.get(period))
    }

    /// The operational period that runs.
    #[must_use]
    pub fn current_period(&self, of: Id<Incident>) -> Option<&Arc<Period>> {
        self.periods_of(of).rev().find(|period| period.state == State::Current)
    }

    /// The operational period that is planned next.
    #[must_use]
    pub fn draft_period(&self, of: Id<Incident>) -> Option<&Arc<Period>> {
        self.periods_of(of).next_back().filter(|period| period.state == State::Draft)
    }

    /// The period in whatever state, or the refusal that there is none.
    pub(in crate::domain) fn known_period(&self, id: Id<Period>) -> Result<&Arc<Period>, Refusal> {
        Ok(self.period(id).ok_or(Refused::Unknown(id))?)
    }

    /// The period if it may be changed: it is not over, and neither is its incident.
    pub(in crate::domain) fn open_period(&self, id: Id<Period>) -> Result<&Arc<Period>, Refusal> {
        let period = self.known_period(id)?;
        self.open_incident(period.incident)?;
        if !period.is_open() {
            return Err(Refused::Over { number: period.number }.into());
        }
        Ok(period)
    }

    /// The period for changing, marked as changed by this event, and its incident with it.
    pub(in crate::domain) fn change_period(
        &mut self,
        id: Id<Period>,
        stamp: &Stamp<'_>,
    ) -> Option<&mut Period> {
        let incident = self.periods.get(&id)?.incident;
        self.change_incident(incident, stamp);
        let period = Arc::make_mut(self.periods.get_mut(&id)?);
        period.revision.touch(stamp);
        Some(period)
    }

    /// Changes the times or the state of a period, with the timer that follows from them.
    pub(in crate::domain) fn reset_period(
        &mut self,
        id: Id<Period>,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Period),
    ) {
        let Some(before) = self.period(id).map(|period| period.timer()) else { return };
        let Some(period) = self.change_period(id, stamp) else { return };
        change(period);
        let after = period.timer();
        if let Some(before) = before {
            self.timers.remove(&before);
        }
        self.timers.extend(after);
    }

    pub(in crate::domain) fn insert_period(&mut self, period: Arc<Period>) {
        self.incident_periods.insert((period.incident, period.number), period.id);
        self.periods.insert(period.id, period);
    }
}

/// What an event about a period touches: the period and its incident.
fn touched(period: Id<Period>, incident: Id<Incident>) -> Vec<RecordRef> {
    vec![RecordRef::Period(period), RecordRef::Incident(incident)]
}
