//! Breaking the glass: sight of what no agreement shows, in an emergency, by one person, for a
//! reason, for a limited time, and never unnoticed.
//!
//! Example: Memorial Hospital has no agreement with Harbor Fire. A chemical fire sends it patients,
//! and its duty officer breaks the glass on that incident for two hours: "patients arriving, agent
//! unknown". She sees it at once; Harbor Fire sees that she did, and why. What is marked
//! AMBER+STRICT or RED stays behind the glass.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::command::{Context, Decide, Decision};
use super::event::{Apply, Stamp};
use super::ids::Id;
use super::limits::{self, BREAK_GLASS_MINUTES_MAX, REASON_CHARS_MAX};
use super::organization::Organization;
use super::record::{RecordRef, Revision};
use super::refusal::Refusal;
use super::world::World;

/// That somebody broke the glass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BreakGlass {
    /// Its id.
    pub id: Id<BreakGlass>,
    /// The principal who broke it, and who alone sees more by it.
    pub principal: String,
    /// The organization that the principal acted for.
    pub organization: Id<Organization>,
    /// The organization whose records are seen.
    pub owner: Id<Organization>,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Timestamp,
    /// When it was broken and last changed.
    pub revision: Revision,
}

/// Breaks the glass before the records of an organization.
#[derive(Clone, Debug, Serialize)]
pub struct Break {
    /// The organization whose records are needed.
    pub owner: Id<Organization>,
    /// Why, in a sentence that its owner will read.
    pub reason: String,
    /// For how many minutes: 1 to 480.
    pub minutes: u32,
}

/// Ends it before its time.
#[derive(Clone, Debug, Serialize)]
pub struct Mend {
    /// Which.
    pub break_glass: Id<BreakGlass>,
}

/// Somebody broke the glass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Broken {
    /// The new record of it.
    pub break_glass: Id<BreakGlass>,
    /// The organization of who did it.
    pub organization: Id<Organization>,
    /// The organization whose records are seen.
    pub owner: Id<Organization>,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Timestamp,
}

/// It was ended before its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mended {
    /// Which.
    pub break_glass: Id<BreakGlass>,
}

impl Decide for Break {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let organization = context.by.organization.ok_or(Refusal::AgreementNotParty)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        world.known_organization(self.owner)?;
        if !(1..=BREAK_GLASS_MINUTES_MAX).contains(&self.minutes) {
            return Err(Refusal::BreakGlassTooLong { minutes_max: BREAK_GLASS_MINUTES_MAX });
        }
        let time = SignedDuration::from_mins(i64::from(self.minutes));
        let until = context.now.saturating_add(time).unwrap_or(context.now);
        let break_glass = context.ids.next();
        let event = Broken { break_glass, organization, owner: self.owner, reason, until };
        Ok(Decision::one(RecordRef::BreakGlass(break_glass), event))
    }
}

impl Decide for Mend {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let subject = RecordRef::BreakGlass(self.break_glass);
        let broken = world.known_break_glass(self.break_glass)?;
        if broken.until <= context.now {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, Mended { break_glass: self.break_glass }))
    }
}

impl Apply for Broken {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let principal = stamp.by.principal.clone();
        let broken = BreakGlass {
            id: self.break_glass,
            principal: principal.clone(),
            organization: self.organization,
            owner: self.owner,
            reason: self.reason.clone(),
            until: self.until,
            revision: Revision::new(stamp),
        };
        world.break_glasses.insert(self.break_glass, Arc::new(broken));
        world.personal.insert(principal);
        world.policies_changed(stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::BreakGlass(self.break_glass)]
    }
}

impl Apply for Mended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(broken) = world.break_glasses.get_mut(&self.break_glass) else { return };
        let broken = Arc::make_mut(broken);
        broken.until = stamp.at;
        broken.revision.touch(stamp);
        world.policies_changed(stamp);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::BreakGlass(self.break_glass)]
    }
}

impl World {
    fn known_break_glass(&self, id: Id<BreakGlass>) -> Result<&Arc<BreakGlass>, Refusal> {
        self.break_glass(id).ok_or(Refusal::BreakGlassUnknown(id))
    }
}
