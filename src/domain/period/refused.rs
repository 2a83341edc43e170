//! Why a command about operational periods was refused.

use jiff::Timestamp;
use serde::Serialize;

use super::meetings::MeetingKind;
use super::{Assignment, Objective, Period};
use crate::domain::ids::Id;
use crate::domain::refusal::Refusal;

/// A command about operational periods was understood and refused; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Refused {
    /// There is no such period.
    #[error("there is no operational period {0}; check the id")]
    Unknown(Id<Period>),
    /// A resource is not on the incident.
    #[error("`{name}` is not committed to this incident; commit it or request it first")]
    ResourceNotHere {
        /// What people call it.
        name: String,
    },
    /// The next period is planned already.
    #[error("period {number} is planned already; adjust it, or start it before planning another")]
    Planned {
        /// Its number.
        number: u32,
    },
    /// Periods follow each other without a gap.
    #[error(
        "the next period begins when period {number} ends, at {end}; leave out `start`, or adjust \
         the end of period {number}"
    )]
    NotContiguous {
        /// The number of the one before.
        number: u32,
        /// When that one ends.
        end: Timestamp,
    },
    /// Periods do not overlap.
    #[error("period {number} lasted until {end}; choose a start that is not before")]
    Overlapping {
        /// The number of the one before.
        number: u32,
        /// When that one ended.
        end: Timestamp,
    },
    /// A period is too short or too long.
    #[error(
        "period {number} would last {minutes} minutes; a period takes \
         {hours_min} to {hours_max} hours"
    )]
    Length {
        /// Its number.
        number: u32,
        /// How long it would be.
        minutes: i64,
        /// The lower bound.
        hours_min: i64,
        /// The upper bound.
        hours_max: i64,
    },
    /// The period would be over before it is planned.
    #[error("period {number} would end at {end}, which is past; choose a later end")]
    EndPast {
        /// Its number.
        number: u32,
        /// When it would end.
        end: Timestamp,
    },
    /// The period would begin too far away.
    #[error("a period is planned at most {days_max} days ahead; choose an earlier start")]
    TooFar {
        /// The bound.
        days_max: i64,
    },
    /// The period has started.
    #[error("period {number} has started, so its start stays; adjust its end")]
    HasStarted {
        /// Its number.
        number: u32,
    },
    /// The period is over.
    #[error("period {number} is over and stays as it was; work on the current one or the next")]
    Over {
        /// Its number.
        number: u32,
    },
    /// There are too many periods.
    #[error("the incident has had {count} periods and can have no more; open a part of it")]
    TooMany {
        /// How many there are, which is the bound.
        count: usize,
    },
    /// There is no such objective in the period.
    #[error("there is no objective {0} in this period; check the id")]
    ObjectiveUnknown(Id<Objective>),
    /// The objective was met or dropped.
    #[error("this objective was {outcome}; set a new one")]
    ObjectiveClosed {
        /// `met` or `dropped`.
        outcome: &'static str,
    },
    /// The order leaves objectives out or names some twice.
    #[error("`order` must name each of the {count} open objectives once; {problem}")]
    OrderIncomplete {
        /// How many are open.
        count: usize,
        /// What is wrong.
        problem: String,
    },
    /// The meeting was held.
    #[error("the {} was held already; write what was added as a note", meeting.name())]
    MeetingHeld {
        /// Which meeting.
        meeting: MeetingKind,
    },
    /// A template names a meeting twice.
    #[error("the template names the {} twice; name it once", meeting.name())]
    MeetingTwice {
        /// Which meeting.
        meeting: MeetingKind,
    },
    /// A template would hold a meeting too early.
    #[error(
        "the {} would be {minutes} minutes before the period; give at most {hours_max} hours",
        meeting.name()
    )]
    MeetingTooEarly {
        /// Which meeting.
        meeting: MeetingKind,
        /// How long before the start.
        minutes: u32,
        /// The bound.
        hours_max: i64,
    },
    /// There is no such work assignment in the period.
    #[error("there is no work assignment {0} in this period; check the id")]
    AssignmentUnknown(Id<Assignment>),
    /// The division has its assignment already (ICS 204: one for each).
    #[error("`{place}` has a work assignment already; change that one")]
    PlaceTaken {
        /// The division, group or staging area.
        place: String,
    },
    /// The division is no longer in the structure.
    #[error("`{name}` was dissolved; choose a post that is open")]
    PostDissolved {
        /// What it was called.
        name: String,
    },
    /// A resource stands on another assignment (check 8: exactly one 204).
    #[error("{resource} is on the work assignment of `{place}`; take it off there first")]
    ResourceTaken {
        /// What people call the resource.
        resource: String,
        /// Where it is assigned.
        place: String,
    },
    /// A list names the same thing twice.
    #[error("`{field}` names `{name}` twice; name it once")]
    Twice {
        /// The field of the command.
        field: &'static str,
        /// What stands there twice.
        name: String,
    },
    /// A plan without objectives.
    #[error(
        "period {number} has no objective; set at least one before drafting its plan (ICS 202)"
    )]
    NoObjectives {
        /// The number of the period.
        number: u32,
    },
    /// A channel on an assignment is not in the communications plan (check 10).
    #[error(
        "channel `{channel}` of `{place}` is not in the communications plan; add it there or take \
         it off the assignment (ICS 204, 205)"
    )]
    ChannelUnknown {
        /// The channel.
        channel: String,
        /// The division, group or staging area.
        place: String,
    },
    /// An oral plan is for small incidents.
    #[error("a Type {level} incident needs a written plan; an oral one does for Type 5 and 4")]
    OralNotEnough {
        /// The type of the incident.
        level: u8,
    },
    /// Too many revisions.
    #[error("the plan of period {number} has had {count} revisions and can have no more")]
    RevisionsFull {
        /// The number of the period.
        number: u32,
        /// How many there are, which is the bound.
        count: usize,
    },
    /// There is no such revision.
    #[error(
        "the plan of period {number} has no revision {revision}; draft one, or check the number"
    )]
    RevisionUnknown {
        /// The number of the period.
        number: u32,
        /// The revision asked for.
        revision: u32,
    },
    /// A newer revision was drafted.
    #[error("revision {revision} was replaced; sign revision {last}")]
    RevisionOld {
        /// The revision asked for.
        revision: u32,
        /// The newest one.
        last: u32,
    },
    /// The plan is not what was drafted any more.
    #[error(
        "the plan of period {number} was changed after revision {revision} was drafted; draft \
         revision {} and sign that", revision + 1
    )]
    PlanChanged {
        /// The number of the period.
        number: u32,
        /// The newest revision.
        revision: u32,
    },
    /// Somebody else wrote the same part meanwhile.
    #[error("{part} was changed since you read it; read it again and put your changes to that")]
    Overtaken {
        /// What was changed, with its form.
        part: &'static str,
    },
    /// A number that only grows was lowered (check 15).
    #[error(
        "{what} was reported as {was} and would now be {is}; such numbers only rise, so say in \
         `correction` why it is less"
    )]
    NumberLowered {
        /// Of what.
        what: &'static str,
        /// What was reported.
        was: u32,
        /// What it would be.
        is: u32,
    },
    /// The dead are never estimated.
    #[error(
        "fatalities are never estimated; name in `confirmedBy` the authority that confirmed them, \
         such as the medical examiner"
    )]
    FatalitiesNotConfirmed,
    /// A kind of structures was named twice.
    #[error("`damage` names a kind of structures twice; put both into one row")]
    DamageTwice,
    /// No definition knows what is needed.
    #[error(
        "no resource definition knows `{kind}`; name the kind as its definition does, such as \
         `fire-engine`"
    )]
    KindUnknown {
        /// What is needed.
        kind: String,
    },
    /// A need names the order of something else, or of nothing.
    #[error(
        "request {number} is not one of this incident that stands; name the request that orders \
         what is needed, or none"
    )]
    OrderElsewhere {
        /// The number of the request.
        number: String,
    },
    /// The plan is in force without the signature of an agency that came into command later.
    #[error(
        "revision {revision} of the plan of period {number} is in force without your signature; to \
         sign the plan, have the next revision drafted"
    )]
    PlanInForce {
        /// The number of the period.
        number: u32,
        /// The number of the revision.
        revision: u32,
    },
    /// Only commanders sign (ICS 202, block 8).
    #[error("only those who hold command sign the plan: {commanders}")]
    NotCommander {
        /// Who holds command, in words.
        commanders: String,
    },
}

