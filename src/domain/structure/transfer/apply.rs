//! How the events of a transfer change the World.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::{
    CommandTransferred, Stage, Step, Transfer, TransferAccepted, TransferDeclined,
    TransferProposed, TransferWithdrawn,
};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::record::RecordRef;
use crate::domain::structure::Seat;
use crate::domain::structure::post::with_reason;
use crate::domain::world::World;

impl Apply for TransferProposed {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let (from, to) = (world.who(self.from), world.who(self.to));
        let what = format!("{from} proposes to hand command to {to}: {}", self.reason);
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
        world.change_seat(&self.seat, stamp, what);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for TransferAccepted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(before) = world.transfer(&self.seat, self.transfer) else { return };
        let who = world.who(before.to);
        let at = self.effective.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC");
        let what = format!("{who} accepts command as of {at}");
        world.step(&self.seat, stamp, self.transfer, Stage::Accepted, None, |transfer| {
            transfer.effective = Some(self.effective);
            transfer.tells.clone_from(&self.tells);
        });
        world.change_seat(&self.seat, stamp, what);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for TransferDeclined {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(before) = world.transfer(&self.seat, self.transfer) else { return };
        let what = format!("{} declines command: {}", world.who(before.to), self.reason);
        let reason = Some(self.reason.clone());
        world.step(&self.seat, stamp, self.transfer, Stage::Declined, reason, |_| {});
        world.change_seat(&self.seat, stamp, what);
    }

    fn touches(&self) -> Vec<RecordRef> {
        self.seat.touches()
    }
}

impl Apply for TransferWithdrawn {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let Some(before) = world.transfer(&self.seat, self.transfer) else { return };
        let what = format!("command is not handed to {}", world.who(before.to));
        let what = with_reason(what, self.reason.as_deref());
        let reason = self.reason.clone();
        world.step(&self.seat, stamp, self.transfer, Stage::Withdrawn, reason, |_| {});
        world.change_seat(&self.seat, stamp, what);
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
        world.end_assignment(self.post, stamp, self.ended, Some("handed command over"));
        world.begin_assignment(self.post, stamp, self.assignment.clone());
        world.step(&self.seat, stamp, self.transfer, Stage::CarriedOut, None, |_| {});
        world.change_seat(&self.seat, stamp, format!("{to} takes command from {from}"));
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
