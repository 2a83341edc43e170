//! Where a launched message stands.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::delivery::{Delivery, Standing};
use super::plan::Plan;
use super::preview::Digest;
use super::{Message, Stage};
use crate::domain::event::Stamp;
use crate::domain::ids::Id;
use crate::domain::limits::OUTSTANDING_MAX;
use crate::domain::person::Person;
use crate::domain::world::World;

/// Where a launched message stands, with each of those it is for.
///
/// A person is named by their number in the order of telling. Those for whom nothing was tried yet
/// are only counted, so that launching to a hundred thousand costs little more than their list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// When it was launched.
    pub at: Timestamp,
    /// The principal who launched it.
    pub by: String,
    /// What was previewed, and launched.
    pub digest: Digest,
    /// Who is told, wave by wave.
    pub recipients: Arc<[Recipient]>,
    /// When each wave was opened, as far as they were.
    pub opened: Vec<Timestamp>,
    /// How many of the recipients something was tried for.
    pub begun: u32,
    /// Those, by their numbers.
    pub deliveries: OrdMap<u32, Arc<Delivery>>,
    /// When the next turn is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// Whose next step is due when.
    #[serde(skip)]
    pub(super) waiting: OrdSet<(Timestamp, u32)>,
    /// Attempts that have to be handed over: recipient and number.
    #[serde(skip)]
    pub(super) outstanding: OrdSet<(u32, u16)>,
    /// Who accepted.
    #[serde(skip)]
    pub(super) accepted: OrdSet<u32>,
    /// How many stand where, those not begun left out.
    #[serde(skip)]
    pub(super) tally: OrdMap<Standing, u32>,
}

/// Somebody who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Who.
    pub person: Id<Person>,
    /// In which wave, counted from 0.
    pub wave: u8,
}

impl Run {
    /// A run at its launch.
    pub(super) fn new(
        at: Timestamp,
        by: String,
        digest: Digest,
        waves: &[Vec<Id<Person>>],
    ) -> Self {
        let recipients = (0_u8..).zip(waves).flat_map(|(wave, persons)| {
            persons.iter().map(move |person| Recipient { person: *person, wave })
        });
        Self {
            at,
            by,
            digest,
            recipients: recipients.collect(),
            opened: vec![at],
            begun: 0,
            deliveries: OrdMap::new(),
            due: Some(at),
            waiting: OrdSet::new(),
            outstanding: OrdSet::new(),
            accepted: OrdSet::new(),
            tally: OrdMap::new(),
        }
    }

