//! Proposing a transfer, and taking it back; who may come into command.

use super::{
    ProposeTransfer, Stage, TransferProposed, TransferWithdrawn, WithdrawTransfer, check_side,
    may_become, spokesman,
};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::limits::{
    self, COMMANDERS_MAX, NOTE_CHARS_MAX, REASON_CHARS_MAX, TRANSFERS_MAX,
};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::structure::assignment::Appointment;
use crate::domain::structure::briefing::briefing;
use crate::domain::structure::fitness::Wanted;
use crate::domain::structure::{
    Assignment, Capacity, Commander, Post, Seat, Structure, StructureRefusal,
};
use crate::domain::world::World;

impl Decide for ProposeTransfer {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let (structure, top) = world.live_command(self.structure)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let mut held = top.held_as(Capacity::Primary);
        let held = held.find(|held| held.organization == self.from);
        let held = held.ok_or(StructureRefusal::AgencyDoesNotCommand)?;
        let from = held.commander();
        check_side(world, context, from, "the outgoing commander")?;
        let mut open = structure.open_transfers().filter(|transfer| !transfer.joins);
        if open.any(|transfer| transfer.from == from) {
            return Err(StructureRefusal::TransferOpen.into());
        }
        limits::room("transfers", structure.transfers.len(), TRANSFERS_MAX)?;
        let to = Commander { person: self.to, organization: self.organization };
        let waiver = self.waiver.as_deref();
        incoming(world, context, Handover { structure, top, from, to, joins: false, waiver })?;
        let waiver = limits::text_option("waiver", waiver, REASON_CHARS_MAX)?;
        let remarks = limits::said("remarks", self.remarks.as_deref(), NOTE_CHARS_MAX)?;
        let event = TransferProposed {
            seat: Seat::of(structure),
            transfer: context.ids.next(),
            from,
            to,
            joins: false,
            briefing: briefing(world, structure, held.from, remarks, context.now),
            reason,
            waiver,
        };
        Ok(Decision::one(RecordRef::Structure(structure.id), event))
    }
}

/// What is to be handed over, from whom to whom.
#[derive(Clone, Copy)]
pub(super) struct Handover<'a> {
    pub(super) structure: &'a Structure,
    pub(super) top: &'a Post,
    pub(super) from: Commander,
    pub(super) to: Commander,
    pub(super) joins: bool,
    pub(super) waiver: Option<&'a str>,
}

/// The assignment of the incoming commander, if they may hold command now.
pub(super) fn incoming(
    world: &World,
    context: &Context<'_>,
    handover: Handover<'_>,
) -> Result<Assignment, Refusal> {
    let Handover { structure, top, from, to, joins, waiver } = handover;
    if from == to {
        return Err(StructureRefusal::TransferToHolder.into());
    }
    let commanders = world.commanding(structure);
    let mut others = commanders.iter().filter(|other| joins || **other != from);
    if others.clone().any(|other| other.organization == to.organization) {
        return Err(StructureRefusal::AgencyCommands.into());
    }
    if others.any(|other| other.person == to.person) {
        let name = world.known_person(to.person)?.name.clone();
        return Err(StructureRefusal::PersonHolds { name }.into());
    }
    if structure.eoc().is_some_and(|eoc| eoc.organization != to.organization) {
        return Err(StructureRefusal::NotForEoc.into());
    }
    let (count, count_max) = (commanders.len(), COMMANDERS_MAX);
    if joins && count >= count_max {
        let field = "commanders";
        return Err(Refusal::CountOutOfRange { field, count, count_min: 1, count_max });
    }
    world.check_in_sight(structure, to.organization)?;
    top.check_room()?;
    let appointment = Appointment {
        structure,
        // Each commander is measured alone: they are not one another's deputies.
        wanted: Wanted::at(top),
        person: to.person,
        organization: to.organization,
        capacity: Capacity::Primary,
        reason: None,
        waiver,
    };
    appointment.checked(world, context)
}

impl Decide for WithdrawTransfer {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let structure = world.live_structure(self.structure)?;
        let transfer = may_become(structure, self.transfer, Stage::Withdrawn)?;
        if transfer.joins {
            spokesman(world, context, structure)?;
        } else {
            check_side(world, context, transfer.from, "the outgoing commander")?;
        }
        let reason = Some(limits::text("reason", &self.reason, REASON_CHARS_MAX)?);
        let seat = Seat::of(structure);
        let event = TransferWithdrawn { seat, transfer: transfer.id, reason };
        Ok(Decision::one(RecordRef::Structure(structure.id), event))
    }
}
