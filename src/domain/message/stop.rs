//! A message is stopped, put right, or closed.
//!
//! What was not handed over when it is stopped is not handed over any more. A correction, and a
//! closing, goes to exactly those whom the message reached or may have reached, by that channel.
//! Ana's provider took the message and never said more: she is told that it was wrong as well.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::audience::{Audience, Selector};
use super::content::Content;
use super::launch::touched;
use super::plan::{Expects, Plan, Wave};
use super::preview::Settled;
use super::{About, Drafted, Following, Launched, Message, Refused, Stage};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Event, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::limits::{self, REASON_CHARS_MAX};
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::sentence::sentence;
use crate::domain::world::World;

/// Stops a message.
#[derive(Clone, Debug, Serialize)]
pub struct Stop {
    /// The message.
    pub message: Id<Message>,
    /// Why.
    pub reason: String,
}

/// Stops a message, and says something else instead to those whom it reached.
#[derive(Clone, Debug, Serialize)]
pub struct Correct {
    /// The message.
    pub message: Id<Message>,
    /// What is said instead.
    pub content: Content,
    /// What people are to do about it.
    pub expects: Expects,
}

/// Stops a message if it runs, and says to those whom it reached that it is over.
#[derive(Clone, Debug, Serialize)]
pub struct Close {
    /// The message.
    pub message: Id<Message>,
    /// What is said.
    pub content: Content,
}

/// A message was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// The message.
    pub message: Id<Message>,
    /// The incident in whose timeline that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// Why.
    pub reason: String,
}

impl Decide for Stop {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let message = world.known_message(self.message)?;
        let reason = limits::text("reason", &self.reason, REASON_CHARS_MAX)?;
        if !message.is_running() {
            return Err(message.stage_unfit("running"));
        }
        Ok(Decision::one(message.record(), Stopped::of(message, reason)))
    }
}

impl Decide for Correct {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let of = world.known_message(self.message)?;
        follow(world, context, of, &self.content, self.expects, Following::Correction)
    }
}

impl Decide for Close {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let of = world.known_message(self.message)?;
        follow(world, context, of, &self.content, Expects::Nothing, Following::Closing)
    }
}

/// Stops a message if it runs, and tells those whom it reached something else at once.
fn follow(
    world: &World,
    context: &Context<'_>,
    of: &Message,
    content: &Content,
    expects: Expects,
    how: Following,
) -> Result<Decision, Refusal> {
    let run = of.run.as_ref().ok_or(Refused::NotLaunched)?;
    let content = Arc::new(content.checked()?);
    let message = context.ids.next();
    let mut events: Vec<Event> = Vec::new();
    if of.is_running() {
        let reason = match how {
            Following::Correction => "corrected",
            Following::Closing => "closed",
        };
        events.push(Stopped::of(of, reason.to_owned()).into());
    }
    let is_there = |person| world.person(person).is_some_and(|person| !person.forgotten);
    if !run.told().any(|delivery| is_there(delivery.person)) {
        // There is nobody to put it right for; stopping it is all there is to do.
        return if events.is_empty() {
            Err(Refused::ReachedNobody.into())
        } else {
            Ok(Decision { subject: of.record(), events })
        };
    }
    let draft = Message {
        id: message,
        organization: of.organization,
        incident: of.incident,
        exercise: of.exercise,
        author: context.by.principal.clone(),
        content: Arc::clone(&content),
        plan: Arc::new(following_plan(of, expects)),
        about: Some(About { message: of.id, how }),
        release: None,
        stage: Stage::Draft,
        run: None,
        revision: Revision { created: 0, created_at: context.now, ..of.revision },
    };
    let settled = Settled::of(world, &draft, &Vec::new(), context.now)?;
    events.push(
        Drafted {
            message,
            organization: draft.organization,
            incident: draft.incident,
            exercise: draft.exercise,
            content,
            plan: Arc::clone(&draft.plan),
            about: draft.about,
        }
        .into(),
    );
    events.push(Launched::of(&draft, settled).into());
    Ok(Decision { subject: RecordRef::Message(message), events })
}

/// The plan of what follows a message: the same pace, for those whom it reached or may have.
fn following_plan(of: &Message, expects: Expects) -> Plan {
    let any_of = vec![Selector::ReachedBy { message: of.id }];
    let audience = Audience { any_of, except: Vec::new() };
    Plan {
        expects,
        channels: Vec::new(),
        waves: vec![Wave { audience, after_minutes: 0 }],
        enough: Vec::new(),
        ask_again_minutes: None,
        until: None,
        ..*of.plan
    }
}

impl Stopped {
    const fn of(message: &Message, reason: String) -> Self {
        Self { message: message.id, incident: message.incident, reason }
    }
}

impl Apply for Stopped {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let (by, at) = (stamp.by.principal.clone(), stamp.at);
        let reason = self.reason.clone();
        world.change_message(self.message, stamp, |message| {
            message.stage = Stage::Stopped { by, reason, at };
        });
        world.chronicle_message(self.message, self.incident, stamp, |what| {
            sentence!(
                "MESSAGE_STOPPED",
                "message stopped, {reason}: {words}",
                reason = self.reason,
                words = what,
            )
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        touched(self.message, self.incident)
    }
}
