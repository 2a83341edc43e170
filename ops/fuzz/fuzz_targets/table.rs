//! A hub of one, without log and loop: decides and applies at once.

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::{
    Attribution, Command, Context, Decide as _, Id, Ids, RecordRef, Refusal, Stamp, World,
    organization::Organization,
};

/// What is known, and how many commands were asked.
#[derive(Default)]
pub struct Table {
    pub world: World,
    asked: u128,
}

impl Table {
    /// Asks for one thing on the authority of an organization, or of the hub.
    pub fn submit(
        &mut self,
        command: &Command,
        organization: Option<Id<Organization>>,
        now: Timestamp,
    ) -> Result<RecordRef, Refusal> {
        // Far enough apart that the ids of two commands never meet.
        self.asked += 1;
        let seed = 0x0196_0000_0000_7000_8000_0000_0000_0000 + (self.asked << 80);
        let ids = Ids::from_seed(Uuid::from_u128(seed));
        let by = Attribution { principal: "dana".to_owned(), organization, on_behalf_of: None };
        let decision = command.decide(&self.world, &Context { now, ids, by: &by })?;
        for event in &decision.events {
            let stamp = Stamp { seq: self.world.seq() + 1, at: now, by: &by };
            self.world.apply(event, &stamp, None);
        }
        Ok(decision.subject)
    }
}
