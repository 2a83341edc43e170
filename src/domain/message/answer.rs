//! What people answer, by whichever way, and what follows from it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::content::Meaning;
use super::delivery::Answer;
use super::launch::touched;
use super::{Ended, Message, Refused, Stage, Why};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::contact::Channel;
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::ARRIVAL_HOURS_MAX;
use crate::domain::person::Person;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Records what somebody answered.
#[derive(Clone, Debug, Serialize)]
pub struct RecordAnswer {
    /// The message.
    pub message: Id<Message>,
    /// Who answered.
    pub person: Id<Person>,
    /// What they mean; acknowledging needs no response of the message.
    pub meaning: Meaning,
    /// Which of the responses it is, counted from 1.
    pub response: Option<u8>,
    /// When they will be there.
    pub arrival: Option<Timestamp>,
    /// By which channel; none when somebody records it for them.
    pub channel: Option<Channel>,
}

/// Somebody answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The message.
    pub message: Id<Message>,
    /// The incident in whose timeline that stands: where somebody needs help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// The number of the recipient.
    pub recipient: u32,
    /// What they answered.
    pub answer: Answer,
}

impl Decide for RecordAnswer {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let message = world.known_message(self.message)?;
        let run = message.run.as_ref().ok_or(Refused::NotLaunched)?;
        let recipient = world.delivery_number(message.id, self.person);
        let recipient = recipient.ok_or(Refused::NotARecipient)?;
        let meaning = self.meaning_in(message)?;
        let latest = context.now + jiff::SignedDuration::from_hours(ARRIVAL_HOURS_MAX);
        let arrival = self.arrival.filter(|arrival| *arrival <= latest);
        let late = !message.is_running();
        let (response, at, channel) = (self.response, context.now, self.channel);
        let answer = Answer { meaning, response, arrival, at, channel, late };
        let told = run.deliveries.get(&recipient);
        if told.is_some_and(|delivery| delivery.has_answered(&answer)) {
            return Ok(Decision::unchanged(message.record()));
        }
        let incident = message.incident.filter(|_| meaning == Meaning::NeedHelp);
        let answered = Answered { message: message.id, incident, recipient, answer };
        let mut events: Vec<Event> = vec![answered.clone().into()];
        if message.is_running() && completes(world, message, &answered, context.now) {
            events.push(Ended::of(message, Why::Enough).into());
        }
        Ok(Decision { subject: message.record(), events })
    }
}

impl RecordAnswer {
    /// What the answer means in this message.
    fn meaning_in(&self, message: &Message) -> Result<Meaning, Refusal> {
        let Some(number) = self.response else {
            return match self.meaning {
                Meaning::Acknowledge | Meaning::Understood | Meaning::Done | Meaning::NeedHelp => {
                    Ok(self.meaning)
                }
                Meaning::Accept | Meaning::Decline => {
                    let offered = message.content.responses.iter();
                    let mut offered = offered.filter(|r| r.meaning == self.meaning);
                    let known = offered.next().map(|response| response.meaning);
                    known.ok_or_else(|| Refused::ResponseUnknown.into())
                }
                Meaning::Other => Err(Refused::ResponseUnknown.into()),
            };
        };
        let response = message.content.response(usize::from(number));
        let response = response.ok_or(Refused::ResponseUnknown)?;
        Ok(response.meaning)
    }
}

/// Whether a message has enough with this answer.
fn completes(world: &World, message: &Message, answered: &Answered, now: Timestamp) -> bool {
    let mut after = message.clone();
    let Some(run) = &mut after.run else { return false };
    let plan = after.plan.clone();
    run.change(answered.recipient, 'A', |d| d.note(answered.answer.clone(), &plan));
    world.is_enough(&after, now)
}

impl Apply for Answered {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_message(self.message, stamp, |message| {
            let plan = message.plan.clone();
            let Some(run) = &mut message.run else { return };
            run.change(self.recipient, 'A', |d| d.note(self.answer.clone(), &plan));
        });
        world.chronicle_message(self.message, self.incident, stamp, |what| {
            sentence!("HELP_NEEDED", "somebody who was told needs help: {words}", words = what)
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.message, self.incident)
    }
}

impl Message {
    /// Whether an answer still counts: it runs, or it is over and was not thrown away.
    #[must_use]
    pub const fn takes_answers(&self) -> bool {
        matches!(self.stage, Stage::Running | Stage::Ended { .. } | Stage::Stopped { .. })
    }
}
