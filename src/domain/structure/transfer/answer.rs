//! The answer of the incoming, and what it leads to.

use jiff::SignedDuration;

use super::propose::{Handover, incoming};
use super::{
    AcceptTransfer, CarryOutTransfer, CommandTransferred, DeclineTransfer, Stage, Tell, Transfer,
    TransferAccepted, TransferDeclined, TransferWithdrawn, check_side, may_become,
};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::Event;
use crate::domain::ids::Id;
use crate::domain::limits::{self, REASON_CHARS_MAX, TRANSFER_HOURS_MAX};
use crate::domain::organization::Organization;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::structure::{
    Capacity, Post, Relieved, Seat, Structure, StructureRefusal, leaving,
};
use crate::domain::world::World;

impl Decide for AcceptTransfer {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let (structure, top) = world.live_command(self.structure)?;
        let transfer = may_become(structure, self.transfer, Stage::Accepted)?;
        check_side(world, context, transfer.to, "the incoming commander")?;
        let latest = context.now + SignedDuration::from_hours(TRANSFER_HOURS_MAX);
        limits::to_come("effective", self.effective, context.now)?;
        // Who was a little late in typing means at once: nobody commands in hindsight.
        let effective = self.effective.unwrap_or(context.now).max(context.now);
        if effective > latest {
            let hours_max = TRANSFER_HOURS_MAX;
            return Err(StructureRefusal::EffectiveUnusable { hours_max }.into());
        }
        let carried_out = carry_out(world, context, structure, top, transfer)?;
        let seat = Seat::of(structure);
        let tells = tells(world, structure, transfer);
        let accepted = TransferAccepted { seat, transfer: transfer.id, effective, tells };
        let at_once = effective == context.now;
        let carried_out = carried_out.into_iter().filter(|_| at_once);
        let events = std::iter::once(Event::from(accepted)).chain(carried_out).collect();
        Ok(Decision { subject: RecordRef::Structure(structure.id), events })
    }
}

impl Decide for DeclineTransfer {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let structure = world.live_structure(self.structure)?;
        let transfer = may_become(structure, self.transfer, Stage::Declined)?;
        check_side(world, context, transfer.to, "the incoming commander")?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        let event = TransferDeclined { seat: Seat::of(structure), transfer: transfer.id, reason };
        Ok(Decision::one(RecordRef::Structure(structure.id), event))
    }
}

impl Decide for CarryOutTransfer {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let unknown = StructureRefusal::StructureUnknown(self.structure);
        let structure = world.structure(self.structure).ok_or(unknown)?;
        let transfer = may_become(structure, self.transfer, Stage::CarriedOut)?;
        let subject = RecordRef::Structure(structure.id);
        if transfer.effective.is_none_or(|effective| context.now < effective) {
            return Ok(Decision::unchanged(subject));
        }
        let carried_out = world
            .live_command(structure.id)
            .and_then(|(_, top)| carry_out(world, context, structure, top, transfer));
        // What speaks against it is told to people; command stays where it is.
        let events = carried_out.unwrap_or_else(|refusal| {
            let (seat, reason) = (Seat::of(structure), Some(refusal.to_string()));
            vec![TransferWithdrawn { seat, transfer: transfer.id, reason }.into()]
        });
        Ok(Decision { subject, events })
    }
}

/// What happens when command changes hands now.
fn carry_out(
    world: &World,
    context: &Context<'_>,
    structure: &Structure,
    top: &Post,
    transfer: &Transfer,
) -> Result<Vec<Event>, Refusal> {
    let Transfer { from, to, joins, .. } = *transfer;
    let mut held = top.held_as(Capacity::Primary);
    let ended = held.find(|held| !joins && held.commander() == from).map(|held| held.id);
    if ended.is_none() && !joins {
        return Err(StructureRefusal::AgencyDoesNotCommand.into());
    }
    let waiver = transfer.waiver.as_deref();
    let handover = Handover { structure, top, from, to, joins, waiver };
    let assignment = incoming(world, context, handover)?;
    let (seat, transfer, post) = (Seat::of(structure), transfer.id, top.id);
    let transferred = CommandTransferred { seat, transfer, post, ended, assignment };
    // Who was deputy or trainee until now is not both.
    let seat = Seat::at(structure, post);
    let before = top.held().filter(|held| held.person == to.person && Some(held.id) != ended);
    let why = if joins { "joins command" } else { "takes over command" };
    let relieved = before.map(|held| {
        let reason = Some(why.to_owned());
        Event::from(Relieved { seat, post, assignment: held.id, reason })
    });
    let changes_agency = !joins && from.organization != to.organization;
    let delegations = leaving::delegations(structure, from.organization, context.now);
    let delegations = delegations.filter(|_| changes_agency);
    Ok(std::iter::once(Event::from(transferred)).chain(relieved).chain(delegations).collect())
}

/// Who has to be told (NIMS: dispatch and centers, command and general staff).
fn tells(world: &World, structure: &Structure, transfer: &Transfer) -> Vec<Tell> {
    let commanders = world.commanding(structure).into_iter().map(|c| c.organization);
    let centers = structure.incident().into_iter().flat_map(|incident| world.eocs_of(incident));
    let centers = centers.map(|(_, eoc)| eoc.organization);
    let mut organizations: Vec<Id<Organization>> = { world.owner_of_structure(structure) }
        .into_iter()
        .chain(commanders)
        .chain([transfer.to.organization])
        .chain(centers)
        .collect();
    organizations.sort_unstable();
    organizations.dedup();
    let open = world.posts_of(structure.id).filter(|post| post.is_live() && post.level.is_staff());
    let staff = open.flat_map(|post| {
        post.held().map(|held| Tell::Staff { post: post.id, person: held.person })
    });
    organizations.into_iter().map(Tell::Dispatch).chain(staff).collect()
}