impl Refused {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "PERIOD_UNKNOWN",
            Self::ResourceNotHere { .. } => "RESOURCE_NOT_HERE",
            Self::Planned { .. } => "PERIOD_PLANNED",
            Self::NotContiguous { .. } => "PERIOD_NOT_CONTIGUOUS",
            Self::Overlapping { .. } => "PERIOD_OVERLAPPING",
            Self::Length { .. } => "PERIOD_LENGTH",
            Self::EndPast { .. } => "PERIOD_END_PAST",
            Self::TooFar { .. } => "PERIOD_TOO_FAR",
            Self::HasStarted { .. } => "PERIOD_HAS_STARTED",
            Self::Over { .. } => "PERIOD_OVER",
            Self::TooMany { .. } => "PERIODS_FULL",
            Self::ObjectiveUnknown(_) => "OBJECTIVE_UNKNOWN",
            Self::ObjectiveClosed { .. } => "OBJECTIVE_CLOSED",
            Self::OrderIncomplete { .. } => "ORDER_INCOMPLETE",
            Self::MeetingHeld { .. } => "MEETING_HELD",
            Self::MeetingTwice { .. } => "MEETING_TWICE",
            Self::MeetingTooEarly { .. } => "MEETING_TOO_EARLY",
            Self::AssignmentUnknown(_) => "WORK_UNKNOWN",
            Self::PlaceTaken { .. } => "PLACE_TAKEN",
            Self::PostDissolved { .. } => "POST_DISSOLVED",
            Self::ResourceTaken { .. } => "RESOURCE_TAKEN",
            Self::Twice { .. } => "NAMED_TWICE",
            Self::NoObjectives { .. } => "NO_OBJECTIVES",
            Self::ChannelUnknown { .. } => "CHANNEL_UNKNOWN",
            Self::OralNotEnough { .. } => "ORAL_NOT_ENOUGH",
            Self::RevisionsFull { .. } => "REVISIONS_FULL",
            Self::RevisionUnknown { .. } => "REVISION_UNKNOWN",
            Self::RevisionOld { .. } => "REVISION_OLD",
            Self::PlanChanged { .. } => "PLAN_CHANGED",
            Self::Overtaken { .. } => "PART_OVERTAKEN",
            Self::NumberLowered { .. } => "NUMBER_LOWERED",
            Self::FatalitiesNotConfirmed => "FATALITIES_NOT_CONFIRMED",
            Self::DamageTwice => "DAMAGE_TWICE",
            Self::KindUnknown { .. } => "KIND_UNKNOWN",
            Self::OrderElsewhere { .. } => "ORDER_ELSEWHERE",
            Self::PlanInForce { .. } => "PLAN_IN_FORCE",
            Self::NotCommander { .. } => "NOT_COMMANDER",
        }
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self::Period(refused)
    }
}
