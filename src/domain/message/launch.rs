//! A message is released by somebody other than its author, and launched.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::audience::Located;
use super::preview::{Digest, Settled};
use super::run::Run;
use super::{Message, Refused, Signature, Stage};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::person::Person;
use crate::domain::record::RecordRef;
use crate::domain::refusal::Refusal;
use crate::domain::sentence::{Sentence, sentence};
use crate::domain::world::World;

/// Agrees to a message for many, or for the public, exactly as it was previewed.
#[derive(Clone, Debug, Serialize)]
pub struct Release {
    /// The message.
    pub message: Id<Message>,
    /// The digest of the preview.
    pub digest: Digest,
    /// Whom the hub found in the areas of the plan. It follows from the rest, so it does not tell
    /// whether a request is a repeated one.
    #[serde(skip)]
    pub located: Located,
}

/// Launches a message exactly as it was previewed.
#[derive(Clone, Debug, Serialize)]
pub struct Launch {
    /// The message.
    pub message: Id<Message>,
    /// The digest of the preview.
    pub digest: Digest,
    /// Whom the hub found in the areas of the plan.
    #[serde(skip)]
    pub located: Located,
}

/// Somebody other than its author agreed to a message. Who is told stands here, so that launching it to
/// a hundred thousand records no more than that it was launched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Released {
    /// The message.
    pub message: Id<Message>,
    /// To what they agreed.
    pub digest: Digest,
    /// Who is told, wave by wave.
    pub waves: Arc<[Vec<Id<Person>>]>,
}

/// A message was launched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Launched {
    /// The message.
    pub message: Id<Message>,
    /// The incident in whose timeline that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// What was previewed.
    pub digest: Digest,
    /// Who is told, wave by wave; absent where that stands with the release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waves: Option<Arc<[Vec<Id<Person>>]>>,
}

impl Decide for Release {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let message = world.drafted_message(self.message)?;
        if message.author == context.by.principal {
            return Err(Refused::ReleasedByAuthor.into());
        }
        let settled = as_previewed(world, message, self.digest, &self.located, context)?;
        let digest = settled.digest;
        if message.release.as_ref().is_some_and(|release| release.digest == digest) {
            return Ok(Decision::unchanged(message.record()));
        }
        let waves = settled.waves.into();
        Ok(Decision::one(message.record(), Released { message: self.message, digest, waves }))
    }
}

impl Decide for Launch {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let message = world.drafted_message(self.message)?;
        if message.plan.until.is_some_and(|until| until <= context.now) {
            return Err(Refused::DeadlinePast.into());
        }
        let settled = as_previewed(world, message, self.digest, &self.located, context)?;
        let released = message.release.as_ref().is_some_and(|r| r.digest == settled.digest);
        if settled.needs_release && !released {
            return Err(Refused::ReleaseNeeded.into());
        }
        Ok(Decision::one(message.record(), Launched::of(message, settled)))
    }
}

/// What a launch would do now, if that is still what was previewed.
fn as_previewed(
    world: &World,
    message: &Message,
    digest: Digest,
    located: &Located,
    context: &Context<'_>,
) -> Result<Settled, Refusal> {
    let settled = Settled::of(world, message, located, context.now)?;
    if settled.digest == digest { Ok(settled) } else { Err(Refused::PreviewStale.into()) }
}

impl Launched {
    /// The launch of what was previewed.
    pub(super) fn of(message: &Message, settled: Settled) -> Self {
        let Message { id, incident, .. } = *message;
        let digest = settled.digest;
        let release = message.release.as_ref().filter(|release| release.digest == digest);
        let stands = release.is_some_and(|release| release.waves.is_some());
        let waves = (!stands).then(|| settled.waves.into());
        Self { message: id, incident, digest, waves }
    }
}

impl Apply for Released {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let (by, at, digest) = (stamp.by.principal.clone(), stamp.at, self.digest);
        let waves = Some(Arc::clone(&self.waves));
        world.change_message(self.message, stamp, |message| {
            message.release = Some(Signature { by, at, digest, waves });
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Message(self.message)]
    }
}

impl Apply for Launched {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let mut count = 0;
        world.change_message(self.message, stamp, |message| {
            // What the release holds goes over to the run.
            let released = message.release.as_mut().and_then(|release| release.waves.take());
            let waves = self.waves.clone().or(released).unwrap_or_default();
            let run = Run::new(stamp.at, stamp.by.principal.clone(), self.digest, &waves);
            count = run.recipients.len();
            message.stage = Stage::Running;
            message.run = Some(run);
        });
        world.chronicle_message(self.message, self.incident, stamp, |what| {
            if count == 1 {
                return sentence!("MESSAGE_SENT", "message to 1 person: {words}", words = what);
            }
            sentence!(
                "MESSAGE_SENT",
                "message to {count} people: {words}",
                count = count,
                words = what,
            )
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.message, self.incident)
    }
}

/// The records that change by what stands in the timeline of an incident.
pub(super) fn touched(message: Id<Message>, incident: Option<Id<Incident>>) -> Vec<RecordRef> {
    let incident = incident.map(RecordRef::Incident);
    [RecordRef::Message(message)].into_iter().chain(incident).collect()
}

impl World {
    /// Adds a line about a message to the timeline of its incident, with its first words.
    pub(super) fn chronicle_message(
        &mut self,
        id: Id<Message>,
        incident: Option<Id<Incident>>,
        stamp: &Stamp<'_>,
        say: impl FnOnce(&str) -> Sentence,
    ) {
        let (Some(message), Some(incident)) = (self.message(id), incident) else { return };
        let what = message.content.wordings.first().map_or("", |wording| wording.what.as_str());
        let said = say(what);
        if self.change_incident(incident, stamp).is_none() {
            return;
        }
        self.chronicle(incident, stamp, said, &[RecordRef::Message(id)]);
    }
}
