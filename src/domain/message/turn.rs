//! A turn of a running message: who is to be told now, who is held back, and whether it is over.
//!
//! The hub clock asks for a turn when something is due. A turn takes at most [`TURN_MAX`] people, and
//! no more than can be handed over soon, so that stopping a message stops nearly all of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::content::Priority;
use super::delivery::{Attempt, AttemptState, Delivery, Hold, HoldReason, Purpose, Standing};
use super::launch::touched;
use super::run::Run;
use super::{Message, Stage, Why};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::contact::Channel;
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{
    CHANNEL_LIMIT_MINUTES, CHANNEL_LIMIT_PER_PERSON, OUTSTANDING_MAX, TURN_MAX,
};
use crate::domain::person::Person;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::{World, under};

/// The letters of answers; those that look like digits or say yes or no are left out.
const CODES: &[u8] = b"ABCDEFGHJKLMPQRTUVWXZ";

/// Looks what is due in a running message. The hub clock asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct Turn {
    /// The message.
    pub message: Id<Message>,
}

/// Attempts are to be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempted {
    /// The message.
    pub message: Id<Message>,
    /// The attempts.
    pub attempts: Vec<Intended>,
}

/// An attempt that is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intended {
    /// The number of the recipient.
    pub recipient: u32,
    /// The channel.
    pub channel: Channel,
    /// The letter of their answer.
    pub code: char,
    /// What it is for.
    #[serde(default)]
    pub purpose: Purpose,
    /// What the priority of the message overrode.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrode: Vec<HoldReason>,
}

/// The next step for some is held back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The message.
    pub message: Id<Message>,
    /// The numbers of the recipients, and what holds them.
    pub held: Vec<(u32, Hold)>,
}

/// For some, everything was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaveUp {
    /// The message.
    pub message: Id<Message>,
    /// The numbers of the recipients.
    pub recipients: Vec<u32>,
}

/// The next wave is told, because it is not enough yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaveOpened {
    /// The message.
    pub message: Id<Message>,
    /// The incident in whose timeline that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// The wave, counted from 0.
    pub wave: u8,
}

/// A message is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The message.
    pub message: Id<Message>,
    /// The incident in whose timeline that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// Why.
    pub why: Why,
}

/// What one recipient's next step is.
enum Step {
    Try(Intended),
    Hold(Hold),
    GiveUp,
}

impl Decide for Turn {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let message = world.known_message(self.message)?;
        let unchanged = Decision::unchanged(message.record());
        let (Stage::Running, Some(run)) = (&message.stage, &message.run) else {
            return Ok(unchanged);
        };
        let events = if let Some(why) = ending(world, message, run, context.now) {
            vec![Ended::of(message, why).into()]
        } else {
            let opens = run.next_wave(&message.plan, context.now).is_some_and(|d| d <= context.now);
            let wave = u8::try_from(run.opened.len()).unwrap_or(u8::MAX);
            let mut events: Vec<Event> = Vec::new();
            if opens {
                let Message { id, incident, .. } = **message;
                events.push(WaveOpened { message: id, incident, wave }.into());
            }
            events.extend(steps(world, message, run, context.now));
            events
        };
        if events.is_empty() { Ok(unchanged) } else { Ok(Decision { events, ..unchanged }) }
    }
}

/// Why a message is over now, if it is.
fn ending(world: &World, message: &Message, run: &Run, now: Timestamp) -> Option<Why> {
    if message.plan.until.is_some_and(|until| until <= now) {
        Some(Why::Deadline)
    } else if world.is_enough(message, now) {
        Some(Why::Enough)
    } else {
        run.is_over(&message.plan).then_some(Why::Everybody)
    }
}

/// What is due now, recipient by recipient.
fn steps(world: &World, message: &Message, run: &Run, now: Timestamp) -> Vec<Event> {
    let room = OUTSTANDING_MAX.saturating_sub(run.outstanding.len()).min(TURN_MAX);
    let due = run.waiting.iter().take_while(|(due, _)| *due <= now).map(|(_, number)| *number);
    let fresh = run.begun..run.called();
    let (mut attempts, mut held, mut recipients) = (Vec::new(), Vec::new(), Vec::new());
    for number in due.chain(fresh).take(room) {
        match step(world, message, run, number, now) {
            Step::Try(intended) => attempts.push(intended),
            Step::Hold(hold) => held.push((number, hold)),
            Step::GiveUp => recipients.push(number),
        }
    }
    let message = message.id;
    let attempted = (!attempts.is_empty()).then(|| Attempted { message, attempts }.into());
    let held = (!held.is_empty()).then(|| Held { message, held }.into());
    let gave_up = (!recipients.is_empty()).then(|| GaveUp { message, recipients }.into());
    [attempted, held, gave_up].into_iter().flatten().collect()
}

