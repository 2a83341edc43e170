//! The parts of an incident action plan.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use jiff::Timestamp;

use super::resource::Resource;
use crate::domain::period::{self, meetings, objectives};
use crate::graphql::asked::id;
use crate::sharing::View;

/// Where an operational period stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "period::State")]
pub(crate) enum PeriodState {
    /// It is being planned.
    Draft,
    /// It runs. It goes on past its end while no next one has started.
    Current,
    /// The next one has started, or the incident was closed.
    Over,
    /// The incident was closed before it started.
    CalledOff,
}

/// What an objective serves, the most urgent first (NIMS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "period::Priority")]
pub(crate) enum ObjectivePriority {
    /// The lives of the public and of responders.
    LifeSafety,
    /// That it does not get worse.
    IncidentStabilization,
    /// Property and the environment.
    PropertyAndEnvironment,
}

/// What became of an objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "period::Outcome")]
pub(crate) enum ObjectiveOutcome {
    /// It was reached.
    Met,
    /// It is no longer pursued.
    Dropped,
}

/// A step of the Planning P that people come together for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "period::MeetingKind")]
pub(crate) enum MeetingKind {
    /// The agency administrator briefs the commanders (delegation of authority, constraints).
    AdministratorBriefing,
    /// The initial commander briefs the incoming one and the staff (201).
    IncidentBriefing,
    /// The commanders agree on priorities, on who joins, on the period's length.
    InitialUnifiedCommand,
    /// Objectives are set or brought up to date (202).
    Objectives,
    /// Strategy, tasks, open actions.
    CommandAndGeneralStaff,
    /// Tactics are drafted (215, 215A).
    PreparingTactics,
    /// Tactics are agreed on, needs found (215, 215A).
    Tactics,
    /// Gaps are ordered (213RR).
    PreparingPlanning,
    /// Each section confirms its support.
    Planning,
    /// The plan is put together and signed (202 to 208).
    PlanApproval,
    /// Supervisors are briefed on their assignments (204).
    OperationsBriefing,
}

/// What is to be reached (ICS 202, block 3).
#[derive(SimpleObject)]
pub(crate) struct Objective {
    /// Its id, which it keeps in later periods.
    id: ID,
    /// What it serves.
    priority: ObjectivePriority,
    /// What is to be reached, in a sentence.
    text: String,
    /// By what one will know that it is reached.
    measure: String,
    /// Until when; by the end of the period when null.
    deadline: Option<Timestamp>,
    /// That it was met or dropped; null while it is open.
    closed: Option<ObjectiveClosing>,
}

/// That an objective was met or dropped.
#[derive(SimpleObject)]
pub(crate) struct ObjectiveClosing {
    /// Which of the two.
    outcome: ObjectiveOutcome,
    /// Why, or how it was met.
    reason: String,
    /// Who said so.
    by: String,
    /// When.
    at: Timestamp,
}

/// What command stresses, and what everybody should know (ICS 202, blocks 4 and 5).
#[derive(SimpleObject)]
pub(crate) struct Situation {
    /// What command stresses.
    emphasis: Option<String>,
    /// General situational awareness: weather, public mood, what changed.
    awareness: Option<String>,
    /// Where the site safety plan is; null when none is required.
    site_safety_plan: Option<String>,
}

/// A meeting of the planning of a period.
#[derive(SimpleObject)]
pub(crate) struct Meeting {
    /// Which one.
    meeting: MeetingKind,
    /// What people call it.
    name: &'static str,
    /// Who leads it, by position.
    leads: &'static str,
    /// Who comes, by position.
    attendees: Vec<&'static str>,
    /// When it is due.
    due: Timestamp,
    /// That it was held; null while it was not.
    held: Option<MeetingHeld>,
}

/// That a meeting was held.
#[derive(SimpleObject)]
pub(crate) struct MeetingHeld {
    /// Who says so.
    by: String,
    /// When.
    at: Timestamp,
    /// What came of it.
    outcome: String,
}

