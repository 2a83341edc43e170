//! How much of a supply there is.

use serde::{Deserialize, Serialize};

use super::{Resource, ResourceRefusal};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, REASON_CHARS_MAX, SUPPLY_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Says how much of a supply its owner holds, after a count or a delivery.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AdjustSupply {
    /// The supply.
    pub resource: Id<Resource>,
    /// How much there is, what is committed included.
    pub held: u32,
    /// Why it is another number.
    pub reason: String,
}

/// How much of a supply is held changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyAdjusted {
    /// The supply.
    pub resource: Id<Resource>,
    /// How much there is.
    pub held: u32,
    /// Why.
    pub reason: String,
}

impl Decide for AdjustSupply {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let resource = world.usable_resource(self.resource)?;
        let name = resource.profile.name.clone();
        let Some(supply) = &resource.supply else {
            let problem = "is not counted; register each one by itself";
            return Err(ResourceRefusal::SupplyUnfit { kind: name, problem }.into());
        };
        let held = amount(self.held)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let committed = resource.committed();
        if held < committed {
            let unit = supply.unit.clone();
            return Err(ResourceRefusal::SupplyBelowCommitted { name, committed, unit }.into());
        }
        let subject = RecordRef::Resource(self.resource);
        if held == supply.held {
            return Ok(Decision::unchanged(subject));
        }
        Ok(Decision::one(subject, SupplyAdjusted { resource: self.resource, held, reason }))
    }
}

/// How much may be held.
///
/// # Errors
/// [`Refusal::NumberOutOfRange`].
pub(super) fn amount(held: u32) -> Result<u32, Refusal> {
    limits::number("held", held, 0, SUPPLY_MAX)
}

impl Apply for SupplyAdjusted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_resource(self.resource, stamp, |resource| {
            if let Some(supply) = &mut resource.supply {
                supply.held = self.held;
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Resource(self.resource)]
    }
}