fn step(world: &World, message: &Message, run: &Run, number: u32, now: Timestamp) -> Step {
    let delivery = run.deliveries.get(&number);
    let Some(person) = run.recipients.get(number as usize).map(|r| r.person) else {
        return Step::GiveUp;
    };
    let channels = world.channels_to(message, person).unwrap_or_default();
    let next = next_channel(message, delivery.map(AsRef::as_ref), &channels);
    let Some((channel, purpose)) = next else { return Step::GiveUp };
    let reasons = holds(world, person, channel, now);
    let overrides = |hold: &Hold| match (message.content.priority, hold.why) {
        (Priority::LifeSafety, _) | (Priority::Urgent, HoldReason::QuietHours) => true,
        (Priority::Urgent | Priority::Routine, _) => false,
    };
    let (overrode, kept): (Vec<_>, Vec<_>) = reasons.into_iter().partition(overrides);
    if let Some(hold) = kept.into_iter().max_by_key(|hold| hold.until) {
        return Step::Hold(hold);
    }
    let told = delivery.filter(|delivery| !delivery.attempts.is_empty());
    let code = told.map_or_else(|| free_code(world, person), |delivery| delivery.code);
    let overrode = overrode.into_iter().map(|hold| hold.why).collect();
    Step::Try(Intended { recipient: number, channel, code, purpose, overrode })
}

/// By which channel somebody is tried next; none when everything was tried.
fn next_channel(
    message: &Message,
    delivery: Option<&Delivery>,
    channels: &[Channel],
) -> Option<(Channel, Purpose)> {
    let accepted = delivery.filter(|d| d.standing() == Standing::Accepted);
    if let Some(delivery) = accepted {
        let asked = |a: &&Attempt| a.purpose == Purpose::AskAgain;
        let times = delivery.attempts.iter().filter(asked).count();
        let by = delivery.answer.as_ref().and_then(|answer| answer.channel);
        let channel = by.filter(|c| channels.contains(c)).or_else(|| channels.first().copied())?;
        return (times < usize::from(message.plan.cycles)).then_some((channel, Purpose::AskAgain));
    }
    let steps = delivery.map_or(0, |delivery| usize::from(delivery.steps));
    // Whoever our own providers keep us from is tried until one is back.
    let is_cut_off = delivery.is_some_and(|delivery| delivery.is_cut_off(channels.len()));
    if steps >= channels.len() * usize::from(message.plan.cycles) && !is_cut_off {
        return None;
    }
    channels.get(steps % channels.len()).map(|channel| (*channel, Purpose::Tell))
}

/// What speaks against telling somebody by a channel now.
fn holds(world: &World, person: Id<Person>, channel: Channel, now: Timestamp) -> Vec<Hold> {
    let reach = world.person(person).and_then(|known| known.reachability.as_ref());
    let quiet = reach.and_then(|reach| reach.quiet_until(channel, now));
    let quiet = quiet.map(|until| Hold { until, why: HoldReason::QuietHours });
    let limit = limit_until(world, person, channel, now);
    let limit = limit.map(|until| Hold { until, why: HoldReason::Limit });
    let stopped = world.has_stopped(person, channel);
    let stopped = stopped.then_some(Hold { until: now, why: HoldReason::Stopped });
    [quiet, limit, stopped].into_iter().flatten().collect()
}

/// Until when somebody is told nothing more by a channel; none when it was not used much lately.
fn limit_until(
    world: &World,
    person: Id<Person>,
    channel: Channel,
    now: Timestamp,
) -> Option<Timestamp> {
    let span = jiff::SignedDuration::from_mins(CHANNEL_LIMIT_MINUTES);
    let mut lately: Vec<_> = world
        .deliveries_to(person)
        .take(CHANNEL_LIMIT_PER_PERSON * 2)
        .flat_map(|(_, delivery)| delivery.attempts.iter())
        .filter(|attempt| attempt.channel == channel && attempt.may_disturb())
        .map(|attempt| attempt.at)
        .filter(|at| *at > now - span)
        .collect();
    lately.sort_unstable();
    let over = lately.len().checked_sub(CHANNEL_LIMIT_PER_PERSON)?;
    lately.get(over).map(|at| *at + span)
}

