//! Why a command about schedules was refused.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{Override, Schedule};
use crate::domain::ids::Id;
use crate::domain::person::Person;

/// A command about schedules was understood and refused; nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Refused {
    /// There is no such schedule.
    #[error("there is no schedule {0}; check the id")]
    Unknown(Id<Schedule>),
    /// Schedules belong to organizations.
    #[error("a schedule belongs to an organization; act for one")]
    OrganizationMissing,
    /// Two schedules would be told apart by nobody.
    #[error("your organization has a schedule `{name}` already; choose another name")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// The schedule is no more.
    #[error("the schedule `{name}` was ended; make a new one")]
    Ended {
        /// What it was called.
        name: String,
    },
    /// The time zone is not in the database.
    #[error("there is no time zone `{name}`; give an IANA name such as `America/New_York`")]
    TimeZoneUnknown {
        /// The name asked for.
        name: String,
    },
    /// Two rotations would be told apart by nobody.
    #[error("two rotations or calendars are called `{name}`; give each its own name")]
    RotationTwice {
        /// The name.
        name: String,
    },
    /// There is no such rotation.
    #[error("there is no rotation or calendar `{name}` in this schedule; check the name")]
    RotationUnknown {
        /// The name.
        name: String,
    },
    /// Hours of no day.
    #[error("`hours` without days are never; name at least one day of the week")]
    HoursWithoutDays,
    /// Two holidays on one day for the same rotation.
    #[error("{date} is a holiday twice for the same rotation; name it once")]
    HolidayTwice {
        /// The day.
        date: Date,
    },
    /// A date that is far away is a slip.
    #[error("{date} is not a date for a schedule; choose one from 1970 to 2200")]
    DateUnusable {
        /// The date.
        date: Date,
    },
    /// Times that are no stretch of time.
    #[error(
        "from {from} to {to} is not a time to be on call; it ends after it begins and takes at \
         most {days_max} days"
    )]
    TimesUnusable {
        /// Since when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
        /// The bound.
        days_max: i64,
    },
    /// There is no such override.
    #[error("there is no override {0} in this schedule; it may have been removed")]
    OverrideUnknown(Id<Override>),
    /// Nothing would change.
    #[error("name who comes in or who goes out, two different persons where it is both")]
    NobodyStandsIn,
    /// Who goes out is not on call.
    #[error("person {person} is not on call between {from} and {to}; look at the shifts again")]
    NotOnCall {
        /// Who.
        person: Id<Person>,
        /// Since when.
        from: Timestamp,
        /// Until when.
        to: Timestamp,
    },
    /// A swap at the same time in the same rotation.
    #[error(
        "the two shifts overlap; swap shifts at different times, or name two different rotations"
    )]
    SwapOverlaps,
}

impl Refused {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "SCHEDULE_UNKNOWN",
            Self::OrganizationMissing => "SCHEDULE_ORGANIZATION_MISSING",
            Self::NameTaken { .. } => "SCHEDULE_NAME_TAKEN",
            Self::Ended { .. } => "SCHEDULE_ENDED",
            Self::TimeZoneUnknown { .. } => "TIME_ZONE_UNKNOWN",
            Self::RotationTwice { .. } => "ROTATION_TWICE",
            Self::RotationUnknown { .. } => "ROTATION_UNKNOWN",
            Self::HoursWithoutDays => "HOURS_WITHOUT_DAYS",
            Self::HolidayTwice { .. } => "HOLIDAY_TWICE",
            Self::DateUnusable { .. } => "DATE_UNUSABLE",
            Self::TimesUnusable { .. } => "TIMES_UNUSABLE",
            Self::OverrideUnknown(_) => "OVERRIDE_UNKNOWN",
            Self::NobodyStandsIn => "NOBODY_STANDS_IN",
            Self::NotOnCall { .. } => "NOT_ON_CALL",
            Self::SwapOverlaps => "SWAP_OVERLAPS",
        }
    }
}
