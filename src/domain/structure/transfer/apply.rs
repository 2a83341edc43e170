//! How the events of a transfer change the World.

use std::sync::Arc;

use super::{
    CommandTransferred, Stage, Step, Transfer, TransferAccepted, TransferDeclined,
    TransferProposed, TransferWithdrawn,
};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::record::RecordRef;
use crate::domain::sentence::{minute, sentence};
use crate::domain::structure::Seat;
use crate::domain::structure::assignment::joined;
use crate::domain::world::World;

impl Apply for TransferProposed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let (from, to) = (world.who(self.from), world.who(self.to));
        let said = if self.joins {
            sentence!("JOINING_ASKED", "{from} asks {to} to join command", from = from, to = to)
        } else {
            sentence!(
                "TRANSFER_PROPOSED",
                "{from} proposes to hand command to {to}",
                from = from,
                to = to,
            )
        };
        let said = said.because(Some(&self.reason));
        let step = Step {
            stage: Stage::Proposed,
            at: stamp.at,
            by: stamp.by.principal.clone(),
            reason: Some(self.reason.clone()),
        };
        let transfer = Arc::new(Transfer {
            id: self.transfer,
            from: self.from,
            to: self.to,
            joins: self.joins,
            stage: Stage::Proposed,
            briefing: self.briefing.clone(),
            waiver: self.waiver.clone(),
            effective: None,
            tells: Vec::new(),
            steps: vec![step],
        });
        world.change_structure(self.seat.structure, stamp, |structure| {
            structure.transfers.push(transfer);
        });
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for TransferAccepted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(before) = world.transfer(&self.seat, self.transfer) else { return };
        let who = world.who(before.to);
        let at = minute(self.effective);
        let said = if before.joins {
            sentence!("JOINING_ACCEPTED", "{who} joins command as of {at}", who = who, at = at)
        } else {
            sentence!("TRANSFER_ACCEPTED", "{who} accepts command as of {at}", who = who, at = at)
        };
        world.step(&self.seat, stamp, self.transfer, Stage::Accepted, None, |transfer| {
            transfer.effective = Some(self.effective);
            transfer.tells.clone_from(&self.tells);
        });
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for TransferDeclined {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(before) = world.transfer(&self.seat, self.transfer) else { return };
        let who = world.who(before.to);
        let said = if before.joins {
            sentence!("JOINING_DECLINED", "{who} does not join command", who = who)
        } else {
            sentence!("TRANSFER_DECLINED", "{who} declines command", who = who)
        };
        let said = said.because(Some(&self.reason));
        let reason = Some(self.reason.clone());
        world.step(&self.seat, stamp, self.transfer, Stage::Declined, reason, |_| {});
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for TransferWithdrawn {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(before) = world.transfer(&self.seat, self.transfer) else { return };
        let who = world.who(before.to);
        let said = if before.joins {
            sentence!("JOINING_WITHDRAWN", "{who} is not to join command any more", who = who)
        } else {
            sentence!("TRANSFER_WITHDRAWN", "command is not handed to {who}", who = who)
        };
        let said = said.because(self.reason.as_deref());
        let reason = self.reason.clone();
        world.step(&self.seat, stamp, self.transfer, Stage::Withdrawn, reason, |_| {});
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for CommandTransferred {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(before) = world.transfer(&self.seat, self.transfer) else { return };
        let (from, to) = (world.who(before.from), world.who(before.to));
        // Both in one event: command is never nobody's and never two people's.
        if let Some(ended) = self.ended {
            world.end_assignment(self.post, stamp, ended, Some("handed command over"));
        }
        world.begin_assignment(self.post, stamp, self.assignment.clone());
        world.step(&self.seat, stamp, self.transfer, Stage::CarriedOut, None, |_| {});
        let said = if self.ended.is_none() {
            joined(&to)
        } else {
            sentence!("COMMAND_TRANSFERRED", "{to} takes command from {from}", to = to, from = from,)
        };
        world.change_seat(&self.seat, stamp, said);
    }

    fn touches(&self) -> Vec<RecordRef> {
        let mut touches = self.seat.touches();
        touches.push(RecordRef::Post(self.post));
        touches
    }
}

impl World {
    fn transfer(&self, seat: &Seat, id: Id<Transfer>) -> Option<&Arc<Transfer>> {
        self.structure(seat.structure)?.transfer(id)
    }

    /// Takes a transfer one step on, with its deadline.
    fn step(
        &mut self,
        seat: &Seat,
        stamp: &Stamp<'_>,
        id: Id<Transfer>,
        stage: Stage,
        reason: Option<String>,
        change: impl FnOnce(&mut Transfer),
    ) {
        let before = self.transfer(seat, id).and_then(|transfer| transfer.timer(seat.structure));
        if let Some(timer) = before {
            self.timers.remove(&timer);
        }
        self.change_structure(seat.structure, stamp, |structure| {
            let mut known = structure.transfers.iter_mut();
            let Some(transfer) = known.find(|transfer| transfer.id == id) else { return };
            let transfer = Arc::make_mut(transfer);
            let by = stamp.by.principal.clone();
            transfer.stage = stage;
            transfer.steps.push(Step { stage, at: stamp.at, by, reason });
            change(transfer);
        });
        let after = self.transfer(seat, id).and_then(|transfer| transfer.timer(seat.structure));
        self.timers.extend(after);
    }
}
