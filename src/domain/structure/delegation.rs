//! What an agency in command lets another organization do in its name (checks 16 and 17).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Seat, Structure, StructureRefusal};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, DELEGATIONS_MAX, REASON_CHARS_MAX};
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// That an organization may do something in the name of an agency in command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Its id.
    pub id: Id<Delegation>,
    /// What may be done.
    pub power: Power,
    /// The agency in whose name.
    pub from: Id<Organization>,
    /// The organization that may.
    pub to: Id<Organization>,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
    /// The principal who recorded it.
    pub by: String,
    /// Until when at most; until it is ended when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// When it was ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
}

/// What can be delegated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Power {
    /// Signing what all commanders have to sign.
    Signature,
    /// Assigning tactical resources from an emergency operations center.
    Tactics,
}

/// Delegates something, in the name of the acting organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Delegate {
    /// The structure.
    pub structure: Id<Structure>,
    /// What may be done.
    pub power: Power,
    /// The organization that may.
    pub to: Id<Organization>,
    /// Why.
    pub reason: String,
    /// Until when at most.
    pub until: Option<Timestamp>,
}

/// Ends a delegation by the acting organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EndDelegation {
    /// The structure.
    pub structure: Id<Structure>,
    /// The delegation.
    pub delegation: Id<Delegation>,
}

/// An agency delegated something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delegated {
    /// Where.
    pub seat: Seat,
    /// The delegation.
    pub delegation: Delegation,
}

/// A delegation was ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DelegationEnded {
    /// Where.
    pub seat: Seat,
    /// The delegation.
    pub delegation: Id<Delegation>,
}

impl Delegation {
    /// Whether it holds at a moment.
    #[must_use]
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| now < until)
    }
}

impl World {
    /// The code of an organization.
    fn code_of(&self, organization: Id<Organization>) -> String {
        self.organization(organization).map_or_else(String::new, |o| o.profile.code.clone())
    }

    /// Whether somebody who is in command of a structure delegated a power to an organization, and
    /// that holds at a moment.
    #[must_use]
    pub fn delegates(
        &self,
        structure: &Structure,
        power: Power,
        to: Id<Organization>,
        now: Timestamp,
    ) -> bool {
        let is_it = |d: &&Delegation| d.power == power && d.to == to && d.is_in_force(now);
        let mut given = structure.delegations.iter().filter(is_it).peekable();
        let commanders = given.peek().map_or_else(Vec::new, |_| self.commanding(structure));
        given.any(|d| commanders.iter().any(|c| c.organization == d.from))
    }
}

impl Power {
    /// The words for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signature => "its signature",
            Self::Tactics => "tactical assignments",
        }
    }
}

impl Decide for Delegate {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let structure = world.live_structure(self.structure)?;
        let from = acting_commander(world, structure, context)?;
        world.known_organization(self.to)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        if self.to == from {
            return Err(StructureRefusal::DelegationToSelf.into());
        }
        if self.until.is_some_and(|until| until <= context.now) {
            return Err(StructureRefusal::DelegationOver.into());
        }
        limits::room("delegations", structure.delegations.len(), DELEGATIONS_MAX)?;
        let delegation = Delegation {
            id: context.ids.next(),
            power: self.power,
            from,
            to: self.to,
            reason,
            since: context.now,
            by: context.by.principal.clone(),
            until: self.until,
            ended: None,
        };
        let seat = Seat::of(structure);
        Ok(Decision::one(RecordRef::Structure(structure.id), Delegated { seat, delegation }))
    }
}

impl Decide for EndDelegation {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let structure = world.live_structure(self.structure)?;
        let from = context.by.organization;
        let known = structure.delegations.iter().find(|d| d.id == self.delegation);
        let known = known.filter(|d| d.ended.is_none() && Some(d.from) == from);
        let delegation = known.ok_or(StructureRefusal::DelegationUnknown)?.id;
        let seat = Seat::of(structure);
        let event = DelegationEnded { seat, delegation };
        Ok(Decision::one(RecordRef::Structure(structure.id), event))
    }
}

/// The acting organization, if it is one of those in command.
pub(super) fn acting_commander(
    world: &World,
    structure: &Structure,
    context: &Context<'_>,
) -> Result<Id<Organization>, Refusal> {
    let acting = context.by.organization;
    let commanders = world.commanding(structure);
    let commands = commanders.iter().find(|c| Some(c.organization) == acting);
    Ok(commands.ok_or(StructureRefusal::AgencyDoesNotCommand)?.organization)
}

impl Apply for Delegated {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Delegation { power, from, to, reason, .. } = &self.delegation;
        let said = sentence!(
            "POWER_DELEGATED",
            "{from} delegates {power} to {to}",
            from = world.code_of(*from),
            power = power.as_str(),
            to = world.code_of(*to),
        );
        let said = said.because(Some(reason));
        world.change_structure(self.seat.structure, stamp, |structure| {
            structure.delegations.push(self.delegation.clone());
        });
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for DelegationEnded {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(structure) = world.structure(self.seat.structure) else { return };
        let mut known = structure.delegations.iter();
        let Some(before) = known.find(|d| d.id == self.delegation) else { return };
        let said = sentence!(
            "DELEGATION_ENDED",
            "{from} delegates {power} to {to} no longer",
            from = world.code_of(before.from),
            power = before.power.as_str(),
            to = world.code_of(before.to),
        );
        world.change_structure(self.seat.structure, stamp, |structure| {
            let mut known = structure.delegations.iter_mut();
            if let Some(delegation) = known.find(|d| d.id == self.delegation) {
                delegation.ended = Some(stamp.at);
            }
        });
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}
