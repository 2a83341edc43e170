//! Another agency comes into Unified Command: a commander asks, and the agency answers (check 1).

use serde::{Deserialize, Serialize};

use super::propose::{Handover, incoming};
use super::{TransferProposed, is_side, spokesman};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::Event;
use crate::domain::ids::Id;
use crate::domain::limits::{self, REASON_CHARS_MAX, TRANSFERS_MAX};
use crate::domain::organization::Organization;
use crate::domain::person::Person;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::structure::briefing::briefing;
use crate::domain::structure::{
    Assigned, Assignment, Commander, Post, Relieved, Seat, Structure, StructureRefusal,
};
use crate::domain::world::World;

/// Asks an agency to join command, which makes it unified. An agency is in command by its own word:
/// it accepts or declines as a transfer is. Whoever speaks for both sides has given it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JoinCommand {
    /// The structure.
    pub structure: Id<Structure>,
    /// Who joins.
    pub person: Id<Person>,
    /// The agency whose authority they bring.
    pub organization: Id<Organization>,
    /// Why.
    pub reason: String,
    /// Why they may although something speaks against it.
    pub waiver: Option<String>,
}

impl Decide for JoinCommand {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let (structure, top) = world.live_command(self.structure)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        if structure.eoc().is_some() {
            return Err(StructureRefusal::NotForEoc.into());
        }
        let from = spokesman(world, context, structure)?;
        let to = Commander { person: self.person, organization: self.organization };
        let waiver = self.waiver.as_deref();
        let handover = Handover { structure, top, from, to, joins: true, waiver };
        let assignment = incoming(world, context, handover)?;
        let subject = RecordRef::Structure(structure.id);
        if is_side(world, context, to) {
            let assignment = Assignment { reason: Some(reason), ..assignment };
            return Ok(Decision { subject, events: join(structure, top, assignment) });
        }
        let mut asked = structure.open_transfers().filter(|transfer| transfer.joins);
        if asked.any(|transfer| transfer.to.organization == to.organization) {
            return Err(StructureRefusal::AgencyAsked.into());
        }
        limits::room("transfers", structure.transfers.len(), TRANSFERS_MAX)?;
        let since = top.held().find(|held| held.commander() == from);
        let since = since.map_or(context.now, |held| held.from);
        let event = TransferProposed {
            seat: Seat::of(structure),
            transfer: context.ids.next(),
            from,
            to,
            joins: true,
            briefing: briefing(world, structure, since, None, context.now),
            reason,
            waiver: limits::text_option("waiver", waiver, REASON_CHARS_MAX)?,
        };
        Ok(Decision::one(subject, event))
    }
}

/// What happens when an agency joins that need not be asked.
fn join(structure: &Structure, top: &Post, assignment: Assignment) -> Vec<Event> {
    let (seat, post) = (Seat::at(structure, top.id), top.id);
    // Who was deputy or trainee until now is not both.
    let other = top.held().find(|held| held.person == assignment.person);
    let ended = other.map(|held| {
        let reason = Some("joins command".to_owned());
        Event::from(Relieved { seat, post, assignment: held.id, reason })
    });
    let joined = Event::from(Assigned { seat, post, assignment });
    ended.into_iter().chain([joined]).collect()
}
