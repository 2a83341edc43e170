//! The meetings of the Planning P, scheduled backward from the start of the period (NIMS, planning
//! cycle; ICS forms that go in and come out in brackets).
//!
//! How long before the start each one is held is a template of the incident's organization; where
//! it has none, the hub's own holds, after common practice.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Period, Refused, touched};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, NOTE_CHARS_MAX, PERIOD_HOURS_MAX};
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// A step of the Planning P that people come together for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeetingKind {
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

/// How long before the start a meeting is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Which meeting.
    pub meeting: MeetingKind,
    /// How long before the start of the period, in minutes.
    pub minutes_before: u32,
}

/// When an organization holds its meetings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingTemplate {
    /// Whose template it is; the hub's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
    /// The meetings, each once.
    pub slots: Vec<Slot>,
}

/// A meeting of the planning of a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Which one, and how long before the start.
    #[serde(flatten)]
    pub slot: Slot,
    /// When it is due.
    pub due: Timestamp,
    /// That it was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
}

/// That a meeting was held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// Who says so.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: String,
}

/// Says when an organization holds the meetings of its periods from now on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetMeetingTemplate {
    /// The organization.
    pub organization: Id<Organization>,
    /// The meetings; the hub's own template when empty.
    pub slots: Vec<Slot>,
}

/// Records that a meeting was held, and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HoldMeeting {
    /// The period that it plans.
    pub period: Id<Period>,
    /// Which meeting; one that was not scheduled is added.
    pub meeting: MeetingKind,
    /// What came of it.
    pub outcome: String,
}

/// An organization said when it holds its meetings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateSet {
    /// The organization.
    pub organization: Id<Organization>,
    /// The meetings.
    pub slots: Vec<Slot>,
}

/// A meeting was held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeetingHeld {
    /// The period.
    pub period: Id<Period>,
    /// Its incident.
    pub incident: Id<Incident>,
    /// Which meeting.
    pub meeting: MeetingKind,
    /// What came of it.
    pub outcome: String,
}

impl MeetingKind {
    /// Every kind, in the order of the Planning P.
    pub const ALL: [Self; 11] = [
        Self::AdministratorBriefing,
        Self::IncidentBriefing,
        Self::InitialUnifiedCommand,
        Self::Objectives,
        Self::CommandAndGeneralStaff,
        Self::PreparingTactics,
        Self::Tactics,
        Self::PreparingPlanning,
        Self::Planning,
        Self::PlanApproval,
        Self::OperationsBriefing,
    ];

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdministratorBriefing => "agency administrator briefing",
            Self::IncidentBriefing => "incident briefing",
            Self::InitialUnifiedCommand => "initial unified command meeting",
            Self::Objectives => "objectives meeting",
            Self::CommandAndGeneralStaff => "command and general staff meeting",
            Self::PreparingTactics => "preparation of the tactics meeting",
            Self::Tactics => "tactics meeting",
            Self::PreparingPlanning => "preparation of the planning meeting",
            Self::Planning => "planning meeting",
            Self::PlanApproval => "preparation and approval of the plan",
            Self::OperationsBriefing => "operational period briefing",
        }
    }

    /// Who leads it, by position.
    #[must_use]
    pub const fn leads(self) -> &'static str {
        match self {
            Self::AdministratorBriefing => "Agency Administrator",
            Self::IncidentBriefing => "outgoing or initial Incident Commander",
            Self::InitialUnifiedCommand => "a member of the Unified Command",
            Self::Objectives | Self::CommandAndGeneralStaff => "Incident Commander",
            Self::PreparingTactics | Self::Tactics => "Operations Section Chief",
            Self::PreparingPlanning
            | Self::Planning
            | Self::PlanApproval
            | Self::OperationsBriefing => "Planning Section Chief",
        }
    }

    /// Who comes, by position.
    #[must_use]
    pub const fn attendees(self) -> &'static [&'static str] {
        match self {
            Self::AdministratorBriefing => &["Incident Commander"],
            Self::IncidentBriefing => &["incoming Incident Commander", "staff"],
            Self::InitialUnifiedCommand => &["commanders"],
            Self::Objectives => &["command"],
            Self::CommandAndGeneralStaff => &["command staff", "general staff"],
            Self::PreparingTactics => {
                &["Operations Section Chief", "Planning Section Chief", "Safety Officer"]
            }
            Self::Tactics => &[
                "Planning Section Chief",
                "Logistics Section Chief",
                "Safety Officer",
                "Resources Unit Leader",
                "Communications Unit Leader",
                "Situation Unit Leader",
            ],
            Self::PreparingPlanning => {
                &["Logistics Section Chief", "Finance/Administration Section Chief"]
            }
            Self::Planning => &["command staff", "general staff", "Agency Representatives"],
            Self::PlanApproval => &["unit leaders", "Incident Commander"],
            Self::OperationsBriefing => &[
                "Operations Section Chief",
                "supervisors",
                "Safety Officer",
                "Public Information Officer",
            ],
        }
    }
}