/// A letter that no other message to the person uses that may still be answered.
fn free_code(world: &World, person: Id<Person>) -> char {
    let recent = world.deliveries_to(person).take(CODES.len());
    let taken: Vec<char> = recent.map(|(_, delivery)| delivery.code).collect();
    let free = CODES.iter().map(|code| char::from(*code)).find(|code| !taken.contains(code));
    // With more open messages than letters, the letter of the oldest is used again.
    free.or(taken.last().copied()).unwrap_or('A')
}

impl Ended {
    pub(super) const fn of(message: &Message, why: Why) -> Self {
        Self { message: message.id, incident: message.incident, why }
    }
}

impl World {
    /// The messages that something was tried for to tell a person, the newest first.
    pub fn deliveries_to(&self, person: Id<Person>) -> impl Iterator<Item = (&Message, &Delivery)> {
        let (first, last) = under(person).into_inner();
        let of = self.person_deliveries.range((first.0, first.1, 0)..=(last.0, last.1, u32::MAX));
        of.rev().filter_map(|(_, message, number)| {
            let message = self.message(*message)?;
            let delivery = message.run.as_ref()?.deliveries.get(number)?;
            Some((message.as_ref(), delivery.as_ref()))
        })
    }
}

impl Apply for Attempted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let at = stamp.at;
        let mut begun = Vec::new();
        world.change_message(self.message, stamp, |message| {
            let plan = message.plan.clone();
            let Some(run) = &mut message.run else { return };
            for intended in &self.attempts {
                let attempt = Attempt {
                    channel: intended.channel,
                    purpose: intended.purpose,
                    at,
                    state: AttemptState::Intended,
                    repeated: false,
                    provider: None,
                    reference: None,
                    code: None,
                    settled: None,
                    overrode: intended.overrode.clone(),
                };
                run.change(intended.recipient, intended.code, |delivery| {
                    delivery.code = intended.code;
                    delivery.intend(attempt, &plan);
                });
                let person = run.recipients.get(intended.recipient as usize).map(|r| r.person);
                begun.extend(person.map(|person| (person, self.message, intended.recipient)));
            }
        });
        world.person_deliveries.extend(begun);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Message(self.message)]
    }
}

impl Apply for Held {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_message(self.message, stamp, |message| {
            let Some(run) = &mut message.run else { return };
            for (number, hold) in &self.held {
                run.change(*number, 'A', |delivery| {
                    delivery.held = Some(*hold);
                    delivery.next = Some(hold.until);
                });
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Message(self.message)]
    }
}

impl Apply for GaveUp {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_message(self.message, stamp, |message| {
            let Some(run) = &mut message.run else { return };
            for number in &self.recipients {
                run.change(*number, 'A', |delivery| {
                    delivery.given_up = Some(stamp.at);
                    delivery.next = None;
                    delivery.held = None;
                });
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Message(self.message)]
    }
}

impl Apply for WaveOpened {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_message(self.message, stamp, |message| {
            let Some(run) = &mut message.run else { return };
            if run.opened.len() == usize::from(self.wave) {
                run.opened.push(stamp.at);
            }
        });
        let wave = u32::from(self.wave) + 1;
        world.chronicle_message(self.message, self.incident, stamp, |what| {
            sentence!(
                "MESSAGE_WAVE",
                "not enough have accepted, wave {wave} is told: {words}",
                wave = wave,
                words = what,
            )
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.message, self.incident)
    }
}

impl Apply for Ended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let (why, at) = (self.why, stamp.at);
        world.change_message(self.message, stamp, |message| {
            message.stage = Stage::Ended { why, at };
        });
        world.chronicle_message(self.message, self.incident, stamp, |what| {
            let why = match why {
                Why::Enough => "enough have accepted",
                Why::Everybody => "everybody was told, or everything was tried",
                Why::Deadline => "its time is over",
            };
            sentence!("MESSAGE_ENDED", "message ended, {why}: {words}", why = why, words = what)
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.message, self.incident)
    }
}
