//! Messages that are kept to begin others with: the callout of the water rescue team, the warning
//! of a chlorine leak, written and agreed on in quiet times.
//!
//! A template is a message that is never launched itself. It is for any occasion: it belongs to no
//! incident, its audience is of no incident either, and it has no deadline. A message that begins
//! with it says about which one it is, and may say who is told.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::content::Content;
use super::draft;
use super::plan::{Plan, Wave};
use super::{Message, Refused, Stage};
use crate::domain::command::{Context, Decide, Decision};
use crate::domain::event::{Apply, Stamp};
use crate::domain::ids::Id;
use crate::domain::limits::{self, NAME_CHARS_MAX, TEMPLATES_MAX};
use crate::domain::organization::Organization;
use crate::domain::record::{RecordRef, Revision};
use crate::domain::refusal::Refusal;
use crate::domain::world::World;

/// Keeps a template of the acting organization, or what it is to be instead.
#[derive(Clone, Debug, Serialize)]
pub struct KeepTemplate {
    /// The template that is changed; a new one when absent.
    pub template: Option<Id<Message>>,
    /// What the organization calls it.
    pub name: String,
    /// What is said.
    pub content: Content,
    /// Who is told, in which order; may leave open who.
    pub plan: Plan,
}

/// A template was kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateKept {
    /// The template, which may be new.
    pub message: Id<Message>,
    /// The organization whose it is.
    pub organization: Id<Organization>,
    /// What it is called.
    pub name: String,
    /// What is said.
    pub content: Arc<Content>,
    /// Who is told, in which order.
    pub plan: Arc<Plan>,
}

impl Decide for KeepTemplate {
    fn decide(&self, world: &World, context: &Context<'_>) -> Result<Decision, Refusal> {
        let known = self.template.map(|id| world.known_template(id)).transpose()?;
        let acting = || context.by.organization.ok_or(Refused::NoOrganization);
        let organization = known.map_or_else(acting, |known| Ok(known.organization))?;
        let name = limits::text("name", &self.name, NAME_CHARS_MAX)?;
        let content = Arc::new(self.content.checked()?);
        let plan = Arc::new(draft::checked(world, &self.plan, false, context.now)?);
        let of_incident = |wave: &Wave| wave.audience.incidents().next().is_some();
        if plan.until.is_some() || plan.waves.iter().any(of_incident) {
            return Err(Refused::TemplateOfOccasion.into());
        }
        let others =
            || world.templates_of(organization).filter(|one| Some(one.id) != self.template);
        if others().any(|other| other.template_name() == Some(name.as_str())) {
            return Err(Refused::TemplateNameTaken { name }.into());
        }
        limits::count("templates", others().count() + 1, TEMPLATES_MAX)?;
        if let Some(known) = known
            && (known.template_name(), &known.content, &known.plan)
                == (Some(name.as_str()), &content, &plan)
        {
            return Ok(Decision::unchanged(known.record()));
        }
        let message = self.template.unwrap_or_else(|| context.ids.next());
        let kept = TemplateKept { message, organization, name, content, plan };
        Ok(Decision::one(RecordRef::Message(message), kept))
    }
}

impl Apply for TemplateKept {
    fn apply(&self, world: &mut World, stamp: &Stamp<'_>) {
        let known = world.message(self.message);
        let mut revision = known.map_or_else(|| Revision::new(stamp), |known| known.revision);
        revision.touch(stamp);
        world.insert_message(Arc::new(Message {
            id: self.message,
            organization: self.organization,
            incident: None,
            exercise: false,
            author: stamp.by.principal.clone(),
            content: Arc::clone(&self.content),
            plan: Arc::clone(&self.plan),
            about: None,
            release: None,
            stage: Stage::Template { name: self.name.clone() },
            run: None,
            revision,
        }));
    }

    fn touches(&self) -> Vec<RecordRef> {
        vec![RecordRef::Message(self.message)]
    }
}

impl Message {
    /// What the organization calls it, if it is a template.
    #[must_use]
    pub fn template_name(&self) -> Option<&str> {
        match &self.stage {
            Stage::Template { name } => Some(name),
            Stage::Draft
            | Stage::Discarded
            | Stage::Running
            | Stage::Ended { .. }
            | Stage::Stopped { .. } => None,
        }
    }
}

impl World {
    /// The templates of an organization, oldest first.
    fn templates_of(&self, organization: Id<Organization>) -> impl Iterator<Item = &Arc<Message>> {
        self.messages()
            .filter(move |message| message.organization == organization)
            .filter(|message| message.template_name().is_some())
    }

    /// The template, or the refusal that it is none.
    fn known_template(&self, id: Id<Message>) -> Result<&Arc<Message>, Refusal> {
        let message = self.known_message(id)?;
        if message.template_name().is_none() {
            return Err(message.stage_unfit("a template"));
        }
        Ok(message)
    }
}
