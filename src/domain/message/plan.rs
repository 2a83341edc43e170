//! In which order people are told, and when it is enough.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::refused::Refused;
use crate::domain::contact::Channel;
use crate::domain::ids::Id;
use crate::domain::limits::{
    self, CYCLES_MAX, INTERVAL_SECONDS_MAX, INTERVAL_SECONDS_MIN, POSITION_CODE_CHARS_MAX,
    QUORUMS_MAX, RECIPIENTS_MAX, WAVE_MINUTES_MAX, WAVES_MAX,
};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// In which order people are told, and when it is enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What each of them is to do before the hub leaves them alone.
    pub expects: Expects,
    /// The channels in their order; each person's own when there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// Seconds after which the next channel is tried for somebody who gave no sign.
    pub interval_seconds: u32,
    /// How often all channels are gone through.
    pub cycles: u8,
    /// Who is told first, and who then while it is not enough.
    pub waves: Vec<Wave>,
    /// When it is enough: all of these. It never is when there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enough: Vec<Quorum>,
    /// Minutes after which somebody who accepted, and whose arrival nobody heard of, is asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_again_minutes: Option<u32>,
    /// After this moment nobody needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What a person is to do before the hub leaves them alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expects {
    /// Nothing: the next channel is tried only when one fails.
    Nothing,
    /// Say that they have seen it, or anything more.
    Acknowledgement,
    /// Give one of the answers.
    Answer,
}

/// Some of the people who are told, together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wave {
    /// Who.
    pub audience: Audience,
    /// Minutes after the wave before, when it was not enough by then; the first begins at once.
    pub after_minutes: u32,
}

/// How many have to accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quorum {
    /// So many.
    pub count: u32,
    /// Only those count who are qualified for this position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// Only members of this organization count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id<Organization>>,
}

impl Plan {
    /// The time between two tries to reach somebody.
    #[must_use]
    pub fn interval(&self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.interval_seconds))
    }

    /// The same, if it can be used.
    ///
    /// # Errors
    /// The refusal that names the part.
    pub fn checked(&self, world: &World, now: Timestamp) -> Result<Self, Refusal> {
        limits::number(
            "intervalSeconds",
            self.interval_seconds,
            INTERVAL_SECONDS_MIN,
            INTERVAL_SECONDS_MAX,
        )?;
        limits::number("cycles", u32::from(self.cycles), 1, u32::from(CYCLES_MAX))?;
        limits::count("channels", self.channels.len(), Channel::ALL.len())?;
        limits::count("waves", self.waves.len(), WAVES_MAX)?;
        limits::count("enough", self.enough.len(), QUORUMS_MAX)?;
        for wave in &self.waves {
            wave.audience.check(world)?;
            limits::number("afterMinutes", wave.after_minutes, 0, WAVE_MINUTES_MAX)?;
        }
        for quorum in &self.enough {
            quorum.check(world)?;
        }
        if let Some(minutes) = self.ask_again_minutes {
            limits::number("askAgainMinutes", minutes, 1, WAVE_MINUTES_MAX)?;
        }
        if self.until.is_some_and(|until| until <= now) {
            return Err(Refused::DeadlinePast.into());
        }
        Ok(self.clone())
    }

    /// Checks that each wave names somebody.
    pub(super) fn check_named(&self) -> Result<(), Refused> {
        let named = |wave: &Wave| !wave.audience.any_of.is_empty();
        if self.waves.is_empty() || !self.waves.iter().all(named) {
            return Err(Refused::NobodyToTell);
        }
        Ok(())
    }
}

impl Quorum {
    /// Whether somebody who accepted counts.
    #[must_use]
    pub fn counts(&self, world: &World, person: Id<Person>, now: Timestamp) -> bool {
        let member = |organization| {
            world.person(person).is_some_and(|p| p.membership(organization).is_some())
        };
        let qualified = |position: &String| world.is_qualified(person, position, None, now);
        self.organization.is_none_or(member) && self.position.as_ref().is_none_or(qualified)
    }

    fn check(&self, world: &World) -> Result<(), Refusal> {
        if let Some(position) = &self.position {
            limits::text("position", position, POSITION_CODE_CHARS_MAX)?;
        }
        if let Some(organization) = self.organization {
            world.known_organization(organization)?;
        }
        let most = u32::try_from(RECIPIENTS_MAX).unwrap_or(u32::MAX);
        limits::number("count", self.count, 1, most)?;
        Ok(())
    }
}
