//! Where a resource is, as it reports it.

use jiff::{SignedDuration, Timestamp};
use muster_contract::Position;
use serde::{Deserialize, Serialize};

use super::{Fix, Resource, ResourceRefusal};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, LABEL_CHARS_MAX, POSITION_EVERY_SECONDS};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// How far ahead the clock of a vehicle may be.
const CLOCK_AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// Reports where a resource is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportPosition {
    /// The resource.
    pub resource: Id<Resource>,
    /// Where.
    pub position: Position,
    /// When it was there; now when absent.
    pub at: Option<Timestamp>,
    /// Where that comes from: `AVL`, `radio`.
    pub source: String,
    /// Whether somebody asked for it; else one position a minute is kept.
    pub asked: bool,
}

/// A resource was somewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Located {
    /// The resource.
    pub resource: Id<Resource>,
    /// Where it was when.
    pub fix: Fix,
}

impl Decide for ReportPosition {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let resource = world.usable_resource(self.resource)?;
        if !self.position.is_on_globe() {
            return Err(ResourceRefusal::NotOnGlobe.into());
        }
        let source = limits::text("source", &self.source, LABEL_CHARS_MAX)?;
        let at = self.at.unwrap_or(context.now);
        if at > context.now.saturating_add(CLOCK_AHEAD).unwrap_or(Timestamp::MAX) {
            return Err(ResourceRefusal::TimeInFuture { field: "at" }.into());
        }
        let subject = RecordRef::Resource(self.resource);
        let wait = if self.asked { 0 } else { POSITION_EVERY_SECONDS };
        // What is older than what is known, or comes too soon after it, tells nothing.
        let tells = resource
            .position
            .as_ref()
            .is_none_or(|known| at > known.at && at.duration_since(known.at).as_secs() >= wait);
        if !tells {
            return Ok(Decision::unchanged(subject));
        }
        let fix = Fix { position: self.position, at, source };
        Ok(Decision::one(subject, Located { resource: self.resource, fix }))
    }
}

impl Apply for Located {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_resource(self.resource, stamp, |resource| {
            resource.position = Some(self.fix.clone());
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource)]
    }
}
