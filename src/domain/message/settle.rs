//! What came of attempts.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::delivery::AttemptState;
use super::{Message, Refused};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, OUTCOMES_MAX, REFERENCE_CHARS_MAX};
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Records what came of attempts of one message. The hub's own dispatcher asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct Settle {
    /// The message.
    pub message: Id<Message>,
    /// What came of which attempt.
    pub outcomes: Vec<Outcome>,
}

/// What came of attempts was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// The message.
    pub message: Id<Message>,
    /// What came of which attempt.
    pub outcomes: Vec<Outcome>,
}

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The number of the recipient.
    pub recipient: u32,
    /// The number of the attempt.
    pub attempt: u16,
    /// How far it came.
    pub state: AttemptState,
    /// Whether it was handed over more than once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
    /// The provider that it was handed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The provider's name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The provider's code for what came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How long the provider asked to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<SignedDuration>,
}

impl Decide for Settle {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let message = world.known_message(self.message)?;
        limits::count("outcomes", self.outcomes.len(), OUTCOMES_MAX)?;
        let run = message.run.as_ref().ok_or(Refused::NotLaunched)?;
        let is_news = |outcome: &&Outcome| {
            let delivery = run.deliveries.get(&outcome.recipient);
            let attempt = delivery.and_then(|delivery| delivery.attempt(outcome.attempt));
            attempt.is_some_and(|attempt| attempt.takes(outcome))
        };
        let clipped: Vec<_> = self.outcomes.iter().map(Outcome::clipped).collect();
        let outcomes: Vec<_> = clipped.iter().filter(is_news).cloned().collect();
        if outcomes.is_empty() {
            return Ok(Decision::unchanged(message.record()));
        }
        Ok(Decision::one(message.record(), Settled { message: self.message, outcomes }))
    }
}

impl Outcome {
    /// The same with the provider's words cut where they are too long.
    fn clipped(&self) -> Self {
        let clip = |text: &Option<String>| {
            text.as_ref().map(|text| text.chars().take(REFERENCE_CHARS_MAX).collect())
        };
        Self { reference: clip(&self.reference), code: clip(&self.code), ..self.clone() }
    }
}

impl Apply for Settled {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let channels: Vec<_> = {
            let run = world.message(self.message).and_then(|message| message.run.as_ref());
            let of = |outcome: &Outcome| {
                let message = world.message(self.message)?;
                let person = run?.recipients.get(outcome.recipient as usize)?.person;
                Some(world.channels_to(message, person).map_or(0, |channels| channels.len()))
            };
            self.outcomes.iter().map(|outcome| of(outcome).unwrap_or_default()).collect()
        };
        world.change_message(self.message, stamp, |message| {
            let plan = message.plan.clone();
            let Some(run) = &mut message.run else { return };
            for (outcome, channels) in self.outcomes.iter().zip(channels) {
                run.change(outcome.recipient, 'A', |delivery| {
                    delivery.settle(outcome.attempt, outcome, stamp.at, &plan, channels);
                });
            }
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Message(self.message)]
    }
}
