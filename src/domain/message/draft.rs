//! A message is written.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::content::Content;
use super::plan::Plan;
use super::{About, Message, Refused, Stage};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::incident::Incident;
use crate::domain::organization::Organization;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Drafts a message for the acting organization.
#[derive(Clone, Debug, Serialize)]
pub struct Draft {
    /// The incident that it is about.
    pub incident: Option<Id<Incident>>,
    /// Whether it belongs to an exercise; as the incident does where it is about one.
    pub exercise: bool,
    /// What is said.
    pub content: Content,
    /// Who is told, in which order.
    pub plan: Plan,
}

/// Changes a draft. Whoever released it has to do so again.
#[derive(Clone, Debug, Serialize)]
pub struct Amend {
    /// The message.
    pub message: Id<Message>,
    /// What is said.
    pub content: Content,
    /// Who is told, in which order.
    pub plan: Plan,
}

/// Throws a draft or a template away.
#[derive(Clone, Debug, Serialize)]
pub struct Discard {
    /// The message.
    pub message: Id<Message>,
}

/// A message was drafted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drafted {
    /// The new message.
    pub message: Id<Message>,
    /// The organization that tells.
    pub organization: Id<Organization>,
    /// The incident that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<Id<Incident>>,
    /// Whether it belongs to an exercise.
    pub exercise: bool,
    /// What is said.
    pub content: Arc<Content>,
    /// Who is told, in which order.
    pub plan: Arc<Plan>,
    /// The earlier message that it puts right or closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
}

/// A draft was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// The message.
    pub message: Id<Message>,
    /// What is said.
    pub content: Arc<Content>,
    /// Who is told, in which order.
    pub plan: Arc<Plan>,
}

/// A draft or a template was thrown away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Discarded {
    /// The message.
    pub message: Id<Message>,
}

impl Decide for Draft {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let organization = context.by.organization.ok_or(Refused::NoOrganization)?;
        let exercise = exercise_of(world, self.incident, self.exercise)?;
        let content = Arc::new(self.content.checked()?);
        self.plan.check_named()?;
        let plan = Arc::new(checked(world, &self.plan, exercise, context.now)?);
        let (message, incident) = (context.ids.next(), self.incident);
        let about = None;
        let event = Drafted { message, organization, incident, exercise, content, plan, about };
        Ok(Decision::one(RecordRef::Message(message), event))
    }
}

impl Decide for Amend {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let known = world.drafted_message(self.message)?;
        let content = Arc::new(self.content.checked()?);
        self.plan.check_named()?;
        let plan = Arc::new(checked(world, &self.plan, known.exercise, context.now)?);
        if (&content, &plan) == (&known.content, &known.plan) {
            return Ok(Decision::unchanged(known.record()));
        }
        Ok(Decision::one(known.record(), Amended { message: self.message, content, plan }))
    }
}

impl Decide for Discard {
    fn decide(&self, world: &World, _: &Context<'_>) -> Result<Decision, Refusal> {
        let known = world.known_message(self.message)?;
        if known.template_name().is_none() {
            world.drafted_message(self.message)?;
        }
        Ok(Decision::one(known.record(), Discarded { message: self.message }))
    }
}

/// Whether a message belongs to an exercise: as its incident does, or as its author says.
fn exercise_of(
    world: &World,
    incident: Option<Id<Incident>>,
    exercise: bool,
) -> Result<bool, Refusal> {
    match incident {
        None => Ok(exercise),
        Some(id) => match world.known_incident(id)? {
            incident if incident.exercise || !exercise => Ok(incident.exercise),
            _ => Err(Refusal::ExerciseMixed),
        },
    }
}

/// The plan, if it can be used and does not mix exercise and reality: people are not asked by their
/// posts on the other kind of incident.
pub(super) fn checked(
    world: &World,
    plan: &Plan,
    exercise: bool,
    now: Timestamp,
) -> Result<Plan, Refusal> {
    let plan = plan.checked(world, now)?;
    let mixes = |id: Id<Incident>| world.incident(id).is_some_and(|i| i.exercise != exercise);
    let mixed = plan.waves.iter().flat_map(|wave| wave.audience.incidents()).any(mixes);
    if mixed { Err(Refusal::ExerciseMixed) } else { Ok(plan) }
}

impl Apply for Drafted {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.insert_message(Arc::new(Message {
            id: self.message,
            organization: self.organization,
            incident: self.incident,
            exercise: self.exercise,
            author: stamp.by.principal.clone(),
            content: Arc::clone(&self.content),
            plan: Arc::clone(&self.plan),
            about: self.about,
            release: None,
            stage: Stage::Draft,
            run: None,
            revision: Revision::new(stamp),
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Message(self.message)]
    }
}

impl Apply for Amended {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_message(self.message, stamp, |message| {
            message.content = Arc::clone(&self.content);
            message.plan = Arc::clone(&self.plan);
            message.author.clone_from(&stamp.by.principal);
            message.release = None;
        });
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Message(self.message)]
    }
}

impl Apply for Discarded {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        world.change_message(self.message, stamp, |message| message.stage = Stage::Discarded);
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Message(self.message)]
    }
}
