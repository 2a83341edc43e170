//! What ends with an agency's command: its delegations, and that others wait for its signature.

use jiff::Timestamp;

use super::{Commander, DelegationEnded, JointSigned, Seat, Structure};
use crate::domain::event::Event;
use crate::domain::ids::Id;
use crate::domain::organization::Organization;
use crate::domain::period::plan;
use crate::domain::world::World;

/// The delegations of an agency that is not in command any more end; should it come back, it gives
/// its word anew.
pub(super) fn delegations(
    structure: &Structure,
    agency: Id<Organization>,
    now: Timestamp,
) -> impl Iterator<Item = Event> {
    let given = structure.delegations.iter();
    let given = given.filter(move |one| one.from == agency && one.is_in_force(now));
    given.map(|one| DelegationEnded { seat: Seat::of(structure), delegation: one.id }.into())
}

/// What all who stay in command have signed is decided, and their plan approved (check 16).
pub(super) fn signatures(world: &World, structure: &Structure, stay: &[Commander]) -> Vec<Event> {
    let open = structure.decisions.iter().filter(|decision| decision.agreed.is_none());
    let decided = open.filter_map(|decision| {
        let approvals = decision.approvals.renewed(stay);
        let (seat, decision) = (Seat::of(structure), decision.id);
        approvals.is_complete().then(|| JointSigned { seat, decision, approvals }.into())
    });
    let periods = structure.incident().into_iter().flat_map(|of| world.periods_of(of));
    let approved = periods.filter_map(|period| plan::approved_by(period, stay).map(Event::from));
    decided.chain(approved).collect()
}