impl Slot {
    /// When the meeting is due for a period that starts then.
    #[must_use]
    pub fn due(self, start: Timestamp) -> Timestamp {
        let before = SignedDuration::from_mins(i64::from(self.minutes_before));
        start.saturating_sub(before).unwrap_or(start)
    }
}

impl MeetingTemplate {
    /// The hub's own template: the objectives eight hours before the period, the tactics meeting
    /// six and a half, the planning meeting four and a half, the briefing one.
    #[must_use]
    pub fn common() -> Self {
        let slot = |meeting, minutes_before| Slot { meeting, minutes_before };
        let slots = vec![
            slot(MeetingKind::Objectives, 480),
            slot(MeetingKind::CommandAndGeneralStaff, 450),
            slot(MeetingKind::PreparingTactics, 420),
            slot(MeetingKind::Tactics, 390),
            slot(MeetingKind::PreparingPlanning, 330),
            slot(MeetingKind::Planning, 270),
            slot(MeetingKind::PlanApproval, 120),
            slot(MeetingKind::OperationsBriefing, 60),
        ];
        Self { organization: None, slots }
    }

    /// The meetings for a period that starts then. What should have been held before the period was
    /// planned is due at once; for the first period of an incident it is left out.
    pub(super) fn scheduled(&self, start: Timestamp, now: Timestamp, first: bool) -> Vec<Meeting> {
        let slots = self.slots.iter().filter(|slot| !first || slot.due(start) >= now);
        let meeting =
            |slot: &Slot| Meeting { slot: *slot, due: slot.due(start).max(now), held: None };
        let mut meetings: Vec<_> = slots.map(meeting).collect();
        meetings.sort_by_key(|meeting| meeting.due);
        meetings
    }
}

impl Decide for SetMeetingTemplate {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        world.known_organization(self.organization)?;
        for (n, slot) in self.slots.iter().enumerate() {
            let Slot { meeting, minutes_before: minutes } = *slot;
            if self.slots.iter().take(n).any(|before| before.meeting == meeting) {
                return Err(Refused::MeetingTwice { meeting }.into());
            }
            if i64::from(minutes) > PERIOD_HOURS_MAX * 60 {
                let hours_max = PERIOD_HOURS_MAX;
                return Err(Refused::MeetingTooEarly { meeting, minutes, hours_max }.into());
            }
        }
        let subject = RecordRef::Organization(self.organization);
        let Self { organization, slots } = self.clone();
        let current = world.meeting_templates.get(&organization);
        if current.map_or(&[][..], |template| &template.slots) == slots {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, TemplateSet { organization, slots }))
    }
}

impl Decide for HoldMeeting {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let period = world.open_period(self.period)?;
        let meeting = self.meeting;
        let outcome = limits::text("outcome", &self.outcome, NOTE_CHARS_MAX)?;
        let scheduled = period.meetings.iter().find(|other| other.slot.meeting == meeting);
        if scheduled.is_some_and(|scheduled| scheduled.held.is_some()) {
            return Err(Refused::MeetingHeld { meeting }.into());
        }
        let event =
            MeetingHeld { period: self.period, incident: period.incident, meeting, outcome };
        Ok(Decision::one(RecordRef::Period(self.period), event))
    }
}

impl Apply for TemplateSet {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(organization) = world.organizations.get_mut(&self.organization) else { return };
        Arc::make_mut(organization).revision.touch(stamp);
        if self.slots.is_empty() {
            world.meeting_templates.remove(&self.organization);
            return;
        }
        let organization = Some(self.organization);
        let template = MeetingTemplate { organization, slots: self.slots.clone() };
        world.meeting_templates.insert(self.organization, Arc::new(template));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Organization(self.organization)]
    }
}

impl Apply for MeetingHeld {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(period) = world.change_period(self.period, stamp) else { return };
        let held =
            Held { by: stamp.by.principal.clone(), at: stamp.at, outcome: self.outcome.clone() };
        match period.meetings.iter_mut().find(|other| other.slot.meeting == self.meeting) {
            Some(meeting) => meeting.held = Some(held),
            None => {
                let slot = Slot { meeting: self.meeting, minutes_before: 0 };
                period.meetings.push(Meeting { slot, due: stamp.at, held: Some(held) });
                period.meetings.sort_by_key(|meeting| meeting.due);
            }
        }
        let said = sentence!(
            "MEETING_HELD",
            "{meeting} of period {number} held",
            meeting = self.meeting.name(),
            number = period.number,
        );
        world.chronicle(self.incident, stamp, said, &[RecordRef::Period(self.period)]);
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.period, self.incident)
    }
}

impl World {
    /// When an organization holds its meetings; the hub's own template where it did not say.
    #[must_use]
    pub fn meeting_template(&self, of: Option<Id<Organization>>) -> MeetingTemplate {
        let own = of.and_then(|of| self.meeting_templates.get(&of));
        own.map_or_else(MeetingTemplate::common, |own| own.as_ref().clone())
    }
}