/// How long before the start of a period a meeting is held.
#[derive(SimpleObject)]
pub(crate) struct MeetingSlot {
    /// Which meeting.
    meeting: MeetingKind,
    /// How long before, in minutes.
    minutes_before: u32,
}

/// What is done in a division, group or staging area, and by whom (ICS 204).
#[derive(SimpleObject)]
pub(crate) struct WorkAssignment {
    /// Its id.
    id: ID,
    /// SHA-256 of it, hexadecimal: who changes it says with it what they read.
    digest: String,
    /// What people call the place, such as `Division A`.
    place: String,
    /// The id of its post in the command structure, where it has one that you may see.
    post: Option<ID>,
    /// Who supervises it, and how they are reached.
    supervisor: Option<String>,
    /// The resources that do it, as far as you see them.
    resources: Vec<Resource>,
    /// Where resources report, with what equipment.
    reporting: Option<String>,
    /// What is to be done.
    tasks: String,
    /// What to look out for.
    special_instructions: Option<String>,
    /// The channels, by their names in the communications plan.
    channels: Vec<String>,
}

/// A hazard and what is done against it (ICS 215A).
#[derive(SimpleObject, InputObject)]
#[graphql(input_name = "HazardInput")]
pub(crate) struct Hazard {
    /// The area or assignment.
    area: String,
    /// What can happen.
    hazard: String,
    /// What is done against it.
    mitigation: String,
}

impl Objective {
    pub(super) fn of(objective: &objectives::Objective) -> Self {
        let closed = objective.closed.as_ref().map(|closed| ObjectiveClosing {
            outcome: closed.outcome.into(),
            reason: closed.reason.clone(),
            by: closed.by.clone(),
            at: closed.at,
        });
        Self {
            id: id(objective.id),
            priority: objective.priority.into(),
            text: objective.text.clone(),
            measure: objective.measure.clone(),
            deadline: objective.deadline,
            closed,
        }
    }
}

impl Situation {
    pub(super) fn of(situation: &period::Situation) -> Self {
        let period::Situation { emphasis, awareness, site_safety_plan } = situation.clone();
        Self { emphasis, awareness, site_safety_plan }
    }
}

impl Meeting {
    pub(super) fn of(meeting: &meetings::Meeting) -> Self {
        let kind = meeting.slot.meeting;
        let held = meeting.held.as_ref().map(|held| MeetingHeld {
            by: held.by.clone(),
            at: held.at,
            outcome: held.outcome.clone(),
        });
        Self {
            meeting: kind.into(),
            name: kind.name(),
            leads: kind.leads(),
            attendees: kind.attendees().to_vec(),
            due: meeting.due,
            held,
        }
    }
}

impl MeetingSlot {
    pub(super) fn of(slot: period::Slot) -> Self {
        Self { meeting: slot.meeting.into(), minutes_before: slot.minutes_before }
    }
}

impl WorkAssignment {
    pub(super) fn of(view: &View, assignment: &period::Assignment) -> Self {
        let work = assignment.work.clone();
        Self {
            id: id(assignment.id),
            digest: period::digest_of(assignment),
            place: work.place.name,
            post: work.place.post.filter(|post| view.post(*post).is_some()).map(id),
            supervisor: work.supervisor,
            resources: work
                .resources
                .iter()
                .filter_map(|r| view.resource(*r))
                .map(Resource)
                .collect(),
            reporting: work.reporting,
            tasks: work.tasks,
            special_instructions: work.special_instructions,
            channels: work.channels,
        }
    }
}

impl From<period::Hazard> for Hazard {
    fn from(of: period::Hazard) -> Self {
        let period::Hazard { area, hazard, mitigation } = of;
        Self { area, hazard, mitigation }
    }
}

impl From<Hazard> for period::Hazard {
    fn from(of: Hazard) -> Self {
        let Hazard { area, hazard, mitigation } = of;
        Self { area, hazard, mitigation }
    }
}
