//! Commands carried out by hand on a World in memory, where no hub and no log is measured.

use jiff::Timestamp;
use muster::domain::organization::Organization;
use muster::domain::{
    Attribution, Command, Context, Decide as _, Id, Ids, RecordRef, Stamp, World,
};
use uuid::Uuid;

/// Adds what follows from a command of an organization, or of the hub, and gives the record that it
/// was about.
pub(crate) fn carry_out(
    world: &mut World,
    now: Timestamp,
    organization: Option<Id<Organization>>,
    command: &Command,
) -> anyhow::Result<RecordRef> {
    let by = Attribution { principal: "bench".into(), organization, on_behalf_of: None };
    let decision = command.decide(world, &context(world, now, &by))?;
    for event in &decision.events {
        let stamp = Stamp { seq: world.seq() + 1, at: now, by: &by };
        world.apply(event, &stamp, None);
    }
    Ok(decision.subject)
}

/// What a command comes with; the ids follow from the state of the World.
pub(crate) fn context<'a>(world: &World, now: Timestamp, by: &'a Attribution) -> Context<'a> {
    let seed = 0x0196_8f00_0000_7000_8000_0000_0000_0000 | u128::from(world.seq()) << 8;
    Context { now, ids: Ids::from_seed(Uuid::from_u128(seed)), by }
}
