//! Drills: a provider is taken out on purpose, to see whether the others carry what it carried.
//!
//! It stands in the log who did it, so a drill is the same on every node, goes on when the hub is
//! started again, and ends by itself.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::limits;
use super::message::Refused;
use super::record::RecordRef;
use super::refusal::Refusal;
use super::world::World;

/// Characters of a provider's name.
const NAME_CHARS_MAX: usize = 40;
/// Hours that a drill lasts at most.
const HOURS_MAX: i64 = 24;
/// Providers that are out at the same time.
const DRILLS_MAX: usize = 64;

/// Takes a provider out, or brings it back.
#[derive(Clone, Debug, Serialize)]
pub struct Drill {
    /// Its name.
    pub provider: String,
    /// Until when it is out; none brings it back.
    pub until: Option<Timestamp>,
}

/// A provider was taken out, or brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drilled {
    /// Its name.
    pub provider: String,
    /// Until when it is out; none when it was brought back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// Why a drill was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum DrillRefused {
    /// It would be over already, or go on for too long.
    #[error("a drill ends within {hours_max} hours from now; set `until` to a moment in them")]
    Until {
        /// The bound.
        hours_max: i64,
    },
    /// Too many at the same time.
    #[error("{count} providers are out already; bring one back first")]
    TooMany {
        /// How many are, which is the bound.
        count: usize,
    },
}

impl DrillRefused {
    /// The name of the refusal for programs, stable over releases.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Until { .. } => "DRILL_UNTIL_UNUSABLE",
            Self::TooMany { .. } => "TOO_MANY_DRILLS",
        }
    }
}

impl World {
    /// Until when a provider is out for a drill; none when it is not.
    #[must_use]
    pub fn drilled_out(&self, provider: &str, now: Timestamp) -> Option<Timestamp> {
        self.drills.get(provider).copied().filter(|until| *until > now)
    }
}

impl Decide for Drill {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let provider = limits::text("provider", &self.provider, NAME_CHARS_MAX)?;
        let latest = context.now + SignedDuration::from_hours(HOURS_MAX);
        if self.until.is_some_and(|until| until <= context.now || until > latest) {
            return Err(Refused::from(DrillRefused::Until { hours_max: HOURS_MAX }).into());
        }
        if world.drilled_out(&provider, context.now) == self.until {
            return Ok(Decision::unchanged(RecordRef::Rules));
        }
        let others = world.drills.values().filter(|until| **until > context.now).count();
        if self.until.is_some() && others >= DRILLS_MAX {
            return Err(Refused::from(DrillRefused::TooMany { count: DRILLS_MAX }).into());
        }
        Ok(Decision::one(RecordRef::Rules, Drilled { provider, until: self.until }))
    }
}

impl Apply for Drilled {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let goes_on = |(_, until): &(&String, &Timestamp)| **until > stamp.at;
        let kept = world.drills.iter().filter(goes_on);
        world.drills = kept.map(|(name, until)| (name.clone(), *until)).collect();
        match self.until {
            Some(until) => world.drills.insert(self.provider.clone(), until),
            None => world.drills.remove(&self.provider),
        };
    }

    /// No record of anybody's changes.
    fn touches(&self) -> Vec<RecordRef> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{START, given};

    fn drill(hours: Option<i64>) -> Drill {
        let start: Timestamp = START.parse().unwrap();
        let until = hours.map(|hours| start + SignedDuration::from_hours(hours));
        Drill { provider: "relay-1".to_owned(), until }
    }

    #[test]
    fn a_provider_is_out_until_its_drill_ends_or_it_is_brought_back() {
        let mut story = given([drill(Some(2))]);
        let out = |story: &crate::domain::testing::Story, minutes: i64| {
            let now = story.now + SignedDuration::from_mins(minutes);
            story.world.drilled_out("relay-1", now).is_some()
        };
        assert!(out(&story, 60) && !out(&story, 121));
        assert_eq!(story.world.drilled_out("relay-2", story.now), None);
        story.must(drill(None));
        assert!(!out(&story, 60));
    }

    #[test]
    fn a_drill_ends_within_a_day() {
        let refused = |hours| {
            let mut code = "";
            given([drill(Some(1))])
                .when(drill(Some(hours)))
                .refused(|refusal| code = refusal.code());
            code
        };
        assert_eq!(refused(25), "DRILL_UNTIL_UNUSABLE");
        assert_eq!(refused(-1), "DRILL_UNTIL_UNUSABLE");
    }
}
