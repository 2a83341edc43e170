//! The parts of an incident action plan.

use async_graphql::{Enum, ID, SimpleObject};
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

/// A row of the radio communications plan (ICS 205, block 4).
#[derive(SimpleObject)]
pub(crate) struct Channel {
    /// Its name or talkgroup.
    name: String,
    /// What it is for, such as `command` or `tactical`.
    function: String,
    /// Who uses it.
    assignment: Option<String>,
    /// The receive frequency with its tone or NAC.
    receive: Option<String>,
    /// The transmit frequency with its tone or NAC.
    transmit: Option<String>,
    /// Zone, channel number, mode, whatever else is to be said.
    remarks: Option<String>,
}

/// Where responders are cared for (ICS 206).
#[derive(SimpleObject)]
pub(crate) struct Medical {
    /// Aid stations.
    aid_stations: Vec<AidStation>,
    /// Ambulances and aircraft.
    transport: Vec<MedicalTransport>,
    /// Hospitals.
    hospitals: Vec<Hospital>,
    /// What to do in a medical emergency.
    procedures: Option<String>,
    /// When all of it was confirmed last; null when it never was.
    confirmed: Option<Timestamp>,
}

/// An aid station.
#[derive(SimpleObject)]
pub(crate) struct AidStation {
    /// What people call it.
    name: String,
    /// Where it is, and how it is reached.
    location: String,
    /// Whether paramedics are there.
    paramedics: bool,
}

/// An ambulance or aircraft for responders.
#[derive(SimpleObject)]
pub(crate) struct MedicalTransport {
    /// What people call it.
    name: String,
    /// Where it stands, and how it is reached.
    location: String,
    /// Whether it gives advanced life support; basic only when false.
    advanced: bool,
}

/// A hospital that takes responders.
#[derive(SimpleObject)]
pub(crate) struct Hospital {
    /// What people call it.
    name: String,
    /// Where it is, and how it is reached.
    contact: String,
    /// How long it takes by road, in minutes.
    ground_minutes: Option<u32>,
    /// How long it takes by air, in minutes.
    air_minutes: Option<u32>,
    /// Its trauma level, 1 the highest.
    trauma_level: Option<u8>,
    /// Whether it has a burn centre.
    burn_center: bool,
    /// Whether helicopters can land.
    helipad: bool,
}

/// A hazard and what is done against it (ICS 215A).
#[derive(SimpleObject)]
pub(crate) struct Hazard {
    /// The area or assignment.
    area: String,
    /// What can happen.
    hazard: String,
    /// What is done against it.
    mitigation: String,
}

/// What an assignment needs (ICS 215).
#[derive(SimpleObject)]
pub(crate) struct Need {
    /// The branch, division, group or staging area.
    place: String,
    /// The kind of resource, such as `engine`.
    kind: String,
    /// The type wanted; 1 is the most capable.
    #[graphql(name = "type")]
    level: Option<u8>,
    /// How many are required.
    required: u32,
    /// How many there are.
    have: u32,
    /// How many are lacking.
    need: u32,
    /// Where they report.
    reporting: Option<String>,
    /// When they should be there.
    arrival: Option<Timestamp>,
    /// The number of the request by which the rest was ordered (213RR).
    request: Option<String>,
    /// That going without is accepted: why, and what is done instead.
    risk_accepted: Option<String>,
    /// Who accepted that.
    risk_accepted_by: Option<String>,
    /// Since when it stands there.
    since: Timestamp,
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

impl Channel {
    pub(super) fn of(channel: &period::Channel) -> Self {
        let period::Channel { name, function, assignment, receive, transmit, remarks } =
            channel.clone();
        Self { name, function, assignment, receive, transmit, remarks }
    }
}

impl Medical {
    pub(super) fn of(medical: &period::Medical) -> Self {
        let station = |row: &period::AidStation| AidStation {
            name: row.name.clone(),
            location: row.location.clone(),
            paramedics: row.paramedics,
        };
        let transport = |row: &period::Transport| MedicalTransport {
            name: row.name.clone(),
            location: row.location.clone(),
            advanced: row.advanced,
        };
        let hospital = |row: &period::Hospital| Hospital {
            name: row.name.clone(),
            contact: row.contact.clone(),
            ground_minutes: row.ground_minutes,
            air_minutes: row.air_minutes,
            trauma_level: row.trauma_level,
            burn_center: row.burn_center,
            helipad: row.helipad,
        };
        Self {
            aid_stations: medical.aid_stations.iter().map(station).collect(),
            transport: medical.transport.iter().map(transport).collect(),
            hospitals: medical.hospitals.iter().map(hospital).collect(),
            procedures: medical.procedures.clone(),
            confirmed: medical.confirmed,
        }
    }
}

impl Hazard {
    pub(super) fn of(hazard: &period::Hazard) -> Self {
        let period::Hazard { area, hazard, mitigation } = hazard.clone();
        Self { area, hazard, mitigation }
    }
}

impl Need {
    pub(super) fn of(need: &period::Need) -> Self {
        let lacking = need.lacking();
        let need = need.clone();
        let (risk_accepted, risk_accepted_by) = need.risk.map(|risk| (risk.text, risk.by)).unzip();
        Self {
            place: need.place,
            kind: need.kind,
            level: need.level,
            required: need.required,
            have: need.have,
            need: lacking,
            reporting: need.reporting,
            arrival: need.arrival,
            request: need.request,
            risk_accepted,
            risk_accepted_by,
            since: need.since,
        }
    }
}