    /// How many stand where.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        let begun = self.tally.get(&standing).map_or(0, |count| *count as usize);
        let rest = self.recipients.len().saturating_sub(self.begun as usize);
        if standing == Standing::Waiting { begun + rest } else { begun }
    }

    /// Attempts that have to be handed over: the number of the recipient and of the attempt.
    pub fn outstanding(&self) -> impl Iterator<Item = (u32, u16)> + '_ {
        self.outstanding.iter().copied()
    }

    /// Those whom it reached, or may have reached: a provider has it and says no more.
    pub fn told(&self) -> impl Iterator<Item = &Arc<Delivery>> {
        self.deliveries.values().filter(|delivery| delivery.told_by().is_some())
    }

    /// How many recipients the opened waves have.
    pub(super) fn called(&self) -> u32 {
        let opened = self.opened.len();
        let called = self.recipients.partition_point(|r| usize::from(r.wave) < opened);
        u32::try_from(called).unwrap_or(u32::MAX)
    }

    /// Whether nothing is left to try for those who were called.
    fn is_idle(&self) -> bool {
        self.begun >= self.called() && self.waiting.is_empty() && self.outstanding.is_empty()
    }

    /// When the next wave begins, if there is one.
    pub(super) fn next_wave(&self, plan: &Plan, now: Timestamp) -> Option<Timestamp> {
        let wave = plan.waves.get(self.opened.len())?;
        let after = SignedDuration::from_mins(i64::from(wave.after_minutes));
        let last = self.opened.last().copied().unwrap_or(self.at);
        // When all who were called have answered, there is nothing to wait for.
        Some(if self.is_idle() { now.min(last + after) } else { last + after })
    }

    /// Whether nothing is left to try for anybody.
    pub(super) fn is_over(&self, plan: &Plan) -> bool {
        self.opened.len() >= plan.waves.len() && self.is_idle()
    }

    /// When the next turn is due, after something happened.
    fn next_turn(&self, plan: &Plan, at: Timestamp) -> Option<Timestamp> {
        if self.is_over(plan) {
            return Some(at);
        }
        let has_room = self.outstanding.len() < OUTSTANDING_MAX;
        let fresh = (self.begun < self.called()).then_some(at);
        let step = fresh.or_else(|| self.waiting.get_min().map(|(due, _)| *due));
        let step = step.filter(|_| has_room);
        [step, self.next_wave(plan, at), plan.until].into_iter().flatten().min()
    }

    /// Changes one person's delivery, and the indexes with it. One that is new gets this code.
    pub(super) fn change(&mut self, number: u32, code: char, change: impl FnOnce(&mut Delivery)) {
        let Some(recipient) = self.recipients.get(number as usize).copied() else { return };
        if let Some(delivery) = self.deliveries.get(&number).cloned() {
            self.unindex(number, &delivery);
        }
        let delivery = self
            .deliveries
            .entry(number)
            .or_insert_with(|| Arc::new(Delivery::new(recipient.person, code)));
        change(Arc::make_mut(delivery));
        let delivery = Arc::clone(delivery);
        self.begun = self.begun.max(number + 1);
        self.index(number, &delivery);
    }

    fn index(&mut self, number: u32, delivery: &Delivery) {
        self.waiting.extend(delivery.next.map(|next| (next, number)));
        let outstanding = delivery.numbered().filter(|(_, a)| a.state.is_outstanding());
        self.outstanding.extend(outstanding.map(|(attempt, _)| (number, attempt)));
        let standing = delivery.standing();
        *self.tally.entry(standing).or_insert(0) += 1;
        if matches!(standing, Standing::Accepted | Standing::Done) {
            self.accepted.insert(number);
        }
    }

    fn unindex(&mut self, number: u32, delivery: &Delivery) {
        if let Some(next) = delivery.next {
            self.waiting.remove(&(next, number));
        }
        for (attempt, _) in delivery.numbered() {
            self.outstanding.remove(&(number, attempt));
        }
        let standing = delivery.standing();
        let left = self.tally.get(&standing).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            self.tally.remove(&standing);
        } else {
            self.tally.insert(standing, left);
        }
        self.accepted.remove(&number);
    }

    /// Builds the indexes again, after the run was read from a snapshot.
    fn reindex(&mut self) {
        for (number, delivery) in self.deliveries.clone() {
            self.index(number, &delivery);
        }
    }
}

impl World {
    /// How many have accepted so far meets every quorum of a message. It never does where it has
    /// none.
    pub(super) fn is_enough(&self, message: &Message, now: Timestamp) -> bool {
        let Some(run) = &message.run else { return false };
        let persons = || {
            let accepted = run.accepted.iter().filter_map(|n| run.deliveries.get(n));
            accepted.map(|delivery| delivery.person)
        };
        !message.plan.enough.is_empty()
            && message.plan.enough.iter().all(|quorum| {
                let count = persons().filter(|p| quorum.counts(self, *p, now)).count();
                count >= quorum.count as usize
            })
    }

    /// Changes a message, and keeps its timer and the indexes over all messages.
    pub(super) fn change_message(
        &mut self,
        id: Id<Message>,
        stamp: &Stamp<'_>,
        change: impl FnOnce(&mut Message),
    ) {
        let Some(message) = self.messages.get(&id) else { return };
        let mut message = Message::clone(message);
        if let Some(timer) = message.timer() {
            self.timers.remove(&timer);
        }
        change(&mut message);
        message.revision.touch(stamp);
        let plan = Arc::clone(&message.plan);
        let is_running = matches!(message.stage, Stage::Running);
        if let Some(run) = &mut message.run {
            run.due = is_running.then(|| run.next_turn(&plan, stamp.at)).flatten();
        }
        self.timers.extend(message.timer());
        self.messages.insert(id, Arc::new(message));
    }

    pub(in crate::domain) fn insert_message(&mut self, mut message: Arc<Message>) {
        if let Some(run) = &mut Arc::make_mut(&mut message).run {
            run.reindex();
        }
        self.incident_messages.extend(message.incident.map(|incident| (incident, message.id)));
        let run = message.run.iter();
        let begun = run.flat_map(|run| run.deliveries.iter());
        let begun = begun.filter(|(_, delivery)| !delivery.attempts.is_empty());
        let begun: Vec<_> = begun.map(|(number, d)| (d.person, message.id, *number)).collect();
        self.person_deliveries.extend(begun);
        self.messages.insert(message.id, message);
    }
}
